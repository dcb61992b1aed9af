"""The people of a gathering as a leader's file is compared with them, and what a line changes."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.identity import Described, Names, addresses_of, agreement, names_of
from schoolapp.domain.participation import Participation, ParticipationState, Stay
from schoolapp.domain.people import Person
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.drafts import Issue, SheetRow
from schoolapp.operations.applications.differing import FieldChange, Said
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

QUIET = frozenset({"name_one_word", "name_initials", "name_non_latin_only", "minor",
                   "email_missing", "whitespace", "unicode_nfd", "missing_languages"})  # fmt: skip
"""Marks of a cell that nobody has to check in a list of names."""
_READ = QUIET | {"date_text", "email_case", "email_trimmed", "name_title"}
"""Marks of a cell whose value is beyond doubt all the same."""
SEVERAL_STAYS = mark("There are several stays, which are arranged by hand: its days are not taken.")
OTHER_CALENDAR = mark(
    "The date of birth is four years and a day off, as it is between the two calendars of"
    " spreadsheets: it is not taken."
)
_CALENDARS = dt.timedelta(days=1462)  # from 1899-12-30 to 1904-01-01
NO_STAY = mark("The departure is not after the arrival: the days are not taken.")


class Member(NamedTuple):
    """A place in the gathering as it is now; ``stays`` is how many times the person comes."""

    id: int
    person_id: int
    delegation_id: int | None
    code: str
    name: str
    native_name: str | None
    born: dt.date | None
    born_partly: str | None
    email: str | None
    phone: str | None
    needs_visa: bool | None
    first_time: bool | None
    stays: int
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

    @property
    def described(self) -> Described:
        """The person, ready to be compared."""
        names = names_of(self.name, self.native_name)
        addresses = addresses_of((self.email,), (self.phone,))
        return Described(names, self.born, self.born_partly, addresses=addresses)


class Members:
    """The people of a gathering, found by code and by name."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.by_person = {one.person_id: one for one in members}
        self._by_code = {one.code: one for one in self.by_person.values()}
        self._described = {one.id: one.described for one in self.by_person.values()}
        self._by_name: dict[str, list[Member]] = {}
        for one in self.by_person.values():
            for name in self._described[one.id].names:
                self._by_name.setdefault(name, []).append(one)

    def of_code(self, code: str | None) -> Member | None:
        """The person whose hidden code a line has."""
        return self._by_code.get((code or "").strip())

    def namesakes(self, who: Described) -> list[Member]:
        """The people of exactly this name."""
        found = {one.id: one for name in who.names for one in self._by_name.get(name, ())}
        return list(found.values())

    def is_sure(self, who: Described, one: Member) -> bool:
        """Whether a line is this person's: the name, with the birth date or an address."""
        return agreement(who, self._described[one.id]).is_sure

    def may_be(self, who: Described, one: Member) -> bool:
        """Whether a line of exactly this name may be this person's: nothing contradicts."""
        return agreement(who, self._described[one.id]).born is not False

    def owns(self, who: Described, one: Member) -> bool:
        """Whether a line with the code of this person is the person's own.

        The name has to agree as well, or to be another spelling of it while the birth date does not
        contradict; and nobody else may be described better.
        """
        found = agreement(who, self._described[one.id])
        rivals = [other for other in self.namesakes(who) if other.id != one.id]
        if found.name is Names.SAME:
            return found.is_sure or not any(self.is_sure(who, other) for other in rivals)
        return found.name is Names.LIKE and found.born is not False and not rivals


def participants_of(session: DbSession, gathering_id: int) -> Members:
    """Everybody who has a place in a gathering; one statement."""
    p = Participation
    rows = fetch(
        session,
        sa.select(
            p.id, p.person_id, p.delegation_id, Person.code, Person.display_name,
            Person.native_name, Person.born, Person.born_partly, Person.email, Person.phone,
            p.needs_visa, p.first_time, sa.func.count(Stay.id), sa.func.min(Stay.arrival),
            sa.func.max(Stay.departure),
        )
        .join(Person, Person.id == p.person_id)
        .outerjoin(Stay, Stay.participation_id == p.id)
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
        .group_by(p.id, Person.id)
        .order_by(Person.sort_name, Person.uid),
    )  # fmt: skip
    return Members(Member._make(row) for row in rows)


def doubtful_fields(row: SheetRow) -> frozenset[str]:
    """The fields of a line whose cells are in doubt: they change nothing."""
    return frozenset(issue.field for issue in row.issues if issue.code not in _READ)


def doubts(row: SheetRow) -> tuple[Issue, ...]:
    """What somebody should look at in a line: one thing a cell, if one says it better."""
    marked = {issue.field for issue in row.issues if issue.code not in _READ}
    return tuple(
        issue
        for issue in row.issues
        if issue.code not in QUIET and not (issue.code in _READ and issue.field in marked)
    )


def differences(member: Member, row: SheetRow) -> tuple[FieldChange, ...]:
    """What a line says otherwise of its person, beyond doubt."""
    doubtful = doubtful_fields(row)
    return tuple(
        FieldChange(name, _plain(known), _plain(said))
        for name, field, said, known in _compared(member, row)
        if said not in (None, known) and field not in doubtful
    )


def misfits(member: Member, row: SheetRow) -> tuple[str, ...]:
    """Sentences about what a line says well and nobody can take."""
    found = (_stay_misfit(member, row), OTHER_CALENDAR if _is_shifted(member, row) else None)
    return tuple(sentence for sentence in found if sentence)


def _is_shifted(member: Member, row: SheetRow) -> bool:
    """Whether the birth date went through a workbook that counts its days from 1904."""
    said, known = row.person.born, member.born
    if said is None or known is None or "born" in doubtful_fields(row):
        return False
    return abs(said - known) == _CALENDARS


def _stay_misfit(member: Member, row: SheetRow) -> str | None:
    """Why the days that a line says cannot be taken; None if they can."""
    doubtful = doubtful_fields(row)
    said = row.answers
    first = None if "arrival" in doubtful else said.arrival
    last = None if "departure" in doubtful else said.departure
    if first in (None, member.arrival) and last in (None, member.departure):
        return None
    if member.stays > 1:
        return SEVERAL_STAYS
    comes, leaves = first or member.arrival, last or member.departure
    return NO_STAY if comes and leaves and leaves < comes else None


def _compared(member: Member, row: SheetRow) -> Iterator[tuple[str, str, object, object]]:
    """What is compared: its name, the field of the sheet, what the line says, what is known.

    A part of a birth date is marked as no whole date, and is beyond doubt all the same.
    """
    who, said = row.person, row.answers
    name = who.full_name if who.full_name and is_correction(member.name, who.full_name) else None
    partly = who.born_partly if member.born is None else None
    yield "name", "full_name", name, member.name
    yield "born", "born", None if _is_shifted(member, row) else who.born, member.born
    yield "email", "email", who.email, member.email
    yield "born_partly", "", partly, member.born_partly
    yield "needs_visa", "visa", said.needs_visa, member.needs_visa
    yield "first_time", "first_time", said.first_time, member.first_time
    if _stay_misfit(member, row) is None:
        yield "arrival", "arrival", said.arrival, member.arrival
        yield "departure", "departure", said.departure, member.departure


def is_correction(known: str, said: str) -> bool:
    """Whether a name is written better: not only without accents, or in another order."""
    if names_of(known) != names_of(said):
        return True
    plainer = said.isascii() and not known.isascii()
    return fold(known) == fold(said) and not plainer


def _plain(value: object) -> Said:
    """A value in plain words."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str | bool) else None
