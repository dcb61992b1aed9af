"""A fund drive of one's own, from an empty file: a goal, a reward, ten gifts, three pledges."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from schoolapp.operations import funding
from schoolapp.operations.funding import CampaignRow
from schoolapp.storage.opening import open_store
from tests.databases import KEY as SECRET
from tests.databases import contents
from tests.desktop.real import CTRL
from tests.stories.coordinator import KEY, Coordinator
from tests.stories.undoing import undone_and_done_again

GIVERS = ("Ana Santos", "Bo Lind", "Cem Kaya", "Dora Blum", "Eva Roth", "Femi Ade")
MARKS = dict.fromkeys(map(ord, "\u200e\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True)
class Gift:
    """A gift as the treasurer hears of it, and what a hand counts it as in euros."""

    day: str
    amount: str
    worth: str
    giver: str = ""
    currency: str = "EUR"
    rate: str = ""
    pledged: bool = False
    steps: tuple[str, ...] = ()
    state: str = "Settled"


GIFTS = (
    Gift("2027-01-04", "75.00", "75.00", "Ana", state="Reward due"),
    Gift("2027-01-05", "30.00", "30.00", "Bo"),
    Gift("2027-01-06", "110.00", "100.00", "Cem", "USD", "1.10", state="Reward sent"),
    Gift("2027-01-07", "12.50", "12.50"),
    Gift("2027-01-08", "33.00", "30.00", "Bo", "USD", "1.10"),
    Gift("2027-01-11", "59.99", "59.99", "Dora"),
    Gift("2027-01-12", "200.00", "200.00", "Eva", pledged=True,
         steps=("money_in", "match", "thank"), state="Reward due"),
    Gift("2027-01-13", "80.00", "80.00", "Femi", pledged=True, steps=("silence",), state="Expired"),
    Gift("2027-01-14", "60.00", "60.00", "Dora", pledged=True, state="Pledged"),
    Gift("2027-01-15", "40.00", "40.00", "Femi"),
)  # fmt: skip
"""Ten gifts in two currencies, three of them promised: of those one comes, one never does."""
HEADINGS = [
    "Date", "From", "Campaign", "Given", "Given, currency",
    "Value on that day (EUR)", "How", "State",
]  # fmt: skip
COUNTED = ("Settled", "Reward due", "Reward sent")
"""The states in which the money is there."""
RAISED = "547.49 EUR"
"""75 + 30 + 110/1.10 + 12.50 + 33/1.10 + 59.99 + 200 + 40; what is only promised is not there."""

EARNERS = ("Ana Santos", "Bo Lind", "Cem Kaya", "Eva Roth")
"""Who gave 60 euros: Bo by 30 and 33/1.10 together; Dora's 59.99 are not enough."""


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """The window on an encrypted file without a gathering and without people."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", SECRET, actor="Ana"))
    yield made
    made.close()


def add_givers(desk: Coordinator) -> None:
    desk.go(3, "people")
    for name in GIVERS:
        desk.press(KEY.Key_N, CTRL)
        desk.fill(name)
        desk.save()
        desk.press(KEY.Key_Escape)


def make_the_campaign(desk: Coordinator) -> None:
    desk.window.open_place("money")
    desk.settle()
    desk.run("money.show_campaigns")
    desk.press(KEY.Key_N, CTRL)
    desk.fill("A roof for the library")
    desk.fill_in({"Goal": "2000.00", "Reward": "a book", "For gifts from": "60.00"})
    desk.save()
    desk.press(KEY.Key_Escape)


def tick(desk: Coordinator, label: str) -> None:
    desk.go_to(label)
    desk.press(KEY.Key_Space)


def record(desk: Coordinator, gift: Gift) -> None:
    desk.run("money.show_gifts")
    desk.press(KEY.Key_N, CTRL)
    if gift.giver:
        desk.pick("Person", gift.giver)
    else:
        tick(desk, "Keep the name hidden")
    fields = {"What was paid": gift.amount, "What was paid, Currency": gift.currency}
    desk.fill_in({**fields, "On": gift.day})
    if gift.rate:
        desk.fill_in({"Rate": gift.rate, "Source of the rate": "central bank"})
    if gift.pledged:
        tick(desk, "Only pledged so far")
    desk.save()
    if gift.steps:
        open_gift(desk, gift)
        for step in gift.steps:
            take(desk, step)
        desk.press(KEY.Key_Escape)


def open_gift(desk: Coordinator, gift: Gift) -> None:
    """Open a gift by the day on which it was given."""
    table = desk.place.table
    (key,) = [one for one in table.lazy.ids() if str(table.lazy.row(one).date) == gift.day]
    table.select_id(key)
    table.setFocus()
    desk.press(KEY.Key_Return)


def take(desk: Coordinator, step: str) -> None:
    """Press the button of a step in the panel that is open, with the space bar."""
    button = desk.place.body.side.findChild(QPushButton, f"step_{step}")
    assert button is not None, step
    button.setFocus()
    desk.press(KEY.Key_Space)
    desk.refuse_nothing()


def campaign(desk: Coordinator) -> CampaignRow:
    (found,) = desk.ask(funding.campaigns)
    return found


def look_at_the_campaign(desk: Coordinator) -> str:
    """What the panel of the campaign says, the people who earn the reward by name."""
    desk.run("money.show_campaigns")
    desk.place.table.select_id(campaign(desk).id)
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    side = desk.place.body.side
    known = [label.text() for label in side.known.findChildren(QLabel) if label.isVisible()]
    said = "\n".join((side.sums.text(), *known))
    desk.press(KEY.Key_Escape)
    return said.translate(MARKS)


def send_the_rewards(desk: Coordinator) -> None:
    """Ana, Cem and Eva gave 60 at once; Cem's gift goes out first."""
    desk.run("money.show_gifts")
    for gift, steps in (
        (GIFTS[0], ("reward_due",)),
        (GIFTS[2], ("reward_due", "send_reward")),
        (GIFTS[6], ("reward_due",)),
    ):
        open_gift(desk, gift)
        for step in steps:
            take(desk, step)
        desk.press(KEY.Key_Escape)


