"""Funds made, changed and removed, and what came into them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from schoolapp.base.language import mark
from schoolapp.domain.budget import FundBalance, need_covered
from schoolapp.domain.funding import Fund, FundIncome, Subsidy
from schoolapp.domain.money import UNKNOWN_CURRENCY, Money, is_currency
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.operations.funding.balances import FundRow, fund_rows
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class FundDraft:
    """A fund as a form edits it; ``currency`` is fixed as soon as amounts are recorded in it."""

    gathering_id: int
    name: str = ""
    currency: str = "EUR"
    allocated: Money | None = None
    id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeDraft:
    """One income of a fund as a form edits it."""

    giver: str = ""
    date: dt.date | None = None
    amount: Money | None = None
    earmark: str = ""
    id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FundDetail:
    """A fund in full."""

    row: FundRow
    draft: FundDraft
    incomes: tuple[IncomeDraft, ...]


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """An income in a table, with the name of its fund."""

    fund: str
    income: IncomeDraft


def fund_ids(session: DbSession, *, gathering_id: int, search: str = "") -> list[int]:
    """The funds of a gathering, found by their name, their givers and what money is meant for."""
    found = (
        select(Fund)
        .where(Fund.gathering_id == gathering_id)
        .options(selectinload(Fund.incomes))
        .order_by(Fund.id)
    )
    words = fold(search).split()
    return [
        fund.id for fund in session.scalars(found) if all(word in _searched(fund) for word in words)
    ]


def _searched(fund: Fund) -> str:
    said = [f"{income.giver} {income.earmark}" for income in fund.incomes]
    return fold(" ".join([fund.name, *said]))


def fund_detail(session: DbSession, fund_id: int) -> FundDetail | None:
    """A fund with its incomes; None if it is gone."""
    fund = session.get(Fund, fund_id)
    if fund is None:
        return None
    draft = FundDraft(
        id=fund.id,
        version=fund.version,
        gathering_id=fund.gathering_id,
        name=fund.name,
        currency=fund.currency,
        allocated=fund.allocated,
    )
    incomes = tuple(_income_draft(income) for income in fund.incomes)
    return FundDetail(fund_rows(session, [fund_id])[fund_id], draft, incomes)


def _income_draft(income: FundIncome) -> IncomeDraft:
    return IncomeDraft(
        id=income.id,
        version=income.version,
        giver=income.giver,
        date=income.date,
        amount=income.amount,
        earmark=income.earmark,
    )


def income_rows(session: DbSession, fund_ids: Sequence[int]) -> list[IncomeRow]:
    """All that came into these funds, in the order of the funds."""
    found = (
        select(Fund)
        .where(Fund.id.in_(fund_ids))
        .options(selectinload(Fund.incomes))
        .order_by(Fund.id)
    )
    return [
        IncomeRow(fund.name, _income_draft(income))
        for fund in session.scalars(found)
        for income in fund.incomes
    ]


def check_fund(draft: FundDraft) -> dict[str, str]:
    """What is wrong with a fund: field to a sentence marked for translation."""
    wrong = {}
    if not draft.name.strip():
        wrong["name"] = mark("Give the fund a name.")
    if not is_currency(_currency(draft)):
        wrong["currency"] = UNKNOWN_CURRENCY
    elif draft.allocated is not None and draft.allocated.currency != _currency(draft):
        wrong["allocated"] = mark("Enter this amount in the currency of the fund.")
    if draft.allocated is not None and draft.allocated.minor < 0:
        wrong["allocated"] = mark("An amount is never below zero.")
    return wrong


def check_income(draft: IncomeDraft, currency: str) -> dict[str, str]:
    """What is wrong with an income of a fund that is kept in ``currency``."""
    if draft.amount is None or draft.amount.minor <= 0:
        return {"amount": mark("Say how much came in: an amount above zero.")}
    if draft.amount.currency != currency:
        return {"amount": mark("Enter this amount in the currency of the fund.")}
    return {}


def save_fund(session: DbSession, draft: FundDraft) -> int:
    """Save a new or changed fund; the key.

    ``RuleBroken`` if something is wrong, if the gathering has a fund of this name, or if the
    currency changes after amounts were recorded in it.
    """
    for sentence in check_fund(draft).values():
        raise RuleBroken(sentence)
    name, currency = draft.name.strip(), _currency(draft)
    _need_new_name(session, draft, name)
    if draft.id is None:
        fund = Fund(gathering_id=draft.gathering_id, name=name, currency=currency)
        session.add(fund)
    else:
        fund = checked_out(session, Fund, draft.id, draft.version or 0)
        if fund.currency != currency and (fund.incomes or _subsidies(session, fund)):
            raise RuleBroken(
                mark("Amounts of this fund are recorded in {currency}: its currency stays."),
                currency=fund.currency,
            )
    fund.name, fund.currency, fund.allocated = name, currency, draft.allocated
    session.flush()
    return fund.id


def _currency(draft: FundDraft) -> str:
    return draft.currency.strip().upper()


def _need_new_name(session: DbSession, draft: FundDraft, name: str) -> None:
    others = select(Fund.name).where(
        Fund.gathering_id == draft.gathering_id, Fund.id != (draft.id or 0)
    )
    if fold(name) in map(fold, session.scalars(others)):
        raise RuleBroken(
            mark("This gathering has a fund called {name} already. Choose another name."), name=name
        )


def remove_fund(session: DbSession, *, fund_id: int, version: int) -> None:
    """Remove a fund with its incomes; ``RuleBroken`` as long as subsidies come out of it."""
    fund = checked_out(session, Fund, fund_id, version)
    if _subsidies(session, fund):
        raise RuleBroken(
            mark(
                "Subsidies are granted from {name}. Remove them, or give them another fund first."
            ),
            name=fund.name,
        )
    session.delete(fund)


def _subsidies(session: DbSession, fund: Fund) -> bool:
    used = select(Subsidy.id).where(Subsidy.fund_id == fund.id).limit(1)
    return session.execute(used).first() is not None


def save_income(session: DbSession, *, fund_id: int, draft: IncomeDraft) -> int:
    """Record or change an income of a fund; the key.

    ``RuleBroken`` if something is wrong, or if less came in than the fund has given out.
    """
    fund = fund_of(session, fund_id)
    for sentence in check_income(draft, fund.currency).values():
        raise RuleBroken(sentence)
    assert draft.amount is not None, "check_income asks for it"
    with _covered(session, fund):
        if draft.id is None:
            last = max((income.position for income in fund.incomes), default=0)
            income = FundIncome(amount=draft.amount, position=last + 1)
            fund.incomes.append(income)
        else:
            income = checked_out(session, FundIncome, draft.id, draft.version or 0)
        income.amount, income.date = draft.amount, draft.date
        income.giver, income.earmark = draft.giver.strip(), draft.earmark.strip()
    return income.id


def remove_income(session: DbSession, *, income_id: int, version: int) -> None:
    """Remove an income recorded by mistake; ``RuleBroken`` if the fund has given it out."""
    income = checked_out(session, FundIncome, income_id, version)
    fund = fund_of(session, income.fund_id)
    with _covered(session, fund):
        fund.incomes.remove(income)


@contextmanager
def _covered(session: DbSession, fund: Fund) -> Iterator[None]:
    """Make a change of what came in; it is refused if the fund is overdrawn by it."""
    before = _balance(session, fund)
    yield
    session.flush()
    need_covered(before, _balance(session, fund))


def _balance(session: DbSession, fund: Fund) -> FundBalance:
    row = fund_rows(session, [fund.id])[fund.id]
    return FundBalance(row.reserved, row.paid, row.free)


def fund_of(session: DbSession, fund_id: int) -> Fund:
    """The fund; ``RuleBroken`` if it is gone."""
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise RuleBroken(mark("This fund is no longer there."))
    return fund
