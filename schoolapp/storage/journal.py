"""The journal: every change of data is recorded while it happens; history, undo and news read it.

A ``Journal`` listens to one database session for the length of one operation. The rows it writes
hold the values before and after, by column name, written by ``codec``. If room 7 gets another name,
the journal holds

    step    id 41, title "Rename the hall", actor "desk", kind "do", undoes None
    change  step_id 41, kind "update", table_name "room", key {"id": 7},
            before {"name": "Hall"}, after {"name": "Great hall"}

An update holds only the columns that changed, an insert has no ``before``, a delete no ``after``.
The step is written with its first change: what changes nothing leaves no step. Statements that
go round the session's objects would go round the journal too, so they are refused;
``insert_rows`` is the one way to insert many rows without making objects of them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TypedDict

from sqlalchemy import Column, Table, event, insert, inspect, select, text, update
from sqlalchemy.orm import (
    InstanceState,
    Mapper,
    ORMExecuteState,
    Session,
    SessionTransaction,
    UOWTransaction,
)
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from schoolapp.base import clock
from schoolapp.domain.base import Base
from schoolapp.domain.entities import metadata
from schoolapp.storage.aggregates import raise_versions
from schoolapp.storage.bulk import insert_columns
from schoolapp.storage.codec import AS_IT_IS, Plain, Values, plain
from schoolapp.storage.engine import is_file
from schoolapp.storage.tables import journal_change, journal_step

Columns = dict[str, list[object]]
"""Rows given as columns: name to the values of all rows, in the order of the rows."""


class Change(TypedDict):
    """What happened to one row, as the journal writes it down."""

    kind: str
    table_name: str
    key: Values
    before: Values | None
    after: Values | None


_NEW_STEP = insert(journal_step).returning(journal_step.c.id)
_NEW_CHANGE = insert(journal_change)


class Journal:
    """Records what happens in ``session`` as one step; the step's row is written with the first.

    ``final`` says that the step cannot be undone, ``kind`` is ``do``, ``undo`` or ``redo``, and
    ``undoes`` the step that it takes back.
    """

    def __init__(
        self,
        session: Session,
        title: str,
        actor: str,
        *,
        kind: str = "do",
        undoes: int | None = None,
        final: bool = False,
    ) -> None:
        self._session = session
        self.actor = actor
        self._step: dict[str, object] = {
            "title": title,
            "actor": actor,
            "kind": kind,
            "undoes": undoes,
            "final": final,
        }
        self.step_id: int | None = None
        self._begun_in: list[SessionTransaction] = []
        self.touched: set[str] = set()
        session.info["journal"] = self
        for name, listener in self._listeners:
            event.listen(session, name, listener)

    @property
    def _listeners(self) -> tuple[tuple[str, Callable[..., None]], ...]:
        return (
            ("before_flush", self._raise_versions),
            ("after_flush", self._record),
            ("do_orm_execute", self._refuse_bulk),
            ("after_soft_rollback", self._forget),
        )

    def close(self) -> None:
        """Stop listening."""
        for name, listener in self._listeners:
            event.remove(self._session, name, listener)
        self._session.info.pop("journal", None)

    def begin(self) -> int:
        """The number of the step, whose row is written now if it was not before."""
        if self.step_id is None:
            values = self._step | {"at": clock.now()}
            result = self._session.connection().execute(_NEW_STEP, values)
            self.step_id = int(result.scalar_one())
            self._begun_in = _savepoints(self._session)
        return self.step_id

    def write(self, rows: Sequence[Change]) -> None:
        """Add changes of rows to the step."""
        if not rows:
            return
        step_id = self.begin()
        self.touched.update(row["table_name"] for row in rows)
        self._session.connection().execute(
            _NEW_CHANGE, [{**row, "step_id": step_id} for row in rows]
        )

    def write_inserted(self, table: Table, columns: Columns, rows: int) -> None:
        """Add that these rows, given as columns, were inserted."""
        nothing: list[object] = [None] * rows
        left = {column.name: columns.get(column.name) or nothing for column in table.c}
        plain_columns = {name: _plain(values) for name, values in left.items()}
        keys = {column.name: plain_columns[column.name] for column in table.primary_key}
        change: Mapping[str, Sequence[object]] = {
            "step_id": [self.begin()] * rows,
            "kind": ["insert"] * rows,
            "table_name": [table.name] * rows,
            "key": _rows(keys),
            "after": _rows(plain_columns),
        }
        self.touched.add(table.name)
        insert_columns(self._session.connection(), journal_change, change)

    def _refuse_bulk(self, call: ORMExecuteState) -> None:
        if call.is_update or call.is_delete or call.is_insert:
            raise RuntimeError("a bulk statement goes round the journal: change objects instead")

    def _forget(self, session: Session, rolled_back: SessionTransaction) -> None:
        """The step's row went with the savepoint that was rolled back: write it again if needed."""
        if rolled_back in self._begun_in:
            self.step_id = None

    def _raise_versions(self, session: Session, *_rest: object) -> None:
        raise_versions(session)

    def _record(self, session: Session, flush: UOWTransaction) -> None:
        for thing in session.new:
            fill_in(thing)
        gone = deleted_in(flush)
        changed = [thing for thing in session.dirty if inspect(thing) not in gone]
        self.write(
            [
                *in_order("delete", replaced_in(flush)),
                *in_order("insert", session.new),
                *in_order("update", changed),
                *in_order("delete", [state.obj() for state in gone]),
            ]
        )


