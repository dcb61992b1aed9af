"""What a spreadsheet is made of: a table with typed columns, and the limits every writer keeps."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken

Kind = Literal["text", "integer", "decimal", "date", "moment"]
Cell = str | int | Decimal | dt.date | dt.datetime | None

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of one sheet, in Excel and in LibreOffice alike
LONGEST_TEXT = 32_767  # UTF-16 units in one cell: Excel refuses the file, LibreOffice cuts
FIRST_DATE = dt.date(1900, 3, 1)  # before it Excel counts days wrongly, or not at all
_EXACT_DIGITS = 15  # of a double, the only number a sheet knows
EXACT_BELOW = 10**_EXACT_DIGITS
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\t\n\r]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a lasting name, the heading as it is written, and the kind of its cells."""

    key: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes one sheet: a heading row, then one line per row.

    ``rows`` is read once. A ``moment`` without a zone is wall time; one with a zone is written in
    UTC as text, because sheets know no zones. ``notes`` (label and value: filters, time of export)
    never stand above the table, where they would break every program that reads it; they go to a
    sheet of their own.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    notes: tuple[tuple[str, str], ...] = ()
    right_to_left: bool = False


def clean(text: str) -> str:
    """The text without the control characters and lone surrogates that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def iso(value: dt.date) -> str:
    """A date or moment as the practice packages write it: ``2027-10-23T15:00``, UTC with ``Z``."""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.isoformat(timespec="minutes")
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="minutes") + "Z"


def typed(value: Cell) -> Cell:
    """The value as a sheet can hold it exactly; what it cannot (a number of more than 15 digits,
    a date before 1900, a moment with a zone) as the text a person would write."""
    if isinstance(value, int):
        return value if abs(value) < EXACT_BELOW else str(value)
    if isinstance(value, Decimal):
        exact = value.is_finite() and len(value.as_tuple().digits) <= _EXACT_DIGITS
        return value if exact and abs(value) < EXACT_BELOW else str(value)
    if isinstance(value, dt.datetime):
        return value if value.tzinfo is None and value.date() >= FIRST_DATE else iso(value)
    if isinstance(value, dt.date):
        return value if value >= FIRST_DATE else iso(value)
    return value


def fitting(text: str, column: Column, line: int) -> str:
    """The cleaned text of a cell; ``RuleBroken`` if it is longer than a sheet can hold."""
    text = clean(text)
    # a text of half the limit fits whatever its characters; only then is counting worth the time
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise RuleBroken(
            mark(
                "The text in column {column}, line {line} has {length} characters; a sheet holds "
                "at most {limit} in a cell. Shorten it, or export as csv."
            ),
            column=column.title,
            line=line,
            length=len(text),
            limit=LONGEST_TEXT,
        )
    return text


def too_large() -> RuleBroken:
    """What is reported when a table has more rows or columns than a sheet."""
    return RuleBroken(
        mark(
            "The table is larger than a sheet can be ({rows} rows, {columns} columns). "
            "Narrow it with a filter, or export as csv."
        ),
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def sheet_names(titles: Iterable[str]) -> list[str]:
    """A valid sheet name for each title: at most 31 characters, each different in any case."""
    names: list[str] = []
    taken = {"history"}  # Excel keeps this name for itself
    for title in titles:
        base = _NOT_IN_A_NAME.sub(" ", clean(title)).strip().strip("'").strip() or "Sheet"
        name, count = base[:31].rstrip(" '"), 1
        while name.casefold() in taken:
            count += 1
            name = f"{base[:27].rstrip()} {count}"
        taken.add(name.casefold())
        names.append(name)
    return names
