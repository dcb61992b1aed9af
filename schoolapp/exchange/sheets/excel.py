"""Writes tables as an xlsx workbook through XlsxWriter: nothing in it runs, links or varies."""

import datetime as dt
import io
from typing import Any

from schoolapp.exchange.sheets.formulas import runs
from schoolapp.exchange.sheets.notes import with_notes
from schoolapp.exchange.sheets.values import (
    Cell,
    Table,
    clean,
    fitting,
    sheet_names,
    too_large,
    typed,
)

# in_memory: without it the sheets pass through files in the system's temporary folder.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format wants it naive; the same bytes always
_NARROWEST, _WIDEST = 8, 60  # columns, in characters
_A4 = 9


def write_xlsx(table: Table, *more: Table) -> bytes:
    """The workbook with one sheet per table and, last, the notes of the first.

    The same tables give the same bytes. ``RuleBroken`` if a text or a table does not fit.
    """
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"title": clean(table.title), "created": _CREATED})
    tables = with_notes(table, *more)
    for one, name in zip(tables, sheet_names(t.title for t in tables), strict=True):
        _Sheet(book, book.add_worksheet(name), one).write()
    book.close()
    return file.getvalue()


class _Sheet:
    """One table on its way into a worksheet."""

    def __init__(self, book: Any, sheet: Any, table: Table) -> None:
        self._sheet, self._table = sheet, table
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._date = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._quoted = book.add_format({"quote_prefix": True})
        self._widths = [len(column.title) + 2 for column in table.columns]

    def write(self) -> None:
        for place, column in enumerate(self._table.columns):
            self._text(0, place, column.title, self._heading)
        line = 0
        for line, row in enumerate(self._table.rows, start=1):
            for place, value in enumerate(row):
                self._cell(line, place, value)
        self._set_up(line)

    def _cell(self, line: int, place: int, value: Cell) -> None:
        value = typed(value)
        if isinstance(value, int):  # first, because most cells are
            self._done(self._sheet.write_number(line, place, value))
        elif isinstance(value, str):
            # an ordinary text also once somebody edits the cell
            self._text(line, place, value, self._quoted if runs(value) else None)
        elif isinstance(value, dt.date):
            moment = isinstance(value, dt.datetime)
            self._widths[place] = max(self._widths[place], 17 if moment else 11)
            self._done(
                self._sheet.write_datetime(
                    line, place, value, self._moment if moment else self._date
                )
            )
        elif value is not None:
            self._done(self._sheet.write_number(line, place, value))

    def _text(self, line: int, place: int, text: str, form: Any) -> None:
        text = fitting(text, self._table.columns[place], line)
        if len(text) > self._widths[place]:
            self._widths[place] = len(text)
        self._done(self._sheet.write_string(line, place, text, form))

    def _done(self, result: int) -> None:
        # XlsxWriter raises nothing: it returns a number below zero and leaves the cell empty
        if result != 0:
            raise too_large()

    def _set_up(self, last: int) -> None:
        """What the reader sees: widths, a heading that stays, pages that fit the paper."""
        sheet = self._sheet
        for place, width in enumerate(self._widths):
            sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(self._table.columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        if self._table.right_to_left:
            sheet.right_to_left()