def _savepoints(session: Session) -> list[SessionTransaction]:
    """The savepoints that are open, innermost first."""
    found, inner = [], session.get_nested_transaction()
    while inner is not None and inner.nested:
        found.append(inner)
        inner = inner.parent
    return found


def deleted_in(flush: UOWTransaction) -> list[InstanceState[object]]:
    """What a flush removed; ``session.deleted`` does not know the orphans of a collection."""
    return [state for state, (gone, listed) in flush.states.items() if gone and not listed]


def replaced_in(flush: UOWTransaction) -> list[object]:
    """What a flush overwrote: deleted, while another entity took its key in the same flush."""
    return [state.obj() for state, (gone, listed) in flush.states.items() if gone and listed]


def in_order(kind: str, things: Iterable[object]) -> list[Change]:
    """The change rows of flushed entities in an order in which the database can have made them.

    Parents come before children, or after them when removed; undo runs the rows backwards.
    """
    rows = [row for thing in things if (row := change_of(kind, thing)) is not None]
    if len(rows) < 2:
        return rows
    rank = _ranks()
    forward = -1 if kind == "delete" else 1
    return sorted(
        rows, key=lambda row: (rank[row["table_name"]] * forward, tuple(row["key"].values()))
    )


@cache
def _ranks() -> dict[str, int]:
    """The place of each table among all, parents first; sorting them takes milliseconds."""
    return {table.name: n for n, table in enumerate(metadata.sorted_tables)}


def change_of(kind: str, thing: object) -> Change | None:
    """The change row of one flushed entity; None if no column changed.

    A whole whose parts alone changed has an empty row: undoing it raises the version again.
    """
    state: InstanceState[object] = inspect(thing)
    table = state.mapper.local_table
    assert isinstance(table, Table)
    before: Values = {}
    after: Values = {}
    touched = kind != "update"
    for name, column in _columns(state.mapper):
        if kind == "insert":
            value = getattr(thing, name)
            if name not in state.dict:  # left to its default: a later flush has to know what it was
                set_committed_value(thing, name, value)
            after[column.name] = plain(value)
        elif kind == "delete":
            before[column.name] = plain(getattr(thing, name))
        elif (history := state.get_history(name, PASSIVE_NO_INITIALIZE)).has_changes():
            if column.primary_key:
                raise RuntimeError("a primary key never changes: remove the entity and add another")
            touched = True
            if history.deleted:  # else it is only marked, so that the version rises
                before[column.name] = plain(history.deleted[0])
                after[column.name] = plain(getattr(thing, name))
    if not touched:
        return None
    return {
        "kind": kind,
        "table_name": table.name,
        "key": {
            column.name: plain(getattr(thing, name))
            for name, column in _columns(state.mapper)
            if column.primary_key
        },
        "before": None if kind == "insert" else before,
        "after": None if kind == "delete" else after,
    }


