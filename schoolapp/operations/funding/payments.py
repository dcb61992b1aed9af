"""Money that comes in: payments of delegations and persons, and the people each is for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.budget import PaymentDraft, counted
from schoolapp.domain.delegations import DELEGATION, Delegation, DelegationState, balance
from schoolapp.domain.funding import Allocation, Payment
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.domain.workflow import take
from schoolapp.operations.funding.subsidies import free_code
from schoolapp.storage.journal import actor_of
from schoolapp.storage.selecting import AnyColumn, fetch
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingView:
    """What the table of payments was asked to show."""

    gathering_id: int
    search: str = ""
    delegation_id: int | None = None
    sort: str = "date"
    descending: bool = False


class IncomingRow(NamedTuple):
    """A payment that came in; ``people`` are those it is for, 0 where it stays as it came."""

    id: int
    version: int
    code: str
    payer: str
    date: dt.date
    method: str
    amount: Money
    paid_as: Money | None
    rate: Decimal | None
    reference: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDraft:
    """A payment as a form records it: from a delegation or from a person."""

    gathering_id: int
    payment: PaymentDraft
    delegation_id: int | None = None
    person_id: int | None = None
    reference: str = ""
    allocated_to: tuple[int, ...] = ()


def incoming_ids(session: DbSession, view: IncomingView) -> list[int]:
    """The payments that a view shows, in its order."""
    payer = func.coalesce(Delegation.name, Person.display_name)
    columns: dict[str, AnyColumn] = {
        "payer": payer,
        "amount": Payment.__table__.c["amount_minor"],
        "code": Payment.code,
    }
    column = columns.get(view.sort, Payment.date)
    found = (
        select(
            Payment.id,
            payer,
            Payment.reference,
            Payment.code,
        )
        .outerjoin(Delegation, Delegation.id == Payment.delegation_id)
        .outerjoin(Person, Person.id == Payment.person_id)
        .where(Payment.gathering_id == view.gathering_id)
    )
    if view.delegation_id is not None:
        found = found.where(Payment.delegation_id == view.delegation_id)
    order = column.desc() if view.descending else column.asc()
    words = fold(view.search).split()
    return [
        key
        for key, name, reference, code in fetch(session, found.order_by(order, Payment.id))
        if all(word in fold(f"{name or ''} {reference} {code}") for word in words)
    ]


def incoming_rows(session: DbSession, ids: Sequence[int]) -> dict[int, IncomingRow]:
    """The rows of these payments."""
    people = (
        select(func.count(Allocation.id))
        .where(Allocation.payment_id == Payment.id)
        .scalar_subquery()
    )
    statement = (
        select(
            Payment.id,
            Payment.version,
            Payment.code,
            func.coalesce(Delegation.name, Person.display_name, ""),
            Payment.date,
            Payment.method,
            Payment.amount,
            Payment.paid_as,
            Payment.rate,
            Payment.reference,
            people,
        )
        .outerjoin(Delegation, Delegation.id == Payment.delegation_id)
        .outerjoin(Person, Person.id == Payment.person_id)
        .where(Payment.id.in_(ids))
    )
    found = (IncomingRow._make(row) for row in session.execute(statement))
    return {row.id: row for row in found}


def record_incoming(session: DbSession, draft: IncomingDraft) -> int:
    """Record a payment that came in; the key. A delegation's registration moves on by it."""
    if (draft.delegation_id is None) == (draft.person_id is None):
        raise RuleBroken(mark("Say who paid: a delegation, or a person."))
    gathering = session.get_one(Gathering, draft.gathering_id)
    amount = counted(draft.payment, gathering.currency)
    in_own = draft.payment.paid_as.currency == gathering.currency
    codes = session.scalars(
        select(Payment.code).where(Payment.gathering_id == draft.gathering_id)
    ).all()
    made = Payment(
        gathering_id=draft.gathering_id,
        code=free_code(f"{gathering.code}-pay", codes),
        delegation_id=draft.delegation_id,
        person_id=draft.person_id,
        date=draft.payment.date,
        method=draft.payment.method,
        amount=amount,
        paid_as=draft.payment.paid_as,
        rate=None if in_own else draft.payment.rate,
        rate_date=None if in_own else draft.payment.date,
        rate_source=None if in_own else draft.payment.rate_source,
        reference=draft.reference,
        position=len(codes) + 1,
        allocations=[
            Allocation(person_id=key, position=n)
            for n, key in enumerate(dict.fromkeys(draft.allocated_to), 1)
        ],
    )
    session.add(made)
    session.flush()
    if draft.delegation_id is not None:
        _move_on(session, session.get_one(Delegation, draft.delegation_id), gathering.currency)
    return made.id


def _move_on(session: DbSession, delegation: Delegation, currency: str) -> None:
    """Take ``pay`` or ``pay_all`` where names are given; money may come at any other time too."""
    if delegation.state not in (DelegationState.NAMES_GIVEN, DelegationState.PART_PAID):
        return
    paid = select(Payment.amount).where(Payment.delegation_id == delegation.id)
    left = balance(delegation.due, list(session.scalars(paid)), currency)
    take(DELEGATION, delegation, "pay_all" if left.minor >= 0 else "pay", by=actor_of(session))


def remove_incoming(session: DbSession, *, payment_id: int, version: int) -> None:
    """Remove a payment that was recorded by mistake."""
    session.delete(checked_out(session, Payment, payment_id, version))
