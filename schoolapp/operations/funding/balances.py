"""What funds have promised, paid and left, worked out from their incomes and their subsidies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Label, func, select

from schoolapp.domain.budget import FEE_WAIVER, PENDING, SubsidyUse, fund_balance
from schoolapp.domain.funding import Fund, FundIncome, Subsidy, SubsidyPart, SubsidyPayment
from schoolapp.domain.money import Money
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRow:
    """A fund in figures; ``income`` and ``free`` are None as long as no income is recorded.

    ``free`` is below zero where more is promised than came in. ``subsidies`` counts those that
    name this fund, whatever their state.
    """

    id: int
    version: int
    name: str
    currency: str
    income: Money | None
    incomes: int
    allocated: Money | None
    reserved: Money
    paid: Money
    free: Money | None
    subsidies: int


class _Fund(NamedTuple):
    """A fund as it is recorded; ``income`` in minor units, None without incomes."""

    id: int
    version: int
    name: str
    currency: str
    allocated: Money | None
    income: int | None
    incomes: int


def funds_of(session: DbSession, *, gathering_id: int) -> tuple[FundRow, ...]:
    """The funds of a gathering with what is promised, paid and free; two statements."""
    return tuple(_funds(session, Fund.gathering_id == gathering_id))


def fund_rows(session: DbSession, ids: Sequence[int]) -> dict[int, FundRow]:
    """These funds with what is promised, paid and free; two statements."""
    return {row.id: row for row in _funds(session, Fund.id.in_(ids))}


def _funds(session: DbSession, which: ColumnElement[bool]) -> list[FundRow]:
    income = FundIncome.__table__.c
    mine = income.fund_id == Fund.id
    statement = (
        select(
            Fund.id,
            Fund.version,
            Fund.name,
            Fund.currency,
            Fund.allocated,
            select(func.sum(income.amount_minor)).where(mine).scalar_subquery(),
            select(func.count(income.id)).where(mine).scalar_subquery(),
        )
        .where(which)
        .order_by(Fund.id)
    )
    funds = [_Fund(*row) for row in session.execute(statement)]
    uses = fund_uses(session, [fund.id for fund in funds])
    return [_row(fund, [use for key, use in uses if key == fund.id]) for fund in funds]


def _row(fund: _Fund, uses: Sequence[SubsidyUse]) -> FundRow:
    income = None if fund.income is None else Money(int(fund.income), fund.currency)
    now = fund_balance(income, uses, fund.currency)
    return FundRow(
        id=fund.id,
        version=fund.version,
        name=fund.name,
        currency=fund.currency,
        income=income,
        incomes=fund.incomes,
        allocated=fund.allocated,
        reserved=now.reserved,
        paid=now.paid,
        free=now.free,
        subsidies=len(uses),
    )


def fund_uses(session: DbSession, fund_ids: Iterable[int]) -> list[tuple[int, SubsidyUse]]:
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
