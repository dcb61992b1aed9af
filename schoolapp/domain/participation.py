"""Who is part of a gathering: participants with stays, modules and badges, staff, teams, rota."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base.language import mark
from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    StateText,
    UtcMoment,
    Versioned,
    link,
    maybe,
    maybe_money,
)
from schoolapp.domain.data_map import (
    BOOKS,
    FORMAT,
    GOES,
    HEALTH,
    ORDER,
    STAYS,
    Contact,
    Counted,
    Doer,
    Health,
    Plain,
    Token,
    Travel,
    Words,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Bedroom, Module
from schoolapp.domain.money import Money, rounded
from schoolapp.domain.people import Person
from schoolapp.domain.workflow import Step, Workflow, take


class ParticipationState(enum.StrEnum):
    """The state of somebody's place: expected, here, gone, or not coming."""

    EXPECTED = "expected"
    PRESENT = "present"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


S = ParticipationState


class Team(Versioned, Base):
    """A team that cooks and cleans in turn; ``code`` is its name."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    code: Mapped[Plain[str]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class Participation(Versioned, Base):
    """One person taking part in one gathering, with stays, modules, fee and needs.

    ``minor_at_start`` and ``parental_consent`` are what was registered for a camp; ``consent_on``
    is the day on which the person agreed to the privacy notice. ``steps`` is
    empty: the journal holds the history of the state, the arrivals that of the desk.
    """

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("gathering_id", "person_id"), AUTOINCREMENT)
    steps: ClassVar[tuple[()]] = ()
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    role: Mapped[Counted[str]] = mapped_column(default="participant")
    state: Mapped[Counted[ParticipationState]] = mapped_column(
        StateText(ParticipationState), default=S.EXPECTED
    )
    language_group: Mapped[Counted[str | None]] = mapped_column(default=None)
    team_id: Mapped[int | None] = maybe("team.id")
    bedroom_id: Mapped[int | None] = maybe("bedroom.id")
    delegation_id: Mapped[int | None] = maybe("delegation.id")
    guardian_id: Mapped[int | None] = maybe("person.id", mark=HEALTH)
    fee: Mapped[Money | None] = maybe_money("fee", BOOKS)
    diet: Mapped[Health[str | None]] = mapped_column(default=None)
    access: Mapped[Health[str | None]] = mapped_column(default=None)
    note: Mapped[Words[str | None]] = mapped_column(default=None)
    minor_at_start: Mapped[Counted[bool | None]] = mapped_column(default=None, info=FORMAT.info)
    parental_consent: Mapped[Health[str | None]] = mapped_column(default=None)
    sleeping: Mapped[Health[str | None]] = mapped_column(default=None)
    consent_on: Mapped[Contact[dt.date | None]] = mapped_column(default=None)
    first_time: Mapped[Counted[bool | None]] = mapped_column(default=None)
    needs_visa: Mapped[Counted[bool | None]] = mapped_column(default=None)
    blanks: Mapped[Counted[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], default=None)
    guardian: Mapped[Person | None] = relationship(foreign_keys=[guardian_id], default=None)
    team: Mapped[Team | None] = relationship(default=None)
    bedroom: Mapped[Bedroom | None] = relationship(default=None)
    delegation: Mapped[Delegation | None] = relationship(default=None)
    stays: Mapped[list["Stay"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Stay.arrival"
    )
    modules: Mapped[list["ModuleAttended"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ModuleAttended.position"
    )
    badges: Mapped[list["Badge"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Badge.id"
    )
    arrivals: Mapped[list["Arrival"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Arrival.id"
    )
    papers: Mapped[list["PaperReceived"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="PaperReceived.id"
    )
    parents: Mapped[list["Parent"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Parent.id"
    )


class Stay(Keyed, Base):
    """From when to when a participant is there: wall times of the gathering's zone."""

    __tablename__ = "stay"
    participation_id: Mapped[int] = link("participation.id", STAYS)
    arrival: Mapped[Counted[dt.datetime]]
    departure: Mapped[Counted[dt.datetime]]


