"""Names that a delegation's leader sends back: what the file would change, then the change.

The file for the leader holds a line for each place, with a hidden code where it has a name. Suppose
that the delegation has P01 Ana Pérez, P02 Bo Lind and P03 Cy Roth. The leader sends back:

    code  name        born              outcome
    P01   Ana Pérez   1999-04-02        changed: it says when Ana was born, which was not known
    P02   Dan Okoro                     other_person: Bo's line with another name; nothing changes
    P02   Cy Roth     2000-05-06        other_code: Cy's line with Bo's code; nothing changes
          Bo Lind     1998-07-08        perhaps: Bo's birth date is not known, the name says little
          Eva Novak   2001-01-01        known: an Eva Novak born that day is in the database
          Eva Novak   2001-01-01        twice: a line above is this person already
          Fay Adu                       new

The plan adds two people (known, new) and renews one. Of a member who is not in the file it says
that he is absent; he keeps his place: giving it to somebody else is ``replacing``. A list that was
sorted without its hidden column has the codes of others: whatever it says changes nobody.
"""

import enum
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schoolapp.base.language import _, mark
from schoolapp.domain.delegations import Delegation, Quota
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.identity import Described, Names, agreement
from schoolapp.domain.participation import Participation, Stay, whole_stay
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow
from schoolapp.exchange.applications.duplicates import SAME_NAME
from schoolapp.exchange.sheets.delegation_names import place_of, sentence_of
from schoolapp.operations.applications.differing import FieldChange
from schoolapp.operations.applications.earlier import Headings, describe_row, people_described
from schoolapp.operations.applications.planning import name_of
from schoolapp.operations.delegations.participants import (
    Member,
    differences,
    doubtful_fields,
    doubts,
    misfits,
    participants_of,
)
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant
from schoolapp.operations.people.prices import price_in
from schoolapp.storage.store import DbSession

NAMESAKE = mark("Somebody of this name with another birth date has a place already.")
_SURE = 2  # reasons, the name among them


