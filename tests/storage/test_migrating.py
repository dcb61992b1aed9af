"""Tests of the schema and its migrations."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from schoolapp.domain.base import NATURAL_KEY
from schoolapp.domain.people import PersonLanguage
from schoolapp.storage import migrating
from schoolapp.storage.store import Store
from schoolapp.storage.tables import metadata
from schoolapp.storage.troubles import InUse
from tests import builders
from tests.databases import Databases, Place

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def schema_of(store: Store) -> dict[str, str]:
    """Name and statement of all that a file's schema holds, without spaces that do not matter."""
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql NOTNULL")
        return {name: re.sub(r"\s+", " ", text) for name, text in found}


def test_entities_and_migrations_agree(store: Store) -> None:
    """The revisions make exactly the tables that the entities describe, on every engine."""
    with store.engine.begin() as connection:
        command.check(migrating.config(connection))
    assert migrating.stored_revision(store.engine) == migrating.NEWEST


def test_alembic_speaks_to_the_stream_of_the_moment(file_store: Store) -> None:
    """Output goes where it goes now, not where it went when the library was first imported."""
    with redirect_stdout(io.StringIO()) as page, file_store.engine.begin() as connection:
        command.check(migrating.config(connection))
    assert "No new upgrade operations" in page.getvalue()


def test_tables_keep_their_form(file_store: Store) -> None:
    """Numbered tables never give a key again; tables on a natural key have no hidden number.

    ``command.check`` sees neither, and a rebuilt table loses the first without a word.
    """
    found = schema_of(file_store)
    for table in metadata.tables.values():
        natural = table.dialect_options["sqlite"].get("with_rowid") is False
        assert natural == ("id" not in table.c)
        assert ("WITHOUT ROWID" in found[table.name]) == natural, table.name
        assert ("AUTOINCREMENT" in found[table.name]) != natural, table.name
    assert NATURAL_KEY == {"sqlite_with_rowid": False}


def test_every_reference_is_indexed() -> None:
    """Without an index each removal of a person reads every table that speaks of people."""
    for table in metadata.tables.values():
        led = {next(iter(index.columns)).name for index in table.indexes}
        led |= {
            next(iter(c.columns)).name
            for c in table.constraints
            if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)
        }
        for key in table.foreign_keys:
            assert key.parent.name in led, f"{table.name}.{key.parent.name}"


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_released_schema_is_migrated(schema: Path, databases: Databases, file_store: Store) -> None:
    """Every schema that was ever released is brought to the newest one."""
    place = databases.fresh("file")
    old = place.open()
    raw = old.engine.raw_connection()
    raw.driver_connection.executescript(schema.read_text(encoding="utf-8"))
    raw.close()
    migrating.upgrade(old.engine)
    assert schema_of(old) == schema_of(file_store)
    old.close()
    databases.remove(place)


def test_newest_schema_is_kept(file_store: Store) -> None:
    """The newest revision has its file among the released schemas."""
    assert SCHEMAS[-1].stem == migrating.NEWEST


def upgrade_with(store: Store, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Run an upgrade whose revision does these statements."""

    def upgrade(config: object, to: str) -> None:
        connection = config.attributes["connection"]  # type: ignore[attr-defined]
        for statement in statements:
            connection.exec_driver_sql(statement)

    monkeypatch.setattr(command, "upgrade", upgrade)
    migrating.upgrade(store.engine)


def test_lost_rows_are_noticed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision after which rows are missing is taken back whole, its tables too."""
    store.change("Add", lambda s: builders.add(s, builders.person()))
    with pytest.raises(RuntimeError, match="person_language"):
        upgrade_with(store, monkeypatch, "CREATE TABLE x (y INT)", "DELETE FROM person_language")
    assert "x" not in sa.inspect(store.engine).get_table_names()
    assert store.undo().touched == {"person", "person_language"}


def test_broken_references_are_noticed(file_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """With foreign keys off a revision could leave a reference to nothing."""
    with pytest.raises(RuntimeError, match="1 references"):
        upgrade_with(
            file_store,
            monkeypatch,
            "INSERT INTO person_address VALUES (77, 'x@example.org', 0, 1)",
        )


def test_foreign_keys_hold_after_upgrade(place: Place) -> None:
    """After an upgrade the connection checks references again."""
    store = place.open()
    migrating.upgrade(store.engine)
    nowhere = PersonLanguage(person_id=77, lang="en", level="B2")
    with pytest.raises(InUse):
        store.change("Nowhere", lambda s: builders.add(s, nowhere))
    store.close()
