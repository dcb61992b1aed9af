"""Clashes and the files that leave the program, read back as their readers read them."""

import csv
import datetime as dt
import io
import json
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import odfdo
import openpyxl
import pypdf
import pytest

from schoolapp.base import clock
from schoolapp.domain.people import Person
from schoolapp.exchange.sheets.formulas import original
from schoolapp.storage.opening import open_store
from tests.cli.conftest import Run, rows_of, shipped, uid_of
from tests.conftest import MOMENT
from tests.paths import CHECKERS, EVENTS

sys.path.insert(0, str(CHECKERS))
from raw_lint import lint

HEADINGS = {
    "session": ["session", "title", "start", "person", "name", "status", "minutes"],
    "person": ["person", "name", "sessions", "attended", "absent", "hours", "hours_possible"],
    "day": ["date", "persons"],
    "delegation": ["delegation", "persons", "person_days"],
}
FORMULAS = ["=1+1", "+31 6 1234", "-2+3", "@SUM(A1)", "\tx", "'=1", "'t Hooft"]


def as_set(entries: list[dict[str, object]]) -> set[str]:
    """Entries without their order."""
    return {json.dumps(entry, sort_keys=True) for entry in entries}


def test_conflicts_are_the_expected_ones(run: Run) -> None:
    """Over all gatherings exactly the 43 entries, with exactly their keys."""
    expected = shipped("expected_conflicts.json")
    assert len(expected) == 43
    found = run("conflicts", "--json").json
    assert len(found) == 43
    assert as_set(found) == as_set(expected)


@pytest.mark.parametrize(
    ("code", "number"), [("gjs2027", 2), ("eco-isb-2027", 1), ("camp2027", 40), ("eco2027", 0)]
)
def test_conflicts_of_one_gathering(code: str, number: int, run: Run) -> None:
    """Its own entries, and those of people whose sessions it has."""
    expected = [
        entry
        for entry in shipped("expected_conflicts.json")
        if entry.get("event") == code
        or ("event" not in entry and any(uid.startswith(code + "-s") for uid in entry["sessions"]))
    ]
    found = run("conflicts", "--json", "--gathering", code).json
    assert as_set(found) == as_set(expected)
    assert len(found) == number
    assert len(run("conflicts", "--gathering", code).out.splitlines()) == number


def test_everyones_calendars(run: Run, tmp_path: Path) -> None:
    """A file for each of the 25, the programme and an index; each is a valid calendar."""
    answer = run(
        "export", "calendar", "--gathering", "gjs2027", "--everyone", "--to", tmp_path / "a"
    )
    assert answer.status == 0
    index = json.loads((tmp_path / "a" / "index.json").read_text("utf-8"))
    people = shipped("gjs2027_amsterdam.json")["event"]["participants"]
    assert sorted(entry["person"] for entry in index) == sorted(
        uid_of()[part["person"]] for part in people
    )
    assert all(list(entry) == ["person", "file"] for entry in index)
    names = {entry["file"] for entry in index} | {"programme.ics", "index.json"}
    assert {path.name for path in (tmp_path / "a").iterdir()} == names
    assert len(names) == 27
    for path in (tmp_path / "a").glob("*.ics"):
        assert lint(path.read_bytes()) == [], path.name


def test_calendars_to_subscribe_to(run: Run, tmp_path: Path) -> None:
    """--static: nothing in the folder to upload says whose a calendar is; names stay the same."""
    command = ("export", "calendar", "--gathering", "gjs2027", "--static", "--to", tmp_path)
    assert run(*command).status == 0
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert len(index) == 25
    names = {entry["file"] for entry in index}
    upload = tmp_path / "upload"
    assert {path.name for path in upload.iterdir()} == names | {"programme.ics", "index.html"}
    assert all(re.fullmatch(r"[0-9a-f]{32}\.ics", name) for name in names)
    for path in upload.glob("*.ics"):
        data = path.read_bytes()
        assert lint(data) == [], path.name
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in data
        assert not any(entry["person"].encode() in data for entry in index)
    gone = {"person": "somebody who came before", "file": "0123.ics"}
    (tmp_path / "index.json").write_text(json.dumps([*index, gone]), "utf-8")
    (upload / "0123.ics").touch()
    assert run(*command).status == 0
    assert {path.name for path in upload.glob("*.ics")} == names | {"programme.ics"}


def everything(run: Run, to: Path) -> dict[str, bytes]:
    """The files of all exports by their names."""
    there = ("--gathering", "eco2027")
    for command in (
        ("calendar", *there, "--everyone", "--to", to),
        ("practice", "--to", to),
        *(
            ("attendance", *there, "--format", form, "--to", to / f"a.{form}")
            for form in ("csv", "ods")
        ),
        ("readings", *there, "--format", "html", "--to", to / "r.html"),
    ):
        assert run("export", *command).status == 0
    return {path.name: path.read_bytes() for path in to.iterdir()}


