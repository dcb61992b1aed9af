"""What tests of the window share, and what fails a test that leaves something behind."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from schoolapp.base import language, settings
from schoolapp.base.settings import Settings
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.starting.start import Desktop
from tests.desktop import memory


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """A test that leaves a thread, a running timer or a window behind fails."""
    yield
    language.use("en")
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    threads = [t.name for t in threading.enumerate() if t.name.startswith(("database", "files"))]
    assert threads == []
    assert qapp.topLevelWidgets() == []
    timers = [timer for timer in qapp.findChildren(QTimer) if timer.isActive()]
    assert timers == []


@pytest.fixture
def kept() -> Settings:
    """Settings that live as long as the test."""
    return Settings()


@pytest.fixture
def look(qapp: QApplication, kept: Settings) -> Look:
    """The look in its usual theme."""
    return Look(qapp, kept)


@pytest.fixture
def store() -> memory.MemoryStore:
    """Four hundred people."""
    return memory.MemoryStore(memory.people(400))


@pytest.fixture
def tasks(qapp: QApplication, store: memory.MemoryStore) -> Iterator[Tasks]:
    """The bridge over the store in memory, begun."""
    made = Tasks(store.itself)
    made.begin()
    yield made
    made.close()
    made.deleteLater()


def until(is_done: Callable[[], bool]) -> None:
    """Run the event loop, asleep between events: asking without end would block the worker."""
    end = time.monotonic() + 30
    clock = QTimer()
    clock.start(1000)  # an event is sure to come
    QApplication.processEvents()
    while not is_done():
        assert time.monotonic() < end, "the work did not end"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def wait_for(bridge: Tasks) -> None:
    """Run the event loop until nothing is under way and painting asks for nothing more."""
    busy = True
    while busy:
        until(lambda: not bridge.busy)
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                window.repaint()  # a table asks for rows as it paints them
        QApplication.processEvents()
        busy = bool(bridge.busy)


def typed_out(bridge: Tasks, root: QWidget) -> None:
    """Until a search has noticed that typing has stopped, and has its answer."""
    pauses = [timer for timer in root.findChildren(QTimer) if 0 < timer.interval() < 300]
    until(lambda: not any(timer.isActive() for timer in pauses))
    wait_for(bridge)


Start = Callable[..., Desktop]


@pytest.fixture
def start(qapp: QApplication) -> Iterator[Start]:
    """Opens the window on the demonstration places."""
    made: list[Desktop] = []

    def open_desktop(
        theme: str = "light", tag: str = "en", size: float = 1.0, count: int = 400
    ) -> Desktop:
        kept = Settings()
        kept.put(settings.THEME, theme)
        kept.put(settings.LANGUAGE, tag)
        kept.put(settings.TEXT_SIZE, size)
        store = memory.MemoryStore(memory.people(count))
        desktop = Desktop(
            qapp,
            kept,
            store.itself,
            memory.PLACES,
            memory.gatherings,
            history=memory.HISTORY,
        )
        made.append(desktop)
        desktop.tasks.begin()
        desktop.complete()
        wait_for(desktop.tasks)
        desktop.window.choose(1)
        wait_for(desktop.tasks)
        return desktop

    yield open_desktop
    for desktop in made:
        desktop.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def desktop(start: Start) -> Desktop:
    """The window in light colours, in English."""
    return start()
