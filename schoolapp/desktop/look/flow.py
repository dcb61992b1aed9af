"""A layout whose items wrap like words."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QLayout,
    QLayoutItem,
)

from schoolapp.desktop.look.paint import mirrored


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
