"""Sheets as people who use form tools have described them: what each of their cells becomes.

``tests/data/sheets/field`` and ``cases.json`` beside it hold the sheets with their right answers
and the public thread that describes each shape; ``tools`` holds sheets as form tools write them,
``programs.json`` short ones in many languages.
"""

import csv
import json
from pathlib import Path

import pytest

from tests.exchange.applications.measuring import Row, is_right, measure, reported, row_for
from tests.paths import ROOT

SHEETS = ROOT / "tests" / "data" / "sheets"
KNOWN_SINCE = {("27-windows-1250", 2, "country"): "CZ"}
"""Cells that could not be known when the case was written."""


def field_cases() -> dict[str, Row]:
    found = sorted((SHEETS / "field").glob("*.expected.json"))
    return {path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in found}


FIELD = field_cases()
TOOLS = {
    case["file"]: case for case in json.loads((SHEETS / "tools" / "truth.json").read_text("utf-8"))
}
PROGRAMS = {
    case["name"]: case for case in json.loads((SHEETS / "programs.json").read_text("utf-8"))
}
THREADS = {case["file"]: case for case in json.loads((SHEETS / "cases.json").read_text("utf-8"))}


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


@pytest.mark.parametrize("name", PROGRAMS)
def test_sheets_of_form_programs_in_many_languages_are_read(name: str, tmp_path: Path) -> None:
    """What programs export and what people keep by hand, short headings and long questions."""
    case = PROGRAMS[name]
    path = tmp_path / "form.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(line.split("|") for line in case["lines"])
    assert differences(case["rows"], reported(path)["rows"]) == []


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


def test_a_folder_of_sheets_is_measured() -> None:
    """The figures that say how many cells of a folder are right count what is right."""
    case = FIELD["40-error-values"]
    measured = measure(case, SHEETS / "field")
    cells = sum(len(row) - 1 for row in case["rows"])
    assert (measured.cells, measured.good, measured.wrong) == (cells, cells, [])
    changed = case | {"rows": [case["rows"][0] | {"email": "else@example.org", "country": None}]}
    assert len(measure(changed, SHEETS / "field").wrong) == 1
    assert measure(changed, SHEETS / "field").doubted > 0, "a right cell that is marked"


def test_each_thread_is_named() -> None:
    """Where a shape comes from can be looked up: repository and number; there are 20 and more."""
    sources = [case["source"] for case in THREADS.values()]
    assert len(set(sources)) >= 20
    assert all(source.count("/") == 1 and source.partition("#")[2].isdigit() for source in sources)
