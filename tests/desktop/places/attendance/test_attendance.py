"""The place of attendance, by keyboard alone, on the practice schools."""

import csv
import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from schoolapp.base import clock, settings
from schoolapp.desktop.places.attendance.finding import found
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.places.attendance.reports import presets
from schoolapp.domain.attendance import AttendanceMark
from schoolapp.domain.participation import Participation
from schoolapp.operations.attendance import RegisterState
from schoolapp.operations.programme import cancel_session
from tests.desktop.conftest import wait_for
from tests.desktop.schools import ALT, CONTROL, SHIFT, Hands, school

Key = Qt.Key
DURING = dt.datetime(2027, 10, 25, 8, 0, tzinfo=dt.UTC)  # 10:00 in Amsterdam, a lecture runs


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The registers of the Amsterdam school, while its third day runs."""
    with (
        clock.at(DURING),
        school(qapp, practice_file, (Attendance,), "Global Justice School") as made,
    ):
        yield made


def place(hands: Hands) -> Attendance:
    """The place that is open."""
    shown = hands.window.place
    assert isinstance(shown, Attendance)
    return shown


def clear(hands: Hands) -> None:
    """Take all marks of the open session away, so that its register is open."""

    def remove(session: object) -> None:
        found = session.query(AttendanceMark)  # type: ignore[attr-defined]
        for one in found.filter_by(session_id=place(hands).roll.chosen):
            session.delete(one)  # type: ignore[attr-defined]

    hands.store.change("Clear", remove)
    place(hands).refresh()
    wait_for(hands.desktop.tasks)


def marks(hands: Hands) -> dict[str, str | None]:
    """Name and status of everybody on the roll."""
    return {line.name: line.status for line in place(hands).roll.lines}


def test_it_opens_on_the_session_that_runs(hands: Hands) -> None:
    """At ten o'clock the lecture of the day is open, and the box has the focus (T8)."""
    assert place(hands).roll.pane.title.text() == "Critique of political economy"
    assert hands.focus() is place(hands).roll.pane.box


def test_a_few_letters_and_enter_mark_present(hands: Hands) -> None:
    """S41: 25 people in at most four keys each; the box clears and the name is shown large."""
    hands.store.change("Let everybody be there", let_all_be_there)
    clear(hands)
    assert len(marks(hands)) == 25
    for name in list(marks(hands)):
        before = hands.pressed
        hands.type(letters_for(hands, name))
        hands.press(Key.Key_Return)
        assert hands.pressed - before <= 4
        assert marks(hands)[name] == "present"
    assert place(hands).roll.pane.box.text() == ""
    assert "Present" in place(hands).roll.pane.answer.words.text()


def let_all_be_there(session: object) -> None:
    """People who come late, leave early or attend one module are there for all of it here."""
    for part in session.query(Participation):  # type: ignore[attr-defined]
        part.modules = []
        for stay in part.stays:
            stay.arrival = dt.datetime.combine(dt.date(2027, 10, 1), dt.time())
            stay.departure = dt.datetime.combine(dt.date(2027, 11, 30), dt.time())


def letters_for(hands: Hands, name: str) -> str:
    """The fewest letters of a name that lead to it, as typed by somebody who sees the list."""
    words = name.replace("'", " ").split()
    starts = [word[:length] for length in (1, 2, 3) for word in words]
    return next(typed for typed in starts if found(place(hands).roll.lines, typed)[0].name == name)


def test_letters_of_nobody_are_reported(hands: Hands) -> None:
    """The answer is large and red, and nothing is marked."""
    clear(hands)
    hands.type("zzz")
    hands.press(Key.Key_Return)
    assert "zzz" in place(hands).roll.pane.answer.words.text()
    assert set(marks(hands).values()) == {None}


def test_all_present_then_exceptions(hands: Hands) -> None:
    """One chord for all, Down to the roll, then a letter for each exception; all undoable."""
    clear(hands)
    hands.press(Key.Key_A, CONTROL | SHIFT)
    names = list(marks(hands))
    assert set(marks(hands).values()) == {"present"}
    hands.press(Key.Key_Down)
    hands.press(Key.Key_PageUp)
    for key, status in (
        (Key.Key_Space, "absent"),
        (Key.Key_Space, "present"),
        (Key.Key_L, "late"),
        (Key.Key_P, "present"),
        (Key.Key_E, "left_early"),
        (Key.Key_A, "absent"),
        (Key.Key_X, "excused"),
    ):
        hands.press(key)
        assert marks(hands)[names[0]] == status
    for _step in range(7):
        hands.undo()
    assert set(marks(hands).values()) == {"present"}
    hands.undo()
    assert set(marks(hands).values()) == {None}
    hands.redo()
    assert set(marks(hands).values()) == {"present"}


