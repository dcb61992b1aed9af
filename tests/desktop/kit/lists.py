"""Lists as files of three kinds, taken over in the window."""

import csv
from collections.abc import Sequence
from pathlib import Path

import odfdo
import openpyxl
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.stories.coordinator import Coordinator

Rows = Sequence[Sequence[object]]


def workbook(path: Path, rows: Rows, title: str = "Sheet") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def take(desk: Coordinator, number: int, place: str, command: str, file: Path) -> None:
    """Choose the command and the file; the page shows what would happen."""
    if desk.place.key != place:
        desk.go(number, place)
    desk.run(command)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
    dialog.fileSelected.emit(str(file))
    dialog.close()
    desk.settle()


def lines(desk: Coordinator) -> list[tuple[str, str, str]]:
    """Name, outcome and remarks of what the page shows."""
    found = desk.place.body.page.planned.lines.values()
    bare = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
    return [
        (one.name.translate(bare), one.outcome.value, one.remarks.translate(bare)) for one in found
    ]


def written(path: Path, rows: Rows) -> Path:
    """The rows as a file of the kind that its name says."""
    if path.suffix == ".xlsx":
        return workbook(path, rows)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("List")
    for row in rows:
        table.append_row(odfdo.Row(len(row)))
        for n, cell in enumerate(row):
            table.set_value((n, table.height - 1), cell)
    document.body.append(table)
    document.save(path)
    return path
