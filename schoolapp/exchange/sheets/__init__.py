"""Spreadsheets that go out: one table of typed cells as csv, xlsx or ods bytes."""

from schoolapp.exchange.sheets.delimited import write_csv
from schoolapp.exchange.sheets.excel import write_xlsx
from schoolapp.exchange.sheets.formulas import neutral, original
from schoolapp.exchange.sheets.opendocument import write_ods
from schoolapp.exchange.sheets.values import Cell, Column, Kind, Table

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Table",
    "neutral",
    "original",
    "write_csv",
    "write_ods",
    "write_xlsx",
]
