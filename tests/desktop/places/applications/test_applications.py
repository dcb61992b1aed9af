"""The place of applications, by keyboard alone, on the practice schools."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from schoolapp.desktop.look.chips import Chip
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.storage.store import DbSession
from tests.desktop.conftest import typed_out, wait_for
from tests.desktop.schools import CONTROL, Hands, school
from tests.paths import MESSY

Key = Qt.Key


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The applications of the Amsterdam school."""
    with school(qapp, practice_file, (Applications,), "Global Justice School") as made:
        yield made


def place(hands: Hands) -> Applications:
    """The place that is open."""
    shown = hands.window.place
    assert isinstance(shown, Applications)
    return shown


def states(hands: Hands, name: str) -> list[ApplicationState]:
    """The states of a person's applications."""

    def read(session: DbSession) -> list[ApplicationState]:
        found = session.query(Application).join(Person)
        return [a.state for a in found.filter(Person.display_name == name)]

    return hands.store.read(read)


def count(hands: Hands, **having: bool) -> int:
    """How many people on the waiting list of the gathering have this fact."""
    at = hands.window.gathering
    assert at is not None

    def read(session: DbSession) -> int:
        found = session.query(Application).filter_by(gathering_id=at.id, **having)
        return found.filter_by(state=ApplicationState.WAITLISTED).count()

    return hands.store.read(read)


def participants(hands: Hands, name: str) -> int:
    """How many participations a person has."""

    def read(session: DbSession) -> int:
        found = session.query(Participation).join(Person, Participation.person)
        return int(found.filter(Person.display_name == name).count())

    return hands.store.read(read)


def reasons(hands: Hands, name: str) -> list[str]:
    """The reasons in the history of a person's application."""

    def read(session: DbSession) -> list[str]:
        found = session.query(Application).join(Person)
        one = found.filter(Person.display_name == name).one()
        return [step.reason for step in one.steps if step.reason]

    return hands.store.read(read)


def go_to(hands: Hands, name: str) -> None:
    """Put the cursor on a person: the search field, then the first row."""
    hands.press(Key.Key_F, CONTROL)
    hands.type(name)
    typed_out(hands.desktop.tasks, place(hands))
    place(hands).table.setFocus()
    hands.press(Key.Key_PageUp)


def register(hands: Hands, name: str) -> None:
    """Register somebody new by hand."""
    hands.press(Key.Key_N, CONTROL)
    hands.press(Key.Key_Tab)
    hands.type(name)
    hands.press(Key.Key_Return, CONTROL)


def test_the_list_opens_with_counts_and_places_left(hands: Hands) -> None:
    """The chips count each state, and how many places are left is always shown."""
    shown = place(hands)
    assert shown.table.lazy.rowCount() == 38
    chips = {chip.key: chip.accessibleName() for chip in shown.findChildren(Chip)}
    assert chips["waitlisted"] == "Waiting list, 5"
    assert chips["asks_subsidy"] == "Asks for a subsidy, 28"
    assert shown.figures.left.text() == "25 of 25 places left; 25 have completed"


def test_somebody_new_is_registered_accepted_and_taken_back(hands: Hands) -> None:
    """Ctrl+N, a name, Ctrl+Enter; A accepts; undo and redo both steps."""
    register(hands, "Ana Perez")
    assert states(hands, "Ana Perez") == [ApplicationState.SUBMITTED]
    assert place(hands).panels.application.title.text() == "Ana Perez"
    place(hands).table.setFocus()
    hands.press(Key.Key_A)
    assert states(hands, "Ana Perez") == [ApplicationState.ACCEPTED]
    assert participants(hands, "Ana Perez") == 1
    assert place(hands).figures.left.text() == "24 of 25 places left; 25 have completed"
    hands.undo()
    assert states(hands, "Ana Perez") == [ApplicationState.SUBMITTED]
    assert participants(hands, "Ana Perez") == 0
    hands.undo()
    assert states(hands, "Ana Perez") == []
    hands.redo()
    hands.redo()
    assert states(hands, "Ana Perez") == [ApplicationState.ACCEPTED]


def test_one_key_decides_and_the_next_one_comes(hands: Hands) -> None:
    """Two people, two letters: waiting list and decline, without another key between (T3)."""
    for name in ("Aaa One", "Aab Two"):
        register(hands, name)
        hands.press(Key.Key_Escape)
    shown = place(hands)
    go_to(hands, "aa")
    shown.table.setFocus()
    before = hands.pressed
    hands.press(Key.Key_W)
    hands.press(Key.Key_D)
    assert hands.pressed - before == 2
    assert states(hands, "Aaa One") == [ApplicationState.WAITLISTED]
    assert states(hands, "Aab Two") == [ApplicationState.REJECTED]


