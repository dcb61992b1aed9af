"""Collects garbage in the window's thread alone and between its events.

Python would collect wherever the count of objects asks for it: in the database worker, which must
not be the one that takes Qt's objects apart, and over all that was ever imported, which stops the
window for a tenth of a second.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL = 1000  # milliseconds
LIMITS = (2000, 10, 10)
"""Of the three generations: how many new objects, or collections of the one before, make it due."""


class Collector(QObject):
    """Stands in for the automatic collector from when it is made until ``stop``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._settled = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(collect_due)
        self._timer.start(INTERVAL)

    def settle(self) -> None:
        """The program is loaded: what there is now stays, and is never looked at again."""
        if not self._settled:
            self._settled = True
            gc.freeze()

    def stop(self) -> None:
        """Give the work back to Python, as it was."""
        self._timer.stop()
        if self._settled:
            gc.unfreeze()
        gc.enable()


def collect_due() -> None:
    """Collect the oldest generation that is due."""
    due = (n for n in (2, 1, 0) if gc.get_count()[n] > LIMITS[n])
    generation = next(due, None)
    if generation is not None:
        gc.collect(generation)
