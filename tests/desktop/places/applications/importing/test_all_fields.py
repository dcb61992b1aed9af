"""Whatever a column of a form can mean is stored and found again: over the whole menu."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import odfdo
import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from schoolapp import cli
from schoolapp.base.language import isolate
from schoolapp.desktop.places.applications.importing import ImportPage
from schoolapp.desktop.places.applications.importing.words import FIELDS
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.people import PersonDraft
from schoolapp.operations.delegations.editing import DelegationDraft, save_delegation
from schoolapp.operations.gatherings.templates import create_from_template, read_templates
from schoolapp.operations.people.editing import save_person
from tests.databases import Place
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, Hands, school

Key = Qt.Key
CODE = "os2027"


@dataclass(frozen=True, slots=True)
class Put:
    """A cell, what the machine's list says under which key, and the words that the window shows.

    ``package`` is where it stands in the exported packages: file, key of the object, value.
    ``typed`` is how a field of the panel writes it, where that differs.
    """

    cell: str
    key: str
    stored: Any
    shown: str
    package: tuple[str, str, Any] | None = None
    typed: str = ""


def euros(amount: str) -> dict[str, str]:
    """An amount as the packages write it."""
    return {"amount": amount, "currency": "EUR"}


ANSWERED = ("birth_place", "age", "paid", "answer")
"""What is kept in its own words."""
OF_THE_FORM = ("source_id", "draft")
"""About the form and not the person: its words are kept in the row."""
WHOLE = {
    "full_name": Put("Amina Khan", "full_name", "Amina Khan", "Amina Khan",
                     ("people", "display_name", "Amina Khan")),
    "native_name": Put("آمنہ خان", "native_name", "آمنہ خان", "آمنہ خان",
                       ("people", "native_name", "آمنہ خان")),
    "email": Put("amina@example.org", "email", "amina@example.org", "amina@example.org",
                 ("people", "email", "amina@example.org")),
    "born": Put("1990-05-17", "born", "1990-05-17", "17 May 1990",
                ("people", "born", "1990-05-17")),
    "country": Put("Pakistan", "country", "PK", "Pakistan", ("people", "country", "PK")),
    "nationality": Put("Nepal", "nationality", "NP", "Nepal", ("people", "nationality", "NP")),
    "birth_place": Put("Lahore", "answers", "Lahore", "Lahore"),
    "first_time": Put("Yes", "first_time", True, "Yes", ("application", "first_time", True)),
    "languages": Put("Urdu, English", "languages", ["ur", "en"], "Urdu, English"),
    "gender": Put("Woman", "gender", "woman", "Woman", ("people", "gender", "woman")),
    "pronouns": Put("she/her", "pronouns", "she/her", "she/her", ("people", "pronouns", "she/her")),
    "phone": Put("+92 300 1234567", "phone", "+92 300 1234567", "+92 300 1234567",
                 ("people", "phone", "+92 300 1234567")),
    "delegation": Put("Lahore circle", "delegation", "Lahore circle", "Lahore circle",
                      ("application", "delegation", "")),
    "organisation": Put("Home Net", "organisation", "Home Net", "Home Net",
                        ("application", "organisation", "Home Net")),
    "motivation": Put("We organise at home.", "motivation", "We organise at home.",
                      "We organise at home.",
                      ("application", "motivation", "We organise at home.")),
    "modules": Put("Module 2", "modules", ["m2"], "Module 2", ("application", "modules", ["m2"])),
    "travel": Put("300", "travel", "300.00 EUR", "300.00 EUR",
                  ("application", "asked_travel", euros("300.00")), "300.00"),
    "contribution": Put("50", "contribution", "50.00 EUR", "50.00 EUR",
                        ("application", "contribution", euros("50.00")), "50.00"),
    "fee": Put("120", "fee", "120.00 EUR", "120.00 EUR",
               ("application", "named_fee", euros("120.00")), "120.00"),
    "age": Put("36", "answers", "36", "36"),
    "paid": Put("by bank", "answers", "by bank", "by bank"),
    "visa": Put("Yes", "needs_visa", True, "Yes", ("application", "needs_visa", True)),
    "subsidy": Put("No", "asks_subsidy", False, "No", ("application", "asks_subsidy", False)),
    "diet": Put("Vegetarian", "diet", "Vegetarian", "Vegetarian",
                ("participants", "diet", "Vegetarian")),
    "access": Put("Ground floor", "access", "Ground floor", "Ground floor",
                  ("participants", "access", "Ground floor")),
    "parental_consent": Put("Yes", "parental_consent", True, "Yes",
                            ("participants", "parental_consent", "signed")),
    "privacy": Put("Yes", "consent", True, "Yes", ("participants", "consent_on", "2027-03-02")),
    "arrival": Put("2027-10-24", "arrival", "2027-10-24", "24 Oct 2027",
                   ("application", "arrival", "2027-10-24"), "2027-10-24"),
    "departure": Put("2027-11-10", "departure", "2027-11-10", "10 Nov 2027",
                     ("application", "departure", "2027-11-10"), "2027-11-10"),
    "submitted_at": Put("2027-03-02 10:00:00", "submitted", "2027-03-02T10:00:00", "2 Mar 2027"),
    "draft": Put("No", "state", "accepted", "No"),
    "source_id": Put("417", "row", 1, "417"),
    "answer": Put("A small one", "answers", "A small one", "A small one"),
}  # fmt: skip
"""One person of whom everything is said, by the fields of the menu."""
PARTS = {
    "given": Put("Joana", "full_name", "Joana", "Joana"),
    "middle": Put("Maria", "full_name", "Maria", "Maria"),
    "prefix": Put("van", "full_name", "van", "van"),
    "family": Put("Alves", "full_name", "Alves", "Alves"),
    "second_family": Put("Lima", "full_name", "Lima", "Lima"),
}
"""One whose name comes in parts."""
assert WHOLE.keys() | PARTS.keys() == FIELDS.keys()


def as_csv(rows: list[list[str]]) -> bytes:
    """The rows as a csv file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: list[list[str]]) -> bytes:
    """The rows as a workbook, written by another library than the one that reads it."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for n, cell in enumerate(row):
                sheet.write_string(at, n, cell)
    return data.getvalue()


def as_ods(rows: list[list[str]]) -> bytes:
    """The rows as an OpenDocument sheet."""
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Form")
    for row in rows:
        table.append_row(odfdo.Row(len(row)))
        for n, cell in enumerate(row):
            table.set_value((n, table.height - 1), cell)
    document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "ods": as_ods}


@pytest.fixture
def database(file_place: Place) -> Path:
    """The file of the database."""
    assert isinstance(file_place.where, Path)
    return file_place.where


@pytest.fixture
def hands(qapp: QApplication, file_place: Place, database: Path) -> Iterator[Hands]:
    """A school of one's own from the template, with a delegation; no package was loaded."""
    store = file_place.open()
    template = next(one for one in read_templates() if one.kind == "school")
    key = store.change(
        "New",
        lambda s: create_from_template(
            s, template=template, title="Own school", start_date=dt.date(2027, 10, 23)
        ),
    ).value
    leader = store.change(
        "New", lambda s: save_person(s, draft=PersonDraft(display_name="Bilal Aziz"))
    ).value
    circle = DelegationDraft(gathering_id=key, name="Lahore circle", leader_id=leader)
    store.change("New", lambda s: save_delegation(s, draft=circle))
    store.close()
    with school(qapp, database, (Applications,), "Own school") as made:
        yield made


