"""What the window learns of the journal: its newest steps, and what undo and redo would do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the first paint does without the database
    from schoolapp.operations.history import StepRow
    from schoolapp.storage.store import DbSession


def newest_steps(session: "DbSession") -> "Sequence[StepRow]":
    """The last fifty steps; runs in the database worker."""
    from schoolapp.operations.history import recent_steps

    return recent_steps(session, limit=50)


def next_titles(actor: str, session: "DbSession") -> tuple[str, str]:
    """What undo and redo of a desk would do now, "" for nothing; runs in the database worker."""
    from schoolapp.operations.history import next_redo, next_undo

    undo, redo = next_undo(session, actor=actor), next_redo(session, actor=actor)
    return undo.title if undo else "", redo.title if redo else ""


class History(NamedTuple):
    """Where the window learns what was done: both run in the database worker."""

    newest: "Callable[[DbSession], Sequence[StepRow]]" = newest_steps
    next_titles: "Callable[[str, DbSession], tuple[str, str]]" = next_titles
