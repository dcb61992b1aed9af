"""Funds, subsidies, payments, travel claims and donations."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from schoolapp.domain.budget import PENDING, PaymentDraft
from schoolapp.domain.delegations import DelegationState
from schoolapp.domain.donations import GiftState
from schoolapp.domain.funding import ClaimState, Payment, SubsidyPayment, SubsidyState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import delegations, funding, gatherings
from schoolapp.operations.people import editing as people
from schoolapp.operations.people import participations
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import ChangedElsewhere, Store
from tests import builders as b

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

    def income(self, amount: str) -> int:
        draft = funding.IncomeDraft(giver="A foundation", date=DAY, amount=eur(amount))
        return int(self.do(lambda s: funding.save_income(s, fund_id=self.fund, draft=draft)))

    def money(self) -> funding.FundRow:
        (fund,) = self.ask(lambda s: funding.money_overview(s, gathering_id=self.gathering)).funds
        found: funding.FundRow = fund
        return found


@pytest.fixture
def school(store: Store) -> School:
    def fill(session: Any) -> School:
        at = b.gathering(session)
        names = ("Ana Pérez", "Bo Li", "Cem Kaya")
        people = [b.person(session, name=name, country="PH") for name in names]
        draft = funding.FundDraft(gathering_id=at.id, name="Solidarity")
        fund = funding.save_fund(session, draft)
        return School(store, at.id, fund, [person.id for person in people])

    made = store.change("Fill", fill).value
    made.income("1000.00")
    return made


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
    parts = (("fee_waiver", eur("60.00")), ("travel_cap", eur("1000.00")))
    key = school.subsidy(0, "1060.00", parts=parts)
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
        (cash("660.00", "PHP", rate=Decimal("66")), "where this rate comes from"),
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
        at = session.get_one(Gathering, school.gathering)
        leader = session.get_one(Person, school.people[0])
        state = DelegationState.NAMES_GIVEN
        made = b.delegation(session, at, leader, name="Ireland", due=eur("380.00"), state=state)
        return made.id

    key = school.do(fill)
    for person in school.people[:2]:
        joins = partial(
            participations.add_participant, gathering_id=school.gathering, person_id=person
        )
        school.do(joins)

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


def claim(school: School, *lines: tuple[str, str, bool, bool]) -> int:
    """A claim of Ana's with a limit of EUR 500 and these lines, handed in."""
    subsidy = school.subsidy()
    school.step(subsidy, "score", "grant")
    draft = funding.ClaimDraft(gathering_id=school.gathering, subsidy_id=subsidy, cap=eur("500.00"))
    key = int(school.do(lambda s: funding.save_claim(s, draft)))
    for what, paid, receipt, boarding in lines:
        line = funding.LineDraft(
            what=what, date=DAY, paid=eur(paid), receipt=receipt, boarding_pass=boarding
        )
        school.do(lambda s, one=line: funding.save_line(s, claim_id=key, draft=one))
    school.do(lambda s: funding.step_claim(s, claim_id=key, step="submit"))
    return key


def test_a_claim_is_approved_up_to_its_limit_without_taxis(school: School) -> None:
    """Flight with boarding pass up to the cap, then the visa; a taxi is refused (S13)."""
    key = claim(
        school,
        ("flight", "620.00", True, True),
        ("visa fee", "90.00", True, False),
        ("taxi", "30.00", True, False),
        ("airport train", "5.90", False, False),
    )
    state = school.do(lambda s: funding.step_claim(s, claim_id=key, step="approve"))
    assert state is ClaimState.APPROVED
    view = funding.ClaimView(gathering_id=school.gathering, search="ana")
    assert school.ask(lambda s: funding.claim_ids(s, view)) == [key]
    row = school.ask(lambda s: funding.claim_rows(s, [key]))[key]
    assert (row.approved, row.lines, row.without_pass) == (eur("590.00"), 4, 0)


def test_a_claim_without_boarding_pass_waits(school: School) -> None:
    """Nothing is approved; asking for it leaves the claim incomplete (S13)."""
    key = claim(school, ("flight", "620.00", True, False))
    with pytest.raises(RuleBroken, match="boarding pass"):
        school.do(lambda s: funding.step_claim(s, claim_id=key, step="approve"))
    state = school.do(lambda s: funding.step_claim(s, claim_id=key, step="ask"))
    assert state is ClaimState.INCOMPLETE
    view = funding.ClaimView(gathering_id=school.gathering, states=(ClaimState.INCOMPLETE,))
    assert school.ask(lambda s: funding.claim_ids(s, view)) == [key]


