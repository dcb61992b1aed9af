"""The file of a delegation's leader when it comes back: the sheet that was sent is the one read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.drafts import ImportedSheet, KnownPerson
from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.sheets import Cell, Sheets, Table
from schoolapp.exchange.applications.worker import read_apart
from schoolapp.exchange.sheets.delegation_names import CODE_HEADING

_INSTRUCTION = 40  # characters that no heading has, alone above the headings


@dataclass(frozen=True, slots=True)
class OtherTable:
    """A sheet of the file that was not read, with how many rows it has."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class ReturnedNames:
    """The names of a leader's file, and what else the file holds."""

    sheet: ImportedSheet
    others: tuple[OtherTable, ...] = ()


def read_returned_names(
    data: bytes, name: str, *, known: Sequence[KnownPerson], reference_date: dt.date
) -> ReturnedNames:
    """The lines of the sheet that was sent to the leader, understood; ``RuleBroken`` if it cannot
    be read.

    Leaders add sheets of their own, such as a list of reserves, longer and with the same headings:
    these are named and not read, so that nobody gets a place unasked.
    """
    sheets = read_apart(data, name)
    sent = sent_table(sheets.tables)
    wanted = sheets if sent is None else replace(sheets, tables=[sent])
    sheet = understand(wanted, name, known=known, reference_date=reference_date)
    return ReturnedNames(sheet, _others(sheets, sent))


def sent_table(tables: Sequence[Table]) -> Table | None:
    """The sheet that was sent: the one with most of the hidden codes, else with the instruction.

    None if no sheet has the hidden column: then the file is a list of the leader's own.
    """
    found = [(codes, _has_instruction(one), one) for one in tables if (codes := _codes(one)) >= 0]
    return max(found, key=lambda each: each[:2])[2] if found else None


def _codes(table: Table) -> int:
    """How many lines have a hidden code; -1 if there is no column for it."""
    for number, row in enumerate(table.rows[: limits.HEADER_WITHIN]):
        if (place := _place_of_codes(row)) is not None:
            below = table.rows[number + 1 :]
            return sum(len(line) > place and str(line[place]).strip() != "" for line in below)
    return -1


def _place_of_codes(row: Sequence[Cell]) -> int | None:
    texts = [cell.strip() if isinstance(cell, str) else "" for cell in row]
    several = sum(map(bool, texts)) > 1
    return texts.index(CODE_HEADING) if several and CODE_HEADING in texts else None


def _has_instruction(table: Table) -> bool:
    first = [cell for cell in table.rows[0] if cell != ""] if table.rows else []
    return len(first) == 1 and len(str(first[0])) > _INSTRUCTION


def _others(sheets: Sheets, sent: Table | None) -> tuple[OtherTable, ...]:
    if sent is None:
        return ()
    filled = [
        OtherTable(one.name, sum(any(cell != "" for cell in row) for row in one.rows))
        for one in sheets.tables
        if one is not sent
    ]
    return tuple(one for one in filled if one.rows)
