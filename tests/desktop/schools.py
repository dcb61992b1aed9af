"""The window on the practice schools, driven by keys: what tests of the places share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from schoolapp import app
from schoolapp.base import settings
from schoolapp.base.settings import Settings
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.places.settings.place import SettingsPlace
from schoolapp.desktop.starting.start import Desktop
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import Store
from tests.desktop.conftest import wait_for
from tests.desktop.entries import entries

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Hands:
    """Types and presses keys wherever the focus is; without a mouse."""

    def __init__(self, desktop: Desktop, store: Store) -> None:
        self.desktop, self.store = desktop, store
        self.window = desktop.window
        self.pressed = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press one key and wait until all that follows is done."""
        self.pressed += 1
        QTest.keyClick(self.focus(), key, modifier or Qt.KeyboardModifier.NoModifier)
        wait_for(self.desktop.tasks)

    def type(self, text: str) -> None:
        """Type letters of any script (QTest knows only ASCII)."""
        for letter in text:
            self.pressed += 1
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focus(), event)
        wait_for(self.desktop.tasks)

    def focus(self) -> QWidget:
        """What has the focus."""
        widget = QApplication.focusWidget()
        if widget is None:  # no window manager gives the window the focus back after a dialog
            self.window.activateWindow()
            QApplication.processEvents()
            widget = self.window.focusWidget()
        assert widget is not None
        return widget

    def undo(self) -> None:
        """Ctrl+Z."""
        self.press(Qt.Key.Key_Z, CONTROL)

    def redo(self) -> None:
        """Ctrl+Shift+Z."""
        self.press(Qt.Key.Key_Z, CONTROL | SHIFT)


@contextmanager
def school(
    application: QApplication, file: Path, places: Sequence[type[Place]], title: str
) -> Iterator[Hands]:
    """The window on one of the practice schools."""
    kept = Settings()
    kept.put(settings.THEME, "light")
    stores: list[Store] = []

    def open_store() -> Store:
        stores.append(Store(make_engine(file)))
        return stores[0]

    desktop = Desktop(
        application, kept, open_store, entries(*places, SettingsPlace), app.gatherings
    )
    try:
        desktop.tasks.begin()
        desktop.complete()
        wait_for(desktop.tasks)
        chosen = next(one for one in desktop.window.gatherings if title in one.title)
        desktop.window.choose(chosen.id)
        wait_for(desktop.tasks)
        desktop.window.place.focus_target().setFocus()
        yield Hands(desktop, stores[0])
    finally:
        desktop.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
        application.setStyleSheet("")
