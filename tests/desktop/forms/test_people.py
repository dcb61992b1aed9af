"""Several people in one field: known ones found, new ones made, one taken out again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from schoolapp.desktop import forms
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms import Form
from schoolapp.desktop.forms.people import PeopleEditor
from schoolapp.desktop.look.look import Look
from schoolapp.domain.text import fold
from schoolapp.domain.who import Who
from schoolapp.storage.store import DbSession
from tests.desktop.conftest import typed_out, wait_for

Key = Qt.Key
KNOWN = {1: "Ana Pérez", 2: "Ana Cruz", 3: "Bilal Khan"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form edits."""

    people: tuple[Who, ...] = ()


def search(session: DbSession, text: str) -> list[tuple[int, str]]:
    """The people with these letters in their names."""
    return [(key, name) for key, name in KNOWN.items() if fold(text) in fold(name)]


def names(session: DbSession, people: Iterable[int]) -> Mapping[int, str]:
    """Their names."""
    return {key: KNOWN[key] for key in people}


@pytest.fixture
def form(qapp: QApplication, look: Look, tasks: Tasks) -> Iterator[Form[Draft]]:
    """A form in a window of its own."""
    field = forms.people("people", "Speakers", look, search, names)
    made: Form[Draft] = Form(tasks, look, (field,))
    made.show_draft(Draft())
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    made.first_field().setFocus()
    yield made
    made.close()
    made.deleteLater()


def editor(form: Form[Draft]) -> PeopleEditor:
    """The editor of the people."""
    found = form.editor("people")
    assert isinstance(found, PeopleEditor)
    return found


def enter(form: Form[Draft], tasks: Tasks, text: str) -> None:
    """Type a name and press Enter."""
    line = editor(form).line
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Key.Key_Return)
    wait_for(tasks)


def test_a_whole_name_is_the_person_and_an_unknown_one_is_new(
    form: Form[Draft], tasks: Tasks
) -> None:
    """Accents and capitals make no other person; who is there already is not there twice."""
    enter(form, tasks, "ana perez")
    enter(form, tasks, "Dina Haddad")
    enter(form, tasks, "Ana Perez")
    assert form.draft.people == (1, "Dina Haddad")
    marks = str.maketrans("", "", "\u2068\u2069")
    shown = [editor(form).list.item(n).text().translate(marks) for n in range(2)]
    assert shown == ["Ana Pérez", "Dina Haddad (new)"]


def test_a_part_of_a_name_is_never_guessed(form: Form[Draft], tasks: Tasks) -> None:
    """Two people have it: Enter takes nobody, and the field says what to do."""
    enter(form, tasks, "Ana")
    assert form.draft.people == ()
    assert "choose somebody from the list" in form.problems()["people"]
    popup = editor(form).search.popup
    assert popup.isVisible()
    offered = [popup.model().index(n, 0).data() for n in range(popup.model().rowCount())]
    assert offered[:2] == ["Ana Pérez", "Ana Cruz"]
    assert offered[2].startswith("New person: ")
    for _turn in range(2):
        QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    assert form.draft.people == (2,)
    assert form.problems() == {}


def test_the_last_entry_makes_somebody_new_of_a_name_that_others_have(
    form: Form[Draft], tasks: Tasks
) -> None:
    """A third Ana is a person of her own."""
    line = editor(form).line
    QTest.keyClicks(line, "Ana")
    typed_out(tasks, form)
    popup = editor(form).search.popup
    for _turn in range(3):
        QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    assert form.draft.people == ("Ana",)


def test_del_takes_one_out_and_names_come_with_what_is_shown(
    form: Form[Draft], tasks: Tasks
) -> None:
    """People who are stored are shown by name; Del removes the one under the cursor."""
    form.show_draft(Draft((3, 1)))
    wait_for(tasks)
    shown = editor(form).list
    assert [shown.item(n).text() for n in range(2)] == ["Bilal Khan", "Ana Pérez"]
    shown.setFocus()
    QTest.keyClick(shown, Key.Key_Delete)
    assert form.draft.people == (1,)
    QTest.keyClick(shown, Key.Key_Delete)
    assert form.draft.people == ()
    assert not shown.isVisible()
    assert editor(form).line.hasFocus()
