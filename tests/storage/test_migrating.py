"""Tests of the schema and its migrations."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from schoolapp.domain.base import NATURAL_KEY
from schoolapp.domain.people import PersonLanguage
from schoolapp.storage import migrating, restamping, revisions
from schoolapp.storage.restamping import Unreleased
from schoolapp.storage.store import Store
from schoolapp.storage.tables import metadata
from schoolapp.storage.troubles import InUse
from tests.databases import Databases, Place
from tests.paths import ROOT
from tests.storage import rows

LANDED = Path(__file__).parent / "landed_revisions.txt"
SCHEMAS_AT = Path(__file__).parent / "schemas"
SCHEMAS = sorted(SCHEMAS_AT.glob("*.sql"))


def schema_of(store: Store) -> dict[str, str]:
    """Name and statement of all that a file's schema holds, without spaces that do not matter."""
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql NOTNULL")
        return {name: re.sub(r"\s+", " ", text) for name, text in found}


def definitions_of(store: Store) -> dict[str, list[str]]:
    """What a file's schema holds, whatever the order of its constraints."""
    with store.engine.connect() as connection:
        return restamping.definitions(connection)


def test_entities_and_migrations_agree(store: Store) -> None:
    """The revisions make exactly the tables that the entities describe, on every engine."""
    with store.engine.begin() as connection:
        command.check(revisions.config(connection))
    assert revisions.stored_revision(store.engine) == revisions.newest()


def test_alembic_speaks_to_the_stream_of_the_moment(file_store: Store) -> None:
    """Output goes where it goes now, not where it went when the library was first imported."""
    with redirect_stdout(io.StringIO()) as page, file_store.engine.begin() as connection:
        command.check(revisions.config(connection))
    assert "No new upgrade operations" in page.getvalue()


def test_tables_keep_their_form(file_store: Store) -> None:
    """Numbered tables never give a key again; tables on a natural key have no hidden number.

    ``command.check`` sees neither, and a rebuilt table loses the first silently.
    """
    found = schema_of(file_store)
    for table in metadata.tables.values():
        natural = table.dialect_options["sqlite"].get("with_rowid") is False
        assert natural == ("id" not in table.c)
        assert ("WITHOUT ROWID" in found[table.name]) == natural, table.name
        assert ("AUTOINCREMENT" in found[table.name]) != natural, table.name
    assert NATURAL_KEY == {"sqlite_with_rowid": False}


def test_every_reference_is_indexed() -> None:
    """Without an index each removal of a person reads every table that refers to people."""
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
def test_kept_schema_is_migrated(schema: Path, databases: Databases, file_store: Store) -> None:
    """Every schema that ever landed is brought to the newest one; of those before only 0002 is."""
    place = databases.fresh("file")
    old = place.open()
    raw = old.engine.raw_connection()
    raw.driver_connection.executescript(schema.read_text(encoding="utf-8"))
    raw.close()
    if schema.stem == "0001":
        with pytest.raises(Unreleased):
            migrating.upgrade(old.engine)
    else:
        migrating.upgrade(old.engine)
        assert definitions_of(old) == definitions_of(file_store)
    old.close()
    databases.remove(place)


def test_what_had_come_into_a_fund_is_its_first_income(databases: Databases) -> None:
    """One sum becomes one income; a fund whose income nobody recorded has none (0007)."""
    place = databases.fresh("file")
    old = place.open()
    raw = old.engine.raw_connection()
    raw.driver_connection.executescript((SCHEMAS_AT / "0003.sql").read_text(encoding="utf-8"))
    file = raw.driver_connection
    columns = [row[1] for row in file.execute("PRAGMA table_info(gathering)") if row[3]]
    values = ["1" if name == "id" else "'{}'" for name in columns]
    file.execute(f"INSERT INTO gathering ({', '.join(columns)}) VALUES ({', '.join(values)})")
    file.executescript(
        "INSERT INTO fund"
        " (id, gathering_id, name, currency, income_minor, income_currency, version)"
        " VALUES (1, 1, 'a', 'PHP', 500050, 'PHP', 1), (2, 1, 'b', 'EUR', NULL, NULL, 1);"
    )
    raw.close()
    migrating.upgrade(old.engine)
    with old.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT fund_id, amount_minor, amount_currency, giver, date FROM fund_income"
        )
        assert [tuple(row) for row in found] == [(1, 500050, "PHP", "", None)]
    old.close()
    databases.remove(place)


