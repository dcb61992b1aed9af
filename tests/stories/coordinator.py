"""A coordinator at a real window: keys and mouse, with words for what one does all day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from schoolapp import app
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.store import DbSession, Store
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

    def save(self) -> None:
        """Ctrl+Enter: the form is done."""
        self.press(KEY.Key_Return, CTRL)
        self.refuse_nothing()

    def refuse_nothing(self) -> None:
        """Nothing that was done was refused."""
        broken = [f"{one} {getattr(one, 'values', '')}" for one in self.failures]
        assert broken == []

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
