"""Workbooks (xlsx, xls, ods) through calamine, after a scan that refuses what would end it."""

import io
import math
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from schoolapp.base.language import mark
from schoolapp.domain.reading_cells.no_answer import is_error
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.binary_workbooks import Untold, untold
from schoolapp.exchange.applications.sheets import (
    UNKNOWN_RESULT,
    Cell,
    Sheets,
    Table,
    check_row,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_REFERENCE = re.compile(r"([A-Z]{1,6})(\d{1,12})")
_COMPOUND = b"\xd0\xcf\x11\xe0"  # how xls begins, and any workbook of Excel behind a password
_LOCKED = re.compile(
    "EncryptedPackage".encode("utf-16-le")
    + rb"\0{32}"  # the entry of what holds the whole xlsx
    + rb"|\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0",  # xls: BOF, FilePass
    re.DOTALL,
)


def read_workbook(data: bytes) -> Sheets:
    """All tables of a workbook; ``RuleBroken`` says why it cannot be read."""
    archive = data.startswith(b"PK")
    scans = _scanned(data) if archive else Scanned(untold=untold(data))
    try:
        tables = _tables(data, scans)
    except RuleBroken:
        raise
    except Exception as trouble:  # calamine's own errors and any other error of a broken file
        raise RuleBroken(mark("The workbook is damaged and could not be opened.")) from trouble
    return Sheets(tables, epoch_1904=archive and _epoch_1904(data), typed=True)


def check_unlocked(data: bytes) -> None:
    """Refuse an xls or xlsx with a password, which calamine only calls unknown."""
    if data.startswith(_COMPOUND) and _LOCKED.search(data):
        raise RuleBroken(mark("The workbook is protected by a password; save it without one."))


class Scan:
    """What one pass over a worksheet finds: extent, errors, formulas without a stored result."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns = 0
        self.unresolved: list[tuple[int, int]] = []
        self.hidden: set[int] = set()  # rows, from 0
        self.errors: dict[tuple[int, int], str] = {}  # calamine shows them as empty cells
        self._place = (0, 0)
        self._formula = self._filled = self._inside = self._unseen = self._failed = False
        self._words = ""

    def feed(self, part: IO[bytes]) -> None:
        """Read the XML of a worksheet; ``RuleBroken`` if values lie too far apart."""
        parser = expat.ParserCreate(namespace_separator="|")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        _parse(parser, part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rsplit("|", 1)[-1]
        if local == "row":
            self._place = (int(attributes.get("r") or self._place[0] + 1), 0)
            self._unseen = attributes.get("hidden") in ("1", "true")
        elif local == "c":
            self._place = self._placed(attributes.get("r"))
            self._formula = self._filled = False
            self._failed, self._words = attributes.get("t") == "e", ""
        elif local == "f":
            self._formula = True
        elif local in ("v", "t"):
            self._inside = True

    def _placed(self, reference: str | None) -> tuple[int, int]:
        if match := _REFERENCE.fullmatch(reference or ""):
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - 64
            return int(match[2]), column
        return self._place[0], self._place[1] + 1

    def _text(self, text: str) -> None:
        if self._inside:
            self._filled = True
            self._words += text if self._failed else ""

    def _end(self, name: str) -> None:
        local = name.rsplit("|", 1)[-1]
        if local in ("v", "t"):
            self._inside = False
        elif local == "c" and (self._filled or self._formula):
            self._count(*self._place)

    def _count(self, row: int, column: int) -> None:
        self.rows.add(row)
        if self._unseen:
            self.hidden.add(row - 1)
        self.columns = max(self.columns, column)
        if not self._filled:
            self.unresolved.append((row - 1, column - 1))
        if self._words:
            self.errors[row - 1, column - 1] = self._words
        check_extent(len(self.rows), self.columns, row)


def _parse(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    try:
        parser.ParseFile(part)
    except expat.ExpatError as trouble:
        raise RuleBroken(mark("The workbook is damaged and could not be opened.")) from trouble


def check_extent(rows: int, columns: int, last_row: int) -> None:
    """Refuse more rows or columns with values than the limits, or a value far below the others."""
    if columns > limits.COLUMNS:
        raise RuleBroken(mark("The table has more than {limit} columns."), limit=limits.COLUMNS)
    if rows > limits.ROWS + limits.HEADER_WITHIN or last_row > 5 * limits.ROWS:
        raise RuleBroken(mark("The table has more than {limit} rows."), limit=limits.ROWS)


class OdsScan:
    """The extent of an OpenDocument table, whose cells and rows may be said to repeat."""

    def __init__(self) -> None:
        self._row = self._column = self._repeat = self._filled_rows = 0
        self._filled = self._unseen = False
        self.untold: dict[str, Untold] = {}  # by the name of the sheet
        self._sheet = Untold()
        self._failed: list[tuple[int, str]] = []  # columns of a row, with the error shown there
        self._words: str | None = None  # of a cell that may show an error
        self._beside = 0  # comments around what is read

    def feed(self, part: IO[bytes]) -> None:
        """Read ``content.xml``; ``RuleBroken`` if repetition breaks the limits."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        _parse(parser, part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._row = self._filled_rows = 0
            self._sheet = self.untold.setdefault(attributes.get("table:name", ""), Untold())
        elif name == "table:table-row":
            self._repeat = int(attributes.get("table:number-rows-repeated", "1"))
            self._column, self._filled, self._failed = 0, False, []
            self._unseen = attributes.get("table:visibility") in ("collapse", "filter")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(attributes.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attributes:
                self._filled = True
                check_extent(0, self._column, 0)
            said = attributes.get("calcext:value-type") == "error" or "table:formula" in attributes
            self._words = "" if said else None
        elif name == "office:annotation":
            self._beside += 1

    def _text(self, text: str) -> None:
        if self._words is not None and not self._beside:
            self._words += text

    def _end(self, name: str) -> None:
        if name == "office:annotation":
            self._beside -= 1
        elif name == "table:table-cell":
            if self._words and is_error(self._words):
                self._failed.append((self._column - 1, self._words.strip()))
            self._words = None
        elif name == "table:table-row":
            rows = range(self._row, min(self._row + self._repeat, 5 * limits.ROWS))
            if self._unseen and self._filled:
                self._sheet.hidden.update(rows)
            if self._failed:
                self._sheet.errors |= {(n, at): words for n in rows for at, words in self._failed}
            self._row += self._repeat
            if self._filled:
                self._filled_rows += self._repeat
                check_extent(self._filled_rows, 0, self._row)


@dataclass(slots=True)
class Scanned:
    """What a scan found: of xlsx by part of the archive, of others by the name of the sheet."""

    sheets: dict[str, Scan] = field(default_factory=dict)
    untold: dict[str, Untold] = field(default_factory=dict)


def _scanned(data: bytes) -> Scanned:
    limits.check_archive(data)
    found = Scanned()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise RuleBroken(mark("The workbook is protected by a password; save it without one."))
        for name in names:
            with archive.open(name) as part:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    scan = Scan()
                    scan.feed(part)
                    found.sheets[name] = scan
                elif name == "content.xml":
                    table = OdsScan()
                    table.feed(part)
                    found.untold = table.untold
    return found


def _epoch_1904(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return False
        return bool(re.search(rb'date1904="(1|true)"', archive.read("xl/workbook.xml")))


def _tables(data: bytes, scans: Scanned) -> list[Table]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    wanted = [
        (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    paths = _sheet_paths(data) if scans.sheets else {}
    tables = []
    for name, unseen in wanted:
        scan = scans.sheets.get(paths.get(name, ""))
        table = _table(book, name, scan, scans.untold.get(name, Untold()))
        tables.append(replace(table, unseen=unseen))
    if not any(table.rows for table in tables if not table.unseen):
        raise RuleBroken(mark("The workbook has no table with values."))
    return tables


def _table(book: "CalamineWorkbook", name: str, scan: Scan | None, untold: Untold) -> Table:
    sheet = book.get_sheet_by_name(name)
    check_extent(sheet.height, 0 if scan else sheet.width, 0)
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    unread = dict(untold.errors)
    if scan:
        unread |= {**dict.fromkeys(scan.unresolved, UNKNOWN_RESULT), **scan.errors}
    hidden = frozenset(scan.hidden if scan else untold.hidden)
    for (row, column), words in unread.items():
        if row >= len(rows):
            continue
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = words
    for cells in rows:
        check_row(cells)
    merged = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
    return Table(name, rows, merged, hidden)


def _cell(value: Cell | time | timedelta) -> Cell:
    """A value of calamine as ours: whole numbers are whole, times and lengths are texts."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise RuleBroken(mark("A cell holds a number that is not finite."))
        return value
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, bool | date | str):
        return value
    return float(value)


def _sheet_paths(data: bytes) -> dict[str, str]:
    """Name of each sheet to its part, by the relations of the workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book, relations = (
            _attributes(archive, "xl/workbook.xml"),
            _attributes(archive, "xl/_rels/workbook.xml.rels"),
        )
    target = {r["Id"]: r["Target"] for r in relations if "Id" in r and "Target" in r}
    paths = {}
    for sheet in book:
        reference = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        if "sheetId" in sheet and reference in target:
            paths[sheet.get("name", "")] = _absolute(target[reference])
    return paths


def _absolute(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, attributes: found.append(attributes)
    try:
        parser.Parse(archive.read(name), True)
    except (KeyError, expat.ExpatError):
        return []
    return found
