"""Money that comes in: payments of delegations and persons, and the people each is for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select, union

from schoolapp.base.language import mark
from schoolapp.domain.applications import Application
from schoolapp.domain.budget import PaymentDraft, check_payment, counted
from schoolapp.domain.delegations import DELEGATION, Delegation, DelegationState, balance
from schoolapp.domain.funding import Allocation, Payment
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money, total
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.domain.workflow import take
from schoolapp.operations.funding.editing import free_code
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


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingChange:
    """A payment as a form changes it.

    ``allocated_to`` are the people it is for, who share it evenly; without them it is for whoever
    paid. ``amount`` is what it counts as it is stored; it is worked out again when ``paid_as`` is
    not ``valued`` any more, or when there is a rate.
    """

    id: int
    version: int
    delegation_id: int | None
    person_id: int | None
    paid_as: Money | None
    rate: Decimal | None
    rate_source: str
    date: dt.date | None
    method: str
    reference: str
    currency: str
    amount: Money
    valued: Money | None
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
        allocations=[],
    )
    _allocate(session, made, draft.allocated_to)
    session.add(made)
    session.flush()
    if draft.delegation_id is not None:
        _move_on(session, session.get_one(Delegation, draft.delegation_id), gathering.currency)
    return made.id


def _allocate(session: DbSession, payment: Payment, people: Sequence[int]) -> None:
    """Say for whom a payment is; rows of people who stay are kept.

    ``RuleBroken`` for somebody who can owe nothing there: who does not take part nor applied.
    """
    wanted = list(dict.fromkeys(people))
    kept = {one.person_id: one for one in payment.allocations}
    here = select(Participation.person_id).where(
        Participation.gathering_id == payment.gathering_id,
        Participation.state != ParticipationState.CANCELLED,
    )
    applied = select(Application.person_id).where(Application.gathering_id == payment.gathering_id)
    strangers = set(wanted) - set(kept) - set(session.scalars(union(here, applied)))
    for key in wanted:
        if key in strangers:
            raise RuleBroken(
                mark("{name} does not take part in this gathering, and has not applied."),
                name=session.get_one(Person, key).display_name,
            )
    if wanted != list(kept):
        payment.allocations = [kept.get(key) or Allocation(person_id=key) for key in wanted]
        for number, one in enumerate(payment.allocations, 1):
            one.position = number


def _move_on(session: DbSession, delegation: Delegation, currency: str) -> None:
    """Take ``pay`` or ``pay_all`` where names are given; money may come at any other time too."""
    if delegation.state not in (DelegationState.NAMES_GIVEN, DelegationState.PART_PAID):
        return
    paid = select(Payment.amount).where(Payment.delegation_id == delegation.id)
    left = balance(delegation.due, list(session.scalars(paid)), currency)
    in_full = delegation.due is not None and left.minor >= 0
    take(DELEGATION, delegation, "pay_all" if in_full else "pay", by=actor_of(session))


def incoming_change(session: DbSession, payment_id: int) -> IncomingChange | None:
    """A payment as its form changes it; None if it is gone."""
    payment = session.get(Payment, payment_id)
    if payment is None:
        return None
    paid_as = payment.paid_as or payment.amount
    return IncomingChange(
        id=payment.id,
        version=payment.version,
        delegation_id=payment.delegation_id,
        person_id=payment.person_id,
        paid_as=paid_as,
        rate=payment.rate,
        rate_source=payment.rate_source or "",
        date=payment.date,
        method=payment.method,
        reference=payment.reference,
        currency=payment.amount.currency,
        amount=payment.amount,
        valued=paid_as,
        allocated_to=tuple(one.person_id for one in payment.allocations),
    )


def check_incoming(draft: IncomingChange) -> dict[str, str]:
    """What is wrong with a payment: field to a sentence marked for translation."""
    wrong = {}
    if (draft.delegation_id is None) == (draft.person_id is None):
        wrong["delegation_id"] = mark("Say who paid: a delegation, or a person.")
    if draft.date is None:
        wrong["date"] = mark("Say on which day.")
    if draft.paid_as is None:
        wrong["paid_as"] = mark("Say how much was paid: an amount above zero.")
    elif not _is_valued(draft):
        found = check_payment(_paid(draft), draft.currency)
        wrong |= {("paid_as" if name == "amount" else name): found[name] for name in found}
    return wrong


def _is_valued(draft: IncomingChange) -> bool:
    """Whether the amount is known without a rate, as it came from elsewhere."""
    return draft.rate is None and draft.paid_as == draft.valued


def _paid(draft: IncomingChange) -> PaymentDraft:
    assert draft.paid_as is not None
    return PaymentDraft(
        paid_as=draft.paid_as,
        method=draft.method,
        date=draft.date or dt.date.min,
        rate=draft.rate,
        rate_source=draft.rate_source,
    )


def save_incoming(session: DbSession, draft: IncomingChange) -> int:
    """Change a payment that came in; the key. ``RuleBroken`` for the first thing that is wrong."""
    for sentence in check_incoming(draft).values():
        raise RuleBroken(sentence)
    assert draft.date is not None
    assert draft.paid_as is not None
    payment = checked_out(session, Payment, draft.id, draft.version)
    foreign = draft.paid_as.currency != draft.currency
    payment.delegation_id, payment.person_id = draft.delegation_id, draft.person_id
    payment.date, payment.method, payment.reference = draft.date, draft.method, draft.reference
    if not _is_valued(draft):
        payment.amount = counted(_paid(draft), draft.currency)
        payment.paid_as = draft.paid_as
    payment.rate = draft.rate if foreign else None
    payment.rate_date = draft.date if payment.rate is not None else None
    payment.rate_source = draft.rate_source if payment.rate is not None else None
    _allocate(session, payment, draft.allocated_to)
    session.flush()
    return payment.id


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDraft:
    """What a delegation owes for its people, in the currency of the gathering; None: not known."""

    id: int
    version: int
    due: Money | None
    currency: str
    fees: Money


def due_draft(session: DbSession, delegation_id: int) -> DueDraft | None:
    """What a delegation owes as a form edits it, with the sum of its people's fees beside it."""
    delegation = session.get(Delegation, delegation_id)
    if delegation is None:
        return None
    gathering = session.get_one(Gathering, delegation.gathering_id)
    p = Participation
    fees = select(p.fee).where(
        p.delegation_id == delegation_id, p.state != ParticipationState.CANCELLED
    )
    currency = gathering.currency
    known = [fee for fee in session.scalars(fees) if fee is not None and fee.currency == currency]
    return DueDraft(
        id=delegation.id,
        version=delegation.version,
        due=delegation.due,
        currency=currency,
        fees=total(known, currency),
    )


def check_due(draft: DueDraft) -> dict[str, str]:
    """What is wrong with what a delegation owes."""
    if draft.due is not None and draft.due.minor < 0:
        return {"due": mark("An amount is never below zero.")}
    if draft.due is not None and draft.due.currency != draft.currency:
        return {"due": mark("Enter this amount in the currency of the gathering.")}
    return {}


def save_due(session: DbSession, draft: DueDraft) -> int:
    """Say what a delegation owes; the key."""
    for sentence in check_due(draft).values():
        raise RuleBroken(sentence)
    delegation = checked_out(session, Delegation, draft.id, draft.version)
    delegation.due = draft.due
    session.flush()
    return delegation.id


def remove_incoming(session: DbSession, *, payment_id: int, version: int) -> None:
    """Remove a payment that was recorded by mistake."""
    session.delete(checked_out(session, Payment, payment_id, version))
