"""What waits on a disk or makes a file: one durable mark, and a large spreadsheet."""

import io
import os
import tempfile
import zipfile
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from schoolapp.domain.attendance import AttendanceState
from schoolapp.exchange.sheets import Cell, Column, Table, write_xlsx
from schoolapp.operations import attendance
from schoolapp.storage.opening import open_store
from tools import volume
from tools.bench.measuring import Result, ratio, wall_ratio

PEOPLE, SESSIONS = 500, 80
MARKS = 60


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
        reference=f"a hand-written sheet of {PEOPLE} x {SESSIONS} cells and their totals",
        gate=3.3,
    )


def _matrix() -> Table:
    columns = [Column("name", "Name"), *(Column(f"s{n}", f"S{n}") for n in range(SESSIONS))]
    columns += [Column("attended", "Attended"), Column("absent", "Absent")]
    return Table("Attendance", tuple(columns), [_line(n) for n in range(PEOPLE)])


def _line(number: int) -> tuple[Cell, ...]:
    marks = ["absent" if (number + n) % 10 == 0 else "present" for n in range(SESSIONS)]
    absent = marks.count("absent")
    return (f"Person {number}", *marks, SESSIONS - absent, absent)


def _by_hand(table: Table) -> bytes:
    rows = []
    for number, line in enumerate([[c.title for c in table.columns], *table.rows], 1):
        cells = "".join(
            f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            if isinstance(cell, str)
            else f"<c><v>{cell}</v></c>"
            for cell in line
        )
        rows.append(f'<row r="{number}">{cells}</row>')
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + "".join(rows)
        + "</sheetData></worksheet>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    return file.getvalue()
