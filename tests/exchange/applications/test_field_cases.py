"""Sheets as people who use form tools have described them: what each of their cells becomes.

``tests/data/sheets/field`` and ``cases.json`` beside it hold the sheets with their right answers
and the public thread that describes each shape; ``tools`` holds sheets as form tools write them.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report
from tests.paths import ROOT

SHEETS = ROOT / "tests" / "data" / "sheets"
FIRST_DAY = dt.date(2027, 10, 23)
UNKNOWN = "!flag"  # the cell cannot be known: no value, and a mark at its field
KNOWN_SINCE = {("27-windows-1250", 2, "country"): "CZ"}
"""Cells that could not be known when the case was written."""

Row = dict[str, Any]


def field_cases() -> dict[str, Row]:
    found = sorted((SHEETS / "field").glob("*.expected.json"))
    return {path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in found}


FIELD = field_cases()
TOOLS = {
    case["file"]: case for case in json.loads((SHEETS / "tools" / "truth.json").read_text("utf-8"))
}
THREADS = {case["file"]: case for case in json.loads((SHEETS / "cases.json").read_text("utf-8"))}


def reported(path: Path) -> Row:
    sheet = understand(read(path.read_bytes(), path.name), path.name, reference_date=FIRST_DAY)
    return report(sheet)


def differences(expected: list[Row], found: list[Row], name: str = "") -> list[tuple[int, str]]:
    """Row and key of each cell that is neither right nor empty with a mark where it must be."""
    return [
        (want["row"], key)
        for want in expected
        for key, value in want.items()
        if key != "row"
        and not is_right(
            key, KNOWN_SINCE.get((name, want["row"], key), value), row_for(want, found)
        )
    ]


def row_for(want: Row, found: list[Row]) -> Row:
    """The row of this number; that of this name where tables were put together."""
    row = next((row for row in found if row["row"] == want["row"]), {})
    name = want.get("full_name", UNKNOWN)
    if name == UNKNOWN or row.get("full_name") == name:
        return row
    return next((row for row in found if row["full_name"] == name), row)


def is_right(key: str, value: object, row: Row) -> bool:
    fields = {mark["field"] for mark in row.get("marks", ())}
    match key:
        case "nobody":
            return bool(row["skipped"])
        case "mark":
            return value in {mark["code"] for mark in row["marks"]}
        case "full_name_mark":
            return "full_name" in fields
        case "submitted":
            return str(row["submitted"])[:10] == value
    if value == UNKNOWN:
        return row[key] is None and key in fields
    return bool(row.get(key, UNKNOWN) == value)


@pytest.mark.parametrize("name", sorted(FIELD))
def test_no_cell_of_a_described_sheet_is_wrong_or_lost(name: str) -> None:
    """Each cell is right, or it is empty and marked where nobody can know it."""
    case = FIELD[name]
    found = differences(case["rows"], reported(SHEETS / "field" / case["file"])["rows"], name)
    assert found == []


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_sheets_as_form_tools_write_them_are_read(name: str) -> None:
    """Questions, contact blocks, tickets, groups and lists by hand: no cell is wrong or lost."""
    found = reported(SHEETS / "tools" / name)["rows"]
    assert differences(TOOLS[name]["rows"], found) == []


@pytest.mark.parametrize("name", sorted(THREADS))
def test_sheets_described_in_public_threads_are_read(name: str) -> None:
    """Encoding, tables, headings, options and people of further sheets; nobody is made up."""
    case = THREADS[name]
    found = reported(SHEETS / name)
    assert differences(case["rows"], found["rows"]) == []
    assert case.get("encoding", found["encoding"]) == found["encoding"]
    tables = [[one["name"], one["rows"]] for one in found["other_tables"]]
    assert tables == case.get("other_tables", [])
    assert found["hidden_rows"] == case.get("hidden_rows", 0)
    names = {row["full_name"] for row in found["rows"] if not row["skipped"]}
    assert not names & set(case.get("absent", ()))
    for number, code in case.get("odd", {}).items():
        assert code in found["rows"][int(number) - 1]["issues"]


def test_each_thread_is_named() -> None:
    """Where a shape comes from can be looked up: repository and number; there are 20 and more."""
    sources = [case["source"] for case in THREADS.values()]
    assert len(set(sources)) >= 20
    assert all(source.count("/") == 1 and source.partition("#")[2].isdigit() for source in sources)
