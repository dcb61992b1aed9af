"""The money in the window: subsidies decided and paid, payments in, balances, gifts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from schoolapp.base.language import ltr
from schoolapp.desktop.places.money.place import Money
from schoolapp.domain.funding import SubsidyState
from schoolapp.operations import funding
from tests.desktop.conftest import typed_out
from tests.desktop.practice import CONTROL, Practice

Key = Qt.Key
Open = Callable[[str], Practice]


@pytest.fixture
def opened(qapp: QApplication, practice_file: Path) -> Iterator[Open]:
    made: list[Practice] = []

    def open_place(code: str) -> Practice:
        made.append(Practice(practice_file, Money, code))
        made[-1].place.table.setFocus()
        return made[-1]

    yield open_place
    for one in made:
        one.close()


def subsidies(desk: Practice, words: str = "") -> list[funding.SubsidyRow]:
    view = funding.SubsidyView(gathering_id=desk.gathering, search=words)
    rows = desk.ask(lambda s: funding.subsidy_rows(s, funding.subsidy_ids(s, view)))
    return list(rows.values())


def click(desk: Practice, name: str) -> None:
    """Press a button of the panel with the space bar."""
    made = desk.place.panels.subsidy.findChild(QPushButton, name)
    assert made is not None
    made.setFocus()
    desk.press(Key.Key_Space)


def test_the_fund_and_the_fees_stand_above_the_table(opened: Open) -> None:
    """What is paid and promised are those of the package: 16,390 EUR without fee waivers."""
    desk = opened("gjs2027")
    (fund,) = desk.ask(lambda s: funding.money_overview(s, gathering_id=desk.gathering)).funds
    assert str(fund.paid + fund.reserved) == "16390.00 EUR"
    assert (
        desk.place.figures.fees.text()
        == f"Fees: {ltr('5,280.00 EUR')} due, {ltr('0.00 EUR')} received."
    )
    assert desk.place.table.lazy.rowCount() == 20


def test_a_subsidy_goes_from_the_request_to_the_last_payment(opened: Open) -> None:
    """Recorded, reviewed, granted by somebody else, accepted, paid in pesos: by keyboard."""
    desk = opened("gjs2027")
    desk.press(Key.Key_N, CONTROL)
    form = desk.place.forms.subsidy.form
    editor = form.editor("person_id")
    desk.type("bianchi", editor)
    typed_out(desk.desktop.tasks, editor)
    offered = editor.line.completer().popup()
    rows = [offered.model().index(n, 0) for n in range(offered.model().rowCount())]
    offered.setCurrentIndex(next(row for row in rows if "Davide" in row.data()))
    QTest.keyClick(offered, Key.Key_Return)
    desk.wait()
    desk.type("100.00", form.editor("requested"))
    desk.type("100.00", form.editor("granted"))
    desk.press(Key.Key_Return, CONTROL)
    (row,) = subsidies(desk, "davide bianchi")
    assert row.state is SubsidyState.REQUESTED
    desk.place.table.select_id(row.id)
    desk.place.table.setFocus()
    desk.press(Key.Key_Return)
    click(desk, "step_score")
    click(desk, "step_grant")
    desk.press(Key.Key_Return, CONTROL)  # nobody decides yet: the panel stays
    assert desk.place.body.side is desk.place.forms.decision
    decider = desk.place.forms.decision.form.editor("decided_by_id")
    other = subsidies(desk)[0].person_id
    decider.put(other)
    decider.edited.emit()
    desk.wait()
    desk.press(Key.Key_Return, CONTROL)
    assert subsidies(desk, "davide bianchi")[0].state is SubsidyState.GRANTED
    desk.place.table.setFocus()
    desk.press(Key.Key_Return)
    click(desk, "step_accept")
    desk.place.table.setFocus()
    desk.press(Key.Key_P)
    pay = desk.place.forms.payment.form
    assert str(pay.draft.paid_as) == "100.00 EUR"
    box = pay.editor("paid_as").box
    box.setCurrentText("PHP")
    box.activated.emit(box.currentIndex())
    desk.type("6600.00", pay.editor("paid_as"))
    desk.type("66", pay.editor("rate"))
    desk.type("the desk", pay.editor("rate_source"))
    desk.press(Key.Key_Return, CONTROL)
    (row,) = subsidies(desk, "davide bianchi")
    assert (row.state, str(row.paid)) == (SubsidyState.SETTLED, "100.00 EUR")


def test_balances_of_delegations_are_those_of_the_packages(opened: Open) -> None:
    """Eighteen delegations; only Sweden has paid too much and Ireland too little (S10)."""
    desk = opened("camp2027")
    desk.desktop.window.run("money.show_delegations")
    desk.wait()
    rows = desk.ask(lambda s: funding.delegation_balances(s, gathering_id=desk.gathering))
    assert desk.place.table.lazy.rowCount() == len(rows) == 18
    assert {row.name: str(row.balance) for row in rows if row.balance.minor} == {
        "Sweden": "11.90 EUR",
        "Ireland": "-95.00 EUR",
    }


def test_a_payment_of_the_chosen_delegation_settles_its_balance(opened: Open) -> None:
    """Ctrl+N on a delegation offers it as the payer; undo removes the payment."""
    desk = opened("camp2027")
    desk.desktop.window.run("money.show_delegations")
    desk.wait()
    rows = desk.ask(lambda s: funding.delegation_balances(s, gathering_id=desk.gathering))
    ireland = next(row for row in rows if row.name == "Ireland")
    desk.place.table.select_id(ireland.id)
    desk.press(Key.Key_N, CONTROL)
    desk.type("95.00", desk.place.forms.incoming.form.editor("paid_as"))
    desk.press(Key.Key_Return, CONTROL)

    def balance() -> str:
        found = desk.ask(lambda s: funding.balance_rows(s, [ireland.id]))
        return str(found[ireland.id].balance)

    assert balance() == "0.00 EUR"
    desk.desktop.window.run("window.undo")
    desk.wait()
    assert balance() == "-95.00 EUR"


def test_campaigns_show_what_they_raised_and_who_earns_a_book(opened: Open) -> None:
    """16 by one gift, 17 by the sum; anonymous givers are not named (S26)."""
    desk = opened("gjs2027")
    desk.desktop.window.run("money.show_gifts")
    desk.wait()
    words = desk.place.figures.fees.text()
    assert ltr("2,826.71 EUR") in words
    assert "16 givers earn the reward with one gift, 17 with the sum" in words
    rows = desk.ask(lambda s: funding.gift_rows(s, list(desk.place.table.lazy.ids())))
    assert len(rows) == 65
    assert {row.giver for row in rows.values() if row.anonymous} == {""}


def test_nothing_is_paid_twice(opened: Open) -> None:
    """A settled subsidy offers no payment, and says so."""
    desk = opened("gjs2027")
    settled = next(row for row in subsidies(desk) if row.state is SubsidyState.SETTLED)
    desk.place.table.select_id(settled.id)
    desk.press(Key.Key_P)
    assert desk.place.body.side is None
    assert "Nothing is left" in desk.desktop.window.message_bar.words.text()


def test_del_removes_a_payment_and_no_delegation(opened: Open) -> None:
    """Recorded by mistake, it can come back; a delegation is not removed, as the window says."""
    desk = opened("camp2027")
    desk.desktop.window.run("money.show_payments")
    desk.wait()
    before = desk.place.table.lazy.rowCount()
    desk.place.table.select_id(desk.place.table.lazy.row_id(0))
    desk.press(Key.Key_Delete)
    assert desk.place.table.lazy.rowCount() == before - 1
    desk.press(Key.Key_Z, CONTROL)
    assert desk.place.table.lazy.rowCount() == before
    desk.desktop.window.run("money.show_delegations")
    desk.wait()
    desk.place.table.select_id(desk.place.table.lazy.row_id(0))
    desk.press(Key.Key_Delete)
    assert "not removed here" in desk.desktop.window.message_bar.words.text()
    assert desk.place.table.lazy.rowCount() == 18


@pytest.mark.parametrize(
    ("code", "ledger"),
    [
        ("gjs2027", "subsidies"),
        ("gjs2027", "funds"),
        ("gjs2027", "fees"),
        ("camp2027", "payments"),
        ("camp2027", "delegations"),
        ("gjs2027", "claims"),
        ("gjs2027", "gifts"),
        ("gjs2027", "campaigns"),
    ],
)
def test_every_table_opens_its_row(opened: Open, code: str, ledger: str) -> None:
    """Each row of each table is edited at the side; going over it changes nothing."""
    desk = opened(code)
    desk.desktop.window.run(f"money.show_{ledger}")
    desk.wait()
    desk.place.table.select_id(desk.place.table.lazy.row_id(0))
    desk.press(Key.Key_Return)
    panel = desk.place.body.side
    assert panel is desk.place.panels.way(desk.place.ledger.key).panel
    assert panel.title.text()
    desk.press(Key.Key_Escape)
    assert not desk.desktop.window.actions_made.action("window.undo").isEnabled()


def test_tab_goes_on_where_a_table_is_empty(opened: Open) -> None:
    """The camp has no subsidies: from the search line Tab reaches all the rest, and comes back."""
    desk = opened("camp2027")
    desk.place.search.setFocus()
    reached = [desk.focus()]
    for _turn in range(10):
        QTest.keyClick(desk.focus(), Key.Key_Tab)
        reached.append(desk.focus())
    assert reached.count(desk.place.search) > 1
    buttons = {widget for widget in reached if widget.objectName() == "money.new"}
    assert len(buttons) == 2, "the one above, and the one instead of the table"
