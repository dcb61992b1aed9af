"""Cells of lists as people write them, in real files through the reader."""

import datetime as dt
from pathlib import Path

import pytest

from schoolapp.exchange.applications.worker import read_apart
from schoolapp.exchange.lists.kinds import KINDS
from schoolapp.exchange.lists.names import ListName
from schoolapp.exchange.lists.reading import read_list
from schoolapp.exchange.lists.values import ListRow, ReadList
from tests.desktop.kit.lists import Rows, written

FIRST, LAST = dt.date(2028, 10, 21), dt.date(2028, 11, 11)


def found(
    tmp_path: Path, kind: ListName, rows: Rows, first: dt.date = FIRST, last: dt.date = LAST
) -> ReadList:
    """The rows as a file, read."""
    file = written(tmp_path / "list.csv", rows)
    sheets = read_apart(file.read_bytes(), file.name)
    return read_list(sheets, file.name, KINDS[kind], first=first, last=last)


def days(rows: tuple[ListRow, ...]) -> list[dt.date | None]:
    return [row.day("date") for row in rows]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("01.11.2028", "2028-11-01"),
        ("11/1/2028", "2028-11-01"),
        ("Mo 30.10.2028", "2028-10-30"),
        ("Di, 31. Oktober 2028", "2028-10-31"),
        ("Wed 1/11/2028", "2028-11-01"),
        ("05.12.2028", "2028-12-05"),
    ],
)
def test_of_two_readings_the_one_in_the_gathering_is_taken(
    tmp_path: Path, words: str, day: str
) -> None:
    """A day and a month that can be exchanged are no doubt where one of them is far away."""
    rows = [("Tag", "Uhrzeit", "Titel"), (words, "9:30", "Asien")]
    (row,) = found(tmp_path, ListName.SESSIONS, rows).rows
    assert (row.day("date"), row.doubts) == (dt.date.fromisoformat(day), ())


def test_a_whole_column_can_be_exchanged(tmp_path: Path) -> None:
    """Every day from 1 to 11 November, of which none shows the order by itself."""
    said = [f"{n:02}.11.2028" for n in range(1, 12)]
    rows = [("Tag", "Uhrzeit", "Titel"), *((day, "9:30", f"Talk {day}") for day in said)]
    read = found(tmp_path, ListName.SESSIONS, rows).rows
    assert days(read) == [dt.date(2028, 11, n) for n in range(1, 12)]


def test_the_column_decides_where_both_readings_lie_in_the_gathering(tmp_path: Path) -> None:
    """One clear date says how the others are meant; without one the doubt names both days."""
    around = dt.date(2028, 9, 1), dt.date(2028, 12, 20)
    head = ("Day", "Time", "Title")
    rows = [head, ("10/11/2028", "9:30", "One"), ("30/10/2028", "9:30", "Two")]
    assert days(found(tmp_path, ListName.SESSIONS, rows, *around).rows) == [
        dt.date(2028, 11, 10), dt.date(2028, 10, 30),
    ]  # fmt: skip
    (row,) = found(tmp_path, ListName.SESSIONS, rows[:2], *around).rows
    (doubt,) = row.doubts
    assert row.day("date") is None
    assert {doubt.first, doubt.second} == {"2028-11-10", "2028-10-11"}


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("09.30 Uhr", "09:30", None),
        ("9h30", "09:30", None),
        ("9u30", "09:30", None),
        ("9h30 - 11h", "09:30", "11:00"),
        ("9.30–11.00 Uhr", "09:30", "11:00"),
        ("9 Uhr", "09:00", None),
        ("2:30 p.m.", "14:30", None),
    ],
)
def test_times_of_day(tmp_path: Path, words: str, start: str, end: str | None) -> None:
    """Times as French, German, Dutch and English programmes write them."""
    rows = [("Day", "Time", "Title"), ("2028-10-24", words, "One")]
    (row,) = found(tmp_path, ListName.SESSIONS, rows).rows
    begins, ends = row.clock("start"), row.clock("end")
    assert row.doubts == ()
    assert begins is not None
    assert begins.isoformat("minutes") == start
    assert (ends.isoformat("minutes") if ends else None) == end


@pytest.mark.parametrize(
    ("words", "day"),
    [("Mo 30.10.2028 9:30", 30), ("10/23/28, 9:30:11 AM", 23), ("24.10.2028, 09.30 Uhr", 24)],
)
def test_a_day_and_a_time_in_one_cell(tmp_path: Path, words: str, day: int) -> None:
    """The day is told from the time behind it."""
    rows = [("Start", "Title"), (words, "One")]
    (row,) = found(tmp_path, ListName.SESSIONS, rows).rows
    assert (row.day("start"), row.doubts) == (dt.date(2028, 10, day), ())


@pytest.mark.parametrize(
    ("words", "seats", "said"),
    [
        ("1.200", 1200, None),
        ("1,200", 1200, None),
        ("1 200", 1200, None),
        ("30", 30, None),
        ("30,0", 30, None),
        ("20 pers.", 20, None),
        ("20-25", None, "not a whole number"),
        ("20 – 25 seats", None, "not a whole number"),
        ("20 or more", None, "not a whole number"),
        ("12.5", None, "not a whole number"),
        ("approx. 30", 30, "is taken as"),
        ("ca. 1.200", 1200, "is taken as"),
        ("~40", 40, "is taken as"),
    ],
)
def test_numbers(tmp_path: Path, words: str, seats: int | None, said: str | None) -> None:
    """Thousands are parted, about is said, a span is in doubt."""
    rows = [("Room", "Seats"), ("Tent", words)]
    (row,) = found(tmp_path, ListName.ROOMS, rows).rows
    assert row.number("seats") == seats
    assert [said in doubt.sentence for doubt in row.doubts if said] == [True] * bool(said)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("late", "late"), ("en retard", "late"), ("te laat", "late"), ("excused", "excused"),
        ("Excusé", "excused"), ("afgemeld", "excused"), ("left early", "left_early"),
        ("x", True), ("absent", False), ("ja", True),
    ],
)  # fmt: skip
def test_who_was_there(tmp_path: Path, words: str, value: str | bool) -> None:
    """Late and excused are neither yes nor no."""
    rows = [("Session", "Name", "Present"), ("Opening", "Ana Ruiz", words)]
    (row,) = found(tmp_path, ListName.MARKS, rows).rows
    assert row.values["present"] == value
