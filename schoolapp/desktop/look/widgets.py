"""The small widgets that places are made of: buttons, lines, chips, a wrapping row, facts."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from schoolapp.base.language import _
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Look, Words
from schoolapp.desktop.look.paint import mirrored
from schoolapp.desktop.look.states import StateLook


def button(
    look: Look, words: str, run: Callable[[], object], icon: str = "", primary: bool = False
) -> QPushButton:
    """A push button with words in the language in use; one in a place may be ``primary``."""
    made = QPushButton(words)
    made.setProperty("primary", primary)
    made.setAutoDefault(False)
    made.clicked.connect(partial(_clicked, run))
    if icon:
        look.give_icon(made, icon, "on_accent" if primary else "text")
    return made


def icon_button(look: Look, icon: str, name: str, run: Callable[[], object]) -> QPushButton:
    """A button that is only an icon: for search, close and more; named for screen readers."""
    made = QPushButton()
    made.setProperty("flat", True)
    made.setAutoDefault(False)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.clicked.connect(partial(_clicked, run))
    look.give_icon(made, icon, "text2")
    return made


def scrolling(inside: QWidget) -> QScrollArea:
    """Lets a widget scroll where it is higher than its room; no key stops at the area itself."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return area


def _clicked(run: Callable[[], object], checked: bool = False) -> None:
    run()


class BriefLine(QLineEdit):
    """A line for a few letters: while it is empty, undo and redo mean the window's, not its own."""

    def event(self, event: QEvent) -> bool:
        """Claim undo and redo only when there is something written."""
        if event.type() == QEvent.Type.ShortcutOverride and not self.text():
            assert isinstance(event, QKeyEvent)
            if event.matches(QKeySequence.StandardKey.Undo) or event.matches(
                QKeySequence.StandardKey.Redo
            ):
                event.ignore()
                return False
        return super().event(event)


class _Part(NamedTuple):
    """What one item of a ``Flow`` needs, in pixels; its height is None if it depends on the width.

    ``width`` is the least of an item that grows and the usual of any other; ``least`` is the least
    of all, ``most`` the greatest.
    """

    item: QLayoutItem
    width: int
    least: QSize
    most: int
    grows: bool
    height: int | None

    @classmethod
    def of(cls, item: QLayoutItem) -> "_Part":
        """Ask an item."""
        grows = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
        hint, least = item.sizeHint(), item.minimumSize()
        width = least.width() if grows else hint.width()
        height = None if item.hasHeightForWidth() else hint.height()
        return cls(item, width, least, item.maximumSize().width(), grows, height)

    def height_for(self, width: int) -> int:
        """The height where there is this much room."""
        return self.item.heightForWidth(width) if self.height is None else self.height


class Flow(QLayout):
    """Widgets side by side that wrap to the next line, in the direction of the text.

    What has an expanding size policy takes the spare width of its line.
    """

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._parts: list[_Part] | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take in one more."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one away."""
        if not 0 <= index < len(self._items):
            return None
        self._parts = None
        self._heights.clear()
        return self._items.pop(index)

    def invalidate(self) -> None:
        """Ask the items again: Qt asks for heights hundreds of times until a place is laid out."""
        self._parts = None
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """None: it takes what its widgets need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Put everything where it belongs."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [part.item.sizeHint() for part in self._shown()]
        width = sum(size.width() + self._gap for size in sizes)
        return QSize(max(0, width - self._gap), max((s.height() for s in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest one alone."""
        sizes = [part.least for part in self._shown()]
        return QSize(
            max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0)
        )

    def _shown(self) -> list[_Part]:
        if self._parts is None:
            self._parts = [_Part.of(item) for item in self._items if not item.isEmpty()]
        return self._parts

    def _arrange(self, rect: QRect, move: bool) -> int:
        y, parent = rect.top(), self.parentWidget()
        for line in self._lines(rect.width()):
            shared = self._shared_out(line, rect.width())
            height = max(part.height_for(width) for part, width in shared)
            x = rect.left()
            for part, width in shared if move else ():
                own = part.height_for(width)
                box = QRect(QPoint(x, y + (height - own) // 2), QSize(width, own))
                part.item.setGeometry(mirrored(box, rect, parent) if parent else box)
                x += width + self._gap
            y += height + self._gap
        return max(0, y - self._gap - rect.top())

    def _lines(self, room: int) -> list[list[_Part]]:
        """The items of each line."""
        lines: list[list[_Part]] = []
        left = 0
        for part in self._shown():
            if not lines or part.width > left:
                lines.append([])
                left = room
            lines[-1].append(part)
            left -= part.width + self._gap
        return lines

    def _shared_out(self, line: list[_Part], room: int) -> list[tuple[_Part, int]]:
        """The line with its spare width given to what grows, the last first."""
        spare = room - sum(part.width + self._gap for part in line) + self._gap
        left = sum(part.grows for part in line)
        shared = []
        for part in reversed(line):
            width = part.width
            if part.grows:
                more = min(max(0, spare) // left, part.most - width)
                spare, left, width = spare - more, left - 1, width + more
            shared.append((part, min(width, room)))
        return shared[::-1]


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

    def choose(self, key: str) -> None:
        """Turn a chip on without telling anybody."""
        self._chips[key].setChecked(True)

    def _clicked(self, chip: Chip) -> None:
        self.chosen.emit(chip.key)


class Facts(QWidget):
    """What is known and not edited here: a label and a value on each line."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show pairs of label and value, both in the language in use; empty values are left out."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line, (label, value) in enumerate((one, two) for one, two in facts if two):
            name, said = Words(label, quiet=True), Words(value, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(name, line, 0, top)
            self._grid.addWidget(said, line, 1, top)
