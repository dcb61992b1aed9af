"""The longest time in which the window does not respond, in a tour of all its places.

A timer beats every five milliseconds; the longest time between two beats is the figure. The places
show the volume database, offscreen. Only the part of each time that this process computed counts
(all its threads, which take turns at the interpreter): what other programs take from a busy machine
is not the window's. There is no reference but the 100 ms that a person takes for "at once".
"""

import time
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from schoolapp import app
from schoolapp.base.settings import Settings
from schoolapp.desktop.starting.start import Desktop
from tools.bench.measuring import Result
from tools.bench.pausing import pause
from tools.bench.volume_file import CAMP, volume_file

Step = Callable[[], object]
BEAT, PAUSE = 5, 60  # milliseconds
WAIT = 20.0  # seconds that a place may take to come to rest


class Heartbeat(QObject):
    """Notes the longest time between two beats, and during what it was."""

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, float] = {}
        self._during = ""
        self._last = _now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self._last = _now()
        self._timer.start(BEAT)

    def during(self, what: str) -> None:
        """What is done from now on."""
        self._during = what

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = _now()
        gap = 1000 * min(new - old for new, old in zip(now, self._last, strict=True))
        self._last = now
        self.longest[self._during] = max(gap, self.longest.get(self._during, 0.0))


def _now() -> tuple[float, float]:
    """Seconds by the clock, and of CPU time of this process."""
    return time.perf_counter(), time.process_time()


def longest_gap() -> Result:
    """Tour all places with a heartbeat; the longest gap in milliseconds."""
    gaps = tour()
    worst = max(gaps, key=lambda what: gaps[what])
    return Result(
        id="longest_gap_ms",
        value=round(gaps[worst], 1),
        reference=f"a heartbeat of {BEAT} ms in a tour of all places; longest during: {worst}",
        gate=100,
    )


def tour() -> dict[str, float]:
    """The longest gap, in milliseconds, during each step of a tour of the window."""
    path = volume_file()
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    heart = Heartbeat()
    desktop = Desktop(
        application, Settings(), lambda: app.open_store(path, None), app.places(), app.gatherings
    )
    rest = Rest(desktop)
    try:
        rest.wait()  # the first paint has a figure of its own
        heart.start()
        for what, step in _steps(desktop):
            heart.during(what)
            step()
            rest.wait()
        return heart.longest
    finally:
        heart.stop()
        desktop.close()
        desktop.deleteLater()
        application.processEvents()


class Rest(QObject):
    """Waits until the window has nothing under way."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._busy = 0
        desktop.tasks.busy_changed.connect(self._count)

    def wait(self) -> None:
        """Let the window work until nothing has been under way for a moment."""
        deadline, calm = time.monotonic() + WAIT, 0
        while calm < 3 and time.monotonic() < deadline:
            pause(PAUSE)
            calm = 0 if self._busy else calm + 1

    def _count(self, number: int) -> None:
        self._busy = number


def _steps(desktop: Desktop) -> Iterator[tuple[str, Step]]:
    """Open the store, choose the camp; in each place open, scroll, choose, sort and search."""
    window = desktop.window
    yield "opening the store", desktop.tasks.begin
    yield "learning the places", desktop.complete
    yield "making the places", desktop.look_ahead
    yield "choosing the camp", partial(window.choose, CAMP)
    for kind in app.places():
        yield f"opening {kind.key}", partial(window.open_place, kind.key)
        for table in window.place.findChildren(QTableView):
            if table.isVisible():
                yield f"scrolling {kind.key}", table.scrollToBottom
                yield f"going up in {kind.key}", table.scrollToTop
                yield f"choosing a row of {kind.key}", partial(table.selectRow, 1)
                header = table.horizontalHeader()
                yield f"sorting {kind.key}", partial(header.sectionClicked.emit, 0)
        if window.place.search.isVisible():
            yield f"searching {kind.key}", partial(QTest.keyClicks, window.place.search, "mu")
            yield f"showing all of {kind.key}", window.place.search.clear
    yield "choosing all gatherings", partial(window.choose, None)
    yield "the palette", window.show_palette
    yield "the history", window.show_history
