"""A coordinator at a real window: keys and mouse, with words for what one does all day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from schoolapp import app
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.store import DbSession, Store
from schoolapp.storage.troubles import HasLeft
from tests.desktop.conftest import typed_out
from tests.desktop.real import CTRL, NONE, Driver

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
SPOT = QPointF(400, 300)
T = TypeVar("T")


class Coordinator(Driver):
    """Sees the whole window, its panels and its dialogs."""

    def __init__(self, application: QApplication, open_store: Callable[[], Store]) -> None:
        self.store: Store | None = None

        def opened() -> Store:
            self.store = open_store()
            return self.store

        super().__init__(application, opened, app.places())
        self.desktop.complete()
        self.settle()

    def focus(self) -> QWidget:
        """What has the focus, in a dialog too; after a closed one the window has it again."""
        if QApplication.activeWindow() is None:  # a screen would give it back by itself
            self.window.activateWindow()
            self.settle()
        return QApplication.focusWidget() or self.window

    def fill(self, text: str) -> None:
        """Fill the field that has the focus; several lines with Enter between them."""
        first, *more = text.split("\n")
        super().fill(first)
        for line in more:
            self.press(KEY.Key_Return)
            super().fill(line)

    def ask(self, query: Callable[[DbSession], T]) -> T:
        """Ask the database as another desk would."""
        assert self.store is not None
        return self.store.read(query)

    def go(self, number: int, key: str) -> None:
        """Go to a place by its number."""
        self.press(KEY(KEY.Key_0 + number), CTRL)
        assert self.place.key == key

    def run(self, command: str) -> None:
        """Choose a command, as from a menu; it must be there and enabled."""
        action = self.window.actions_made.action(command)
        assert action.isEnabled(), f"{command} is not enabled"
        action.trigger()
        self.settle()

    def click(self, words: str) -> None:
        """Press the button with these words, with the mouse."""
        found = [one for one in self._seen(QPushButton) if words in (one.text(), one.toolTip())]
        found += [one for one in self._seen(QPushButton) if one.accessibleName() == words]
        assert found, (words, [one.text() for one in self._seen(QPushButton)])
        assert found[-1].isEnabled(), f"“{words}” is not enabled"
        QTest.mouseClick(found[-1], Qt.MouseButton.LeftButton)
        self.settle()

    def enter(self, **fields: str) -> None:
        """Fill fields of the form that is open, by what they are called (blanks for ``_``)."""
        self.fill_in({name.replace("_", " "): text for name, text in fields.items()})

    def fill_in(self, fields: dict[str, str]) -> None:
        """Fill fields by their labels: a line is typed, a choice is made by its words."""
        for label, text in fields.items():
            self.go_to(label)
            focus = self.focus()
            if isinstance(focus, QComboBox):
                self._choose(focus, text)
            else:
                self.fill(text)

    def pick(self, label: str, name: str) -> None:
        """Choose a person in a field by letters of the name."""
        self.go_to(label)
        focus = self.focus()
        assert isinstance(focus, QLineEdit)
        self.fill(name)
        typed_out(self.desktop.tasks, self.window)
        popup = focus.completer().popup()
        assert popup.isVisible(), f"{name} is not found"
        QTest.keyClick(popup, KEY.Key_Down)
        QTest.keyClick(popup, KEY.Key_Return)
        self.settle()

    def chip(self, words: str) -> None:
        """Press a chip above a table, with the mouse."""
        (chip,) = (
            one
            for one in self._seen(QAbstractButton)
            if one.accessibleName().startswith(f"{words}, ")
        )
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        self.settle()

    def line(self, name: str, number: int) -> None:
        """Open a line of a short list in a panel."""
        (lines,) = (one for one in self._seen(QListWidget) if one.accessibleName() == name)
        lines.setFocus()
        lines.setCurrentRow(number)
        self.press(KEY.Key_Return)

    def step(self, name: str) -> None:
        """Press a button of the panel that is open, with the space bar."""
        made = self.place.body.side.findChild(QPushButton, name)
        assert made is not None, name
        made.setFocus()
        self.press(KEY.Key_Space)

    def choose_files(self, command: str, file: Path) -> None:
        """Choose a command and, in its dialog, a file."""
        self.run(command)
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
        many = dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
        dialog.filesSelected.emit([str(file)]) if many else dialog.fileSelected.emit(str(file))
        dialog.close()
        self.settle()

    def take(self, command: str, file: Path) -> None:
        """Take over a list of what one has already: the command, the file, Ctrl+Enter."""
        self.choose_files(command, file)
        self.save()

    def row(self, words: str) -> None:
        """Put the cursor on the first row of the table that shows these words."""
        table = self.place.table
        model = table.model()
        for number in range(model.rowCount()):
            cells = (model.index(number, n).data() for n in range(model.columnCount()))
            if any(words in str(cell) for cell in cells):
                assert table.select_id(table.lazy.row_id(number))
                table.setFocus()
                self.settle()
                return
        raise AssertionError(f"no row of {words}")

    def undo_all(self) -> tuple[list[str], list[str]]:
        """Ctrl+Z until nothing can be undone: what was undone, and what had left the program."""
        undone: list[str] = []
        final: list[str] = []
        while title := self._title_of("window.undo"):
            assert len(undone) < 400, undone
            self.press(KEY.Key_Z, CTRL)
            if self.failures:
                (trouble,) = self.failures
                assert isinstance(trouble, HasLeft), (title, trouble)
                assert "Make the opposite change instead" in self.said()
                self.failures.clear()
                final.append(title)
            else:
                undone.append(title)
        return undone, final

    def redo_all(self) -> list[str]:
        """Ctrl+Shift+Z until nothing can be done again; the titles."""
        again: list[str] = []
        while title := self._title_of("window.redo"):
            assert len(again) < 400, again
            again.append(title)
            self.press(KEY.Key_Z, CTRL | SHIFT)
            self.refuse_nothing()
        return again

    def _title_of(self, command: str) -> str:
        """What Undo or Redo would do; empty if there is nothing."""
        action = self.window.actions_made.action(command)
        return str(action.text().partition(" ")[2]) if action.isEnabled() else ""

    def save(self) -> None:
        """Ctrl+Enter: the form is done."""
        self.press(KEY.Key_Return, CTRL)
        self.refuse_nothing()

    def refuse_nothing(self) -> None:
        """Nothing that was done was refused."""
        broken = [f"{one} {getattr(one, 'values', '')}" for one in self.failures]
        assert broken == [], broken

    def refused(self) -> str:
        """The sentence of the one rule that was broken, which is forgotten then."""
        (trouble,) = self.failures
        assert isinstance(trouble, RuleBroken)
        self.failures.clear()
        return str(self.said())

    def drop(self, file: Path) -> None:
        """Drop a file on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        spot: Any = SPOT
        try:
            enter = QDragEnterEvent(spot, copy, data, left, NONE)
        except TypeError:  # each Qt knows its own kind of point only
            enter = QDragEnterEvent(SPOT.toPoint(), copy, data, left, NONE)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(
            self.window, QDropEvent(SPOT, copy, data, left, NONE, QEvent.Type.Drop)
        )
        self.settle()

    def _choose(self, box: QComboBox, words: str) -> None:
        """Choose by the first letters, as one does at a closed box."""
        found = [n for n in range(box.count()) if box.itemText(n) == words]
        assert found, (words, [box.itemText(n) for n in range(box.count())])
        self.steps += 1
        while box.currentIndex() != found[0]:
            QTest.keyClick(box, KEY.Key_Down if box.currentIndex() < found[0] else KEY.Key_Up)
        self.settle()

    def _seen(self, kind: type[T]) -> list[T]:
        windows = QApplication.topLevelWidgets()
        return [
            one
            for window in windows
            for one in window.findChildren(kind)
            if one.isVisible()  # type: ignore[attr-defined]
        ]
