"""The attendance report: the columns scripts rely on, and a PDF that people can read and search."""

import csv
import datetime as dt
import io
import re
from typing import Any

import odfdo
import pypdf
import pytest
from python_calamine import CalamineWorkbook

from schoolapp.base.language import in_language
from schoolapp.domain.documents import Report, Sheet
from schoolapp.domain.reports import KINDS, Format
from schoolapp.exchange.reports import write

EXPORTED = dt.datetime(2027, 11, 14, 12, 0, tzinfo=dt.UTC)
START = dt.datetime.fromisoformat("2027-10-30T09:30")
Row = tuple[Any, ...]
NAMES = ["Ana Pérez", "Іван Шевченко", "محمد اقبال", "أمينة", "மாலதி", "रीना", "林建国", "=1+1"]
STATUSES: list[tuple[str, int | None]] = [
    ("present", 90),
    ("late", 80),
    ("left early", 60),
    ("absent", 0),
    ("excused", 0),
    ("not applicable", None),
    ("no register", None),
    ("present", 90),
]
ROWS: dict[str, list[Row]] = {
    "session": [
        ("s1", "Opening", START - dt.timedelta(days=1), "p9", "Zoë", "present", 5),
        *(
            ("s2", "Debt", START, f"p{place}", name, status, minutes)
            for place, (name, (status, minutes)) in enumerate(zip(NAMES, STATUSES, strict=True))
        ),
    ],
    "person": [
        ("p1", "Ana", 34, 33, 1, 3258, 3450),
        ("p2", "Zoë", 1, 0, 1, 0, 90),
    ],
    "day": [(dt.date(2027, 7, 24), 2), (dt.date(2027, 7, 25), 350)],
    "delegation": [("Portugal", 30, 201), ("Éire", 4, 28)],
}
PEOPLE = [
    (dt.date(2027, 7, 24), "p1", "Ana", "Portugal"),
    (dt.date(2027, 7, 24), "p2", "Zoë", ""),
    (dt.date(2027, 7, 25), "p1", "Ana", "Portugal"),
]


def report(by: str, rows: list[Row] | None = None) -> Report:
    kind, behind = KINDS[by], KINDS["presence"]
    return Report(
        Sheet(kind.title, kind.chosen(), ROWS[by] if rows is None else rows),
        "School: #panic() & <b>",
        EXPORTED,
        "Europe/Amsterdam",
        (("Module", "m1"),),
        (Sheet(behind.title, behind.columns, PEOPLE),) if by == "day" else (),
    )


def as_csv(by: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write(report(by), "csv").decode(), newline="")))


def pages(file: bytes) -> list[str]:
    """The text of each page; pypdf leaves codes of glyphs between the letters of Indian scripts."""
    texts = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)
    return [re.sub("[\x00-\x09]", "", text) for text in texts]


def test_by_session_has_the_columns_scripts_rely_on() -> None:
    """One row per person and session, sorted; lost registers and other days have no minutes."""
    rows = as_csv("session")
    assert rows[0] == ["session", "title", "start", "person", "name", "status", "minutes"]
    assert rows[1] == ["s1", "Opening", "2027-10-29T09:30", "p9", "Zoë", "present", "5"]
    assert [row[3] for row in rows[2:]] == [f"p{n}" for n in range(8)]
    assert [row[5:] for row in rows[2:]] == [
        [status, "" if minutes is None else str(minutes)] for status, minutes in STATUSES
    ]


def test_by_person_gives_hours_with_decimal_points() -> None:
    """Minutes become hours of two decimals."""
    assert as_csv("person") == [
        ["person", "name", "sessions", "attended", "absent", "hours", "hours_possible"],
        ["p1", "Ana", "34", "33", "1", "54.30", "57.50"],
        ["p2", "Zoë", "1", "0", "1", "0.00", "1.50"],
    ]


def test_by_day_and_by_delegation() -> None:
    """Dates and delegations in order, counts as they are."""
    assert as_csv("day") == [["date", "persons"], ["2027-07-24", "2"], ["2027-07-25", "350"]]
    assert as_csv("delegation") == [
        ["delegation", "persons", "person_days"],
        ["Portugal", "30", "201"],
        ["Éire", "4", "28"],
    ]


@pytest.mark.parametrize("form", ["xlsx", "ods"])
@pytest.mark.parametrize("by", ["session", "person", "day", "delegation"])
def test_sheets_hold_the_table_of_the_csv(by: str, form: Format) -> None:
    """The first sheet has the same headings and values, typed, and nothing above them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(report(by), form)))
    rows = book.get_sheet_by_index(0).to_python()
    expected = as_csv(by)
    assert rows[0] == expected[0]
    assert [str(row[0]) for row in rows[1:]] == [row[0] for row in expected[1:]]
    numbers = [cell for cell in rows[1] if isinstance(cell, float)]
    assert numbers == [float(cell) for cell in expected[1] if cell.replace(".", "").isdigit()]
    assert book.get_sheet_by_name("About this file").to_python()[1:] == [
        ["Gathering", "School: #panic() & <b>"],
        ["Module", "m1"],
        ["Exported", "2027-11-14 13:00 (Europe/Amsterdam)"],
    ]


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_by_day_has_a_second_sheet_of_persons(form: Format) -> None:
    """The people of each day are in a sheet after the counts."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(report("day"), form)))
    assert book.get_sheet_by_index(1).to_python() == [
        ["date", "person", "name", "delegation"],
        [dt.date(2027, 7, 24), "p1", "Ana", "Portugal"],
        [dt.date(2027, 7, 24), "p2", "Zoë", ""],
        [dt.date(2027, 7, 25), "p1", "Ana", "Portugal"],
    ]