def imported(hands: Hands, file: Path, meanings: dict[str, str]) -> None:
    """Open a file, choose what each column means, and import it."""
    place = hands.window.place
    assert isinstance(place, Applications)
    place.open_file(str(file))
    wait_for(hands.desktop.tasks)
    page: ImportPage = place.pages.importing
    for heading, field in meanings.items():
        page.columns.meaning_chosen.emit(heading, field)
        wait_for(hands.desktop.tasks)
    hands.press(Key.Key_Return, CONTROL)
    place.table.setFocus()


def words_in(widget: QWidget) -> str:
    """All words that a panel or a card shows: in labels, lines, texts, choices and ticks."""
    found = [label.text() for label in widget.findChildren(QLabel)]
    found += [line.text() for line in widget.findChildren(QLineEdit)]
    found += [text.toPlainText() for text in widget.findChildren(QPlainTextEdit)]
    found += [box.currentText() for box in widget.findChildren(QComboBox)]
    for items in widget.findChildren(QListWidget):
        lines = (items.item(n) for n in range(items.count()))
        found += [one.text() for one in lines if one.checkState() == Qt.CheckState.Checked]
    return "\n".join(found).translate(dict.fromkeys([0x2066, 0x2067, 0x2068, 0x2069, 0x200E]))


def cli_json(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command prints for machines."""
    capsys.readouterr()
    assert cli.run([str(argument) for argument in arguments]) == 0
    out = capsys.readouterr().out
    return json.loads(out) if out else None


def sheet_of(put: dict[str, Put]) -> list[list[str]]:
    """A heading and a cell for each field; the headings say nothing of what they mean."""
    return [[f"Column {field}." for field in put], [one.cell for one in put.values()]]


def meanings(put: dict[str, Put]) -> dict[str, str]:
    """What each heading is to mean."""
    return {isolate(f"Column {field}."): field for field in put}


@pytest.mark.parametrize("ending", WRITERS)
def test_every_meaning_of_a_column_is_found_again(
    hands: Hands, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    """Put, imported, accepted: in panel, decide mode, the list for machines and the packages."""
    for number, put in enumerate((WHOLE, PARTS)):
        file = tmp_path / f"form{number}.{ending}"
        file.write_bytes(WRITERS[ending](sheet_of(put)))
        imported(hands, file, meanings(put))
    place = hands.window.place
    assert isinstance(place, Applications)
    for at, put in enumerate((WHOLE, PARTS)):
        place.table.select_id(place.table.lazy.row_id(at))
        place.edit()
        wait_for(hands.desktop.tasks)
        shown = words_in(place.panels.application)
        assert [f for f, one in put.items() if (one.typed or one.shown) not in shown] == []
        hands.window.run("applications.accept")
        wait_for(hands.desktop.tasks)
        hands.window.run("applications.meeting")
        wait_for(hands.desktop.tasks)
        place.pages.meeting.list.select_id(place.table.lazy.row_id(at))
        wait_for(hands.desktop.tasks)
        shown = words_in(place.pages.meeting.card)
        asked = [f"Column {field}." for field in put]
        missing = [f for f, one in put.items() if one.shown not in shown and one.cell not in shown]
        assert missing == []
        assert [heading for heading in asked if heading not in shown] == []
        place.pages.close_page()
    listed = cli_json(capsys, "applications", "--gathering", CODE, "--json", "--database", database)
    by_name = {one["full_name"]: one for one in listed}
    amina, joana = by_name["Amina Khan"], by_name["Joana Maria van Alves Lima"]
    assert (amina["state"], joana["state"]) == ("accepted", "accepted")
    for field, one in WHOLE.items():
        if field in ANSWERED:
            assert amina["answers"][f"Column {field}."] == one.stored
        else:
            assert amina[one.key] == one.stored, field
    assert amina["minor"] is False
    exported(amina, database, tmp_path, capsys)


def exported(
    amina: dict[str, Any], database: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check that the packages hold everything too."""
    cli_json(capsys, "export", "practice", "--to", folder / "out", "--database", database)
    files = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("out/*.json")}
    people = files["people"] if isinstance(files["people"], list) else files["people"]["people"]
    person = next(one for one in people if one["uuid"] == amina["person"])
    package = files[CODE]
    application = next(one for one in package["applications"] if one["person"] == person["id"])
    part = next(one for one in package["event"]["participants"] if one["person"] == person["id"])
    sides = {"people": person, "application": application, "participants": part}
    for field, one in WHOLE.items():
        if field == "delegation":
            assert application["delegation"] == part["delegation"] != ""
        elif one.package is not None:
            side, key, value = one.package
            assert sides[side][key] == value, field
        else:
            assert application["raw"][f"Column {field}."] == one.cell, field
    assert {one["question"] for one in application["answers"]} == {
        f"Column {field}." for field in ANSWERED
    }
    assert (part["arrival"][:10], part["departure"][:10]) == ("2027-10-24", "2027-11-10")
