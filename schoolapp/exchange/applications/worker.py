"""Reads a sheet in a process of its own (``exchange.apart``)."""

import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from schoolapp.exchange import apart
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.sheets import FOUND_OUT, Cell, Opening, Sheets, Table

READER = apart.Reader(
    "read-sheet-apart",
    apart.Limits(file_bytes=limits.FILE_BYTES),
)


def read_apart(data: bytes, name: str, opening: Opening = FOUND_OUT) -> Sheets:
    """The sheets of a file, read by a child process; ``RuleBroken`` whatever happens to it."""
    return _received(READER.ask(data, *_arguments(opening), Path(name).name))


def _arguments(opening: Opening) -> tuple[str, str]:
    """How the file is to be opened, as words of a command; an empty one is not chosen."""
    return opening.encoding or "", opening.delimiter or ""


def main(name: str, source: BinaryIO, out: BinaryIO, opening: Opening = FOUND_OUT) -> int:
    """Read the file on ``source`` and answer on ``out``; 0 if it was read, 1 if it was refused."""
    from schoolapp.exchange.applications.reading import read

    data = source.read(limits.FILE_BYTES + 1)
    return apart.answer(lambda: _sent(read(data, name, opening)), out)


def run_limited() -> int:
    """The child's own start: limits first, then the file."""
    apart.limit_itself(READER.limits)
    encoding, delimiter, name = sys.argv[-3:]
    opening = Opening(encoding or None, delimiter or None)
    return main(name, sys.stdin.buffer, sys.stdout.buffer, opening)


def _line(value: object) -> bytes:
    return apart.line(value, _stamped)


def _stamped(value: date | datetime) -> dict[str, str]:
    return {"t" if isinstance(value, datetime) else "d": value.isoformat()}


def _sent(sheets: Sheets) -> Iterable[bytes]:
    yield _line(
        [sheets.encoding, sheets.delimiter, sheets.epoch_1904, sheets.typed, sheets.previews]
    )
    for table in sheets.tables:
        yield _line(
            {
                "name": table.name,
                "merged": table.merged,
                "hidden": sorted(table.hidden),
                "odd": table.odd,
                "unseen": table.unseen,
            }
        )
        for row in table.rows:
            yield _line(row)


def _received(lines: list[bytes]) -> Sheets:
    encoding, delimiter, epoch_1904, typed, previews = json.loads(lines[0])
    tables: list[Table] = []
    for line in lines[1:]:
        value = json.loads(line)
        if isinstance(value, dict):
            merged, odd = (tuple(tuple(one) for one in value[key]) for key in ("merged", "odd"))
            hidden = frozenset(value["hidden"])
            tables.append(Table(value["name"], [], merged, hidden, odd, value["unseen"]))
        else:
            tables[-1].rows.append([_cell(one) for one in value])
    return Sheets(tables, encoding, delimiter, epoch_1904, typed, previews)


def _cell(value: Cell | dict[str, str]) -> Cell:
    if isinstance(value, dict):
        kind, stamp = value.popitem()
        return datetime.fromisoformat(stamp) if kind == "t" else date.fromisoformat(stamp)
    return value