def test_two_gifts_of_thirty_earn_the_reward_by_their_sum_only(school: School) -> None:
    """The value of the day counts; a refund removes the reward; no anonymous name is shown."""

    made = funding.CampaignDraft(title="A book", threshold=eur("60.00"), reward="one copy")
    campaign = school.do(lambda s: funding.save_campaign(s, made))
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
    assert [one.name for one in row.by_one_gift] == [""]
    assert [one.name for one in row.by_sum] == ["Ana Pérez", ""]
    rewards = school.ask(lambda s: funding.reward_rows(s, [campaign]))
    assert rewards == [("A book", "Ana Pérez", False), ("A book", "", True)]
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


def changed(rows: Any, **fields: Any) -> Any:
    """The only draft of a detail, with other values."""
    (one,) = rows
    return replace(one, **fields)


def test_what_came_in_is_listed_and_adds_up(school: School) -> None:
    """Several givers, each with a day and a purpose; changed and removed; found by the giver."""
    bread = funding.IncomeDraft(giver="Bread Fund", amount=eur("250.50"), earmark="for visas")
    key = school.do(lambda s: funding.save_income(s, fund_id=school.fund, draft=bread))
    assert (school.money().income, school.money().free) == (eur("1250.50"), eur("1250.50"))
    found = school.ask(lambda s: funding.fund_detail(s, school.fund))
    assert [(one.giver, one.date, one.earmark) for one in found.incomes] == [
        ("A foundation", DAY, ""),
        ("Bread Fund", None, "for visas"),
    ]
    more = replace(found.incomes[1], amount=eur("300.00"))
    school.do(lambda s: funding.save_income(s, fund_id=school.fund, draft=more))
    with pytest.raises(ChangedElsewhere):
        school.do(lambda s: funding.save_income(s, fund_id=school.fund, draft=more))
    assert school.money().income == eur("1300.00")
    for words, expected in (("bread visas", [school.fund]), ("solid", [school.fund]), ("x", [])):
        query = partial(funding.fund_ids, gathering_id=school.gathering, search=words)
        assert school.ask(query) == expected
    version = school.ask(lambda s: funding.fund_detail(s, school.fund)).incomes[1].version
    school.do(lambda s: funding.remove_income(s, income_id=key, version=version))
    assert school.money().income == eur("1000.00")


def test_income_that_is_given_out_already_stays(school: School) -> None:
    """It is neither lowered nor removed below what was granted; the sentence says by how much."""
    key = school.subsidy()
    school.step(key, "score", "grant")
    found = school.ask(lambda s: funding.fund_detail(s, school.fund))
    low = changed(found.incomes, amount=eur("799.99"))
    with pytest.raises(RuleBroken) as trouble:
        school.do(lambda s: funding.save_income(s, fund_id=school.fund, draft=low))
    assert "0.01 EUR" in trouble.value.sentence()
    with pytest.raises(RuleBroken) as trouble:
        school.do(lambda s: funding.remove_income(s, income_id=low.id, version=low.version))
    assert "800.00 EUR" in trouble.value.sentence()
    assert school.money().free == eur("200.00")
    enough = replace(low, amount=eur("800.00"))
    school.do(lambda s: funding.save_income(s, fund_id=school.fund, draft=enough))
    assert school.money().free == eur("0.00")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "a name"),
        ({"name": "solidarity"}, "already"),
        ({"currency": "XXQ"}, "three letters"),
        ({"allocated": Money.of("1", "XOF")}, "currency of the fund"),
        ({"allocated": eur("-1.00")}, "below zero"),
    ],
)
def test_a_fund_has_a_name_of_its_own_and_a_currency(
    school: School, fields: dict[str, Any], words: str
) -> None:
    """What is wrong is said in a sentence, and nothing is made."""
    draft = funding.FundDraft(**{"gathering_id": school.gathering, "name": "Travel", **fields})
    with pytest.raises(RuleBroken, match=words):
        school.do(lambda s: funding.save_fund(s, draft))
    assert school.ask(lambda s: len(funding.fund_ids(s, gathering_id=school.gathering))) == 1


