"""The programme: sessions with speakers, interpretation, groups, and the changes made to them."""

import datetime as dt
import enum
import uuid

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    StepTaken,
    UtcMoment,
    Versioned,
    link,
    maybe,
)
from schoolapp.domain.data_map import (
    FOLLOWS,
    FORMAT,
    ORDER,
    STAYS,
    Counted,
    Plain,
    Words,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Module, Room
from schoolapp.domain.people import Person
from schoolapp.domain.readings import ReadingAssignment
from schoolapp.domain.workflow import Step, Workflow, need_reason


class SessionKind(enum.StrEnum):
    """What happens in a session."""

    PLENARY = "plenary"
    LECTURE = "lecture"
    WORKING_GROUPS = "working_groups"
    COUNTRY_REPORTS = "country_reports"
    SPACE = "space"
    SOCIAL = "social"
    GUEST = "guest"
    EVALUATION = "evaluation"
    FIELD_VISIT = "field_visit"
    RALLY = "rally"
    DELEGATION_MEETING = "delegation_meeting"
    EDUCATIONAL = "educational"
    WORKSHOP = "workshop"
    INTERDELEGATION = "interdelegation"
    COMMISSION = "commission"
    COORDINATION = "coordination"


IN_GROUPS = frozenset({SessionKind.WORKING_GROUPS, SessionKind.DELEGATION_MEETING})
"""Kinds that meet in the rooms of their groups instead of one room."""


WITH_READINGS = frozenset({SessionKind.LECTURE, SessionKind.EDUCATIONAL})
"""Kinds that are expected to have a reading list."""


class SessionState(enum.StrEnum):
    """Where a session stands between the idea and the register."""

    IDEA = "idea"
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"


class Mode(enum.StrEnum):
    """How a session is interpreted."""

    BOOTH = "booth"
    RELAY = "relay"
    WHISPER = "whisper"
    CONSECUTIVE = "consecutive"


class SessionStep(StepTaken, Base):
    """A step of a session's workflow."""

    __tablename__ = "session_step"
    session_id: Mapped[int] = link("session.id")


class Session(Versioned, Base):
    """One slot of a programme.

    ``uid`` is the permanent UID of its calendar event. ``start_local``, ``end_local`` (naive wall
    times), ``tz`` and the folds are the truth; ``start_utc`` and ``end_utc`` are derived by
    ``set_times`` and kept for queries. ``register`` False: no register is ever taken;
    ``register_lost``: there was one, and it is gone ("no register" is not "absent").
    """

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("gathering_id", "no"), AUTOINCREMENT)
    uid: Mapped[Plain[str]] = mapped_column(
        unique=True, default_factory=lambda: f"{uuid.uuid4()}@schoolapp.example"
    )
    gathering_id: Mapped[int] = link("gathering.id")
    no: Mapped[Plain[int]]
    kind: Mapped[Plain[SessionKind]]
    title: Mapped[Words[str]]
    start_local: Mapped[Plain[dt.datetime]]
    end_local: Mapped[Plain[dt.datetime]]
    tz: Mapped[Plain[str]]
    fold_start: Mapped[Plain[int]] = mapped_column(default=0, info=FOLLOWS.info)
    fold_end: Mapped[Plain[int]] = mapped_column(default=0, info=FOLLOWS.info)
    start_utc: Mapped[Plain[dt.datetime]] = mapped_column(
        UtcMoment, init=False, index=True, info=FOLLOWS.info
    )
    end_utc: Mapped[Plain[dt.datetime]] = mapped_column(UtcMoment, init=False, info=FOLLOWS.info)
    room_id: Mapped[int | None] = maybe("room.id")
    module_id: Mapped[int | None] = maybe("module.id")
    floor_language: Mapped[Plain[str]] = mapped_column(default="-")
    languages: Mapped[Plain[list[str]]] = mapped_column(default_factory=list)
    audience: Mapped[Plain[str]] = mapped_column(default="all")
    series: Mapped[Plain[str | None]] = mapped_column(default=None)
    sequence: Mapped[Plain[int]] = mapped_column(default=0)
    state: Mapped[Plain[SessionState]] = mapped_column(default=SessionState.PLANNED)
    register: Mapped[Plain[bool]] = mapped_column(default=True)
    register_lost: Mapped[Plain[bool]] = mapped_column(default=False)
    invited: Mapped[Plain[int | None]] = mapped_column(default=None)
    public: Mapped[Plain[bool | None]] = mapped_column(default=None)
    reading_gap: Mapped[Plain[list[str] | None]] = mapped_column(default=None)
    online_link: Mapped[Plain[str | None]] = mapped_column(default=None)
    created_at: Mapped[Plain[dt.datetime]] = mapped_column(UtcMoment, default_factory=clock.now)
    changed_at: Mapped[Plain[dt.datetime]] = mapped_column(UtcMoment, default_factory=clock.now)
    blanks: Mapped[Plain[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    room: Mapped[Room | None] = relationship(default=None)
    module: Mapped[Module | None] = relationship(default=None)
    speakers: Mapped[list["Speaker"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Speaker.position"
    )
    groups: Mapped[list["SessionGroup"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="SessionGroup.position"
    )
    interpretation: Mapped[list["Interpretation"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Interpretation.position"
    )
    readings: Mapped[list[ReadingAssignment]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ReadingAssignment.order"
    )
    steps: Mapped[list[SessionStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="SessionStep.position"
    )

    def __post_init__(self) -> None:
        self.set_times(self.start_local, self.end_local, self.fold_start, self.fold_end)

    def set_times(
        self, start: dt.datetime, end: dt.datetime, fold_start: int = 0, fold_end: int = 0
    ) -> None:
        """Set the wall times and what follows from them in UTC."""
        self.start_local, self.fold_start = start, fold_start
        self.end_local, self.fold_end = end, fold_end
        self.start_utc = clock.to_utc(start, self.tz, fold_start)
        self.end_utc = clock.to_utc(end, self.tz, fold_end)

    @property
    def minutes(self) -> int:
        """The length in whole minutes, measured in UTC (the film night: 330)."""
        return int((self.end_utc - self.start_utc).total_seconds()) // 60


class Speaker(Keyed, Base):
    """A person who speaks in a session.

    ``since``: when they were put on it here; None for those who came in with a package and were
    asked elsewhere. The same holds for interpreters.
    """

    __tablename__ = "speaker"
    __table_args__ = (UniqueConstraint("session_id", "person_id"), AUTOINCREMENT)
    session_id: Mapped[int] = link("session.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    since: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    person: Mapped[Person] = relationship(default=None)


class SessionGroup(Keyed, Base):
    """The room of one group of a session: for a language, or for a delegation."""

    __tablename__ = "session_group"
    session_id: Mapped[int] = link("session.id")
    language: Mapped[Plain[str | None]] = mapped_column(default=None)
    delegation_id: Mapped[int | None] = maybe("delegation.id")
    room_id: Mapped[int] = link("room.id")
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    room: Mapped[Room] = relationship(default=None)
    delegation: Mapped[Delegation | None] = relationship(default=None)


class Interpretation(Keyed, Base):
    """Interpretation of a session from one language into another, and who does it.

    ``source`` and ``target`` ``-`` with nobody: whispering if somebody asks.
    """

    __tablename__ = "interpretation"
    session_id: Mapped[int] = link("session.id")
    source: Mapped[Plain[str]]
    target: Mapped[Plain[str]]
    mode: Mapped[Plain[Mode]]
    relay_via: Mapped[Plain[str | None]] = mapped_column(default=None)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    interpreters: Mapped[list["InterpreterDuty"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="InterpreterDuty.position"
    )


class InterpreterDuty(Keyed, Base):
    """A person who interprets on one line of a session's interpretation."""

    __tablename__ = "interpreter_duty"
    interpretation_id: Mapped[int] = link("interpretation.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    since: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    person: Mapped[Person] = relationship(default=None)


class ProgrammeChange(Keyed, Base):
    """A change of a session, reported to its invitees: ``moved``, ``cancelled`` or ``room``."""

    __tablename__ = "programme_change"
    gathering_id: Mapped[int] = link("gathering.id")
    session_id: Mapped[int] = link("session.id")
    change: Mapped[Plain[str]]
    at: Mapped[Plain[dt.datetime]] = mapped_column(UtcMoment)
    ics_method: Mapped[Plain[str]]
    sequence: Mapped[Plain[int]]
    was: Mapped[Words[str | None]] = mapped_column(default=None)
    now: Mapped[Words[str | None]] = mapped_column(default=None)
    warning: Mapped[Words[str | None]] = mapped_column(default=None)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    session: Mapped[Session] = relationship(default=None)


S = SessionState
SESSION = Workflow(
    name="session",
    initial=S.IDEA,
    record=SessionStep,
    steps=(
        Step(S.IDEA, "plan", S.PLANNED),
        Step(S.IDEA, "drop", S.CANCELLED),
        Step(S.PLANNED, "confirm", S.CONFIRMED),
        Step(S.PLANNED, "move", S.PLANNED),
        Step(S.PLANNED, "drop", S.CANCELLED),
        # a confirmed session that nobody knows of yet moves and is cancelled without a mail
        Step(S.CONFIRMED, "move", S.CONFIRMED),
        Step(S.CONFIRMED, "change_room", S.CONFIRMED),
        Step(S.CONFIRMED, "cancel", S.CANCELLED),
        Step(S.CONFIRMED, "publish", S.PUBLISHED),
        Step(S.PUBLISHED, "move", S.PUBLISHED),
        Step(S.PUBLISHED, "change_room", S.PUBLISHED),
        Step(S.PUBLISHED, "cancel", S.CANCELLED),
        Step(S.PUBLISHED, "start", S.RUNNING),
        Step(S.RUNNING, "end", S.HELD),
        Step(S.HELD, "reopen_register", S.HELD, need_reason),
    ),
)


def check_times(start: dt.datetime, end: dt.datetime, tz: str) -> dict[str, str]:
    """What is wrong with a session's wall times: field to a sentence marked for translation."""
    if not clock.exists(start, tz):
        return {"start_local": mark("The clocks go forward then: this time does not exist (E03).")}
    if not clock.exists(end, tz):
        return {"end_local": mark("The clocks go forward then: this time does not exist (E03).")}
    if clock.to_utc(end, tz, 1) <= clock.to_utc(start, tz):
        return {"end_local": mark("The session ends before it begins. Choose a later end.")}
    return {}
