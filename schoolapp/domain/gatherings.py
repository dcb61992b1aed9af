"""Gatherings: a school, seminar, camp, conference or public event, with all that it declares."""

import datetime as dt
import enum
import uuid
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base.language import mark
from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    StepTaken,
    Versioned,
    link,
    maybe_money,
    money,
)
from schoolapp.domain.data_map import (
    FOLLOWS,
    FORMAT,
    ORDER,
    PLAIN,
    PROTOCOL,
    Plain,
    Words,
)
from schoolapp.domain.money import Money
from schoolapp.domain.text import title_in as title_in
from schoolapp.domain.workflow import Step, Workflow, need_reason


class GatheringKind(enum.StrEnum):
    """What kind of gathering; the window shows the word. A congress is a conference too."""

    SCHOOL = "school"
    SEMINAR = "seminar"
    YOUTH_CAMP = "youth_camp"
    CONFERENCE = "conference"
    PUBLIC = "public"


class GatheringState(enum.StrEnum):
    """Where a gathering stands between the first plan and the closed books."""

    PLANNED = "planned"
    APPLICATIONS_OPEN = "applications_open"
    SELECTING = "selecting"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    CLOSING = "closing"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class GatheringStep(StepTaken, Base):
    """A step of a gathering's workflow."""

    __tablename__ = "gathering_step"
    gathering_id: Mapped[int] = link("gathering.id")


