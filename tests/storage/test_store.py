"""Tests of the store: versions, locks, full disks, and errors that a desk can understand."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from schoolapp.domain.people import Person
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import ChangedElsewhere, DbSession, Store, checked_out
from schoolapp.storage.troubles import Busy, CannotSave, InUse, reported
from tests.databases import Place
from tests.storage import rows


def add_person(store: Store, **fields: Any) -> int:
    """A person in the database; answers the key."""
    return int(store.change("Add", lambda s: rows.add(s, rows.person(**fields))).value)


def test_two_desks_at_one_entry(store: Store, second_desk: Store) -> None:
    """A draft that began before the other desk saved is refused; nothing is overwritten."""
    key = add_person(store)

    def save(name: str, version: int) -> Any:
        def operation(s: DbSession) -> None:
            checked_out(s, Person, key, version).display_name = name

        return operation

    second_desk.change("Theirs", save("Theirs", 1))
    with pytest.raises(ChangedElsewhere):
        store.change("Mine", save("Mine", 1))
    assert store.read(lambda s: s.get_one(Person, key).display_name) == "Theirs"
    store.change("Remove", lambda s: s.delete(checked_out(s, Person, key, 2)))
    with pytest.raises(ChangedElsewhere):
        second_desk.change("Late", save("Late", 2))


def test_one_read_sees_one_state(store: Store, second_desk: Store) -> None:
    """What another desk saves while a read runs is not half in it."""
    key = add_person(store, note="old")
    note = sa.select(Person.note)

    def read(s: DbSession) -> list[str | None]:
        first = s.scalar(note)
        second_desk.change("New", lambda t: setattr(t.get_one(Person, key), "note", "new"))
        return [first, s.scalar(note)]

    assert store.read(read) == ["old", "old"]
    assert store.read(lambda s: s.scalar(note)) == "new"


def test_stale_entity(store: Store) -> None:
    """An entity that was loaded long ago and is saved over a newer one is refused."""
    key = add_person(store)
    old = store.read(lambda s: s.get_one(Person, key))
    store.change("New", lambda s: setattr(s.get_one(Person, key), "note", "new"))

    def put(s: DbSession) -> None:
        s.add(old)
        old.note = "old"

    with pytest.raises(ChangedElsewhere):
        store.change("Old", put)


def test_same_code_twice(store: Store) -> None:
    """What breaks a constraint is a sentence that quotes nothing of what was entered."""
    add_person(store, code="T1")
    with pytest.raises(InUse) as broken:
        add_person(store, code="T1", name="Secret Name")
    assert "Secret" not in str(broken.value)
    assert broken.value.__cause__ is None
    assert broken.value.__suppress_context__


def test_somebody_writes_too_long(place: Place, store: Store) -> None:
    """A desk that waits too long for another gets a sentence, and can try again."""
    busy = make_engine(place.where, place.key).execution_options(write=True)
    impatient = place.open()
    setting = "PRAGMA busy_timeout = 20" if place.is_file else "SET lock_timeout = 20"

    @sa.event.listens_for(impatient.engine, "checkout")
    def _impatient(raw: Any, *rest: object) -> None:
        raw.execute(setting)
        raw.commit()

    with busy.begin(), pytest.raises(Busy):
        impatient.change("Add", lambda s: rows.add(s, rows.person()))
    impatient.change("Again", lambda s: rows.add(s, rows.person()))
    busy.dispose()
    impatient.close()


def test_full_disk(file_store: Store) -> None:
    """A full disk is a sentence; the change is not half there, and saving goes on with room."""
    raw: Any = file_store.engine.raw_connection()
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {pages}")
    raw.close()

    def fill(s: DbSession) -> None:
        rows.add(s, *(rows.person(note="x" * 2000) for _ in range(200)))

    with pytest.raises(CannotSave):
        file_store.change("Much", fill)
    raw = file_store.engine.raw_connection()
    raw.execute("PRAGMA max_page_count = 100000")
    raw.close()
    assert file_store.change("Much", fill).step_id == 1


def test_other_errors_stay(file_store: Store) -> None:
    """A defect is not turned into a sentence for the desk."""
    with pytest.raises(sa.exc.OperationalError), reported():
        file_store.read(lambda s: s.execute(sa.text("SELECT nothing")))


def test_values_stay_out_of_errors(store: Store) -> None:
    """An error of the database does not show the values of a statement."""
    query = sa.text("SELECT nothing WHERE :name = 'x'")
    with pytest.raises(sa.exc.DBAPIError) as trouble:
        store.read(lambda s: s.execute(query, {"name": "Secret Name"}))
    assert "Secret" not in str(trouble.value)


def test_wrong_setting_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file on which a setting for durability does not hold is not opened."""
    from schoolapp.storage import connection

    monkeypatch.setitem(connection.PRAGMAS, "journal_mode", "nonsense")
    with pytest.raises(RuntimeError, match="journal_mode"):
        connection.connect(tmp_path / "a.db")
