"""Attendance: registers, marks and their minutes, and who is on site on a day."""

import datetime as dt
import enum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base.language import mark
from schoolapp.domain.base import NATURAL_KEY, Base, Keyed, UtcMoment, link, maybe, refers
from schoolapp.domain.data_map import GOES, PLAIN, STAYS, Counted, Doer, Plain, Words
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded, Step, Workflow


class AttendanceState(enum.StrEnum):
    """What is known of one person in one session."""

    EXPECTED = "expected"
    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"
    EXCUSED = "excused"
    NOT_APPLICABLE = "not_applicable"


S = AttendanceState
ATTENDED = frozenset({S.PRESENT, S.LATE, S.LEFT_EARLY})
NO_REGISTER = "no register"
"""What a report says if nothing is known of a person: the register was lost, was not kept, or
has no entry for this person. It is a word of reports, not a state, and never means absent."""
FOR_EVERYBODY = frozenset({"all", "by language group", "own delegation"})
"""The audiences that expect everybody on site; in any other one only those who came count."""


class AttendanceMark(Base):
    """One person in one session; there is no row as long as nothing is known.

    ``check_in`` and ``check_out`` are UTC moments, ``minutes`` whole minutes inside the session,
    ``method`` is ``desk``, ``list``, ``qr``, or ``online`` for people who take part from elsewhere.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = NATURAL_KEY
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), default=None, primary_key=True, info=PLAIN.info
    )
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id"),
        default=None,
        primary_key=True,
        index=True,
        info=refers("participation.id", STAYS),
    )
    status: Mapped[Counted[AttendanceState]]
    check_in: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    check_out: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    minutes: Mapped[Counted[int]] = mapped_column(default=0)
    method: Mapped[Counted[str]] = mapped_column(default="desk")
    session: Mapped[Session] = relationship(default=None)
    participation: Mapped[Participation] = relationship(default=None)


class DayPresence(Base):
    """Whether a participant was on site on a local date: the register of a camp."""

    __tablename__ = "day_presence"
    __table_args__ = NATURAL_KEY
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id"),
        default=None,
        primary_key=True,
        info=refers("participation.id", STAYS),
    )
    date: Mapped[Counted[dt.date]] = mapped_column(primary_key=True)
    on_site: Mapped[Counted[bool]]
    participation: Mapped[Participation] = relationship(default=None)


class Register(Base):
    """What there is of a session's register beside its marks.

    ``closed_at`` is None while it is open; ``head_count`` is all that a space may have (E19).
    """

    __tablename__ = "register"
    __table_args__ = NATURAL_KEY
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), default=None, primary_key=True, info=PLAIN.info
    )
    closed_at: Mapped[Plain[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    closed_by: Mapped[Doer[str | None]] = mapped_column(default=None)
    head_count: Mapped[Plain[int | None]] = mapped_column(default=None)
    session: Mapped[Session] = relationship(default=None)


class RegisterChange(Keyed, Base):
    """What was changed in a register after it was first written: old, new, who, when and why.

    ``what`` is a value of ``RegisterEvent``; ``old`` and ``new`` are states of attendance for a
    correction, and plain numbers for a head count.
    """

    __tablename__ = "register_change"
    session_id: Mapped[int] = link("session.id")
    participation_id: Mapped[int | None] = maybe("participation.id", GOES)
    what: Mapped[Counted[str]]
    at: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment)
    by: Mapped[Doer[str]]
    old: Mapped[Counted[str | None]] = mapped_column(default=None)
    new: Mapped[Counted[str | None]] = mapped_column(default=None)
    reason: Mapped[Words[str | None]] = mapped_column(default=None)


class Scan(Keyed, Base):
    """A badge was read at the door of a session: coming in (``entry``) or going (``exit``)."""

    __tablename__ = "scan"
    session_id: Mapped[int] = link("session.id")
    participation_id: Mapped[int] = link("participation.id", GOES)
    at: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment)
    kind: Mapped[Counted[str]]
    desk: Mapped[Counted[str]]


ATTENDANCE = Workflow(
    name="attendance",
    initial=S.EXPECTED,
    steps=(
        Step(S.EXPECTED, "check_in", S.PRESENT),
        Step(S.EXPECTED, "mark_absent", S.ABSENT),
        Step(S.EXPECTED, "excuse", S.EXCUSED),
        Step(S.EXPECTED, "not_on_site", S.NOT_APPLICABLE),
        Step(S.PRESENT, "check_out_early", S.LEFT_EARLY),
        Step(S.PRESENT, "correct", S.ABSENT),
        Step(S.PRESENT, "check_in_late", S.LATE),
        Step(S.LATE, "correct", S.PRESENT),
        Step(S.LEFT_EARLY, "correct", S.PRESENT),
        Step(S.ABSENT, "excuse", S.EXCUSED),
        Step(S.ABSENT, "check_in", S.PRESENT),
        Step(S.EXCUSED, "check_in", S.PRESENT),
        Step(S.NOT_APPLICABLE, "arrive", S.EXPECTED),
    ),
)


def check_mark(now: AttendanceState, wanted: AttendanceState) -> None:
    """``RuleBroken`` if no valid steps lead from what is known to what is to be marked."""
    if ATTENDANCE.path(now, wanted) is None:
        raise RuleBroken(
            mark("This person is marked already. Correct the mark to absent or excused instead.")
        )


def applies(
    start: dt.datetime, end: dt.datetime, stays: list[tuple[dt.datetime, dt.datetime]]
) -> bool:
    """Whether a session lies entirely inside one of the person's stays (wall times, E16, E17)."""
    # a report asks thousands of times, and any() takes twice as long
    for arrival, departure in stays:  # noqa: SIM110
        if arrival <= start and end <= departure:
            return True
    return False


def in_modules(module_id: int | None, attended: frozenset[int]) -> bool:
    """Whether a session belongs to what the person attends (E15).

    Sessions without a module are for everybody; people who have chosen no module attend all of
    them.
    """
    return module_id is None or not attended or module_id in attended


def minutes_inside(
    check_in: dt.datetime | None,
    check_out: dt.datetime | None,
    start: dt.datetime,
    end: dt.datetime,
) -> int:
    """Whole minutes a person was there, cut to the session; 0 without both times."""
    if check_in is None or check_out is None:
        return 0
    seconds = (min(check_out, end) - max(check_in, start)).total_seconds()
    return max(0, int(seconds // 60))


def times_of(
    status: AttendanceState,
    start: dt.datetime,
    end: dt.datetime,
    *,
    at: dt.datetime | None = None,
    before: tuple[dt.datetime | None, dt.datetime | None] = (None, None),
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When a person with this status came and went (UTC).

    ``at`` is the moment of coming (present, late) or going (left early); ``before`` what was noted
    already and still holds. What is not known is the start and the end of the session.
    """
    if status not in ATTENDED:
        return None, None
    came, went = before
    if status is S.LEFT_EARLY:
        return came or start, at or end
    return at or start, (went if status is S.LATE else None) or end


class RegisterEvent(enum.StrEnum):
    """What was changed in a register."""

    MARK = "mark"
    CLOSED = "closed"
    REOPENED = "reopened"
    LOST = "lost"
    FOUND = "found"
    HEAD_COUNT = "head_count"


def check_open(closed: bool, reason: str | None) -> None:
    """``ReasonNeeded`` for a change of a closed register that nobody explains (S45)."""
    if closed and not reason:
        raise ReasonNeeded(mark("This register is closed. Say why it is changed nevertheless."))
