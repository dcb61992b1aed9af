"""A list out of any sheet: the table and its headings are found, every row is read or left out."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from schoolapp.base.language import _, mark
from schoolapp.domain.reading_cells import amounts, dates
from schoolapp.domain.reading_cells.cell_text import clean
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import words_of
from schoolapp.exchange.applications import limits, tables
from schoolapp.exchange.applications.mapping import unique
from schoolapp.exchange.applications.sheets import Cell, Sheets, Table
from schoolapp.exchange.lists.cells import Span, read_cell
from schoolapp.exchange.lists.kinds import ListKind, Reader, headings_of
from schoolapp.exchange.lists.names import ListName
from schoolapp.exchange.lists.values import ListDoubt, ListRow, ReadList, Value

_ENDS = {"start": "end", "days": "last_day"}
"""The field that has the end of a span of times or days."""
ANOTHER = mark("The row is of another table in the same sheet, which is not read.")
_OF_VALUES = frozenset({"label", "type"})
"""What the heading of a column ends in that says of what kind the value beside it is."""
_HEADINGS = 3  # known headings that make a row the beginning of another table
Chosen = Mapping[str, str | None]
"""Heading to field, as somebody chose it; None leaves a column out."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A table, the index of its heading row, its headings and what they mean."""

    table: Table
    header: int
    headings: list[str]
    fields: list[str | None]

    @property
    def score(self) -> tuple[int, int]:
        """The more fields the better, then the longer table."""
        return len({name for name in self.fields if name}), len(self.table.rows)


def read_list(
    sheets: Sheets, file: str, kind: ListKind, *, first: dt.date, last: dt.date,
    currency: str = "EUR", chosen: Chosen | None = None,
) -> ReadList:  # fmt: skip
    """Every row of a list; ``first`` and ``last`` are the days of the gathering.

    Amounts are in ``currency`` unless they name another one.

    ``RuleBroken`` if no row of headings names what a list of this kind needs.
    """
    found = _find(sheets, kind, chosen or {})
    _need(kind, found)
    rows = found.table.rows[found.header + 1 :]
    end = _end(kind, found, rows)
    habits, paid = _habits(kind, found, rows, first, last), _amounts(kind, found, rows)
    span = Span(first, last, habits, currency, paid)
    return ReadList(
        file=file,
        kind=kind,
        table=found.table.name,
        header_row=found.header + 1,
        columns=tuple(zip(found.headings, found.fields, strict=True)),
        rows=(
            *(_row(n, row, kind, found, span) for n, row in enumerate(rows[:end], 1)),
            *(_of_another(n, row, found) for n, row in enumerate(rows[end:], end + 1)),
        ),
        other_tables=tuple(t.name for t in sheets.tables if t is not found.table),
        unread=_unread(found, rows[:end]),
    )


def meaning(kind: ListName, heading: str) -> tuple[str | None, int]:
    """The field that a heading names, and how well: 2 by all its words, 1 by its first ones."""
    words = words_of(heading)
    if len(words) > 1 and words[-1] in _OF_VALUES:
        return None, 0
    known = headings_of(kind)
    for length in range(len(words), 0, -1):
        if name := known.get(" ".join(words[:length])):
            return name, 2 if length == len(words) else 1
    return None, 0


def _find(sheets: Sheets, kind: ListKind, chosen: Chosen) -> _Found:
    tried = [
        _tried(table, index, kind, chosen)
        for table in sheets.tables
        if not table.unseen
        for index, row in enumerate(table.rows[: limits.HEADER_WITHIN])
        if any(isinstance(cell, str) and cell for cell in row)
    ]
    if not tried:
        raise RuleBroken(mark("The sheet is empty."))
    return max(tried, key=lambda one: (*one.score, -one.header))


def _tried(table: Table, index: int, kind: ListKind, chosen: Chosen) -> _Found:
    texts = [clean(tables.text_of(cell)).text for cell in table.rows[index]]
    headings = unique(texts)
    return _Found(table, index, headings, _fields(kind, headings, chosen))


def _fields(kind: ListKind, headings: Sequence[str], chosen: Chosen) -> list[str | None]:
    """What each heading means: as chosen, else the heading that names a field best has it."""
    taken = {name for name in chosen.values() if name}
    best: dict[str, tuple[int, int]] = {}
    for index, heading in enumerate(headings):
        name, sure = meaning(kind.name, heading)
        if heading in chosen or name is None or name in taken:
            continue
        if sure > best.get(name, (0, 0))[0]:
            best[name] = (sure, index)
    guessed = {index: name for name, (_sure, index) in best.items()}
    return [chosen.get(h, guessed.get(index)) for index, h in enumerate(headings)]


