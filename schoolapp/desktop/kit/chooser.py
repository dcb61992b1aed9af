"""The card in the middle of the window where a few letters find something: palette and switcher."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base.language import _, isolate
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import END, START, mirrored
from schoolapp.domain.text import fold

Index = QModelIndex | QPersistentModelIndex
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose; ``keys`` stands at the end of the row, so that it teaches."""

    text: str
    run: Callable[[], object]
    detail: str = ""
    keys: str = ""
    icon: str = ""


def matching(entries: Sequence[Entry], query: str) -> list[Entry]:
    """The entries that hold every word of the query; those that begin with it first."""
    words = fold(query).split()
    ranked = []
    for at, entry in enumerate(entries):
        held = fold(f"{entry.text} {entry.detail}")
        if all(word in held for word in words):
            begins = bool(words) and held.startswith(words[0])
            whole = all(f" {held}".find(f" {word}") >= 0 for word in words)
            ranked.append((not begins, not whole, at, entry))
    return [entry for *_rank, entry in sorted(ranked, key=lambda one: one[:3])]


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.text, entry.detail, entry.keys) if part)
        return None


class _EntryPainter(QAbstractItemDelegate):
    def __init__(self, look: Look, view: QListView, model: _Entries) -> None:
        super().__init__(view)
        self._look, self._view, self._model = look, view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.row_height(self._view))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, tokens, view = self._model.entries[index.row()], self._look.tokens, self._view
        box: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        inner = box.adjusted(12, 0, -12, 0)
        side = self._look.icon_size()
        if entry.icon:
            at = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            drawing = self._look.pixmap(entry.icon, tokens.text2, view)
            painter.drawPixmap(mirrored(at, inner, view).topLeft(), drawing)
        metrics = view.fontMetrics()
        painter.setFont(QFont(view.font()))
        painter.setPen(QColor(tokens.text2))
        end = entry.keys or entry.detail
        painter.drawText(inner, END, end)
        left = inner.left() + side + 12
        taken = metrics.horizontalAdvance(end) + 16
        words = QRect(left, inner.top(), inner.right() - left - taken, inner.height())
        painter.setPen(QColor(tokens.text))
        shown = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(mirrored(words, inner, view), START, isolate(shown))


class Chooser(QFrame):
    """A child of the window, so that it looks and works the same on every platform.

    Arrows move, Enter runs, Esc goes back exactly where the focus was.
    """

    def __init__(self, window: QWidget, look: Look, name: str) -> None:
        super().__init__(window)
        self._entries: Sequence[Entry] = ()
        self._back: QWidget | None = None
        self.setProperty("popup", True)
        self.setAccessibleName(name)
        self.line, self.list, self._model = QLineEdit(), QListView(), _Entries()
        self._model.setParent(self)
        self.line.setPlaceholderText(name)
        self.line.setAccessibleName(name)
        self.list.setAccessibleName(_("What was found"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_EntryPainter(look, self.list, self._model))
        self.list.setProperty("plain", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.clicked.connect(self._run)
        self.line.textChanged.connect(self._narrow)
        self.line.installEventFilter(self)
        hint = Words(_("Arrows choose, Enter runs, Esc closes"), quiet=True)
        layout = QVBoxLayout(self)
        for widget in (self.line, self.list, hint):
            layout.addWidget(widget)
        self.hide()

    def open(self, entries: Sequence[Entry]) -> None:
        """Offer these entries."""
        self._back = QApplication.focusWidget()
        self._entries = entries
        self.line.clear()
        self._narrow("")
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_back(self) -> None:
        """Close, and give the focus back."""
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)
        self._back = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line that belong to the list; losing the focus closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.close_back()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
            if event.key() in _MOVES:
                QApplication.sendEvent(self.list, event)
                return True
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False

    def shown(self) -> list[Entry]:
        """What is offered now."""
        return self._model.entries

    def _narrow(self, query: str) -> None:
        self._model.show(matching(self._entries, query))
        if self._model.entries:
            self.list.setCurrentIndex(self._model.index(0))

    def _run(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._model.entries[index.row()]
            self.close_back()
            entry.run()

    def _place(self) -> None:
        window = self.window()
        letters = self.fontMetrics().averageCharWidth()
        width = min(72 * letters, window.width() - 48)
        height = min(26 * self.fontMetrics().height(), window.height() - 96)
        self.setGeometry((window.width() - width) // 2, 56, width, height)
