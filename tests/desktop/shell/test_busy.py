"""The bar that moves while somebody waits for the database."""

import threading

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from schoolapp.base.settings import Settings
from schoolapp.desktop.shell import busy
from schoolapp.desktop.shell.busy import BusyBar
from schoolapp.desktop.starting.start import Desktop
from tests.desktop import memory
from tests.desktop.conftest import wait_for

ITS_OWN = Qt.FindChildOption.FindDirectChildrenOnly


class Shown(QObject):
    """Notes whether a widget was ever shown."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.ever = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it."""
        self.ever = self.ever or event.type() == QEvent.Type.Show
        return False


def test_a_slow_answer_shows_that_the_program_works(desktop: Desktop, qtbot: QtBot) -> None:
    """The bar comes while an answer is awaited, lies over the place that is open, and goes."""
    bar = desktop.window.findChild(BusyBar)
    stage = desktop.window.desk.stage
    answer = threading.Event()
    desktop.tasks.read(desktop.window, lambda _memory: answer.wait(30), lambda _found: None)
    try:
        qtbot.waitUntil(bar.isVisible)
        desktop.window.open_place(memory.EmptyPlace.key)
        qtbot.waitUntil(lambda: stage.findChildren(QWidget, options=ITS_OWN)[-1] is bar)  # on top
        assert bar.width() == stage.width()
        places = bar.grab().toImage()
        qtbot.waitUntil(lambda: bar.grab().toImage() != places)
    finally:
        answer.set()
    qtbot.waitUntil(bar.isHidden)


def test_what_is_answered_at_once_shows_no_bar(desktop: Desktop) -> None:
    """A hundred quick questions in a row do not make it flicker."""
    seen = Shown(desktop.window.findChild(BusyBar))
    for _number in range(100):
        desktop.tasks.read(desktop.window, memory.gatherings, lambda _found: None)
        wait_for(desktop.tasks)
    assert not seen.ever


def test_a_long_opening_is_reported(
    qapp: QApplication, qtbot: QtBot, kept: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the practice schools are made, the window says so, and when they are there."""
    monkeypatch.setattr(busy, "SOON", 1)
    monkeypatch.setattr(busy, "LONG", 2)
    store, opening = memory.MemoryStore(memory.people(4)), threading.Event()

    def open_slowly() -> memory.MemoryStore:
        opening.wait(30)
        return store

    desktop = Desktop(
        qapp, kept, open_slowly, memory.PLACES, memory.gatherings, history=memory.HISTORY
    )
    try:
        desktop.tasks.begin()
        desktop.complete()
        said = desktop.window.message_bar
        qtbot.waitUntil(said.isVisible)
        assert "being opened" in said.words.text()
        assert desktop.window.findChild(BusyBar).isVisible()
        opening.set()
        wait_for(desktop.tasks)
        assert said.words.text() == "The schools are open."
    finally:
        opening.set()
        wait_for(desktop.tasks)
        desktop.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
