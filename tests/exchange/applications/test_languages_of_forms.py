"""Headings and cells of forms in many languages mean what a reader of the language would say.

``tests/data/sheets/headings.txt`` and ``values.txt`` hold them, a line for each language and field.
"""

import csv
import io
from collections.abc import Iterator

import pytest

from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.mapping import columns_of
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report
from tests.exchange.applications.measuring import FIRST_DAY, Row
from tests.paths import ROOT

SHEETS = ROOT / "tests" / "data" / "sheets"


def lines_of(name: str) -> Iterator[tuple[str, str, str]]:
    """What stands before the bar, the field behind it, and the rest of each line."""
    for line in (SHEETS / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            key, _colon, rest = line.partition(": ")
            first, _bar, field = key.partition(" | ")
            yield first, field, rest


HEADINGS = {
    f"{tag} {field}": (field, rest.split(" ; ")) for tag, field, rest in lines_of("headings.txt")
}
CELLS = {field: (heading, rest.split(" ;; ")) for heading, field, rest in lines_of("values.txt")}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_in_the_languages_of_forms_are_known(name: str) -> None:
    """Each is the field that it asks for; what asks about others or other things is none."""
    field, headings = HEADINGS[name]
    allowed = {field, "name"} if field == "full_name" else {field}
    if field == "none":
        allowed = {None, "birth_place"}  # kept under its question
    elif field == "given":  # a bare "Nombre" is decided by its neighbours
        allowed |= {"name", "full_name"}
    meant = {heading: columns_of([heading])[0].field for heading in headings}
    assert {heading: found for heading, found in meant.items() if found not in allowed} == {}


def row_of(heading: str, cell: str) -> Row:
    """The one row of a sheet with this cell beside a name."""
    text = io.StringIO()
    csv.writer(text).writerows([["Full name", heading], ["Ana Ruiz", cell.replace("\\n", "\n")]])
    sheet = understand(read(text.getvalue().encode(), "f.csv"), "f.csv", reference_date=FIRST_DAY)
    rows = report(sheet)["rows"]
    assert isinstance(rows, list)
    row: Row = rows[0]
    return row


def found_in(row: Row, field: str) -> str:
    """The value of a field as the lines say it."""
    asked = any(mark["field"] == field for mark in row["marks"])
    value = row[field]
    if value is None:
        return "?" if asked else "-"
    if isinstance(value, list):
        return ",".join(sorted(value) if field == "languages" else value)
    return f"{value}!" if asked else str(value)


@pytest.mark.parametrize("field", CELLS)
def test_cells_in_the_languages_of_forms_are_read(field: str) -> None:
    """Dates, yes and no, languages, countries, people, genders and amounts as people write them."""
    heading, cells = CELLS[field]
    wrong = {}
    for said in cells:
        cell, _arrow, meant = said.rpartition(" => ")
        if field == "languages":
            meant = ",".join(sorted(meant.split(",")))
        if (found := found_in(row_of(heading, cell), field)) != meant:
            wrong[cell] = (meant, found)
    assert wrong == {}


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["ana@example.org", "bo@example.org"], "email"),
        (["+31 6 12345678", "06 1234 5678"], "phone"),
        (["17", "23"], "source_id"),
    ],
)
def test_a_number_or_a_contact_is_what_its_cells_are(cells: list[str], field: str) -> None:
    """A heading that names several things is decided by what stands below it."""
    heading = "Where can we reach you?" if field == "email" else "Número"
    columns = columns_of(["Full name", heading], samples=[["Ana Ruiz", "Bo Dahl"], cells])
    assert columns[1].field == field
