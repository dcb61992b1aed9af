"""The main job without a person or a screen: its files, its pictures, its end."""

import csv
import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from PySide6.QtGui import QImage
from sqlcipher3 import dbapi2

from tests.paths import ROOT

TOOLS = ROOT / "tests" / "tools"
PLACES = (
    "home", "applications", "people", "programme", "readings", "attendance", "money", "settings",
)  # fmt: skip
EARLIER = "{}"  # what is in the files of an earlier tour
Told = dict[str, Any]


def start(out: Path) -> "subprocess.Popen[str]":
    """Begin the tour as a user of a machine without a display does."""
    screenless = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    held = {name: value for name, value in os.environ.items() if name not in screenless}
    return subprocess.Popen(
        [sys.executable, "-m", "schoolapp", "tour", "--out", str(out)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env=held | {"SCHOOLAPP_DATA": str(out.parent / "profiles")},
    )  # fmt: skip


def finish(out: Path) -> Told:
    """Do the whole tour; its report."""
    process = start(out)
    said, troubles = process.communicate()
    assert (process.returncode, troubles) == (0, "")
    assert said.splitlines()[-1].startswith("Done: ")
    return report(out)


def report(out: Path) -> Told:
    """What ``tour.json`` says."""
    reported: Told = json.loads((out / "tour.json").read_text(encoding="utf-8"))
    return reported


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an earlier tour: the next is killed at its fourth step, then one is completed."""
    folder = tmp_path_factory.mktemp("tour") / "out"
    leave_an_earlier_tour(folder)
    process = start(folder)
    assert process.stdout is not None
    saved = [process.stdout.readline() for _number in range(4)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert all(line.startswith("Saved, step ") for line in saved), saved
    assert not (folder / "tour.json").exists()
    check_nothing_is_half_written(folder, saved)
    finish(folder)
    return folder


def leave_an_earlier_tour(folder: Path) -> None:
    """Files of an earlier tour, of which nothing may remain in the new ones."""
    (folder / "calendars").mkdir(parents=True)
    for name in ("calendars/programme.ics", "calendars/index.json", "attendance.csv", "tour.json"):
        (folder / name).write_text(EARLIER, encoding="utf-8")


def check_nothing_is_half_written(folder: Path, saved: Sequence[str]) -> None:
    """Every step that was reported is in the database, and every file there is can be read."""
    for path in folder.rglob("*"):
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.is_file() and path.parent == folder:
            assert path.name.startswith("school.db") or path.read_text() == EARLIER, path
    connection = dbapi2.connect(str(folder / "school.db"))
    (steps,) = connection.execute("SELECT count(*) FROM journal_step").fetchone()
    (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    assert steps >= len(saved)
    assert whole == "ok"


def test_the_report_names_what_was_done(out: Path) -> None:
    """Steps by number and title, counts, and files by their path in the folder."""
    reported = report(out)
    assert set(reported) == {"done", "counts", "files"}
    titles = [step["title"] for step in reported["done"]]
    assert titles[:2] == [
        "Load the practice schools",
        "Import applications from limesurvey_gjs.csv",
    ]
    assert sum(title.startswith("Accept ") for title in titles) == 3
    assert sum(title.endswith(" on the waiting list") for title in titles) == 2
    assert titles[-1].startswith("Move ")
    assert [step["step"] for step in reported["done"]] == list(range(1, len(titles) + 1))
    rows = [count for name, count in reported["counts"].items() if name.startswith("rows_")]
    sheet = json.loads((out / "import_report.json").read_text(encoding="utf-8"))
    assert sum(rows) == len(sheet["rows"])
    assert reported["counts"]["sessions"] == 60


def test_every_file_is_named_and_there(out: Path) -> None:
    """No file is missing, none is left over but the database and the report itself."""
    there = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    own = {"tour.json", "school.db", "school.db-wal", "school.db-shm"}
    files = report(out)["files"]
    assert len(files) == len(set(files))
    assert set(files) == there - own
    assert all((out / name).stat().st_size for name in files)


def test_the_pictures_differ(out: Path) -> None:
    """Every place in light, dark and from right to left: no two alike, none of one colour."""
    seen = set()
    for place in PLACES:
        for dress in ("light", "dark", "rtl"):
            picture = QImage(str(out / "pictures" / f"{place}_{dress}.png"))
            assert (picture.width(), picture.height()) == (1280, 800), (place, dress)
            small = picture.convertToFormat(QImage.Format.Format_RGB32)
            colours = {small.pixel(x, y) for x in range(0, 1280, 3) for y in range(0, 800, 3)}
            assert len(colours) > 20, (place, dress)
            seen.add(bytes(small.constBits()))
            ground = small.pixelColor(1278, 798).lightness()
            assert (ground < 80) == (dress == "dark"), (place, dress)
    assert len(seen) == 3 * len(PLACES)


def test_the_calendars_are_clean(out: Path) -> None:
    """Octets, lines and structure of every file pass a checker that is not ours."""
    spec = importlib.util.spec_from_file_location("raw_lint", TOOLS / "raw_lint.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files = sorted((out / "calendars").glob("*.ics"))
    index = json.loads((out / "calendars" / "index.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in index} | {"programme.ics"} == {path.name for path in files}
    assert {path.name: found for path in files if (found := module.lint(path.read_bytes()))} == {}


def test_the_times_of_the_programme_are_right(out: Path) -> None:
    """Another library reads our VTIMEZONE: summer time ends on 31 October, 09:30 stays 09:30."""
    ran = subprocess.run(
        [sys.executable, str(TOOLS / "read_vobject.py"), str(out / "calendars" / "programme.ics")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    events = sorted(json.loads(ran.stdout).values())
    starts = {start for start, _end, _minutes in events}
    assert events[0][0] == "2027-10-23T13:00Z"
    assert {"2027-10-24T07:30Z", "2027-10-31T08:30Z"} <= starts  # both 09:30 in Amsterdam
    film_night = ["2027-10-30T20:30Z", "2027-10-31T02:00Z", 330]  # an hour comes twice
    assert film_night in events


def test_the_attendance_reads_alike_in_every_format(out: Path) -> None:
    """The same table in the sheet and in the csv; the PDF names the school."""
    with (out / "attendance.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = openpyxl.load_workbook(out / "attendance.xlsx").worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ["session", "title", "start"]
    assert len(cells) == len(rows) > 1000
    assert list(cells[0]) == rows[0]
    assert [line[3] for line in cells] == [line[3] for line in rows]
    words = pypdf.PdfReader(out / "attendance.pdf").pages[0].extract_text()
    assert "Global Justice School 2027" in words


def test_the_readings_can_be_read(out: Path) -> None:
    """The list as a page and as a PDF names the same texts."""
    page = (out / "readings.html").read_text(encoding="utf-8")
    words = "".join(one.extract_text() for one in pypdf.PdfReader(out / "readings.pdf").pages)
    assert page.startswith("<!DOCTYPE html>")
    for author in ("Angela Y. Davis",):
        assert author in page
        assert author in " ".join(words.split())
