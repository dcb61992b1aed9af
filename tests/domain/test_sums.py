"""Funds, payments and delegations in plain values: balances, rates, quotas."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from schoolapp.domain import budget, delegations, travel
from schoolapp.domain.base import DecimalText
from schoolapp.domain.budget import PaymentDraft, SubsidyUse
from schoolapp.domain.delegations import Member, Quota
from schoolapp.domain.funding import ClaimLine, SubsidyState
from schoolapp.domain.money import Money
from schoolapp.domain.rules import RuleBroken

S = SubsidyState
DAY = dt.date(2027, 7, 1)


def eur(minor: int) -> Money:
    """An amount in cents."""
    return Money(minor, "EUR")


def use(state: SubsidyState, granted: int | None, waived: int = 0, paid: int = 0) -> SubsidyUse:
    """A subsidy as its fund sees it."""
    whole = None if granted is None else eur(granted)
    return SubsidyUse(state=state, granted=whole, waived=eur(waived), paid=eur(paid))


def test_a_fund_holds_back_what_it_promised() -> None:
    """A waiver costs nothing, a settled subsidy counts whole, a mere request not at all."""
    uses = [
        use(S.GRANTED, 50_000, waived=10_000, paid=15_000),
        use(S.SETTLED, 20_000),
        use(S.TO_RECOVER, 30_000, paid=30_000),
        use(S.REQUESTED, 99_000),
        use(S.GRANTED, None),
    ]
    found = budget.fund_balance(eur(100_000), uses, "EUR")
    assert (found.reserved, found.paid, found.free) == (eur(25_000), eur(65_000), eur(10_000))
    assert budget.fund_balance(None, uses, "EUR").free is None
    budget.need_free_balance(None, eur(1))
    budget.need_free_balance(eur(1), eur(1))
    with pytest.raises(RuleBroken, match="short"):
        budget.need_free_balance(eur(1), eur(2))
    budget.need_inside_grant(eur(2), eur(2))
    with pytest.raises(RuleBroken, match="left to pay"):
        budget.need_inside_grant(eur(1), eur(2))


@pytest.mark.parametrize(
    ("paid", "rate", "source", "wrong"),
    [
        (eur(100), None, "", set()),
        (eur(0), None, "", {"amount"}),
        (Money(100, "USD"), None, "", {"rate"}),
        (Money(100, "USD"), Decimal("NaN"), "bank", {"rate"}),
        (Money(100, "USD"), Decimal(0), "bank", {"rate"}),
        (Money(100, "USD"), Decimal(2), " ", {"rate_source"}),
        (Money(-1, "USD"), Decimal(2), "bank", {"amount"}),
        (Money(100, "USD"), Decimal(2), "bank", set()),
    ],
)
def test_a_payment_in_another_currency_names_its_rate(
    paid: Money, rate: Decimal | None, source: str, wrong: set[str]
) -> None:
    """E41: how many units for one, and whose rate; then it counts what it is worth."""
    draft = PaymentDraft(paid_as=paid, method="cash", date=DAY, rate=rate, rate_source=source)
    assert budget.check_payment(draft, "EUR").keys() == wrong
    if wrong:
        with pytest.raises(RuleBroken):
            budget.counted(draft, "EUR")
    else:
        assert budget.counted(draft, "EUR") == eur(100 if rate is None else 50)


def line(what: str, value: Money, **papers: bool) -> ClaimLine:
    """A line of a claim, paid in its own currency."""
    return ClaimLine(claim_id=1, what=what, date=DAY, paid=value, value=value, **papers)


def test_a_claim_is_paid_up_to_its_cap_with_a_boarding_pass() -> None:
    """S13: the visa fee with its receipt on top, a taxi never, nothing without a boarding pass."""
    flight = line("flight", eur(40_000), boarding_pass=True)
    visa = line("visa fee", eur(8_000), receipt=True)
    taxi = line("taxi", eur(3_000), receipt=True)
    assert travel.worth([flight, visa, taxi], eur(30_000)).allowed == eur(38_000)
    assert travel.worth([visa, taxi], eur(30_000)).allowed == eur(0)


def test_other_fares_need_a_receipt() -> None:
    """A train with a receipt counts within the cap, one without does not, a flight by its pass."""
    train = line("train", eur(9_000), receipt=True)
    bus = line("bus", eur(2_000))
    flight = line("flight", eur(40_000), receipt=True)
    assert travel.worth([train, bus, flight], eur(30_000)).allowed == eur(9_000)


AMOUNTS = st.integers(0, 10**7).map(eur)


@given(approved=AMOUNTS, allowed=AMOUNTS, claimed=AMOUNTS, why=st.sampled_from(["", " ", "paid"]))
def test_an_approval_stays_below_claim_and_limit(
    approved: Money, allowed: Money, claimed: Money, why: str
) -> None:
    """More than was claimed is never approved, more than is allowed only with a reason."""
    lawful = approved <= claimed and (approved <= allowed or why == "paid")
    if lawful:
        travel.need_lawful_approval(approved, allowed, claimed, why)
    else:
        with pytest.raises(RuleBroken) as trouble:
            travel.need_lawful_approval(approved, allowed, claimed, why)
        assert "EUR" in trouble.value.sentence()


@given(parts=st.lists(AMOUNTS, min_size=1, max_size=4), more=st.integers(-5, 5))
def test_parts_are_the_grant_or_the_difference_is_named(parts: list[Money], more: int) -> None:
    """The sum itself is in order; a cent more or less is refused with that difference."""
    named = [(str(n), part) for n, part in enumerate(parts)]
    whole = budget.sum_of_parts(named)
    assert whole is not None
    assert whole.minor == sum(part.minor for part in parts)
    if more == 0:
        budget.need_parts_add_up(whole, named)
    else:
        with pytest.raises(RuleBroken) as trouble:
            budget.need_parts_add_up(whole + eur(more), named)
        assert f"0.0{abs(more)} EUR {'less' if more > 0 else 'more'}" in trouble.value.sentence()


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        (eur(500), eur(0), ""),
        (eur(500), eur(-1), "0.01 EUR"),
        (eur(500), None, "9.00 EUR"),
        (eur(-1), eur(-300), ""),
        (None, eur(-300), ""),
    ],
)
def test_income_is_not_taken_from_under_what_was_granted(
    before: Money | None, after: Money | None, missing: str
) -> None:
    """What came in covers what is promised; a fund that was overdrawn may be put right."""

    def balance(free: Money | None) -> budget.FundBalance:
        return budget.FundBalance(eur(500), eur(400), free)

    if not missing:
        budget.need_covered(balance(before), balance(after))
        return
    with pytest.raises(RuleBroken) as trouble:
        budget.need_covered(balance(before), balance(after))
    assert trouble.value.sentence().startswith(missing)


def test_quotas_count_what_is_known() -> None:
    """Seats are a limit, the others a number to reach; people who did not say count apart."""
    members = [Member(True, 20, None), Member(False, 30, True), Member(None, None, False)]
    gauges = {kind: delegations.gauge(kind, 2, 26, members) for kind in Quota}
    assert {kind: (one.has, one.unsaid, one.missing) for kind, one in gauges.items()} == {
        Quota.SEATS: (3, 0, 1),
        Quota.WOMEN: (1, 1, 1),
        Quota.YOUNG: (1, 1, 1),
        Quota.FIRST_TIMERS: (1, 1, 1),
    }
    assert delegations.gauge(Quota.SEATS, 3, None, members).missing == 0


def test_a_delegation_has_a_name_a_leader_and_numbers() -> None:
    """None of them below zero; its balance is what it paid beyond what it owes."""
    assert delegations.check_delegation("Spain", 1, 0, {Quota.WOMEN: None, Quota.YOUNG: 3}) == {}
    wrong = delegations.check_delegation(" ", None, None, {Quota.WOMEN: -1})
    assert wrong.keys() == {"name", "leader_id", "announced", "women"}
    assert delegations.balance(eur(100), [eur(30), eur(80)], "EUR") == eur(10)
    assert delegations.balance(None, [], "EUR") == eur(0)


def test_a_rate_is_kept_with_the_zeros_it_was_written_with() -> None:
    """No engine rounds it or drops its zeros; None stays None."""
    engine = create_engine("sqlite://")
    rates = Table("rate", MetaData(), Column("n", Integer), Column("value", DecimalText))
    with engine.begin() as line:
        rates.create(line)
        wanted = [Decimal("66.00"), None, Decimal("0.1000000000000000000001")]
        line.execute(insert(rates), [{"n": n, "value": one} for n, one in enumerate(wanted)])
        found = list(line.scalars(select(rates.c.value).order_by(rates.c.n)))
    engine.dispose()
    assert [str(one) for one in found] == [str(one) for one in wanted]