class Gathering(Versioned, Base):
    """A school, a seminar, a camp, a conference or a public event.

    ``code`` is permanent (``gjs2027``). ``host_centre`` is the code of the centre that holds it;
    ``contact_name`` and ``contact_address``, where there are any, stand for the mailbox of the
    centre. ``country`` and ``tz`` are the venue's, not the centre's.
    ``start_date`` and ``end_date`` are both days of the gathering. ``remarks`` holds the package's
    ``*_note`` fields, ``blanks`` the optional fields that a package wrote as empty. Ages count on
    ``age_reference_date``, without one on the first day.
    """

    __tablename__ = "gathering"
    uid: Mapped[Plain[str]] = mapped_column(
        unique=True, default_factory=lambda: str(uuid.uuid4()), info=PROTOCOL.info
    )
    code: Mapped[Plain[str]] = mapped_column(unique=True, info=FOLLOWS.info)
    kind: Mapped[Plain[GatheringKind]]
    titles: Mapped[Words[dict[str, str]]]
    host_centre: Mapped[Plain[str | None]] = mapped_column(default=None)
    country: Mapped[Plain[str]]
    tz: Mapped[Plain[str]]
    start_date: Mapped[Plain[dt.date]]
    end_date: Mapped[Plain[dt.date]]
    capacity: Mapped[Plain[int]]
    currency: Mapped[Plain[str]]
    working_languages: Mapped[Plain[list[str]]]
    state: Mapped[Plain[GatheringState]] = mapped_column(default=GatheringState.PLANNED)
    venue_name: Mapped[Plain[str]] = mapped_column(default="")
    venue_city: Mapped[Plain[str]] = mapped_column(default="")
    venue_note: Mapped[Words[str | None]] = mapped_column(default=None)
    coordinates: Mapped[Plain[str | None]] = mapped_column(default=None)
    contact_name: Mapped[Words[str | None]] = mapped_column(default=None)
    contact_address: Mapped[Words[str | None]] = mapped_column(default=None)
    deposit: Mapped[Money | None] = maybe_money("deposit", PLAIN)
    age_from: Mapped[Plain[int | None]] = mapped_column(default=None)
    age_to: Mapped[Plain[int | None]] = mapped_column(default=None)
    camp_currency: Mapped[Plain[dict[str, Any] | None]] = mapped_column(
        default=None, info=FORMAT.info
    )
    remarks: Mapped[Words[dict[str, str]]] = mapped_column(default_factory=dict, info=FORMAT.info)
    package_name: Mapped[Plain[str | None]] = mapped_column(default=None, info=FORMAT.info)
    table_prefix: Mapped[Plain[str | None]] = mapped_column(default=None, info=FORMAT.info)
    blanks: Mapped[Plain[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    steps: Mapped[list[GatheringStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="GatheringStep.position"
    )
    modules: Mapped[list["Module"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Module.position"
    )
    rooms: Mapped[list["Room"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Room.position"
    )
    bedrooms: Mapped[list["Bedroom"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Bedroom.position"
    )
    deadlines: Mapped[list["Deadline"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Deadline.position"
    )
    free_days: Mapped[list["FreeDay"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="FreeDay.position"
    )
    blocked_times: Mapped[list["BlockedTime"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="BlockedTime.position"
    )
    prices: Mapped[list["Price"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Price.position"
    )
    arrival_checks: Mapped[list["ArrivalCheck"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ArrivalCheck.position"
    )
    age_reference_date: Mapped[Plain[dt.date | None]] = mapped_column(default=None)
    minors_per_adult: Mapped[Plain[int | None]] = mapped_column(default=None)
    asked_papers: Mapped[list["AskedPaper"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="AskedPaper.position"
    )


class Module(Versioned, Base):
    """A part of a gathering with its own dates, both inclusive; people may attend some of them."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    code: Mapped[Plain[str]] = mapped_column(info=FOLLOWS.info)
    title: Mapped[Plain[str]]
    start: Mapped[Plain[dt.date]]
    end: Mapped[Plain[dt.date]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class Room(Versioned, Base):
    """A room or place for sessions; ``seats`` None means no limit, ``booths`` interpret.

    ``coordinates`` are those of a place away from the venue (``domain.coordinates``);
    ``equipment`` is what stands in it (a projector, microphones), ``note`` what to know of it.
    """

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    code: Mapped[Plain[str]]
    name: Mapped[Plain[str]]
    seats: Mapped[Plain[int | None]] = mapped_column(default=None)
    booths: Mapped[Plain[int]] = mapped_column(default=0)
    divisible: Mapped[Plain[int | None]] = mapped_column(default=None)
    coordinates: Mapped[Plain[str | None]] = mapped_column(default=None)
    equipment: Mapped[Plain[str | None]] = mapped_column(default=None)
    note: Mapped[Words[str | None]] = mapped_column(default=None)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


DESIGNATIONS = ("women", "men", "mixed", "family")


class Bedroom(Versioned, Base):
    """A bedroom; ``designation`` is one of ``DESIGNATIONS``."""

    __tablename__ = "bedroom"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    code: Mapped[Plain[str]]
    beds: Mapped[Plain[int]]
    designation: Mapped[Plain[str]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class Deadline(Keyed, Base):
    """A date by which something is due: ``application``, ``visa_letter``, ``payment``, ..."""

    __tablename__ = "deadline"
    __table_args__ = (UniqueConstraint("gathering_id", "name"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    name: Mapped[Plain[str]]
    date: Mapped[Plain[dt.date]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class FreeDay(Keyed, Base):
    """A day without sessions but social evenings."""

    __tablename__ = "free_day"
    gathering_id: Mapped[int] = link("gathering.id")
    date: Mapped[Plain[dt.date]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class BlockedTime(Versioned, Base):
    """Local times in which nothing should be planned, and why (prayers, meals).

    On one ``date``, or on each ``weekday`` (0 is Monday), or on every day if both are None.
    """

    __tablename__ = "blocked_time"
    gathering_id: Mapped[int] = link("gathering.id")
    date: Mapped[Plain[dt.date | None]] = mapped_column(default=None)
    weekday: Mapped[Plain[int | None]] = mapped_column(default=None)
    start: Mapped[Plain[dt.time]]
    end: Mapped[Plain[dt.time]]
    why: Mapped[Words[str]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class Price(Keyed, Base):
    """The full price of one fee band (``A`` is the richest)."""

    __tablename__ = "price"
    __table_args__ = (UniqueConstraint("gathering_id", "band"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    band: Mapped[Plain[str]]
    price: Mapped[Money] = money("price", PLAIN)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class ArrivalCheck(Keyed, Base):
    """What the arrival desk of a gathering asks for, if it is not the usual (``arrivals.py``)."""

    __tablename__ = "arrival_check"
    __table_args__ = (UniqueConstraint("gathering_id", "item"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    item: Mapped[Plain[str]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class AskedPaper(Keyed, Base):
    """A paper that a gathering asks of minors, if it is not the usual ones (``minors.py``)."""

    __tablename__ = "asked_paper"
    __table_args__ = (UniqueConstraint("gathering_id", "paper"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    paper: Mapped[Plain[str]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


S = GatheringState
OVER = frozenset({S.CLOSING, S.ARCHIVED, S.CANCELLED})
"""The states in which nobody comes any more."""
GATHERING = Workflow(
    name="gathering",
    initial=S.PLANNED,
    record=GatheringStep,
    steps=(
        Step(S.PLANNED, "open", S.APPLICATIONS_OPEN),
        Step(S.APPLICATIONS_OPEN, "close", S.SELECTING),
        Step(S.SELECTING, "publish", S.CONFIRMED),
        Step(S.SELECTING, "reopen", S.APPLICATIONS_OPEN),
        Step(S.CONFIRMED, "start", S.RUNNING),
        Step(S.CONFIRMED, "cancel", S.CANCELLED, need_reason),
        Step(S.RUNNING, "end", S.CLOSING),
        Step(S.CLOSING, "books_closed", S.ARCHIVED, need_reason),
    ),
)


def check_gathering(
    titles: dict[str, str], start: dt.date, end: dt.date, capacity: int
) -> dict[str, str]:
    """What is wrong with a gathering's core fields: field to a sentence marked for translation."""
    wrong = {}
    if not any(title.strip() for title in titles.values()):
        wrong["title"] = mark("Give the gathering a title.")
    if end < start:
        wrong["end_date"] = mark("The last day is before the first. Choose a later day.")
    if capacity < 1:
        wrong["capacity"] = mark("A gathering needs at least one place.")
    return wrong


def check_ages(youngest: int | None, oldest: int | None, per_adult: int | None) -> dict[str, str]:
    """What is wrong with ages in years, and with the minors that one adult may look after."""
    wrong = {}
    for name, age in (("age_from", youngest), ("age_to", oldest)):
        if age is not None and not 0 <= age <= 120:
            wrong[name] = mark("Write an age in years, or leave this empty.")
    if not wrong and youngest is not None and oldest is not None and oldest < youngest:
        wrong["age_to"] = mark("The oldest age is below the youngest. Swap them.")
    if per_adult is not None and per_adult < 1:
        wrong["minors_per_adult"] = mark("An adult can be responsible for at least one minor.")
    return wrong


def check_module(module: Module, others: list[Module], gathering: Gathering) -> str | None:
    """The sentence that says why a module cannot have these dates; None if it can."""
    if module.end < module.start:
        return mark("The last day is before the first. Choose a later day.")
    if module.start < gathering.start_date or module.end > gathering.end_date:
        return mark("A module has to be within the dates of its gathering.")
    if any(o is not module and o.start <= module.end and module.start <= o.end for o in others):
        return mark("Two modules may not overlap. Change the dates of one of them.")
    return None
