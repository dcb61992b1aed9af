"""The balance of a selection as bars: of each group all applicants, over them the seated ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QWidget

from schoolapp.base.language import _, isolate
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import END, START, mirrored
from schoolapp.desktop.places.applications.words import MISSED, SIDES, group_name
from schoolapp.domain.selection import Balance, Bar, Missed, Side

MOST = 4
"""How many groups of a side are shown; the smaller ones are counted together."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the picture: the title of a side, or a group with its two numbers."""

    words: str
    all: int = 0
    confirmed: int = 0
    is_title: bool = False


class BalanceBars(QWidget):
    """A bar for each group; the figures are beside it, as colour alone says nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: list[_Line] = []
        self._largest = 1
        self.setObjectName("balance")
        self.setAccessibleName(_("Balance"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_balance(self, balance: Balance) -> None:
        """Show the bars of all sides."""
        self._lines = []
        for side, words in SIDES.items():
            bars = balance.get(side, ())
            if bars and not (side is Side.DELEGATION and all(not bar.group for bar in bars)):
                self._lines.append(_Line(_(words), is_title=True))
                self._lines += _side(side, bars)
        self._largest = max((line.all for line in self._lines), default=1) or 1
        self.setAccessibleDescription("\n".join(map(_said, self._lines)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line of text for each group and title."""
        return QSize(0, self._height() * len(self._lines) + 4)

    def minimumSizeHint(self) -> QSize:
        """As high as all lines."""
        return QSize(24 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title by title, bar by bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, line in enumerate(self._lines):
            box = QRect(0, number * self._height(), self.width(), self._height())
            if line.is_title:
                self._paint_title(painter, box, line)
            else:
                self._paint_group(painter, box, line)
        painter.end()

    def _height(self) -> int:
        return QFontMetrics(self._small()).height() + 3

    def _small(self) -> QFont:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def _width_of_names(self, metrics: QFontMetrics, usual: int) -> int:
        """Room for the longest name, as long as the bars keep half of their usual width."""
        names = [line.words for line in self._lines if not line.is_title]
        longest = max(map(metrics.horizontalAdvance, names), default=0) + 8
        return min(max(usual, longest), round(usual * 1.5))

    def _paint_title(self, painter: QPainter, box: QRect, line: _Line) -> None:
        font = self._small()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._look.tokens.text))
        painter.drawText(mirrored(box, self.rect(), self), START, line.words)

    def _paint_group(self, painter: QPainter, box: QRect, line: _Line) -> None:
        tokens, metrics = self._look.tokens, QFontMetrics(self._small())
        painter.setFont(self._small())
        figures = metrics.horizontalAdvance("000 / 000") + 8
        words = self._width_of_names(metrics, round((box.width() - figures) * 0.46))
        room = box.width() - words - figures - 8
        name = QRect(box.left(), box.top(), words, box.height())
        painter.setPen(QColor(tokens.text))
        cut = isolate(metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, words - 6))
        painter.drawText(mirrored(name, self.rect(), self), START, cut)
        top, high = box.top() + 4, box.height() - 8
        painter.setPen(QColor(tokens.edge))
        for count, fill in ((line.all, tokens.surface2), (line.confirmed, tokens.accent)):
            if count:
                width = max(3, round(room * count / self._largest))
                bar = mirrored(QRect(box.left() + words, top, width, high), self.rect(), self)
                painter.setBrush(QColor(fill))
                painter.drawRect(bar)
        end = QRect(box.right() - figures, box.top(), figures, box.height())
        painter.setPen(QColor(tokens.text))
        painter.drawText(mirrored(end, self.rect(), self), END, _figures(line))


class MissedTargets(QWidget):
    """The targets that would be missed, with their numbers, beside a sign of warning."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._sign = look, QLabel()
        self.words = Words(wrap=True)
        self.words.setObjectName("missed_targets")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)
        self.hide()

    def show_missed(self, missed: Sequence[Missed]) -> None:
        """Show what is missed; hidden if nothing is."""
        colour = self._look.tokens.warn
        self._sign.setPixmap(self._look.pixmap("triangle-alert", colour, self))
        self.words.setText("\n".join(map(_missed, missed)))
        self.setVisible(bool(missed))


def _missed(miss: Missed) -> str:
    """What a missed target says, with its numbers."""
    return _(MISSED[miss.measure]).format(
        group=group_name(miss.side, miss.group),
        has=formats.number(miss.has),
        of=formats.number(miss.of),
        number=formats.number(miss.number),
    )


def _side(side: Side, bars: Sequence[Bar]) -> list[_Line]:
    """The largest groups of a side, the rest together, and the people who did not say."""
    said = [bar for bar in bars if bar.group]
    silent = [bar for bar in bars if not bar.group]
    shown, rest = said[:MOST], said[MOST:]
    lines = [_Line(group_name(side, bar.group), bar.all, bar.confirmed) for bar in shown]
    if rest:
        words = _("{count} other groups").format(count=formats.number(len(rest)))
        lines.append(_Line(words, sum(b.all for b in rest), sum(b.confirmed for b in rest)))
    lines += [_Line(group_name(side, ""), bar.all, bar.confirmed) for bar in silent]
    return lines


def _figures(line: _Line) -> str:
    return f"\u2066{formats.number(line.confirmed)} / {formats.number(line.all)}\u2069"


def _said(line: _Line) -> str:
    if line.is_title:
        return line.words
    return _("{group}: {confirmed} with a place of {all} who applied").format(
        group=line.words, confirmed=formats.number(line.confirmed), all=formats.number(line.all)
    )
