"""How the day by rooms is painted: hours, closed hours, cards and the heads of the rooms."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, isolate, ltr, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import mirrored
from schoolapp.desktop.places.programme.timetable.day_model import Card, Day
from schoolapp.desktop.places.programme.words import KINDS, spoken

BAR, RADIUS, PAD = 4, 4, 8
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Grid(Protocol):
    """What painting needs from the grid."""

    @property
    def gutter(self) -> int: ...
    @property
    def head(self) -> int: ...
    def column_width(self) -> int: ...
    def height_of(self, minutes: int) -> int: ...
    def shown(self, box: QRect) -> QRect: ...
    def verticalOffset(self) -> int: ...
    def viewport(self) -> QWidget: ...


class Brush:
    """Paints one day on the viewport of a grid."""

    def __init__(self, painter: QPainter, grid: Grid, look: Look, day: Day) -> None:
        self._painter, self._grid, self._look, self._day = painter, grid, look, day
        self._tokens = look.tokens
        self._view = grid.viewport()
        self._font = QFont(self._view.font())
        self._small = QFont(self._font)
        self._small.setPointSizeF(self._font.pointSizeF() * 0.9)
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)

    def ground(self) -> None:
        """The background: hours, half hours, columns, and hours in which nothing may be planned."""
        painter, whole = self._painter, self._view.rect()
        painter.fillRect(whole, QColor(self._tokens.surface))
        border = QColor(self._tokens.border)
        for minutes in range(self._day.first, self._day.last + 1, 30):
            y = self._grid.height_of(minutes) - self._grid.verticalOffset()
            dotted = minutes % 60 != 0
            pen = QPen(border, 1, Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawLine(0, y, whole.width(), y)
        for closed in self._day.programme.closed:
            start = closed.start.hour * 60 + closed.start.minute
            end = closed.end.hour * 60 + closed.end.minute
            self._closed(start, end, closed.why)
        if self._day.programme.is_free:
            words = _("A free day: only social evenings are expected.")
            self._closed(self._day.first, min(18 * 60, self._day.last), words)
        painter.setPen(QPen(border, 1))
        for number in range(len(self._day.columns) + 1):
            box = self._column(number)
            painter.drawLine(box.left(), 0, box.left(), whole.height())

    def _closed(self, start: int, end: int, why: str) -> None:
        grid, painter = self._grid, self._painter
        top, bottom = grid.height_of(start), grid.height_of(end)
        width = grid.column_width() * len(self._day.columns)
        box = grid.shown(QRect(grid.gutter, top, width, bottom - top))
        painter.fillRect(box, QColor(self._tokens.surface2))
        painter.fillRect(box, QBrush(QColor(self._tokens.border), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QColor(self._tokens.text2))
        painter.setFont(self._small)
        line = QRect(box.left() + PAD, box.bottom() - 24, box.width() - 2 * PAD, 22)
        painter.drawText(line, int(_START), why)

    def _column(self, number: int) -> QRect:
        width = self._grid.column_width()
        return self._grid.shown(QRect(self._grid.gutter + number * width, 0, width, 1))

    def heads(self) -> None:
        """The names of the rooms above and the hours beside, over what is scrolled beneath them."""
        painter, grid, whole = self._painter, self._grid, self._view.rect()
        border = QPen(QColor(self._tokens.border), 1)
        gutter = mirrored(QRect(0, 0, grid.gutter, whole.height()), whole, self._view)
        painter.fillRect(gutter, QColor(self._tokens.surface))
        painter.setFont(self._small)
        painter.setPen(QColor(self._tokens.text2))
        for minutes in range(self._day.first, self._day.last + 1, 60):
            y = grid.height_of(minutes) - grid.verticalOffset()
            box = QRect(gutter.left() + 4, y - 10, gutter.width() - 12, 20)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(align), ltr(f"{minutes // 60 % 24:02}:00"))
        top = QRect(0, 0, whole.width(), grid.head)
        painter.fillRect(top, QColor(self._tokens.surface))
        for number in range(len(self._day.columns)):
            self._room(number)
        painter.fillRect(
            QRect(gutter.left(), 0, gutter.width(), grid.head), QColor(self._tokens.surface)
        )
        painter.setPen(border)
        painter.drawLine(0, grid.head - 1, whole.width(), grid.head - 1)

    def _room(self, number: int) -> None:
        room, box = self._day.columns[number], self._column(number)
        line = QFontMetrics(self._font).height()
        name = QRect(box.left() + PAD, 6, box.width() - 2 * PAD, line)
        self._line(name, room.name, self._bold, self._tokens.text)
        if room.seats is not None:
            seats = plural("{number} seat", "{number} seats", room.seats)
            words = seats.format(number=formats.number(room.seats))
            self._line(name.translated(0, line), words, self._small, self._tokens.text2)
        painter = self._painter
        painter.setPen(QPen(QColor(self._tokens.border), 1))
        painter.drawLine(box.left(), 0, box.left(), self._grid.head)

    def _line(self, box: QRect, words: str, font: QFont, ink: str) -> None:
        metrics = QFontMetrics(font)
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink))
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        self._painter.drawText(box, int(_START), isolate(short))

    def card(self, card: Card, box: QRect, is_current: bool) -> None:
        """A session: coloured by kind; a clash is hatched, dashed, and has a triangle."""
        painter = self._painter
        pair = self._tokens.pair(KINDS[card.row.kind][0])
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(box), RADIUS, RADIUS)
        painter.fillPath(shape, QColor(pair.ground))
        if card.clashes:
            hatch = QColor(self._tokens.danger)
            hatch.setAlpha(60)
            painter.fillPath(shape, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        bar = mirrored(QRect(box.left(), box.top(), BAR, box.height()), box, self._view)
        painter.fillRect(bar, QColor(pair.ink))
        self._words(card, box, pair.ink, pair.ground)
        if card.clashes:
            pen = QPen(QColor(self._tokens.danger), 1.6, Qt.PenStyle.DashLine)
            painter.strokePath(shape, pen)
        if is_current:
            painter.strokePath(shape, QPen(QColor(self._tokens.text), 2.4))

    def _words(self, card: Card, box: QRect, ink: str, ground: str) -> None:
        inner = mirrored(box.adjusted(BAR + 6, 4, -6, -4), box, self._view)
        if card.clashes:
            self._triangle(inner)
        title = QRect(inner.left(), inner.top(), inner.width() - (20 if card.clashes else 0), 0)
        title = mirrored(title, inner, self._view)
        metrics = QFontMetrics(self._bold)
        room = max(1, (inner.height() - metrics.height()) // metrics.lineSpacing())
        most = min(3, room) if inner.height() > 2 * metrics.lineSpacing() else 1
        top = self._title(card.row.title, title, most, ink)
        row = card.row
        who = " · ".join(part for part in (row.room, row.speakers) if part)
        lines = [formats.span(row.start, row.end), who, spoken(row.spoken)]
        step = QFontMetrics(self._small).lineSpacing()
        for words in (line for line in lines if line):
            if top + step > inner.bottom() + 3:
                break
            self._line(QRect(inner.left(), top, inner.width(), step), words, self._small, ink)
            top += step

    def _title(self, words: str, box: QRect, most: int, ink: str) -> int:
        """Paint a title over several lines, the last one cut; answers where it ends."""
        layout = QTextLayout(words, self._bold)
        option = QTextOption()
        option.setTextDirection(self._view.layoutDirection())
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        starts = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(box.width())
            starts.append(line.textStart())
        layout.endLayout()
        step = QFontMetrics(self._bold).lineSpacing()
        top = box.top()
        for number, start in enumerate(starts[:most]):
            last = number == most - 1 or number == len(starts) - 1
            end = None if last else starts[number + 1]
            piece = QRect(box.left(), top, box.width(), step)
            self._line(piece, words[start:end].strip(), self._bold, ink)
            top += step
        return top

    def _triangle(self, inner: QRect) -> None:
        side = 16
        at = QRect(inner.right() - side + 1, inner.top(), side, side)
        place = mirrored(at, inner, self._view)
        drawing = self._look.pixmap("triangle-alert", self._tokens.danger, self._view, side)
        self._painter.drawPixmap(QPointF(place.topLeft()), drawing)
