"""Does beforehand, in small pieces, what somebody would have to wait for."""

from itertools import islice

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer

from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.shell.window import Window

AT_ONCE = 4


class Definitions(QObject):
    """Has PySide6 define its widgets in the turns in which the window has nothing else to do.

    A class of Qt is defined when it is first asked for. The first call that answers some widget,
    such as ``viewport()``, asks for all of them, to find out what it answers: 40 ms in one go.
    """

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


class PlacesAhead(QObject):
    """Makes the places that nobody has opened yet, one in each turn, once the start is over."""

    def __init__(self, window: Window, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._keys = iter([place.key for place in window.places])
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._make_one)
        tasks.busy_changed.connect(self._rested)
        self._rested(tasks.busy)

    def _rested(self, under_way: int) -> None:
        if under_way == 0 and self._tasks.actor:  # the store is open, the places are imported
            self._tasks.busy_changed.disconnect(self._rested)
            self._timer.start(0)

    def _make_one(self) -> None:
        key = next(self._keys, None)
        if key is None:
            self._timer.stop()
        else:
            self._window.prepare_place(key)