def test_a_fund_is_changed_and_goes_when_no_subsidy_uses_it(school: School) -> None:
    """Its currency stays once amounts are in it; a subsidy keeps it; undo brings both back."""
    draft = school.ask(lambda s: funding.fund_detail(s, school.fund)).draft
    with pytest.raises(RuleBroken, match="recorded in"):
        school.do(lambda s: funding.save_fund(s, replace(draft, currency="PHP")))
    named = replace(draft, name="Global South", allocated=eur("900.00"))
    school.do(lambda s: funding.save_fund(s, named))
    assert (school.money().name, school.money().allocated) == ("Global South", eur("900.00"))
    key = school.subsidy()
    version = school.money().version
    with pytest.raises(RuleBroken, match="Subsidies are granted from"):
        school.do(lambda s: funding.remove_fund(s, fund_id=school.fund, version=version))
    drop = school.row(key).version
    school.do(lambda s: funding.remove_subsidy(s, subsidy_id=key, version=drop))
    done = school.store.change(
        "Remove", lambda s: funding.remove_fund(s, fund_id=school.fund, version=version)
    )
    assert school.ask(lambda s: funding.fund_ids(s, gathering_id=school.gathering)) == []
    school.store.undo(done.step_id)
    assert school.money().income == eur("1000.00")


def test_parts_are_the_grant(school: School) -> None:
    """Left empty the grant is their sum; a difference is refused with its amount (domain.md)."""
    parts = (("fee_waiver", eur("60.00")), ("travel_cap", eur("790.00")))
    draft = funding.SubsidyDraft(
        gathering_id=school.gathering, person_id=school.people[0], fund_id=school.fund, parts=parts
    )
    key = school.do(lambda s: funding.save_subsidy(s, draft))
    assert school.store.read(lambda s: funding.draft_of(s, key)).granted == eur("850.00")
    assert school.row(key).granted is None, "it is a proposal"
    for granted, words in (("840.00", "10.00 EUR more"), ("850.05", "0.05 EUR less")):
        with pytest.raises(RuleBroken) as trouble:
            school.do(lambda s, g=granted: funding.save_subsidy(s, replace(draft, granted=eur(g))))
        assert words in trouble.value.sentence()


def test_a_payment_recorded_by_mistake_is_taken_out(school: School) -> None:
    """The subsidy waits for its rest again; without any payment it is only accepted."""
    key = school.subsidy()
    school.step(key, "score", "grant", "accept")
    school.pay(key, cash("300.00"))
    assert school.pay(key, cash("500.00")) is SubsidyState.SETTLED

    def take_out(number: int) -> SubsidyState:
        found = school.ask(lambda s: funding.subsidy_detail(s, key))
        payment, version = found.payments[number].id, found.row.version
        return SubsidyState(
            school.do(
                lambda s: funding.remove_payment(
                    s, subsidy_id=key, version=version, payment_id=payment
                )
            )
        )

    assert take_out(0) is SubsidyState.PART_PAID
    assert school.row(key).rest == eur("300.00")
    assert take_out(0) is SubsidyState.ACCEPTED
    assert (school.row(key).paid, school.money().reserved) == (eur("0.00"), eur("800.00"))
    assert school.pay(key, cash("800.00")) is SubsidyState.SETTLED


