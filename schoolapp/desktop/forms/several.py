"""Editors of several values at once: days, named dates and amounts, stays."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.desktop.forms.editors import Editor, LineEditor, MoneyEditor, V, example
from schoolapp.desktop.forms.moments import MomentEditor
from schoolapp.desktop.forms.reading import read_date
from schoolapp.desktop.forms.rows import RowsEditor, RowWords
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look

Span = tuple[dt.datetime, dt.datetime]
"""From when to when, in wall time."""


class DaysEditor(LineEditor[tuple[dt.date, ...]]):
    """Days with commas between; the value is a sorted tuple of dates."""

    def __init__(self) -> None:
        super().__init__(example("30 10 2027, 6 11 2027"), code=True)
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
    Names that are ``hidden`` have no line before there is a value for them.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        make: Callable[[], Editor[V | None]],
        hidden: Collection[str] = (),
    ) -> None:
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
            if name not in hidden:
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

    def prefer(self, currency: str) -> None:
        """Offer a currency in each amount that is empty."""
        for editor in self._editors.values():
            if isinstance(editor, MoneyEditor):
                editor.prefer(currency)

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


class SpanEditor(Editor[Span | None]):
    """From when to when; ``make`` makes the editor of one moment."""

    def __init__(self, make: Callable[[], MomentEditor]) -> None:
        super().__init__()
        self._start, self._end = make(), make()
        for editor, words in ((self._start, _("Arrival")), (self._end, _("Departure"))):
            editor.line.setAccessibleName(words)
            editor.line.setToolTip(words)
            editor.edited.connect(self.edited)
            self.row.addWidget(editor)
        self.parts = (self._start.line, self._end.line)
        self.setFocusProxy(self._start.line)

    def value(self) -> Span | None:
        """The span, if both ends are known."""
        start, end = self._start.value(), self._end.value()
        return None if start is None or end is None else (start, end)

    def put(self, value: Span | None) -> None:
        """Show a span."""
        start, end = value or (None, None)
        self._start.put(start)
        self._end.put(end)

    def problem(self) -> str:
        """What cannot be read, or which end is missing."""
        if found := self._start.problem() or self._end.problem():
            return found
        if (self._start.value() is None) != (self._end.value() is None):
            return _("Write both when the person comes and when the person leaves.")
        return ""

    def understood(self) -> str:
        """The span in words."""
        if (span := self.value()) is None:
            return ""
        start, end = map(formats.moment, span)
        return _("{start} to {end}").format(start=start, end=end)


class SpansEditor(RowsEditor[Span]):
    """From when to when, once or several times; the value is a tuple of pairs."""

    def __init__(self, look: Look, make: Callable[[], MomentEditor]) -> None:
        words = RowWords(_("Another stay"), _("Remove this stay"))
        super().__init__(look, partial(SpanEditor, make), words, least=1)
