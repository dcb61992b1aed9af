"""What waits on a disk or makes a file: one durable mark, and a large spreadsheet."""

import csv
import datetime as dt
import io
import os
import tempfile
import zipfile
from collections.abc import Sequence
from itertools import count, repeat
from pathlib import Path
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.documents import Report, Sheet
from schoolapp.domain.reports import ReportColumn
from schoolapp.exchange.reports import write
from schoolapp.exchange.sheets import Cell, Column, Table, write_csv, write_xlsx
from schoolapp.operations import attendance
from schoolapp.storage.opening import open_store
from tools import volume
from tools.bench.measuring import Result, ratio, wall_ratio

PEOPLE, SESSIONS = 500, 80
MARKS = 60
MOMENT = dt.datetime(2027, 11, 14, 12, 0, tzinfo=dt.UTC)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Attendance" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def durable_mark() -> Result:
    """Marking one person present, committed and journalled, against writing a block durably."""
    with tempfile.TemporaryDirectory(prefix="schoolapp-bench-") as folder:
        path = Path(folder) / "small.db"
        volume.make(path, years=1, scale=0.05)
        store = open_store(path)
        block = os.open(Path(folder) / "block", os.O_CREAT | os.O_WRONLY, 0o600)
        turns = count()

        def ours() -> None:
            even = next(turns) % 2 == 0
            status = AttendanceState.PRESENT if even else AttendanceState.ABSENT
            store.change(
                "Mark",
                lambda s: attendance.mark(s, session_id=1, participation_ids=[1], status=status),
            )

        def reference() -> None:
            os.pwrite(block, bytes(4096), next(turns) * 4096)
            next(turns)  # an even number of turns in all, so that each mark changes something
            os.fdatasync(block)

        try:
            found = wall_ratio(ours, reference, MARKS)
        finally:
            os.close(block)
            store.close()
    return Result(
        id="durable_mark", ratio=found, reference="pwrite and fdatasync of one block", gate=2.5
    )


def xlsx() -> Result:
    """A sheet of 500 people and 80 sessions, against the same cells by hand into a zip."""
    table = _matrix()
    return Result(
        id="xlsx",
        ratio=ratio(lambda: write_xlsx(table), lambda: _by_hand(table), rounds=5),
        reference=f"a hand-written workbook of {PEOPLE} x {SESSIONS} cells and their totals",
        gate=3.3,
    )


def csv_file() -> Result:
    """The same sheet as csv, against the writer of the standard library alone."""
    table = _matrix()

    def reference() -> bytes:
        page = io.StringIO(newline="")
        writer = csv.writer(page, lineterminator="\r\n")
        writer.writerow([column.title for column in table.columns])
        writer.writerows(table.rows)
        return page.getvalue().encode()

    return Result(
        id="csv",
        ratio=ratio(lambda: write_csv(table), reference),
        reference="csv.writer with the same cells and no look at any of them",
        gate=1.5,
    )


def pdf() -> Result:
    """The same sheet as a PDF of our own, against painting its texts with Qt on as many pages."""
    table = _matrix()
    columns = tuple(
        ReportColumn(c.key, c.title, "text" if c.key == "name" else "integer")
        for c in table.columns
    )
    report = Report(Sheet("Attendance", columns, table.rows), "School", MOMENT, "UTC")
    return Result(
        id="pdf",
        ratio=ratio(lambda: write(report, "pdf"), lambda: _painted(table), rounds=3),
        reference=f"painting {PEOPLE} x {SESSIONS} cells with QPainter into a QPdfWriter",
        gate=1.2,
    )


def _painted(table: Table) -> bytes:
    """Each cell drawn at its place, 30 rows a page with their headings, A4 across."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    paper = QPdfWriter(buffer)
    paper.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    paper.setPageOrientation(QPageLayout.Orientation.Landscape)
    paper.setResolution(300)
    painter = QPainter(paper)
    painter.setFont(QFont("Noto Sans", 4))
    wide, high = paper.width() / (len(table.columns) + 4), paper.height() / 52
    headings = [column.title for column in table.columns]
    for number, row in enumerate(table.rows):
        line = number % 50
        if line == 0:
            if number:
                paper.newPage()
            _paint_row(painter, headings, high, wide)
        _paint_row(painter, row, (line + 2) * high, wide)
    painter.end()
    return bytes(buffer.data().data())


def _paint_row(painter: QPainter, row: Sequence[object], y: float, wide: float) -> None:
    for place, cell in enumerate(row):
        painter.drawText(QPointF((place + 4 * (place > 0)) * wide, y), str(cell))


def _matrix() -> Table:
    columns = [Column("name", "Name"), *(Column(f"s{n}", f"S{n}") for n in range(SESSIONS))]
    columns += [Column("attended", "Attended"), Column("absent", "Absent")]
    return Table("Attendance", tuple(columns), [_line(n) for n in range(PEOPLE)])


def _line(number: int) -> tuple[Cell, ...]:
    """A name, for each session the minutes or a word, and two totals."""
    away = [(number + n) % 10 == 0 for n in range(SESSIONS)]
    marks = ["absent" if gone else (number * 7 + n) % 91 for n, gone in enumerate(away)]
    return (f"Person {number}", *marks, SESSIONS - sum(away), sum(away))


def _by_hand(table: Table) -> bytes:
    """The smallest workbook that spreadsheets open, by joining strings."""
    letters = [_letters(number) for number in range(len(table.columns))]
    rows = [
        f'<row r="{number}">{"".join(map(_cell, letters, repeat(number), line))}</row>'
        for number, line in enumerate([[c.title for c in table.columns], *table.rows], 1)
    ]
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in (*PARTS.items(), ("xl/worksheets/sheet1.xml", sheet)):
            book.writestr(name, text)
    return file.getvalue()


def _cell(letters: str, row: int, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{letters}{row}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{letters}{row}"><v>{cell}</v></c>'


def _letters(number: int) -> str:
    high, low = divmod(number, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)
