"""Doubtful cells of a sheet are corrected in the preview, by keyboard, before anything is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.places.applications.importing import ImportPage
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.applications import Application
from schoolapp.domain.people import Person
from schoolapp.storage.store import DbSession
from tests.desktop.conftest import wait_for
from tests.desktop.places.applications.importing.test_importing import drop
from tests.desktop.schools import CONTROL, Hands, school
from tests.exchange import google_form

Key = Qt.Key
HEAD = "Full name,E-mail,Date of birth,Country"
ROWS = ("Ana Ruiz,ana@example.org,1/3/1988,Spain", "Ben Okri,ben@example.org,2/4/1990,Atlantis",
        "Cai Lund,cai@example.org,25/2/1991,Denmark")  # fmt: skip


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The applications of the Amsterdam school."""
    with school(qapp, practice_file, (Applications,), "Global Justice School") as made:
        yield made


@pytest.fixture
def page(hands: Hands, tmp_path: Path) -> ImportPage:
    """A small sheet dropped on the window: two dates that can be turned, one unknown country."""
    file = tmp_path / "form.csv"
    file.write_text("\n".join((HEAD, *ROWS)), "utf-8")
    return drop(hands, file)


def people(hands: Hands) -> dict[str, Person]:
    """The imported people by name."""

    def read(session: DbSession) -> dict[str, Person]:
        found = session.query(Application).join(Person)
        return {
            a.person.display_name: a.person
            for a in found.filter(Application.source_file == "form.csv")
        }

    return hands.store.read(read)


def groups(page: ImportPage) -> int:
    """How many rows stand under the chip of the doubtful ones."""
    assert page.planned is not None
    return sum("doubtful" in line.groups for line in page.planned.lines.values())


def type_over(hands: Hands, words: str) -> None:
    """E, the words, Enter: the first doubtful cell of the row is corrected."""
    hands.press(Key.Key_E)
    hands.type(words)
    hands.press(Key.Key_Return)


def test_S04_each_real_doubt_of_a_form_is_corrected_by_keyboard(
    hands: Hands, tmp_path: Path
) -> None:
    """Enter, E, the right words, Enter: ten doubts of forty rows, then none (S04, T2)."""
    file = tmp_path / "form.csv"
    file.write_bytes(google_form.as_csv())
    page = drop(hands, file)
    assert groups(page) == len(google_form.DOUBTS)
    assert page.planned is not None
    assert page.planned.plan.doubtful == len(google_form.DOUBTS)
    for done, (number, real) in enumerate(google_form.DOUBTS.items(), 1):
        hands.press(Key.Key_Return)
        assert page.table.current_id() == number
        type_over(hands, real.typed)
        assert page.table.hasFocus()
        assert page.review.cells.values[real.field].text().startswith("Read as")
        assert groups(page) == len(google_form.DOUBTS) - done
    assert "doubts" not in page.summary.text()
    hands.press(Key.Key_Return, CONTROL)
    found = people(hands)
    assert len(found) == 40
    assert found["Karin Larsson"].email == "p39@example.org"
    assert {str(person.born) for person in found.values()} >= {"1990-02-21", "1998-06-17"}
    assert "UZ" in {person.country for person in found.values()}


def test_a_question_about_a_date_shows_both_dates(hands: Hands, page: ImportPage) -> None:
    """Day first and month first say which day each makes of the cell; M takes the second."""
    assert page.review.day_button.text() == "Day first: \u20681 March 1988\u2069 (D)"
    assert page.review.month_button.text() == "Month first: \u20683 January 1988\u2069 (M)"
    assert page.review.accept_button.text() == "Use \u20681 March 1988\u2069 (A)"
    hands.press(Key.Key_M)
    assert page.review.cells.editors["born"].isHidden()
    hands.press(Key.Key_Return, CONTROL)
    assert str(people(hands)["Ana Ruiz"].born) == "1988-01-03"