class NameOutcome(enum.StrEnum):
    """What becomes of a line."""

    NEW = "new"
    KNOWN = "known"
    MEMBER = "member"
    CHANGED = "changed"
    OTHER_PERSON = "other_person"
    OTHER_CODE = "other_code"
    PERHAPS = "perhaps"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A line of the file; ``line`` counts as the spreadsheet does.

    ``changes`` are the fields of a member that the file says otherwise, ``troubles`` sentences that
    name the cell. ``code_of`` is the name of the person whose hidden code the line has, if it is
    not the line's own.
    """

    row: int
    line: int
    name: str
    outcome: NameOutcome
    person_id: int | None = None
    participation_id: int | None = None
    changes: tuple[FieldChange, ...] = ()
    troubles: tuple[str, ...] = ()
    code_of: str | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that the line changes."""
        return tuple(change.field for change in self.changes)

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should look at the line: a cell is in doubt, or the line changes nothing
        although it may have been meant to."""
        settled = (NameOutcome.NEW, NameOutcome.KNOWN, NameOutcome.MEMBER, NameOutcome.CHANGED)
        return bool(self.troubles) or self.outcome not in settled

    @property
    def is_quiet(self) -> bool:
        """Whether the line is as it is known."""
        return self.outcome is NameOutcome.MEMBER and not self.troubles


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


def plan_names(session: DbSession, *, delegation_id: int, sheet: ImportedSheet) -> NamesPlan:
    """What taking these names would do, without doing it.

    A line is somebody's if the hidden code and the name agree; without a code, if the name agrees
    and the birth date or an address. A line with the code of one person and the name of another
    changes nothing: replacing is a step of its own, and a list that was sorted without its hidden
    column says nothing sure. Nor does a name alone. Doubtful cells are named and change nothing.
    """
    delegation = session.get_one(Delegation, delegation_id)
    planner = _Planner(session, delegation, sheet)
    rows = tuple(planner.row(row) for row in sheet.rows if not _is_spare(row, sheet))
    found = {row.person_id for row in rows}
    everybody = planner.members.by_person.values()
    mine = [member for member in everybody if member.delegation_id == delegation_id]
    absent = tuple(member.name for member in mine if member.person_id not in found)
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


class _Found(NamedTuple):
    """Whose a line is, so far as it is known, and what becomes of it."""

    outcome: NameOutcome
    person_id: int | None = None
    code_of: str | None = None


class _Planner:
    """Sorts the lines of one file; lines are asked for in their order."""

    def __init__(self, session: DbSession, delegation: Delegation, sheet: ImportedSheet) -> None:
        self._delegation, self._sheet = delegation, sheet
        self._headings = Headings(sheet.mapping.columns)
        self._rows = {row.row: row for row in sheet.rows}
        self.members = participants_of(session, delegation.gathering_id)
        alike = [pair for pair in sheet.pairs if pair.known and SAME_NAME in pair.reasons]
        self._people = people_described(session, [pair.known for pair in alike if pair.known])
        self._alike: dict[int, list[int]] = {}
        for pair in alike:
            if pair.known in self._people and len(pair.reasons) >= _SURE:
                self._alike.setdefault(pair.row, []).append(pair.known)
        self._taken: set[int] = set()

    def row(self, row: SheetRow) -> NamedRow:
        """What becomes of one line."""
        name, line = name_of(row, self._sheet), self._sheet.header_row + row.row
        troubles = [place_of(issue, row.row, self._sheet) for issue in doubts(row)]
        if row.skipped or not (row.person.full_name or row.person.native_name):
            return NamedRow(row.row, line, name, NameOutcome.LEFT_OUT, troubles=tuple(troubles))
        found = self._found(row, describe_row(row, self._headings))
        member = self.members.by_person.get(found.person_id or 0)
        outcome = found.outcome
        changes: tuple[FieldChange, ...] = ()
        if member is not None and outcome is NameOutcome.MEMBER:
            changes = differences(member, row)
            outcome = NameOutcome.CHANGED if changes else NameOutcome.MEMBER
            troubles += [
                sentence_of(row.row, _(words), self._sheet) for words in misfits(member, row)
            ]
        if outcome is NameOutcome.NEW and self._has_namesake(row):
            troubles.append(sentence_of(row.row, _(NAMESAKE), self._sheet))
        if found.person_id is not None:
            self._taken.add(found.person_id)
        key = member.id if member else None
        return NamedRow(row.row, line, name, outcome, found.person_id, key, changes,
                        tuple(troubles), found.code_of)  # fmt: skip

    def _found(self, row: SheetRow, who: Described) -> _Found:
        coded = self.members.of_code(row.source_id)
        if coded is None:
            return self._of_name(row, who)
        if self.members.owns(who, coded):
            return self._place(coded)
        owner = self._sure(who)
        if owner is not None:
            return _Found(NameOutcome.OTHER_CODE, owner.person_id, coded.name)
        return _Found(NameOutcome.OTHER_PERSON, coded.person_id, coded.name)

    def _of_name(self, row: SheetRow, who: Described) -> _Found:
        """Whose a line without a code is: a member's, a known person's, or of somebody new."""
        if (owner := self._sure(who)) is not None:
            return self._place(owner)
        known = next((key for key in self._alike.get(row.row, ()) if self._is(who, key)), None)
        if known is not None:
            member = self.members.by_person.get(known)
            return self._place(member) if member else self._once(NameOutcome.KNOWN, known)
        mine = [one for one in self.members.namesakes(who) if self._is_mine(one)]
        maybe = next((one for one in mine if self.members.may_be(who, one)), None)
        if maybe is not None:
            return self._perhaps(maybe, row)
        twice = row.duplicate_of is not None and self._repeats(who, row.duplicate_of)
        return _Found(NameOutcome.TWICE if twice else NameOutcome.NEW)

    def _place(self, member: Member) -> _Found:
        """A line of somebody who has a place."""
        mine = self._is_mine(member)
        return self._once(NameOutcome.MEMBER if mine else NameOutcome.ELSEWHERE, member.person_id)

    def _once(self, outcome: NameOutcome, person_id: int) -> _Found:
        return _Found(NameOutcome.TWICE if person_id in self._taken else outcome, person_id)

    def _perhaps(self, member: Member, row: SheetRow) -> _Found:
        """A line of a member's name that says no more: nobody is asked if it changes nothing."""
        if differences(member, row) and member.person_id not in self._taken:
            return _Found(NameOutcome.PERHAPS, member.person_id)
        return self._place(member)

    def _sure(self, who: Described) -> Member | None:
        """Whose a line is by name, with birth date or address; of the delegation first."""
        sure = [one for one in self.members.namesakes(who) if self.members.is_sure(who, one)]
        return min(sure, key=lambda one: (not self._is_mine(one), one.id), default=None)

    def _is(self, who: Described, person_id: int) -> bool:
        found = agreement(who, self._people[person_id].described)
        return found.name is Names.SAME and found.born is not False

    def _repeats(self, who: Described, row: int) -> bool:
        """Whether a line above is this person: twins of like names are two people."""
        found = agreement(who, describe_row(self._rows[row], self._headings))
        return found.name is Names.SAME and found.born is not False

    def _has_namesake(self, row: SheetRow) -> bool:
        who = describe_row(row, self._headings)
        return any(self._is_mine(one) for one in self.members.namesakes(who))

    def _is_mine(self, member: Member) -> bool:
        return member.delegation_id == self._delegation.id


def _is_spare(row: SheetRow, sheet: ImportedSheet) -> bool:
    """Whether a line was left empty: nothing in it but the delegation that stood there."""
    fields = sheet.mapping.columns
    return not any(text.strip() for h, text in row.raw.items() if fields.get(h) != "delegation")


def _add(session: DbSession, delegation: Delegation, row: NamedRow, said: SheetRow) -> None:
    person_id = row.person_id
    if person_id is None:
        person_id = save_person(session, draft=_person(row, said))
    key = add_participant(session, gathering_id=delegation.gathering_id, person_id=person_id)
    part = session.get_one(Participation, key)
    part.delegation_id = delegation.id
    gathering = session.get_one(Gathering, delegation.gathering_id)
    if (price := price_in(gathering, delegation.fee_band)) is not None:
        part.fee = price
    doubtful = doubtful_fields(said)
    _answer(part, said, [name for name, field in _ANSWERS.items() if field not in doubtful])


_ANSWERS = {"needs_visa": "visa", "first_time": "first_time", "arrival": "arrival",
            "departure": "departure"}  # fmt: skip
"""What a line answers, by the field of the sheet."""


def _person(row: NamedRow, said: SheetRow) -> PersonDraft:
    """Somebody new, as far as the line says it beyond doubt."""
    who, doubtful = said.person, doubtful_fields(said)
    is_dated, is_reached = "born" not in doubtful, "email" not in doubtful
    return PersonDraft(
        display_name=row.name,
        given=who.given,
        family=who.family,
        native_name=who.native_name,
        born=who.born if is_dated else None,
        born_partly=who.born_partly,
        email=who.email if is_reached else None,
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
