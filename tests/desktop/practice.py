"""The window on the practice schools, for the tests of the places."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from schoolapp.base import settings
from schoolapp.base.settings import Settings
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.places.settings.place import SettingsPlace
from schoolapp.desktop.starting.start import Desktop
from schoolapp.operations import gatherings
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import Store
from tests.desktop.conftest import wait_for
from tests.desktop.entries import entries

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Query = Callable[[Any], Any]


def _gatherings(session: Any) -> Sequence[Gathering]:
    return [
        Gathering(row.id, row.title, row.code, row.tz, row.currency)
        for row in gatherings.list_gatherings(session)
    ]


class Practice:
    """One place of the window on a copy of the practice schools."""

    def __init__(self, path: Path, place: type[Place], code: str, tag: str = "en") -> None:
        kept = Settings()
        kept.put(settings.THEME, "light")
        kept.put(settings.LANGUAGE, tag)
        self.store = Store(make_engine(path))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.desktop = Desktop(
            application, kept, lambda: self.store, entries(place, SettingsPlace), _gatherings
        )
        self.desktop.tasks.begin()
        self.desktop.complete()
        self.wait()
        self.desktop.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.desktop.window)
        chosen = next(one for one in self.desktop.window.gatherings if one.detail == code)
        self.desktop.window.choose(chosen.id)
        self.gathering = chosen.id
        self.wait()

    @property
    def place(self) -> Any:
        """The place that is open."""
        return self.desktop.window.place

    def wait(self) -> None:
        """Until nothing is under way."""
        wait_for(self.desktop.tasks)

    def ask(self, query: Query) -> Any:
        """Ask the database without the window."""
        return self.store.read(query)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifier)
        self.wait()

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Replace the text of a line."""
        widget = into or self.focus()
        widget.setFocus()
        line = QApplication.focusWidget()
        assert line is not None
        assert widget is line or widget.isAncestorOf(line)
        QTest.keyClick(line, Qt.Key.Key_A, CONTROL)
        if text.isascii():
            QTest.keyClicks(line, text)
        else:  # QTest types Latin letters only
            QApplication.clipboard().setText(text)
            QTest.keyClick(line, Qt.Key.Key_V, CONTROL)
        self.wait()

    def focus(self) -> QWidget:
        """Where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def close(self) -> None:
        """Close window and store."""
        self.desktop.close()
        self.desktop.window.deleteLater()
        self.desktop.deleteLater()
