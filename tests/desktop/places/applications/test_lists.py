"""Delegations, minors and visas over the applications, by keys, on a small camp."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from schoolapp.base import clock
from schoolapp.desktop.kit.pages.list_page import ListPage
from schoolapp.desktop.places.applications.delegations.gauges import GaugeBar
from schoolapp.desktop.places.applications.delegations.names_panel import NamesPanel
from schoolapp.desktop.places.applications.delegations.page import DelegationPanel
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.minors import Paper
from schoolapp.domain.participation import Participation
from schoolapp.operations import delegations
from schoolapp.operations.delegations import DelegationDraft
from schoolapp.operations.history import recent_steps
from schoolapp.storage.store import DbSession, Store
from tests import builders as b
from tests.databases import Place as DatabasePlace
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, SHIFT, Hands, school

Key = Qt.Key
NOW = dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC)


def _camp(session: DbSession) -> None:
    camp = b.gathering(
        session, title="Camp", start=dt.date(2027, 7, 24), days=7, capacity=2,
        venue_name="Farm", venue_city="Zeewolde",
    )  # fmt: skip
    b.gathering(session, title="Other")
    people = [
        b.person(session, name="Lea Martin", born=dt.date(1990, 1, 1)),
        b.person(session, name="Tom Young", born=dt.date(2010, 1, 1)),
        b.person(session, name="Wulandari", born=dt.date(1995, 1, 1), nationality="ID"),
        b.person(session, name="Next One"),
    ]
    draft = DelegationDraft(
        gathering_id=camp.id, name="Exiles", leader_id=people[0].id, announced=3, seats=1, women=1
    )
    key = delegations.save_delegation(session, draft=draft)
    for one in people[:2]:
        b.participation(session, one, camp, delegation_id=key)
    b.application(
        session, people[2], camp, state=ApplicationState.CONFIRMED, needs_visa=True,
        reason="Was invited",
    )  # fmt: skip
    b.application(session, people[3], camp, state=ApplicationState.WAITLISTED)


@pytest.fixture
def hands(qapp: QApplication, file_place: DatabasePlace, file_store: Store) -> Iterator[Hands]:
    """The applications of a small camp on 1 June."""
    assert isinstance(file_place.where, Path)
    with clock.at(NOW):
        file_store.change("Make a camp", _camp)
        with school(qapp, file_place.where, (Applications,), "Camp") as made:
            yield made


def page(hands: Hands) -> Any:
    """The list that is open."""
    place = hands.window.place
    assert isinstance(place, Applications)
    assert isinstance(place.pages.opened, ListPage)
    return place.pages.opened


def press(hands: Hands, within: QWidget, name: str) -> None:
    """Press the button of this name by the keyboard."""
    found = within.findChild(QPushButton, name)
    assert found is not None, name
    found.setFocus()
    hands.press(Key.Key_Space)


def save_to(hands: Hands, path: Path) -> None:
    """Answer the dialog that asks where to."""
    dialog = page(hands).findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    wait_for(hands.desktop.tasks)


def test_a_delegation_by_keys(hands: Hands, tmp_path: Path) -> None:
    """E31, E33: three figures and gauges in words; names come back; a place changes hands."""
    hands.press(Key.Key_G, CONTROL | SHIFT)
    line = page(hands).lines[1]
    assert (line.announced, line.named, line.arrived) == (3, 2, 0)
    assert line.quotas == "1 seats too many · 1 women missing"
    hands.press(Key.Key_Return)
    panel = page(hands).panel
    assert isinstance(panel, DelegationPanel)
    said = [bar.accessibleName() for bar in panel.findChildren(GaugeBar)]
    assert said[0] == "Seats: 2 of 1 taken · 1 seats too many"
    assert said[1].endswith("2 not said")
    press(hands, panel, "leaders_file")
    out = tmp_path / "exiles.xlsx"
    save_to(hands, out)
    assert "exiles.xlsx" in page(hands).notice.text()
    book = openpyxl.load_workbook(out)
    sheet = book.active
    assert sheet is not None
    for place, value in enumerate(("Amadou Diallo", "31/02/2004"), 1):
        sheet.cell(5, place, value)
    book.save(out)
    page(hands).open_file(1, str(out))
    wait_for(hands.desktop.tasks)
    names = page(hands).panel
    assert isinstance(names, NamesPanel)
    assert "Row 5, column Date of birth" in names.list.item(0).text()
    hands.press(Key.Key_Return, CONTROL)
    assert page(hands).lines[1].named == 3
    hands.undo()
    assert page(hands).lines[1].named == 2
    page(hands).table.setFocus()
    hands.press(Key.Key_Return)
    press(hands, page(hands).panel, "replace")
    form = page(hands).panel.form
    tom = next(one.participation_id for one in form.draft.people if one.name == "Tom Young")
    for name, value in (("participation_id", tom), ("name", "Aya"), ("reason", "ill")):
        form.put(name, value)
    form.editor("name").setFocus()
    hands.press(Key.Key_Return, CONTROL)
    found = hands.store.read(lambda s: {p.person.display_name for p in s.query(Participation)})
    assert found == {"Lea Martin", "Aya", "Wulandari"}
    hands.press(Key.Key_Escape)
    assert hands.window.place.focus_target().isVisible()


def test_a_registration_step_asks_for_its_number(hands: Hands) -> None:
    """Numbers are given with the step; the panel shows the new state by itself."""
    hands.press(Key.Key_G, CONTROL | SHIFT)
    hands.press(Key.Key_Return)
    press(hands, page(hands).panel, "step_send_numbers")
    form = page(hands).panel.form
    form.put("announced", 7)
    form.editor("announced").setFocus()
    hands.press(Key.Key_Return, CONTROL)
    line = page(hands).lines[1]
    assert (line.announced, line.state) == (7, "numbers_given")
    hands.press(Key.Key_Return)
    press(hands, page(hands).panel, "step_send_names")
    assert page(hands).lines[1].state == "names_given"
    assert page(hands).panel.findChild(QPushButton, "step_pay_all") is not None
    press(hands, page(hands), "new_delegation")
    hands.type("Scotland")
    hands.press(Key.Key_Return, CONTROL)
    assert "leads" in page(hands).panel.form.problems()["leader_id"]


def test_papers_of_minors_by_keys(hands: Hands) -> None:
    """S22: incomplete minors come first; noting the consent completes the line; one undo."""
    hands.press(Key.Key_J, CONTROL | SHIFT)
    assert page(hands).summary.text().startswith("1 minor on arrival · 1 without consent")
    (line,) = page(hands).lines.values()
    assert line.missing == "Consent of the parents · no adult named"
    hands.press(Key.Key_Return)
    form = page(hands).panel.form
    form.put("papers", (Paper.CONSENT,))
    form.put("guardian_id", 1)
    form.editor("parent_name").setFocus()
    hands.type("Ada")
    hands.press(Key.Key_Return, CONTROL)
    (line,) = page(hands).lines.values()
    assert (line.missing, line.adult, line.parent) == ("", "Lea Martin", "Ada")
    hands.undo()
    press(hands, page(hands), "minor_rules")
    form = page(hands).panel.form
    form.put("papers", (Paper.CONSENT, Paper.INSURANCE))
    form.editor("minors_per_adult").setFocus()
    hands.press(Key.Key_Return, CONTROL)
    (line,) = page(hands).lines.values()
    assert line.missing == "Consent of the parents · Insurance · no adult named"


def test_a_visa_letter_takes_three_clicks(hands: Hands, tmp_path: Path) -> None:
    """S08: the list, Issue, Save: three clicks; one more mails it; a refusal shows the next.

    Who pays is chosen first: no letter promises it by itself.
    """
    hands.press(Key.Key_V, CONTROL | SHIFT)  # 1
    first = next(iter(page(hands).lines.values()))
    assert (first.name, first.need) == ("Wulandari", "needed")
    press(hands, page(hands).panel, "issue_letter")
    assert "Choose who pays" in page(hands).panel.form.problems()["payer"]
    page(hands).panel.form.editor("payer").setFocus()
    hands.press(Key.Key_Down)
    press(hands, page(hands).panel, "issue_letter")  # 2
    save_to(hands, tmp_path / "letter.pdf")  # 3
    text = pypdf.PdfReader(io.BytesIO((tmp_path / "letter.pdf").read_bytes())).pages[0]
    assert "Wulandari" in text.extract_text()
    assert "IIRE Amsterdam" in text.extract_text()
    line = next(iter(page(hands).lines.values()))
    assert (line.number, line.revision, line.state) == ("AMS-2027-0001", 1, "visa_pending")
    assert hands.store.read(recent_steps)[0].final  # the number has left: no undo
    press(hands, page(hands), "visa_mail")
    assert "is in the outbox" in page(hands).notice.text()
    press(hands, page(hands), "visa_refused")
    hands.type("no means")
    hands.press(Key.Key_Return, CONTROL)
    assert "Next One" in page(hands).notice.text()
    assert "Wulandari" not in {line.name for line in page(hands).lines.values()}


def test_a_visa_letter_that_is_not_saved_takes_no_number(hands: Hands, tmp_path: Path) -> None:
    """S08: Cancel in the dialog leaves no letter; the next one has the first number."""
    hands.press(Key.Key_V, CONTROL | SHIFT)
    page(hands).panel.form.editor("payer").setFocus()
    hands.press(Key.Key_Down)
    press(hands, page(hands).panel, "issue_letter")
    dialog = page(hands).findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("AMS-2027-0001-1.pdf")
    dialog.reject()
    wait_for(hands.desktop.tasks)
    assert next(iter(page(hands).lines.values())).number == ""
    press(hands, page(hands).panel, "issue_letter")
    save_to(hands, tmp_path / "AMS-2027-0001-1.pdf")
    assert next(iter(page(hands).lines.values())).number == "AMS-2027-0001"
    assert (tmp_path / "AMS-2027-0001-1.pdf").exists()


def test_the_table_of_visas_is_edited(hands: Hands) -> None:
    """S08: a line for a nationality gives the consulate's days and moves the last day."""
    hands.press(Key.Key_V, CONTROL | SHIFT)
    before = next(iter(page(hands).lines.values())).days_left
    press(hands, page(hands), "visa_rules")
    panel = page(hands).panel
    panel.items.add()
    for name, value in (("nationality", "ID"), ("working_days", 25)):
        panel.items.form.put(name, value)
    panel.items.save()
    wait_for(hands.desktop.tasks)
    line = next(one for one in page(hands).lines.values() if one.name == "Wulandari")
    assert line.days_left == before - 10
    assert "25 working days" in panel.items.list.item(0).text()
    hands.press(Key.Key_Escape)