BEFORE = """
INSERT INTO gathering (id, version, uid, code, kind, titles, country, tz, start_date, end_date,
    capacity, currency, working_languages, state, venue_name, venue_city, remarks, blanks)
    VALUES (1, 1, 'g1', 's', 'school', '{}', 'NL', 'Europe/Amsterdam', '2027-10-23', '2027-11-12',
    30, 'EUR', '[]', 'planned', '', '', '{}', '[]');
INSERT INTO person (id, version, uid, code, display_name, name_order, sort_name, search, blanks,
    pronouns) VALUES (1, 1, 'u1', 'P0001', 'Ana', 'gf', 'ana', 'ana', '[]', 'she'),
    (2, 1, 'u2', 'P0002', 'Ben', 'gf', 'ben', 'ben', '[]', NULL);
INSERT INTO application (id, version, uid, code, gathering_id, person_id, state, motivation,
    module_codes, raw, issues, position) VALUES (1, 1, 'a1', 's-a001', 1, 1, 'submitted',
    'We sing.', '[]', '{"Diet": "V\u00e9gane"}', '["newline_in_cell", "date_ambiguous"]', 0);
"""
"""Two people and an imported row, as a database of the first release kept them."""


def test_what_was_imported_before_is_found_and_doubted(databases: Databases) -> None:
    """Codes that leave something open become doubts, raw words are found, counts stay."""
    place = databases.fresh("file")
    old = place.open()
    raw = old.engine.raw_connection()
    schema = next(path for path in SCHEMAS if path.stem == "0003")
    raw.driver_connection.executescript(schema.read_text(encoding="utf-8"))
    raw.driver_connection.executescript(BEFORE)
    raw.close()
    migrating.upgrade(old.engine)
    with old.engine.connect() as connection:
        ask = connection.exec_driver_sql
        assert ask("SELECT gender FROM person ORDER BY id").scalars().all() == ["woman", None]
        assert ask("SELECT search FROM application").scalar() == " we sing vegane"
        found = ask("SELECT application_id, code, value, settled_at FROM application_doubt").all()
        assert [tuple(row) for row in found] == [(1, "date_ambiguous", "", None)]
    old.close()
    databases.remove(place)


def test_newest_schema_is_kept() -> None:
    """The newest revision has its file among the kept schemas: ``tools.migration --land``."""
    assert SCHEMAS[-1].stem == revisions.newest()


def test_landed_revisions_stay() -> None:
    """A revision that landed has migrated databases already: it is never edited."""
    found = {path.name[:4]: path for path in sorted(revisions.VERSIONS.glob("[0-9]*.py"))}
    kept = dict(line.split() for line in LANDED.read_text(encoding="utf-8").splitlines())
    for revision, sha256 in kept.items():
        assert hashlib.sha256(found[revision].read_bytes()).hexdigest() == sha256, (
            f"Revision {revision} has landed, and databases have its tables already. Take the edit"
            ' back and write a new revision: python -m tools.migration NUMBER "What changes"'
        )
    assert found.keys() == kept.keys(), (
        "A new revision is complete when its hash is kept: python -m tools.migration --land"
    )


def test_new_revision_opens_at_once(file_place: Place, tmp_path: Path) -> None:
    """The recipe: an attribute, the tool, and an older database opens with it."""
    for folder in ("schoolapp", "tools", "resources/locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=lambda *_: {"__pycache__"})
    (tmp_path / "tests/storage").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(LANDED, tmp_path / "tests/storage")
    entity = tmp_path / "schoolapp/domain/gatherings.py"
    text = entity.read_text(encoding="utf-8")
    head, beds, tail = text.partition("    beds: ")
    assert beds
    field = "    floor: Mapped[int | None] = mapped_column(default=None)\n"
    entity.write_text(f"{head}{field}{beds}{tail}", encoding="utf-8")

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "9998_floors.py" in run("-m", "tools.migration", "9998", "Floors")
    opening = (
        "import pathlib, sys; from schoolapp.storage.opening import open_store;"
        "store = open_store(pathlib.Path(sys.argv[1]));"
        "print(store.read(lambda s: s.connection().exec_driver_sql("
        "'SELECT version_num, (SELECT count(floor) FROM bedroom) FROM alembic_version').one()))"
    )
    assert run("-c", opening, str(file_place.where)).strip() == "('9998', 0)"


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
    store.change("Add", lambda s: rows.add(s, rows.person()))
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
        store.change("Nowhere", lambda s: rows.add(s, nowhere))
    store.close()
