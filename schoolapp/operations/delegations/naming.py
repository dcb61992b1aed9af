"""Names that a delegation's leader sends back: what the file would change, then the change.

The file for the leader holds a line for each place, with a hidden code where it has a name. Suppose
that the delegation has P01 Ana Pérez, P02 Bo Lind and P03 Cy Roth. The leader sends back:

    code  name        born              outcome
    P01   Ana Pérez   1999-04-02        changed: it says when Ana was born, which was not known
    P02   Dan Okoro                     other_person: Bo's line with another name; nothing changes
          Eva Novak   2001-01-01        known: an Eva Novak born that day is in the database
          Eva Novak   2001-01-01        twice: a line above is this person already
          Fay Adu                       new

The plan adds two people (known, new), renews one, and says of Cy, who is not in the file, that he
is absent; he keeps his place: giving it to somebody else is ``replacing``.
"""

import datetime as dt
import enum
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.delegations import Delegation, Quota
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation, ParticipationState, Stay, whole_stay
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow
from schoolapp.exchange.applications.duplicates import SAME_NAME
from schoolapp.exchange.sheets.delegation_names import place_of
from schoolapp.operations.applications.planning import name_of
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

QUIET = frozenset({"name_one_word", "name_initials", "name_non_latin_only", "minor",
                   "email_missing", "whitespace", "unicode_nfd", "missing_languages"})  # fmt: skip
"""Marks of a cell that nobody has to check in a list of names."""
_SURE = 2  # reasons, the name among them


