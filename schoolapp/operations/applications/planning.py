"""Planning an import: every row of an application sheet sorted into its outcome.

Suppose that Ana and Ben were imported before, and that Cleo is known from another gathering. The
form is exported again:

    id  NAME        EMAIL                outcome    why
    1   Ana Pérez   ana@example.org      same       each cell is as it was imported
    2   Ben Okri    okri@example.org     changed    the id and the name are known; the email is new
    3   Cleo Vidal  cleo@example.org     known      a person of this name and email, not applied yet
    4   Dan Roth    dan@example.org      new        nobody is alike
    5   Dan Roth    dan@example.org      duplicate  may be the person of row 4; somebody decides

The plan imports rows 3 to 5 and renews Ben. Row 5 makes a person of its own, unless somebody says
that it is of row 4 (``joined``: it becomes an application in the state ``merged``); if somebody
says that it is not (``apart``), it is ``new``. A row that perhaps was imported before is a
duplicate as well: ``joined`` renews the application that it may be, ``apart`` makes it new.
Whatever is decided makes another plan with another token, and ``importing`` does what the plan of
a token says, or nothing.

``recognising`` finds whose application a row is, ``differing`` what it says otherwise.
"""

import enum
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from schoolapp.base.language import _
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.identity import Names, agreement
from schoolapp.exchange.applications.drafts import ImportedSheet, Pair, SheetRow
from schoolapp.exchange.applications.duplicates import SAME_NAME
from schoolapp.exchange.applications.flags import doubts_of
from schoolapp.operations.applications.differing import FieldChange, as_values, changes_of
from schoolapp.operations.applications.earlier import (
    Headings,
    describe_row,
    earlier_applications,
    people_described,
)
from schoolapp.operations.applications.recognising import Match, Recogniser, reasons_of
from schoolapp.operations.applications.watching import Watch, nobody_watches, watched
from schoolapp.storage.store import DbSession

INCOMPLETE = "incomplete"


