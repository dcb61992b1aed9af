"""A quota as a bar with its number and a word; everything in the picture is also in words."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import mirrored
from schoolapp.domain.delegations import Gauge, Quota

BAR = 10
SAID = {
    Quota.SEATS: mark("Seats: {has} of {number} taken"),
    Quota.WOMEN: mark("Women: {has}, at least {number} agreed"),
    Quota.YOUNG: mark("Younger than {age}: {has}, at least {number} agreed"),
    Quota.FIRST_TIMERS: mark("First time: {has}, at least {number} agreed"),
}
SHORT = {
    Quota.SEATS: mark("{missing} seats too many"),
    Quota.WOMEN: mark("{missing} women missing"),
    Quota.YOUNG: mark("{missing} young people missing"),
    Quota.FIRST_TIMERS: mark("{missing} first-timers missing"),
}


def in_words(gauge: Gauge) -> str:
    """A quota in a sentence, with what is missing and what nobody knows."""
    number = formats.number
    words = _(SAID[gauge.kind]).format(
        has=number(gauge.has), number=number(gauge.number), age=gauge.age
    )
    parts = [words, _("kept") if gauge.is_kept else short(gauge)]
    if gauge.unsaid:
        parts.append(_("{count} not said").format(count=number(gauge.unsaid)))
    return " · ".join(parts)


def short(gauge: Gauge) -> str:
    """What a quota is missing, in a few words."""
    return _(SHORT[gauge.kind]).format(missing=formats.number(gauge.missing))


class GaugeBar(QWidget):
    """One quota: words above a bar, with the agreed number as a line across it."""

    def __init__(self, look: Look, gauge: Gauge) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(Words(in_words(gauge), wrap=True))
        layout.addWidget(_Picture(look, gauge))
        self.setAccessibleName(in_words(gauge))


class _Picture(QWidget):
    def __init__(self, look: Look, gauge: Gauge) -> None:
        super().__init__()
        self._look, self._gauge = look, gauge
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the space allows."""
        return QSize(20 * self.fontMetrics().averageCharWidth(), BAR + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The present number, solid, and a line at the agreed one."""
        gauge, tokens = self._gauge, self._look.tokens
        whole = self.rect().adjusted(0, 3, 0, -3)
        size = max(gauge.has, gauge.number, 1) * 1.1
        painter = QPainter(self)
        painter.fillRect(whole, QColor(tokens.surface2))
        width = round(whole.width() * gauge.has / size)
        has = mirrored(QRect(whole.left(), whole.top(), width, whole.height()), whole, self)
        painter.fillRect(has, QColor(tokens.ok if gauge.is_kept else tokens.warn))
        at = whole.left() + round(whole.width() * gauge.number / size)
        line = mirrored(QRect(at, 0, 2, self.height()), self.rect(), self)
        painter.fillRect(line, QColor(tokens.text))
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.drawRect(whole.adjusted(0, 0, -1, -1))
        painter.end()
