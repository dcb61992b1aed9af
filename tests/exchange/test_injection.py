"""P8: nothing in a name can run or change the structure of what is exported, in any format."""

import csv
import datetime as dt
import io
import re
import zipfile

import odfdo
import openpyxl
import pypdf
import pytest
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from schoolapp.domain.documents import Report, Sheet
from schoolapp.domain.reports import KINDS
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.tables import text_of
from schoolapp.exchange.reports import write
from schoolapp.exchange.sheets import original
from tests.exchange.sheets.test_sheets import PAYLOADS

MARKUP = [
    "#panic()",
    '#link("http://example.org")[x]',
    "$x^2$ *b* _i_ `c` @ref <label>",
    "<w:p/></w:t><w:fldSimple w:instr='DDEAUTO'/>",
    "]]><table:table/>",
    "{{ 7*7 }} {% raw %}",
]
TEXTS = [*PAYLOADS, *MARKUP]
AT = dt.datetime(2027, 11, 14, 12, 0, tzinfo=dt.UTC)
HOSTILE = [
    (kind, [column for column in kind.columns if column.kind == "text"]) for kind in KINDS.values()
]
CELLS = len(TEXTS) * sum(len(columns) for _kind, columns in HOSTILE)


def hostile_reports() -> list[Report]:
    """Each kind of report with its text columns, every payload in every one of them."""
    return [
        Report(
            Sheet(kind.title, tuple(columns), [(text,) * len(columns) for text in TEXTS]),
            "=cmd|' /C calc'!A0",
            AT,
            "UTC",
            (("Delegation", '=HYPERLINK("http://example.org")'),),
        )
        for kind, columns in HOSTILE
        if columns
    ]


def part(file: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return package.read(name).decode()


def as_put_in(report: Report) -> list[list[str]]:
    """The rows of a hostile report: every payload in each of its columns."""
    return [[text] * len(report.sheet.columns) for text in TEXTS]


def test_enough_cells_are_hostile() -> None:
    """P8: 5,000 cells at least: payloads x text columns x the five formats."""
    assert CELLS * 5 >= 5_000


@pytest.mark.parametrize("report", hostile_reports(), ids=lambda r: r.sheet.title)
def test_sheets_of_every_report_stay_texts(report: Report) -> None:
    """S46, P8: xlsx and ods hold no formula and no link, and give each text back."""
    xlsx, ods = write(report, "xlsx"), write(report, "ods")
    assert not re.search("<f[ >]|hyperlink|externalLink", part(xlsx, "xl/worksheets/sheet1.xml"))
    assert not re.search("table:formula|text:a |xlink", part(ods, "content.xml"))
    for file in (xlsx, ods):
        book = CalamineWorkbook.from_filelike(io.BytesIO(file))
        rows = book.get_sheet_by_index(0).to_python()[1:]
        assert [[str(cell) for cell in row] for row in rows] == as_put_in(report)


@pytest.mark.parametrize("report", hostile_reports(), ids=lambda r: r.sheet.title)
def test_the_import_gives_the_text_back(report: Report) -> None:
    """S46, P8: what a csv, xlsx or ods holds is read again by the import as it was."""
    for form in ("csv", "xlsx", "ods"):
        (table, *_notes) = read(write(report, form), f"report.{form}").tables  # type: ignore[arg-type]
        assert [[text_of(cell) for cell in row] for row in table.rows[1:]] == as_put_in(report)


@pytest.mark.parametrize("report", hostile_reports(), ids=lambda r: r.sheet.title)
def test_a_csv_starts_no_formula(report: Report) -> None:
    """S46: no cell begins as a formula does; the mark before it can be taken away again."""
    rows = list(csv.reader(io.StringIO(write(report, "csv").decode(), newline="")))[1:]
    for row, text in zip(rows, TEXTS, strict=True):
        for cell in row:
            assert cell[:1] not in set("=+-@|%\t\r\n＝＋－＠")
            assert original(cell) == text


@pytest.mark.parametrize("report", hostile_reports(), ids=lambda r: r.sheet.title)
def test_documents_show_the_texts_and_nothing_else(report: Report) -> None:
    """P8: a Word document has no field and no link, a PDF no action; markup is shown as written."""
    body = part(write(report, "docx"), "word/document.xml")
    assert not re.search("<w:(fldSimple|fldChar|instrText|hyperlink|object)", body)
    assert body.count("<w:tr>") == len(TEXTS) + 1
    file = write(report, "pdf")
    assert not re.search(rb"/(URI|JavaScript|JS|Launch|OpenAction|AA)\b", file)
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(file)).pages)
    assert "#panic()" in text.replace("\n", "")


def test_a_second_reader_sees_no_formula() -> None:
    """openpyxl and odfdo agree on one of the reports."""
    report = hostile_reports()[0]
    sheet = openpyxl.load_workbook(io.BytesIO(write(report, "xlsx"))).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    assert unescape(str(cells[0].value)) == TEXTS[0]
    table = odfdo.Document(io.BytesIO(write(report, "ods"))).body.tables[0]
    assert [row.cells[0].value for row in table.rows][1:] == TEXTS
