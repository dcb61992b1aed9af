"""The journal: every change of data is recorded while it happens; history, undo and news read it.

A ``Journal`` listens to one database session for the length of one operation. The rows it writes
hold the values before and after, by column name, written by ``codec``.
"""

from typing import Any

from sqlalchemy import Table, event, insert, inspect
from sqlalchemy.orm import InstanceState, ORMExecuteState, Session, UOWTransaction

from schoolapp import clock
from schoolapp.storage.codec import plain
from schoolapp.storage.tables import journal_change, journal_step


class Journal:
    """Records what happens in ``session`` as one step; the step's row is written with the first."""

    def __init__(
        self,
        session: Session,
        title: str,
        actor: str,
        *,
        kind: str = "do",
        undoes: int | None = None,
    ) -> None:
        self._session = session
        self.actor = actor
        self._step = {"title": title, "actor": actor, "kind": kind, "undoes": undoes}
        self.step_id: int | None = None
        self.touched: set[str] = set()
        self.final = False
        session.info["journal"] = self
        event.listen(session, "after_flush", self._record)
        event.listen(session, "do_orm_execute", self._refuse_bulk)

    def close(self) -> None:
        """Stop listening."""
        event.remove(self._session, "after_flush", self._record)
        event.remove(self._session, "do_orm_execute", self._refuse_bulk)
        self._session.info.pop("journal", None)

    def write(self, rows: list[dict[str, Any]]) -> None:
        """Add change rows to the step: kind, table_name, key, before, after."""
        if not rows:
            return
        step_id = self._begun()
        for row in rows:
            self.touched.add(row["table_name"])
        self._session.connection().execute(
            insert(journal_change), [row | {"step_id": step_id} for row in rows]
        )

    def _begun(self) -> int:
        if self.step_id is None:
            values = self._step | {"at": clock.now(), "final": self.final}
            result = self._session.connection().execute(
                insert(journal_step).values(**values).returning(journal_step.c.id)
            )
            self.step_id = int(result.scalar_one())
        return self.step_id

    def _refuse_bulk(self, call: ORMExecuteState) -> None:
        if call.is_update or call.is_delete or call.is_insert:
            raise RuntimeError("a bulk statement goes round the journal: change objects instead")

    def _record(self, session: Session, flush: UOWTransaction) -> None:
        gone = deleted_in(flush)
        changed = [thing for thing in session.dirty if inspect(thing) not in gone]
        things = [("insert", thing) for thing in session.new]
        things += [("update", thing) for thing in changed]
        things += [("delete", state.obj()) for state in gone]
        self.write([row for kind, thing in things for row in change_of(kind, thing)])


def deleted_in(flush: UOWTransaction) -> list[InstanceState[Any]]:
    """What a flush removed; ``session.deleted`` does not know the orphans of a collection."""
    return [state for state, (gone, listed) in flush.states.items() if gone and not listed]


def change_of(kind: str, thing: object) -> list[dict[str, Any]]:
    """The change row of one flushed entity, or nothing if no column changed."""
    state: InstanceState[Any] = inspect(thing)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0].name
        history = state.attrs[attribute.key].history
        if kind == "update" and not history.has_changes():
            continue
        value = plain(getattr(thing, attribute.key))
        if kind != "delete":
            after[column] = value
        if kind == "delete":
            before[column] = value
        elif kind == "update":
            before[column] = plain(history.deleted[0]) if history.deleted else None
    if not before and not after:
        return []
    table = state.mapper.local_table
    assert isinstance(table, Table)
    return [
        {
            "kind": kind,
            "table_name": table.name,
            "key": key_of(state, table),
            "before": before or None,
            "after": after or None,
        }
    ]


def key_of(state: InstanceState[Any], table: Table) -> dict[str, Any]:
    """The primary key of an entity by column name."""
    mapper = state.mapper
    keys = {c.name: mapper.get_property_by_column(c).key for c in table.primary_key}
    return {name: plain(getattr(state.obj(), key)) for name, key in keys.items()}


def actor_of(session: Session) -> str:
    """Under whose name the running change will stand; for what records ``by`` whom a step was."""
    journal: Journal = session.info["journal"]
    return journal.actor


def insert_rows(session: Session, entity: type[Any], rows: list[dict[str, Any]]) -> list[int]:
    """Insert many rows with one statement and journal them: the path of bulk imports.

    ``rows`` are column name to value, all with the same columns; what every table sets by itself
    (version 1) is added. Answers the new keys in the order of the rows; for a table on its natural
    key an empty list.
    """
    journal: Journal = session.info["journal"]
    table: Table = entity.__table__
    if not rows:
        return []
    if "version" in table.c:
        rows = [row | {"version": 1} for row in rows]
    natural = "id" not in table.c
    statement = insert(table)
    connection = session.connection()
    if natural:
        connection.execute(statement, rows)
        ids: list[int] = []
        full = rows
    else:
        result = connection.execute(
            statement.returning(table.c.id, sort_by_parameter_order=True), rows
        )
        ids = [int(key) for key in result.scalars()]
        full = [row | {"id": key} for row, key in zip(rows, ids, strict=True)]
    keys = [column.name for column in table.primary_key]
    journal.write(
        [
            {
                "kind": "insert",
                "table_name": table.name,
                "key": {name: plain(row[name]) for name in keys},
                "before": None,
                "after": {c.name: plain(row.get(c.name)) for c in table.c},
            }
            for row in full
        ]
    )
    return ids
