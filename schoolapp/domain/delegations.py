"""Delegations: a group that registers, pays and sleeps together; not the same as a country."""

import enum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    StepTaken,
    Versioned,
    link,
    maybe_money,
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


class DelegationStep(StepTaken, Base):
    """A step of a delegation's registration."""

    __tablename__ = "delegation_step"
    delegation_id: Mapped[int] = link("delegation.id")


class Delegation(Versioned, Base):
    """A delegation to one gathering.

    ``announced`` (first number told), ``confirmed`` (names given) and who arrived are three
    figures that are kept apart (E31). ``due`` is what the delegation owes for its people.
    """

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    code: Mapped[str]
    name: Mapped[str]
    iso_country: Mapped[str | None] = mapped_column(default=None)
    origin: Mapped[str | None] = mapped_column(default=None)
    leader_id: Mapped[int] = link("person.id")
    announced: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[int] = mapped_column(default=0)
    fee_band: Mapped[str | None] = mapped_column(default=None)
    due: Mapped[Money | None] = maybe_money("due")
    home_currency: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[DelegationState] = mapped_column(default=DelegationState.ANNOUNCED)
    position: Mapped[int] = mapped_column(default=0)
    leader: Mapped[Person] = relationship(default=None)
    coordination: Mapped[list["DelegationCoordinator"]] = relationship(
        default_factory=list,
        cascade="all, delete-orphan",
        order_by="DelegationCoordinator.position",
    )
    steps: Mapped[list[DelegationStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="DelegationStep.position"
    )


class DelegationCoordinator(Keyed, Base):
    """One of the persons who sit in the coordination for their delegation."""

    __tablename__ = "delegation_coordinator"
    delegation_id: Mapped[int] = link("delegation.id")
    person_id: Mapped[int] = link("person.id")
    position: Mapped[int] = mapped_column(default=0)
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
        Step(S.PART_PAID, "pay", S.PART_PAID),
        Step(S.PART_PAID, "pay_all", S.PAID),
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
