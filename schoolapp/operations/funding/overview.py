"""The money of a gathering at a glance: fees, funds, and what each delegation owes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Label, func, literal, select, true, union_all
from sqlalchemy.orm import aliased

from schoolapp.domain.budget import FEE_WAIVER, PENDING, SubsidyUse, fund_balance
from schoolapp.domain.delegations import Delegation, DelegationState, balance
from schoolapp.domain.funding import Fund, Payment, Subsidy, SubsidyPart, SubsidyPayment
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRow:
    """A fund in figures; ``income`` and ``free`` are None where the income is not recorded."""

    id: int
    name: str
    currency: str
    income: Money | None
    reserved: Money
    paid: Money
    free: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyOverview:
    """The money of a gathering: fees due and paid in its currency, and its funds."""

    currency: str
    fees_due: Money
    fees_paid: Money
    funds: tuple[FundRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationBalance:
    """What a delegation owes and paid: ``balance`` above zero is overpaid, below still due."""

    id: int
    name: str
    leader: str
    confirmed: int
    state: DelegationState
    due: Money
    paid: Money
    balance: Money


def money_overview(session: DbSession, *, gathering_id: int) -> MoneyOverview:
    """Fees and funds of a gathering; fees of delegations count where there are delegations."""
    fees = _fees(session, gathering_id)
    funds = funds_of(session, gathering_id=gathering_id)
    due = fees["delegation"] if fees["delegation"].minor else fees["fee"]
    return MoneyOverview(
        currency=due.currency, fees_due=due, fees_paid=fees["payment"], funds=funds
    )


def _fees(session: DbSession, gathering_id: int) -> dict[str, Money]:
    """The sums in the gathering's currency, of fees, of what delegations owe, and of payments."""
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
        )
        .join(every, true())
        .where(Gathering.id == gathering_id)
    )
    return {
        what: Money(int(minor), currency) for currency, what, minor in fetch(session, statement)
    }


def funds_of(session: DbSession, *, gathering_id: int) -> tuple[FundRow, ...]:
    """The funds of a gathering with what is promised, paid and free."""
    statement = (
        select(
            Fund.id,
            Fund.name,
            Fund.currency,
            Fund.income,
        )
        .where(Fund.gathering_id == gathering_id)
        .order_by(Fund.id)
    )
    funds = [_Fund(*row) for row in session.execute(statement)]
    uses = fund_uses(session, [fund.id for fund in funds])
    return tuple(_fund_row(fund, [use for key, use in uses if key == fund.id]) for fund in funds)


class _Fund(NamedTuple):
    """A fund as it is recorded."""

    id: int
    name: str
    currency: str
    income: Money | None


def _fund_row(fund: _Fund, uses: Sequence[SubsidyUse]) -> FundRow:
    now = fund_balance(fund.income, uses, fund.currency)
    return FundRow(
        id=fund.id,
        name=fund.name,
        currency=fund.currency,
        income=fund.income,
        reserved=now.reserved,
        paid=now.paid,
        free=now.free,
    )


def fund_uses(session: DbSession, fund_ids: Sequence[int]) -> list[tuple[int, SubsidyUse]]:
    """Every subsidy of these funds as its fund sees it, with the key of the fund."""
    paid, waived = paid_and_waived()
    statement = (
        select(
            Subsidy.fund_id,
            Subsidy.state,
            Subsidy.granted,
            Fund.currency,
            paid,
            waived,
        )
        .join(Subsidy.fund)
        .where(Subsidy.fund_id.in_(fund_ids))
    )
    return [
        (
            fund_id,
            SubsidyUse(
                state=state,
                granted=granted,
                waived=Money(int(waived_minor), currency),
                paid=Money(int(paid_minor), currency),
            ),
        )
        for fund_id, state, granted, currency, paid_minor, waived_minor in session.execute(
            statement
        )
    ]


def paid_and_waived() -> tuple[Label[int], Label[int]]:
    """Two columns of a query on subsidies, in minor units: paid out, and the fee not asked for.

    A waiver is one of the parts of a subsidy; if parts were not recorded, one of its payments.
    """
    payment = SubsidyPayment.__table__.alias().c
    waiver = SubsidyPayment.__table__.alias().c
    part = SubsidyPart.__table__.alias().c
    paid = select(func.coalesce(func.sum(payment.amount_minor), 0)).where(
        payment.subsidy_id == Subsidy.id,
        payment.kind != FEE_WAIVER,
        func.coalesce(payment.state, "") != PENDING,
    )
    as_part = select(func.sum(part.amount_minor)).where(
        part.subsidy_id == Subsidy.id, part.kind == FEE_WAIVER
    )
    as_payment = select(func.sum(waiver.amount_minor)).where(
        waiver.subsidy_id == Subsidy.id, waiver.kind == FEE_WAIVER
    )
    waived = func.coalesce(as_part.scalar_subquery(), as_payment.scalar_subquery(), 0)
    return paid.scalar_subquery().label("paid"), waived.label("waived")


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
        due=row.due or Money(0, row.currency),
        paid=balance(None, payments, row.currency),
        balance=balance(row.due, payments, row.currency),
    )
