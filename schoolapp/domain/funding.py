"""Money of a gathering: funds, payments, subsidies with their parts and payments, travel claims."""

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import Decimal

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
    maybe,
    maybe_money,
    money,
)
from schoolapp.domain.data_map import (
    BOOKS,
    FORMAT,
    ORDER,
    PLAIN,
    STAYS,
    Books,
    BookWords,
    Plain,
    Words,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.workflow import Step, Workflow, need_reason


class SubsidyState(enum.StrEnum):
    """Where a request for support stands."""

    REQUESTED = "requested"
    REVIEWED = "reviewed"
    GRANTED = "granted"
    ACCEPTED = "accepted"
    PART_PAID = "part_paid"
    TO_PAY = "to_pay"
    TO_RECOVER = "to_recover"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"
    LAPSED = "lapsed"


UNDECIDED = frozenset({SubsidyState.REQUESTED, SubsidyState.REVIEWED})
"""The states in which the amounts of a subsidy may still change: what is granted is a proposal."""
GIVEN = frozenset(
    {
        SubsidyState.GRANTED,
        SubsidyState.ACCEPTED,
        SubsidyState.PART_PAID,
        SubsidyState.TO_PAY,
        SubsidyState.SETTLED,
    }
)
"""The states in which what was granted holds: a fee that is waived is not asked for."""


class ClaimState(enum.StrEnum):
    """Where a travel claim stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    APPROVED = "approved"
    PART_PAID = "part_paid"
    PAID = "paid"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Fund(Versioned, Base):
    """A fund of a gathering. Without an income nobody knows what came in, or what is left.

    ``allocated`` is what was set aside for grants, fee waivers apart; it is for the books and
    limits nothing.
    """

    __tablename__ = "fund"
    gathering_id: Mapped[int] = link("gathering.id")
    name: Mapped[Plain[str]]
    currency: Mapped[Plain[str]]
    allocated: Mapped[Money | None] = maybe_money("allocated", PLAIN)
    incomes: Mapped[list["FundIncome"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="FundIncome.position"
    )


class FundIncome(Versioned, Base):
    """Money that came into a fund, in its currency: from whom, when, and what it is meant for.

    ``giver`` and ``earmark`` are words, empty where nobody wrote any; ``date`` is None where only
    a sum was recorded.
    """

    __tablename__ = "fund_income"
    fund_id: Mapped[int] = link("fund.id")
    amount: Mapped[Money] = money("amount", BOOKS)
    giver: Mapped[BookWords[str]] = mapped_column(default="")
    date: Mapped[Books[dt.date | None]] = mapped_column(default=None)
    earmark: Mapped[BookWords[str]] = mapped_column(default="")
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)


class Payment(Versioned, Base):
    """Money that came in from a delegation or a person.

    ``amount`` is in the gathering's currency, ``paid_as`` what was handed over, at ``rate`` units
    for 1 unit of ``amount``; the conversion is frozen. Without allocations it stays with the
    delegation.
    """

    __tablename__ = "payment"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    code: Mapped[Books[str]]
    delegation_id: Mapped[int | None] = maybe("delegation.id")
    person_id: Mapped[int | None] = maybe("person.id", STAYS)
    date: Mapped[Books[dt.date]]
    method: Mapped[Books[str]]
    amount: Mapped[Money] = money("amount", BOOKS)
    paid_as: Mapped[Money | None] = maybe_money("paid_as", BOOKS)
    rate: Mapped[Books[Decimal | None]] = mapped_column(default=None)
    rate_date: Mapped[Books[dt.date | None]] = mapped_column(default=None)
    rate_source: Mapped[Books[str | None]] = mapped_column(default=None)
    reference: Mapped[Words[str]] = mapped_column(default="")
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)
    delegation: Mapped[Delegation | None] = relationship(default=None)
    person: Mapped[Person | None] = relationship(default=None)
    allocations: Mapped[list["Allocation"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Allocation.position"
    )


class Allocation(Keyed, Base):
    """A person a payment is for."""

    __tablename__ = "allocation"
    payment_id: Mapped[int] = link("payment.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)
    person: Mapped[Person] = relationship(default=None)


class SubsidyStep(StepTaken, Base):
    """A step of a subsidy."""

    __tablename__ = "subsidy_step"
    subsidy_id: Mapped[int] = link("subsidy.id", STAYS)


class Subsidy(Versioned, Base):
    """Support for one person at one gathering, out of a fund.

    ``imported_state`` keeps a package's own word where it has another name for the state.
    """

    __tablename__ = "subsidy"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    code: Mapped[Books[str]]
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    fund_id: Mapped[int] = link("fund.id")
    state: Mapped[Books[SubsidyState]] = mapped_column(default=SubsidyState.REQUESTED)
    requested: Mapped[Money | None] = maybe_money("requested", BOOKS)
    granted: Mapped[Money | None] = maybe_money("granted", BOOKS)
    decided_by_id: Mapped[int | None] = maybe("person.id")
    imported_state: Mapped[Books[str | None]] = mapped_column(default=None, info=FORMAT.info)
    note: Mapped[Words[str | None]] = mapped_column(default=None)
    blanks: Mapped[Books[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], default=None)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id], default=None)
    fund: Mapped[Fund] = relationship(default=None)
    parts: Mapped[list["SubsidyPart"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="SubsidyPart.position"
    )
    payments: Mapped[list["SubsidyPayment"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="SubsidyPayment.position"
    )
    steps: Mapped[list[SubsidyStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="SubsidyStep.position"
    )


class SubsidyPart(Keyed, Base):
    """A part of a subsidy: ``fee_waiver``, ``travel_cap``, ``visa`` or ``pocket_money``."""

    __tablename__ = "subsidy_part"
    subsidy_id: Mapped[int] = link("subsidy.id", STAYS)
    kind: Mapped[Books[str]]
    amount: Mapped[Money] = money("amount", BOOKS)
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)


class SubsidyPayment(Keyed, Base):
    """A payment of a subsidy: ``fee_waiver``, ``cash`` or ``bank_transfer``.

    ``amount`` counts against the grant; ``paid_as`` is what was handed over at ``rate`` units for
    1 unit of ``rate_base`` (empty: the currency of ``amount``) on ``rate_date``; the conversion is
    frozen. ``state`` is ``pending`` until the money has moved, else empty.
    """

    __tablename__ = "subsidy_payment"
    subsidy_id: Mapped[int] = link("subsidy.id", STAYS)
    kind: Mapped[Books[str]]
    amount: Mapped[Money] = money("amount", BOOKS)
    paid_as: Mapped[Money | None] = maybe_money("paid_as", BOOKS)
    rate: Mapped[Books[Decimal | None]] = mapped_column(default=None)
    rate_base: Mapped[Books[str | None]] = mapped_column(default=None)
    rate_date: Mapped[Books[dt.date | None]] = mapped_column(default=None)
    rate_source: Mapped[Books[str | None]] = mapped_column(default=None)
    signed_receipt: Mapped[Books[bool | None]] = mapped_column(default=None)
    state: Mapped[Books[str | None]] = mapped_column(default=None)
    blanks: Mapped[Books[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)


class ClaimStep(StepTaken, Base):
    """A step of a travel claim."""

    __tablename__ = "claim_step"
    claim_id: Mapped[int] = link("travel_claim.id", STAYS)


class TravelClaim(Versioned, Base):
    """What a person claims for travel under a subsidy, and what was approved of it."""

    __tablename__ = "travel_claim"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    code: Mapped[Books[str]]
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    subsidy_id: Mapped[int] = link("subsidy.id")
    state: Mapped[Books[ClaimState]] = mapped_column(default=ClaimState.OPEN)
    claimed: Mapped[Money | None] = maybe_money("claimed", BOOKS)
    approved: Mapped[Money | None] = maybe_money("approved", BOOKS)
    cap: Mapped[Money | None] = maybe_money("cap", BOOKS)
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)
    person: Mapped[Person] = relationship(default=None)
    subsidy: Mapped[Subsidy] = relationship(default=None)
    lines: Mapped[list["ClaimLine"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ClaimLine.position"
    )
    steps: Mapped[list[ClaimStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ClaimStep.position"
    )


class ClaimLine(Versioned, Base):
    """One cost of a travel claim: as paid, and its value in the currency of the claim.

    ``rate`` are units of what was paid for 1 unit of ``value``, None in the same currency or where
    only the value is known; the conversion is frozen. ``rejected`` ones do not count.
    """

    __tablename__ = "claim_line"
    claim_id: Mapped[int] = link("travel_claim.id", STAYS)
    what: Mapped[BookWords[str]]
    date: Mapped[Books[dt.date]]
    paid: Mapped[Money] = money("paid", BOOKS)
    value: Mapped[Money] = money("value", BOOKS)
    rate: Mapped[Books[Decimal | None]] = mapped_column(default=None)
    rate_source: Mapped[Books[str | None]] = mapped_column(default=None)
    receipt: Mapped[Books[bool]] = mapped_column(default=False)
    boarding_pass: Mapped[Books[bool | None]] = mapped_column(default=None)
    rejected: Mapped[Books[bool]] = mapped_column(default=False)
    blanks: Mapped[Books[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts:
    """What the guards of a subsidy check: the fund's free balance, the grant, who decides."""

    free: Money | None = None
    granted: Money | None = None
    decider_is_receiver: bool = False
    deadline_passed: bool = True


def _grant(facts: GrantFacts, reason: str | None) -> str | None:
    if facts.decider_is_receiver:
        return mark("Nobody decides on their own subsidy. Somebody else has to grant this one.")
    if facts.granted is None:
        return mark("Enter the amount that is granted first.")
    if facts.free is not None and facts.free < facts.granted:
        return mark("The fund has not enough left for this. Grant less, or find more income.")
    return None


def _deadline(facts: GrantFacts, reason: str | None) -> str | None:
    return None if facts.deadline_passed or reason else mark("The deadline has not passed yet.")


S = SubsidyState
SUBSIDY = Workflow(
    name="subsidy",
    initial=S.REQUESTED,
    record=SubsidyStep,
    steps=(
        Step(S.REQUESTED, "score", S.REVIEWED),
        Step(S.REQUESTED, "withdraw", S.WITHDRAWN),
        Step(S.REVIEWED, "grant", S.GRANTED, _grant),
        Step(S.REVIEWED, "refuse", S.REFUSED),
        Step(S.REVIEWED, "postpone", S.REVIEWED),
        Step(S.GRANTED, "accept", S.ACCEPTED),
        Step(S.GRANTED, "decline", S.WITHDRAWN),
        Step(S.GRANTED, "no_answer", S.LAPSED, _deadline),
        Step(S.ACCEPTED, "pay_advance", S.PART_PAID),
        Step(S.ACCEPTED, "claim_closed", S.TO_PAY),
        Step(S.ACCEPTED, "person_withdrew", S.LAPSED),
        Step(S.PART_PAID, "pay", S.PART_PAID),
        Step(S.PART_PAID, "pay_rest", S.SETTLED),
        Step(S.PART_PAID, "payment_removed", S.PART_PAID),
        Step(S.PART_PAID, "last_payment_removed", S.ACCEPTED),
        Step(S.PART_PAID, "person_withdrew", S.TO_RECOVER),
        Step(S.TO_PAY, "pay", S.PART_PAID),
        Step(S.TO_PAY, "pay_rest", S.SETTLED),
        Step(S.SETTLED, "payment_removed", S.PART_PAID),
        Step(S.SETTLED, "last_payment_removed", S.ACCEPTED),
        Step(S.TO_RECOVER, "repaid", S.SETTLED),
        Step(S.TO_RECOVER, "written_off", S.SETTLED, need_reason),
    ),
)

C = ClaimState
CLAIM = Workflow(
    name="travel_claim",
    initial=C.OPEN,
    record=ClaimStep,
    steps=(
        Step(C.OPEN, "add_line", C.OPEN),
        Step(C.OPEN, "submit", C.SUBMITTED),
        Step(C.OPEN, "withdraw", C.WITHDRAWN),
        Step(C.SUBMITTED, "ask", C.INCOMPLETE),
        Step(C.SUBMITTED, "approve", C.APPROVED),
        Step(C.SUBMITTED, "reject", C.REJECTED),
        Step(C.INCOMPLETE, "submit", C.SUBMITTED),
        Step(C.INCOMPLETE, "deadline", C.REJECTED),
        Step(C.APPROVED, "pay", C.PART_PAID),
        Step(C.APPROVED, "pay_all", C.PAID),
        Step(C.PART_PAID, "pay_all", C.PAID),
        Step(C.APPROVED, "reopen", C.SUBMITTED),
        Step(C.REJECTED, "reopen", C.SUBMITTED),
    ),
)
