"""Subsidies: the table, one in full, its draft."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from schoolapp.base.language import mark
from schoolapp.domain.budget import PENDING, need_parts_add_up, sum_of_parts
from schoolapp.domain.funding import (
    SUBSIDY,
    Fund,
    Subsidy,
    SubsidyPart,
    SubsidyPayment,
    SubsidyState,
    TravelClaim,
)
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.funding.balances import paid_and_waived
from schoolapp.operations.funding.funds import fund_of
from schoolapp.storage.search import person_matches
from schoolapp.storage.selecting import AnyColumn
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyView:
    """What the table of subsidies was asked to show; empty filters show all."""

    gathering_id: int
    search: str = ""
    states: tuple[SubsidyState, ...] = ()
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyRow:
    """A subsidy in a table; ``rest`` is what is granted, not waived and not paid."""

    id: int
    version: int
    code: str
    person_id: int
    name: str
    country: str | None
    state: SubsidyState
    fund: str
    requested: Money | None
    granted: Money | None
    waived: Money | None
    paid: Money | None
    rest: Money | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment of a subsidy with the conversion that was frozen."""

    id: int
    kind: str
    amount: Money
    paid_as: Money | None
    rate: Decimal | None
    rate_date: dt.date | None
    rate_source: str | None
    signed_receipt: bool | None
    pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyDetail:
    """A subsidy in full; ``steps`` are those that may be tried now."""

    row: SubsidyRow
    parts: tuple[tuple[str, Money], ...]
    payments: tuple[PaymentRow, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyDraft:
    """A subsidy as a form edits it; ``parts`` are kind and amount and add up to ``granted``.

    An empty ``granted`` is the sum of the parts. ``decided`` ones keep their amounts.
    """

    gathering_id: int
    person_id: int | None = None
    fund_id: int | None = None
    id: int | None = None
    version: int | None = None
    requested: Money | None = None
    granted: Money | None = None
    parts: tuple[tuple[str, Money], ...] = ()
    note: str | None = None
    decided: bool = False


UNDECIDED = frozenset({SubsidyState.REQUESTED, SubsidyState.REVIEWED})
"""The states in which the amounts of a subsidy may still change."""


def subsidy_ids(session: DbSession, view: SubsidyView) -> list[int]:
    """The subsidies that a view shows, in its order."""
    table = Subsidy.__table__.c
    columns: dict[str, AnyColumn] = {
        "country": Person.country,
        "state": Subsidy.state,
        "requested": table["requested_minor"],
        "granted": table["granted_minor"],
    }
    column = columns.get(view.sort, Person.sort_name)
    found = (
        select(Subsidy.id)
        .join(Person, Person.id == Subsidy.person_id)
        .where(Subsidy.gathering_id == view.gathering_id)
    )
    if view.states:
        found = found.where(Subsidy.state.in_(view.states))
    found = found.where(person_matches(session, view.search))
    order = column.desc() if view.descending else column.asc()
    return list(session.scalars(found.order_by(column.is_(None), order, Subsidy.id)))


def subsidy_rows(session: DbSession, ids: Sequence[int]) -> dict[int, SubsidyRow]:
    """The rows of these subsidies."""
    decider = aliased(Person)
    paid, waived = paid_and_waived()
    statement = (
        select(
            Subsidy.id,
            Subsidy.version,
            Subsidy.code,
            Subsidy.person_id,
            Subsidy.state,
            Subsidy.requested,
            Subsidy.granted,
            Person.display_name,
            Person.country,
            Fund.name,
            decider.display_name,
            paid,
            waived,
        )
        .join(Person, Person.id == Subsidy.person_id)
        .join(Fund, Fund.id == Subsidy.fund_id)
        .outerjoin(decider, decider.id == Subsidy.decided_by_id)
        .where(Subsidy.id.in_(ids))
    )
    found = (_Subsidy._make(row) for row in session.execute(statement))
    return {row.id: _row(row) for row in found}


class _Subsidy(NamedTuple):
    """A subsidy with its fund; ``paid`` and ``waived`` in minor units."""

    id: int
    version: int
    code: str
    person_id: int
    state: SubsidyState
    requested: Money | None
    granted: Money | None
    name: str
    country: str | None
    fund: str
    decider: str | None
    paid: int
    waived: int


def _row(row: _Subsidy) -> SubsidyRow:
    granted = row.granted
    paid = waived = rest = None
    if granted is not None:
        paid = Money(int(row.paid), granted.currency)
        waived = Money(int(row.waived), granted.currency)
        settled = row.state is SubsidyState.SETTLED
        rest = Money(0, granted.currency) if settled else granted - waived - paid
    return SubsidyRow(
        id=row.id,
        version=row.version,
        code=row.code,
        person_id=row.person_id,
        name=row.name,
        country=row.country,
        state=row.state,
        fund=row.fund,
        requested=row.requested,
        granted=granted,
        waived=waived,
        paid=paid,
        rest=rest,
        decided_by=row.decider or "",
    )


def subsidy_detail(session: DbSession, subsidy_id: int) -> SubsidyDetail:
    """One subsidy with its parts and payments; ``RuleBroken`` if it is gone."""
    row = subsidy_rows(session, [subsidy_id]).get(subsidy_id)
    if row is None:
        raise RuleBroken(mark("This subsidy is no longer there."))
    parts = session.execute(
        select(SubsidyPart.kind, SubsidyPart.amount)
        .where(SubsidyPart.subsidy_id == subsidy_id)
        .order_by(SubsidyPart.position)
    )
    payments = session.execute(
        select(
            SubsidyPayment.id,
            SubsidyPayment.kind,
            SubsidyPayment.amount,
            SubsidyPayment.paid_as,
            SubsidyPayment.rate,
            SubsidyPayment.rate_date,
            SubsidyPayment.rate_source,
            SubsidyPayment.signed_receipt,
            func.coalesce(SubsidyPayment.state, "") == PENDING,
        )
        .where(SubsidyPayment.subsidy_id == subsidy_id)
        .order_by(SubsidyPayment.position)
    )
    return SubsidyDetail(
        row=row,
        parts=tuple((kind, amount) for kind, amount in parts),
        payments=tuple(PaymentRow(*row) for row in payments),
        steps=tuple(step.name for step in SUBSIDY.steps_from(row.state)),
    )


def draft_of(session: DbSession, subsidy_id: int) -> SubsidyDraft:
    """A subsidy as the form edits it; ``RuleBroken`` if it is gone."""
    subsidy = subsidy_of(session, subsidy_id)
    return SubsidyDraft(
        id=subsidy.id,
        version=subsidy.version,
        gathering_id=subsidy.gathering_id,
        person_id=subsidy.person_id,
        fund_id=subsidy.fund_id,
        requested=subsidy.requested,
        granted=subsidy.granted,
        parts=tuple((part.kind, part.amount) for part in subsidy.parts),
        note=subsidy.note,
        decided=subsidy.state not in UNDECIDED,
    )


def check_subsidy(draft: SubsidyDraft) -> dict[str, str]:
    """What is wrong with a subsidy: field to a sentence marked for translation."""
    wrong = {}
    if draft.person_id is None:
        wrong["person_id"] = mark("Say whom the subsidy is for.")
    if draft.fund_id is None:
        wrong["fund_id"] = mark("Say which fund it comes from.")
    if draft.requested is None and draft.granted is None and not draft.parts:
        wrong["requested"] = mark("Say which amount is asked for.")
    for field, amount in (("requested", draft.requested), ("granted", draft.granted)):
        if amount is not None and amount.minor < 0:
            wrong[field] = mark("An amount is never below zero.")
    return wrong


def save_subsidy(session: DbSession, draft: SubsidyDraft) -> int:
    """Save a new or changed subsidy; the key.

    ``RuleBroken`` if something is wrong, or if amounts change after the decision.
    """
    for sentence in check_subsidy(draft).values():
        raise RuleBroken(sentence)
    assert draft.person_id is not None
    assert draft.fund_id is not None
    if draft.id is None:
        subsidy = _new(session, draft, draft.person_id, draft.fund_id)
    else:
        subsidy = checked_out(session, Subsidy, draft.id, draft.version or 0)
        _need_undecided(subsidy, draft)
    subsidy.note = draft.note or None
    if subsidy.state in UNDECIDED:
        _save_amounts(session, subsidy, draft)
    session.flush()
    return subsidy.id


def _save_amounts(session: DbSession, subsidy: Subsidy, draft: SubsidyDraft) -> None:
    fund = fund_of(session, draft.fund_id or 0)
    _need_currency(fund.currency, draft)
    need_parts_add_up(draft.granted, draft.parts)
    subsidy.fund_id = fund.id
    subsidy.requested = draft.requested
    subsidy.granted = draft.granted or sum_of_parts(draft.parts)
    if tuple((part.kind, part.amount) for part in subsidy.parts) != draft.parts:
        subsidy.parts = [
            SubsidyPart(kind=kind, amount=amount, position=n)
            for n, (kind, amount) in enumerate(draft.parts, 1)
        ]


def _new(session: DbSession, draft: SubsidyDraft, person_id: int, fund_id: int) -> Subsidy:
    gathering = session.get_one(Gathering, draft.gathering_id)
    codes = session.scalars(
        select(Subsidy.code).where(Subsidy.gathering_id == draft.gathering_id)
    ).all()
    subsidy = Subsidy(
        code=free_code(f"{gathering.code}-sub", codes),
        gathering_id=draft.gathering_id,
        person_id=person_id,
        fund_id=fund_id,
        position=len(codes) + 1,
    )
    session.add(subsidy)
    return subsidy


def free_code(prefix: str, taken: Sequence[str], digits: int = 2) -> str:
    """The prefix with the number after the highest one taken."""
    numbers = [int(code[len(prefix) :]) for code in taken if code[len(prefix) :].isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:0{digits}}"


def _need_undecided(subsidy: Subsidy, draft: SubsidyDraft) -> None:
    parts = tuple((part.kind, part.amount) for part in subsidy.parts)
    same = (subsidy.granted, subsidy.requested, subsidy.fund_id, subsidy.person_id, parts)
    if subsidy.state not in UNDECIDED and same != (
        draft.granted,
        draft.requested,
        draft.fund_id,
        draft.person_id,
        draft.parts,
    ):
        raise RuleBroken(
            mark("This subsidy is decided: its amounts and its fund stay as they are.")
        )


def _need_currency(currency: str, draft: SubsidyDraft) -> None:
    amounts = (draft.requested, draft.granted, *(amount for _kind, amount in draft.parts))
    if any(amount is not None and amount.currency != currency for amount in amounts):
        raise RuleBroken(
            mark("This fund is kept in {currency}: enter the amounts in it."), currency=currency
        )


def remove_subsidy(session: DbSession, *, subsidy_id: int, version: int) -> None:
    """Remove a subsidy that was not decided; a decided one is withdrawn instead."""
    subsidy = checked_out(session, Subsidy, subsidy_id, version)
    if subsidy.state not in UNDECIDED:
        raise RuleBroken(mark("This subsidy is decided. Let it be withdrawn instead."))
    claimed = select(TravelClaim.id).where(TravelClaim.subsidy_id == subsidy_id).limit(1)
    if session.execute(claimed).first() is not None:
        raise RuleBroken(mark("A travel claim belongs to this subsidy. Remove the claim first."))
    session.delete(subsidy)


def subsidy_of(session: DbSession, subsidy_id: int) -> Subsidy:
    """The subsidy; ``RuleBroken`` if it is gone."""
    subsidy = session.get(Subsidy, subsidy_id)
    if subsidy is None:
        raise RuleBroken(mark("This subsidy is no longer there."))
    return subsidy