def test_two_exports_are_byte_equal(run: Run, tmp_path: Path) -> None:
    """What did not change is exported as it was, byte for byte, also the day after.

    Only a report names the minute in which it was made.
    """
    with clock.at(MOMENT):
        first, again = (everything(run, tmp_path / name) for name in "ab")
    with clock.at(MOMENT + dt.timedelta(days=1)):
        later = everything(run, tmp_path / "c")
    assert len(first) > 30
    assert first == again
    assert first.pop("a.ods") != later.pop("a.ods")
    assert first == later


def test_one_persons_calendar(run: Run, tmp_path: Path) -> None:
    """--person writes that file alone; without a person it is the programme."""
    uid = uid_of()[shipped("gjs2027_amsterdam.json")["event"]["participants"][0]["person"]]
    assert run(
        "export", "calendar", "--gathering", "gjs2027", "--person", uid, "--to", tmp_path / "one"
    ).status == 0  # fmt: skip
    assert [path.name for path in (tmp_path / "one").iterdir()] == [f"{uid}.ics"]
    run("export", "calendar", "--gathering", "gjs2027", "--to", tmp_path / "all")
    assert [path.name for path in (tmp_path / "all").iterdir()] == ["programme.ics"]
    answer = run(
        "export", "calendar", "--gathering", "gjs2027", "--person", "x", "--to", tmp_path / "none"
    )
    assert answer.status == 1
    assert answer.error == "Nobody with the uid x takes part in gjs2027.\n"
    assert not (tmp_path / "none").exists()


def attendance(run: Run, to: Path, gathering: str, form: str, by: str) -> Path:
    """The path of a report that was written."""
    answer = run(
        "export", "attendance", "--gathering", gathering, "--format", form, "--by", by, "--to", to
    )
    assert (answer.status, answer.out, answer.error) == (0, "", "")
    return to


def test_attendance_by_session_is_the_register(run: Run, tmp_path: Path) -> None:
    """All 1,293 rows as they were marked; those of the lost registers say `no register`."""
    rows = rows_of(attendance(run, tmp_path / "a.csv", "gjs2027", "csv", "session"))
    uid = uid_of()
    with (EVENTS / "gjs2027_attendance.csv").open(encoding="utf-8", newline="") as lines:
        marked = {
            (row["session"], uid[row["person"]]): (row["status"].replace("_", " "), row["minutes"])
            for row in csv.DictReader(lines)
        }
    reported = {(row["session"], row["person"]): (row["status"], row["minutes"]) for row in rows}
    assert len(reported) == len(rows)
    assert len(marked) == 1293
    assert {key: reported[key] for key in marked} == marked
    others = {key: value for key, value in reported.items() if key not in marked}
    assert set(others.values()) == {("no register", "")}
    lost = shipped("gjs2027_amsterdam.json")["event"]["missing_registers"]
    assert len(lost) == 2
    assert {session for session, _person in others} == set(lost)
    assert [(r["start"], r["session"], r["person"]) for r in rows] == sorted(
        (r["start"], r["session"], r["person"]) for r in rows
    )


def test_attendance_by_person_adds_up(run: Run, tmp_path: Path) -> None:
    """P0046 attended 54.3 of 57.5 hours in 34 sessions; the sums are those of the sessions."""
    people = rows_of(attendance(run, tmp_path / "p.csv", "gjs2027", "csv", "person"))
    sessions = rows_of(attendance(run, tmp_path / "s.csv", "gjs2027", "csv", "session"))
    one = next(row for row in people if row["person"] == uid_of()["P0046"])
    assert (one["sessions"], one["hours"], one["hours_possible"]) == ("34", "54.30", "57.50")
    minutes: Counter[str] = Counter()
    for row in sessions:
        minutes[row["person"]] += int(row["minutes"] or 0)
    assert len(people) == 25
    for row in people:
        hours = (Decimal(minutes[row["person"]]) / 60).quantize(Decimal("0.01"))
        assert Decimal(row["hours"]) == hours
    attended = sum(row["status"] in ("present", "late", "left early") for row in sessions)
    assert sum(int(row["attended"]) for row in people) == attended == 1096 + 81 + 46


def test_attendance_by_day_counts_person_days(run: Run, tmp_path: Path) -> None:
    """The camp: seven days, 2,388 person-days."""
    rows = rows_of(attendance(run, tmp_path / "d.csv", "camp2027", "csv", "day"))
    days = {r["date"]: int(r["persons"]) for r in rows if "2027-07-24" <= r["date"] <= "2027-07-30"}
    assert list(days.values()) == [350, 350, 350, 343, 336, 331, 328]
    assert sum(days.values()) == 2388


