"""Tests of backup, restore and the check of a file."""

import random
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from schoolapp.domain.people import Person
from schoolapp.storage import backup
from schoolapp.storage.backup import (
    AlreadyThere,
    DamagedCopy,
    NotFound,
    back_up,
    integrity,
    restore,
)
from schoolapp.storage.connection import Damaged, WrongKey, is_encrypted
from schoolapp.storage.store import Store
from tests.databases import Databases, Place
from tests.storage import rows


@pytest.fixture(params=["file", "encrypted"])
def filled(request: pytest.FixtureRequest, databases: Databases) -> Place:
    """A file with 20 people, plain and encrypted."""
    place = databases.copy(request.param)
    store = place.open()
    people = [rows.person(name=f"Person {n}", note="x" * 500) for n in range(20)]
    store.change("Fill", lambda s: rows.add(s, *people))
    store.close()
    return place


def names(path: Path, key: bytes | None) -> int:
    """How many people a file holds."""
    store = Place(path, key).open()
    many = store.read(lambda s: s.scalar(sa.select(sa.func.count()).select_from(Person)))
    store.close()
    return int(many or 0)


def test_backup_of_an_open_database(filled: Place, tmp_path: Path) -> None:
    """A copy made while the database is in use holds all that was saved, with the same key."""
    store = filled.open()
    store.change("Add", lambda s: rows.add(s, rows.person()))
    copied = back_up(filled.where, filled.key, tmp_path / "copy.db")
    store.change("Later", lambda s: rows.add(s, rows.person()))
    store.close()
    assert copied["person"] == 21
    assert [file.name for file in tmp_path.iterdir()] == ["copy.db"]
    assert is_encrypted(tmp_path / "copy.db") == bool(filled.key)
    assert names(tmp_path / "copy.db", filled.key) == 21
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_restore_beside_a_stale_wal(filled: Place, tmp_path: Path) -> None:
    """What was beside the new place is moved away and kept, and does not harm the new database."""
    back_up(filled.where, filled.key, tmp_path / "copy.db")
    store = filled.open()
    store.change("Add", lambda s: rows.add(s, rows.person()))
    into = tmp_path / "new" / "school.db"
    into.parent.mkdir()
    shutil.copyfile(f"{filled.where}-wal", f"{into}-wal")
    store.close()
    assert restore(tmp_path / "copy.db", filled.key, into)["person"] == 20
    assert names(into, filled.key) == 20
    assert integrity(into, filled.key) == []
    assert len(list(into.parent.glob("*.aside"))) == 1


def test_restore_of_a_crashed_database(filled: Place, tmp_path: Path) -> None:
    """A database that was copied with its -wal comes back with what is only in there."""
    store = filled.open()
    store.change("Add", lambda s: rows.add(s, rows.person()))
    for side in ("", "-wal"):
        shutil.copyfile(f"{filled.where}{side}", tmp_path / f"crashed.db{side}")
    store.close()
    assert restore(tmp_path / "crashed.db", filled.key, tmp_path / "new.db")["person"] == 21


def test_nothing_is_written_over(filled: Place, tmp_path: Path) -> None:
    """Neither a backup nor a restore replaces a file, and both say when there is none to copy."""
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(AlreadyThere):
        back_up(filled.where, filled.key, there)
    with pytest.raises(AlreadyThere):
        restore(filled.where, filled.key, there)
    assert there.read_text() == "mine"
    for act in (back_up, restore):
        with pytest.raises(NotFound):
            act(tmp_path / "no.db", filled.key, tmp_path / "new.db")


def test_damaged_backup_is_not_restored(filled: Place, tmp_path: Path) -> None:
    """A backup in which something broke is refused, and leaves nothing behind."""
    copy = tmp_path / "copy.db"
    back_up(filled.where, filled.key, copy)
    size = copy.stat().st_size
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 5] = bytes(8192)
    copy.write_bytes(content)
    with pytest.raises((DamagedCopy, Damaged)):
        restore(copy, filled.key, tmp_path / "new.db")
    assert [file.name for file in tmp_path.iterdir()] == ["copy.db"]
    assert copy.stat().st_size == size


def test_damage_is_reported_to_who_reads(filled: Place) -> None:
    """If part of a file breaks while it is open, the next list of people gives a sentence."""
    store = filled.open()
    many = [rows.person(name=f"Person {n}", note="x" * 900) for n in range(300)]
    store.change("Fill", lambda s: rows.add(s, *many))
    store.close()
    half = filled.where.stat().st_size // 4096 // 2 * 4096
    store = filled.open()
    with filled.where.open("r+b") as file:
        file.seek(half)
        file.write(b"\x07" * half)
    with pytest.raises(Damaged):
        store.read(lambda s: s.scalars(sa.select(Person)).all())
    store.close()


def test_missing_rows_are_noticed(
    filled: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that is whole but has not all rows of the source is not kept."""
    with pytest.raises(DamagedCopy):
        backup._keep_if_whole(filled.where, filled.key, tmp_path / "x.db", {"person": 21})
    assert not (tmp_path / "x.db").exists()


def test_wrong_key(filled: Place, tmp_path: Path) -> None:
    """With another key nothing is copied."""
    for act in (back_up, restore):
        with pytest.raises(WrongKey):
            act(filled.where, bytes(32), tmp_path / "new.db")
    assert list(tmp_path.iterdir()) == []


def test_every_flipped_bit_is_found(databases: Databases) -> None:
    """One flipped bit anywhere in an encrypted file is found."""
    place = databases.copy("encrypted")
    whole = place.where.read_bytes()
    assert integrity(place.where, place.key) == []
    rnd = random.Random(1)
    for _ in range(60):
        damaged = bytearray(whole)
        damaged[rnd.randrange(len(whole))] ^= 1 << rnd.randrange(8)
        place.where.write_bytes(damaged)
        assert integrity(place.where, place.key) != []
        for side in backup.SIDES:
            Path(f"{place.where}{side}").unlink(missing_ok=True)


def test_broken_reference_is_found(file_place: Place, file_store: Store) -> None:
    """A reference to a missing row is reported with its table and row."""
    raw = file_store.engine.raw_connection()
    raw.execute("PRAGMA foreign_keys = OFF")
    columns = "(person_id, address, position)"
    raw.execute(f"INSERT INTO person_address {columns} VALUES (77, 'x', 0)")
    raw.invalidate()
    (finding,) = integrity(file_place.where, None)
    assert (finding.check, "person_address" in finding.detail) == ("references", True)
