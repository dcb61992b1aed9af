"""Delegations: a group that registers, pays and sleeps together; not the same as a country."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
)
from schoolapp.domain.data_map import (
    GOES,
    ORDER,
    PLAIN,
    Counted,
    Plain,
)
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.workflow import Step, Workflow, need_reason


class DelegationState(enum.StrEnum):
    """Where a delegation's registration stands."""

    ANNOUNCED = "announced"
    NUMBERS_GIVEN = "numbers_given"
    NAMES_GIVEN = "names_given"
    PART_PAID = "part_paid"
    PAID = "paid"
    PART_REFUND = "part_refund"
    ON_SITE = "on_site"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class Quota(enum.StrEnum):
    """What a delegation is counted for: seats are a limit, the others a number to be reached."""

    SEATS = "seats"
    WOMEN = "women"
    YOUNG = "young"
    FIRST_TIMERS = "first_timers"


class DelegationStep(StepTaken, Base):
    """A step of a delegation's registration."""

    __tablename__ = "delegation_step"
    delegation_id: Mapped[int] = link("delegation.id")


class Delegation(Versioned, Base):
    """A delegation to one gathering.

    ``announced`` (the first number given), ``confirmed`` (names given) and who arrived are three
    figures that are kept apart (E31). ``due`` is what the delegation owes for its people.
    """

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    code: Mapped[Plain[str]]
    name: Mapped[Plain[str]]
    iso_country: Mapped[Plain[str | None]] = mapped_column(default=None)
    origin: Mapped[Plain[str | None]] = mapped_column(default=None)
    leader_id: Mapped[int] = link("person.id")
    announced: Mapped[Plain[int]] = mapped_column(default=0)
    confirmed: Mapped[Plain[int]] = mapped_column(default=0)
    fee_band: Mapped[Plain[str | None]] = mapped_column(default=None)
    due: Mapped[Money | None] = maybe_money("due", PLAIN)
    home_currency: Mapped[Plain[str | None]] = mapped_column(default=None)
    state: Mapped[Plain[DelegationState]] = mapped_column(default=DelegationState.ANNOUNCED)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    leader: Mapped[Person] = relationship(default=None)
    coordination: Mapped[list["DelegationCoordinator"]] = relationship(
        default_factory=list,
        cascade="all, delete-orphan",
        order_by="DelegationCoordinator.position",
    )
    quotas: Mapped[list["DelegationQuota"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="DelegationQuota.id"
    )
    steps: Mapped[list[DelegationStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="DelegationStep.position"
    )


class DelegationQuota(Keyed, Base):
    """A number that was agreed with a delegation; ``age`` is the first one that is not young."""

    __tablename__ = "delegation_quota"
    __table_args__ = (UniqueConstraint("delegation_id", "kind"), AUTOINCREMENT)
    delegation_id: Mapped[int] = link("delegation.id")
    kind: Mapped[Plain[Quota]]
    number: Mapped[Plain[int]]
    age: Mapped[Plain[int | None]] = mapped_column(default=None)


class DelegationCoordinator(Keyed, Base):
    """One of the persons who sit in the coordination for their delegation."""

    __tablename__ = "delegation_coordinator"
    delegation_id: Mapped[int] = link("delegation.id")
    person_id: Mapped[int] = link("person.id", GOES)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    person: Mapped[Person] = relationship(default=None)


S = DelegationState
DELEGATION = Workflow(
    name="delegation_registration",
    initial=S.ANNOUNCED,
    record=DelegationStep,
    steps=(
        Step(S.ANNOUNCED, "send_numbers", S.NUMBERS_GIVEN),
        Step(S.NUMBERS_GIVEN, "send_names", S.NAMES_GIVEN),
        Step(S.NUMBERS_GIVEN, "change_numbers", S.NUMBERS_GIVEN, need_reason),
        Step(S.NAMES_GIVEN, "pay", S.PART_PAID),
        Step(S.NAMES_GIVEN, "pay_all", S.PAID),
        Step(S.NAMES_GIVEN, "replace_person", S.NAMES_GIVEN),
        Step(S.PART_PAID, "replace_person", S.PART_PAID),
        Step(S.PART_PAID, "pay", S.PART_PAID),
        Step(S.PART_PAID, "pay_all", S.PAID),
        Step(S.PAID, "replace_person", S.PAID),
        Step(S.PAID, "arrive", S.ON_SITE),
        Step(S.PAID, "cancel_person", S.PART_REFUND),
        Step(S.PART_REFUND, "refunded", S.PAID),
        Step(S.ON_SITE, "settle", S.SETTLED, need_reason),
        Step(S.ANNOUNCED, "cancel", S.CANCELLED),
        Step(S.PAID, "cancel_all", S.CANCELLED, need_reason),
    ),
)


def balance(due: Money | None, paid: list[Money], currency: str) -> Money:
    """What a delegation has paid beyond what it owes: positive overpaid, negative still due."""
    result = Money(0, currency) - (due or Money(0, currency))
    for amount in paid:
        result = result + amount
    return result


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a delegation, as far as quotas need it; None is what nobody said."""

    is_woman: bool | None
    age: int | None
    first_time: bool | None


@dataclass(frozen=True, slots=True)
class Gauge:
    """A quota and how far it is filled; ``unsaid`` counts those for whom it is not known."""

    kind: Quota
    number: int
    has: int
    unsaid: int = 0
    age: int | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the agreement holds: no more seats, and no fewer of the others."""
        return self.has <= self.number if self.kind is Quota.SEATS else self.has >= self.number

    @property
    def missing(self) -> int:
        """How many are too many, or too few."""
        return 0 if self.is_kept else abs(self.number - self.has)


def gauge(kind: Quota, number: int, age: int | None, members: Sequence[Member]) -> Gauge:
    """How far these members fill a quota."""
    if kind is Quota.SEATS:
        return Gauge(kind, number, len(members))
    facts = [_counts(kind, age, member) for member in members]
    return Gauge(kind, number, facts.count(True), facts.count(None), age)


def _counts(kind: Quota, age: int | None, member: Member) -> bool | None:
    if kind is Quota.WOMEN:
        return member.is_woman
    if kind is Quota.FIRST_TIMERS:
        return member.first_time
    return None if member.age is None else member.age < (age or 0)


def check_delegation(
    name: str, leader_id: int | None, announced: int | None, quotas: Mapping[Quota, int | None]
) -> dict[str, str]:
    """What is wrong with a delegation: field to a sentence marked for translation."""
    wrong = {}
    if not name.strip():
        wrong["name"] = mark("Give the delegation a name; it need not be a country.")
    if leader_id is None:
        wrong["leader_id"] = mark("Choose who leads the delegation.")
    if announced is None or announced < 0:
        wrong["announced"] = mark("Write how many people were announced, or 0.")
    for kind, number in quotas.items():
        if number is not None and number < 0:
            wrong[kind.value] = mark("An agreed number is never below zero.")
    return wrong
