"""People who may be in a session: participants of a gathering with their stays and modules."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.domain.attendance import applies, in_modules
from schoolapp.domain.certificates import Certificate
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import ModuleAttended, Participation, ParticipationState, Stay
from schoolapp.domain.people import Person
from schoolapp.domain.reports import Details
from schoolapp.storage.selecting import cells_of, fetch
from schoolapp.storage.store import DbSession

_CANCELLED = ParticipationState.CANCELLED
"""Asked for thousands of times, for which reading it off its class takes longer."""


class _AttendantRow(NamedTuple):
    """A participant with one stay and one module, of which there may be more or none."""

    id: int
    uid: str
    name: str
    sort_name: str
    other_names: str
    alias: str
    state: ParticipationState
    delegation: str
    language_group: str
    delegation_id: int | None
    arrival: dt.datetime | None
    departure: dt.datetime | None
    module_id: int | None


@dataclass(slots=True)
class Attendant:
    """A participant as registers see one; stays are wall times of the gathering's zone.

    ``other_names`` are the native name and the one of the passport, so that both can be searched.
    ``alias`` stands instead of any name on what is printed or exported (E61), empty where there is
    none.
    """

    id: int
    uid: str
    name: str
    sort_name: str
    other_names: str
    alias: str
    state: ParticipationState
    delegation: str
    language_group: str
    delegation_id: int | None = None
    stays: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)
    modules: frozenset[int] = frozenset()
    details: Details | None = None

    @property
    def known_as(self) -> str:
        """The name on what leaves the program."""
        return self.alias or self.name

    @property
    def own_delegation(self) -> tuple[str, int]:
        """The delegation to sort and to count by: two of them may have one name (E30)."""
        return self.delegation, self.delegation_id or 0

    @property
    def native_name(self) -> str:
        """The name in its own script on what leaves the program; nothing beside an alias."""
        return "" if self.alias or self.details is None else self.details.native_name

    def is_there_throughout(self, first: dt.datetime, last: dt.datetime) -> bool:
        """Whether every session between two wall times applies, so that none need be asked for."""
        return not self.modules and self.is_there(first, last, None)

    def is_there(self, start: dt.datetime, end: dt.datetime, module_id: int | None) -> bool:
        """Whether a session of these wall times and module applies to this person."""
        return (
            self.state is not _CANCELLED
            and applies(start, end, self.stays)
            and in_modules(module_id, self.modules)
        )


def attendants(
    session: DbSession, gathering_id: int, *, details: bool = False
) -> dict[int, Attendant]:
    """Everybody who takes part in a gathering, by the id of the participation, sorted by name.

    ``details`` are read only where they are asked for: some are sensitive.
    """
    people: dict[int, Attendant] = {}
    for row, more in _rows(session, gathering_id, details=details):
        person = people.get(row.id)
        if person is None:
            # the first ten are those of the person, in the same order
            person = people[row.id] = Attendant(*row[:10], details=more)
        if row.arrival is not None and row.departure is not None:
            stay = (row.arrival, row.departure)
            if stay not in person.stays:
                person.stays.append(stay)
        if row.module_id is not None:
            person.modules |= {row.module_id}
    return people


def _certificate() -> sa.ScalarSelect[int]:
    """The number of somebody's certificate of the gathering."""
    return (
        sa.select(Certificate.number)
        .join(Gathering, Gathering.code == Certificate.gathering_code)
        .where(
            Gathering.id == Participation.gathering_id,
            Certificate.person_uid == Person.uid,
            Certificate.signed != "",
        )
        .correlate(Participation, Person)
        .scalar_subquery()
    )


_OWN = len(_AttendantRow._fields)


def _rows(
    session: DbSession, gathering_id: int, *, details: bool
) -> Iterator[tuple[_AttendantRow, Details | None]]:
    """The rows of everybody, by name; the columns of ``Details`` follow the others."""
    text = sa.func.coalesce
    statement = (
        sa.select(
            Participation.id,
            Person.uid,
            Person.display_name,
            Person.sort_name,
            text(Person.native_name, "")
            .concat(" ")
            .concat(text(Person.passport_name, ""))
            .concat(" ")
            .concat(text(Person.badge_name, "")),
            text(Person.badge_name, ""),
            Participation.state,
            text(Delegation.name, ""),
            text(Participation.language_group, ""),
            Participation.delegation_id,
            Stay.arrival,
            Stay.departure,
            ModuleAttended.module_id,
        )
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(Delegation, Delegation.id == Participation.delegation_id)
        .outerjoin(Stay, Stay.participation_id == Participation.id)
        .outerjoin(ModuleAttended, ModuleAttended.participation_id == Participation.id)
        .where(Participation.gathering_id == gathering_id)
        .order_by(Person.sort_name, Person.uid, Stay.arrival)
    )
    if not details:
        for row in fetch(session, statement):
            yield _AttendantRow._make(row), None
        return
    # typed apart in two parts, so that mypy says which detail is not read
    of_person = sa.select(
        text(Person.country, ""),
        text(Person.email, ""),
        text(Person.pronouns, ""),
        Person.born,
        Person.born_partly,
        text(Person.native_name, ""),
    )
    of_stay = sa.select(
        text(Participation.diet, ""),
        text(Participation.access, ""),
        _certificate(),
    )
    end = _OWN + len(of_person.selected_columns)
    more = statement.add_columns(*of_person.selected_columns, *of_stay.selected_columns)
    for row in fetch(session, more):
        known = Details(*cells_of(of_person, row[_OWN:end]), *cells_of(of_stay, row[end:]))
        yield _AttendantRow._make(row[:_OWN]), known
