"""Tests of opening a database."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from schoolapp.domain.people import Person
from schoolapp.storage import backup, migrating, opening, revisions
from schoolapp.storage.connection import WrongKey, is_encrypted
from schoolapp.storage.engine import make_engine
from schoolapp.storage.opening import NewerSchema, NotOurs, SharedFolder, is_shared, open_store
from schoolapp.storage.restamping import FIRST, Unreleased
from tests.databases import KEY, Databases, Place
from tests.storage import rows


def set_revision(place: Place, revision: str) -> None:
    """Write another revision into a database."""
    engine = make_engine(place.where, place.key)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    engine.dispose()


def test_new_database_is_made(databases: Databases, engine_name: str) -> None:
    """Opening a place without tables makes them; opening again finds what was saved."""
    place = databases.empty(engine_name)
    store = open_store(place.where, place.key, actor="ana")
    store.change("Add", lambda s: rows.add(s, rows.person(name="Ana")))
    store.close()
    again = open_store(place.where, place.key)
    assert again.read(lambda s: s.scalars(sa.select(Person.display_name)).all()) == ["Ana"]
    assert (store.actor, again.actor) == ("ana", "desk")
    again.close()
    databases.remove(place)


def test_only_the_owner_reads(tmp_path: Path) -> None:
    """Folder and files are for their owner only, also the ones beside the database."""
    path = tmp_path / "new" / "school.db"
    store = open_store(path)
    store.change("Add", lambda s: rows.add(s, rows.person()))
    modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in [path.parent, *path.parent.iterdir()]}
    store.close()
    assert modes.pop("new") == 0o700
    assert set(modes.values()) == {0o600}
    assert "school.db-wal" in modes
    path.chmod(0o644)
    open_store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_key(tmp_path: Path) -> None:
    """A file with a key is encrypted, and opens with no other key and not without one."""
    path = tmp_path / "school.db"
    open_store(path, KEY).close()
    assert is_encrypted(path)
    for wrong in (None, bytes(32), b"short"):
        with pytest.raises(WrongKey):
            open_store(path, wrong)
    plain = tmp_path / "plain.db"
    open_store(plain).close()
    assert not is_encrypted(plain)
    with pytest.raises(WrongKey):
        open_store(plain, KEY)


def test_newer_schema(place: Place) -> None:
    """A database of a newer program is refused, and left as it is."""
    set_revision(place, "9999")
    with pytest.raises(NewerSchema):
        open_store(place.where, place.key)


def test_other_program(databases: Databases, engine_name: str) -> None:
    """A database with tables of another program is refused."""
    place = databases.empty(engine_name)
    engine = make_engine(place.where, place.key)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE invoice (id INT)")
    engine.dispose()
    with pytest.raises(NotOurs):
        open_store(place.where, place.key)
    databases.remove(place)


@pytest.fixture
def trial_place(databases: Databases, engine_name: str) -> Iterator[Place]:
    """A database of state 0002 with one person, whatever revisions have landed since."""
    place = databases.empty(engine_name)
    engine = make_engine(place.where, place.key)
    migrating.upgrade(engine, FIRST)
    with engine.begin() as connection:
        scripts = ScriptDirectory.from_config(revisions.config(connection))
        person = scripts.get_revision(FIRST).module.TABLES.tables["person"]
        texts = dict.fromkeys(("uid", "code", "sort_name", "search"), "ana")
        known = {"display_name": "Ana", "name_order": "mono", "blanks": [], "version": 1}
        connection.execute(sa.insert(person).values(texts | known))
    engine.dispose()
    set_revision(place, "0002")
    yield place
    databases.remove(place)


def rows_of(place: Place) -> tuple[dict[str, int], list[str]]:
    """How many rows each table has, and the names of the people."""
    engine = make_engine(place.where, place.key)
    with engine.connect() as connection:
        names = connection.execute(sa.select(Person.display_name)).scalars()
        found = migrating.row_counts(connection), list(names)
    engine.dispose()
    return found


def test_older_schema(trial_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older database is migrated; of a file there is a verified copy first."""
    place = trial_place
    reached = []
    monkeypatch.setattr(migrating, "upgrade", reached.append)
    opened = open_store(place.where, place.key)
    assert reached == [opened.engine]
    opened.close()
    if isinstance(place.where, Path):
        (copy,) = (place.where.parent / "backups").iterdir()
        assert rows_of(Place(copy, place.key))[1] == ["Ana"]