def test_attendance_by_delegation_counts_the_same(run: Run, tmp_path: Path) -> None:
    """Every delegation of the camp once; persons and person-days add up."""
    rows = rows_of(attendance(run, tmp_path / "g.csv", "camp2027", "csv", "delegation"))
    delegations = shipped("camp2027_youth_camp.json")["event"]["delegations"]
    assert len(rows) == len({row["delegation"] for row in rows}) == len(delegations)
    assert sum(int(row["persons"]) for row in rows) == 350
    assert sum(int(row["person_days"]) for row in rows) == 2388


@pytest.mark.parametrize("by", HEADINGS)
def test_every_format_holds_the_same_columns(by: str, run: Run, tmp_path: Path) -> None:
    """csv, xlsx and ods: one table on the first sheet, one row of headings, the same cells."""
    made = {
        form: attendance(run, tmp_path / f"a.{form}", "eco-isb-2027", form, by)
        for form in ("csv", "xlsx", "ods", "pdf")
    }
    with made["csv"].open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == HEADINGS[by]
    assert len(rows) > 1
    sheet = openpyxl.load_workbook(made["xlsx"]).worksheets[0]
    grid = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=len(rows))]
    assert [str(value) for value in grid[0]] == HEADINGS[by]
    assert len(grid) == len(rows)
    table = odfdo.Document(made["ods"]).body.get_table(0)
    assert table is not None
    assert [str(value) for value in table.get_row_values(0)] == HEADINGS[by]
    assert table.height == len(rows)
    pages = pypdf.PdfReader(made["pdf"]).pages
    assert "".join(page.extract_text() for page in pages).strip()


def test_names_that_a_spreadsheet_would_run(run: Run, practice_file: Path, tmp_path: Path) -> None:
    """They are text in the spreadsheets, and a csv file gives them back as they were."""
    store = open_store(practice_file)
    uids = [uid_of()[p["person"]] for p in shipped("eco2027_manila.json")["event"]["participants"]]

    def rename(session: object) -> None:
        for uid, name in zip(uids, FORMULAS, strict=False):
            person = session.query(Person).filter_by(uid=uid).one()  # type: ignore[attr-defined]
            person.display_name = name

    store.change("Rename", rename)
    store.close()
    rows = rows_of(attendance(run, tmp_path / "a.csv", "eco2027", "csv", "person"))
    written = {row["person"]: row["name"] for row in rows}
    for uid, name in zip(uids, FORMULAS, strict=False):
        assert written[uid][0] not in "=+-@\t\r"
        assert original(written[uid]) == name
    made = attendance(run, tmp_path / "a.xlsx", "eco2027", "xlsx", "person")
    sheet = openpyxl.load_workbook(made).worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert set(FORMULAS) <= {cell.value for cell in cells}


def test_readings_in_their_formats(run: Run, tmp_path: Path) -> None:
    """Each of html, pdf and bib names a reading that the school has."""
    school = shipped("gjs2027_amsterdam.json")
    used = next(s["readings"][0]["reading"] for s in school["sessions"] if s["readings"])
    edition = next(e for e in shipped("readings.json") if e["id"] == used)
    for form in ("html", "pdf", "bib"):
        to = tmp_path / f"r.{form}"
        answer = run("export", "readings", "--gathering", "gjs2027", "--format", form, "--to", to)
        assert (answer.status, answer.error) == (0, "")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert edition["title"] in page
    author = edition["author"].split(";")[0].split(",")[0]
    assert author in (tmp_path / "r.bib").read_text("utf-8")
    text = "".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "r.pdf").pages)
    assert author.split()[0] in text


def test_readings_in_the_readers_language(run: Run, tmp_path: Path) -> None:
    """--language writes the list in another language, from right to left if it runs so."""
    run(
        "export", "readings", "--gathering", "gjs2027", "--format", "html",
        "--language", "ur", "--to", tmp_path / "r.html",
    )  # fmt: skip
    page = (tmp_path / "r.html").read_text("utf-8")
    assert 'lang="ur"' in page
    assert 'dir="rtl"' in page


def test_a_file_that_cannot_be_written_is_reported(run: Run, tmp_path: Path) -> None:
    """The file that was asked for is named, with the reason."""
    to = tmp_path / "none" / "a.csv"
    answer = run("export", "attendance", "--gathering", "eco2027", "--format", "csv", "--to", to)
    assert answer.status == 1
    assert answer.error == f"{to} cannot be written: No such file or directory.\n"


def test_csv_is_plain_utf8_with_commas(run: Run, tmp_path: Path) -> None:
    """No byte order mark; every row has all columns."""
    data = attendance(run, tmp_path / "a.csv", "gjs2027", "csv", "session").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    assert {len(row) for row in rows} == {7}
