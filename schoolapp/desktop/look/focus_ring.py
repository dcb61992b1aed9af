"""One ring for all widgets: shows where the keyboard is, after a key and never after the mouse."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget
from shiboken6 import isValid

from schoolapp.desktop.look.look import Look

_MOVING = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_F6,
}
_WATCHED = {
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Resize,
    QEvent.Type.Move,
}
_MOVED = {QEvent.Type.Resize, QEvent.Type.Move}
_MARGIN = 4


class FocusRing(QWidget):
    """Lies over the window, lets the mouse through, and follows the focus.

    It watches only the widget that has the focus, the boxes that scroll it and what it moves with
    inside of them: a filter on the whole application would run Python code for every event of
    every widget.
    """

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._look = look
        self._target: QWidget | None = None
        self._by_key = False
        self._around = QRect()  # all of the ring, though a box may have scrolled half of it away
        self._bars: list[QScrollBar] = []
        self._around_it: list[QWidget] = []  # what the widget moves with: its line of a form
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice keys, the mouse and moves of the widget that has the focus."""
        kind = event.type()
        if watched is not self._target:
            if kind in _MOVED:
                self._follow()
        elif kind in _WATCHED:
            if isinstance(event, QKeyEvent):
                chord = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
                self._by_key = event.key() in _MOVING or bool(chord)
            elif kind == QEvent.Type.MouseButtonPress:
                self._by_key = False
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two pixels of the focus colour with a halo, so that it shows on every ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self._around.translated(-self.geometry().topLeft())
        box = QRectF(ring).adjusted(1.5, 1.5, -1.5, -1.5)
        for colour, width in ((self._look.tokens.surface, 3.0), (self._look.tokens.focus, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            inner = box if width == 2.0 else box.adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(inner, 7, 7)
        painter.end()

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
            self._target.destroyed.disconnect(self._gone)
        for bar in filter(isValid, self._bars):
            bar.valueChanged.disconnect(self._follow)
        for one in filter(isValid, self._around_it):
            one.removeEventFilter(self)
        ours = new is not None and new.window() is self.window()
        self._target = new if ours else None
        if self._target is not None:
            self._target.installEventFilter(self)
            self._target.destroyed.connect(self._gone)
        self._bars = [bar for area in self._boxes() for bar in _bars_of(area)]
        for bar in self._bars:
            bar.valueChanged.connect(self._follow)
        self._around_it = list(self._moving_with())
        for one in self._around_it:
            one.installEventFilter(self)
        self._follow()

    def _gone(self, *what: object) -> None:
        self._target = None
        self.hide()

    def _boxes(self) -> Iterator[QScrollArea]:
        """The boxes that scroll the widget with the focus, from the inside."""
        parent = self._target.parentWidget() if self._target is not None else None
        while parent is not None:
            if isinstance(parent, QScrollArea):
                yield parent
            parent = parent.parentWidget()

    def _moving_with(self) -> Iterator[QWidget]:
        """What holds the widget inside the box that scrolls it: other fields may push it down."""
        if next(self._boxes(), None) is None or self._target is None:
            return
        parent = self._target.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            yield parent
            parent = parent.parentWidget()

    def _follow(self, *_value: object) -> None:
        target = self._target
        if target is None or not self._by_key or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self.window(), QPoint(0, 0))
        margins = (-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self._around = QRect(corner, target.size()).adjusted(*margins)
        seen = self._around.intersected(self.window().rect())
        for box in self._boxes():
            view = box.viewport()
            there = QRect(view.mapTo(self.window(), QPoint(0, 0)), view.size())
            seen = seen.intersected(there.adjusted(*margins))
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()


def _bars_of(area: QScrollArea) -> tuple[QScrollBar, QScrollBar]:
    return area.verticalScrollBar(), area.horizontalScrollBar()
