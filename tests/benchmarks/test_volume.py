"""The volume database: its rows, and that it is the same each time."""

from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from schoolapp.operations.people.editing import find_people
from schoolapp.storage.opening import open_store
from tools import volume

YEARS, SCALE = 1, 0.03


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year at a thirtieth of its size."""
    path = tmp_path_factory.mktemp("volume") / "small.db"
    volume.make(path, years=YEARS, scale=SCALE)
    return path


def _rows(path: Path, statement: str) -> list[Any]:
    connection = dbapi2.connect(str(path))
    try:
        found: list[Any] = connection.execute(statement).fetchall()
        return found
    finally:
        connection.close()


def test_the_full_size_is_that_of_ten_years() -> None:
    """Ten years have 12,000 sessions, 60,010 applications and 616,200 marks."""
    schools, camps = 110, 10
    short = sum(key % volume.A_YEAR in (3, 6, 9, 11) for key in range(1, 121))
    sessions = camps * volume.CAMP.sessions + schools * volume.SCHOOL.sessions - short
    assert sessions == 12_000
    assert camps * volume.CAMP.applications + schools * volume.SCHOOL.applications == 60_010
    in_camps = camps * volume.CAMP.people * volume.CAMP.sessions
    assert in_camps + (sessions - camps * volume.CAMP.sessions) * volume.SCHOOL.people == 616_200


def test_every_participant_has_a_mark_in_every_session(small: Path) -> None:
    """Marks are complete, once for each person and session of the same gathering."""
    pairs = _rows(
        small,
        "SELECT count(*) FROM session s JOIN participation p ON p.gathering_id = s.gathering_id",
    )
    assert _rows(small, "SELECT count(*) FROM attendance_mark") == pairs
    assert pairs[0][0] > 0
    assert {row[0] for row in _rows(small, "SELECT DISTINCT status FROM attendance_mark")} == {
        "present",
        "absent",
    }


def test_every_reference_points_to_something(small: Path) -> None:
    """The rows went in by bulk, and their references are right all the same."""
    assert _rows(small, "PRAGMA foreign_key_check") == []


def test_names_are_in_several_scripts_and_folded(small: Path) -> None:
    """Names of other scripts than Latin are there, and all are found without their accents."""
    scripts = {row[0] for row in _rows(small, "SELECT DISTINCT native_script FROM person")}
    assert {"Arab", "Beng", "Cyrl", "Grek", "Hang"} <= scripts
    store = open_store(small)
    try:
        found = store.read(lambda s: find_people(s, "muller", limit=500))
    finally:
        store.close()
    assert found
    assert all("Müller" in name for _key, name in found)


def test_the_same_seed_gives_the_same_rows(small: Path, tmp_path: Path) -> None:
    """Tomorrow's benchmark reads the same rows as today's."""
    again = tmp_path / "again.db"
    volume.make(again, years=YEARS, scale=SCALE)
    for table in ("person", "application", "session", "subsidy", "attendance_mark"):
        query = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert _rows(small, query) == _rows(again, query)


def test_no_database_is_filled_twice(small: Path) -> None:
    """The command makes a new database and never adds to one."""
    with pytest.raises(FileExistsError):
        volume.make(small)
