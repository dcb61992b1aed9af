"""The thin bar over a place that moves while somebody waits for the database."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk

SOON = 400  # milliseconds that nobody minds to wait
LONG = 2000  # milliseconds after which one wants to know for what
BEAT, STEP, HEIGHT = 40, 12, 3  # milliseconds between two steps; pixels


class BusyBar(QWidget):
    """Lies over the upper edge of the stage; seen only where an answer takes its time.

    While the store is being opened it says so after a while: making the practice schools, or
    bringing a database to the newest tables, takes some seconds.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self._desk, self._at = desk, 0
        self._soon, self._long, self._beat = QTimer(self), QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._appear)
        self._long.setSingleShot(True)
        self._long.timeout.connect(self._explain)
        self._beat.timeout.connect(self._move_on)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(_("Working"))
        self.hide()
        self._explained = False
        desk.tasks.opened.connect(self._opened)
        desk.tasks.waiting_changed.connect(self._waits)
        self._waits(desk.tasks.waiting)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A third of the width in the accent colour, somewhere along the edge."""
        part = max(1, self.width() // 3)
        start = self._at % (self.width() + part) - part
        painter = QPainter(self)
        painter.fillRect(QRect(start, 0, part, HEIGHT), QColor(self._desk.look.tokens.accent))
        painter.end()

    def _waits(self, number: int) -> None:
        if not number:
            for timer in (self._soon, self._long, self._beat):
                timer.stop()
            self.hide()
        elif not self._soon.isActive() and not self._beat.isActive():
            self._soon.start(SOON)
            self._long.start(LONG)

    def _appear(self) -> None:
        self._at = 0
        self._beat.start(BEAT)
        self._move_on()
        self.show()

    def _move_on(self) -> None:
        self._at += STEP
        self.setGeometry(0, 0, self._desk.stage.width(), HEIGHT)
        self.raise_()  # a place that was opened meanwhile would lie over it
        self.update()

    def _explain(self) -> None:
        if not self._desk.tasks.actor:
            self._explained = True
            self._desk.say(_("The schools are being opened. The first time it takes a while."))

    def _opened(self) -> None:
        if self._explained:
            self._desk.say(_("The schools are open."))
