"""The cells of one row by field, cleaned, with the issues that were found on the way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schoolapp.domain.reading_cells.cell_text import FORMULA, clean
from schoolapp.domain.reading_cells.no_answer import ERROR, is_error
from schoolapp.exchange.applications.drafts import Issue
from schoolapp.exchange.applications.mapping import ANSWER, Column
from schoolapp.exchange.applications.sheets import UNKNOWN_RESULT, Cell
from schoolapp.exchange.applications.tables import text_of

_OWN_MARKS = ("email", "phone", "born")  # their readers trim cells themselves
_LONG = ("motivation", "access", "organisation", ANSWER)
_AS_TEXT = re.compile(r'=\s*"((?:[^"]|"")*)"')  # how a csv file tells Excel: this is text
_WHOLE = ("source_id", "born", "age", "modules")  # never with decimals
_DECIMALS = re.compile(r"(\d+)\.0+")  # what a program that takes all numbers for decimals adds
_QUOTED = 60  # characters of a cell that an issue repeats


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with its column: as the file has it and as cleaned text."""

    column: Column
    cell: Cell
    text: str


class RowCells:
    """One row: what its cells say, field by field, and what was odd in them."""

    def __init__(self, cells: Iterable[tuple[Column, Cell]]) -> None:
        self.issues: list[Issue] = []
        self._by_field: dict[str, list[Entry]] = {}
        for column, cell in cells:
            self._take(column, cell)

    def has(self, name: str) -> bool:
        """Whether the sheet has a column for the field."""
        return name in self._by_field

    def entries(self, name: str) -> list[Entry]:
        """The cells of all columns of the field."""
        return self._by_field.get(name, [])

    def own(self, name: str) -> Entry | None:
        """The cell of the field's own column, not of one for each option: the first filled one."""
        cells = [entry for entry in self.entries(name) if entry.column.option is None]
        return next((entry for entry in cells if entry.text), cells[0] if cells else None)

    def text(self, name: str) -> str:
        """The words of the field's own column."""
        entry = self.own(name)
        return entry.text if entry else ""

    def failed(self, name: str) -> bool:
        """Whether the cell holds the error of a spreadsheet, which is reported already."""
        return any(issue.code == ERROR and issue.field == name for issue in self.issues)

    def flag(self, code: str, name: str, value: str = "", suggestion: str | None = None) -> None:
        """Note what is odd: the field, the words of its cell, what they may mean."""
        self.issues.append(Issue(code, name, value[:_QUOTED], suggestion))

    def _take(self, column: Column, cell: Cell) -> None:
        name = column.field if column.field and column.field != ANSWER else column.heading
        if cell == UNKNOWN_RESULT:
            self.flag("formula_cell_no_cached_value", name)
        raw = _unwrapped(text_of(cell))
        if column.field in _WHOLE:
            raw = found[1] if (found := _DECIMALS.fullmatch(raw)) else raw
        if is_error(raw):
            self.flag(ERROR, name, raw)
            raw = ""
        cleaned = clean(raw, lines=column.field in _LONG)
        if raw and column.field not in _OWN_MARKS:
            for mark in sorted(cleaned.marks):
                self.flag(mark, name, raw, None if mark == FORMULA else cleaned.text[:_QUOTED])
        if column.field:
            text = raw if column.field == "email" else cleaned.text
            self._by_field.setdefault(column.field, []).append(Entry(column, cell, text))


def _unwrapped(raw: str) -> str:
    found = _AS_TEXT.fullmatch(raw)
    return found[1].replace('""', '"') if found else raw
