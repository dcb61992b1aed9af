"""Funds, subsidies, payments, travel claims and donations."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schoolapp.domain.budget import PENDING, PaymentDraft
from schoolapp.domain.delegations import Delegation, DelegationState
from schoolapp.domain.donations import Campaign, GiftState
from schoolapp.domain.funding import (
    ClaimLine,
    ClaimState,
    Fund,
    SubsidyPayment,
    SubsidyState,
    TravelClaim,
)
from schoolapp.domain.money import Money
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import funding
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import ChangedElsewhere, Store
from tests import builders

DAY = dt.date(2027, 10, 25)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


@dataclass
class School:
    """Keys of a school with a fund of EUR 1,000 in a store."""

    store: Store
    gathering: int
    fund: int
    people: list[int]

    def do(self, operation: Any) -> Any:
        return self.store.change("Change", operation).value

    def ask(self, query: Any) -> Any:
        return self.store.read(query)

    def subsidy(self, person: int = 0, granted: str = "800.00", **fields: Any) -> int:
        draft = funding.SubsidyDraft(
            gathering_id=self.gathering,
            person_id=self.people[person],
            fund_id=self.fund,
            requested=eur("900.00"),
            granted=eur(granted),
            **fields,
        )
        return int(self.do(lambda s: funding.save_subsidy(s, draft)))

    def step(self, key: int, *names: str, by: int | None = None) -> SubsidyState:
        state = None
        for name in names:
            decider = self.people[2] if by is None else by
            state = self.do(
                lambda s, n=name, d=decider: funding.step_subsidy(
                    s, subsidy_id=key, step=n, decided_by_id=d
                )
            )
        assert state is not None
        return SubsidyState(state)

    def pay(self, key: int, payment: PaymentDraft) -> SubsidyState:
        version = self.ask(lambda s: funding.subsidy_rows(s, [key]))[key].version
        return SubsidyState(
            self.do(
                lambda s: funding.pay_subsidy(s, subsidy_id=key, version=version, payment=payment)
            )
        )

    def row(self, key: int) -> funding.SubsidyRow:
        found: funding.SubsidyRow = self.ask(lambda s: funding.subsidy_rows(s, [key]))[key]
        return found

    def money(self) -> funding.FundRow:
        (fund,) = self.ask(lambda s: funding.money_overview(s, gathering_id=self.gathering)).funds
        found: funding.FundRow = fund
        return found


@pytest.fixture
def school(store: Store) -> School:
    def fill(session: Any) -> School:
        at = builders.gathering()
        people = [
            builders.person(name=name, country="PH") for name in ("Ana Pérez", "Bo Li", "Cem Kaya")
        ]
        builders.add(session, at, *people)
        fund = Fund(gathering_id=at.id, name="solidarity", currency="EUR", income=eur("1000.00"))
        return School(store, at.id, builders.add(session, fund), [person.id for person in people])

    return store.change("Fill", fill).value


def cash(amount: str, currency: str = "EUR", **fields: Any) -> PaymentDraft:
    given = {"method": "cash", "date": DAY, "signed_receipt": True, **fields}
    return PaymentDraft(paid_as=Money.of(amount, currency), **given)


def test_two_payments_in_two_currencies_settle_a_grant_exactly(school: School) -> None:
    """EUR 700 by bank and PHP 6,600 at 66.00 make EUR 800.00; the rate is kept (S12, E39)."""
    key = school.subsidy()
    assert school.step(key, "score", "grant", "accept") is SubsidyState.ACCEPTED
    bank = PaymentDraft(paid_as=eur("700.00"), method="bank_transfer", date=DAY)
    assert school.pay(key, bank) is SubsidyState.PART_PAID
    assert school.row(key).rest == eur("100.00")
    pesos = cash("6600.00", "PHP", rate=Decimal("66.00"), rate_source="desk")
    assert school.pay(key, pesos) is SubsidyState.SETTLED
    row = school.row(key)
    assert (row.paid, row.rest) == (eur("800.00"), eur("0.00"))
    first, second = school.ask(lambda s: funding.subsidy_detail(s, key)).payments
    assert (first.amount, first.rate) == (eur("700.00"), None)
    assert (first.kind, first.signed_receipt, first.pending) == ("bank_transfer", None, False)
    assert (second.amount, second.paid_as, str(second.rate), second.rate_source) == (
        eur("100.00"),
        Money.of("6600.00", "PHP"),
        "66.00",
        "desk",
    )


def test_a_grant_paid_at_once_is_settled(school: School) -> None:
    """The whole amount in one payment closes the claim and settles."""
    key = school.subsidy()
    school.step(key, "score", "grant", "accept")
    assert school.pay(key, cash("800.00")) is SubsidyState.SETTLED
    assert school.money().paid == eur("800.00")


def test_a_fund_is_never_overdrawn(school: School) -> None:
    """The missing amount is reported; what was promised before counts (S11)."""
    first, second = school.subsidy(0, "800.00"), school.subsidy(1, "200.01")
    school.step(first, "score", "grant")
    assert school.money().free == eur("200.00")
    school.step(second, "score")
    with pytest.raises(RuleBroken) as trouble:
        school.step(second, "grant")
    assert "0.01 EUR" in trouble.value.sentence()
    school.step(first, "decline")
    assert school.step(second, "grant") is SubsidyState.GRANTED
    assert school.row(second).decided_by == "Cem Kaya"


def test_a_fee_waiver_costs_the_fund_nothing(school: School) -> None:
    """A waived fee is part of the grant but no money of the fund."""
    key = school.subsidy(0, "1060.00", parts=(("fee_waiver", eur("60.00")),))
    school.step(key, "score", "grant", "accept")
    assert (school.money().reserved, school.money().free) == (eur("1000.00"), eur("0.00"))
    assert school.row(key).rest == eur("1000.00")


def test_nobody_decides_on_the_own_subsidy(school: School) -> None:
    """There is a decider, and it is not the receiver (S11)."""
    key = school.subsidy()
    school.step(key, "score")
    with pytest.raises(RuleBroken, match="own subsidy"):
        school.step(key, "grant", by=school.people[0])
    with pytest.raises(RuleBroken, match="who decides"):
        school.do(lambda s: funding.step_subsidy(s, subsidy_id=key, step="grant"))


@pytest.mark.parametrize(
    ("payment", "words"),
    [
        (cash("900.00"), "800.00 EUR of this grant"),
        (cash("10.00", signed_receipt=False), "signed receipt"),
        (cash("0.00"), "above zero"),
        (cash("660.00", "PHP"), "rate"),
        (cash("660.00", "PHP", rate=Decimal("66")), "whose rate"),
    ],
)
def test_payments_keep_the_rules(school: School, payment: PaymentDraft, words: str) -> None:
    """Not more than the grant, cash with a receipt, other currencies with rate and source."""
    key = school.subsidy()
    school.step(key, "score", "grant", "accept")
    with pytest.raises(RuleBroken) as trouble:
        school.pay(key, payment)
    assert words in trouble.value.sentence()
    assert school.row(key).paid == eur("0.00")


def test_amounts_are_free_until_the_decision_only(school: School) -> None:
    """A decided subsidy keeps its amounts and its fund; a note may still change."""
    key = school.subsidy()
    draft = school.ask(lambda s: funding.draft_of(s, key))
    school.do(lambda s: funding.save_subsidy(s, replace(draft, granted=eur("700.00"))))
    with pytest.raises(ChangedElsewhere):
        school.do(lambda s: funding.save_subsidy(s, draft))
    school.step(key, "score", "grant")
    decided = school.ask(lambda s: funding.draft_of(s, key))
    school.do(lambda s: funding.save_subsidy(s, replace(decided, note="by letter")))
    decided = school.ask(lambda s: funding.draft_of(s, key))
    with pytest.raises(RuleBroken, match="decided"):
        school.do(lambda s: funding.save_subsidy(s, replace(decided, granted=eur("1.00"))))
    with pytest.raises(RuleBroken, match="withdrawn"):
        school.do(lambda s: funding.remove_subsidy(s, subsidy_id=key, version=decided.version or 0))


def test_a_subsidy_needs_person_fund_and_amount_in_its_currency(school: School) -> None:
    """What is wrong is reported, field by field."""
    empty = funding.SubsidyDraft(gathering_id=school.gathering)
    assert set(funding.check_subsidy(empty)) == {"person_id", "fund_id", "requested"}
    negative = replace(empty, granted=eur("-1.00"))
    assert "below zero" in funding.check_subsidy(negative)["granted"]
    with pytest.raises(RuleBroken, match="whom"):
        school.do(lambda s: funding.save_subsidy(s, empty))
    pesos = replace(
        empty,
        person_id=school.people[0],
        fund_id=school.fund,
        requested=Money.of("1.00", "PHP"),
    )
    with pytest.raises(RuleBroken) as trouble:
        school.do(lambda s: funding.save_subsidy(s, pesos))
    assert "kept in EUR" in trouble.value.sentence()


def test_lists_search_filter_and_sort(school: School, count_statements: Any) -> None:
    """People are found by name; rows take one statement."""
    keys = [school.subsidy(0, "100.00"), school.subsidy(1, "300.00"), school.subsidy(2, "200.00")]
    school.step(keys[1], "score")

    def ids(**fields: Any) -> list[int]:
        found: list[int] = school.ask(
            lambda s: funding.subsidy_ids(
                s, funding.SubsidyView(gathering_id=school.gathering, **fields)
            )
        )
        return found

    assert ids() == keys
    assert ids(sort="granted", descending=True) == [keys[1], keys[2], keys[0]]
    assert ids(search="perez") == [keys[0]]
    assert ids(states=(SubsidyState.REVIEWED,)) == [keys[1]]
    with count_statements(school.store) as sent:
        school.ask(lambda s: funding.subsidy_rows(s, keys))
    assert len(sent) == 1
    with count_statements(school.store) as sent:
        school.ask(lambda s: funding.money_overview(s, gathering_id=school.gathering))
    assert len(sent) == 3


def test_a_delegation_pays_in_parts_and_its_registration_moves_on(school: School) -> None:
    """The balance is what came in less what is owed; people may be named (S10, E32)."""

    def fill(session: Any) -> int:
        return int(
            builders.add(
                session,
                Delegation(
                    gathering_id=school.gathering,
                    code="d1",
                    name="Ireland",
                    leader_id=school.people[0],
                    due=eur("380.00"),
                    state=DelegationState.NAMES_GIVEN,
                ),
            )
        )

    key = school.do(fill)

    def incoming(payment: PaymentDraft, **fields: Any) -> int:
        draft = funding.IncomingDraft(
            gathering_id=school.gathering, payment=payment, delegation_id=key, **fields
        )
        return int(school.do(lambda s: funding.record_incoming(s, draft)))

    def balance() -> funding.DelegationBalance:
        (one,) = school.ask(lambda s: funding.delegation_balances(s, gathering_id=school.gathering))
        found: funding.DelegationBalance = one
        return found

    first = incoming(cash("285.00"), allocated_to=(school.people[0], school.people[1]))
    assert (balance().balance, balance().state) == (eur("-95.00"), DelegationState.PART_PAID)
    dollars = cash("115.00", "USD", rate=Decimal("1.15"), rate_source="bank")
    incoming(dollars, reference="IRELAND 2/2")
    assert (balance().balance, balance().state) == (eur("5.00"), DelegationState.PAID)
    view = funding.IncomingView(gathering_id=school.gathering, search="ireland 2/2")
    (second,) = school.ask(lambda s: funding.incoming_ids(s, view))
    rows = school.ask(lambda s: funding.incoming_rows(s, [first, second]))
    assert (rows[first].people, rows[first].payer) == (2, "Ireland")
    assert (rows[second].amount, rows[second].paid_as, rows[second].rate) == (
        eur("100.00"),
        Money.of("115.00", "USD"),
        Decimal("1.15"),
    )
    school.do(lambda s: funding.remove_incoming(s, payment_id=second, version=rows[second].version))
    assert balance().balance == eur("-95.00")
    with pytest.raises(RuleBroken, match="who paid"):
        school.do(
            lambda s: funding.record_incoming(
                s, funding.IncomingDraft(gathering_id=school.gathering, payment=cash("1.00"))
            )
        )


def claim(school: School, *lines: tuple[str, str, bool, bool | None]) -> int:
    subsidy = school.subsidy()

    def fill(session: Any) -> int:
        return int(
            builders.add(
                session,
                TravelClaim(
                    code="tc1",
                    gathering_id=school.gathering,
                    person_id=school.people[0],
                    subsidy_id=subsidy,
                    state=ClaimState.SUBMITTED,
                    cap=eur("500.00"),
                    lines=[
                        ClaimLine(
                            what=what,
                            date=DAY,
                            paid=eur(paid),
                            value=eur(paid),
                            receipt=receipt,
                            boarding_pass=boarding,
                        )
                        for what, paid, receipt, boarding in lines
                    ],
                ),
            )
        )

    return int(school.do(fill))


def test_a_claim_is_approved_up_to_its_limit_without_taxis(school: School) -> None:
    """Flight with boarding pass up to the cap, then the visa; a taxi is refused (S13)."""
    key = claim(
        school,
        ("flight", "620.00", True, True),
        ("visa fee", "90.00", True, None),
        ("taxi", "30.00", True, None),
        ("airport train", "5.90", False, None),
    )
    state = school.do(lambda s: funding.step_claim(s, claim_id=key, step="approve"))
    assert state is ClaimState.APPROVED
    view = funding.ClaimView(gathering_id=school.gathering, search="ana")
    assert school.ask(lambda s: funding.claim_ids(s, view)) == [key]
    row = school.ask(lambda s: funding.claim_rows(s, [key]))[key]
    assert (row.approved, row.lines, row.without_pass) == (eur("590.00"), 4, 0)


def test_a_claim_without_boarding_pass_waits(school: School) -> None:
    """Nothing is approved; asking for it leaves the claim incomplete (S13)."""
    key = claim(school, ("flight", "620.00", True, None))
    with pytest.raises(RuleBroken, match="boarding pass"):
        school.do(lambda s: funding.step_claim(s, claim_id=key, step="approve"))
    state = school.do(lambda s: funding.step_claim(s, claim_id=key, step="ask"))
    assert state is ClaimState.INCOMPLETE
    view = funding.ClaimView(gathering_id=school.gathering, states=(ClaimState.INCOMPLETE,))
    assert school.ask(lambda s: funding.claim_ids(s, view)) == [key]


def test_two_gifts_of_thirty_earn_the_reward_by_their_sum_only(school: School) -> None:
    """The value of the day counts; a refund removes the reward; no anonymous name is shown."""

    def fill(session: Any) -> int:
        made = Campaign(
            code="book",
            kind="crowdfunding",
            title="A book",
            reward_threshold=eur("60.00"),
            reward_item="one copy",
        )
        return int(builders.add(session, made))

    campaign = school.do(fill)
    bank = PaymentDraft(paid_as=eur("30.00"), method="bank_transfer", date=DAY)
    dollars = replace(
        bank, paid_as=Money.of("70.00", "USD"), rate=Decimal("1.15"), rate_source="bank"
    )

    def give(payment: PaymentDraft, person: int | None, **fields: Any) -> int:
        draft = funding.GiftDraft(
            campaign_id=campaign,
            payment=payment,
            person_id=None if person is None else school.people[person],
            **fields,
        )
        return int(school.do(lambda s: funding.add_gift(s, draft)))

    keys = [give(bank, 0), give(bank, 0), give(dollars, 1, anonymous=True), give(bank, None)]
    (row,) = school.ask(funding.campaigns)
    assert row.raised == eur("120.87")
    assert (len(row.by_one_gift), len(row.by_sum)) == (1, 2)
    rows = school.ask(lambda s: funding.gift_rows(s, keys))
    assert [rows[key].giver for key in keys] == ["Ana Pérez", "Ana Pérez", "", ""]
    assert [rows[key].state for key in keys[2:]] == [GiftState.SETTLED, GiftState.UNMATCHED]
    assert rows[keys[2]].value == eur("60.87")
    for words, expected in (("perez", keys[:2]), ("bo li", [])):
        view = funding.GiftView(campaign_id=campaign, search=words)
        assert school.ask(lambda s, v=view: funding.gift_ids(s, v)) == expected
    school.do(lambda s: funding.step_gift(s, gift_id=keys[0], step="refund"))
    assert len(school.ask(funding.campaigns)[0].by_sum) == 1


def test_a_payment_that_is_on_its_way_is_shown_as_pending(practice_file: Path) -> None:
    """A payment that a package calls pending is not paid yet, and the panel says so."""
    store = open_store(practice_file)
    try:
        key = store.read(
            lambda s: s.query(SubsidyPayment).filter_by(state=PENDING).one().subsidy_id
        )
        found = store.read(lambda s: funding.subsidy_detail(s, key))
    finally:
        store.close()
    assert sum(payment.pending for payment in found.payments) == 1
