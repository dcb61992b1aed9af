"""What was done: the steps of the journal as the history panel, undo and redo show them."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

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
    step, later = journal_step.c, journal_step.alias("later")
    query = (
        sa.select(
            step.id,
            step.title,
            step.actor,
            step.at,
            step.kind,
            step.undoes,
            later.c.id,
            step.final,
        )
        .outerjoin(later, later.c.undoes == step.id)
        .order_by(step.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(step.id < before)
    return tuple(StepRow(*row) for row in session.execute(query))


def next_undo(session: DbSession, *, actor: str) -> StepRow | None:
    """The step that Undo would take back now."""
    step = undo.next_undo(session, actor)
    return None if step is None else _row(step)


def next_redo(session: DbSession, *, actor: str) -> StepRow | None:
    """The undone step that Redo would do again now."""
    step = undo.next_redo(session, actor)
    return None if step is None else _row(step)


def _row(step: undo.JournalStep) -> StepRow:
    """A step that nothing took back."""
    return StepRow(
        step.id, step.title, step.actor, step.at, step.kind, step.undoes, None, step.final
    )
