"""The money of a gathering at a glance: fees, funds, and what each delegation owes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, literal, select, true, union_all
from sqlalchemy.orm import aliased

from schoolapp.domain.delegations import Delegation, DelegationState, balance
from schoolapp.domain.funding import Payment
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.operations.funding.balances import FundRow, funds_of
from schoolapp.operations.people.prices import has_no_price
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyOverview:
    """The money of a gathering: fees due and paid in its currency, and its funds.

    ``unpriced`` counts participants whose fee nobody knows yet: it is not in ``fees_due``.
    """

    currency: str
    fees_due: Money
    fees_paid: Money
    unpriced: int
    funds: tuple[FundRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationBalance:
    """What a delegation owes and paid: ``balance`` above zero is overpaid, below still due.

    ``due`` and ``balance`` are None as long as nobody said what it owes.
    """

    id: int
    name: str
    leader: str
    confirmed: int
    state: DelegationState
    due: Money | None
    paid: Money
    balance: Money | None


def money_overview(session: DbSession, *, gathering_id: int) -> MoneyOverview:
    """Fees and funds of a gathering; fees of delegations count where there are delegations."""
    fees, unpriced = _fees(session, gathering_id)
    funds = funds_of(session, gathering_id=gathering_id)
    due = fees["delegation"] if fees["delegation"].minor else fees["fee"]
    return MoneyOverview(
        currency=due.currency,
        fees_due=due,
        fees_paid=fees["payment"],
        unpriced=unpriced,
        funds=funds,
    )


def _fees(session: DbSession, gathering_id: int) -> tuple[dict[str, Money], int]:
    """The sums in the gathering's currency, of fees, of what delegations owe, and of payments.

    Beside them how many participants have no price yet.
    """
    unpriced = select(func.count()).where(
        Participation.gathering_id == gathering_id, has_no_price()
    )
    sums = [
        select(
            literal(name).label("what"),
            func.coalesce(func.sum(table.c[minor]), 0).label("minor"),
        ).where(table.c["gathering_id"] == gathering_id)
        for name, table, minor in (
            ("fee", Participation.__table__, "fee_minor"),
            ("delegation", Delegation.__table__, "due_minor"),
            ("payment", Payment.__table__, "amount_minor"),
        )
    ]
    every = union_all(*sums).subquery()
    statement = (
        select(
            Gathering.currency,
            every.c.what,
            every.c.minor,
            unpriced.scalar_subquery(),
        )
        .join(every, true())
        .where(Gathering.id == gathering_id)
    )
    rows = list(fetch(session, statement))
    sums_of = {what: Money(int(minor), currency) for currency, what, minor, _count in rows}
    return sums_of, rows[0][3]


def delegation_balances(session: DbSession, *, gathering_id: int) -> tuple[DelegationBalance, ...]:
    """What each delegation owes and paid, in its order."""
    return tuple(_balances(session, Delegation.gathering_id == gathering_id))


def balance_rows(session: DbSession, ids: Sequence[int]) -> dict[int, DelegationBalance]:
    """What these delegations owe and paid."""
    return {row.id: row for row in _balances(session, Delegation.id.in_(ids))}


def _balances(session: DbSession, which: ColumnElement[bool]) -> list[DelegationBalance]:
    leader = aliased(Person)
    statement = (
        select(
            Delegation.id,
            Delegation.name,
            Delegation.confirmed,
            Delegation.state,
            Delegation.due,
            Gathering.currency,
            leader.display_name,
        )
        .join(Gathering, Gathering.id == Delegation.gathering_id)
        .join(leader, leader.id == Delegation.leader_id)
        .where(which)
        .order_by(Delegation.position, Delegation.id)
    )
    delegations = [_Delegation(*row) for row in session.execute(statement)]
    payments: dict[int | None, list[Money]] = {}
    paid = select(Payment.delegation_id, Payment.amount).where(
        Payment.delegation_id.in_([row.id for row in delegations])
    )
    for delegation_id, amount in session.execute(paid):
        payments.setdefault(delegation_id, []).append(amount)
    return [_balance_row(row, payments.get(row.id, [])) for row in delegations]


class _Delegation(NamedTuple):
    """A delegation with what it owes, in the currency of its gathering."""

    id: int
    name: str
    confirmed: int
    state: DelegationState
    due: Money | None
    currency: str
    leader: str


def _balance_row(row: _Delegation, payments: list[Money]) -> DelegationBalance:
    return DelegationBalance(
        id=row.id,
        name=row.name,
        leader=row.leader,
        confirmed=row.confirmed,
        state=row.state,
        due=row.due,
        paid=balance(None, payments, row.currency),
        balance=None if row.due is None else balance(row.due, payments, row.currency),
    )
