"""The day by rooms: a list of sessions that is laid out and painted as a timetable."""

import datetime as dt

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from schoolapp.base.language import _
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import mirrored
from schoolapp.desktop.places.programme.timetable.day_model import Card, DayModel, Index, minutes_of
from schoolapp.desktop.places.programme.timetable.painting import Brush

Key, Move = Qt.Key, QAbstractItemView.CursorAction
STEP = dt.timedelta(minutes=15)
DAY = dt.timedelta(days=1)
NARROWEST = 19  # characters of a column


class DayGrid(QListView):
    """Shows a day; arrows go from session to session, Alt with arrows moves the one chosen.

    A QListView, because of all item views it alone gives screen readers one list item for each
    session, with its words and its rectangle.
    """

    opened = Signal(int)  # session: Enter or double click
    reached = Signal(object)  # session or None
    move_wanted = Signal(int, object)  # session, timedelta
    search_requested = Signal()

    def __init__(self, look: Look, model: DayModel) -> None:
        super().__init__()
        self._look, self._day = look, model
        self._rects: list[list[QRect]] = []
        self.setModel(model)
        self.setObjectName("day")
        self.setAccessibleName(_("Day by rooms"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        model.modelReset.connect(self._lay_out)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._cursor_moved)
        look.changed.connect(self._lay_out)

    def current_id(self) -> int | None:
        """The session under the cursor."""
        card = self._day.card(self.currentIndex().row())
        return card.row.id if card else None

    def select_id(self, session_id: int) -> bool:
        """Put the cursor on a session; False if it is not on this day."""
        at = self._day.position(session_id)
        if at is None:
            return False
        self.setCurrentIndex(self._day.index(at))
        return True

    # The geometry: times downwards, rooms across; all in coordinates of the content, which
    # ``_shown`` turns into those of the viewport.

    @property
    def gutter(self) -> int:
        """The width of the column of hours."""
        return self.fontMetrics().horizontalAdvance("00:00") + 20

    @property
    def head(self) -> int:
        """The height of the row of room names."""
        return 2 * self.fontMetrics().height() + 14

    @property
    def hour(self) -> int:
        """The height of an hour: four lines of text and some air."""
        return round(self.fontMetrics().height() * 4.3)

    def column_width(self) -> int:
        """Rooms share the width, but are never too narrow to be read."""
        day = self._day.day
        count = len(day.columns) if day else 1
        least = NARROWEST * self.fontMetrics().averageCharWidth()
        return max(least, (self.viewport().width() - self.gutter) // max(count, 1))

    def height_of(self, minutes: int) -> int:
        """How far down a minute of the day lies, in the content."""
        first = self._day.day.first if self._day.day else 0
        return self.head + round((minutes - first) * self.hour / 60)

    def shown(self, box: QRect) -> QRect:
        """A rectangle of the content where it is shown, mirrored from right to left."""
        moved = box.translated(-self.horizontalOffset(), -self.verticalOffset())
        return mirrored(moved, self.viewport().rect(), self)

    def horizontalOffset(self) -> int:
        """How far the rooms are scrolled."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far the hours are scrolled."""
        return self.verticalScrollBar().value()

    def boxes(self, row: int) -> list[QRect]:
        """Where a session is painted: one box for each run of rooms."""
        return [self.shown(box) for box in self._rects[row]] if row < len(self._rects) else []

    def visualRect(self, index: Index) -> QRect:
        """The box of a session, around all its rooms."""
        whole = QRect()
        for box in self.boxes(index.row()) if index.isValid() else []:
            whole = whole.united(box)
        return whole

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The session at a point."""
        if point.y() >= self.head:
            for row in reversed(range(self._day.rowCount())):
                if any(box.contains(point) for box in self.boxes(row)):
                    return self._day.index(row)
        return QModelIndex()

    def visualRegionForSelection(self, selection: object) -> QRegion:
        """All of it: a day is painted in one go."""
        return QRegion(self.viewport().rect())

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a session into view, clear of head and gutter."""
        if not index.isValid() or index.row() >= len(self._rects):
            return
        box = self._rects[index.row()][0]
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        view = self.viewport()
        if box.top() - self.head < down.value():
            down.setValue(box.top() - self.head - 8)
        elif box.bottom() > down.value() + view.height():
            down.setValue(box.bottom() - view.height() + 8)
        if box.left() - self.gutter < across.value():
            across.setValue(box.left() - self.gutter)
        elif box.right() > across.value() + view.width():
            across.setValue(box.right() - view.width())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Up and down by time, left and right to the room beside."""
        count, now = self._day.rowCount(), self.currentIndex().row()
        if not count:
            return QModelIndex()
        if now < 0 or action == Move.MoveHome:
            return self._day.index(0)
        if action == Move.MoveEnd:
            return self._day.index(count - 1)
        if action in (Move.MoveLeft, Move.MoveRight):
            return self._day.index(self._beside(now, action == Move.MoveRight))
        back = action in (Move.MoveUp, Move.MovePageUp, Move.MovePrevious)
        return self._day.index(max(0, now - 1) if back else min(count - 1, now + 1))

    def _beside(self, now: int, right: bool) -> int:
        """The session in the nearest room at that side, the one closest in time."""
        here = self.visualRect(self._day.index(now))
        best, distance = now, 1 << 30
        for row in range(self._day.rowCount()):
            box = self.visualRect(self._day.index(row))
            across = box.left() - here.left() if right else here.left() - box.left()
            if row != now and across > 0:
                far = across + 3 * abs(box.top() - here.top())
                if far < distance:
                    best, distance = row, far
        return best

    def event(self, event: QEvent) -> bool:
        """Take Alt with arrows before the window's "back" does."""
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if self._shift(event) is not None and self.current_id() is not None:
                event.accept()
                return True
        return super().event(event)

    def _shift(self, event: QKeyEvent) -> dt.timedelta | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != (
            Qt.KeyboardModifier.AltModifier
        ):
            return None
        forward = DAY if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -DAY
        return {
            Key.Key_Up: -STEP,
            Key.Key_Down: STEP,
            Key.Key_Right: forward,
            Key.Key_Left: -forward,
        }.get(Key(event.key()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, ``/`` searches, Alt with arrows moves, arrows move the cursor."""
        chosen, shift = self.current_id(), self._shift(event)
        if shift is not None and chosen is not None:
            self.move_wanted.emit(chosen, shift)
        elif event.key() in (Key.Key_Return, Key.Key_Enter) and chosen is not None:
            self.opened.emit(chosen)
        elif event.text() == "/":
            self.search_requested.emit()
        elif event.key() in (Key.Key_Escape,) or (event.text() and event.text().isprintable()):
            event.ignore()  # single letters are commands of the place, not a search in the list
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Distribute the width again."""
        super().resizeEvent(event)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """A few columns and hours."""
        return QSize(self.gutter + 200, self.head + self.hour * 2)

    def updateGeometries(self) -> None:
        """Set how far it can scroll."""
        day = self._day.day
        across = self.gutter + self.column_width() * len(day.columns) if day else 0
        down = self.height_of(day.last) + 12 if day else 0
        view = self.viewport()
        for bar, whole, part in (
            (self.horizontalScrollBar(), across, view.width()),
            (self.verticalScrollBar(), down, view.height()),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(part)
            bar.setSingleStep(self.hour // 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines and closed hours, then the cards, then the heads that never scroll."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        day = self._day.day
        if day is not None:
            brush = Brush(painter, self, self._look, day)
            brush.ground()
            painter.setClipRect(self.viewport().rect().adjusted(0, self.head, 0, 0))
            current = self.currentIndex().row()
            for row, card in enumerate(day.cards):
                for box in self.boxes(row):
                    if box.intersects(self.viewport().rect()):
                        brush.card(card, box, row == current)
            painter.setClipping(False)
            brush.heads()
        painter.end()

    def _lay_out(self) -> None:
        day = self._day.day
        self._rects = [self._boxes_of(card) for card in day.cards] if day else []
        self.updateGeometries()
        self.viewport().update()

    def _boxes_of(self, card: Card) -> list[QRect]:
        day = self._day.day
        assert day is not None
        width = self.column_width()
        top = self.height_of(minutes_of(card.row.start, day.programme.day))
        bottom = self.height_of(minutes_of(card.row.end, day.programme.day))
        boxes = []
        for first, last in card.runs:
            left, whole = self.gutter + first * width, (last - first + 1) * width
            lane = whole // card.lanes
            boxes.append(
                QRect(left + card.lane * lane + 3, top + 1, lane - 6, max(bottom - top - 2, 18))
            )
        return boxes

    def _open(self, index: QModelIndex) -> None:
        if (card := self._day.card(index.row())) is not None:
            self.opened.emit(card.row.id)

    def _cursor_moved(self, now: QModelIndex, before: QModelIndex) -> None:
        card = self._day.card(now.row())
        self.reached.emit(card.row.id if card else None)
        self.viewport().update()
