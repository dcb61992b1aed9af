"""Undo and redo: a step is taken back by a new step that first checks that its rows still hold.

The journal holds the changes of a step in the order in which the database made them. All rows that
the step left are read and compared first, in chunks; then the changes are run backwards, which is
lawful because each was lawful forwards. Neighbours of one kind and table go in one ``executemany``.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from schoolapp.base.language import mark
from schoolapp.domain.entities import metadata
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage import search
from schoolapp.storage.codec import live, plain
from schoolapp.storage.journal import Journal
from schoolapp.storage.tables import journal_change, journal_step

Values = dict[str, Any]
Place = tuple[str, tuple[Any, ...]]
"""Table and plain primary key of a row."""
CHUNK = 400
"""How many rows one statement reads back."""


class ConflictingChange(RuleBroken):
    """What the step left is no longer there: somebody changed it since, in the row ``place``."""

    def __init__(self, place: Place | None = None) -> None:
        self.place = place
        super().__init__(
            mark(
                "This cannot be undone any more: something it changed was changed again since."
                " Undo the later step first."
            )
        )


def take_back(session: Session, step_id: int, journal: Journal) -> None:
    """Take back what a step did, recorded in ``journal``; ``ConflictingChange`` if it cannot be."""
    rows = session.execute(
        select(journal_change)
        .where(journal_change.c.step_id == step_id)
        .order_by(journal_change.c.id.desc())
    ).all()
    connection = session.connection()
    versions = _check(connection, left_by(reversed(rows)))
    done: list[Values] = []
    try:
        for (table_name, kind, _), neighbours in groupby(rows, key=_same_statement):
            table, run = metadata.tables[table_name], list(neighbours)
            with search.many_rows(connection, table_name, len(run)):
                done += BACKWARDS[kind](connection, table, run, versions)
    except IntegrityError:  # something hangs on it, or its place is taken
        raise ConflictingChange from None
    journal.write(done)


def has_left(session: Session, step_id: int, place: Place) -> bool:
    """Whether a later step that nobody can undo changed this row: something left by it."""
    table_name, key = place
    names = [column.name for column in metadata.tables[table_name].primary_key]
    change, step = journal_change.c, journal_step.c
    later = select(change.id).join(journal_step, step.id == change.step_id)
    later = later.where(change.step_id > step_id, step.final, change.table_name == table_name)
    key_then = dict(zip(names, key, strict=True))
    return session.execute(later.where(change.key == key_then).limit(1)).first() is not None


def make_final(session: Session, step_id: int) -> None:
    """Offer a step no longer for undo."""
    chosen = journal_step.c.id == step_id
    session.connection().execute(sa.update(journal_step).where(chosen).values(final=True))


def _same_statement(row: Any) -> tuple[str, str, list[str]]:
    """What neighbours must share to go in one statement: table, kind, and columns of an update."""
    return row.table_name, row.kind, sorted(row.before) if row.kind == "update" else []


def place_of(row: Any) -> Place:
    """Where the row of data is that a change row speaks of."""
    table = metadata.tables[row.table_name]
    return row.table_name, tuple(row.key[column.name] for column in table.primary_key)


def left_by(rows: Iterable[Any]) -> dict[Place, Values | None]:
    """What the change rows of a step (oldest first) left in each row; None: it was removed."""
    left: dict[Place, Values | None] = {}
    for row in rows:
        place = place_of(row)
        left[place] = None if row.kind == "delete" else (left.get(place) or {}) | row.after
    return left


def _check(connection: sa.Connection, left: dict[Place, Values | None]) -> dict[Place, int]:
    """The versions of the rows that the step left, if all of them still hold what it left.

    The version itself is not compared: undoing a later step raised it and changed nothing else.
    """
    versions: dict[Place, int] = {}
    there = sorted((place for place in left if left[place] is not None), key=lambda p: p[0])
    for table_name, places in groupby(there, key=lambda place: place[0]):
        table, wanted = metadata.tables[table_name], list(places)
        for start in range(0, len(wanted), CHUNK):
            found = _read(connection, table, wanted[start : start + CHUNK])
            for place in wanted[start : start + CHUNK]:
                if place not in found or not _holds(found[place], left[place] or {}):
                    raise ConflictingChange(place)
                versions[place] = found[place].get("version", 0)
    return versions


def _holds(now: Values, wanted: Values) -> bool:
    return all(now[name] == value for name, value in wanted.items() if name != "version")


def _read(connection: sa.Connection, table: Table, places: list[Place]) -> dict[Place, Values]:
    columns = list(table.primary_key)
    keys = [tuple(map(live, columns, key)) for _, key in places]
    found = {}
    for row in connection.execute(select(table).where(sa.tuple_(*columns).in_(keys))).mappings():
        values = {name: plain(value) for name, value in row.items()}
        found[table.name, tuple(values[column.name] for column in columns)] = values
    return found


def _put_back(
    connection: sa.Connection, table: Table, run: list[Any], versions: dict[Place, int]
) -> list[Values]:
    """Insert removed rows again, with a higher version than they ever had."""
    done = []
    for row in run:
        after = dict(row.before)
        if "version" in after:
            after["version"] += 1
        versions[place_of(row)] = after.get("version", 0)  # the step may have changed it again
        done.append(_entry("insert", row, None, after))
    connection.execute(sa.insert(table), [_live(table, entry["after"]) for entry in done])
    return done


def _restore(
    connection: sa.Connection, table: Table, run: list[Any], versions: dict[Place, int]
) -> list[Values]:
    """Give changed rows their old values; the version rises."""
    values: Values = {name: sa.bindparam(f"new_{name}") for name in run[0].before}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    done, bound = [], []
    for row in run:
        versions[place_of(row)] += 1
        done.append(_entry("update", row, row.after, row.before))
        old = _live(table, row.before)
        bound.append(_keys(table, row) | {f"new_{name}": value for name, value in old.items()})
    connection.execute(sa.update(table).where(*_here(table)).values(**values), bound)
    return done


def _remove(
    connection: sa.Connection, table: Table, run: list[Any], versions: dict[Place, int]
) -> list[Values]:
    """Delete rows that were made; their newest version is kept for putting them back."""
    done = []
    for row in run:
        newest = {"version": versions[place_of(row)]} if "version" in table.c else {}
        done.append(_entry("delete", row, row.after | newest, None))
    connection.execute(sa.delete(table).where(*_here(table)), [_keys(table, row) for row in run])
    return done


BACKWARDS = {"delete": _put_back, "update": _restore, "insert": _remove}


def _entry(kind: str, row: Any, before: Values | None, after: Values | None) -> Values:
    """The journal row that says what was done while taking a change back."""
    return {
        "kind": kind,
        "table_name": row.table_name,
        "key": row.key,
        "before": before,
        "after": after,
    }


def _here(table: Table) -> list[Any]:
    return [column == sa.bindparam(f"key_{column.name}") for column in table.primary_key]


def _keys(table: Table, row: Any) -> Values:
    return {f"key_{name}": value for name, value in _live(table, row.key).items()}


def _live(table: Table, stored: Values) -> Values:
    return {name: live(table.c[name], value) for name, value in stored.items()}


def next_undo(session: Session, actor: str) -> Any:
    """The newest step of this actor that can be taken back (its row), or None."""
    step = journal_step.c
    return session.execute(
        select(journal_step)
        .where(step.actor == actor, step.kind.in_(("do", "redo")), ~step.final, ~_undone())
        .order_by(step.id.desc())
        .limit(1)
    ).first()


def next_redo(session: Session, actor: str) -> Any:
    """The newest undo of this actor that nothing new was done after, or None."""
    step = journal_step.c
    newest = (
        select(step.id)
        .where(step.actor == actor, step.kind == "do")
        .order_by(step.id.desc())
        .limit(1)
    )
    last = session.execute(newest).scalar() or 0
    return session.execute(
        select(journal_step)
        .where(step.actor == actor, step.kind == "undo", step.id > last, ~_undone())
        .order_by(step.id.desc())
        .limit(1)
    ).first()


def step_to_undo(session: Session, step_id: int) -> Any:
    """The row of a step, if it exists and was not taken back yet, else None."""
    return session.execute(
        select(journal_step).where(journal_step.c.id == step_id, ~_undone())
    ).first()


def _undone() -> Any:
    later = journal_step.alias("later")
    return exists().where(later.c.undoes == journal_step.c.id)
