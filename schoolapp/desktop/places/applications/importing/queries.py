"""What the import reads from files and the store, in the workers; the answers are frozen values."""

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from schoolapp.base.language import mark
from schoolapp.desktop.places.applications.importing.lines import Alike, Line, line_of
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.drafts import ImportedSheet, KnownPerson, Pair
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.mapping import Mapping as Meaning
from schoolapp.exchange.applications.sheets import FOUND_OUT, Opening, Sheets
from schoolapp.exchange.applications.worker import read_apart
from schoolapp.operations.applications import ImportPlan, plan_import, saved_mappings
from schoolapp.operations.people.editing import known_persons
from schoolapp.operations.people.merging import sides
from schoolapp.storage.store import DbSession

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody decided about the sheet; ``columns`` is None while they are as guessed."""

    columns: Mapping[str, str | None] | None = None
    date_order: Mapping[str, str] = field(default_factory=dict)
    opening: Opening = FOUND_OUT
    accepted: Mapping[int, frozenset[str]] = field(default_factory=dict)
    corrections: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    joined: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()

    def corrected(self, row: int, name: str, text: str | None) -> "Wanted":
        """The same with words typed in place of a cell; ``None`` takes that back."""
        typed = {**self.corrections.get(row, {}), **({} if text is None else {name: text})}
        if text is None:
            typed.pop(name, None)
        fields = self.accepted.get(row, frozenset()) - {name}
        return replace(
            self,
            corrections={**self.corrections, row: typed},
            accepted={**self.accepted, row: fields},
        )

    @property
    def decided(self) -> frozenset[int]:
        """The rows for which somebody has decided whether they are one person with another."""
        return self.apart | self.joined


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows before a file is read."""

    known: list[KnownPerson]
    first_day: dt.date
    currency: str
    saved: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: its cells, and what they were understood as."""

    sheets: Sheets
    sheet: ImportedSheet


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that was read, its plan, and the lines to show."""

    read: Read
    plan: ImportPlan
    lines: Mapping[int, Line]


class Stopping:
    """Lets the window stop work in another thread: what reports its progress raises there."""

    def __init__(self, report: Progress) -> None:
        self._event, self._report = threading.Event(), report

    @property
    def is_stopped(self) -> bool:
        """Whether nobody is waiting for the work any more."""
        return self._event.is_set()

    def stop(self) -> None:
        """End the work at the next report."""
        self._event.set()

    def check(self) -> None:
        """Stop if nobody waits any more."""
        if self._event.is_set():
            raise RuleBroken(mark("The import was stopped. Nothing was changed."))

    def __call__(self, done: int, total: int) -> None:
        """Report, or stop."""
        self.check()
        self._report(done, total)


def facts(session: DbSession, *, gathering_id: int) -> Facts:
    """Everybody who is known, the forms met before, and the gathering's own."""
    gathering = session.get_one(Gathering, gathering_id)
    known = known_persons(session)
    return Facts(known, gathering.start_date, gathering.currency, saved_mappings(session))


def understood(
    path: Path, sheets: Sheets | None, known: Facts, wanted: Wanted, progress: Progress
) -> Read:
    """A file as somebody wants it; its cells are read, by another process, if they were not yet."""
    if sheets is None:
        sheets = read_apart(path.read_bytes(), path.name, wanted.opening)
    sheet = understand(
        sheets,
        path.name,
        choices=_choices(wanted, known),
        known=known.known,
        reference_date=known.first_day,
        progress=progress,
    )
    return Read(sheets, sheet)


def planned(
    session: DbSession, *, gathering_id: int, read: Read, wanted: Wanted, stopping: Stopping
) -> Planned:
    """What importing the sheet would do, line by line."""
    sheet = read.sheet
    plan = plan_import(
        session,
        gathering_id=gathering_id,
        sheet=sheet,
        apart=wanted.apart,
        joined=wanted.joined,
        watch=stopping.check,
    )
    pairs: dict[int, Pair] = {}
    for pair in sheet.pairs:
        pairs.setdefault(pair.row, pair)
    known = {pair.known for pair in pairs.values() if pair.known}
    owners = {whose.person_id for row in plan.rows if (whose := row.compared) is not None}
    refused = {row.not_person for row in plan.rows if row.not_person is not None}
    people = sides(session, known | owners | refused)
    alike = Alike({row.row: row for row in sheet.rows}, pairs, people, wanted.decided)
    return Planned(read, plan, {row.row: line_of(row, alike) for row in plan.rows})


def _choices(wanted: Wanted, known: Facts) -> Choices:
    meaning = Meaning(
        columns=dict(wanted.columns or {}),
        date_order=dict(wanted.date_order),
        currency=known.currency,
    )
    return Choices(meaning, known.saved, wanted.opening, wanted.accepted, wanted.corrections)
