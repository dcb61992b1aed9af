"""What the page of a list reads, from the file and from the store, in the workers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from schoolapp.base.language import isolate
from schoolapp.desktop.kit.list_import.words import remarks
from schoolapp.domain.gatherings import Gathering
from schoolapp.exchange.applications.sheets import Sheets
from schoolapp.exchange.applications.worker import read_apart
from schoolapp.exchange.lists.kinds import ListKind
from schoolapp.exchange.lists.reading import Chosen, read_list
from schoolapp.exchange.lists.values import ReadList
from schoolapp.operations.lists import AskedName, ListOutcome, ListPlan, Named, plan_list
from schoolapp.storage.store import DbSession


class Around(NamedTuple):
    """What cells are understood by: the first and the last day of a gathering, its currency."""

    first: dt.date
    last: dt.date
    currency: str


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: its cells, and the list they are."""

    sheets: Sheets
    found: ReadList


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list as the page shows it."""

    row: int
    name: str
    outcome: ListOutcome
    remarks: str
    people: tuple[AskedName, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say who a name is."""
        return any(one.why for one in self.people)


@dataclass(frozen=True, slots=True)
class Planned:
    """A list that was read, what taking it over would do, and the lines to show."""

    read: Read
    plan: ListPlan
    lines: Mapping[int, Line]


def around(session: DbSession, *, gathering_id: int) -> Around:
    """The days of a gathering, around which dates are understood, and its currency."""
    gathering = session.get_one(Gathering, gathering_id)
    return Around(gathering.start_date, gathering.end_date, gathering.currency)


def read(path: Path, kind: ListKind, facts: Around, sheets: Sheets | None, chosen: Chosen) -> Read:
    """A file as a list; its cells are read by another process, if they were not yet."""
    if sheets is None:
        sheets = read_apart(path.read_bytes(), path.name)
    found = read_list(sheets, path.name, kind, **facts._asdict(), chosen=chosen)
    return Read(sheets, found)


def planned(
    session: DbSession, *, gathering_id: int, read: Read, session_id: int | None, named: Named
) -> Planned:
    """What taking over the list would do, line by line."""
    found = read.found
    plan = plan_list(
        session, gathering_id=gathering_id, found=found, session_id=session_id, named=named
    )
    rows = {row.row: row for row in found.rows}
    lines = {
        line.row: Line(
            line.row,
            isolate(line.name),
            line.outcome,
            remarks(found.kind, rows[line.row], line),
            line.people,
        )
        for line in plan.lines
    }
    return Planned(read, plan, lines)
