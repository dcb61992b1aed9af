"""A database of the test server that is used again is as good as a new one."""

import psycopg

from schoolapp.storage.store import Store
from tests.databases import Databases, Place, contents
from tests.storage import rows


def add_person(store: Store) -> int:
    """A person and a row that refers to it; the number it gets."""
    key: int = store.change("Add", lambda s: rows.add(s, rows.person())).value
    return key


def run(place: Place, statement: str) -> None:
    """Run a statement without the program."""
    with psycopg.connect(str(place.where), autocommit=True) as connection:
        connection.execute(statement.encode())


def test_a_database_used_anew_is_empty(databases: Databases) -> None:
    """Nothing of the test before is left: no row, no journal, no number, no open connection."""
    first = databases.copy("server")
    before = first.open()
    empty, key = contents(before), add_person(before)
    databases.remove(first)
    second = databases.copy("server")
    after = second.open()
    assert (second, contents(after)) == (first, empty)
    assert (after.news(0).last, after.next_titles()) == (0, (None, None))
    assert add_person(after) == key
    before.close()
    after.close()
    databases.remove(second)


def test_a_database_with_other_tables_is_not_used_anew(databases: Databases) -> None:
    """A test that changed a table, a column or a rule, or filled one, is not used again."""
    for statement in (
        "CREATE TABLE other (id int)",
        "INSERT INTO journal_step (title, actor, at, kind, final)"
        " SELECT 'x', 'desk', now(), 'do', false FROM generate_series(1, 99999)",
        "ALTER TABLE person ADD COLUMN other int",
        "ALTER TABLE person DROP CONSTRAINT pk_person CASCADE",
        "UPDATE alembic_version SET version_num = 'other'",
    ):
        place = databases.copy("server")
        run(place, statement)
        databases.remove(place)
        assert not databases.server.has(place.base), statement
