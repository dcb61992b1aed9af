"""Writes a table as csv (RFC 4180): UTF-8, comma, CR LF, decimal points, ISO dates."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

from schoolapp.exchange.sheets.formulas import neutral
from schoolapp.exchange.sheets.values import Cell, Table, clean, iso

_PLAIN = {int, str, type(None)}


def write_csv(table: Table, *, byte_order_mark: bool = False) -> bytes:
    """The table as csv. Texts that a spreadsheet would run get ``'`` in front (``neutral``).

    ``byte_order_mark`` is for Excel, which without it takes UTF-8 for the machine's own encoding.
    """
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow([_field(column.title) for column in table.columns])
    writer.writerows(zip(*map(_column, zip(*table.rows, strict=True)), strict=True))
    return page.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8")


def _column(values: Sequence[Cell]) -> Iterable[str]:
    """A column's cells as they are written; each different one is worked out once.

    Only whole numbers and texts: other values can be equal and yet be written in two ways (1.5
    and 1.50).
    """
    if not set(map(type, values)) <= _PLAIN:
        return [_field(value) for value in values]
    written = {value: _field(value) for value in set(values)}
    return map(written.__getitem__, values)


def _field(value: Cell) -> str:
    if isinstance(value, str):
        return neutral(clean(value))
    if isinstance(value, dt.date):
        return iso(value)
    return "" if value is None else format(value, "f" if not isinstance(value, int) else "d")
