"""Payments, gifts and prices field by field, by keyboard, in a file that was empty."""

import pytest

from schoolapp.domain.donations import Campaign, Gift
from schoolapp.domain.funding import Payment, SubsidyPayment
from schoolapp.domain.gatherings import Gathering
from tests.stories.coordinator import CTRL, KEY, Coordinator
from tests.stories.filling import add_person


def test_a_payment_of_a_person_in_another_currency(desk: Coordinator) -> None:
    """Cash in pesos counts in euros at the rate of the day; changed in its panel afterwards."""
    add_person(desk, "Jun Reyes")
    desk.window.open_place("money")
    desk.settle()
    desk.run("money.show_payments")
    desk.press(KEY.Key_N, CTRL)
    desk.pick("Person", "Jun")
    desk.fill_in({
        "What was paid": "6500 PHP", "How": "Cash", "On": "2028-10-21", "Rate": "65",
        "Source of the rate": "ECB", "Reference": "receipt 12",
    })  # fmt: skip
    desk.save()
    (paid,) = desk.ask(
        lambda s: [(p.person_id, p.rate, p.rate_source, str(p.amount)) for p in s.query(Payment)]
    )
    assert (str(paid[1].normalize()), paid[2], paid[3]) == ("65", "ECB", "100.00 EUR")


def test_a_campaign_for_a_publication_and_a_gift_over_a_platform(desk: Coordinator) -> None:
    """What the platform kept stands with the gift; book and call for gifts with the campaign."""
    desk.window.open_place("readings")
    desk.settle()
    desk.run("readings.publications")
    desk.click("New publication")
    desk.fill_in({"Title": "Essays on strategy"})
    desk.save()
    add_person(desk, "Bo Lind")
    desk.window.open_place("money")
    desk.settle()
    desk.run("money.show_campaigns")
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({
        "Title": "A book for everyone", "For the publication": "Essays on strategy",
        "Call for gifts": "Letter of May 2028",
    })  # fmt: skip
    desk.save()
    (campaign,) = desk.ask(lambda s: [(c.publication_id, c.source) for c in s.query(Campaign)])
    assert campaign == (1, "Letter of May 2028")
    desk.run("money.show_gifts")
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"What was paid": "50.00", "On": "2028-06-01"})
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.place.table.setFocus()
    desk.press(KEY.Key_Home)
    desk.press(KEY.Key_Return)
    desk.fill_in({"Fee of the platform": "2.50", "Note": "by way of the shop"})
    desk.save()
    (gift,) = desk.ask(lambda s: [(str(g.platform_fee), g.note) for g in s.query(Gift)])
    assert gift == ("2.50 EUR", "by way of the shop")


def test_a_subsidy_is_paid_in_cash_against_a_receipt(desk: Coordinator) -> None:
    """Asked for, granted by somebody else, accepted; then cash that is signed for."""
    add_person(desk, "Amina Khan")
    add_person(desk, "Bilal Khan")
    desk.window.open_place("money")
    desk.settle()
    desk.run("money.show_funds")
    desk.press(KEY.Key_N, CTRL)
    desk.fill("Solidarity")
    desk.save()
    desk.click("Add to Income")
    desk.fill("Bread Foundation")
    desk.enter(Amount="500.00", On="2028-03-01")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.run("money.show_subsidies")
    desk.press(KEY.Key_N, CTRL)
    desk.pick("Person", "Amina")
    desk.fill_in({"Parts of the grant, Pocket money": "60.00"})
    desk.save()
    for step in ("step_score", "step_grant"):
        desk.row("Amina")
        desk.press(KEY.Key_Return)
        desk.step(step)
    desk.pick("Who decides", "Bilal")
    desk.save()
    desk.row("Amina")
    desk.press(KEY.Key_Return)
    desk.step("step_accept")
    desk.row("Amina")
    desk.click("Pay")
    desk.fill_in({
        "What was paid": "3900 PHP", "How": "Cash", "On": "2028-10-22", "Rate": "65",
        "Source of the rate": "ECB",
    })  # fmt: skip
    desk.go_to("There is a signed receipt")
    desk.press(KEY.Key_Space)
    desk.save()
    (paid,) = desk.ask(
        lambda s: [
            (p.kind, p.signed_receipt, str(p.amount), str(p.paid_as), p.rate_source)
            for p in s.query(SubsidyPayment)
        ]
    )
    assert paid == ("cash", True, "60.00 EUR", "3900.00 PHP", "ECB")


@pytest.mark.parametrize("band", ["A", "D"])
def test_a_price_and_a_deadline_are_taken_away_and_given_anew(desk: Coordinator, band: str) -> None:
    """Emptied they are gone, filled they are there again."""
    desk.run("home.edit")
    label, deadline = f"Full price of each band, Band {band}", "Deadlines, Readings to hand out"
    for name in (deadline, label):
        desk.go_to(name)
        desk.press(KEY.Key_A, CTRL)
        desk.press(KEY.Key_Delete)
    desk.save()
    assert desk.ask(lambda s: len(s.get_one(Gathering, 1).prices)) == 3
    desk.run("home.edit")
    desk.fill_in({deadline: "2028-10-01", label: "500"})
    desk.save()
    prices = desk.ask(lambda s: {p.band: str(p.price) for p in s.get_one(Gathering, 1).prices})
    assert prices[band] == "500.00 EUR"
