"""Verified copies of a database file: backup, restore, and the check of a file's integrity.

A PostgreSQL server is backed up by its own tools (``pg_dump``); see ``ServerBackup``.
"""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from schoolapp.base.language import mark
from schoolapp.base.safe_write import beside_of, private, put_in_place, sync_folder
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.connection import NotOurs, RawConnection, connect, plainly

T = TypeVar("T")

SIDES = ("-wal", "-shm", "-journal")
OURS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"


class ServerBackup(RuleBroken):
    """Asked to back up a server."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "This database is on a PostgreSQL server. Its own tools back it up and restore it:"
                " pg_dump and pg_restore. Ask who runs the server."
            )
        )


class AlreadyThere(RuleBroken):
    """A file of the name exists; nothing is ever written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            mark("There is already a file {path}. Choose a name that does not exist."), path=path
        )


class NotFound(RuleBroken):
    """There is no such file."""

    def __init__(self, path: Path) -> None:
        super().__init__(mark("There is no file {path}."), path=path)


class DamagedCopy(RuleBroken):
    """The copy did not pass its checks, and was not kept."""

    def __init__(self, what: str) -> None:
        super().__init__(
            mark("The copy is not whole ({what}), so it was not kept. Try another file or disk."),
            what=what,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check of a database file found: which check, and what it said."""

    check: str
    detail: str


def back_up(path: Path, key: bytes | None, to: Path) -> dict[str, int]:
    """Copy an open or closed database into the new file ``to``, and read the copy back.

    It has the same key. Answers the rows of each table. ``AlreadyThere`` if ``to`` exists,
    ``DamagedCopy`` if what was written is not what was to be written.
    """
    if not path.is_file():
        raise NotFound(path)
    if to.exists():
        raise AlreadyThere(to)
    beside = _cleared(beside_of(to))
    try:
        rows = _copy(path, key, private(beside))
        _keep_if_whole(beside, key, to, rows)
    except BaseException:
        _cleared(beside)
        raise
    return rows


def _copy(path: Path, key: bytes | None, into: Path) -> dict[str, int]:
    with closing(connect(path, key)) as guard, closing(connect(path, key)) as copying:
        guard.execute("BEGIN IMMEDIATE")  # nobody writes between the count and the copy
        rows = row_counts(guard)
        with plainly():
            copying.execute("VACUUM INTO ?", (str(into),))
    return rows


def restore(copy: Path, key: bytes | None, into: Path) -> dict[str, int]:
    """Make the new database ``into`` from a backup; answers the rows of each table.

    What lies beside ``into`` under the names of SQLite's side files is moved away, never deleted:
    an old ``-wal`` would be taken for a part of the restored file and break it.
    """
    if not copy.is_file():
        raise NotFound(copy)
    if into.exists():
        raise AlreadyThere(into)
    move_sides_away(into)
    beside = _cleared(beside_of(into))
    try:
        shutil.copyfile(copy, private(beside))
        wal = _side(copy, "-wal")
        if wal.is_file():  # the copy is a database as it was left by a crash
            shutil.copyfile(wal, private(_side(beside, "-wal")))
        rows = _fresh(beside, key, row_counts)
        _keep_if_whole(beside, key, into, rows)
    except BaseException:
        _cleared(beside)
        raise
    return rows


def move_sides_away(path: Path) -> list[Path]:
    """Give side files of a database that is not there other names; answers the new names."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    moved = []
    for side in SIDES:
        stale = _side(path, side)
        if stale.exists():
            away = stale.with_name(f"{stale.name}.{stamp}.aside")
            os.replace(stale, away)
            moved.append(away)
    return moved


def integrity(path: Path, key: bytes | None) -> list[Finding]:
    """What is wrong with a database file; an empty list if nothing is.

    A finding counts only if a second round on fresh connections confirms it: read errors and full
    disks look like damage.
    """
    return _look(path, key) and _look(path, key)


def need_ours(connection: RawConnection) -> None:
    """``NotOurs`` if a database has no tables of this program."""
    if not connection.execute(OURS).fetchall():
        raise NotOurs


def row_counts(connection: RawConnection) -> dict[str, int]:
    """How many rows each table of ours has; ``NotOurs`` if the database has none of ours."""
    need_ours(connection)
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' AND name NOT LIKE 'person\\_search%' ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return {name: _rows_in(connection, name) for (name,) in names}


def _rows_in(connection: RawConnection, table: str) -> int:
    [(rows,)] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()  # noqa: S608
    return int(rows)


def _look(path: Path, key: bytes | None) -> list[Finding]:
    found = []
    for check in (_pages, _references, _checkpoint, _cipher):
        try:
            found += [Finding(check.__name__[1:], text) for text in _fresh(path, key, check)]
        except Exception as trouble:  # whatever the library says of a broken file is a finding
            found.append(Finding(check.__name__[1:], f"{type(trouble).__name__}: {trouble}"))
    return found


def _fresh(path: Path, key: bytes | None, ask: Callable[[RawConnection], T]) -> T:
    """After a failure a connection reports too much: each question has one of its own."""
    with closing(connect(path, key)) as connection:
        return ask(connection)


def _pages(connection: RawConnection) -> list[str]:
    rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check").fetchall()]
    return [row for row in rows if row != "ok"]


def _references(connection: RawConnection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"{table} row {row} points to nothing in {parent}" for table, row, parent, _ in rows]


def _checkpoint(connection: RawConnection) -> list[str]:
    """The next check reads the file alone, without what still lies in the -wal."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return []


def _cipher(connection: RawConnection) -> list[str]:
    return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]


def _keep_if_whole(beside: Path, key: bytes | None, path: Path, rows: dict[str, int]) -> None:
    found = integrity(beside, key)
    if found or _fresh(beside, key, row_counts) != rows:
        raise DamagedCopy(found[0].detail if found else "rows are missing")
    put_in_place(beside, path)


def _cleared(beside: Path) -> Path:
    """The name of a copy in the making, with nothing of an earlier attempt there."""
    for file in (beside, *(_side(beside, side) for side in SIDES)):
        file.unlink(missing_ok=True)
    sync_folder(beside.parent)
    return beside


def _side(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)