class NameOutcome(enum.StrEnum):
    """What becomes of a line."""

    NEW = "new"
    KNOWN = "known"
    MEMBER = "member"
    CHANGED = "changed"
    OTHER_PERSON = "other_person"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A line of the file; ``line`` counts as the spreadsheet does.

    ``changed`` are the fields of a member that the file says otherwise, ``troubles`` sentences that
    name the cell.
    """

    row: int
    line: int
    name: str
    outcome: NameOutcome
    person_id: int | None = None
    participation_id: int | None = None
    changed: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesPlan:
    """What a leader's file would change; ``token`` stands for exactly this plan.

    ``absent`` are the names of members who are not in the file: they keep their place. ``seats``
    is the number agreed upon, or None.
    """

    delegation: str
    rows: tuple[NamedRow, ...]
    absent: tuple[str, ...]
    named: int
    seats: int | None
    token: str

    @property
    def added(self) -> int:
        """How many people get a place."""
        return sum(row.outcome in (NameOutcome.NEW, NameOutcome.KNOWN) for row in self.rows)


class _Place(NamedTuple):
    """A place in the gathering as it is now."""

    id: int
    person_id: int
    delegation_id: int | None
    code: str
    name: str
    born: dt.date | None
    email: str | None
    needs_visa: bool | None
    first_time: bool | None
    born_partly: str | None
    comes_at: dt.datetime | None
    leaves_at: dt.datetime | None

    @property
    def arrival(self) -> dt.date | None:
        """The first day of the first stay."""
        return None if self.comes_at is None else self.comes_at.date()

    @property
    def departure(self) -> dt.date | None:
        """The last day of the last stay."""
        return None if self.leaves_at is None else self.leaves_at.date()


def plan_names(session: DbSession, *, delegation_id: int, sheet: ImportedSheet) -> NamesPlan:
    """What taking these names would do, without doing it.

    A line is somebody's by the hidden code, else a member's by the same name, else anybody's by the
    name with something else in common. A line with the code of one person and the name of another
    changes nothing: replacing is a step of its own. Doubtful cells are named and change nothing.
    """
    delegation = session.get_one(Delegation, delegation_id)
    planner = _Planner(session, delegation, sheet)
    rows = tuple(planner.row(row) for row in sheet.rows if not _is_spare(row, sheet))
    found = {row.person_id for row in rows}
    mine = [place for place in planner.places.values() if place.delegation_id == delegation_id]
    absent = tuple(place.name for place in mine if place.person_id not in found)
    seats = next((q.number for q in delegation.quotas if q.kind is Quota.SEATS), None)
    added = sum(row.outcome in (NameOutcome.NEW, NameOutcome.KNOWN) for row in rows)
    shown = repr((delegation_id, rows, absent, len(mine), sheet.rows))
    token = hashlib.sha256(shown.encode()).hexdigest()
    return NamesPlan(delegation.name, rows, absent, len(mine) + added, seats, token)


def apply_names(session: DbSession, *, delegation_id: int, sheet: ImportedSheet, token: str) -> int:
    """Do what the plan of this token says; answers how many people got a place.

    ``RuleBroken`` if it would be another plan by now.
    """
    plan = plan_names(session, delegation_id=delegation_id, sheet=sheet)
    if plan.token != token:
        raise RuleBroken(
            mark("Something changed since the plan was shown. Look at it again, then import.")
        )
    delegation = session.get_one(Delegation, delegation_id)
    said = {row.row: row for row in sheet.rows}
    for row in plan.rows:
        if row.outcome in (NameOutcome.NEW, NameOutcome.KNOWN):
            _add(session, delegation, row, said[row.row])
        elif row.outcome is NameOutcome.CHANGED:
            _renew(session, row, said[row.row])
    session.flush()
    return plan.added


class _Planner:
    """Sorts the lines of one file; lines are asked for in their order."""

    def __init__(self, session: DbSession, delegation: Delegation, sheet: ImportedSheet) -> None:
        self._delegation, self._sheet = delegation, sheet
        self.places = {one.person_id: one for one in _places(session, delegation.gathering_id)}
        self._by_code = {one.code: one for one in self.places.values()}
        self._same = {
            pair.row: pair.known
            for pair in reversed(sheet.pairs)
            if pair.known and SAME_NAME in pair.reasons and len(pair.reasons) >= _SURE
        }
        self._taken: set[int] = set()

    def row(self, row: SheetRow) -> NamedRow:
        """What becomes of one line."""
        name, line = name_of(row, self._sheet), self._sheet.header_row + row.row
        troubles = tuple(
            place_of(issue, row.row, self._sheet) for issue in row.issues if issue.code not in QUIET
        )
        if row.skipped or not (row.person.full_name or row.person.native_name):
            return NamedRow(row.row, line, name, NameOutcome.LEFT_OUT, troubles=troubles)
        place = self._by_code.get(row.source_id or "") or self._of_name(row)
        person_id = place.person_id if place else self._same.get(row.row)
        place = place or self.places.get(person_id or 0)
        outcome, changed = self._outcome(row, person_id, place)
        if person_id is not None:
            self._taken.add(person_id)
        key = place.id if place else None
        return NamedRow(row.row, line, name, outcome, person_id, key, changed, troubles)

    def _of_name(self, row: SheetRow) -> _Place | None:
        """The member of exactly this name, if nothing contradicts it: a file that comes again."""
        name = fold(row.person.full_name or row.person.native_name or "")
        for place in self.places.values():
            mine = place.delegation_id == self._delegation.id
            if mine and fold(place.name) == name and not _contradicts(place, row):
                return place
        return None

    def _outcome(
        self, row: SheetRow, person_id: int | None, place: _Place | None
    ) -> tuple[NameOutcome, tuple[str, ...]]:
        if (person_id in self._taken) or (person_id is None and row.duplicate_of is not None):
            return NameOutcome.TWICE, ()
        if person_id is None:
            return NameOutcome.NEW, ()
        if place is None:
            return NameOutcome.KNOWN, ()
        if place.delegation_id != self._delegation.id:
            return NameOutcome.ELSEWHERE, ()
        if not _is_like(place, row):
            return NameOutcome.OTHER_PERSON, ()
        changed = _differences(place, row)
        return (NameOutcome.CHANGED if changed else NameOutcome.MEMBER), changed


def _is_spare(row: SheetRow, sheet: ImportedSheet) -> bool:
    """Whether a line was left empty: nothing in it but the delegation that stood there."""
    fields = sheet.mapping.columns
    return not any(text.strip() for h, text in row.raw.items() if fields.get(h) != "delegation")


def _contradicts(place: _Place, row: SheetRow) -> bool:
    """Whether the line's birth date differs from that of the person of the same name."""
    return None not in (place.born, row.person.born) and place.born != row.person.born


