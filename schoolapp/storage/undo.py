"""Undo and redo: a step is taken back by a new step that first checks that its rows still hold.

Suppose step 41 named room 7 "Great hall" that was "Hall" before (see ``journal``).

    undo 41   the room still has the name that the step left: it is "Hall" again. Step 42 of kind
              "undo", ``undoes`` 41, records before "Great hall" and after "Hall".
    redo      takes back step 42, a step like others: step 43 of kind "redo", ``undoes`` 42.
    undo 41   if another step has named it "Aula" meanwhile: ``ConflictingChange`` with the place
              ("room", (7,)), and nothing is changed.

The version of the row rises each time, so that a desk whose draft began before notices it.

The journal holds the changes of a step in the order in which the database made them. All rows that
the step left are read and compared first, in chunks; then the changes are run backwards, which is
valid because each was valid forwards. Neighbours of one kind and table go in one ``executemany``.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Table, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from schoolapp.base.language import mark
from schoolapp.domain.entities import metadata
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage import search
from schoolapp.storage.codec import Plain, Values, live, plain
from schoolapp.storage.journal import Change, Journal
from schoolapp.storage.selecting import AnySelect
from schoolapp.storage.tables import journal_change, journal_step

Place = tuple[str, tuple[Plain, ...]]
"""Table and plain primary key of a row."""
Columns = tuple[sa.Column[object], ...]
Held = Mapping[str, Plain]
"""The values of a row as the journal keeps them, by column."""

CHUNK = 400
"""How many rows one statement reads back."""


class Recorded(NamedTuple):
    """What the journal recorded of a row; an insert has no ``before``, a delete no ``after``."""

    kind: str
    table_name: str
    key: Values
    before: Values | None
    after: Values | None


class JournalStep(NamedTuple):
    """A step of the journal: who did what and when; ``undoes`` is the step that it took back."""

    id: int
    title: str
    actor: str
    at: dt.datetime
    kind: str
    undoes: int | None
    final: bool


_STEPS = select(
    journal_step.c.id,
    journal_step.c.title,
    journal_step.c.actor,
    journal_step.c.at,
    journal_step.c.kind,
    journal_step.c.undoes,
    journal_step.c.final,
)


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
    change = journal_change.c
    statement = (
        select(
            change.kind,
            change.table_name,
            change.key,
            change.before,
            change.after,
        )
        .where(change.step_id == step_id)
        .order_by(change.id.desc())
    )
    rows = [Recorded(*row) for row in session.execute(statement)]
    connection = session.connection()
    versions = _check(connection, left_by(reversed(rows)))
    done: list[Change] = []
    try:
        for (table_name, kind, _), neighbours in groupby(rows, key=_same_statement):
            table, together = metadata.tables[table_name], list(neighbours)
            with search.many_rows(connection, table_name, len(together)):
                done += BACKWARDS[kind](connection, table, together, versions)
    except IntegrityError:  # another row refers to it, or its key is taken
        raise ConflictingChange from None
    journal.write(done)


def has_left(session: Session, step_id: int, place: Place | None) -> bool:
    """Whether a later step that nobody can undo changed this row: something left by it.

    Without a row: whether such a step made a row that is in the way, as an invitation that was
    sent refers to its session.
    """
    places = _in_the_way(session, step_id) if place is None else [place]
    return any(_is_final(session, step_id, one) for one in places)


def _is_final(session: Session, step_id: int, place: Place) -> bool:
    table_name, key = place
    names = [column.name for column in metadata.tables[table_name].primary_key]
    change, step = journal_change.c, journal_step.c
    later = select(change.id).join(journal_step, step.id == change.step_id)
    later = later.where(change.step_id > step_id, step.final, change.table_name == table_name)
    key_then = dict(zip(names, key, strict=True))
    return session.execute(later.where(change.key == key_then).limit(1)).first() is not None


def _in_the_way(session: Session, step_id: int) -> Iterator[Place]:
    """The rows that refer to those a step made, or hold what must be unique in those it removed."""
    made, removed = (_values_of(session, step_id, kind) for kind in ("insert", "delete"))
    for table in metadata.sorted_tables:
        for link in table.foreign_keys:
            goals = made.get(link.column.table.name, [])
            yield from _holders(session, (link.parent,), (link.column,), goals)
        for rule in table.constraints:
            if isinstance(rule, sa.UniqueConstraint):
                columns = tuple(rule.columns)
                yield from _holders(session, columns, columns, removed.get(table.name, []))


def _values_of(session: Session, step_id: int, kind: str) -> dict[str, list[Held]]:
    """The rows that a step made or removed, by table."""
    change = journal_change.c
    statement = select(change.table_name, change.key, change.before, change.after)
    found: dict[str, list[Held]] = {}
    for name, key, before, after in session.execute(
        statement.where(change.step_id == step_id, change.kind == kind)
    ):
        found.setdefault(name, []).append((before or after or {}) | key)
    return found


def _holders(
    session: Session, columns: Columns, same_as: Columns, rows: list[Held]
) -> Iterator[Place]:
    """The rows that hold in ``columns`` what one of these rows held in ``same_as``."""
    table = columns[0].table
    wanted = [[live(one, row.get(one.name)) for one in same_as] for row in rows]
    for start in range(0, len(wanted), CHUNK):
        found = select(*table.primary_key)
        found = found.where(sa.tuple_(*columns).in_(wanted[start : start + CHUNK]))
        for row in session.execute(found):
            yield table.name, tuple(plain(value) for value in row)


def make_final(session: Session, step_id: int) -> None:
    """Offer a step no longer for undo."""
    chosen = journal_step.c.id == step_id
    session.connection().execute(sa.update(journal_step).where(chosen).values(final=True))


def _same_statement(row: Recorded) -> tuple[str, str, list[str]]:
    """What neighbours must share to go in one statement: table, kind, and columns of an update."""
    return row.table_name, row.kind, sorted(row.before or ()) if row.kind == "update" else []


def place_of(row: Recorded) -> Place:
    """Where the row of data is that a change row is about."""
    table = metadata.tables[row.table_name]
    return row.table_name, tuple(row.key[column.name] for column in table.primary_key)


def left_by(rows: Iterable[Recorded]) -> dict[Place, Values | None]:
    """What the change rows of a step (oldest first) left in each row; None: it was removed."""
    left: dict[Place, Values | None] = {}
    for row in rows:
        place = place_of(row)
        left[place] = None if row.kind == "delete" else (left.get(place) or {}) | (row.after or {})
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
                versions[place] = _version(found[place])
    return versions


def _holds(now: Values, wanted: Values) -> bool:
    """Whether a row still has these values; one in a column that is gone since is not there."""
    return all(
        name in now and now[name] == value for name, value in wanted.items() if name != "version"
    )


def _read(connection: sa.Connection, table: Table, places: list[Place]) -> dict[Place, Values]:
    columns = list(table.primary_key)
    keys = [tuple(map(live, columns, key)) for _, key in places]
    found: dict[Place, Values] = {}
    for row in connection.execute(select(table).where(sa.tuple_(*columns).in_(keys))).mappings():
        values = {name: plain(value) for name, value in row.items()}
        found[table.name, tuple(values[column.name] for column in columns)] = values
    return found


def _put_back(
    connection: sa.Connection, table: Table, rows: list[Recorded], versions: dict[Place, int]
) -> list[Change]:
    """Insert removed rows again, with a higher version than they ever had."""
    done, bound = [], []
    for row in rows:
        after = dict(row.before or {})
        if "version" in after:
            after["version"] = _version(after) + 1
        versions[place_of(row)] = _version(after)  # the step may have changed it again
        done.append(_entry("insert", row, None, after))
        bound.append(_live(table, after))
    connection.execute(sa.insert(table), bound)
    return done


def _restore(
    connection: sa.Connection, table: Table, rows: list[Recorded], versions: dict[Place, int]
) -> list[Change]:
    """Give changed rows their old values; the version rises."""
    values: dict[str, sa.ColumnElement[object]] = {
        name: sa.bindparam(f"new_{name}") for name in rows[0].before or ()
    }
    if "version" in table.c:
        values["version"] = table.c.version + 1
    done, bound = [], []
    for row in rows:
        versions[place_of(row)] += 1
        done.append(_entry("update", row, row.after, row.before))
        old = _live(table, row.before or {})
        bound.append(_keys(table, row) | {f"new_{name}": value for name, value in old.items()})
    connection.execute(sa.update(table).where(*_here(table)).values(**values), bound)
    return done


def _remove(
    connection: sa.Connection, table: Table, rows: list[Recorded], versions: dict[Place, int]
) -> list[Change]:
    """Delete rows that were made; their newest version is kept for putting them back."""
    done = []
    for row in rows:
        newest: Values = {"version": versions[place_of(row)]} if "version" in table.c else {}
        done.append(_entry("delete", row, (row.after or {}) | newest, None))
    connection.execute(sa.delete(table).where(*_here(table)), [_keys(table, row) for row in rows])
    return done


BACKWARDS = {"delete": _put_back, "update": _restore, "insert": _remove}


def _entry(kind: str, row: Recorded, before: Values | None, after: Values | None) -> Change:
    """The journal row that says what was done while taking a change back."""
    return {
        "kind": kind,
        "table_name": row.table_name,
        "key": row.key,
        "before": before,
        "after": after,
    }


def _version(values: Values) -> int:
    """The version of a row; 0 where its table has none."""
    version = values.get("version", 0)
    assert isinstance(version, int)
    return version


def _here(table: Table) -> list[sa.ColumnElement[bool]]:
    return [column == sa.bindparam(f"key_{column.name}") for column in table.primary_key]


def _keys(table: Table, row: Recorded) -> dict[str, object]:
    return {f"key_{name}": value for name, value in _live(table, row.key).items()}


def _live(table: Table, stored: Values) -> dict[str, object]:
    return {name: live(table.c[name], value) for name, value in stored.items()}


def next_undo(session: Session, actor: str) -> JournalStep | None:
    """The newest step of this actor that can be taken back, or None."""
    step = journal_step.c
    return _first(
        session,
        _STEPS.where(step.actor == actor, step.kind.in_(("do", "redo")), ~step.final, ~_undone())
        .order_by(step.id.desc())
        .limit(1),
    )


def next_redo(session: Session, actor: str) -> JournalStep | None:
    """The newest undo of this actor that nothing new was done after, or None."""
    step = journal_step.c
    newest = (
        select(step.id)
        .where(step.actor == actor, step.kind == "do")
        .order_by(step.id.desc())
        .limit(1)
    )
    last = session.execute(newest).scalar() or 0
    return _first(
        session,
        _STEPS.where(step.actor == actor, step.kind == "undo", step.id > last, ~_undone())
        .order_by(step.id.desc())
        .limit(1),
    )


def step_to_undo(session: Session, step_id: int) -> JournalStep | None:
    """A step, if it exists and was not taken back yet, else None."""
    return _first(session, _STEPS.where(journal_step.c.id == step_id, ~_undone()))


def _first(session: Session, steps: AnySelect) -> JournalStep | None:
    row = session.execute(steps).first()
    return None if row is None else JournalStep(*row)


def _undone() -> sa.Exists:
    later = journal_step.alias("later")
    return exists().where(later.c.undoes == journal_step.c.id)
