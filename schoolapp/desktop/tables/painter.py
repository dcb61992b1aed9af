"""The one painter of table cells: text and state chips, one look at each row."""

from collections.abc import Iterator
from typing import Generic, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QTableView

from schoolapp.base.language import isolate
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import chip_font, chip_size, paint_chip
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.tables.columns import Column, R
from schoolapp.desktop.tables.model import WAITING, LazyModel

REMEMBERED = 2000  # rows whose texts are kept
INSET = 10  # pixels between the edge of a cell and its text


class _Strip(NamedTuple):
    """A column as it stands in the view now: its number, where its text may be, on which side."""

    number: int
    left: int
    width: int
    at_right: bool
    machine: str


class CellPainter(Generic[R]):
    """Paints the rows of a ``LazyModel`` that are in sight, straight from its rows.

    Not a delegate: one call from C++ for each cell, with an option and an index made for it, costs
    more than the painting.
    """

    def __init__(self, look: Look, view: QTableView, model: LazyModel[R]) -> None:
        self._look, self._view, self._model = look, view, model
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme and the font now in force."""
        tokens = self._look.tokens
        self._written: dict[int, tuple[R, list[tuple[str, int]]]] = {}
        self._cut: dict[tuple[str, int], tuple[str, int]] = {}
        self._chips: dict[tuple[str, str, int, float], QPixmap] = {}
        self._font = self._view.font()
        self._metrics = QFontMetrics(self._font)
        self._chip_font: QFont = chip_font(self._font)
        self._text = QColor(tokens.text)
        self._selected = QColor(tokens.accent_soft)
        self._quiet = QColor(tokens.text2)
        self._stripe = QColor(tokens.window)
        self._current = QColor(tokens.focus)

    def paint_nothing(self, painter: QPainter, words: str) -> None:
        """Say in the middle that there are no rows."""
        painter.setPen(self._quiet)
        painter.setFont(self._font)
        where = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self._view.viewport().rect(), where, words)

    def width_of(self, text: str) -> int:
        """How many pixels a cell with this text wants."""
        return self._metrics.horizontalAdvance(text) + 2 * INSET + 2

    def width_of_chip(self, column: Column[R], state: str) -> int:
        """How many pixels the chip of a state wants."""
        look = state_look(column.machine, state)
        return chip_size(look, self._chip_font, self._icon()).width() + 2 * INSET

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paint the rows and columns that touch an area of the viewport."""
        view = self._view
        first, last = view.rowAt(area.top()), view.rowAt(area.bottom())
        strips = list(self._strips(area))
        if first < 0 or not strips:
            return
        last = last if last >= 0 else self._model.rowCount() - 1
        chosen = self._chosen(first, last)
        current = view.currentIndex().row() if view.hasFocus() else -1
        left = min(one.left for one in strips) - INSET
        width = max(one.left + one.width for one in strips) + INSET - left
        top, height = view.rowViewportPosition(first), view.rowHeight(first)
        drop = (height - self._metrics.height()) // 2 + self._metrics.ascent()
        painter.setFont(self._font)
        painter.setPen(self._text)
        for at in range(first, last + 1):
            if at in chosen:
                painter.fillRect(left, top, width, height, self._selected)
            elif at % 2:
                painter.fillRect(left, top, width, height, self._stripe)
            if at == current:
                painter.fillRect(left, top + height - 2, width, 2, self._current)
            self._paint_row(painter, self._model.row_at(at), strips, top, height, top + drop)
            top += height

    def _paint_row(
        self,
        painter: QPainter,
        row: R | None,
        strips: list[_Strip],
        top: int,
        height: int,
        base: int,
    ) -> None:
        cells = self._cells(row) if row is not None else [(WAITING, 0)] * len(self._model.columns)
        for strip in strips:
            text, width = cells[strip.number]
            if not text:
                continue
            if strip.machine and row is not None:
                self._draw_chip(painter, strip, row, top, height)
                continue
            if width > strip.width:
                text, width = self._shortened(text, strip.width)
            at = strip.left + strip.width - width if strip.at_right else strip.left
            painter.drawText(at, base, text)

    def _strips(self, area: QRect) -> Iterator[_Strip]:
        view = self._view
        right_to_left = view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for number, column in enumerate(self._model.columns):
            if view.isColumnHidden(number):
                continue
            left, width = view.columnViewportPosition(number), view.columnWidth(number)
            if left <= area.right() and left + width >= area.left():
                at_right = column.at_the_end != right_to_left
                room = max(0, width - 2 * INSET)
                yield _Strip(number, left + INSET, room, at_right, column.machine)

    def _chosen(self, first: int, last: int) -> set[int]:
        picked = self._view.selectionModel().selection()
        ranges = [picked.at(number) for number in range(picked.count())]
        return {
            at for one in ranges for at in range(max(first, one.top()), min(last, one.bottom()) + 1)
        }

    def _cells(self, row: R) -> list[tuple[str, int]]:
        # Text and width of a row's cells are worked out once, not in every frame of a scroll. The
        # row is kept with them, so that its identity cannot be taken by another one.
        held = self._written.get(id(row))
        if held is None:
            if len(self._written) > REMEMBERED:
                self._written.clear()
            texts = [" ".join(text.splitlines()) for text in self._model.texts(row)]
            cells = [(text, self._metrics.horizontalAdvance(text)) for text in texts]
            held = self._written[id(row)] = (row, cells)
        return held[1]

    def _shortened(self, text: str, width: int) -> tuple[str, int]:
        held = self._cut.get((text, width))
        if held is None:
            if len(self._cut) > REMEMBERED:
                self._cut.clear()
            # Kept apart, so that the dots stand where a text of the other direction ends.
            cut = isolate(self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))
            held = self._cut[(text, width)] = (cut, self._metrics.horizontalAdvance(cut))
        return held

    def _draw_chip(self, painter: QPainter, strip: _Strip, row: R, top: int, height: int) -> None:
        state = self._model.columns[strip.number].state_of(row)
        room = strip.width + INSET // 2
        ratio = self._view.devicePixelRatioF()
        chip = self._chip(strip.machine, state, room, ratio)
        width = round(chip.width() / ratio)
        at = strip.left + strip.width - width if strip.at_right else strip.left
        at += INSET // 2 if strip.at_right else -(INSET // 2)
        painter.drawPixmap(at, top + (height - round(chip.height() / ratio)) // 2, chip)

    def _chip(self, machine: str, state: str, room: int, ratio: float) -> QPixmap:
        key = (machine, state, room, ratio)
        if key not in self._chips:
            look = state_look(machine, state)
            size = chip_size(look, self._chip_font, self._icon())
            width = max(1, min(size.width(), room))
            made = QPixmap(round(width * ratio), round(size.height() * ratio))
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            painter.setLayoutDirection(self._view.layoutDirection())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRect(0, 0, width, size.height())
            paint_chip(painter, box, look, self._look, self._view, self._chip_font)
            painter.end()
            self._chips[key] = made
        return self._chips[key]

    def _icon(self) -> int:
        return round(self._look.icon_size() * 0.83)
