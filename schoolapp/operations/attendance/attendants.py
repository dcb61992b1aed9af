"""People who may be in a session: participants of a gathering with their stays and modules."""

import datetime as dt
from dataclasses import dataclass, field

import sqlalchemy as sa

from schoolapp.domain.applications import Application
from schoolapp.domain.attendance import applies, in_modules
from schoolapp.domain.certificates import Certificate
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import ModuleAttended, Participation, ParticipationState, Stay
from schoolapp.domain.people import Person
from schoolapp.domain.reports import Details
from schoolapp.domain.text import fold
from schoolapp.storage.selecting import AnySelect, cells_of, fetch
from schoolapp.storage.store import DbSession

_CANCELLED = ParticipationState.CANCELLED
"""Compared thousands of times: looking it up in its class each time would be slower."""


@dataclass(slots=True)
class Attendant:
    """A participant as registers see one; stays are wall times of the gathering's zone.

    ``other_names`` are the native name and the one of the passport, so that both can be searched.
    ``alias`` replaces any name on what is printed or exported (E61), empty where there is none.
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
    def order(self) -> str:
        """What people are sorted by where others read it: an alias must not stand at the place of
        the name that it hides."""
        return fold(self.alias) if self.alias else self.sort_name

    @property
    def own_delegation(self) -> tuple[str, int]:
        """The delegation to sort and to count by: two of them may have one name (E30)."""
        return self.delegation, self.delegation_id or 0

    @property
    def native_name(self) -> str:
        """The name in its own script on what leaves the program; nothing beside an alias."""
        return "" if self.alias or self.details is None else self.details.native_name

    def is_there_throughout(self, first: dt.datetime, last: dt.datetime) -> bool:
        """Whether every session between two wall times applies, so that none has to be checked."""
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
    chosen = _WITH_DETAILS if details else _STATEMENT
    people: dict[int, Attendant] = {}
    for row in fetch(session, chosen.where(Participation.gathering_id == gathering_id)):
        person = people.get(row[0])
        if person is None:
            person = Attendant(*cells_of(_OWN, row[:_STAY_AT]))
            people[person.id] = person
            if details:
                known = cells_of(_OF_PERSON, row[_PERSON_AT:_PART_AT])
                person.details = Details(*known, *cells_of(_OF_PART, row[_PART_AT:]))
        arrival, departure, module_id = cells_of(_STAY, row[_STAY_AT:_PERSON_AT])
        if arrival is not None and (arrival, departure) not in person.stays:
            person.stays.append((arrival, departure))
        if module_id is not None:
            person.modules |= {module_id}
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


_text = sa.func.coalesce


def _organisation() -> sa.ScalarSelect[str]:
    """Where somebody belongs, as the newest application to the gathering says."""
    return (
        sa.select(_text(Application.organisation, ""))
        .where(
            Application.gathering_id == Participation.gathering_id,
            Application.person_id == Participation.person_id,
            Application.organisation.is_not(None),
        )
        .order_by(Application.id.desc())
        .limit(1)
        .correlate(Participation)
        .scalar_subquery()
    )


# A long row is typed in parts, so that mypy compares each with the fields that it fills.
_OWN = sa.select(
    Participation.id,
    Person.uid,
    Person.display_name,
    Person.sort_name,
    _text(Person.native_name, "")
    .concat(" ")
    .concat(_text(Person.passport_name, ""))
    .concat(" ")
    .concat(_text(Person.badge_name, "")),
    _text(Person.badge_name, ""),
    Participation.state,
    _text(Delegation.name, ""),
    _text(Participation.language_group, ""),
    Participation.delegation_id,
)
_STAY = sa.select(
    Stay.arrival,
    Stay.departure,
    ModuleAttended.module_id,
)
"""A person has as many rows as stays and modules, and one without any."""
_OF_PERSON = sa.select(
    _text(Person.country, ""),
    _text(Person.email, ""),
    _text(Person.gender, ""),
    Person.born,
    Person.born_partly,
    _text(Person.native_name, ""),
)
_OF_PART = sa.select(
    _text(_organisation(), ""),
    _text(Participation.diet, ""),
    _text(Participation.access, ""),
    _certificate(),
)
_STAY_AT = len(_OWN.selected_columns)
_PERSON_AT = _STAY_AT + len(_STAY.selected_columns)
_PART_AT = _PERSON_AT + len(_OF_PERSON.selected_columns)
_STATEMENT: AnySelect = (
    sa.select(*_OWN.selected_columns, *_STAY.selected_columns)
    .join(Person, Person.id == Participation.person_id)
    .outerjoin(Delegation, Delegation.id == Participation.delegation_id)
    .outerjoin(Stay, Stay.participation_id == Participation.id)
    .outerjoin(ModuleAttended, ModuleAttended.participation_id == Participation.id)
    .order_by(Person.sort_name, Person.uid, Stay.arrival)
)
_WITH_DETAILS = _STATEMENT.add_columns(*_OF_PERSON.selected_columns, *_OF_PART.selected_columns)
