"""A table of the window as a spreadsheet: the same columns with the same headings, typed cells."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from schoolapp.base.language import _, direction
from schoolapp.desktop.tables.columns import Column, Kind, R, heading
from schoolapp.domain.money import Money
from schoolapp.exchange import sheets
from schoolapp.exchange.sheets import Cell

_KINDS: dict[Kind, sheets.Kind] = {
    Kind.NUMBER: "decimal",
    Kind.DATE: "date",
    Kind.MOMENT: "moment",
}
_AS_STORED = frozenset({Kind.NAME, Kind.TEXT, Kind.CODE, *_KINDS})
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


def sheet_of(title: str, columns: Sequence[Column[R]], rows: Sequence[R]) -> sheets.Table:
    """The rows under human headings, in the language in use.

    Amounts are numbers: of one currency, which the heading names, or with a column of currencies.
    """
    made: list[tuple[sheets.Column, list[Cell]]] = []
    for number, column in enumerate(columns):
        if column.kind is Kind.MONEY:
            made += _amounts(number, column, rows)
        else:
            kind = _KINDS.get(column.kind, "text")
            cells = [_cell(column, row) for row in rows]
            made.append((sheets.Column(f"c{number}", heading(column), kind), cells))
    lines = list(zip(*(cells for _column, cells in made), strict=True))
    return sheets.Table(
        title, tuple(column for column, _cells in made), lines, right_to_left=direction() == "rtl"
    )


def _cell(column: Column[R], row: R) -> Cell:
    value = column.value_of(row)
    if isinstance(value, str) and column.kind in _AS_STORED:
        return value.translate(_DIRECTIONS)
    if isinstance(value, int | Decimal | dt.date) and column.kind in _AS_STORED:
        return value
    return column.text_of(row).translate(_DIRECTIONS) or None


def _amounts(
    number: int, column: Column[R], rows: Sequence[R]
) -> list[tuple[sheets.Column, list[Cell]]]:
    values = [value if isinstance(value := column.value_of(r), Money) else None for r in rows]
    currencies = sorted({value.currency for value in values if value is not None})
    amounts: list[Cell] = [None if value is None else value.amount for value in values]
    title = heading(column)
    if len(currencies) <= 1:
        words = (
            _("{heading} ({currency})").format(heading=title, currency=currencies[0])
            if (currencies)
            else title
        )
        return [(sheets.Column(f"c{number}", words, "decimal"), amounts)]
    named: list[Cell] = [None if value is None else value.currency for value in values]
    beside = _("{heading}, currency").format(heading=title)
    return [
        (sheets.Column(f"c{number}", title, "decimal"), amounts),
        (sheets.Column(f"c{number}_currency", beside), named),
    ]
