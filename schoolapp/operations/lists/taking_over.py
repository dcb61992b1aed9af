"""What taking over a list would do, shown first; then all of it as one step, or nothing."""

import hashlib
from dataclasses import dataclass

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.lists.names import ListName
from schoolapp.exchange.lists.values import ListRow, ReadList
from schoolapp.operations.lists.cast import Named
from schoolapp.operations.lists.editions import Texts
from schoolapp.operations.lists.marks import Marks
from schoolapp.operations.lists.outcomes import Importer, ListOutcome, PlannedLine, Remark
from schoolapp.operations.lists.people import People
from schoolapp.operations.lists.rooms import Rooms
from schoolapp.operations.lists.sessions import Sessions
from schoolapp.storage.store import DbSession

NOBODY: Named = {}


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What becomes of all rows of a list; ``token`` stands for exactly this plan."""

    lines: tuple[PlannedLine, ...]
    token: str

    def count(self, outcome: ListOutcome) -> int:
        """How many rows have this outcome."""
        return sum(line.outcome is outcome for line in self.lines)


def plan_list(
    session: DbSession,
    *,
    gathering_id: int,
    found: ReadList,
    session_id: int | None = None,
    named: Named = NOBODY,
) -> ListPlan:
    """What taking over the list would do, without doing it.

    ``session_id`` is the session of marks that name none; ``named`` says who names are.
    """
    importer = _importer(session, gathering_id, found, session_id, named)
    lines = tuple(_line(importer, row) for row in found.rows)
    shown = repr((gathering_id, session_id, found.file, found.kind.name, found.rows, lines))
    return ListPlan(lines, hashlib.sha256(shown.encode()).hexdigest())


def apply_list(
    session: DbSession,
    *,
    gathering_id: int,
    found: ReadList,
    token: str,
    session_id: int | None = None,
    named: Named = NOBODY,
) -> int:
    """Do what the plan of this token says; how many rows were new or changed.

    ``RuleBroken`` if it would be another plan now.
    """
    plan = plan_list(
        session, gathering_id=gathering_id, found=found, session_id=session_id, named=named
    )
    if plan.token != token:
        raise RuleBroken(
            mark("Something changed since the plan was shown. Look at it again, then import.")
        )
    importer = _importer(session, gathering_id, found, session_id, named)
    rows = {row.row: row for row in found.rows}
    wanted = [line for line in plan.lines if line.outcome in (ListOutcome.NEW, ListOutcome.CHANGED)]
    for line in wanted:
        importer.save(rows[line.row], line)
    return len(wanted)


def _line(importer: Importer, row: ListRow) -> PlannedLine:
    if row.why:
        return PlannedLine(row.row, ListOutcome.LEFT_OUT, "", (Remark(row.why),))
    return importer.plan(row)


def _importer(
    session: DbSession, gathering_id: int, found: ReadList, session_id: int | None, named: Named
) -> Importer:
    rows = [row for row in found.rows if not row.why]
    match found.kind.name:
        case ListName.ROOMS:
            return Rooms(session, gathering_id)
        case ListName.SESSIONS:
            return Sessions(session, gathering_id, rows, named)
        case ListName.PEOPLE:
            return People(session, gathering_id, named)
        case ListName.MARKS:
            return Marks(session, gathering_id, rows, session_id)
        case ListName.TEXTS:
            return Texts(session, gathering_id)
