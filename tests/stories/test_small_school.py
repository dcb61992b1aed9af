"""The story of a small school, by keyboard alone, undone to nothing and done again."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from schoolapp import app
from schoolapp.operations.attendance import roll
from schoolapp.operations.gatherings import gathering_row
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store
from tests.databases import contents
from tests.desktop.real import CTRL, Driver

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOUSE = frozenset(
    {
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
    }
)  # fmt: skip


class NoMouse(QObject):
    """Refuses everything a mouse would do."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A keyboard is all there is."""
        if event.type() in MOUSE:
            raise AssertionError("a mouse was used")
        return False


class Coordinator(Driver):
    """Sees the whole window, its sheets and its dialogs, and has no mouse."""

    def __init__(self, application: QApplication, path: Path) -> None:
        super().__init__(application, lambda: self._open(path), app.places())
        self._no_mouse = NoMouse()
        application.installEventFilter(self._no_mouse)

    def _open(self, path: Path) -> Store:
        self.store = open_store(path, None, actor="Ana")
        return self.store

    def focus(self) -> QWidget:
        """What has the focus, in a dialog too; after a closed one the window has it again."""
        if QApplication.activeWindow() is None:  # a screen would give it back by itself
            self.window.activateWindow()
            self.settle()
        return QApplication.focusWidget() or self.window

    def go(self, number: int, key: str) -> None:
        """Go to a place by its number."""
        self.press(KEY(KEY.Key_0 + number), CTRL)
        assert self.place.key == key

    def title_of_undo(self) -> str:
        """What Ctrl+Z would take back; empty if there is nothing."""
        action = self.window.actions_made.action("window.undo")
        return action.text() if action.isEnabled() else ""

    def title_of_redo(self) -> str:
        """What Ctrl+Shift+Z would do again; empty if there is nothing."""
        action = self.window.actions_made.action("window.redo")
        return action.text() if action.isEnabled() else ""

    def press_while(self, title: object, modifiers: Qt.KeyboardModifier) -> list[str]:
        """Press Z until there is no such title any more; the titles that were there."""
        titles: list[str] = []
        while said := title():  # type: ignore[operator]
            assert len(titles) < 50, titles
            titles.append(said.partition(" ")[2])
            self.press(KEY.Key_Z, modifiers)
            assert self.failures == []
        return titles

    def close(self) -> None:
        """Close the window and give the mouse back."""
        self._application.removeEventFilter(self._no_mouse)
        super().close()


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """The window on a database file that is made when it opens."""
    made = Coordinator(qapp, tmp_path / "school.db")
    yield made
    made.close()


def without_marks(words: str) -> str:
    """A sentence without the marks that keep a name in its own direction."""
    return words.translate({0x2068: None, 0x2069: None})


def create_a_school(desk: Coordinator) -> None:
    desk.make_school()
    assert desk.window.gathering.title == "Global Justice School 2028"


def add_a_person(desk: Coordinator) -> None:
    desk.go(3, "people")
    desk.press(KEY.Key_N, CTRL)
    desk.fill("Ana Santos")
    desk.go_to("Country")
    desk.fill("Philippines")
    desk.press(KEY.Key_Return, CTRL)
    assert desk.said() == "Add Ana Santos"


def accept_an_application(desk: Coordinator) -> None:
    desk.go(2, "applications")
    desk.press(KEY.Key_N, CTRL)
    desk.go_to("Name of a new person")
    desk.fill("Kwame Mensah")
    desk.go_to("E-mail")
    desk.fill("kwame@example.org")
    desk.press(KEY.Key_Return, CTRL)
    desk.press(KEY.Key_Escape)
    for key, said in (
        (KEY.Key_S, "Shortlist Kwame Mensah"),
        (KEY.Key_A, "Accept Kwame Mensah"),
        (KEY.Key_C, "Confirm the place of Kwame Mensah"),
    ):
        desk.press(key)
        assert without_marks(desk.said()) == said


def plan_a_session(desk: Coordinator) -> None:
    desk.go(4, "programme")
    desk.press(KEY.Key_N, CTRL)
    desk.fill("How to read a budget")
    desk.press(KEY.Key_Return, CTRL)
    desk.press(KEY.Key_Escape)
    assert "How to read a budget" in {
        card.row.title for card in desk.place.timetable.model.day.cards
    }


def mark_attendance(desk: Coordinator) -> None:
    desk.go(6, "attendance")
    desk.fill("kwa")
    desk.press(KEY.Key_Return)
    chosen = desk.place.roll.chosen
    lines = desk.read(lambda s: roll(s, session_id=chosen)).rows
    assert {line.name: line.status for line in lines}["Kwame Mensah"] == "present"


def export_the_report(desk: Coordinator, path: Path) -> None:
    desk.press(KEY.Key_E, CTRL)
    desk.go_to("Format")
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return, CTRL)
    desk.fill(str(path))
    desk.press(KEY.Key_Return)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    present = [(row["Name"], row["Status"]) for row in rows if row["Status"] == "present"]
    assert present == [("Kwame Mensah", "present")]


def test_a_small_school(desk: Coordinator, tmp_path: Path) -> None:
    """A school from template to report by keys alone; then undone to nothing, and done again."""
    start = contents(desk.store)
    create_a_school(desk)
    add_a_person(desk)
    accept_an_application(desk)
    plan_a_session(desk)
    mark_attendance(desk)
    export_the_report(desk, tmp_path / "attendance.csv")
    assert desk.failures == []
    end = contents(desk.store)
    done = desk.press_while(desk.title_of_undo, CTRL)
    assert contents(desk.store) == start
    again = desk.press_while(desk.title_of_redo, CTRL | SHIFT)
    assert again == done[::-1]
    assert contents(desk.store) == end
    assert desk.read(lambda s: gathering_row(s, code="gjs2028")).participants == 2
