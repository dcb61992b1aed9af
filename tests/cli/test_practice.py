"""Making a database from packages, listing it, and writing the packages again."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, shipped
from tests.packages import canonical, put
from tests.packages import shipped as shipped_files

BROKEN = "gjs2027_amsterdam.json: event.participants[3].person: there is no P9999 in people.json\n"
KEYS = [
    "id", "title", "kind", "start_date", "end_date", "tz", "currency",
    "sessions", "participants", "applications", "subsidies",
]  # fmt: skip


def read_folder(folder: Path) -> dict[str, str]:
    """The files of a folder, by name."""
    return {path.name: path.read_bytes().decode("utf-8") for path in folder.iterdir()}


def content(database: Path) -> str:
    """A digest of a database with what its write-ahead log holds."""
    sides = [database.with_name(database.name + side) for side in ("", "-wal")]
    return hashlib.sha256(
        b"".join(path.read_bytes() for path in sides if path.exists())
    ).hexdigest()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The practice packages, one of which names an unknown person."""
    files = shipped_files()
    package = json.loads(files["gjs2027_amsterdam.json"])
    package["event"]["participants"][3]["person"] = "P9999"
    files["gjs2027_amsterdam.json"] = json.dumps(package)
    return put(files, tmp_path / "broken")


def test_gatherings_for_machines(run: Run) -> None:
    """Exactly the keys of docs/cli.md, counts as numbers, sorted by code."""
    listed = run("gatherings", "--json").json
    assert [list(entry) for entry in listed] == [KEYS] * 4
    assert [entry["id"] for entry in listed] == ["camp2027", "eco-isb-2027", "eco2027", "gjs2027"]
    school = shipped("gjs2027_amsterdam.json")
    assert listed[3] == {
        "id": "gjs2027",
        "title": "Global Justice School 2027",
        "kind": "school",
        "start_date": "2027-10-23",
        "end_date": "2027-11-13",
        "tz": "Europe/Amsterdam",
        "currency": "EUR",
        "sessions": len(school["sessions"]),
        "participants": 25,
        "applications": len(school["applications"]),
        "subsidies": len(school["subsidies"]),
    }


def test_gatherings_for_people(run: Run) -> None:
    """A line each: code, days, title."""
    lines = run("gatherings").out.splitlines()
    assert len(lines) == 4
    assert lines[3].split(maxsplit=3) == [
        "gjs2027",
        "2027-10-23",
        "2027-11-13",
        "Global Justice School 2027",
    ]


def test_packages_come_out_as_they_went_in(run: Run, tmp_path: Path) -> None:
    """All files under their names with all that was in them."""
    assert run("export", "practice", "--to", tmp_path / "out").status == 0
    assert canonical(read_folder(tmp_path / "out")) == canonical(shipped_files())


def test_loading_a_second_time_changes_nothing(bare: Run, practice_file: Path) -> None:
    """What is there stays as it is, and the sentence says that nothing was new."""
    before = content(practice_file)
    answer = bare("practice", "--into", practice_file)
    assert answer.status == 0
    assert answer.out.startswith("New: 0 gatherings, 0 people, 0 readings, 0 gifts.")
    assert content(practice_file) == before


def test_a_broken_folder_is_refused_whole(
    bare: Run, broken: Path, practice_file: Path, tmp_path: Path
) -> None:
    """File, path and reason; a new database is not made, one that exists is not touched."""
    new = tmp_path / "new.db"
    answer = bare("practice", "--into", new, "--from", broken)
    assert (answer.status, answer.out, answer.error) == (1, "", BROKEN)
    assert not new.exists()
    before = content(practice_file)
    answer = bare("practice", "--into", practice_file, "--from", broken)
    assert (answer.status, answer.out, answer.error) == (1, "", BROKEN)
    assert content(practice_file) == before


def test_a_folder_without_people_is_reported(bare: Run, tmp_path: Path) -> None:
    """A folder that is not there, or holds no packages, is one sentence."""
    answer = bare("practice", "--into", tmp_path / "x.db", "--from", tmp_path / "none")
    assert (answer.status, answer.out) == (1, "")
    assert "There is no people.json" in answer.error


def test_an_empty_file_is_no_database_yet(bare: Run, tmp_path: Path) -> None:
    """What a crash left before anything was saved is filled, like a missing file."""
    empty = tmp_path / "school.db"
    empty.touch()
    answer = bare("gatherings", "--database", empty)
    assert (answer.status, empty.stat().st_size) == (1, 0)
    assert answer.error.startswith(f"There is no database {empty}.")
    folder = put({"people.json": "[]"}, tmp_path / "one")
    assert bare("practice", "--into", empty, "--from", folder).status == 0
    assert bare("gatherings", "--json", "--database", empty).json == []


def test_a_key_file_makes_and_opens_an_encrypted_database(bare: Run, tmp_path: Path) -> None:
    """The file is not readable as SQLite; without its key it does not open."""
    key, other, database = tmp_path / "key", tmp_path / "other", tmp_path / "enc" / "school.db"
    key.write_text("5a" * 32 + "\n")
    other.write_text("5b" * 32 + "\n")
    folder = put(shipped_files("eco_isb2027_islamabad.json"), tmp_path / "one")
    assert bare("practice", "--into", database, "--from", folder, "--key-file", key).status == 0
    assert not database.read_bytes().startswith(b"SQLite format 3")
    listed = bare("gatherings", "--json", "--database", database, "--key-file", key).json
    assert [entry["id"] for entry in listed] == ["eco-isb-2027"]
    answer = bare("gatherings", "--database", database, "--key-file", other)
    assert answer.status == 1
    assert "the passphrase or key is not the right one" in answer.error
    answer = bare("gatherings", "--database", database)
    assert answer.status == 1
    assert "school.db is encrypted" in answer.error
    key.write_text("no key")
    answer = bare("gatherings", "--database", database, "--key-file", key)
    assert answer.status == 1
    assert "not a key file" in answer.error


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_no_school_is_laid_around_a_day_far_away(bare: Run, tmp_path: Path, day: str) -> None:
    """A sentence says between which years a day may lie, and no database is left."""
    answer = bare("practice", "--into", tmp_path / "x.db", "--today", day)
    assert (answer.status, answer.out) == (1, "")
    assert "between 2000 and 2100" in answer.error
    assert not (tmp_path / "x.db").exists()


def test_today_moves_the_dates_and_nothing_else_does(bare: Run, tmp_path: Path) -> None:
    """Without --today the dates are those of the packages; with it they lie around that day."""
    kept, moved = tmp_path / "kept.db", tmp_path / "moved.db"
    assert bare("practice", "--into", kept).status == 0
    answer = bare("practice", "--into", moved, "--today", "2029-05-16")
    assert answer.out.startswith("New: 4 gatherings, 520 people")
    days = {
        file.stem: {row["id"]: row["start_date"] for row in bare(
            "gatherings", "--json", "--database", file).json}
        for file in (kept, moved)
    }  # fmt: skip
    assert days["kept"]["gjs2027"] == "2027-10-23"
    assert "2029-05-04" < days["moved"]["eco2027"] <= "2029-05-16"
    wrong = bare("practice", "--into", tmp_path / "x.db", "--today", "16.5.2029")
    assert (wrong.status, "2027-10-23" in wrong.error) == (1, True)
