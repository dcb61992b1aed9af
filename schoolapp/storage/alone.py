"""One at a time: a lock that a process holds for as long as it does something, and no longer."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from schoolapp.storage.engine import is_file

ONE_COURIER = 7266  # any number that all desks agree on, other than that of the writers


@contextmanager
def alone(engine: sa.Engine) -> Iterator[bool]:
    """Whether nobody else sends from this database; nobody else can until the block ends.

    The system takes the lock away from a process that dies, so what it left half done can be
    distinguished from what is under way.
    """
    with _on_file(engine) if is_file(engine) else _on_server(engine) as free:
        yield free


@contextmanager
def _on_file(engine: sa.Engine) -> Iterator[bool]:
    assert engine.url.database is not None
    with Path(engine.url.database).with_suffix(".sending").open("ab") as file:
        yield _locked(file)  # closing the file gives the lock back


if sys.platform == "win32":

    def _locked(file: IO[bytes]) -> bool:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(file: IO[bytes]) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def _on_server(engine: sa.Engine) -> Iterator[bool]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": ONE_COURIER}
        free = bool(connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), key))
        try:
            yield free
        finally:
            if free:
                connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), key)
