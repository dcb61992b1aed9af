"""A report in its formats: spreadsheets for machines, PDF and Word for people."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from schoolapp.base import clock
from schoolapp.base.language import _, direction, isolate, ltr, mark
from schoolapp.domain.documents import Report, ReportCell, Row, Sheet
from schoolapp.domain.reports import Format, ReportColumn
from schoolapp.exchange.papers import typesetting
from schoolapp.exchange.papers.docx import Grid, Heading, Paragraph, write_docx
from schoolapp.exchange.sheets import Cell, Column, Kind, Table, write_csv, write_ods, write_xlsx

_TAGGED_UP_TO = 3000  # cells; beyond, the tags make the PDF many times as large as its text
_WIDEST = 40  # letters that one column of a large table may claim
_PAPER, _LETTER = 762, 0.55  # points that A4 across has, letters' mean width in parts of their size
_SMALLEST, _USUAL = 3.0, 7.5  # points
_SHEET_KINDS: dict[str, Kind] = {"hours": "decimal", "status": "text", "language": "text"}
_WITHOUT = {"delegation": mark("Without a delegation"), "language_group": mark("Without a group")}
"""What a report by group calls the people who are in none."""
_STATUSES: dict[str, str] = {
    "present": mark("present"),
    "late": mark("late"),
    "left early": mark("left early"),
    "absent": mark("absent"),
    "excused": mark("excused"),
    "not applicable": mark("not applicable"),
    "no register": mark("no register"),
}


def write(report: Report, form: Format, *, byte_order_mark: bool = False) -> bytes:
    """The report as a file: csv, xlsx and ods with English column names, pdf and docx in the
    language in use; one for people in that language in every format. The same report gives the
    same bytes."""
    if report.for_people:
        report = _in_words(report)
    if form == "pdf":
        return write_pdf(report)
    if form == "docx":
        return write_word(report)
    if form == "csv":
        return write_csv(tables(report)[0], byte_order_mark=byte_order_mark)
    return {"xlsx": write_xlsx, "ods": write_ods}[form](*tables(report))


def tables(report: Report) -> tuple[Table, ...]:
    """The report as tables of typed cells; the first has one heading row and nothing above it.

    Filters and the time of export are its notes: the last sheet of a workbook.
    """
    notes = (
        (_("Gathering"), report.gathering),
        *_counted(report),
        *((_(label), _(value)) for label, value in report.filters),
        (_("Exported"), _exported(report)),
    )
    words = report.for_people
    return (_table(report.sheet, words, notes), *(_table(sheet, words) for sheet in report.more))


def _in_words(report: Report) -> Report:
    """The report with the names of languages in place of their tags, and no group without one."""
    return replace(
        report,
        sheet=_sheet_in_words(report.sheet),
        more=tuple(_sheet_in_words(sheet) for sheet in report.more),
    )


def _sheet_in_words(sheet: Sheet) -> Sheet:
    speak = {n: _WORDS[c.kind] for n, c in enumerate(sheet.columns) if c.kind in _WORDS}
    without = _WITHOUT.get(sheet.columns[0].key)
    rows: list[Row] = []
    for row in sheet.rows:
        cells = list(row)
        for place, words in speak.items():
            cells[place] = words(str(cells[place])) if cells[place] else ""
        if without is not None:
            cells[0] = cells[0] or _(without)
        rows.append(cells)
    columns = (replace(c, kind="text") if c.kind in _WORDS else c for c in sheet.columns)
    return replace(sheet, columns=tuple(columns), rows=rows)


def _status_words(status: str) -> str:
    return _(_STATUSES[status])


_WORDS: dict[str, Callable[[str], str]] = {
    "status": _status_words,
    "language": typesetting.language_name,
}
"""How cells that hold a lasting name are said to people."""


def write_pdf(report: Report) -> bytes:
    """The report as a PDF, A4 across, in the language in use and in its direction."""
    columns, rows = report.sheet.columns, shown_rows(report.sheet)
    data: dict[str, Any] = {
        "gathering": report.gathering,
        "title": _(report.sheet.title),
        "notes": notes(report),
        "columns": [{"title": _(c.heading), "width": _width(c)} for c in columns],
        "rows": rows,
        "page": _("Page {page} of {pages}"),
    }
    small = len(rows) * len(columns) <= _TAGGED_UP_TO
    # a large table is set line by line, a third of the time that it takes cell by cell
    data["shares"], data["size"] = ([], 8.0) if small else _shares(data["columns"], rows)
    return typesetting.typeset("table", data, at=report.exported_at, tags=small)


def _shares(columns: list[dict[str, str]], rows: list[list[str]]) -> tuple[list[float], float]:
    """How much of the page's width each column gets, in hundredths, by its longest text; and the
    size of letters, in points, in which the longest texts fit."""
    longest = [
        min(max(map(len, texts), default=0), _WIDEST) + 2
        for texts in zip([column["title"] for column in columns], *rows, strict=True)
    ]
    fitting = round(_PAPER / (_LETTER * sum(longest)), 1)
    shares = [round(100 * one / sum(longest), 2) for one in longest]
    return shares, min(max(fitting, _SMALLEST), _USUAL)


def write_word(report: Report) -> bytes:
    """The report as a Word document, in the language in use and in its direction."""
    return write_docx(
        _(report.sheet.title),
        [
            Heading(report.gathering),
            Heading(_(report.sheet.title), 2),
            *(Paragraph(note) for note in notes(report)),
            grid(report.sheet),
        ],
    )


def notes(report: Report) -> list[str]:
    """The head of a page: what is counted, filters, and when the report was made."""
    return [
        *(": ".join(pair) for pair in _counted(report)),
        *(": ".join((_(label), isolate(_(value)))) for label, value in report.filters),
        _("Exported: {moment}").format(moment=ltr(_exported(report))),
    ]


def _counted(report: Report) -> list[tuple[str, str]]:
    """What the figures of a report are: attended, recorded or planned."""
    return [(_("Counted"), _(report.counts))] if report.counts else []


def grid(sheet: Sheet) -> Grid:
    """The facts as a table of a document."""
    numbers = tuple(column.kind in ("integer", "hours") for column in sheet.columns)
    return Grid([_(column.heading) for column in sheet.columns], shown_rows(sheet), numbers)


def shown_rows(sheet: Sheet) -> list[list[str]]:
    """The facts as people read them."""
    kinds = [column.kind for column in sheet.columns]
    return [
        [_shown(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in sheet.rows
    ]


def _table(sheet: Sheet, words: bool, notes: tuple[tuple[str, str], ...] = ()) -> Table:
    hours = [place for place, column in enumerate(sheet.columns) if column.kind == "hours"]
    return Table(
        _(sheet.title) if words else sheet.title,
        tuple(
            Column(c.key, _(c.heading) if words else c.key, _SHEET_KINDS.get(c.kind, c.kind))  # type: ignore[arg-type]
            for c in sheet.columns
        ),
        [_cells(row, hours) for row in sheet.rows] if hours else sheet.rows,
        notes,
        right_to_left=direction() == "rtl",
    )


def _cells(row: Row, hours: list[int]) -> list[Cell]:
    cells: list[Cell] = list(row)
    for place in hours:
        if isinstance(minutes := cells[place], int):
            cells[place] = _hours(minutes)
    return cells


def _exported(report: Report) -> str:
    wall = clock.to_wall(report.exported_at, report.tz)
    return f"{wall:%Y-%m-%d %H:%M} ({report.tz})"


def _hours(minutes: int) -> Decimal:
    """Minutes as hours with two decimals, half to even."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _width(column: ReportColumn) -> str:
    """How a column looks and shares the width."""
    if column.key in ("session", "person"):
        return "identifier"
    return "words" if column.wide else "number" if column.kind in ("integer", "hours") else "date"


def _shown(cell: ReportCell, kind: str) -> str:
    """A cell as people read it: statuses translated, dates and numbers from left to right."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return ltr(f"{cell:%Y-%m-%d %H:%M}")
    if isinstance(cell, dt.date):
        return typesetting.day(cell)
    if kind == "hours" and isinstance(cell, int):
        return typesetting.decimal(_hours(cell))
    return _status_words(str(cell)) if kind == "status" else str(cell)
