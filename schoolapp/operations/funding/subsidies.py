"""Subsidies: the table, one in full, its draft."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from schoolapp.base.language import mark
from schoolapp.domain.budget import OPEN, PENDING
from schoolapp.domain.funding import (
    SUBSIDY,
    UNDECIDED,
    Fund,
    Subsidy,
    SubsidyPart,
    SubsidyPayment,
    SubsidyState,
)
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.funding.balances import paid_and_waived
from schoolapp.storage.search import person_matches
from schoolapp.storage.selecting import AnyColumn
from schoolapp.storage.store import DbSession


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
    granted = None if row.state in UNDECIDED else row.granted  # until then it is a proposal
    paid = waived = rest = None
    if granted is not None:
        paid = Money(int(row.paid), granted.currency)
        waived = Money(int(row.waived), granted.currency)
        nothing = Money(0, granted.currency)
        rest = granted - waived - paid if row.state in OPEN else nothing
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


_PAYMENT = (
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
"""The columns of a ``PaymentRow``."""


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
        select(*_PAYMENT)
        .where(SubsidyPayment.subsidy_id == subsidy_id)
        .order_by(SubsidyPayment.position)
    )
    return SubsidyDetail(
        row=row,
        parts=tuple((kind, amount) for kind, amount in parts),
        payments=tuple(PaymentRow(*row) for row in payments),
        steps=tuple(step.name for step in SUBSIDY.steps_from(row.state)),
    )


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a subsidy in a table, with the person it is granted to."""

    subsidy: str
    name: str
    kind: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A payment of a subsidy in a table, with the person it was paid to."""

    subsidy: str
    name: str
    payment: PaymentRow


def part_rows(session: DbSession, ids: Sequence[int]) -> list[PartRow]:
    """The parts of these subsidies."""
    found = session.execute(
        select(Subsidy.code, Person.display_name, SubsidyPart.kind, SubsidyPart.amount)
        .join(SubsidyPart, SubsidyPart.subsidy_id == Subsidy.id)
        .join(Person, Person.id == Subsidy.person_id)
        .where(Subsidy.id.in_(ids))
        .order_by(Person.sort_name, Subsidy.id, SubsidyPart.position)
    )
    return [PartRow(code, name, kind, amount) for code, name, kind, amount in found]


def paid_rows(session: DbSession, ids: Sequence[int]) -> list[PaidRow]:
    """The payments of these subsidies."""
    found = session.execute(
        select(Subsidy.code, Person.display_name, *_PAYMENT)
        .join(SubsidyPayment, SubsidyPayment.subsidy_id == Subsidy.id)
        .join(Person, Person.id == Subsidy.person_id)
        .where(Subsidy.id.in_(ids))
        .order_by(Person.sort_name, Subsidy.id, SubsidyPayment.position)
    )
    return [PaidRow(code, name, PaymentRow(*payment)) for code, name, *payment in found]
