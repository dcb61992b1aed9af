"""A form that is dropped a second time: whose each row is, before and now, questions answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.places.applications.importing.lines import UNDECIDED
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.applications import Application
from schoolapp.storage.store import DbSession
from tests.desktop.places.applications.importing.test_importing import drop
from tests.desktop.schools import CONTROL, Hands, school

Key = Qt.Key
HEAD = "ID,Full name,E-mail,Date of birth,Country,Motivation"
ANA = "1,Ana Ruiz,ana@example.org,1990-05-17,Spain,to learn"
BO = "2,Bo Dahl,bo@example.org,1991-05-27,Denmark,to meet"
CAI = "3,Cai Lund,cai@example.org,1992-01-02,Denmark,to sing"
BETTER = "2,Bo Dahl,bo.new@example.org,1991-05-27,Sweden,to meet"
BERTA = "1,Berta Gómez,ana@example.org,2001-02-03,Spain,to look"


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The applications of the Amsterdam school."""
    with school(qapp, practice_file, (Applications,), "Global Justice School") as made:
        yield made


@pytest.fixture
def later(hands: Hands, tmp_path: Path) -> Path:
    """The form, sorted anew, after it was imported by hand: one row corrected, one of another."""
    file = tmp_path / "form.csv"
    file.write_text("\n".join((HEAD, ANA, BO, CAI)), "utf-8")
    drop(hands, file)
    hands.press(Key.Key_Return, CONTROL)
    file.write_text("\n".join((HEAD, CAI, BETTER, BERTA)), "utf-8")
    return file


def people(hands: Hands) -> dict[str, tuple[str | None, str | None]]:
    """Address and country of everybody who came from the form."""

    def look(session: DbSession) -> dict[str, tuple[str | None, str | None]]:
        found = session.query(Application).filter_by(source_file="form.csv")
        return {a.person.display_name: (a.person.email, a.person.country) for a in found}

    return hands.store.read(look)


def test_a_changed_row_shows_whose_it_is_before_and_now(hands: Hands, later: Path) -> None:
    """The application of the person, and each field; Ctrl+Enter renews these and nothing else."""
    page = drop(hands, later)
    assert "1 changed" in page.summary.text()
    page.table.select_id(2)
    assert "The application of \u2068Bo Dahl\u2069" in page.review.whose.text()
    assert page.review.changes.texts() == [
        "", "Before", "Now",
        "E-mail", "bo@example.org", "bo.new@example.org",
        "Country", "Denmark", "Sweden",
    ]  # fmt: skip
    assert "bo.new@example.org" in page.planned.lines[2].remarks
    assert not page.review.same_button.isVisibleTo(page.review)
    page.table.select_id(1)
    assert not page.review.changes.isVisibleTo(page.review)
    hands.press(Key.Key_Return, CONTROL)
    found = people(hands)
    assert found["Bo Dahl"] == ("bo.new@example.org", "SE")
    assert found["Ana Ruiz"] == ("ana@example.org", "ES")
    assert found["Berta Gómez"] == ("ana@example.org", "ES")


def test_a_question_about_an_earlier_row_is_answered_by_keys(hands: Hands, later: Path) -> None:
    """Enter goes to it, with what agrees and what does not; S renews, T makes it new."""
    page = drop(hands, later)
    hands.press(Key.Key_Return)
    assert page.table.current_id() == 3
    line = page.planned.lines[3]
    assert (line.outcome, line.is_open) == ("Perhaps imported before", True)
    assert "May be the application of \u2068Ana Ruiz\u2069" in page.review.whose.text()
    assert "same number of the form" in page.review.reasons.text()
    assert "another name" in page.review.reasons.text()
    assert {"Ana Ruiz", "Berta Gómez"} <= set(page.review.pair.texts())
    hands.press(Key.Key_S)
    assert "2 changed" in page.summary.text()
    assert {"Ana Ruiz", "Berta Gómez"} <= set(page.review.changes.texts())
    assert page.review.same_button.isVisibleTo(page.review)
    hands.press(Key.Key_S)
    assert page.planned.lines[3].is_open
    hands.press(Key.Key_T)
    assert "1 new person" in page.summary.text()
    assert UNDECIDED not in page.planned.lines[3].groups  # the address of two is a doubt still
    hands.press(Key.Key_T)
    hands.press(Key.Key_S)
    hands.press(Key.Key_Return, CONTROL)
    assert set(people(hands)) == {"Berta Gómez", "Bo Dahl", "Cai Lund"}
    hands.undo()
    assert set(people(hands)) == {"Ana Ruiz", "Bo Dahl", "Cai Lund"}


def test_what_is_in_doubt_is_shown_as_staying(hands: Hands, later: Path) -> None:
    """A cell that nobody can read is not shown as a change that would be made."""
    later.write_text("\n".join((HEAD, ANA.replace("1990-05-17", "03/04/1990"), CAI)), "utf-8")
    page = drop(hands, later)
    page.table.select_id(1)
    assert "in doubt, stays as it was" in page.review.changes.texts()
