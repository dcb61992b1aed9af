"""Writes a table as csv (RFC 4180): UTF-8, comma, CR LF, decimal points, ISO dates."""

import csv
import datetime as dt
import io
from decimal import Decimal
from itertools import chain

from schoolapp.exchange.sheets.formulas import neutral
from schoolapp.exchange.sheets.values import Cell, Table, clean, iso


def write_csv(table: Table, *, byte_order_mark: bool = False) -> bytes:
    """The table as csv. Texts that a spreadsheet would run get ``'`` in front (``neutral``).

    ``byte_order_mark`` is for Excel, which without it takes UTF-8 for the machine's own encoding.
    """
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow([_field(column.title) for column in table.columns])
    kinds = set(map(type, chain.from_iterable(table.rows)))
    # equal numbers can be written in two ways (1.5 and 1.50), other cells cannot
    written = _field if Decimal in kinds else _Fields().__getitem__
    writer.writerows([map(written, row) for row in table.rows])
    return page.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8")


class _Fields(dict[Cell, str]):
    """Cells as they are written; each different one is worked out once."""

    def __missing__(self, value: Cell) -> str:
        self[value] = field = _field(value)
        return field


def _field(value: Cell) -> str:
    if isinstance(value, str):
        return neutral(clean(value))
    if isinstance(value, dt.date):
        return iso(value)
    return "" if value is None else format(value, "f" if not isinstance(value, int) else "d")