def test_a_claim_is_made_of_lines_in_any_currency(school: School) -> None:
    """What is claimed is the sum of the lines at their rates; lines change until it is decided."""
    key = claim(school, ("train", "55.50", True, False))
    pesos = funding.LineDraft(
        what="flight",
        date=DAY,
        paid=Money.of("13200.00", "PHP"),
        rate=Decimal("66.00"),
        rate_source="desk",
        boarding_pass=True,
    )
    school.do(lambda s: funding.save_line(s, claim_id=key, draft=pesos))
    found = school.ask(lambda s: funding.claim_detail(s, key))
    assert (found.row.claimed, found.worth.allowed) == (eur("255.50"), eur("255.50"))
    train, flight = found.lines
    assert (flight.value, str(flight.rate), flight.rate_source) == (eur("200.00"), "66.00", "desk")
    for fields, words in (
        ({"rate": None}, "rate"),
        ({"rate_source": ""}, "where this rate comes from"),
        ({"paid": None}, "above zero"),
        ({"date": None}, "which day"),
        ({"what": ""}, "what was paid for"),
    ):
        wrong = replace(flight, **fields, **({"value": None} if "rate" in fields else {}))
        with pytest.raises(RuleBroken, match=words):
            school.do(lambda s, one=wrong: funding.save_line(s, claim_id=key, draft=one))
    school.do(lambda s: funding.save_line(s, claim_id=key, draft=replace(train, paid=eur("45.00"))))
    school.do(lambda s: funding.remove_line(s, line_id=flight.id, version=flight.version))
    assert school.ask(lambda s: funding.claim_rows(s, [key]))[key].claimed == eur("45.00")
    school.do(lambda s: funding.step_claim(s, claim_id=key, step="approve"))
    (train,) = school.ask(lambda s: funding.claim_detail(s, key)).lines
    with pytest.raises(RuleBroken, match="decided"):
        school.do(lambda s: funding.remove_line(s, line_id=train.id, version=train.version))
    version = school.ask(lambda s: funding.claim_rows(s, [key]))[key].version
    with pytest.raises(RuleBroken, match="decided"):
        school.do(lambda s: funding.remove_claim(s, claim_id=key, version=version))
    school.do(lambda s: funding.step_claim(s, claim_id=key, step="reopen"))
    again = school.ask(lambda s: funding.claim_rows(s, [key]))[key]
    assert (again.state, again.approved) == (ClaimState.SUBMITTED, None)
    school.do(lambda s: funding.remove_claim(s, claim_id=key, version=again.version))
    assert school.ask(lambda s: funding.claim_detail(s, key)) is None


def test_more_than_the_limit_needs_a_reason(school: School) -> None:
    """The sentence names what the rules allow; more than was claimed is never approved (S13)."""
    key = claim(school, ("flight", "620.00", True, True))

    def approve(amount: str, reason: str = "") -> ClaimState:
        return ClaimState(
            school.do(
                lambda s: funding.step_claim(
                    s, claim_id=key, step="approve", approved=eur(amount), reason=reason or None
                )
            )
        )

    with pytest.raises(RuleBroken) as trouble:
        approve("520.00")
    assert "allow 500.00 EUR, which is 20.00 EUR less" in trouble.value.sentence()
    with pytest.raises(RuleBroken) as trouble:
        approve("620.01", "the airline raised its price")
    assert "Only 620.00 EUR was claimed" in trouble.value.sentence()
    assert approve("520.00", "the airline raised its price") is ClaimState.APPROVED
    assert school.ask(lambda s: funding.claim_rows(s, [key]))[key].approved == eur("520.00")


def test_a_claim_belongs_to_a_grant(school: School) -> None:
    """A request that nobody granted pays no travel; the limit is the part for travel."""
    parts = (("fee_waiver", eur("60.00")), ("travel_cap", eur("740.00")))
    subsidy = school.subsidy(granted="800.00", parts=parts)
    draft = funding.ClaimDraft(gathering_id=school.gathering, subsidy_id=subsidy)
    with pytest.raises(RuleBroken, match="not granted"):
        school.do(lambda s: funding.save_claim(s, draft))
    school.step(subsidy, "score", "grant")
    query = partial(funding.claimable, gathering_id=school.gathering)
    assert school.ask(query) == [(subsidy, "Ana Pérez", eur("800.00"))]
    key = school.do(lambda s: funding.save_claim(s, draft))
    found = school.ask(lambda s: funding.claim_detail(s, key))
    assert found.draft.cap == eur("740.00")
    pesos = replace(found.draft, cap=Money.of("1.00", "PHP"))
    with pytest.raises(RuleBroken) as trouble:
        school.do(lambda s: funding.save_claim(s, pesos))
    assert "counts in EUR" in trouble.value.sentence()


