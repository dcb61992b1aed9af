"""Text to records of cells: quotes that were left open or written with a backslash are mended.

RFC 4180 is read by ``csv``. What is not of that form is read here sign by sign, so that a quote
which never closes spoils its own cell and no row behind it.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from schoolapp.exchange.applications import limits

OPEN_QUOTE = "quote_open"
ESCAPED_QUOTE = "quote_escaped"
LONG_ROW = "row_too_long"

Oddity = tuple[int, int, str]
"""Row and column, from 0, and what is odd there."""

_SHORTEST = 3  # cells of a line that is known as a record by their number


def records_of(text: str, delimiter: str) -> tuple[list[list[str]], tuple[Oddity, ...]]:
    """The records of a text, and what had to be mended; ``csv.Error`` if a field is too long."""
    shape = Shape.of(text, delimiter)
    if not shape.escaped:
        try:
            rows = list(_strict(text, delimiter))
        except csv.Error as trouble:
            if "field larger" in str(trouble):
                raise
        else:
            if not any(shape.swallows(cell) for row in rows for cell in row if "\n" in cell):
                return rows, ()
    reader = LenientReader(text, shape)
    return reader.rows, tuple(reader.odd)


def loosely(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records as ``csv`` sees them, whatever their quotes."""
    csv.field_size_limit(limits.FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _strict(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(limits.FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


class Shape:
    """How the lines of a text look: their delimiter, number of cells, the cell of the address."""

    def __init__(self, delimiter: str, width: int, address: int | None, *, escaped: bool) -> None:
        self.delimiter, self.width, self.address, self.escaped = delimiter, width, address, escaped

    @classmethod
    def of(cls, text: str, delimiter: str) -> "Shape":
        """Look over the lines whose quotes are in pairs."""
        lines = [line for line in text.splitlines()[:200] if line.count('"') % 2 == 0]
        split = [row for line in lines for row in loosely(line, delimiter)]
        widths = Counter(len(row) for row in split if any(row))
        width = max(widths.items(), key=lambda item: item[1], default=(0, 0))[0]
        columns = Counter(n for row in split for n, cell in enumerate(row) if "@" in cell)
        address = max(columns, key=lambda n: columns[n], default=None)
        end = re.escape(delimiter)
        escaped = re.search(rf'\\"(?!\s*(?:{end}|[\r\n]|$))', text) is not None
        return cls(delimiter, width, address, escaped=escaped)

    def swallows(self, cell: str) -> bool:
        """Whether a cell of several lines holds lines that are records of their own."""
        return any(self.is_record(line) for line in cell.splitlines()[1:])

    def is_record(self, line: str) -> bool:
        """Whether a line has as many cells as the others, and its address where they have theirs.

        Without a column of addresses the number must be one that prose does not have by chance.
        """
        if line.count(self.delimiter) < max(self.width, _SHORTEST) - 1:
            return False
        cells = next(loosely(line, self.delimiter), [])
        if len(cells) != self.width:
            return False
        return self.width > _SHORTEST if self.address is None else "@" in cells[self.address]


class LenientReader:
    """Reads a text whose quotes are not all in order; ``odd`` says where."""

    def __init__(self, text: str, shape: Shape) -> None:
        self.rows: list[list[str]] = []
        self.odd: list[Oddity] = []
        self._text, self._shape, self._at = text, shape, 0
        self._end = re.compile(f"{re.escape(shape.delimiter)}|\r\n|\r|\n")
        self._row: list[str] = []
        while self._at < len(text):
            self._field()
        if self._row:
            self.rows.append(self._row)

    def _field(self) -> None:
        """One cell and the sign behind it."""
        closing = self._closing() if self._text.startswith('"', self._at) else None
        if closing is None:
            self._literal()
        else:
            self._quoted(closing)
        if len(self._row[-1]) > limits.FIELD:
            raise csv.Error("field larger than field limit")
        found = self._end.match(self._text, self._at)
        if found is None or found[0] != self._shape.delimiter:
            self.rows.append(self._row)
            self._row = []
        elif found.end() == len(self._text):
            self._row.append("")
        self._at = found.end() if found else len(self._text)

    def _literal(self) -> None:
        found = self._end.search(self._text, self._at)
        end = found.start() if found else len(self._text)
        cell = self._text[self._at : end]
        if cell.startswith('"'):
            self._note(OPEN_QUOTE)
            cell = cell[1:]
        self._row.append(cell)
        self._at = end

    def _quoted(self, closing: int) -> None:
        cell = self._text[self._at + 1 : closing].replace('""', '"')
        if self._shape.escaped and '\\"' in cell:
            self._note(ESCAPED_QUOTE)
            cell = cell.replace('\\"', '"').replace("\\\\", "\\")
        self._row.append(cell)
        self._at = closing + 1

    def _closing(self) -> int | None:
        """Where the cell that begins with a quote ends; ``None`` if the quote was left open."""
        at, last = self._at + 1, min(len(self._text), self._at + limits.FIELD)
        while (at := self._text.find('"', at, last)) >= 0:
            if self._shape.escaped and self._is_escaped(at):
                at += 1
            elif self._text.startswith('""', at):
                at += 2
            elif self._ends(at):
                return None if self._swallows(at) else at
            else:
                at += 1
        return None

    def _ends(self, at: int) -> bool:
        """Whether a quote is the last sign of its cell."""
        behind = self._text[at + 1 : at + 2]
        return not behind or behind in "\r\n" + self._shape.delimiter

    def _is_escaped(self, at: int) -> bool:
        before = at
        while before > self._at and self._text[before - 1] == "\\":
            before -= 1
        return (at - before) % 2 == 1

    def _swallows(self, closing: int) -> bool:
        cell = self._text[self._at + 1 : closing]
        if "\n" not in cell and "\r" not in cell:
            return False
        found = re.compile("[\r\n]").search(self._text, closing)
        whole = self._text[self._at + 1 : found.start() if found else len(self._text)]
        return self._shape.swallows(whole)

    def _note(self, code: str) -> None:
        self.odd.append((len(self.rows), len(self._row), code))
