"""The raw connection to a database file, plain or encrypted, with what makes a save durable.

Imports neither SQLAlchemy nor anything else that is slow, so that the first screen can read its
rows before the rest of the program is there.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with NORMAL, two of five power cuts lost a change reported as saved
    "foreign_keys": 1,
    "secure_delete": 1,
    "temp_store": 2,  # in memory: no sorted names in a temporary file
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "cache_size": -32000,  # KiB: what falls out of a small cache must be decrypted again
}

FULL = ("disk is full", "disk I/O error")  # a file's size limit shows as an I/O error, not as full


Stored = tuple[Any, ...]
"""A row as the driver hands it over. Any: what a cell is depends on the engine, not the column."""


class RawRows(Protocol):
    """What a driver answers to a statement."""

    def fetchall(self) -> Sequence[Stored]:
        """All rows."""


class RawConnection(Protocol):
    """A connection of the driver ``sqlcipher3``, as far as we use it; the driver has no types."""

    def execute(self, statement: str, parameters: Sequence[str] = (), /) -> RawRows:
        """Run one statement."""

    def close(self) -> None:
        """Give the file back."""


class WrongKey(RuleBroken):
    """The file does not open with this key, or it is no database."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "This file does not open: the passphrase or key is not the right"
                " one, or it is not a schoolapp database."
            )
        )


class NotOurs(RuleBroken):
    """A database, but of another program."""

    def __init__(self) -> None:
        super().__init__(mark("This database belongs to another program. Choose another one."))


class Damaged(RuleBroken):
    """The file is a database that cannot be read, or not all of it."""

    def __init__(self) -> None:
        super().__init__(mark("This database is damaged: it cannot be read. Restore a backup."))


class CannotSave(RuleBroken):
    """The disk is full, or does not take what is written."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "This could not be saved: the disk is full or does not respond."
                " Make room on it, then try again. What was saved before is safe."
            )
        )


def meaning(words: str) -> RuleBroken | None:
    """What the words of the driver mean for a desk, where it can do something about it."""
    if "not a database" in words:
        return WrongKey()
    if "malformed" in words:
        return Damaged()
    return CannotSave() if any(part in words for part in FULL) else None


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the driver says into a sentence, where it means something for a desk."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except dbapi2.DatabaseError as trouble:
        if intended := meaning(str(trouble)):
            raise intended from None
        raise


def connect(path: Path, key: bytes | None = None) -> RawConnection:
    """A connection of the driver ``sqlcipher3`` with all settings made and verified.

    ``key`` are 32 raw bytes for an encrypted file, None for a plain one. Transactions are begun by
    the caller. ``WrongKey``, ``Damaged`` or ``CannotSave`` if the file does not open;
    ``RuntimeError`` if a setting does not hold.
    """
    from sqlcipher3 import dbapi2

    connection: RawConnection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=5
    )
    try:
        with plainly():
            _unlock(connection, key)
            for name, wanted in PRAGMAS.items():
                connection.execute(f"PRAGMA {name} = {wanted}")
                [(found,)] = connection.execute(f"PRAGMA {name}").fetchall()
                if found != wanted:
                    raise RuntimeError(f"{name} is {found}, not {wanted}, on this file")
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: RawConnection, key: bytes | None) -> None:
    if key is not None:
        if len(key) != 32:
            raise WrongKey
        connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes to stderr
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # a driver without a cipher ignores the key without a word and writes a plain file
        if not connection.execute("PRAGMA cipher_version").fetchall():
            raise RuntimeError("this driver cannot encrypt")
    connection.execute("SELECT count(*) FROM sqlite_master")


def is_encrypted(path: Path) -> bool:
    """Whether an existing file does not begin as a plain SQLite file does; an empty one may."""
    with path.open("rb") as file:
        return file.read(15) != b"SQLite format 3" and not is_empty(path)


def is_empty(path: Path) -> bool:
    """Whether a file is there and holds nothing: it was made, and no table was ever saved."""
    return path.is_file() and path.stat().st_size == 0
