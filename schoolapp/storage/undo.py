"""Undo and redo: a step is taken back by a new step that first checks that its rows still hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from schoolapp.domain.entities import metadata
from schoolapp.domain.rules import RuleBroken
from schoolapp.language import mark
from schoolapp.storage.codec import live
from schoolapp.storage.journal import Journal
from schoolapp.storage.tables import journal_change, journal_step

ORDER = {"delete": 0, "update": 1, "insert": 2}  # put back, restore, remove
Values = dict[str, Any]


class ConflictingChange(RuleBroken):
    """What the step left is no longer there: somebody changed it since."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "This cannot be undone any more: something it changed was changed again since."
                " Undo the later step first."
            )
        )


@dataclass(slots=True)
class NetChange:
    """What a step did to one row in all; ``None`` before: it was made, ``None`` after: removed."""

    table: str
    key: Values
    before: Values | None
    after: Values | None
    last: int = 0
    order: int = field(default=0)

    @property
    def kind(self) -> str:
        """insert, update or delete."""
        return "insert" if self.before is None else "delete" if self.after is None else "update"


def net_changes(rows: Iterable[Any]) -> list[NetChange]:
    """The change rows of a step (oldest first) folded to one change a row of data."""
    folded: dict[tuple[str, str], NetChange] = {}
    for row in rows:
        name = (row.table_name, repr(sorted(row.key.items())))
        before, after = _without_version(row.before), _without_version(row.after)
        if row.kind == "delete":  # the version of a removed row is needed to put it back higher
            before = row.before
        known = folded.get(name)
        if known is None:
            folded[name] = NetChange(row.table_name, row.key, before, after, row.id)
            continue
        if row.kind == "delete":
            known.before = None if known.before is None else {**before, **known.before}
            known.after = None
        elif row.kind == "insert":
            known.after = after
        else:
            if known.before is not None:
                known.before = {**before, **known.before}
            known.after = {**(known.after or {}), **after}
        known.last = row.id
    return [change for change in folded.values() if change.before != change.after]


def _without_version(values: Values | None) -> Any:
    return None if values is None else {n: v for n, v in values.items() if n != "version"}


def take_back(session: Session, step_id: int, journal: Journal) -> None:
    """Take back what a step did, recorded in ``journal``; ``ConflictingChange`` if it cannot be."""
    rows = session.execute(
        select(journal_change)
        .where(journal_change.c.step_id == step_id)
        .order_by(journal_change.c.id)
    ).all()
    rank = {table.name: i for i, table in enumerate(metadata.sorted_tables)}  # parents first
    changes = net_changes(rows)
    for change in changes:
        forward = 1 if change.kind == "delete" else -1
        change.order = rank[change.table] * forward
    changes.sort(key=lambda c: (ORDER[c.kind], c.order, -c.last))
    journal.write([_apply(session, change) for change in changes])


def _apply(session: Session, change: NetChange) -> dict[str, Any]:
    """Take back one change and answer the journal row that mirrors it."""
    table = metadata.tables[change.table]
    try:
        done = session.connection().execute(_statement(table, change)).rowcount
    except IntegrityError as trouble:  # something hangs on it, or its place is taken
        raise ConflictingChange from trouble
    if change.kind != "delete" and done != 1:  # it no longer holds what the step left
        raise ConflictingChange
    mirrored = {"insert": "delete", "update": "update", "delete": "insert"}[change.kind]
    return {
        "kind": mirrored,
        "table_name": change.table,
        "key": change.key,
        "before": change.after,
        "after": change.before,
    }


def _statement(table: Table, change: NetChange) -> Any:
    versioned = "version" in table.c
    if change.kind == "delete":
        values = _values(table, change.before)
        if versioned:
            values["version"] = (change.before or {}).get("version", 1) + 1
        return insert(table).values(**values)
    held = [
        table.c[name].is_not_distinct_from(value)
        for name, value in _values(table, change.key | (change.after or {})).items()
    ]
    if change.kind == "insert":
        return delete(table).where(*held)
    bump = {"version": table.c.version + 1} if versioned else {}
    return update(table).where(*held).values(**_values(table, change.before), **bump)


def _values(table: Table, stored: Values | None) -> Values:
    return {n: live(table.c[n], v) for n, v in (stored or {}).items() if n != "version"}


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


def _undone() -> Any:
    later = journal_step.alias("later")
    return exists().where(later.c.undoes == journal_step.c.id)
