"""Has PySide6 define its widgets a few at a time, before somebody has to wait for all of them.

A class of Qt is defined when it is first asked for. The first call that answers some widget, such
as ``viewport()``, asks for all of them, to find out what it answers: 40 ms in one go.
"""

from itertools import islice

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer

AT_ONCE = 4


class Definitions(QObject):
    """Asks for the classes in the turns in which the window has nothing else to do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names = iter(dir(QtWidgets))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._define_some)
        self._timer.start(0)

    def _define_some(self) -> None:
        names = list(islice(self._names, AT_ONCE))
        for name in names:
            getattr(QtWidgets, name)
        if not names:
            self._timer.stop()
