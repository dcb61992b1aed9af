"""Chips: small buttons that narrow a list, with their numbers."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QSizePolicy,
    QWidget,
)

from schoolapp.base.language import _
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import mirrored
from schoolapp.desktop.look.states import StateLook


class Chip(QAbstractButton):
    """A filter that is on or off, with the number of rows it stands for."""

    def __init__(self, look: Look, key: str, words: str, state: StateLook | None = None) -> None:
        super().__init__()
        self.key, self._words, self._state, self._look = key, words, state, look
        self._count: int | None = None
        self.setCheckable(True)
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        """Show how many rows there are."""
        self._count = count
        self.setAccessibleName(
            _("{filter}, {count}").format(filter=self._words, count=formats.number(count))
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, words and number with air around them."""
        metrics = QFontMetrics(self._bold())
        icon = self._icon_side() + 6 if self._state else 0
        width = metrics.horizontalAdvance(self._label()) + icon + 26
        return QSize(width, max(28, metrics.height() + 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded outline; filled while it is on."""
        tokens, on = self._look.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        fill = tokens.accent_soft if on else tokens.hover if self.underMouse() else tokens.surface
        painter.setBrush(QColor(fill))
        painter.setPen(QPen(QColor(tokens.accent if on else tokens.edge), 1))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        start = 12
        if self._state:
            side = self._icon_side()
            at = QRect(start, box.center().y() - side // 2, side, side)
            ink = tokens.pair(self._state.look).ink
            drawing = self._look.pixmap(self._state.icon, ink, self, side)
            painter.drawPixmap(mirrored(at, self.rect(), self).topLeft(), drawing)
            start += side + 6
        painter.setPen(QColor(tokens.text))
        painter.setFont(self._bold() if on else self.font())
        text = QRect(start, 0, self.width() - start - 8, self.height())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(mirrored(text, self.rect(), self), int(align), self._label())
        painter.end()

    def _label(self) -> str:
        return (
            self._words if self._count is None else f"{self._words}  {formats.number(self._count)}"
        )

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _icon_side(self) -> int:
        return round(self._look.icon_size() * 0.9)


class ChipBar(QWidget):
    """Chips of which one is on; the first is "All"."""

    chosen = Signal(str)  # the key, "" for all

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)
        self._flow = Flow(6)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, key: str, words: str, state: StateLook | None = None) -> None:
        """Add a chip; the first one added is on."""
        chip = Chip(self._look, key, words, state)
        self._chips[key] = chip
        self._group.addButton(chip)
        self._flow.addWidget(chip)
        chip.setChecked(len(self._chips) == 1)

    def add_beside(self, widget: QWidget) -> None:
        """Add something that is no choice among the chips but wraps with them."""
        self._flow.addWidget(widget)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show the numbers; a chip without rows goes, unless it is on or stands for all."""
        self._flow.setEnabled(False)  # else each chip that comes or goes arranges all of them
        for key, chip in self._chips.items():
            chip.show_count(counts.get(key, 0))
            chip.setVisible(bool(counts.get(key)) or key == "" or chip.isChecked())
        self._flow.setEnabled(True)
        self._flow.invalidate()
        self.updateGeometry()

    @property
    def current(self) -> str:
        """The key of the chip that is on; empty for all, or where there is no chip."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def press(self, key: str) -> None:
        """Turn a chip on as if it was clicked; nothing happens if it is on or not there."""
        chip = self._chips.get(key)
        if chip is not None and not chip.isChecked():
            chip.click()

    def choose(self, key: str) -> None:
        """Turn a chip on without telling anybody."""
        self._chips[key].setChecked(True)

    def _clicked(self, chip: Chip) -> None:
        self.chosen.emit(chip.key)
