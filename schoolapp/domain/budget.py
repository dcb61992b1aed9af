"""What a fund has left, what a subsidy still owes: sums and rules over plain values."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schoolapp.base.language import mark
from schoolapp.domain.funding import SubsidyState
from schoolapp.domain.money import Money, total
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.travel import converted

FEE_WAIVER, TRAVEL = "fee_waiver", "travel_cap"
PARTS = (FEE_WAIVER, TRAVEL, "visa", "pocket_money", "other")
"""What a subsidy can be made of, in the order in which it is shown."""
CASH, BANK = "cash", "bank_transfer"
METHODS = (CASH, BANK)
PENDING = "pending"
S = SubsidyState
OPEN = frozenset({S.GRANTED, S.ACCEPTED, S.PART_PAID, S.TO_PAY})
"""States in which the fund holds money back for what is not paid yet."""
SPENT = OPEN | {S.SETTLED, S.TO_RECOVER}
"""States in which money may have left the fund."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyUse:
    """One subsidy as its fund sees it.

    ``waived`` is the part that is a waived fee: no money of the fund. ``paid`` is what has
    left the fund.
    """

    state: SubsidyState
    granted: Money | None
    waived: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class FundBalance:
    """A fund in three figures; ``free`` is None where its income is not recorded."""

    reserved: Money
    paid: Money
    free: Money | None


def fund_balance(income: Money | None, uses: Iterable[SubsidyUse], currency: str) -> FundBalance:
    """What is promised, what is paid and what is free; fee waivers cost a fund nothing.

    A settled subsidy counts with its whole grant, whether or not its payments were recorded.
    """
    reserved = paid = Money(0, currency)
    for use in uses:
        if use.granted is None or use.state not in SPENT:
            continue
        share = use.granted - use.waived
        paid = paid + (share if use.state is S.SETTLED else use.paid)
        if use.state in OPEN:
            reserved = reserved + (share - use.paid)
    return FundBalance(reserved, paid, None if income is None else income - reserved - paid)


def need_free_balance(free: Money | None, wanted: Money) -> None:
    """``RuleBroken`` with the missing amount if a fund cannot cover a grant (S11)."""
    if free is not None and free < wanted:
        raise RuleBroken(
            mark("The fund is {missing} short for this. Grant less, or record more income."),
            missing=wanted - free,
        )


def sum_of_parts(parts: Sequence[tuple[str, Money]]) -> Money | None:
    """What the parts of a subsidy add up to; None without parts."""
    return total([amount for _kind, amount in parts], parts[0][1].currency) if parts else None


def need_parts_add_up(granted: Money | None, parts: Sequence[tuple[str, Money]]) -> None:
    """``RuleBroken`` if there are parts and they are not the grant, by how much they differ.

    domain.md: granted = sum of parts.
    """
    if any(amount.minor < 0 for _kind, amount in parts):
        raise RuleBroken(mark("An amount is never below zero."))
    if any(amount.currency != parts[0][1].currency for _kind, amount in parts):
        raise RuleBroken(mark("Enter all parts in the currency of the fund."))
    whole = sum_of_parts(parts)
    if whole is None or granted is None or granted.currency != whole.currency:
        return
    if granted < whole:
        raise RuleBroken(
            mark("The parts add up to {whole}, {more} more than the grant. Change one of them."),
            whole=whole,
            more=whole - granted,
        )
    if whole < granted:
        raise RuleBroken(
            mark("The parts add up to {whole}, {less} less than the grant. Change one of them."),
            whole=whole,
            less=granted - whole,
        )


def need_covered(before: FundBalance, after: FundBalance) -> None:
    """``RuleBroken`` if a fund is overdrawn now because less came in than was recorded before.

    domain.md: reserved + paid of a fund is at most its income. A fund that was overdrawn already
    may be corrected.
    """
    if before.free is None or before.free.minor < 0:
        return
    used = after.reserved + after.paid
    missing = used if after.free is None else Money(-after.free.minor, used.currency)
    if missing.minor > 0:
        raise RuleBroken(
            mark(
                "{missing} of what this fund has promised and paid would not be covered. Record"
                " other income first."
            ),
            missing=missing,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDraft:
    """Money that changes hands: what was handed over, and at which rate it counts.

    ``rate`` are units of the currency of ``paid_as`` for 1 unit of the currency it counts in;
    empty where both are the same. ``rate_source`` says whose rate it is (E41).
    """

    paid_as: Money
    method: str
    date: dt.date
    rate: Decimal | None = None
    rate_source: str = ""
    signed_receipt: bool = False


def check_payment(draft: PaymentDraft, currency: str) -> dict[str, str]:
    """What is wrong with a payment that counts in ``currency``: field to a marked sentence."""
    wrong = {}
    if draft.paid_as.minor <= 0:
        wrong["amount"] = mark("Say how much was paid: an amount above zero.")
    if draft.paid_as.currency != currency:
        if draft.rate is None or not draft.rate.is_finite() or draft.rate <= 0:
            wrong["rate"] = mark(
                "Another currency needs a rate: how many of its units make one of yours."
            )
        elif not draft.rate_source.strip():
            wrong["rate_source"] = mark(
                "Say where this rate comes from: there may be two on one day."
            )
    return wrong


def counted(draft: PaymentDraft, currency: str) -> Money:
    """What a payment counts in ``currency``, rounded half to even at the minor unit.

    ``RuleBroken`` with the first thing that ``check_payment`` finds.
    """
    for sentence in check_payment(draft, currency).values():
        raise RuleBroken(sentence)
    if draft.paid_as.currency == currency:
        return draft.paid_as
    assert draft.rate is not None
    return converted(draft.paid_as, draft.rate, currency)


def need_inside_grant(rest: Money, amount: Money) -> None:
    """``RuleBroken`` if a payment is more than what is left of the grant."""
    if rest < amount:
        raise RuleBroken(
            mark("Only {rest} of this grant is left to pay. Enter at most that."), rest=rest
        )