def last_waiting(hands: Hands) -> str:
    """Somebody on the waiting list of the gathering whose turn it is not."""
    at = hands.window.gathering
    assert at is not None

    def read(session: DbSession) -> list[str]:
        found = session.query(Application).filter_by(gathering_id=at.id)
        waiting = found.filter_by(state=ApplicationState.WAITLISTED)
        return [one.person.display_name for one in waiting]

    return hands.store.read(read)[-1]


def test_a_reason_is_asked_for_only_beside_its_application(hands: Hands) -> None:
    """Another application is shown: the question of the one before is gone."""
    go_to(hands, last_waiting(hands))
    hands.press(Key.Key_A)
    shown = place(hands)
    panel, first = shown.panels.application, shown.table.current_id()
    assert panel.reason.isVisible()
    shown.clear_filters()
    wait_for(hands.desktop.tasks)
    shown.table.select_id(next(key for key in shown.table.lazy.ids() if key != first))
    wait_for(hands.desktop.tasks)
    assert panel.key not in (None, first)
    assert not panel.reason.isVisible()


def test_a_guard_asks_for_the_reason_in_the_panel(hands: Hands) -> None:
    """Out of order on the waiting list: the panel asks why, Enter goes on, the history shows it."""
    shown = place(hands)
    last = last_waiting(hands)
    go_to(hands, last)
    hands.press(Key.Key_A)
    reason = hands.focus()
    assert isinstance(reason, QLineEdit)
    assert reason is shown.panels.application.reason
    assert states(hands, last) == [ApplicationState.WAITLISTED]
    hands.type("Speaks Urdu")
    hands.press(Key.Key_Return)
    assert states(hands, last) == [ApplicationState.ACCEPTED]
    assert reasons(hands, last) == ["Speaks Urdu"]


def test_the_panel_offers_the_steps_of_the_state(hands: Hands) -> None:
    """Enter opens the panel; its buttons are the steps that may be taken, with their keys."""
    register(hands, "Ana Perez")
    texts = [
        b.text().strip("\u2066\u2069")
        for b in place(hands).panels.application.findChildren(QPushButton)
    ]
    said = " ".join(texts).replace("\u2066", "").replace("\u2069", "")
    assert "Accept (A)" in said
    assert "Waiting list (W)" in said
    assert "Ask for more" in said


def press_in_panel(hands: Hands, name: str) -> None:
    """Press a button of the panel by the keyboard."""
    found = place(hands).panels.application.findChild(QPushButton, name)
    assert found is not None, name
    found.setFocus()
    hands.press(Key.Key_Space)


def test_the_buttons_of_the_panel_decide_and_take_steps(hands: Hands) -> None:
    """A decision and a step by the buttons at the side, each one change that can be undone."""
    register(hands, "Ana Perez")
    press_in_panel(hands, "step_ask_more")
    assert states(hands, "Ana Perez") == [ApplicationState.NEEDS_INFO]
    place(hands).table.setFocus()
    hands.undo()
    waiting = count(hands)
    place(hands).table.selectAll()
    press_in_panel(hands, "do_waitlist")  # on the one that is shown, whatever is selected
    assert states(hands, "Ana Perez") == [ApplicationState.WAITLISTED]
    assert count(hands) == waiting + 1
    hands.undo()
    assert states(hands, "Ana Perez") == [ApplicationState.SUBMITTED]


def test_editing_in_the_panel_is_one_change(hands: Hands) -> None:
    """What was typed is saved when the panel is left, and undone as one step."""
    register(hands, "Ana Perez")
    form = place(hands).panels.application.form
    assert form is not None
    form.editor("note").setFocus()
    hands.type("Call back")
    hands.press(Key.Key_Escape)

    def notes() -> list[str | None]:
        return hands.store.read(
            lambda s: [
                a.note
                for a in s.query(Application).join(Person).filter_by(display_name="Ana Perez")
            ]
        )

    assert notes() == ["Call back"]
    hands.undo()
    assert notes() == [None]


def test_a_new_application_needs_somebody(hands: Hands) -> None:
    """Without a person or a name the panel says so and stays."""
    hands.press(Key.Key_N, CONTROL)
    hands.press(Key.Key_Return, CONTROL)
    shown = place(hands)
    assert shown.body.side is shown.panels.new
    assert "write the name" in shown.panels.new.form.problems()["name"]