def _need(kind: ListKind, found: _Found) -> None:
    """``RuleBroken`` where no column says what a list of this kind cannot do without."""
    for group in kind.needed:
        if not any(name in found.fields for name in group):
            labels = [_(kind.field(name).label) for name in group]
            raise RuleBroken(
                mark("No column was found for “{field}”. Give one of the columns this heading."),
                field=" / ".join(labels),
            )


def _habits(
    kind: ListKind, found: _Found, rows: Sequence[Sequence[Cell]], first: dt.date, last: dt.date
) -> dict[str, dates.DateHabit]:
    """How the columns of dates write them."""
    columns = _columns(kind, found, rows, Reader.DATE, Reader.MOMENT, Reader.DAYS)
    return {name: _habit(list(map(_day_alone, cells)), first, last) for name, cells in columns}


def _habit(days: Sequence[str], first: dt.date, last: dt.date) -> dates.DateHabit:
    """How a column writes its dates: by itself, by the gathering's days, by their sequence."""
    habit = dates.habit(days)
    if habit.order is not None:
        return habit
    orders = {
        order
        for text in days
        if len(found := _orders(text, first, last)) == 1
        for order in found
    }  # fmt: skip
    order = orders.pop() if len(orders) == 1 else None
    return replace(habit, order=order or dates.order_of_sequence(filter(None, days)))


def _orders(text: str, first: dt.date, last: dt.date) -> list[str]:
    """The orders of day and month in which a date lies in the gathering, if they differ."""
    read = {
        order: dates.read_date(text, dates.DateHabit(order, chosen=True), first, last).value
        for order in ("dmy", "mdy")
    }
    return [] if len(set(read.values())) == 1 else [order for order in read if read[order]]


def _day_alone(text: str) -> str:
    """A date without the weekday before it and the time behind it."""
    return next((word.rstrip(",") for word in text.split() if word[:1].isdigit()), "")


def _amounts(kind: ListKind, found: _Found, rows: Sequence[Sequence[Cell]]) -> amounts.MoneyHabit:
    """How the column of amounts writes them."""
    columns = _columns(kind, found, rows, Reader.MONEY)
    return next((amounts.habit(cells) for _name, cells in columns), amounts.NO_HABIT)


def _columns(
    kind: ListKind, found: _Found, rows: Sequence[Sequence[Cell]], *readers: Reader
) -> Iterator[tuple[str, list[str]]]:
    """The fields that are read so, with the texts of their cells."""
    for index, name in enumerate(found.fields):
        if name and kind.field(name).reader in readers:
            yield name, [tables.text_of(row[index]) for row in rows if index < len(row)]


def _unread(found: _Found, rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The headings of columns that say something and are left out."""
    return tuple(
        heading
        for index, (heading, name) in enumerate(zip(found.headings, found.fields, strict=True))
        if name is None and any(tables.text_of(row[index]) for row in rows if index < len(row))
    )


def _end(kind: ListKind, found: _Found, rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows stand before those of another table, with headings of its own.

    Reports of video calls list first the people, then each time that one of them joined.
    """
    for index, row in enumerate(rows):
        texts = [clean(tables.text_of(cell)).text for cell in row]
        named = {name for name, sure in (meaning(kind.name, text) for text in texts) if sure > 1}
        if len(named) >= _HEADINGS and texts != found.headings[: len(texts)]:
            return index
    return len(rows)


def _of_another(number: int, cells: Sequence[Cell], found: _Found) -> ListRow:
    raw = dict(zip(found.headings, map(tables.text_of, cells), strict=False))
    return ListRow(number, raw, why=ANOTHER)


def _row(number: int, cells: Sequence[Cell], kind: ListKind, found: _Found, span: Span) -> ListRow:
    width = len(found.headings)
    cells = [*cells, *[""] * (width - len(cells))][:width]
    raw = {h: tables.text_of(cell) for h, cell in zip(found.headings, cells, strict=True)}
    why = tables.reason_to_leave_out(cells, found.headings)
    if why:
        return ListRow(number, raw, why=why)
    values: dict[str, Value] = {}
    doubts: list[ListDoubt] = []
    for name, cell in zip(found.fields, cells, strict=True):
        if name is None:
            continue
        read = read_cell(kind.field(name), cell, span)
        if read.value is not None:
            values[name] = read.value
        if read.until is not None:
            values.setdefault(_ENDS.get(name, name), read.until)
        if read.doubt is not None:
            doubts.append(read.doubt)
    return ListRow(number, raw, values, tuple(doubts))
