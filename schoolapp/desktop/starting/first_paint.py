"""Reports when the window has been painted for the first time."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

UNSEEN = 1000
"""Milliseconds after which the program no longer waits for a window that is minimised."""


class FirstPaint(QObject):
    """Calls ``then`` in the turn of the event loop after a widget and all in it was painted.

    A timer of zero milliseconds does not: it comes before the paint. With ``unseen`` a widget that
    is not painted in that many milliseconds is not waited for any longer.
    """

    def __init__(self, widget: QWidget, then: Callable[[], object], unseen: int = 0) -> None:
        super().__init__(widget)
        self._then, self._waits = then, True
        widget.installEventFilter(self)
        if unseen:
            QTimer.singleShot(unseen, self, self._go_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the paint; what is in the widget is painted right after it."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _go_on(self) -> None:
        waited, self._waits = self._waits, False
        if waited:
            self._then()
