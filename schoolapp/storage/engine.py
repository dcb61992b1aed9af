"""One factory for the three engines: a plain file, an encrypted file, a PostgreSQL server.

On all three one change is made at a time: a connection with the execution option ``write=True``
begins with ``BEGIN IMMEDIATE`` on a file and with a lock for the transaction on a server. So step
numbers rise in the order in which steps become visible, and no two changes can wait for each other.
"""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from schoolapp.storage.connection import connect

ONE_WRITER = "SELECT pg_advisory_xact_lock(7265)"  # any number that all desks agree on


def make_engine(where: Path | str, key: bytes | None = None) -> sa.Engine:
    """An engine for a file (``Path``; with ``key`` encrypted) or a server (``postgresql:`` URL)."""
    if isinstance(where, str):
        return _server(where)
    return _file(where, key)


def _server(address: str) -> sa.Engine:
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=3,
        connect_args={"connect_timeout": 5, "options": "-c TimeZone=UTC -c lock_timeout=5000"},
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("write"):
            connection.exec_driver_sql(ONE_WRITER)

    return engine


def _file(path: Path, key: bytes | None) -> sa.Engine:
    from sqlcipher3 import dbapi2

    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),  # a name gives QueuePool; never the key in it
        module=dbapi2,
        creator=lambda: connect(path, key),
        hide_parameters=True,
        pool_size=3,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def snapshot(engine: sa.Engine) -> sa.Engine:
    """The same engine for reading: all statements of one transaction see one state.

    A file does this by itself; a server would show each statement what was saved meanwhile.
    """
    if is_file(engine):
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def is_file(engine: sa.Engine | sa.Connection) -> bool:
    """Whether the database is a file of this machine."""
    return engine.dialect.name == "sqlite"