def test_before_the_first_revision(trial_place: Place) -> None:
    """A database or backup of state 0002 gets the number of the first revision; no row changes.

    Revisions that landed later are run on it as on any other.
    """
    place = trial_place
    before = rows_of(place)
    if isinstance(place.where, Path):
        kept = place.where.with_name("backup.db")
        backup.back_up(place.where, place.key, kept)
        restored = place.where.with_name("restored.db")
        backup.restore(kept, place.key, restored)
        place = Place(restored, place.key)
    opened = open_store(place.where, place.key)
    assert revisions.stored_revision(opened.engine) == revisions.newest()
    opened.close()
    counts, names = rows_of(place)
    assert (before[0].items() <= counts.items(), names) == (True, ["Ana"])


def test_trial_database_is_refused(place: Place) -> None:
    """Tables of a trial version: a sentence says so, and the database is left as it is."""
    for revision, statement in (
        ("0001", "SELECT 1"),
        ("0000", "SELECT 1"),
        ("0002", "ALTER TABLE bedroom ADD COLUMN floor INTEGER"),
        ("0002", "DROP TABLE two_people"),
    ):
        set_revision(place, revision)
        engine = make_engine(place.where, place.key)
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        with pytest.raises(Unreleased, match=f"trial version of schoolapp .state {revision}"):
            open_store(place.where, place.key)
        assert revisions.stored_revision(engine) == revision
        engine.dispose()
    if isinstance(place.where, Path):
        assert not (place.where.parent / "backups").exists()


def test_a_lost_trigger_is_a_difference(file_place: Place) -> None:
    """A file is compared by its whole schema: without its trigger nobody new would be found."""
    set_revision(file_place, "0002")
    engine = make_engine(file_place.where)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER person_search_insert")
    engine.dispose()
    with pytest.raises(Unreleased):
        open_store(file_place.where)


def test_synchronised_folder(tmp_path: Path) -> None:
    """A folder that a program copies elsewhere is refused: by its name or by a marker in it."""
    for name in ("Dropbox", "OneDrive - IIRE", "Nextcloud/schools"):
        with pytest.raises(SharedFolder):
            open_store(tmp_path / name / "school.db")
        assert not (tmp_path / name).exists()
    (tmp_path / ".stfolder").touch()
    assert is_shared(tmp_path / "x")
    assert not is_shared(Path("/onedriver"))


def test_network_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder on a network is refused: SQLite's WAL is not safe there."""
    for kind in ("nfs4", "cifs", "fuse.sshfs"):
        monkeypatch.setattr(opening, "_file_system", lambda folder, kind=kind: kind)
        assert is_shared(tmp_path)
    monkeypatch.setattr(opening, "_file_system", lambda folder: "ext4")
    assert not is_shared(tmp_path)


def test_stale_side_file_is_moved_away(tmp_path: Path) -> None:
    """A -wal that lies where a new database is made belongs to another one; it is kept aside."""
    path = tmp_path / "school.db"
    stale = tmp_path / "school.db-wal"
    stale.write_bytes(b"old")
    open_store(path).close()
    (aside,) = tmp_path.glob("*.aside")
    assert aside.read_bytes() == b"old"


def test_fast_path_without_alembic(file_place: Place) -> None:
    """Opening a database with the newest schema imports no Alembic."""
    script = (
        "import sys; from pathlib import Path; from schoolapp.storage.opening import open_store;"
        "open_store(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(file_place.where)], check=True)