def test_private_columns_hide_in_lists_too(hands: Hands) -> None:
    """One key hides who needs a visa and which nationality somebody has."""
    hands.press(Key.Key_V, CONTROL | SHIFT)
    table = page(hands).table
    need = [column.title for column in table.lazy.columns].index("Visa")
    assert not table.isColumnHidden(need)
    hands.window.place.hide_private(True)
    assert table.isColumnHidden(need)


def test_another_gathering_closes_the_list(hands: Hands) -> None:
    """A list never shows the delegations of a gathering that is no longer chosen."""
    hands.press(Key.Key_G, CONTROL | SHIFT)
    other = next(one for one in hands.window.gatherings if "Other" in one.title)
    hands.window.choose(other.id)
    wait_for(hands.desktop.tasks)
    place = hands.window.place
    assert isinstance(place, Applications)
    assert place.pages.opened is None


def test_the_list_beneath_is_out_of_reach(hands: Hands) -> None:
    """Commands of applications change nothing while delegations cover them."""
    hands.window.place.table.selectAll()
    assert hands.window.place.selected_ids()
    hands.press(Key.Key_G, CONTROL | SHIFT)
    wait_for(hands.desktop.tasks)
    first = page(hands)
    assert hands.window.place.selected_ids() == ()
    assert hands.window.context().selected == ()
    hands.press(Key.Key_Escape)
    wait_for(hands.desktop.tasks)
    assert hands.window.place.selected_ids()
    hands.press(Key.Key_G, CONTROL | SHIFT)
    assert page(hands) is first  # made once