def test_any_cell_can_be_corrected_and_taken_back(hands: Hands, page: ImportPage) -> None:
    """A row without a doubt shows its cells on E; the sheet's own words undo a correction."""
    page.table.select_id(3)
    editors = page.review.cells.editors
    assert editors["country"].isHidden()
    hands.press(Key.Key_E)
    assert not editors["country"].isHidden()
    editors["country"].setFocus()
    editors["country"].selectAll()
    hands.type("Norway")
    hands.press(Key.Key_Return)
    assert page.review.cells.values["country"].text() == "Read as \u2068Norway\u2069"
    assert page.wanted.corrections[3] == {"country": "Norway"}
    editors["country"].setFocus()
    editors["country"].selectAll()
    hands.type("Denmark")
    hands.press(Key.Key_Return)
    assert page.wanted.corrections[3] == {}


def test_words_that_are_not_understood_stay_a_doubt(hands: Hands, page: ImportPage) -> None:
    """What was typed is read like a cell: nothing is believed because somebody typed it."""
    page.table.select_id(2)
    page.review.cells.edit()
    page.review.cells.editors["country"].setFocus()
    page.review.cells.editors["country"].selectAll()
    hands.type("Lemuria")
    hands.press(Key.Key_Return)
    assert page.review.cells.values["country"].text() == "Not understood"
    assert "Lemuria" in page.review.doubts.text()


def test_escape_leaves_the_cell_and_not_the_page(hands: Hands, page: ImportPage) -> None:
    """Esc takes back what was typed and goes to the rows; once more it leaves the import."""
    hands.press(Key.Key_E)
    hands.type("nothing of it")
    hands.press(Key.Key_Escape)
    assert page.isVisible()
    assert page.table.hasFocus()
    assert page.review.cells.editors["born"].text() == "1/3/1988"
    assert page.wanted.corrections == {}
    hands.press(Key.Key_Escape)
    assert not page.isVisible()


def test_what_is_being_typed_is_read_before_the_import(hands: Hands, page: ImportPage) -> None:
    """Ctrl+Enter within a cell shows what it was read as; the next one imports."""
    hands.press(Key.Key_E)
    hands.type("5 March 1988")
    hands.press(Key.Key_Return, CONTROL)
    assert page.isVisible()
    assert page.wanted.corrections == {1: {"born": "5 March 1988"}}
    hands.press(Key.Key_Return, CONTROL)
    wait_for(hands.desktop.tasks)
    assert str(people(hands)["Ana Ruiz"].born) == "1988-03-05"


def test_a_suggestion_can_be_taken_beside_a_correction(hands: Hands, page: ImportPage) -> None:
    """A row with two doubts: one is typed, the other is accepted with A."""
    page.table.select_id(2)
    page.correct(2, "country", "Chile")
    wait_for(hands.desktop.tasks)
    hands.press(Key.Key_A)
    assert page.planned is not None
    assert page.planned.lines[2].doubts == ()


def test_a_correction_makes_another_plan(hands: Hands, page: ImportPage) -> None:
    """The token of what is shown covers what was typed (S03)."""
    assert page.planned is not None
    before = page.planned.plan.token
    type_over(hands, "1988-03-01")
    assert page.planned.plan.token != before


def test_corrections_survive_another_order_of_dates(hands: Hands, page: ImportPage) -> None:
    """Reading the sheet again keeps what was typed."""
    type_over(hands, "5 March 1988")
    page.table.select_id(2)
    hands.press(Key.Key_M)
    hands.press(Key.Key_Return, CONTROL)
    found = people(hands)
    assert str(found["Ana Ruiz"].born) == "1988-03-05"
    assert str(found["Ben Okri"].born) == "1990-02-04"


def test_the_cells_can_be_heard(hands: Hands, page: ImportPage) -> None:
    """A screen reader hears which field it is, what is doubtful and what was read."""
    editor = page.review.cells.editors["born"]
    assert editor.accessibleName() == "Date of birth"
    assert "Day or month first?" in editor.accessibleDescription()
    assert "Not understood" in editor.accessibleDescription()