class ModuleAttended(Keyed, Base):
    """A module that a participant attends."""

    __tablename__ = "module_attended"
    __table_args__ = (UniqueConstraint("participation_id", "module_id"), AUTOINCREMENT)
    participation_id: Mapped[int] = link("participation.id", STAYS)
    module_id: Mapped[int] = link("module.id")
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    module: Mapped[Module] = relationship(default=None)


class Badge(Keyed, Base):
    """A badge of a participant: a random code; ``lost_at`` is set once another one replaces it."""

    __tablename__ = "badge"
    participation_id: Mapped[int] = link("participation.id", GOES)
    code: Mapped[Token[str]] = mapped_column(unique=True)
    given_at: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment)
    lost_at: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)


class Arrival(Keyed, Base):
    """A participant was checked in at the desk; ``left_at`` is None as long as they are there.

    ``reason`` says why they were checked in although something of the checklist was missing,
    ``left_reason`` the same of checking out.
    """

    __tablename__ = "arrival"
    participation_id: Mapped[int] = link("participation.id", GOES)
    came_at: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment)
    came_by: Mapped[Doer[str]]
    reason: Mapped[Words[str | None]] = mapped_column(default=None)
    left_at: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    left_by: Mapped[Doer[str | None]] = mapped_column(default=None)
    left_reason: Mapped[Words[str | None]] = mapped_column(default=None)
    items: Mapped[list["ArrivalItem"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ArrivalItem.id"
    )


class ArrivalItem(Keyed, Base):
    """One point of the checklist that was done: ``detail`` is, say, the number of the key.

    ``returned_at`` is set when a key or a badge came back.
    """

    __tablename__ = "arrival_item"
    __table_args__ = (UniqueConstraint("arrival_id", "item"), AUTOINCREMENT)
    arrival_id: Mapped[int] = link("arrival.id", GOES)
    item: Mapped[Counted[str]]
    detail: Mapped[Words[str | None]] = mapped_column(default=None)
    returned_at: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)


class PaperReceived(Keyed, Base):
    """A paper of a minor that is there; ``on`` is the day it was noted."""

    __tablename__ = "paper_received"
    __table_args__ = (UniqueConstraint("participation_id", "paper"), AUTOINCREMENT)
    participation_id: Mapped[int] = link("participation.id", GOES)
    paper: Mapped[Travel[str]]
    on: Mapped[Travel[dt.date]]


class Parent(Keyed, Base):
    """A parent or guardian of a minor, who stays at home, and what they allow."""

    __tablename__ = "parent"
    participation_id: Mapped[int] = link("participation.id", GOES)
    name: Mapped[Contact[str]]
    contact: Mapped[Contact[str]] = mapped_column(default="")
    signed_on: Mapped[Contact[dt.date | None]] = mapped_column(default=None)
    allows: Mapped[Contact[str]] = mapped_column(default="")


LECTURERS, INTERPRETERS = "lecturers", "interpreters"
STAFF, VOLUNTEERS = "staff", "volunteers"
LISTS = (LECTURERS, INTERPRETERS, STAFF, VOLUNTEERS)
"""The lists of people who work in a gathering, in the order in which they are offered."""