def test_a_second_reader_agrees_on_the_ods() -> None:
    """odfdo reads the names and minutes that were written."""
    table = odfdo.Document(io.BytesIO(write(report("session"), "ods"))).body.tables[0]
    rows = [[cell.value for cell in row.cells] for row in table.rows]
    assert [row[4] for row in rows[2:]] == NAMES
    assert rows[1][6] == 5


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "pdf"])
@pytest.mark.parametrize("by", ["session", "person", "day", "delegation"])
def test_same_report_same_bytes(by: str, form: Format) -> None:
    """Two exports of the same data are byte-equal."""
    assert write(report(by), form) == write(report(by), form)


def test_pdf_can_be_searched_in_every_script() -> None:
    """Each name is found in the text of the PDF, statuses and head too; data are not run."""
    (text,) = pages(write(report("session"), "pdf"))
    for words in [*NAMES, "no register", "School: #panic() & <b>", "Page 1 of 1", "Module:"]:
        # right to left words come back in the order they have on the page
        assert all(word in text for word in words.split())
    assert "2027-11-14 13:00" in text


def test_pdf_repeats_its_heading_and_numbers_its_pages() -> None:
    """Every page of a long report has the heading row and says which of how many it is; a report
    of this size carries no tags, which would make it many times as large."""
    rows: list[Row] = [
        (f"s{n:03}", "Debt", START, f"p{n}", "Ana", "present", 90) for n in range(500)
    ]
    file = write(report("session", rows), "pdf")
    texts = pages(file)
    assert len(texts) > 10
    assert all("Status" in text for text in texts)
    assert all(f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts, start=1))
    assert "s499" in texts[-1]
    assert "/StructTreeRoot" not in pypdf.PdfReader(io.BytesIO(file)).root_object
    small = pypdf.PdfReader(io.BytesIO(write(report("session"), "pdf")))
    assert "/StructTreeRoot" in small.root_object


def test_pdf_uses_our_fonts_only() -> None:
    """Every script is set in a font that comes with the program, so no glyph is a box."""
    reader = pypdf.PdfReader(io.BytesIO(write(report("session"), "pdf")))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index, union-attr]
    names = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts}
    assert names == {
        "NotoSans-Regular",
        "NotoSans-Bold",
        "NotoNaskhArabic-Regular",
        "NotoSansTamil-Regular",
        "NotoSansDevanagari-Regular",
        "DroidSansFallback",
    }


def test_pdf_of_a_language_that_runs_from_right_to_left() -> None:
    """In Urdu the first column is at the right and the sheets run from right to left."""
    with in_language("ur"):
        page = pypdf.PdfReader(io.BytesIO(write(report("delegation"), "pdf"))).pages[0]
        sheet = write(report("delegation"), "ods")
    places: dict[str, float] = {}

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        places.update({word: cm[4] + tm[4] * cm[0] for word in ("Portugal", "201") if word in text})

    page.extract_text(visitor_text=note)
    assert places["Portugal"] > 500 > 60 > places["201"]
    assert 'table:style-name="rtl"' in odfdo.Document(io.BytesIO(sheet)).body.serialize()


@pytest.mark.parametrize(("tag", "shown"), [("en", "54.30"), ("fr", "54,30"), ("en-XA", "54.30")])
def test_pdf_numbers_follow_the_language(tag: str, shown: str) -> None:
    """The decimal sign is the reader's; the csv keeps its point."""
    with in_language(tag):
        assert shown in pages(write(report("person"), "pdf"))[0]
        assert b"54.30" in write(report("person"), "csv")


def test_pdf_dates_are_written_out() -> None:
    """A report by day names the day of the week."""
    assert "Saturday, 24 July 2027" in pages(write(report("day"), "pdf"))[0]


def test_pdf_translates_the_status_and_nothing_that_looks_like_one() -> None:
    """A session called "late" keeps its title in every language; the status does not."""
    row = ("s1", "late", START, "p1", "absent", "excused", 0)
    with in_language("en-XA"):
        text = pages(write(report("session", [row]), "pdf"))[0]
    assert " late " in text
    assert " absent " in text
    assert "excused" not in text


def test_an_empty_report_is_a_table_without_rows() -> None:
    """No rows give a heading and no error, in every format."""
    assert write(report("delegation", []), "csv") == b"delegation,persons,person_days\r\n"
    assert "Delegation" in pages(write(report("delegation", []), "pdf"))[0]
    assert write(report("delegation", []), "xlsx")
    assert write(report("delegation", []), "ods")
