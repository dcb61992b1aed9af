"""An editor of several values, each in a row of its own that can be added and removed."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from schoolapp.desktop.forms.editors import Editor, V
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button, icon_button


class RowWords(NamedTuple):
    """What the buttons of rows say, in the language in use."""

    another: str
    remove: str


class RowsEditor(Editor[tuple[V, ...]]):
    """Values in rows; ``make`` makes the editor of one, which answers None while it is not whole.

    ``least`` rows are always there, and cannot be removed.
    """

    def __init__(
        self, look: Look, make: Callable[[], Editor[V | None]], words: RowWords, least: int = 0
    ) -> None:
        super().__init__()
        self._look, self._make, self._words, self._least = look, make, words, least
        self._rows: list[tuple[QWidget, Editor[V | None]]] = []
        column = QVBoxLayout()
        column.setSpacing(6)
        self._column = QVBoxLayout()
        self._more = button(look, words.another, self._another, "plus")
        self._more.setAccessibleName(words.another)
        column.addLayout(self._column)
        self.row.addLayout(column)
        self.put(())
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)  # Tab reaches it last
        self._tell_parts()

    @property
    def editors(self) -> list[Editor[V | None]]:
        """The editors of the rows, in order."""
        return [editor for _row, editor in self._rows]

    def value(self) -> tuple[V, ...]:
        """The values of the rows that are whole."""
        return tuple(value for one in self.editors if (value := one.value()) is not None)

    def put(self, value: Iterable[V] | None) -> None:
        """Show values, each in a row."""
        values: list[V | None] = [*(value or ())]
        values += [None] * (self._least - len(values))
        while len(self._rows) > len(values):
            self._drop(self._rows[-1][0])
        while len(self._rows) < len(values):
            self._add()
        for editor, one in zip(self.editors, values, strict=True):
            editor.put(one)

    def problem(self) -> str:
        """What is wrong with the first row that is not right."""
        return next((found for one in self.editors if (found := one.problem())), "")

    def understood(self) -> str:
        """The rows in words, a line each."""
        return (
            ""
            if self.problem()
            else "\n".join(filter(None, (e.understood() for e in self.editors)))
        )

    def _add(self) -> None:
        row, editor = QWidget(), self._make()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(editor, 1)
        editor.edited.connect(self.edited)
        if len(self._rows) >= self._least:
            gone = icon_button(self._look, "x", self._words.remove, partial(self._gone, row))
            layout.addWidget(gone, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(row)
        self._rows.append((row, editor))
        self._tell_parts()

    def _drop(self, row: QWidget) -> None:
        self._rows = [one for one in self._rows if one[0] is not row]
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._tell_parts()

    def _tell_parts(self) -> None:
        parts = [part for editor in self.editors for part in editor.parts]
        self.parts = (*parts, self._more)
        self.setFocusProxy(self.parts[0])
        if self._more.parentWidget() is None:
            return  # it comes into the layout last: until then all is in the order it was made
        inside = [part for row, _editor in self._rows for part in _reached(row)]
        for before, after in pairwise([*inside, self._more]):
            QWidget.setTabOrder(before, after)

    def _another(self) -> None:
        self._add()
        self._rows[-1][1].parts[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _gone(self, row: QWidget) -> None:
        self._drop(row)
        self._more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


def _reached(row: QWidget) -> list[QWidget]:
    """What Tab reaches in a row, in order."""
    kinds = (QLineEdit, QComboBox, QListWidget, QAbstractButton)
    parts = [part for part in row.findChildren(QWidget) if isinstance(part, kinds)]
    return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