class Engagement(Versioned, Base):
    """A person's work in a gathering: on one of the ``LISTS``.

    Whoever works holds no place, owes no fee and counts in no person-day; that is a participation.
    ``first_day`` and ``last_day`` are both days of work, None where there is no such limit;
    ``languages`` those that somebody works in, ``fee`` what they are paid.
    """

    __tablename__ = "engagement"
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    list_name: Mapped[Counted[str]]
    role: Mapped[Counted[str]]
    floor_language: Mapped[Counted[str | None]] = mapped_column(default=None)
    a_language: Mapped[Counted[str | None]] = mapped_column(default=None)
    booth: Mapped[Counted[str | None]] = mapped_column(default=None)
    also: Mapped[Words[str | None]] = mapped_column(default=None)
    first_day: Mapped[Counted[dt.date | None]] = mapped_column(default=None)
    last_day: Mapped[Counted[dt.date | None]] = mapped_column(default=None)
    languages: Mapped[Counted[list[str]]] = mapped_column(default_factory=list)
    fee: Mapped[Money | None] = maybe_money("fee", BOOKS)
    blanks: Mapped[Counted[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    person: Mapped[Person] = relationship(default=None)


class RotaTask(Versioned, Base):
    """A task of a day and who does it: a team, a delegation or ``volunteers``."""

    __tablename__ = "rota_task"
    gathering_id: Mapped[int] = link("gathering.id")
    date: Mapped[Plain[dt.date]]
    task: Mapped[Words[str]]
    team_id: Mapped[int | None] = maybe("team.id")
    delegation_id: Mapped[int | None] = maybe("delegation.id")
    by_volunteers: Mapped[Plain[bool]] = mapped_column(default=False)
    people: Mapped[Plain[int | None]] = mapped_column(default=None)
    staffed_by_volunteers: Mapped[Plain[bool | None]] = mapped_column(default=None)
    blanks: Mapped[Plain[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    team: Mapped[Team | None] = relationship(default=None)
    delegation: Mapped[Delegation | None] = relationship(default=None)


PARTICIPATION = Workflow(
    name="participation",
    initial=S.EXPECTED,
    steps=(
        Step(S.EXPECTED, "check_in", S.PRESENT),
        Step(S.EXPECTED, "leave", S.COMPLETED),  # the application says so, the desk saw nobody
        Step(S.EXPECTED, "cancel", S.CANCELLED),
        Step(S.PRESENT, "expect", S.EXPECTED),  # another stay is to come (E17)
        Step(S.PRESENT, "leave", S.COMPLETED),
        Step(S.PRESENT, "cancel", S.CANCELLED),
        Step(S.COMPLETED, "check_in", S.PRESENT),  # left early and came back
        Step(S.COMPLETED, "expect", S.EXPECTED),
        Step(S.COMPLETED, "cancel", S.CANCELLED),
        Step(S.CANCELLED, "check_in", S.PRESENT),  # declined but came all the same (E20)
        Step(S.CANCELLED, "expect", S.EXPECTED),  # accepted once more
    ),
)


def bring_to(place: Participation, state: ParticipationState, *, by: str) -> None:
    """Let a place follow what became of its application, or what happened at the desk.

    Nothing happens if it is in that state already; ``RuleBroken`` where no step leads there.
    """
    if place.state is not state:
        take(PARTICIPATION, place, _NAMES[state], by=by)


_NAMES = {step.target: step.name for step in PARTICIPATION.steps}


def check_stay(arrival: dt.datetime, departure: dt.datetime) -> str | None:
    """The sentence that says why a stay cannot have these times; None if it can."""
    if departure <= arrival:
        return mark("The departure is before the arrival. Choose a later time.")
    return None


_FURTHER = dt.timedelta(days=14)  # somebody may come before the gathering, or stay on


def stay_fits(
    arrival: dt.date | None, departure: dt.date | None, first: dt.date, last: dt.date
) -> bool:
    """Whether the days that somebody names can be a stay at a gathering; None is not named."""
    comes, leaves = arrival or first, departure or last
    fits = first - _FURTHER <= comes <= last and first <= leaves <= last + _FURTHER
    return fits and comes <= leaves


def days_present(stays: list[tuple[dt.datetime, dt.datetime]]) -> set[dt.date]:
    """The local days that the stays touch; the day of arrival and of departure both count."""
    return {
        arrival.date() + dt.timedelta(days=n)
        for arrival, departure in stays
        for n in range((departure.date() - arrival.date()).days + 1)
    }


def most_at_night(stays: Sequence[tuple[dt.datetime, dt.datetime]]) -> int:
    """How many of these stays share a night at most; a stay that ends in the day frees its bed.

    The nights of 3 May 10:00 to 5 May 9:00 are those after the 3rd and after the 4th.
    """
    nights = Counter(
        arrival.date() + dt.timedelta(days=n)
        for arrival, departure in stays
        for n in range((departure.date() - arrival.date()).days)
    )
    return max(nights.values(), default=0)


def whole_stay(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """A stay of which only the days are known: from the first minute to the last."""
    return dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time(23, 59))


def part_fee(price: Money, attended: int, modules: int) -> Money:
    """The fee of somebody who attends some modules of a gathering: that share of the price (S09).

    Rounded half to even at the minor unit; people who have chosen none attend all.
    """
    if not attended or attended >= modules:
        return price
    return rounded(price.amount * Decimal(attended) / Decimal(modules), price.currency)
