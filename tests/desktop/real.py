"""The window on a real database, driven by keys, with what was pressed and filled counted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from schoolapp.base.settings import Settings
from schoolapp.desktop.kit.place import Listed
from schoolapp.desktop.places.home.place import Home
from schoolapp.desktop.places.home.queries import gatherings_for_window
from schoolapp.desktop.places.people.place import People
from schoolapp.desktop.places.settings.place import SettingsPlace
from schoolapp.desktop.starting.start import Desktop
from schoolapp.storage.store import Store
from tests.desktop.conftest import wait_for
from tests.desktop.entries import entries

TURNS = 10
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Driver:
    """A coordinator at the keyboard. ``steps`` counts chords and filled fields."""

    def __init__(
        self,
        application: QApplication,
        open_store: Callable[[], Store],
        places: Sequence[Listed] = entries(Home, People, SettingsPlace),
    ) -> None:
        self._application = application
        self.kept = Settings()
        self.desktop = Desktop(application, self.kept, open_store, places, gatherings_for_window)
        self.steps = 0
        self.failures: list[BaseException] = []
        self.desktop.tasks.failed.connect(self.failures.append)
        self.desktop.tasks.begin()
        self.settle()

    @property
    def window(self):  # type: ignore[no-untyped-def]
        return self.desktop.window

    @property
    def place(self):  # type: ignore[no-untyped-def]
        return self.window.place

    def read(self, query):  # type: ignore[no-untyped-def]
        """Ask the store as any other desk would."""
        answers: list[object] = []
        self.desktop.tasks.read(self.window, query, answers.append)
        self.settle()
        return answers[0]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """One chord, sent to what has the focus."""
        self.steps += 1
        if QApplication.activeWindow() is None:  # shortcuts are for the active window
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)
        QTest.keyClick(self.focus(), key, modifiers)
        self.settle()

    def fill(self, text: str) -> None:
        """Fill the field that has the focus."""
        self.steps += 1
        focus = self.focus()
        if isinstance(focus, QLineEdit):
            focus.selectAll()
        for letter in text:  # QTest knows the keys of Latin letters only
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self._application.sendEvent(focus, QKeyEvent(kind, 0, NONE, letter))
        self.settle()

    def focus(self) -> QWidget:
        """What has the focus."""
        return self.window.focusWidget() or self.window

    def name(self) -> str:
        """What a screen reader says has the focus."""
        return self.focus().accessibleName()

    def go_to(self, name: str) -> None:
        """Tab until the field of this name has the focus; it must be in reach."""
        reached = []
        for _turn in range(120):
            if self.name() == name:
                return
            reached.append(self.name() or type(self.focus()).__name__)
            QTest.keyClick(self.focus(), Qt.Key.Key_Tab)
        raise AssertionError(f"{name} cannot be reached by Tab, only {reached}")

    def said(self) -> str:
        """What the message bar says."""
        return self.window.message_bar.words.text()

    def settle(self) -> None:
        """Run the event loop until nothing is under way, and what is made in turns is made."""
        quiet = 0
        while quiet < TURNS:
            wait_for(self.desktop.tasks)
            while quiet < TURNS and not self.desktop.tasks.busy:
                QApplication.processEvents()
                quiet += 1

    def make_school(self, first_day: str = "2028-10-21") -> int:
        """Make a school from the first template as the window offers it; its key."""
        self.press(Qt.Key.Key_N, CTRL)
        self.press(Qt.Key.Key_Return)
        self.fill(first_day)
        self.press(Qt.Key.Key_Return, CTRL)
        return int(self.window.gathering.id)

    def close(self) -> None:
        """Close the window."""
        self.desktop.close()
        self.window.deleteLater()
        self.desktop.deleteLater()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._application.setStyleSheet("")