def test_late_is_now_while_the_session_runs(hands: Hands) -> None:
    """A person marked late at ten came at ten."""
    clear(hands)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_PageUp)
    hands.press(Key.Key_L)
    line = place(hands).roll.lines[0]
    assert line.times.strip("\u2066\u2069") == "10:00–11:30"
    assert line.minutes == 90


def test_a_lost_register_cannot_be_marked_until_it_is_found(hands: Hands) -> None:
    """Ctrl+Shift+L says it is lost, and again that it was found."""
    hands.press(Key.Key_L, CONTROL | SHIFT)
    assert "No register" in place(hands).roll.pane.state.text()
    assert not place(hands).roll.pane.box.isEnabled()
    place(hands).roll.pane.table.setFocus()
    hands.press(Key.Key_L, CONTROL | SHIFT)
    assert place(hands).roll.pane.box.isEnabled()


def test_alt_and_arrows_go_from_session_to_session(hands: Hands) -> None:
    """The next register and the one before, without leaving the box."""
    hands.press(Key.Key_Down, ALT)
    assert place(hands).roll.pane.title.text() == "Working groups: Critique of political economy"
    hands.press(Key.Key_Up, ALT)
    assert place(hands).roll.pane.title.text() == "Critique of political economy"


def test_a_removed_session_closes_its_roll(hands: Hands) -> None:
    """If another desk cancels the session that is open, another one is shown."""
    shown = place(hands)
    chosen = shown.roll.chosen

    assert chosen is not None
    hands.store.change("Cancel", partial(cancel_session, session_id=chosen, reason="Strike"))
    shown.refresh()
    wait_for(hands.desktop.tasks)
    assert shown.roll.chosen != chosen
    assert shown.roll.lines


def test_all_registers_that_are_over_are_closed_at_once(hands: Hands) -> None:
    """One command closes those of the sessions before now, as one step; the others stay open."""
    hands.window.run("attendance.close_all")
    wait_for(hands.desktop.tasks)
    states = {one.start: one.register for one in place(hands).roll.sessions}
    today = clock.to_wall(DURING, "Europe/Amsterdam").date()
    past = {state for start, state in states.items() if start.date() < today}
    assert past <= {RegisterState.CLOSED, RegisterState.LOST, RegisterState.NOT_KEPT}
    assert RegisterState.CLOSED in past
    later = {state for start, state in states.items() if start.date() > today}
    assert RegisterState.CLOSED not in later
    hands.undo()
    assert RegisterState.CLOSED not in {one.register for one in place(hands).roll.sessions}


def test_the_report_is_exported(hands: Hands, tmp_path: Path) -> None:
    """Ctrl+E, Ctrl+Enter, the name, Enter: a file with the totals of the registers."""
    shown = place(hands)
    hands.press(Key.Key_E, CONTROL)
    shown.exports.form_panel.form.editor("form").setFocus()
    hands.press(Key.Key_Down)  # csv follows xlsx
    hands.press(Key.Key_Return, CONTROL)
    dialog = hands.window.findChild(QFileDialog)
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.setText(str(tmp_path / "report.csv"))
    hands.press(Key.Key_Return)
    text = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 1340
    assert sum(row["Status"] == "no register" for row in rows) == 47
    assert sum(int(row["Minutes"] or 0) for row in rows) == 117686
    assert "report.csv" in hands.window.message_bar.words.text()


def test_two_steps_export_what_was_exported_last(hands: Hands, tmp_path: Path) -> None:
    """T9: Ctrl+E, Enter writes the last report into the last folder, without overwriting a file."""
    shown = place(hands)
    kept = shown.desk.settings
    kept.put(settings.EXPORT_FOLDER, str(tmp_path))
    preset = presets.PresetDraft("person", "csv")
    kept.put(settings.LAST_EXPORT, presets.written(preset))
    for _again in range(2):
        hands.press(Key.Key_E, CONTROL)
        wait_for(hands.desktop.tasks)
        hands.press(Key.Key_Return)
        wait_for(hands.desktop.tasks)
    first, second = ((tmp_path / name).read_bytes() for name in ("person.csv", "person-2.csv"))
    assert first == second
    assert first.startswith(b"Name,Sessions,Attended,Absent,Hours,Hours possible")
    assert shown.exports.form_panel.isHidden()


def test_without_a_gathering_there_is_nothing_to_take(hands: Hands) -> None:
    """In all schools together no session is open."""
    hands.window.choose(None)
    wait_for(hands.desktop.tasks)
    assert place(hands).roll.pane.title.text() == "No session is open"
    assert place(hands).roll.sessions == ()
