"""The import of a sheet in the window: steps, review, decisions and columns, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6 import __version_info__
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from schoolapp.desktop.places.applications.importing import ImportPage
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.applications import Application, ImportForm
from schoolapp.domain.people import Person
from schoolapp.exchange.applications.sheets import Opening
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, Hands, school

Key = Qt.Key
HEAD = "Timestamp,Full name,E-mail,Date of birth,Country,Colour"
ROWS = (
    "2027-03-02 10:00:00,Ana Ruiz,ana@example.org,14/02/1990,Spain,red",
    "2027-03-02 11:00:00,Ben Okri,ben@hotmial.com,25/02/1991,Nigeria,blue",
    "2027-03-02 12:00:00,Cai Lund,cai@example.org,03/04/1992,Denmark,red",
    "2027-03-02 13:00:00,Ana Ruíz,ana.ruiz@example.net,14/02/1990,Spain,red",
)


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The applications of the Amsterdam school."""
    with school(qapp, practice_file, (Applications,), "Global Justice School") as made:
        yield made


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A form with a doubtful date, a mistyped address and a person who applied twice."""
    file = tmp_path / "form.csv"
    file.write_text("\n".join((HEAD, *ROWS)), "utf-8")
    return file


def drop(hands: Hands, file: Path) -> ImportPage:
    """Drop a file on the window with the mouse."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    at, copy, left = QPointF(400, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    spot = at if __version_info__ >= (6, 12) else at.toPoint()  # each Qt knows its own only
    enter = QDragEnterEvent(spot, copy, data, left, none)
    QApplication.sendEvent(hands.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(hands.window, QDropEvent(at, copy, data, left, none, QEvent.Type.Drop))
    wait_for(hands.desktop.tasks)
    shown = hands.window.place
    assert isinstance(shown, Applications)
    assert shown.pages.importing.isVisible()
    return shown.pages.importing


def imported(hands: Hands) -> dict[str, tuple[str | None, str | None, list[str]]]:
    """Address, birth date and issues of the imported people by name."""

    def read(session: object) -> dict[str, tuple[str | None, str | None, list[str]]]:
        found = session.query(Application).join(Person)  # type: ignore[attr-defined]
        return {
            a.person.display_name: (a.person.email, str(a.person.born or ""), list(a.issues))
            for a in found.filter(Application.source_file == "form.csv")
        }

    return hands.store.read(read)


def test_T2_a_dropped_file_is_imported_by_two_steps(hands: Hands, form: Path) -> None:
    """Drop, Ctrl+Enter: the doubtful cells stay empty, nobody is merged (T2, S03, S04, S05)."""
    page = drop(hands, form)
    assert "3 new people" in page.summary.text()
    remarks = {line.name: line.remarks for line in page.planned.lines.values()}
    assert remarks["Cai Lund"].startswith("Date of birth: Day or month first?")
    hands.press(Key.Key_Return, CONTROL)
    found = imported(hands)
    assert found["Ben Okri"][0] is None
    assert found["Cai Lund"][1] == ""
    assert {"Ana Ruiz", "Ana Ruíz"} <= set(found)


def test_the_row_is_set_apart_from_the_list(hands: Hands, form: Path) -> None:
    """The row under the cursor is on the grey of the window, the list above it on white."""
    page = drop(hands, form)
    picture = page.review.grab().toImage()
    ground = picture.pixelColor(picture.width() - 30, picture.height() - 30)
    assert ground == page.palette().window().color()
    assert ground != page.table.palette().base().color()


def test_S04_each_doubt_is_answered_by_one_key(hands: Hands, form: Path) -> None:
    """Enter goes to the next question; A, D and S answer it: the form then holds no doubt."""
    page = drop(hands, form)
    hands.press(Key.Key_Return)
    assert page.table.current_id() == 2
    assert "ben@hotmail.com" in page.review.accept_button.text()
    hands.press(Key.Key_A)
    hands.press(Key.Key_Return)
    assert page.table.current_id() == 3
    hands.press(Key.Key_D)
    hands.press(Key.Key_Return)
    assert page.table.current_id() == 4
    assert {"ana@example.org", "ana.ruiz@example.net"} <= set(page.review.pair.texts())
    hands.press(Key.Key_S)
    assert "1 merged" in page.summary.text()
    hands.press(Key.Key_Return, CONTROL)
    found = imported(hands)
    assert found["Ben Okri"][0] == "ben@hotmail.com"
    assert found["Cai Lund"][1] == "1992-04-03"
    assert "Ana Ruíz" not in found


def test_S05_two_people_are_kept_apart_by_a_key(hands: Hands, form: Path) -> None:
    """T says that a pair is two people; T again takes that back."""
    page = drop(hands, form)
    page.table.select_id(4)
    assert page.planned.lines[4].is_open
    hands.press(Key.Key_T)
    assert "4 new people" in page.summary.text()
    assert not page.planned.lines[4].is_open
    hands.press(Key.Key_T)
    assert "3 new people" in page.summary.text()


def test_S03_columns_are_mapped_once_by_keyboard(hands: Hands, form: Path) -> None:
    """Ctrl+M, a column, Enter, a meaning: kept for the next file of the form (S03)."""
    page = drop(hands, form)
    hands.press(Key.Key_M, CONTROL)
    page.columns.table.select_id(6)
    assert page.columns.lines[6].field == "answer"
    hands.press(Key.Key_Return)
    menu = page.columns.findChild(QMenu)
    assert menu is not None
    action = next(one for one in menu.actions() if one.text() == "Diet")
    menu.setActiveAction(action)
    QTest.keyClick(menu, Key.Key_Return)
    wait_for(hands.desktop.tasks)
    assert page.columns.lines[6].field == "diet"
    hands.press(Key.Key_Return, CONTROL)
    assert hands.store.read(lambda s: s.query(ImportForm).one().mapping["columns"]["Colour"]) == (
        "diet"
    )
    page = drop(hands, form)
    assert "4 imported before" in page.summary.text()
    assert page.columns.lines[6].field == "diet"


def test_a_meaning_belongs_to_one_column(hands: Hands, form: Path) -> None:
    """Another column is taken as the country: the one before is kept in its own words."""
    page = drop(hands, form)
    assert (page.columns.lines[5].field, page.columns.lines[6].field) == ("country", "answer")
    page.columns.meaning_chosen.emit(page.columns.lines[6].heading, "country")
    wait_for(hands.desktop.tasks)
    assert (page.columns.lines[5].field, page.columns.lines[6].field) == ("answer", "country")


def test_E55_encoding_and_heading_row_can_be_changed(hands: Hands, tmp_path: Path) -> None:
    """What was found is shown; another choice reads the file again (E54, E55)."""
    file = tmp_path / "form.csv"
    file.write_bytes("Name;Country\nZoë Lund;Denmark\nAna Ruiz;Spain\n".encode("cp1252"))
    page = drop(hands, file)
    assert page.columns.encoding.currentData() == "cp1252"
    assert page.columns.delimiter.currentData() == ";"
    page.columns.opening_chosen.emit(Opening("utf-8", ";", 1))
    wait_for(hands.desktop.tasks)
    assert "utf-8" in hands.window.message_bar.words.text()
    assert page.columns.encoding.currentData() == "cp1252"  # it does not fit: as before
    page.columns.row.setValue(2)
    wait_for(hands.desktop.tasks)
    assert [line.heading for line in page.columns.lines.values()] == [
        "\u2068Zoë Lund\u2069",
        "\u2068Denmark\u2069",
    ]


def test_a_sheet_without_a_name_asks_which_column_it_is(hands: Hands, tmp_path: Path) -> None:
    """The columns are shown with the question; nothing is imported before it is answered."""
    file = tmp_path / "form.csv"
    file.write_text("Code,E-mail\nAna Paz,ana@example.org\n", "utf-8")
    page = drop(hands, file)
    assert page.columns.table.isVisible()
    assert page.columns.question.isVisible()
    assert "Which column holds the names?" in page.columns.question.text()
    assert not page.import_button.isEnabled()
    hands.press(Key.Key_Return, CONTROL)
    assert imported(hands) == {}
    page.columns.table.select_id(1)
    page.columns.table.setFocus()
    hands.press(Key.Key_Return)
    menu = page.columns.findChild(QMenu)
    assert menu is not None
    menu.setActiveAction(next(one for one in menu.actions() if one.text() == "Full name"))
    QTest.keyClick(menu, Key.Key_Return)
    wait_for(hands.desktop.tasks)
    assert not page.columns.question.isVisible()
    assert page.import_button.isEnabled()
    hands.press(Key.Key_Return, CONTROL)
    assert set(imported(hands)) == {"Ana Paz"}


def test_E55_each_encoding_is_offered_with_the_names_as_it_reads_them(
    hands: Hands, tmp_path: Path
) -> None:
    """The list of encodings shows what would come out; the one that was found is told (E55)."""
    file = tmp_path / "form.csv"
    lines = "Full name;E-mail\nŁukasz Święcicki;l@example.org\nGrażyna Wąsik;g@example.org\n"
    file.write_bytes(lines.encode("cp1250"))
    page = drop(hands, file)
    box = page.columns.encoding
    assert box.currentData() == "cp1250"
    assert "read as Windows-1250" in page.summary.text()
    offered = {box.itemData(n): box.itemText(n) for n in range(box.count())}
    assert "Łukasz Święcicki" in offered["cp1250"]
    assert "Łukasz" not in offered["cp1252"]
    hands.press(Key.Key_M, CONTROL)
    box.setFocus()
    hands.press(Key.Key_Up)
    assert box.currentData() == "cp1252"
    assert page.planned.lines[1].name != "Łukasz Święcicki"


def test_E54_sheets_that_are_not_read_are_named_and_can_be_chosen(
    hands: Hands, tmp_path: Path
) -> None:
    """The summary names them and counts hidden rows; the list of sheets reads another one (E54)."""
    file = tmp_path / "people.xlsx"
    book = openpyxl.Workbook()
    people, withdrawn = book.active, book.create_sheet("Withdrawn")
    for table, name in ((people, "Ana Ruiz"), (withdrawn, "Cy Lee")):
        table.append(["Full name", "E-mail"])
        table.append([name, "a@example.org"])
    people.row_dimensions[2].hidden = True
    book.save(file)
    page = drop(hands, file)
    assert "The table “Withdrawn” was not read" in page.summary.text()
    assert "1 row is hidden" in page.summary.text()
    assert [line.name for line in page.planned.lines.values()] == ["Ana Ruiz"]
    hands.press(Key.Key_M, CONTROL)
    box = page.columns.sheet
    assert (box.isVisible(), box.accessibleName()) == (True, "Sheet")
    box.setFocus()
    hands.press(Key.Key_End)
    assert box.currentData() == "Withdrawn"
    assert [line.name for line in page.planned.lines.values()] == ["Cy Lee"]
