"""Upgrades a database's schema to the newest revision, or leaves the database as it was.

Alembic is imported only when there is something to migrate; which revision a database has is read
by plain SQL.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from schoolapp.storage import revisions
from schoolapp.storage.engine import is_file


def need_known(engine: sa.Engine) -> None:
    """``Unreleased`` if a database has a state from which no revision leads to the newest."""
    from schoolapp.storage import restamping

    with engine.connect() as connection:
        restamping.need_known(connection)


def upgrade(
    engine: sa.Engine, to: str = "head", *, may_shrink: frozenset[str] = frozenset()
) -> None:
    """Run the revisions up to ``to`` in one transaction; the caller has made a backup.

    ``Unreleased`` if none leads there from the present state; ``RuntimeError`` if a table that is
    not in ``may_shrink`` has fewer rows afterwards, or a reference points nowhere. Everything is
    then as it was before.
    """
    from alembic import command

    from schoolapp.storage import restamping

    with (
        engine.connect().execution_options(write=True) as connection,
        _unchecked(connection),
        connection.begin(),
    ):
        before = row_counts(connection)
        restamping.restamp(connection)
        command.upgrade(revisions.config(connection), to)
        after = row_counts(connection)
        lost = {t for t, n in before.items() if after.get(t, 0) < n} - may_shrink
        broken = broken_references(connection)
        if lost or broken:
            raise RuntimeError(f"rows lost in {sorted(lost)}, {broken} references broken")


def row_counts(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table holds, without the ones that the search index keeps for itself."""
    names = sa.inspect(connection).get_table_names()
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608
        for name in names
        if name != "alembic_version" and not name.startswith("person_search")
    }


def broken_references(connection: sa.Connection) -> int:
    """How many rows of a file refer to nothing; a server never lets that happen."""
    if not is_file(connection):
        return 0
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())


@contextmanager
def _unchecked(connection: sa.Connection) -> Iterator[None]:
    """Foreign keys off for a file: rebuilding a table with them on deletes rows of its children.

    The setting does nothing inside a transaction, so it is made before it begins.
    """
    if not is_file(connection):
        yield
        return
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