def test_a_campaign_keeps_its_currency_and_its_gifts(school: School) -> None:
    """Gifts are valued in it; it is removed when none is left; each gift can be changed."""
    draft = funding.CampaignDraft(
        title="Roof", currency="php", goal=Money.of("50000", "PHP"), kind="collection"
    )
    key = school.do(lambda s: funding.save_campaign(s, draft))
    euros = PaymentDraft(
        paid_as=eur("10.00"),
        method="cash",
        date=DAY,
        rate=Decimal("0.015"),
        rate_source="bank",
    )
    gift = school.do(
        lambda s: funding.add_gift(s, funding.GiftDraft(campaign_id=key, payment=euros))
    )
    (row,) = school.ask(funding.campaigns)
    assert (row.raised, row.goal) == (Money(0, "PHP"), Money.of("50000", "PHP"))
    change = school.ask(lambda s: funding.gift_change(s, gift))
    assert change.value == Money.of("666.67", "PHP")
    known = replace(change, person_id=school.people[1], value=Money.of("670", "PHP"))
    school.do(lambda s: funding.save_gift(s, known))
    (row,) = school.ask(funding.campaigns)
    assert row.raised == Money.of("670", "PHP")
    stored = school.ask(lambda s: funding.campaign_draft(s, key))
    with pytest.raises(RuleBroken, match="valued in"):
        school.do(lambda s: funding.save_campaign(s, replace(stored, currency="EUR", goal=None)))
    with pytest.raises(RuleBroken, match="Gifts were recorded"):
        school.do(lambda s: funding.remove_campaign(s, campaign_id=key, version=stored.version))
    again = school.ask(lambda s: funding.gift_change(s, gift))
    with pytest.raises(RuleBroken) as trouble:
        school.do(lambda s: funding.save_gift(s, replace(again, value=eur("10.00"))))
    assert "valued in PHP" in trouble.value.sentence()
    school.do(lambda s: funding.remove_gift(s, gift_id=gift, version=again.version))
    school.do(lambda s: funding.remove_campaign(s, campaign_id=key, version=stored.version))
    assert school.ask(funding.campaigns) == ()


def test_a_pledge_is_not_raised_yet_and_a_rewarded_gift_stays(school: School) -> None:
    """Promised money counts when it comes; a gift whose reward went out is not removed."""
    book = funding.CampaignDraft(title="A book")
    campaign = school.do(lambda s: funding.save_campaign(s, book))
    bank = PaymentDraft(paid_as=eur("80.00"), method="bank_transfer", date=DAY)
    draft = funding.GiftDraft(
        campaign_id=campaign, payment=bank, person_id=school.people[0], pledged=True
    )
    gift = school.do(lambda s: funding.add_gift(s, draft))
    assert school.ask(funding.campaigns)[0].raised == eur("0.00")
    for step in ("money_in", "match", "reward_due", "send_reward"):
        school.do(lambda s, name=step: funding.step_gift(s, gift_id=gift, step=name))
    assert school.ask(funding.campaigns)[0].raised == eur("80.00")
    version = school.ask(lambda s: funding.gift_rows(s, [gift]))[gift].version
    with pytest.raises(RuleBroken, match="books keep it"):
        school.do(lambda s: funding.remove_gift(s, gift_id=gift, version=version))


def test_a_payment_is_for_people_who_take_part(school: School) -> None:
    """Somebody who has no part there shares none; nothing is stored then."""
    key = school.do(lambda s: people.save_person(s, draft=PersonDraft(display_name="Lee Stranger")))
    draft = funding.IncomingDraft(
        gathering_id=school.gathering,
        payment=cash("100.00"),
        person_id=school.people[0],
        allocated_to=(key,),
    )
    with pytest.raises(RuleBroken, match="Lee Stranger does not take part"):
        school.do(lambda s: funding.record_incoming(s, draft))
    view = funding.IncomingView(gathering_id=school.gathering)
    assert school.ask(lambda s: funding.incoming_ids(s, view)) == []


def test_a_payment_that_came_in_is_corrected(school: School) -> None:
    """Payer, day, amount and rate change; what it counts is worked out again (E39, E41)."""
    draft = funding.IncomingDraft(
        gathering_id=school.gathering, payment=cash("100.00"), person_id=school.people[0]
    )
    key = school.do(lambda s: funding.record_incoming(s, draft))
    change = school.ask(lambda s: funding.incoming_change(s, key))
    pesos = replace(change, paid_as=Money.of("6600.00", "PHP"), reference="cash box")
    with pytest.raises(RuleBroken, match="rate"):
        school.do(lambda s: funding.save_incoming(s, pesos))
    rated = replace(pesos, rate=Decimal("66"), rate_source="desk", date=DAY + dt.timedelta(1))
    school.do(lambda s: funding.save_incoming(s, rated))
    row = school.ask(lambda s: funding.incoming_rows(s, [key]))[key]
    assert (row.amount, str(row.rate), row.reference) == (eur("100.00"), "66", "cash box")
    assert row.date == DAY + dt.timedelta(1)
    again = school.ask(lambda s: funding.incoming_change(s, key))
    for fields, words in (
        ({"person_id": None}, "who paid"),
        ({"date": None}, "which day"),
        ({"paid_as": None}, "above zero"),
        ({"paid_as": eur("-1.00"), "rate": None}, "above zero"),
    ):
        wrong = replace(again, **fields)
        with pytest.raises(RuleBroken, match=words):
            school.do(lambda s, one=wrong: funding.save_incoming(s, one))


