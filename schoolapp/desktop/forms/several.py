"""Editors of several values at once: days, named dates and amounts, stays."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.desktop.forms.editors import Editor, LineEditor, ReadEditor, V
from schoolapp.desktop.forms.reading import read_date
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button, icon_button

Span = tuple[dt.datetime, dt.datetime]
"""From when to when, in wall time."""


class DaysEditor(LineEditor[tuple[dt.date, ...]]):
    """Days with commas between; the value is a sorted tuple of dates."""

    def __init__(self) -> None:
        super().__init__("2027-10-30, 2027-11-06", code=True)
        self._days: tuple[dt.date, ...] = ()

    def value(self) -> tuple[dt.date, ...]:
        """The days that were understood."""
        return self._days

    def put(self, value: Iterable[dt.date] | None) -> None:
        """Show days."""
        self._days = tuple(value or ())
        self.line.setText(", ".join(str(day) for day in self._days))
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Which piece is no day."""
        for piece in self._pieces():
            if self._read(piece) is None:
                return _("“{text}” is not a date. Write it as 2027-06-29.").format(text=piece)
        return ""

    def understood(self) -> str:
        """The days with their weekdays."""
        days = [formats.date(day, weekday=True) for day in self._days]
        return "" if self.problem() else ", ".join(days)

    def _pieces(self) -> list[str]:
        return [piece.strip() for piece in self.line.text().split(",") if piece.strip()]

    def _read(self, piece: str) -> dt.date | None:
        near = self._days[0] if self._days else clock.now().date()
        return read_date(piece, near)

    def _typed(self, text: str) -> None:
        days = [self._read(piece) for piece in self._pieces()]
        self._days = tuple(sorted({day for day in days if day is not None}))
        self.edited.emit()


class NamedEditor(Editor[tuple[tuple[str, V], ...]]):
    """A value for each of a few names; an empty one is left out. The value is a tuple of pairs.

    ``words`` gives names their words, marked; a name that it does not know is shown as it is.
    """

    def __init__(self, words: Mapping[str, str], make: Callable[[], Editor[V | None]]) -> None:
        super().__init__()
        self._words, self._make = words, make
        self._editors: dict[str, Editor[V | None]] = {}
        inside = QWidget(self)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.row.addWidget(inside)
        for name in words:
            self._add(name)

    def value(self) -> tuple[tuple[str, V], ...]:
        """Names and values, in the order shown."""
        pairs = [(name, editor.value()) for name, editor in self._editors.items()]
        return tuple((name, value) for name, value in pairs if value is not None)

    def put(self, value: Iterable[tuple[str, V]] | None) -> None:
        """Show values; names that were not known get a line of their own."""
        held = dict(value or ())
        ordered = [*held, *(name for name in self._editors if name not in held)]
        for name in held:
            if name not in self._editors:
                self._add(name)
        self._editors = {name: self._editors[name] for name in ordered}
        for name, editor in self._editors.items():
            editor.put(held.get(name))

    def problem(self) -> str:
        """The first problem of a line."""
        return next((p for one in self._editors.values() if (p := one.problem())), "")

    def _add(self, name: str) -> None:
        editor, at = self._make(), self._grid.rowCount()
        said = _(self._words[name]) if name in self._words else name.replace("_", " ")
        label = Words(said, quiet=True, wrap=True)
        label.setBuddy(editor.parts[0])
        for part in editor.parts:
            own = part.accessibleName()
            part.setAccessibleName(f"{said}, {own}" if own else said)
        editor.setObjectName(name)
        editor.edited.connect(self.edited)
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(editor, at, 1)
        self._editors[name] = editor
        self.parts = tuple(part for one in self._editors.values() for part in one.parts)
        self.setFocusProxy(self.parts[0])


class SpansEditor(Editor[tuple[Span, ...]]):
    """From when to when, once or several times; the value is a tuple of pairs.

    ``make`` makes the editor of one moment.
    """

    def __init__(self, look: Look, make: Callable[[], ReadEditor[dt.datetime]]) -> None:
        super().__init__()
        self._look, self._make = look, make
        self._lines: list[tuple[QWidget, ReadEditor[dt.datetime], ReadEditor[dt.datetime]]] = []
        column = QVBoxLayout()
        column.setSpacing(6)
        self._column = QVBoxLayout()
        self._more = button(look, _("Another stay"), self._another, "plus")
        self._more.setAccessibleName(_("Another stay"))
        column.addLayout(self._column)
        self.row.addLayout(column)
        self.put(())
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)  # Tab reaches it last

    def value(self) -> tuple[Span, ...]:
        """The spans of which both ends are known."""
        pairs = [(start.value(), end.value()) for _line, start, end in self._lines]
        return tuple((a, b) for a, b in pairs if a is not None and b is not None)

    def put(self, value: Iterable[Span] | None) -> None:
        """Show spans; at least one line."""
        spans: list[tuple[dt.datetime | None, dt.datetime | None]] = [*(value or ())]
        spans = spans or [(None, None)]
        while len(self._lines) > len(spans):
            self._drop(self._lines[-1][0])
        while len(self._lines) < len(spans):
            self._add()
        for (_line, start, end), (a, b) in zip(self._lines, spans, strict=True):
            start.put(a)
            end.put(b)

    def problem(self) -> str:
        """What cannot be read, or which end is missing."""
        for _line, start, end in self._lines:
            if found := start.problem() or end.problem():
                return found
            if (start.value() is None) != (end.value() is None):
                return _("Write both when the person comes and when the person leaves.")
        return ""

    def understood(self) -> str:
        """The spans in words."""
        said = [
            _("{start} to {end}").format(start=formats.moment(a), end=formats.moment(b))
            for a, b in self.value()
        ]
        return "" if self.problem() else "\n".join(said)

    def _add(self) -> None:
        line, start, end = QWidget(), self._make(), self._make()
        layout = QGridLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(start, 0, 0)
        layout.addWidget(end, 0, 1)
        for editor, words in ((start, _("Arrival")), (end, _("Departure"))):
            editor.line.setAccessibleName(words)
            editor.line.setToolTip(words)
            editor.edited.connect(self.edited)
        if self._lines:
            gone = icon_button(self._look, "x", _("Remove this stay"), partial(self._gone, line))
            layout.addWidget(gone, 0, 2)
        self._column.addWidget(line)
        self._lines.append((line, start, end))
        self._tell_parts()

    def _drop(self, line: QWidget) -> None:
        self._lines = [one for one in self._lines if one[0] is not line]
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._tell_parts()

    def _tell_parts(self) -> None:
        ends = [one.line for _line, start, end in self._lines for one in (start, end)]
        self.parts = (*ends, self._more)
        if len(self._lines) == 1:
            self.setFocusProxy(ends[0])
            return
        inside = [part for line, _start, _end in self._lines for part in _reached(line)]
        for before, after in pairwise([*inside, self._more]):
            QWidget.setTabOrder(before, after)

    def _another(self) -> None:
        self._add()
        self._lines[-1][1].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _gone(self, line: QWidget) -> None:
        self._drop(line)
        self.edited.emit()


def _reached(line: QWidget) -> list[QWidget]:
    """What Tab reaches in a line, in order."""
    parts = (*line.findChildren(QLineEdit), *line.findChildren(QAbstractButton))
    return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
