"""The store: the one door to the database, for reading and for named, journalled changes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession
from sqlalchemy.orm import sessionmaker

from schoolapp.domain.base import Versioned
from schoolapp.storage import undo
from schoolapp.storage.engine import is_file, snapshot
from schoolapp.storage.journal import Journal
from schoolapp.storage.tables import journal_change, journal_step
from schoolapp.storage.troubles import (
    ChangedElsewhere,
    HasLeft,
    NothingToUndo,
    StepIsFinal,
    reported,
)
from schoolapp.storage.undo import JournalStep, Place

__all__ = [
    "ChangedElsewhere",
    "DbSession",
    "Done",
    "News",
    "NothingToUndo",
    "Query",
    "Store",
    "checked_out",
]

T = TypeVar("T")
E = TypeVar("E", bound=Versioned)
Query: TypeAlias = Callable[[DbSession], T]
"""A read of the database, or a change of it: a function over one open session."""
FindStep = Callable[[DbSession, str], JournalStep | None]
"""The step of an actor that is next, if there is one."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a change gave: its value, the tables it touched, its step (None: nothing changed)."""

    value: T
    touched: frozenset[str]
    step_id: int | None


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a step: the newest step, and the tables touched after it."""

    last: int
    touched: frozenset[str]


class Store:
    """Reads and changes one database; may be used from several threads.

    ``actor`` is the name that the journal gives the steps of this desk.
    """

    def __init__(self, engine: sa.Engine, actor: str = "desk") -> None:
        self.engine = engine
        self.actor = actor
        self._reading = sessionmaker(snapshot(engine), expire_on_commit=False, autoflush=False)
        self._writing = sessionmaker(
            engine.execution_options(write=True), expire_on_commit=False, autoflush=True
        )

    def read(self, query: Query[T]) -> T:
        """What ``query`` answers; it must hand out plain values, the session closes behind it."""
        with reported(), self._reading() as session:
            return query(session)

    def change(self, title: str, operation: Query[T], *, final: bool = False) -> Done[T]:
        """Run an operation in one transaction and journal it as one step called ``title``.

        ``final`` marks a step that cannot be undone because something left the program. If nothing
        changed there is no step. ``RuleBroken`` and any other error leave everything as it was.
        """
        with self._recording(title, final=final) as (session, journal):
            value = operation(session)
            session.flush()
        return Done(value, frozenset(journal.touched), journal.step_id)

    def note(self, title: str) -> int:
        """Journal what changed no data (an export, a mail sent) as a final step; its number."""
        with self._recording(title, final=True) as (_, journal):
            return journal.begin()

    def undo(self, step_id: int | None = None) -> Done[str]:
        """Take back a step (the newest own one by default); the value is its title."""
        return self._turn("undo", undo.next_undo, step_id)

    def redo(self) -> Done[str]:
        """Do again what was undone last; the value is its title."""
        return self._turn("redo", undo.next_redo, None)

    def next_titles(self) -> tuple[str | None, str | None]:
        """The titles of what ``undo()`` and ``redo()`` would do; None where there is nothing."""
        return self.read(
            lambda session: (
                _title(undo.next_undo(session, self.actor)),
                _title(undo.next_redo(session, self.actor)),
            )
        )

    @property
    def is_shared(self) -> bool:
        """Whether other desks may work on the same database: it is on a server."""
        return not is_file(self.engine)

    def news(self, since: int) -> News:
        """What any desk changed after the step ``since``."""
        return self.read(lambda session: _news(session, since))

    def close(self) -> None:
        """Close all connections; the store can no longer be used."""
        self.engine.dispose()

    def _turn(self, kind: str, find: FindStep, step_id: int | None) -> Done[str]:
        step = self.read(
            lambda session: (
                find(session, self.actor)
                if step_id is None
                else undo.step_to_undo(session, step_id)
            )
        )
        if step is None:
            raise NothingToUndo
        if step.final:
            raise StepIsFinal
        kind = "redo" if step.kind == "undo" else kind
        try:
            with self._recording(step.title, kind=kind, undoes=step.id) as (session, journal):
                undo.take_back(session, step.id, journal)
        except undo.ConflictingChange as conflict:
            self._give_up(step, conflict.place)
            raise
        return Done(step.title, frozenset(journal.touched), journal.step_id)

    def _give_up(self, step: JournalStep, place: Place | None) -> None:
        """A step whose outcome has left the program blocks no other: it becomes final."""
        if not self.read(lambda s: undo.has_left(s, step.id, place)):
            return
        with reported(), self._writing() as session:
            undo.make_final(session, step.id)
            session.commit()
        raise HasLeft(step.title) from None

    @contextmanager
    def _recording(
        self, title: str, *, kind: str = "do", undoes: int | None = None, final: bool = False
    ) -> Iterator[tuple[DbSession, Journal]]:
        with reported(), self._writing() as session:
            journal = Journal(session, title, self.actor, kind=kind, undoes=undoes, final=final)
            try:
                yield session, journal
                if journal.step_id is not None:
                    session.commit()
            finally:
                journal.close()


def _title(step: JournalStep | None) -> str | None:
    return None if step is None else step.title


def checked_out(session: DbSession, entity: type[E], key: int, version: int) -> E:
    """The entity to edit, if it still has the version that the draft began with.

    ``ChangedElsewhere`` if another desk saved or removed it meanwhile.
    """
    thing = session.get(entity, key)
    if thing is None or thing.version != version:
        raise ChangedElsewhere
    return thing


def assign(thing: object, values: Mapping[str, object]) -> None:
    """Set the attributes that differ, so that what was saved unchanged is no change."""
    for name, value in values.items():
        if getattr(thing, name) != value:
            setattr(thing, name, value)


def _news(session: DbSession, since: int) -> News:
    last = session.execute(sa.select(sa.func.max(journal_step.c.id))).scalar() or 0
    if last <= since:
        return News(last, frozenset())
    names = sa.select(journal_change.c.table_name).where(journal_change.c.step_id > since)
    return News(last, frozenset(session.execute(names.distinct()).scalars()))