def test_an_amount_known_without_its_rate_stays(practice_file: Path) -> None:
    """A package brings what was handed over and what it counts: changing the day needs no rate."""
    store = open_store(practice_file)
    try:
        keys = store.read(lambda s: list(s.scalars(select(Payment.id))))
        changes = [store.read(lambda s, k=key: funding.incoming_change(s, k)) for key in keys]
        foreign = next(one for one in changes if one.paid_as.currency != one.currency)
        store.change("x", lambda s: funding.save_incoming(s, replace(foreign, date=DAY)))
        after = store.read(lambda s: funding.incoming_change(s, foreign.id))
        more = replace(after, paid_as=after.paid_as + after.paid_as)
        with pytest.raises(RuleBroken, match="rate"):
            store.change("x", lambda s: funding.save_incoming(s, more))
    finally:
        store.close()
    assert (after.amount, after.paid_as, after.date) == (foreign.amount, foreign.paid_as, DAY)


def add_to_school(school: School, band: str | None, price: str = "") -> int:
    """Ana takes part; the gathering has a price for band B if one is given."""

    def fill(session: Any) -> int:
        if price:
            draft = gatherings.draft_of(session, gathering_id=school.gathering, language="en")
            prices = (("B", eur(price)),)
            gatherings.save_gathering(session, draft=replace(draft, prices=prices))
        if band:
            person = people.draft_of(session, person_id=school.people[0])
            people.save_person(session, draft=replace(person, fee_band=band))
        return participations.add_participant(
            session, gathering_id=school.gathering, person_id=school.people[0]
        )

    return int(school.do(fill))


def fee(school: School, key: int) -> funding.FeeRow:
    """What a participant owes."""
    found: funding.FeeRow = school.ask(lambda s: funding.fee_rows(s, [key]))[key]
    return found


@pytest.mark.parametrize("first", ["band", "price"])
def test_a_missing_fee_comes_with_band_and_price(school: School, first: str) -> None:
    """Whichever comes last; before, the overview counts who has no price yet."""
    key = add_to_school(
        school, "B" if first == "band" else None, "" if first == "band" else "80.00"
    )
    assert (fee(school, key).fee, fee(school, key).unpriced) == (None, True)
    overview = partial(funding.money_overview, gathering_id=school.gathering)
    assert (school.ask(overview).unpriced, school.ask(overview).fees_due) == (1, eur("0.00"))

    def complete(session: Any) -> None:
        if first == "band":
            draft = gatherings.draft_of(session, gathering_id=school.gathering, language="en")
            prices = (("B", eur("80.00")),)
            gatherings.save_gathering(session, draft=replace(draft, prices=prices))
        else:
            person = people.draft_of(session, person_id=school.people[0])
            people.save_person(session, draft=replace(person, fee_band="B"))

    school.do(complete)
    row = fee(school, key)
    assert (row.fee, row.owed, row.unpriced) == (eur("80.00"), eur("80.00"), False)
    assert (school.ask(overview).unpriced, school.ask(overview).fees_due) == (0, eur("80.00"))


def test_a_fee_follows_the_band_unless_it_was_written(school: School) -> None:
    """The usual fee changes with the band; one of somebody's own stays, and can be nothing."""
    key = add_to_school(school, None, "80.00")
    draft = school.ask(lambda s: funding.fee_draft(s, key))
    school.do(lambda s: funding.save_fee(s, replace(draft, band="B")))
    assert fee(school, key).fee == eur("80.00")
    draft = school.ask(lambda s: funding.fee_draft(s, key))
    school.do(lambda s: funding.save_fee(s, replace(draft, fee=eur("50.00"))))
    draft = school.ask(lambda s: funding.fee_draft(s, key))
    school.do(lambda s: funding.save_fee(s, replace(draft, band=None)))
    assert (fee(school, key).fee, fee(school, key).band) == (eur("50.00"), None)
    draft = school.ask(lambda s: funding.fee_draft(s, key))
    for wrong, words in ((Money.of("1.00", "PHP"), "currency"), (eur("-1.00"), "below zero")):
        with pytest.raises(RuleBroken, match=words):
            school.do(lambda s, f=wrong: funding.save_fee(s, replace(draft, fee=f)))
    school.do(lambda s: funding.ask_no_fee(s, participation_ids=[key]))
    assert (fee(school, key).fee, fee(school, key).unpriced) == (eur("0.00"), False)


