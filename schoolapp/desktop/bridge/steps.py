"""What the window learns of the journal: its newest steps, and what undo and redo would do."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol


class Step(Protocol):
    """A step of the journal as the operations answer it."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def actor(self) -> str: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def undoes(self) -> int | None: ...
    @property
    def undone_by(self) -> int | None: ...
    @property
    def final(self) -> bool: ...


def newest_steps(session: Any) -> Sequence[Step]:
    """The last fifty steps; runs in the database worker."""
    from schoolapp.operations.history import recent_steps

    return recent_steps(session, limit=50)


def next_titles(actor: str, session: Any) -> tuple[str, str]:
    """What undo and redo of a desk would do now, "" for nothing; runs in the database worker."""
    from schoolapp.operations.history import next_redo, next_undo

    undo, redo = next_undo(session, actor=actor), next_redo(session, actor=actor)
    return undo.title if undo else "", redo.title if redo else ""


class History(NamedTuple):
    """Where the window learns what was done: both run in the database worker."""

    newest: Callable[[Any], Sequence[Step]] = newest_steps
    next_titles: Callable[[str, Any], tuple[str, str]] = next_titles