def _is_like(place: _Place, row: SheetRow) -> bool:
    """Whether a line with somebody's code may still be that person: a word of the name, or born."""
    words = set(fold(row.person.full_name or row.person.native_name or "").split())
    return bool(words & set(fold(place.name).split())) or (
        place.born is not None and place.born == row.person.born
    )


def _differences(place: _Place, row: SheetRow) -> tuple[str, ...]:
    partly = row.person.born_partly if place.born is None else None
    compared = (
        ("name", row.person.full_name, place.name),
        ("born", row.person.born, place.born),
        ("email", row.person.email, place.email),
        ("born_partly", partly, place.born_partly),
        ("needs_visa", row.answers.needs_visa, place.needs_visa),
        ("first_time", row.answers.first_time, place.first_time),
        ("arrival", row.answers.arrival, place.arrival),
        ("departure", row.answers.departure, place.departure),
    )
    return tuple(name for name, said, known in compared if said not in (None, known))


def _places(session: DbSession, gathering_id: int) -> Sequence[_Place]:
    p = Participation
    rows = fetch(
        session,
        sa.select(
            p.id,
            p.person_id,
            p.delegation_id,
            Person.code,
            Person.display_name,
            Person.born,
            Person.email,
            p.needs_visa,
            p.first_time,
            Person.born_partly,
            sa.func.min(Stay.arrival),
            sa.func.max(Stay.departure),
        )
        .join(Person, Person.id == p.person_id)
        .outerjoin(Stay, Stay.participation_id == p.id)
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
        .group_by(p.id, Person.id)
        .order_by(Person.sort_name, Person.uid),
    )
    return [_Place._make(row) for row in rows]


def _add(session: DbSession, delegation: Delegation, row: NamedRow, said: SheetRow) -> None:
    person_id = row.person_id
    if person_id is None:
        person_id = save_person(session, draft=_person(row, said))
    key = add_participant(session, gathering_id=delegation.gathering_id, person_id=person_id)
    part = session.get_one(Participation, key)
    part.delegation_id = delegation.id
    if (price := _price(session, delegation)) is not None:
        part.fee = price
    _answer(part, said, ("needs_visa", "first_time", "arrival", "departure"))


def _price(session: DbSession, delegation: Delegation) -> Money | None:
    gathering = session.get_one(Gathering, delegation.gathering_id)
    return next((p.price for p in gathering.prices if p.band == delegation.fee_band), None)


def _person(row: NamedRow, said: SheetRow) -> PersonDraft:
    who = said.person
    return PersonDraft(
        display_name=row.name,
        given=who.given,
        family=who.family,
        native_name=who.native_name,
        born=who.born,
        born_partly=who.born_partly,
        email=who.email,
    )


def _renew(session: DbSession, row: NamedRow, said: SheetRow) -> None:
    part = session.get_one(Participation, row.participation_id)
    person = session.get_one(Person, row.person_id)
    if "born" in row.changed:
        person.born = said.person.born
    if "born_partly" in row.changed:
        person.born_partly = said.person.born_partly
    if "email" in row.changed:
        person.email = said.person.email
    if person.born is not None:
        person.born_partly = None
    if "name" in row.changed:
        person.display_name = row.name
        person.given, person.family = said.person.given, said.person.family
    person.index_names()
    _answer(part, said, row.changed)


def _answer(part: Participation, said: SheetRow, wanted: Sequence[str]) -> None:
    """Take over the answers with yes or no and the days of the stay, as far as they are sure."""
    answers = said.answers
    if "needs_visa" in wanted and answers.needs_visa is not None:
        part.needs_visa = answers.needs_visa
    if "first_time" in wanted and answers.first_time is not None:
        part.first_time = answers.first_time
    first = answers.arrival if "arrival" in wanted else None
    last = answers.departure if "departure" in wanted else None
    if (first is None and last is None) or not part.stays:
        return
    begin, end = part.stays[0], part.stays[-1]
    arrival, departure = whole_stay(first or begin.arrival.date(), last or end.departure.date())
    comes = arrival if first else begin.arrival
    leaves = departure if last else end.departure
    if leaves <= comes or len(part.stays) > 1:
        return  # several stays are arranged by hand
    part.stays = [Stay(arrival=comes, departure=leaves)]
