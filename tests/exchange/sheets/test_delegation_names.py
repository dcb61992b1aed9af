"""The file for the leader of a delegation: opened with another program, in any direction."""

import datetime as dt
import io

import openpyxl
import pytest

from schoolapp.base.language import in_language
from schoolapp.domain.documents import SPARE, KnownLine, SheetFacts
from schoolapp.exchange.applications.drafts import ImportedSheet, Issue
from schoolapp.exchange.applications.mapping import Mapping
from schoolapp.exchange.sheets.delegation_names import headings, place_of, write_delegation_sheet


def facts(language: str, *lines: KnownLine) -> SheetFacts:
    """A delegation that has announced three people."""
    return SheetFacts(
        language=language, gathering={"en": "Youth camp"}, delegation="Spain", code="ES",
        start=dt.date(2027, 7, 24), end=dt.date(2027, 8, 1), lines=lines, announced=3,
    )  # fmt: skip


def line(name: str, needs_visa: bool | None) -> KnownLine:
    """Somebody who is named already."""
    return KnownLine(
        code=f"P-{name}", name=name, born=dt.date(2005, 12, 31), email=f"{name}@example.org",
        needs_visa=needs_visa, arrival=dt.date(2027, 7, 24), departure=None,
    )  # fmt: skip


def test_known_people_stand_in_it_with_what_is_known() -> None:
    """Yes, no and nothing are three answers about a visa; lines are left beyond the number."""
    people = (line("ana", True), line("bo", False), line("cy", None))
    data = write_delegation_sheet(facts("en", *people))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[5] for row in rows[:3]] == ["Yes", "No", None]
    assert [(row[0], row[8]) for row in rows[:3]] == [
        ("ana", "P-ana"), ("bo", "P-bo"), ("cy", "P-cy"),
    ]  # fmt: skip
    assert (rows[0][1], rows[0][3], rows[0][4]) == (
        dt.datetime(2005, 12, 31), dt.datetime(2027, 7, 24), None,  # noqa: DTZ001
    )  # fmt: skip
    assert len(rows) == 3 + SPARE
    assert [row[0] for row in rows[3:]] == [None] * SPARE


@pytest.mark.parametrize(("language", "leftward"), [("ur", True), ("es", False)])
def test_the_sheet_runs_as_its_language_does(language: str, leftward: bool) -> None:
    """Urdu from right to left; its headings and the instruction are in that language."""
    (sheet,) = openpyxl.load_workbook(
        io.BytesIO(write_delegation_sheet(facts(language)))
    ).worksheets
    assert bool(sheet.sheet_view.rightToLeft) is leftward
    with in_language(language):
        assert tuple(cell.value for cell in sheet[2]) == headings()
    assert headings()[0] != sheet["A2"].value


def test_an_issue_is_reported_with_its_cell() -> None:
    """The row as the file counts it, and the column if the file has one for it."""
    columns = Mapping({"Name": "full_name", "Born": "born"})
    sheet = ImportedSheet(
        file="a.xlsx", encoding=None, delimiter=None, header_row=2, mapping=columns, rows=()
    )
    assert place_of(Issue("missing_birth_date", "born"), 5, sheet).startswith(
        "Row 7, column Born: "
    )
    assert place_of(Issue("email_missing", "email"), 5, sheet).startswith("Row 7: ")
