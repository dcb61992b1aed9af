"""What was done: the steps of the journal as the history panel, undo and redo show them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from schoolapp.storage import undo
from schoolapp.storage.store import DbSession
from schoolapp.storage.tables import journal_step


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the journal; ``undone_by`` is the step that took it back, if one did."""

    id: int
    title: str
    actor: str
    at: dt.datetime
    kind: str
    undoes: int | None
    undone_by: int | None
    final: bool


def recent_steps(
    session: DbSession, *, limit: int = 50, before: int | None = None
) -> tuple[StepRow, ...]:
    """The newest steps, newest first; ``before`` continues below that step."""
    later = journal_step.alias("later")
    query = (
        select(journal_step, later.c.id.label("undone_by"))
        .outerjoin(later, later.c.undoes == journal_step.c.id)
        .order_by(journal_step.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(journal_step.c.id < before)
    return tuple(_row(step, step.undone_by) for step in session.execute(query))


def next_undo(session: DbSession, *, actor: str) -> StepRow | None:
    """The step that Undo would take back now."""
    step = undo.next_undo(session, actor)
    return None if step is None else _row(step, None)


def next_redo(session: DbSession, *, actor: str) -> StepRow | None:
    """The undone step that Redo would do again now."""
    step = undo.next_redo(session, actor)
    return None if step is None else _row(step, None)


def _row(step: Any, undone_by: int | None) -> StepRow:
    return StepRow(
        step.id, step.title, step.actor, step.at, step.kind, step.undoes, undone_by, step.final
    )
