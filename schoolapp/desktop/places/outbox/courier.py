"""Sends letters after their hold, in a worker, and reports the progress."""

import datetime as dt
import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from schoolapp.base import clock
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.places.outbox import post
from schoolapp.desktop.places.outbox.post import Copies, Leaving
from schoolapp.domain.mail import HOLD
from schoolapp.operations.mail import Progress
from schoolapp.storage.store import Store

SECOND = 1000  # milliseconds
LONGEST = 3_600_000  # milliseconds: a laptop may sleep meanwhile, so look again each hour
TABLES = frozenset({"mail", "mail_step"})


class Courier(QObject):
    """Counts down the hold, then runs one round at a time.

    ``password`` is kept for the letters that were just queued, and forgotten after the round.
    """

    ticked = Signal(int)  # seconds until the letters leave
    progressed = Signal(object)  # Progress
    ended = Signal(object)  # Progress
    failed = Signal()
    woken = Signal()  # something that was refused temporarily is due again

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._left = 0
        self._password, self._keep = "", False
        self._stop = threading.Event()
        self.is_running = False
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND)
        self._timer.timeout.connect(self._tick)
        self._alarm = QTimer(self)
        self._alarm.setSingleShot(True)
        self._alarm.timeout.connect(self.woken)

    @property
    def is_holding(self) -> bool:
        """Whether letters wait for the end of their hold."""
        return self._timer.isActive()

    def hold(self, password: str, keep: bool) -> None:
        """Begin to count down."""
        self._password, self._keep = password, keep
        self._left = round(HOLD.total_seconds()) + 1  # the clock of the database has whole seconds
        self._timer.start()
        self.ticked.emit(self._left)

    def wake_at(self, moment: dt.datetime | None) -> None:
        """Emit ``woken`` when this moment has come; None stops waiting for one."""
        self._alarm.stop()
        if moment is not None:
            left = (moment - clock.now()).total_seconds()
            self._alarm.start(min(max(round(left * SECOND), SECOND), LONGEST))

    def call_off(self) -> None:
        """Stop counting: nothing waits any more."""
        self._timer.stop()
        self._password = ""

    def go(self, password: str = "", keep: bool = False) -> None:
        """Send what is due now."""
        self._timer.stop()
        self._run(password or self._password, keep or self._keep, None)

    def copy(self, copies: Copies, password: str, keep: bool) -> None:
        """Send copies of letters to oneself."""
        self._run(password, keep, copies)

    def stop(self) -> None:
        """End the round after the letter that is on its way."""
        self._stop.set()

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.ticked.emit(self._left)
        else:
            self.go()

    def _run(self, password: str, keep: bool, copies: Copies | None) -> None:
        if self.is_running:
            return
        self.is_running, self._password, self._keep = True, "", False
        self._stop.clear()
        leaving = Leaving(post.post_of(self._desk.settings), password, keep, copies)
        job = partial(_job, leaving, self._stop)
        self.progressed.emit(Progress())
        self._desk.tasks.carry_out(self, job, self._ended, self.progressed.emit, self._failed)

    def _ended(self, progress: Progress) -> None:
        self.is_running = False
        self.ended.emit(progress)
        self._desk.tasks.changed.emit(TABLES, None)

    def _failed(self, trouble: BaseException) -> None:
        self.is_running = False
        self.failed.emit()
        self._desk.tasks.changed.emit(TABLES, None)


def _job(
    leaving: Leaving,
    stop: threading.Event,
    store: Store,
    report: Callable[[Progress], object],
    closing: Callable[[], bool],
) -> Progress:
    def stopped() -> bool:
        return stop.is_set() or closing()

    def wait(seconds: float) -> None:
        """In small pieces, so that a window that closes does not wait for a pause to end."""
        left = seconds
        while left > 0 and not stopped():
            stop.wait(min(left, 0.2))
            left -= 0.2

    return post.send(leaving, store, report, stopped, wait)
