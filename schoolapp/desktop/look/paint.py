"""How a state chip is painted, in tables and beside titles."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.states import StateLook

START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)  # turns round with the text
END = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_INSET, _GAP = 8, 5


def chip_font(base: QFont) -> QFont:
    """The font of a chip: the table's, a little heavier."""
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold)
    font.setPointSizeF(base.pointSizeF() * 0.92)
    return font


def chip_size(state: StateLook, font: QFont, icon: int) -> QSize:
    """How large the chip of a state is."""
    metrics = QFontMetrics(font)
    width = 2 * _INSET + icon + _GAP + metrics.horizontalAdvance(state.text)
    return QSize(width, max(metrics.height(), icon) + 6)


def paint_chip(
    painter: QPainter, rect: QRect, state: StateLook, look: Look, widget: QWidget, font: QFont
) -> None:
    """Paint icon and word of a state at the leading edge of ``rect``."""
    icon = round(look.icon_size() * 0.83)
    pair = look.tokens.pair(state.look)
    size = chip_size(state, font, icon)
    width = min(size.width(), rect.width())
    leading = QRect(rect.left(), rect.center().y() - size.height() // 2, width, size.height())
    box = mirrored(leading, rect, widget)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(pair.ground))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    at = QRect(box.left() + _INSET, box.center().y() - icon // 2, icon, icon)
    drawing = look.pixmap(state.icon, pair.ink, widget, icon)
    painter.drawPixmap(QPoint(mirrored(at, box, widget).topLeft()), drawing)
    start = _INSET + icon + _GAP
    text = QRect(box.left() + start, box.top(), box.width() - start - _INSET // 2, box.height())
    painter.setPen(QColor(pair.ink))
    painter.setFont(font)
    painter.drawText(mirrored(text, box, widget), START, state.text)


def mirrored(rect: QRect, within: QRect, widget: QWidget) -> QRect:
    """The rectangle, turned round inside another where the widget runs from right to left."""
    if widget.layoutDirection() == Qt.LayoutDirection.LeftToRight:
        return rect
    return QRect(
        within.left() + within.right() - rect.right(), rect.top(), rect.width(), rect.height()
    )


class StateChip(QWidget):
    """A chip beside a title: the state of what is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._state: StateLook | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_state(self, state: StateLook | None) -> None:
        """Show a state, or nothing."""
        self._state = state
        self.setVisible(state is not None)
        self.setAccessibleName(state.text if state else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as icon and word."""
        if self._state is None:
            return QSize(0, 0)
        return chip_size(self._state, chip_font(self.font()), round(self._look.icon_size() * 0.83))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        if self._state is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_chip(painter, self.rect(), self._state, self._look, self, chip_font(self.font()))
            painter.end()