def in_the_ledger(gift: Gift) -> list[object]:
    """The line of a gift in the workbook, as a hand would write it."""
    names = [name for name in GIVERS if gift.giver and name.startswith(gift.giver)]
    name = names[0] if names else "Anonymous"
    given = [float(gift.amount), gift.currency, float(gift.worth)]
    day, title = dt.datetime.fromisoformat(gift.day), "A roof for the library"
    return [day, name, title, *given, "Bank transfer", gift.state]


def export(desk: Coordinator, monkeypatch: pytest.MonkeyPatch, path: Path) -> list[list[object]]:
    """Ctrl+E, and the rows of the workbook as another library reads them."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(path), ""))
    desk.place.table.setFocus()
    desk.press(KEY.Key_E, CTRL)
    assert path.name in desk.said()
    return sheet_of(path, 0)


def sheet_of(path: Path, number: int) -> list[list[object]]:
    """The rows of one sheet of a workbook."""
    sheet = openpyxl.load_workbook(path).worksheets[number]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_fund_drive(desk: Coordinator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten gifts in two currencies are counted as by hand, undone to nothing, and done again."""
    assert desk.store is not None
    start = contents(desk.store)
    add_givers(desk)
    make_the_campaign(desk)
    for gift in GIFTS:
        record(desk, gift)
    found = campaign(desk)
    assert (found.gifts, str(found.raised)) == (10, RAISED)
    assert look_at_the_campaign(desk).split("\n") == [
        "A roof for the library: 547.49 EUR raised of 2,000.00 EUR."
        " 3 givers earn the reward with one gift, 4 with the sum.",
        "Recorded", "10 gifts",
        "Reward with one gift", "Ana Santos, Cem Kaya, Eva Roth",
        "Reward with the sum", "Ana Santos, Bo Lind, Cem Kaya, Eva Roth",
    ]  # fmt: skip
    send_the_rewards(desk)
    desk.run("money.show_gifts")
    gifts = export(desk, monkeypatch, tmp_path / "gifts.xlsx")
    assert gifts == [HEADINGS, *map(in_the_ledger, GIFTS)]
    worth = sum(row[5] for row in gifts[1:] if row[7] in COUNTED and isinstance(row[5], float))
    desk.run("money.show_campaigns")
    headings, line = export(desk, monkeypatch, tmp_path / "campaigns.xlsx")
    assert dict(zip(headings, line, strict=True)) == {
        "Title": "A roof for the library", "Kind": "Fund drive", "Goal (EUR)": 2000,
        "Raised (EUR)": pytest.approx(worth), "Gifts": 10, "Reward": "a book", "From (EUR)": 60,
    }  # fmt: skip
    assert sheet_of(tmp_path / "campaigns.xlsx", 1)[1:] == [
        ["A roof for the library", name, by_one]
        for name, by_one in zip(EARNERS, ("Yes", "No", "Yes", "Yes"), strict=True)
    ]
    steps = undone_and_done_again(desk, start)
    assert len(steps) == len(GIVERS) + 1 + len(GIFTS) + sum(len(one.steps) for one in GIFTS) + 4
