"""The panel of a leader's file: what needs attention first, each change before and now."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.places.applications.delegations.names_panel import NamesPanel
from schoolapp.desktop.places.applications.delegations.page import DelegationsPage
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.delegations import Delegation
from schoolapp.exchange.sheets.delegation_names import write_delegation_sheet
from schoolapp.operations.delegations import sheet_facts
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, SHIFT, Hands, school

Key = Qt.Key


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The applications of the youth camp."""
    with school(qapp, practice_file, (Applications,), "International Youth Camp") as made:
        yield made


def panel(hands: Hands, file: Path) -> NamesPanel:
    """The panel of what the file of Sweden's leader would change."""
    key = hands.store.read(lambda s: s.query(Delegation).filter_by(name="Sweden").one().id)
    facts = hands.store.read(lambda s: sheet_facts(s, delegation_id=key))
    file.write_bytes(write_delegation_sheet(facts))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    lines = {row[0].value: row for row in sheet.iter_rows(min_row=3) if row[0].value}
    lines["Ebba Åkesdotter"][2].value = "ebba@example.org"
    lines["Åsa Lindqvist"][1].value = "31/02/2004"
    one, other = lines["Elias Sjöström"], lines["Björn Sjöström"]
    for place in range(3):
        one[place].value, other[place].value = other[place].value, one[place].value
    sheet.cell(11, 1).value = "Kim Berg"
    sheet.cell(11, 2).value = dt.datetime.combine(dt.date(2005, 2, 2), dt.time())
    book.create_sheet("Reserve").append(["Full name", "Date of birth", "ID"])
    book.save(file)
    hands.press(Key.Key_G, CONTROL | SHIFT)
    page = hands.window.place.findChild(DelegationsPage)
    assert page is not None
    page.open_file(key, str(file))
    wait_for(hands.desktop.tasks)
    shown = page.panel
    assert isinstance(shown, NamesPanel)
    return shown


def words(shown: NamesPanel) -> list[str]:
    """The lines of the list, without the signs that keep names apart."""
    items = [shown.list.item(n).text() for n in range(shown.list.count())]
    return [text.replace("\u2068", "").replace("\u2069", "") for text in items]


def test_doubts_come_first_and_changes_say_what_changes(hands: Hands, tmp_path: Path) -> None:
    """Doubts, then corrections before and now, then the new; what is unchanged only if wanted."""
    shown = panel(hands, tmp_path / "sweden.xlsx")
    said = words(shown)
    attention = [text for text in said if "hidden code" in text or "31/02/2004" in text]
    assert said[: len(attention)] == attention
    assert len(attention) == 3
    assert (
        "Björn Sjöström: has the hidden code of Elias Sjöström; nothing on this line is used"
        in (text.split("\n")[0] for text in attention)
    )
    changed = next(text for text in said if text.startswith("Ebba Åkesdotter"))
    assert "E-mail: ebba.akesdotter.426@example.org → ebba@example.org" in changed
    assert said[-1].startswith("Kim Berg: new person")
    assert len(said) == 5
    assert "The sheet \u2068Reserve\u2069 was not read" in shown.notes.text()
    assert "sorted without its hidden column" in shown.notes.text()
    assert shown.subtitle.text().endswith("1 line is corrected · 3 lines with doubts")


def test_unchanged_lines_can_be_shown_by_keyboard(hands: Hands, tmp_path: Path) -> None:
    """Space on the box shows them behind all others, and hides them again."""
    shown = panel(hands, tmp_path / "sweden.xlsx")
    before = words(shown)
    shown.unchanged.setFocus()
    assert "4 unchanged lines" in shown.unchanged.text()
    hands.press(Key.Key_Space)
    assert words(shown)[: len(before)] == before
    assert all(text.endswith(": unchanged") for text in words(shown)[len(before) :])
    assert len(words(shown)) == len(before) + 4
    hands.press(Key.Key_Space)
    assert words(shown) == before