class Outcome(enum.StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"
    DUPLICATE = "duplicate"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Whose:
    """The application that a row belongs to, or may belong to: of whom, and why.

    ``reasons`` are codes of what agrees, ``against`` of what contradicts; both are empty where
    every cell is as it was.
    """

    id: int
    uid: str
    code: str
    state: ApplicationState
    person_id: int
    name: str
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row and what becomes of it.

    ``person_id`` is the person it is about, if known already. ``whose`` is the application that it
    was imported as before, or of a duplicate the one that it may be. ``of_row`` is the row that a
    duplicate may repeat; a duplicate with neither is of somebody who has applied already.
    ``merged`` says that it is one person for sure: somebody decided so, or a known person has
    applied. ``like`` names a known person who is alike: for the reader, never a decision.
    ``changes`` are the fields that differ from the row as it was imported before. ``not_person`` is
    the person of whom somebody said that the row is not of this one.
    """

    row: int
    outcome: Outcome
    name: str
    person_id: int | None = None
    whose: Whose | None = None
    of_row: int | None = None
    merged: bool = False
    like: str | None = None
    changes: tuple[FieldChange, ...] = ()
    not_person: int | None = None

    @property
    def application_id(self) -> int | None:
        """The application that the row was imported as before."""
        is_known = self.outcome in (Outcome.SAME, Outcome.CHANGED)
        return self.whose.id if self.whose and is_known else None

    @property
    def perhaps(self) -> Whose | None:
        """The application that the row may be: somebody is asked."""
        return self.whose if self.outcome is Outcome.DUPLICATE else None

    @property
    def compared(self) -> Whose | None:
        """The application that somebody may want to look at beside the row."""
        return self.whose if self.changes or self.perhaps else None

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that the row changes; without those that are in doubt."""
        return tuple(change.field for change in self.changes if change.is_taken)

    @property
    def imported(self) -> bool:
        """Whether the row becomes an application now."""
        return self.outcome in (Outcome.NEW, Outcome.KNOWN, Outcome.DUPLICATE)

    @property
    def makes_person(self) -> bool:
        """Whether the row adds a person who is not in the database."""
        return self.outcome is Outcome.NEW or (
            self.outcome is Outcome.DUPLICATE and not self.merged
        )


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The outcomes of all rows of a sheet; ``token`` stands for exactly this plan."""

    file: str
    rows: tuple[PlannedRow, ...]
    doubtful: int
    token: str

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)


def plan_import(
    session: DbSession,
    *,
    gathering_id: int,
    sheet: ImportedSheet,
    apart: Collection[int] = (),
    joined: Collection[int] = (),
    watch: Watch = nobody_watches,
) -> ImportPlan:
    """What importing the sheet would do, without doing it.

    ``apart`` are rows that somebody said are of nobody else, however alike; ``joined``
    those that somebody said to be of the person whom they resemble most. If nothing was said, a row
    that resembles another one stays a person of its own, shown as a duplicate to decide upon. A row
    that was imported before is ``same`` or ``changed`` and never imported again; one application is
    never that of two rows. ``watch`` is called now and then; what it raises ends the planning.
    """
    planner = _Planner(session, gathering_id, sheet, frozenset(apart), frozenset(joined), watch)
    rows = tuple(planner.row(row) for row in watched(sheet.rows, watch))
    decided = {*apart, *joined}
    doubtful = sum(bool(doubts_of(row, is_decided=row.row in decided)) for row in sheet.rows)
    shown = repr((gathering_id, sheet.file, rows, sheet.rows, sorted(apart)))
    return ImportPlan(sheet.file, rows, doubtful, hashlib.sha256(shown.encode()).hexdigest())


def known_as(planned: PlannedRow | None) -> dict[str, object]:
    """What the report of an import says of a row that comes a second time.

    ``changes`` is ``{field: [old, new]}``, ``application`` the uid of the application that it
    belongs to, or None: also where that is only possible, or nothing was planned.
    """
    known = planned is not None and planned.application_id is not None
    return {
        "changes": as_values(planned.changes) if planned else {},
        "application": planned.whose.uid if planned and planned.whose and known else None,
    }


def name_of(row: SheetRow, sheet: ImportedSheet) -> str:
    """The name shown for a row's person: as understood, else in the words of the form itself.

    Where the form holds a formula instead of a name, the row is named by its number.
    """
    person = row.person
    sure = person.full_name or person.native_name
    fields = ("full_name", "given", "family")
    unread = ("formula", "formula_cell_no_cached_value", "error_cell")
    if any(issue.code in unread and issue.field in fields for issue in row.issues):
        return sure or _("Row {row}, name missing").format(row=row.row)
    columns = sheet.mapping.columns.items()
    written = " ".join(row.raw.get(heading, "") for heading, field in columns if field in fields)
    return sure or " ".join(written.split()) or _("Row {row}, name missing").format(row=row.row)


class _Planner:
    """Sorts the rows of one sheet; call ``row`` for one after another, in their order."""

    def __init__(
        self,
        session: DbSession,
        gathering_id: int,
        sheet: ImportedSheet,
        apart: frozenset[int],
        joined: frozenset[int],
        watch: Watch,
    ) -> None:
        self._sheet, self._apart, self._joined = sheet, apart, joined
        self._headings = Headings(sheet.mapping.columns)
        earlier = earlier_applications(session, gathering_id)
        self._known = Recogniser(earlier, sheet, apart=apart, joined=joined, watch=watch)
        self._applied = {one.stored.person_id for one in earlier if one.is_live}
        pairs = [pair for pair in sheet.pairs if pair.row not in apart]
        self._people = people_described(session, [pair.known for pair in pairs if pair.known])
        self._by_row: dict[int, list[Pair]] = {}
        for pair in pairs:
            self._by_row.setdefault(pair.row, []).append(pair)
        self._first = self._survivors()

    def row(self, row: SheetRow) -> PlannedRow:
        """What becomes of one row."""
        name = name_of(row, self._sheet)
        if row.skipped:
            return PlannedRow(row.row, Outcome.LEFT_OUT, name)
        match = self._known.match(row.row)
        if match is not None and match.sure:
            return self._renewed(row, name, match)
        first = self._first.get(row.row)
        if first is not None and first != row.row:
            return PlannedRow(row.row, Outcome.DUPLICATE, name, of_row=first, merged=True)
        if match is not None:
            return PlannedRow(row.row, Outcome.DUPLICATE, name, whose=_whose(match))
        return self._of_known(row, name) or self._new(row, name)

    def _renewed(self, row: SheetRow, name: str, match: Match) -> PlannedRow:
        """A row that was imported before."""
        whose = _whose(match)
        changes = changes_of(match.earlier, row, self._sheet.mapping.columns)
        outcome = Outcome.CHANGED if changes else Outcome.SAME
        return PlannedRow(row.row, outcome, name, whose.person_id, whose, changes=changes)

    def _of_known(self, row: SheetRow, name: str) -> PlannedRow | None:
        """A row of a person who is known: by name and something more, or because somebody said."""
        said = row.row in self._joined
        known = next((p for p in self._known_like(row.row) if said or self._is_same(p, row)), None)
        if known is None:
            return None
        again = known.known in self._applied
        self._applied.add(known.known or 0)
        outcome = Outcome.DUPLICATE if again else Outcome.KNOWN
        return PlannedRow(row.row, outcome, name, known.known, merged=again)

    def _new(self, row: SheetRow, name: str) -> PlannedRow:
        """A row of nobody who is known, perhaps the same as a row above."""
        if row.duplicate_of is not None and row.row not in self._apart:
            return PlannedRow(row.row, Outcome.DUPLICATE, name, of_row=row.duplicate_of)
        alike = self._known_like(row.row)
        like = next((self._people[pair.known].name for pair in alike if pair.known), None)
        refused = self._known.refused(row.row)
        return PlannedRow(row.row, Outcome.NEW, name, like=like, not_person=refused)

    def _known_like(self, row: int) -> list[Pair]:
        return [pair for pair in self._by_row.get(row, ()) if pair.known in self._people]

    def _is_same(self, pair: Pair, row: SheetRow) -> bool:
        """Whether a known person is taken for the row's: name and more agree, nothing contradicts.

        Names that only resemble each other are those of twins who share a mailbox.
        """
        if SAME_NAME not in pair.reasons or len(pair.reasons) < _SURE or pair.known is None:
            return False
        found = agreement(describe_row(row, self._headings), self._people[pair.known].described)
        return found.name is Names.SAME and found.born is not False

    def _survivors(self) -> dict[int, int]:
        """Row to the row that counts among all rows of one person: the first finished one."""
        heads: dict[int, int] = {}
        groups: dict[int, list[SheetRow]] = {}
        for row in self._sheet.rows:
            if row.skipped:
                continue
            other = row.duplicate_of if row.row in self._joined else None
            heads[row.row] = head = heads.get(other or row.row, row.row)
            groups.setdefault(head, []).append(row)
        firsts = {
            head: next((r.row for r in rows if not _is_unfinished(r)), head)
            for head, rows in groups.items()
        }
        return {row: firsts[head] for row, head in heads.items()}


_SURE = 2  # the name and something else


def _whose(match: Match) -> Whose:
    one = match.earlier.stored
    reasons, against = reasons_of(match)
    return Whose(one.id, one.uid, one.code, one.state, one.person_id, one.name, reasons, against)


def _is_unfinished(row: SheetRow) -> bool:
    return any(issue.code == INCOMPLETE for issue in row.issues)
