"""Odd but honest workbooks are read for what they hold."""

import datetime as dt
import io
import runpy
import subprocess
import sys

import pytest
import xlsxwriter
from odfdo import Cell, Document, Paragraph, Row, Table

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.apart import Limits
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.binary_workbooks import untold
from schoolapp.exchange.applications.importing import read_applications
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.sheets import UNKNOWN_RESULT
from schoolapp.exchange.applications.worker import main, read_apart
from tests.exchange.applications.measuring import reported
from tests.paths import CHECKERS, ROOT

MAKER = runpy.run_path(str(CHECKERS / "hostile_files.py"))


def written(cells: list[tuple], **options) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("A")
        for row, column, value in cells:
            sheet.write(row, column, value)
    return out.getvalue()


def test_E56_a_day_number_counts_from_the_workbooks_epoch() -> None:
    """40202 is 25 January 2014 in a workbook that counts from 1904 (E56)."""
    cells = [(0, 0, "Name"), (0, 1, "Born"), (1, 0, "Ana Paz"), (1, 1, 40202)]
    start = dt.date(2030, 1, 1)
    for options, born in (({"date_1904": True}, "2014-01-25"), ({}, "2010-01-24")):
        sheet = read_applications(written(cells, **options), "a.xlsx", reference_date=start)
        assert str(sheet.rows[0].person.born) == born


def test_cells_without_a_reference_follow_each_other() -> None:
    """A writer may leave the references of cells and rows out."""
    text = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join(f"<row>{text.format(a)}{text.format(b)}</row>" for a, b in ("ab", "cd"))
    made = MAKER["workbook"](MAKER["sheet"](rows))
    assert read(made, "a.xlsx").tables[0].rows == [["a", "b"], ["c", "d"]]


def test_E57_a_formula_without_a_result_differs_from_an_empty_cell() -> None:
    """calamine gives both as empty; only the formula is marked, also at the end of a row (E57)."""
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v/></c><c r="C1" s="1"/></row>'
    below = '<row r="2"><c r="A2"><f>A1</f></c></row>'
    made = MAKER["workbook"](MAKER["sheet"](row + below))
    assert read(made, "a.xlsx").tables[0].rows[0][:2] == [1.0, UNKNOWN_RESULT]


def test_errors_and_hidden_rows_of_excel_97_are_known() -> None:
    """calamine shows an error as an empty cell and tells nothing of rows; both are in the file."""
    path = ROOT / "tests" / "data" / "sheets" / "hidden-and-errors.xls"
    table = read(path.read_bytes(), path.name).tables[0]
    assert (table.rows[2][2], table.rows[3][3], table.hidden) == ("#N/A", "#REF!", {4})
    rows = reported(path)["rows"]
    marks = [{(mark["field"], mark["code"]) for mark in row["marks"]} for row in rows]
    assert ("country", "error_cell") in marks[1]
    assert ("phone", "error_cell") in marks[2]
    assert ("full_name", "hidden_row") in marks[3]
    assert (rows[1]["country"], rows[2]["phone"], rows[3]["country"]) == (None, None, "BE")


def test_a_damaged_list_of_records_is_left_to_the_reader_of_values() -> None:
    """Hidden rows and errors are looked for; a file in which they cannot be found is read all the
    same, and one whose chains run in a circle ends."""
    data = (ROOT / "tests" / "data" / "sheets" / "hidden-and-errors.xls").read_bytes()
    assert set(untold(data)) == {"Liste", "Zweite Tabelle ü"}
    assert untold(data[:600]) == {}
    for at in range(0, len(data), 7):
        untold(data[:at] + b"\x03" + data[at + 1 :])
    fat = data.index(b"\xfd\xff\xff\xff")
    assert untold(data[:fat] + b"\0" * 400 + data[fat + 400 :]) in ({}, untold(data))


def test_errors_of_an_open_document_are_known() -> None:
    """The cell of a formula that failed holds no value, only the words that are shown."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("A")
    for values in (
        ("Name", "E-Mail", "Country", "Phone"),
        ("Ana Ruiz", "ana@example.org", "", "1"),
    ):
        row = Row()
        row.extend(Cell(value) for value in values)
        table.append(row)
    row = table.get_row(1)
    for place, words in ((2, "#N/A"), (3, "Err:502")):
        cell = row.get_cell(place)
        cell.clear()
        cell.set_attribute("table:formula", "of:=NA()")
        cell.set_attribute("office:value-type", "string")
        cell.set_attribute("office:string-value", "")
        cell.append(Paragraph(words))
        row.set_cell(place, cell)
    table.set_row(1, row)
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), "a.ods").tables[0].rows[1][2:] == ["#N/A", "Err:502"]


def test_a_workbook_without_values_is_refused() -> None:
    """An empty workbook is reported, not imported as nothing."""
    with pytest.raises(RuleBroken, match="no table with values"):
        read(written([]), "a.xlsx")


def test_too_many_columns_and_rows_of_a_workbook_are_refused() -> None:
    """256 columns and 20,000 rows with values are the limits."""
    with pytest.raises(RuleBroken, match="256 columns"):
        read(written([(0, 0, "a"), (0, 300, "b")]), "a.xlsx")
    with pytest.raises(RuleBroken, match="20000 rows"):
        read(written([(0, 0, "a"), (200_000, 0, "b")]), "a.xlsx")


def test_a_large_file_is_refused_by_the_reader_too() -> None:
    """The child does not trust its caller."""
    with pytest.raises(RuleBroken, match="20 MB"):
        read(b"x" * (limits.FILE_BYTES + 1), "a.csv")


def test_the_child_limits_itself() -> None:
    """In the child the address space and the processor time are bounded."""
    asked = (
        "import resource as r, schoolapp.exchange.apart as a; a.limit_itself(a.Limits()); "
        "print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[0])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(Limits().memory), str(Limits().cpu_seconds)]


def test_times_of_day_and_lengths_are_texts() -> None:
    """No column of an application is a time of day, so the cell is kept as it would be typed."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, clock = book.add_worksheet("A"), book.add_format({"num_format": "hh:mm"})
        length = book.add_format({"num_format": "[h]:mm:ss"})
        sheet.write_datetime(0, 0, dt.time(9, 30), clock)
        sheet.write_number(0, 1, 1.5, length)
    assert read(out.getvalue(), "a.xlsx").tables[0].rows == [["09:30:00", "1 day, 12:00:00"]]


def test_a_workbook_whose_list_of_parts_has_another_case_is_read() -> None:
    """Part names ignore case (ECMA-376 part 2); only formulas are not reported then."""
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f></c></row>'
    made = MAKER["workbook"](MAKER["sheet"](row)).replace(
        b"workbook.xml.rels", b"Workbook.xml.rels"
    )
    assert read(made, "a.xlsx").tables[0].rows == [[1.0]]


def test_days_and_moments_go_through_the_answer_of_the_child() -> None:
    """A date stays a date and a moment a moment on the way from the child."""
    out, answer = io.BytesIO(), io.BytesIO()
    day, moment = dt.date(1990, 3, 4), dt.datetime(2027, 3, 2, 10, 30)  # noqa: DTZ001 - no zone
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, stamp = book.add_worksheet("A"), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for column, value in enumerate((day, moment)):
            sheet.write_datetime(0, column, value, stamp)
    assert main("a.xlsx", io.BytesIO(out.getvalue()), answer) == 0
    assert b'[{"d":"1990-03-04"},{"t":"2027-03-02T10:30:00"}]' in answer.getvalue()
    assert read_apart(out.getvalue(), "a.xlsx").tables[0].rows == [[day, moment]]
