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
says that it is not (``apart``), it is ``new``. Whatever is decided makes another plan with another
token, and ``importing`` does what the plan of a token says, or nothing.
"""

import enum
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base.language import _
from schoolapp.domain.applications import LIVE, Application
from schoolapp.domain.people import Person
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.drafts import ImportedSheet, Pair, SheetRow
from schoolapp.exchange.applications.duplicates import SAME_NAME
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
class PlannedRow:
    """A row and what becomes of it.

    ``person_id`` is the person it is about, if known already; ``application_id`` the application
    that it was imported as before. ``of_row`` is the row that a duplicate may repeat; a duplicate
    without it is of somebody who has applied already. ``merged`` says that it is one person for
    sure: somebody decided so, or a known person has applied. ``like`` names a known person who is
    alike: for the reader, never a decision. ``changed`` are the fields that differ from the row as
    it was imported before.
    """

    row: int
    outcome: Outcome
    name: str
    person_id: int | None = None
    application_id: int | None = None
    of_row: int | None = None
    merged: bool = False
    like: str | None = None
    changed: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class _Before:
    """An application that is there already, and the row it came from."""

    id: int
    person_id: int
    live: bool
    file: str | None
    row: int | None
    raw: dict[str, str]


def plan_import(
    session: DbSession,
    *,
    gathering_id: int,
    sheet: ImportedSheet,
    apart: Collection[int] = (),
    joined: Collection[int] = (),
) -> ImportPlan:
    """What importing the sheet would do, without doing it.

    ``apart`` are rows that somebody said are of nobody else, however alike; ``joined``
    those that somebody said to be of the person whom they resemble most. If nothing was said, a row
    that resembles another one stays a person of its own, shown as a duplicate to decide upon. A row
    that was imported before is recognised by its cells, by the number that its form gave it, or by
    its place in a file of the same name; it is ``same`` or ``changed`` and never imported again.
    """
    planner = _Planner(session, gathering_id, sheet, frozenset(apart), frozenset(joined))
    rows = tuple(planner.row(row) for row in sheet.rows)
    doubtful = sum(bool(row.issues) and not row.skipped for row in sheet.rows)
    shown = repr((gathering_id, sheet.file, rows, sheet.rows, sorted(apart)))
    return ImportPlan(sheet.file, rows, doubtful, hashlib.sha256(shown.encode()).hexdigest())


def name_of(row: SheetRow, sheet: ImportedSheet) -> str:
    """The name shown for a row's person: as understood, else in the words of the form itself.

    Where the form holds a formula instead of a name, the row is named by its number.
    """
    person = row.person
    sure = person.full_name or person.native_name
    fields = ("full_name", "given", "family")
    if any(issue.code.startswith("formula") and issue.field in fields for issue in row.issues):
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
    ) -> None:
        self._sheet, self._apart, self._joined = sheet, apart, joined
        before = list(_before(session, gathering_id))
        self._by_cells = {_cells(old.raw): old for old in before if old.raw}
        self._id_heading = next(
            (h for h, field in sheet.mapping.columns.items() if field == "source_id"), None
        )
        self._by_source = {
            number: old for old in before if (number := old.raw.get(self._id_heading or ""))
        }
        self._by_place = {(old.file, old.row): old for old in before if old.row is not None}
        self._applied = {old.person_id for old in before if old.live}
        self._pairs = [pair for pair in sheet.pairs if pair.row not in apart]
        self._names = _names(session, [pair.known for pair in self._pairs if pair.known])
        self._by_row: dict[int, list[Pair]] = {}
        for pair in self._pairs:
            self._by_row.setdefault(pair.row, []).append(pair)
        self._first = self._survivors()

    def row(self, row: SheetRow) -> PlannedRow:
        """What becomes of one row."""
        name = name_of(row, self._sheet)
        if row.skipped:
            return PlannedRow(row.row, Outcome.LEFT_OUT, name)
        old = self._imported(row)
        if old is not None:
            changed = self._differences(old, row)
            outcome = Outcome.CHANGED if changed else Outcome.SAME
            return PlannedRow(row.row, outcome, name, old.person_id, old.id, changed=changed)
        first = self._first.get(row.row)
        if first is not None and first != row.row:
            return PlannedRow(row.row, Outcome.DUPLICATE, name, of_row=first, merged=True)
        alike = self._known_like(row.row)
        known = next((p.known for p in alike if _is_same(p) or row.row in self._joined), None)
        if known is not None:
            again = known in self._applied
            self._applied.add(known)
            outcome = Outcome.DUPLICATE if again else Outcome.KNOWN
            return PlannedRow(row.row, outcome, name, known, merged=again)
        if row.duplicate_of is not None and row.row not in self._apart:
            return PlannedRow(row.row, Outcome.DUPLICATE, name, of_row=row.duplicate_of)
        like = next((self._names[pair.known] for pair in alike if pair.known), None)
        return PlannedRow(row.row, Outcome.NEW, name, like=like)

    def _known_like(self, row: int) -> list[Pair]:
        return [pair for pair in self._by_row.get(row, ()) if pair.known in self._names]

    def _imported(self, row: SheetRow) -> _Before | None:
        same = self._by_cells.get(_cells(row.raw))
        if same is not None:
            return same
        if self._id_heading is not None:
            old = self._by_source.get(row.raw.get(self._id_heading, ""))
        else:
            old = self._by_place.get((self._sheet.file, row.row))
        return old if old is not None and self._is_of_same(old, row) else None

    def _is_of_same(self, old: _Before, row: SheetRow) -> bool:
        """Whether an earlier row may be a state of this one: name or address did not change."""
        naming = [h for h, f in self._sheet.mapping.columns.items() if f in _NAMING]
        return any(
            row.raw.get(heading, "") and fold(old.raw.get(heading, "")) == fold(row.raw[heading])
            for heading in naming
        )

    def _differences(self, old: _Before, row: SheetRow) -> tuple[str, ...]:
        differ = (
            field or heading
            for heading, field in self._sheet.mapping.columns.items()
            if old.raw.get(heading, "") != row.raw.get(heading, "")
        )
        return tuple(dict.fromkeys(differ))

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


_NAMING = ("full_name", "given", "family", "email")
_SURE = 2  # the name and something else


def _is_same(pair: Pair) -> bool:
    """Whether a known person is taken for the row's: the same name and something else agree."""
    return SAME_NAME in pair.reasons and len(pair.reasons) >= _SURE


def _is_unfinished(row: SheetRow) -> bool:
    return any(issue.code == INCOMPLETE for issue in row.issues)


def _cells(raw: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(raw.items()))


def _before(session: DbSession, gathering_id: int) -> Iterable[_Before]:
    rows = session.execute(
        sa.select(
            Application.id,
            Application.person_id,
            Application.state,
            Application.source_file,
            Application.source_row,
            Application.raw,
        )
        .where(Application.gathering_id == gathering_id)
        .order_by(Application.id)
    )
    for key, person_id, state, file, row, raw in rows:
        yield _Before(key, person_id, state in LIVE, file, row, raw or {})


def _names(session: DbSession, ids: list[int]) -> dict[int, str]:
    people = sa.select(Person.id, Person.display_name).where(
        Person.id.in_(ids), Person.merged_into_id.is_(None)
    )
    return dict(session.execute(people).all())