def test_an_entry_made_by_mistake_is_removed(hands: Hands) -> None:
    """Shift+Delete removes the application that is open; undo brings it back."""
    register(hands, "Ana Perez")
    place(hands).table.setFocus()
    hands.press(Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert states(hands, "Ana Perez") == []
    hands.undo()
    assert states(hands, "Ana Perez") == [ApplicationState.SUBMITTED]


def test_only_the_open_application_is_removed(hands: Hands) -> None:
    """While others are selected too, Shift+Delete removes nobody."""
    register(hands, "Ana Perez")
    place(hands).table.setFocus()
    hands.press(Key.Key_A, CONTROL)
    hands.press(Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert states(hands, "Ana Perez") == [ApplicationState.SUBMITTED]
    assert place(hands).table.lazy.rowCount() == 39


def test_a_page_saves_the_panel_and_comes_back_to_its_own_row(hands: Hands) -> None:
    """What was typed is saved and the side is closed; Esc goes to the application shown last."""
    register(hands, "Ana Perez")
    shown = place(hands)
    form = shown.panels.application.form
    assert form is not None
    form.editor("note").setFocus()
    hands.type("Call back")
    hands.window.run("applications.meeting")
    wait_for(hands.desktop.tasks)
    assert shown.pages.is_deciding
    assert shown.side is None
    saved = hands.store.read(lambda s: s.query(Application).filter_by(note="Call back").count())
    assert saved == 1
    began = shown.table.current_id()
    hands.press(Key.Key_J if shown.table.currentIndex().row() == 0 else Key.Key_K)
    reached = shown.pages.meeting.list.current_id()
    assert reached != began
    hands.press(Key.Key_Escape)
    assert not shown.pages.is_deciding
    assert shown.table.current_id() == reached


def test_places_left_are_those_of_one_gathering(hands: Hands) -> None:
    """While all gatherings are chosen, nothing is said about places."""
    assert place(hands).figures.left.text()
    hands.window.choose(None)
    wait_for(hands.desktop.tasks)
    assert place(hands).figures.left.text() == ""


def test_a_sheet_is_imported_by_four_steps(hands: Hands) -> None:
    """T2: Ctrl+I, the file, Enter, Ctrl+Enter: 48 applications, which one undo removes."""
    hands.press(Key.Key_I, CONTROL)
    dialog = hands.window.findChild(QFileDialog)
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.setText(str(MESSY / "limesurvey_gjs.csv"))
    hands.press(Key.Key_Return)
    shown = place(hands)
    assert shown.pages.importing.isVisible()
    assert "43 new people" in shown.pages.importing.summary.text()
    assert "5 perhaps twice" in shown.pages.importing.summary.text()
    assert "1 left out" in shown.pages.importing.summary.text()
    hands.press(Key.Key_Return, CONTROL)
    assert shown.table.isVisible()
    assert shown.table.lazy.rowCount() == 86
    hands.undo()
    assert shown.table.lazy.rowCount() == 38


def test_a_file_that_is_no_sheet_is_reported_in_a_sentence(hands: Hands, tmp_path: Path) -> None:
    """The message bar says why; the list comes back."""
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    place(hands).open_file(str(file))
    wait_for(hands.desktop.tasks)
    assert hands.window.message_bar.words.text() == "The file is empty."
    assert place(hands).table.isVisible()


def test_filters_narrow_and_escape_widens(hands: Hands) -> None:
    """A filter chip by Space; Esc in the list takes all filters away.

    The facts are counted in the state that is chosen, as if no fact were a filter.
    """
    shown = place(hands)
    chip = next(c for c in shown.findChildren(Chip) if c.key == "needs_visa")
    chip.setFocus()
    hands.press(Key.Key_Space)
    assert shown.table.lazy.rowCount() == 30
    facts = shown.figures.toggles
    assert facts["asks_subsidy"].accessibleName() == "Asks for a subsidy, 28"
    waiting = next(c for c in shown.findChildren(Chip) if c.key == "waitlisted")
    waiting.setFocus()
    hands.press(Key.Key_Space)
    assert shown.table.lazy.rowCount() == count(hands, needs_visa=True)
    subsidy = count(hands, asks_subsidy=True)
    assert facts["asks_subsidy"].accessibleName() == f"Asks for a subsidy, {subsidy}"
    shown.table.setFocus()
    hands.press(Key.Key_Escape)
    assert shown.table.lazy.rowCount() == 38
    assert not chip.isChecked()