def fill_in(thing: object) -> None:
    """Let a new entity know the columns that nobody has set, now that they are stored as empty.

    It would not remember what such a column held before, so that setting it later in the same step
    looked like a mark only, and was neither undone nor done again.
    """
    state: InstanceState[object] = inspect(thing)
    for name, _column in _columns(state.mapper):
        if name not in state.dict and name not in state.expired_attributes:
            set_committed_value(thing, name, getattr(thing, name))


@cache
def _columns(mapper: Mapper[object]) -> tuple[tuple[str, Column[object]], ...]:
    """The attributes of an entity that are columns, each with its column."""
    return tuple(
        (attribute.key, column)
        for attribute in mapper.column_attrs
        for column in attribute.columns[:1]
        if isinstance(column, Column)
    )


def actor_of(session: Session) -> str:
    """The name under which the running change is recorded; for what notes who took a step."""
    journal: Journal = session.info["journal"]
    return journal.actor


def insert_rows(
    session: Session, entity: type[Base], rows: Sequence[Mapping[str, object]]
) -> list[int]:
    """Insert many rows with one statement and journal them: the path of bulk imports.

    ``rows`` are column name to value, all with the same columns; what every table sets by itself
    (version 1) is added. Answers the new keys in the order of the rows; for a table on its natural
    key an empty list.
    """
    if not rows:
        return []
    session.flush()  # what the rows refer to may still be waiting
    journal: Journal = session.info["journal"]
    table = entity.__table__
    assert isinstance(table, Table)
    columns: Columns = {name: [row[name] for row in rows] for name in rows[0]}
    if "version" in table.c:
        columns["version"] = [1] * len(rows)
    ids: list[int] = []
    if "id" in table.c:
        ids = _next_keys(session, table, len(rows))
        columns["id"] = [*ids]
    insert_columns(session.connection(), table, columns)
    journal.write_inserted(table, columns, len(rows))
    return ids


def _next_keys(session: Session, table: Table, number: int) -> list[int]:
    """Keys that were never given before: rows that have their keys are inserted by one statement.

    On a file nobody else writes meanwhile, and the database notes the highest key it was given;
    a server hands its numbers out.
    """
    connection = session.connection()
    if is_file(connection):
        last = connection.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
        ).scalar()
        first = (last or 0) + 1
        return [*range(first, first + number)]
    numbers = text(
        "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)"
    )
    return [*connection.execute(numbers, {"name": table.name, "n": number}).scalars()]


def _rows(columns: Mapping[str, Sequence[Plain]]) -> list[Values]:
    """Columns as rows."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(values: list[object]) -> list[Plain]:
    """A column as JSON can hold it; most are so already."""
    if AS_IT_IS.issuperset(map(type, values)):
        return values  # type: ignore[return-value]  # all of the types of Plain
    return [*map(plain, values)]


def seal(session: Session, table_name: str, key: int, at: dt.datetime) -> None:
    """Make the step final that wrote a row around ``at``: something left the program by it."""
    near = (at - _NEAR, at + _NEAR)
    open_steps = select(journal_step.c.id).where(
        ~journal_step.c.final, journal_step.c.at.between(*near)
    )
    change = journal_change.c
    wrote = select(change.step_id).where(
        change.step_id.in_(open_steps), change.table_name == table_name, change.key == {"id": key}
    )
    final = update(journal_step).where(journal_step.c.id.in_(wrote)).values(final=True)
    session.connection().execute(final)


_NEAR = dt.timedelta(minutes=1)  # between the first row of a large change and its step