def test_what_was_paid_and_waived_comes_off_the_fee(school: School) -> None:
    """80 less a waiver of 30 and a payment of 20 leave 30; never below nothing."""
    key = add_to_school(school, "B", "80.00")
    parts = (("fee_waiver", eur("30.00")), ("pocket_money", eur("10.00")))
    subsidy = school.subsidy(granted="40.00", parts=parts)
    assert fee(school, key).owed == eur("80.00")
    school.step(subsidy, "score", "grant")
    draft = funding.IncomingDraft(
        gathering_id=school.gathering, payment=cash("20.00"), person_id=school.people[0]
    )
    school.do(lambda s: funding.record_incoming(s, draft))
    row = fee(school, key)
    assert (row.waived, row.paid, row.owed) == (eur("30.00"), eur("20.00"), eur("30.00"))
    school.do(lambda s: funding.record_incoming(s, draft))
    school.do(lambda s: funding.record_incoming(s, draft))
    assert fee(school, key).owed == eur("0.00")


def test_a_delegation_owes_what_somebody_said(school: School) -> None:
    """Until then it has no price and no balance, and a payment does not make it paid."""
    draft = delegations.DelegationDraft(
        gathering_id=school.gathering, name="Ireland", leader_id=school.people[0], announced=3
    )
    key = int(school.do(lambda s: delegations.save_delegation(s, draft=draft)))
    found = school.ask(lambda s: funding.balance_rows(s, [key]))[key]
    assert (found.due, found.balance) == (None, None)
    member = add_to_school(school, None)
    part = school.ask(lambda s: participations.draft_of(s, participation_id=member))
    joined = replace(part, delegation_id=key)
    school.do(lambda s: participations.save_participation(s, draft=joined))
    assert fee(school, member).unpriced
    due = school.ask(lambda s: funding.due_draft(s, key))
    for wrong, words in ((Money.of("1.00", "PHP"), "currency"), (eur("-1.00"), "below zero")):
        with pytest.raises(RuleBroken, match=words):
            school.do(lambda s, d=wrong: funding.save_due(s, replace(due, due=d)))
    school.do(lambda s: funding.save_due(s, replace(due, due=eur("240.00"))))
    found = school.ask(lambda s: funding.balance_rows(s, [key]))[key]
    assert (found.due, found.balance) == (eur("240.00"), eur("-240.00"))
    assert (fee(school, member).fee, fee(school, member).unpriced) == (None, False)


@pytest.mark.parametrize("kind", ["subsidy", "payment"])
def test_a_gathering_with_money_in_the_books_stays(school: School, kind: str) -> None:
    """A fund alone goes with it; a subsidy or a payment has to be removed before."""
    if kind == "subsidy":
        school.subsidy()
    else:
        paid = funding.IncomingDraft(
            gathering_id=school.gathering, payment=cash("1.00"), person_id=school.people[0]
        )
        school.do(lambda s: funding.record_incoming(s, paid))
    query = partial(gatherings.draft_of, gathering_id=school.gathering, language="en")
    version = school.ask(query).version
    removing = partial(gatherings.remove_gathering, gathering_id=school.gathering, version=version)
    with pytest.raises(RuleBroken, match="Money of this gathering"):
        school.do(removing)


def test_nothing_is_granted_out_of_an_empty_fund(school: School) -> None:
    """As long as nothing came in there is nothing to grant, and the sentence says what to do."""
    made = funding.FundDraft(gathering_id=school.gathering, name="Books")
    fund = int(school.do(lambda s: funding.save_fund(s, made)))
    draft = funding.SubsidyDraft(
        gathering_id=school.gathering,
        person_id=school.people[0],
        fund_id=fund,
        granted=eur("1.00"),
    )
    key = int(school.do(lambda s: funding.save_subsidy(s, draft)))
    school.step(key, "score")
    with pytest.raises(RuleBroken, match="Record its income first"):
        school.step(key, "grant")
    income = funding.IncomeDraft(amount=eur("1.00"))
    school.do(lambda s: funding.save_income(s, fund_id=fund, draft=income))
    assert school.step(key, "grant") is SubsidyState.GRANTED
