"""Writes a table as csv (RFC 4180): UTF-8, comma, CR LF, decimal points, ISO dates."""

import csv
import datetime as dt
import io

from schoolapp.exchange.sheets.formulas import neutral
from schoolapp.exchange.sheets.values import Cell, Table, clean, iso


def write_csv(table: Table, *, byte_order_mark: bool = False) -> bytes:
    """The table as csv. Texts that a spreadsheet would run get ``'`` in front (``neutral``).

    ``byte_order_mark`` is for Excel, which without it takes UTF-8 for the machine's own encoding.
    """
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    texts = _Texts()
    writer.writerow([_field(column.title) for column in table.columns])
    writer.writerows(
        [
            value
            if value.__class__ is int
            else texts[value]
            if value.__class__ is str
            else _field(value)
            for value in row
        ]
        for row in table.rows
    )
    return page.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8")


class _Texts(dict[Cell, str]):
    """How a text is written, worked out once however often it comes."""

    def __missing__(self, text: Cell) -> str:
        made = self[text] = _field(text)
        return made


def _field(value: Cell) -> str:
    if isinstance(value, str):
        return neutral(clean(value))
    if isinstance(value, dt.date):
        return iso(value)
    return "" if value is None else format(value, "f" if not isinstance(value, int) else "d")
