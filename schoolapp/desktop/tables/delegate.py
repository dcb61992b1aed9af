"""The one painter of table cells: text and state chips, one look at the row for each cell."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyle, QStyleOptionViewItem

from schoolapp.desktop.look import Look
from schoolapp.desktop.paint import END, START, chip_font, chip_size, paint_chip
from schoolapp.desktop.states import state_look
from schoolapp.desktop.tables.columns import Column, Kind, Row
from schoolapp.desktop.tables.model import WAITING, LazyModel

REMEMBERED = 2000  # rows whose texts are kept
INSET = 10  # pixels between the edge of a cell and its text


class CellPainter(QAbstractItemDelegate):
    """Paints cells of a ``LazyModel`` straight from its rows.

    A style item option per cell, as QStyledItemDelegate makes, costs a scroll frame a third more.
    """

    def __init__(self, look: Look, view: QAbstractItemView, model: LazyModel) -> None:
        super().__init__(view)
        self._look, self._view, self._model = look, view, model
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme and the font now in force."""
        tokens = self._look.tokens
        self._written: dict[int, tuple[Row, list[tuple[str, int]]]] = {}
        self._font = self._view.font()
        self._metrics = QFontMetrics(self._font)
        self._chip_font: QFont = chip_font(self._font)
        self._text = QColor(tokens.text)
        self._selected = QBrush(QColor(tokens.accent_soft))
        self._stripe = QBrush(QColor(tokens.window))
        self._current = QColor(tokens.focus)

    def width_of(self, text: str) -> int:
        """How many pixels a cell with this text wants."""
        return self._metrics.horizontalAdvance(text) + 2 * INSET + 2

    def width_of_chip(self, column: Column, state: str) -> int:
        """How many pixels the chip of a state wants."""
        icon = round(self._look.icon_size() * 0.83)
        return (
            chip_size(state_look(column.machine, state), self._chip_font, icon).width() + 2 * INSET
        )

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The height of a row; the view decides the widths."""
        return QSize(40, self._look.row_height(self._view))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        at = index.row()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._selected)
        elif at % 2:
            painter.fillRect(rect, self._stripe)
        if at == self._view.currentIndex().row() and self._view.hasFocus():
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, self._current)
        self._paint_value(painter, rect.adjusted(INSET, 0, -INSET, 0), at, index.column())

    def _paint_value(self, painter: QPainter, rect: QRect, at: int, number: int) -> None:
        column, row = self._model.columns[number], self._model.row_at(at)
        if row is not None and column.kind is Kind.STATE:
            if value := column.value(row):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                look = state_look(column.machine, str(value))
                chip = rect.adjusted(-INSET // 2, 0, 0, 0)
                paint_chip(painter, chip, look, self._look, self._view, self._chip_font)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            return
        text, width = self._cells(row)[number] if row is not None else (WAITING, 0)
        if not text:
            return
        if width > rect.width():
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(self._font)
        painter.setPen(self._text)
        painter.drawText(rect, END if column.at_the_end else START, text)

    def _cells(self, row: Row) -> list[tuple[str, int]]:
        # Text and width of a row's cells are worked out once, not in every frame of a scroll. The
        # row is kept with them, so that its identity cannot be taken by another one.
        held = self._written.get(id(row))
        if held is None:
            if len(self._written) > REMEMBERED:
                self._written.clear()
            texts = self._model.texts(row)
            cells = [(text, self._metrics.horizontalAdvance(text)) for text in texts]
            held = self._written[id(row)] = (row, cells)
        return held[1]
