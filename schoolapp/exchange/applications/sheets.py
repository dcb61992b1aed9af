"""The values between reading a file and understanding it: sheets, tables, cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications import limits

Cell = str | float | bool | date | datetime
UNKNOWN_RESULT = "\u0000formula"  # a formula cell without a stored result, not the same as empty


@dataclass(frozen=True, slots=True)
class Opening:
    """How somebody wants a file opened; ``None`` is found out. ``header_row`` counts from 1.

    ``sheet`` is the name of the one sheet of a workbook that is wanted.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    sheet: str | None = None


FOUND_OUT = Opening()  # nobody chose anything


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows of cells as the file has them, counted from its first row.

    ``merged`` are the ranges of merged cells as (top, left, bottom, right), from 0; ``hidden`` the
    rows that a filter or somebody has hidden; ``odd`` are row, column and what was mended there. An
    ``unseen`` sheet is hidden as a whole: it is not read, only named.
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()
    odd: tuple[tuple[int, int, str], ...] = ()
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """A file opened: its tables, and how a text file was decoded (else ``None``).

    ``previews`` are some words of a text file as each encoding would read them.
    """

    tables: list[Table]
    encoding: str | None = None
    delimiter: str | None = None
    epoch_1904: bool = False
    typed: bool = False
    previews: dict[str, str] = field(default_factory=dict)


def check_row(row: Sequence[Cell]) -> None:
    """Refuse a row with values in too many columns or with too long a text."""
    if (len(row) > limits.COLUMNS and any(c != "" for c in row[limits.COLUMNS :])) or len(
        row
    ) > 16_384:
        raise RuleBroken(mark("The table has more than {limit} columns."), limit=limits.COLUMNS)
    if any(isinstance(cell, str) and len(cell) > limits.CELL for cell in row):
        raise RuleBroken(mark("A cell holds more than {limit} characters."), limit=limits.CELL)
