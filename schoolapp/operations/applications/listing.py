"""Applications as they are listed: the rows, their counts, the places left."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.expression import SQLColumnExpression

from schoolapp.base import clock
from schoolapp.domain.applications import (
    Application,
    ApplicationAnswer,
    ApplicationDoubt,
    ApplicationState,
    ApplicationStep,
    Counts,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.text import words_of
from schoolapp.operations.applications.seats import seats_of
from schoolapp.storage.search import MOST_WORDS, person_matches
from schoolapp.storage.selecting import Keyed, among, fetch, fetch_keys
from schoolapp.storage.store import DbSession

S = ApplicationState


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """Which applications of a gathering are listed, and in which order.

    Empty ``states`` mean all; None means that the fact does not matter. ``sort`` is a key of
    ``_ORDERS``, named as the property of ``ApplicationRow`` that is shown.
    """

    gathering_id: int
    search: str = ""
    states: frozenset[ApplicationState] = frozenset()
    delegation_id: int | None = None
    asks_subsidy: bool | None = None
    needs_visa: bool | None = None
    doubtful: bool = False
    sort: str = "name"
    descending: bool = False


class ApplicationRow(NamedTuple):
    """One line of the list, as the database has it; what is shown of it is read when it is shown.

    A tuple, because thousands are made and a window shows thirty.
    """

    id: int
    tags: str | None
    name: str
    delegation: str
    state_value: str
    country: str
    subsidy: bool | None
    visa: bool | None
    moment: dt.datetime | str | None
    tz: str
    waiting_rank: int | None
    issues: int
    gender: str
    organisation: str
    diet: str
    access: str
    first_time_value: bool | None
    consent_value: bool | None
    arrival_value: dt.date | str | None
    departure_value: dt.date | str | None
    codes: str
    nationality: str
    email: str
    said: Mapping[str, str] | None

    @property
    def state(self) -> ApplicationState:
        """Its state."""
        return _STATES[self.state_value]

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages that the person knows, in the person's order."""
        return tuple((self.tags or "").split())

    @property
    def asks_subsidy(self) -> bool | None:
        """Whether the person asks for one; None if that is not known."""
        return None if self.subsidy is None else bool(self.subsidy)

    @property
    def needs_visa(self) -> bool | None:
        """Whether the person needs one; None if that is not known."""
        return None if self.visa is None else bool(self.visa)

    @property
    def first_time(self) -> bool | None:
        """Whether the person says that this is their first time; None if that is not known."""
        return None if self.first_time_value is None else bool(self.first_time_value)

    @property
    def consent(self) -> bool | None:
        """Whether the person agreed to the privacy notice; None if that is not known."""
        return None if self.consent_value is None else bool(self.consent_value)

    @property
    def arrival(self) -> dt.date | None:
        """The day on which the person wants to come, if they said."""
        return _day(self.arrival_value)

    @property
    def departure(self) -> dt.date | None:
        """The day on which the person wants to leave, if they said."""
        return _day(self.departure_value)

    @property
    def answers(self) -> Mapping[str, str]:
        """Question to answer, of the questions that were asked for."""
        return self.said or NOTHING_SAID

    @property
    def modules(self) -> str:
        """The codes of the modules asked for, in one text."""
        return ", ".join(json.loads(self.codes))

    @property
    def submitted(self) -> dt.datetime | None:
        """When it came in, as wall time in the zone of the gathering."""
        if self.moment is None:
            return None
        utc = dt.datetime.fromisoformat(str(self.moment)).replace(tzinfo=dt.UTC)
        return clock.to_wall(utc, self.tz)

    @property
    def spoken(self) -> str:
        """The languages in one text."""
        return ", ".join(self.languages)


@dataclass(frozen=True, slots=True)
class FactCounts:
    """How many applications of a view ask for a subsidy, need a visa, have open doubts."""

    asks_subsidy: int
    needs_visa: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a gathering: how many there are, and how many are left for all of it.

    ``left`` is negative when more were given than there are. ``parts`` are the modules with the
    places left in each; ``held`` counts the places that are offered and not taken yet. People who
    have completed hold none any more.
    """

    capacity: int
    seated: int
    left: int
    counts: Counts
    parts: tuple[tuple[str, int], ...] = ()
    held: int = 0
    completed: int = 0


def application_ids(session: DbSession, view: ApplicationView) -> list[int]:
    """The keys of the applications of a view, in its order."""
    order = _ORDERS[view.sort]
    ranked: list[SQLColumnExpression[object]] = [order.desc() if view.descending else order]
    if view.sort != "name":
        ranked = [order.is_(None), *ranked, Person.sort_name]
    rows = sa.select(Application.id).join(Person, Person.id == Application.person_id)
    if view.sort == "delegation":  # only then: a join costs as much as the sorting
        rows = rows.outerjoin(Delegation, Delegation.id == Application.delegation_id)
    statement = rows.where(*_filters(session, view)).order_by(*ranked, Application.id)
    return fetch_keys(session, statement)


def application_rows(
    session: DbSession, ids: Sequence[int], questions: Sequence[str] = ()
) -> dict[int, ApplicationRow]:
    """The lines of these applications, with the answers to these ``questions``."""
    rows = {row.id: row for row in map(_row, _lines.stored(session, ids))}
    if questions:  # most lists ask none, and a row is dear to be made twice
        for key, said in _answers(session, ids, questions).items():
            rows[key] = rows[key]._replace(said=said)
    return rows


def asked_questions(session: DbSession, *, gathering_id: int) -> tuple[str, ...]:
    """The questions of one's own that the applications of a gathering answer, in their order."""
    a = ApplicationAnswer
    found = (
        sa.select(a.question)
        .join(Application, Application.id == a.application_id)
        .where(Application.gathering_id == gathering_id)
        .group_by(a.question)
        .order_by(sa.func.min(a.position), a.question)
    )
    return tuple(session.scalars(found))


def _answers(
    session: DbSession, ids: Sequence[int], questions: Sequence[str]
) -> dict[int, dict[str, str]]:
    a = ApplicationAnswer
    wanted = sa.select(
        a.application_id,
        a.question,
        a.answer,
    ).where(among(session, a.application_id, ids), among(session, a.question, questions))
    found: dict[int, dict[str, str]] = {}
    for key, question, answer in fetch(session, wanted):
        found.setdefault(key, {})[question] = answer
    return found


def state_counts(session: DbSession, view: ApplicationView) -> dict[ApplicationState, int]:
    """How many applications of a view are in each state; its own ``states`` are ignored."""
    statement = (
        sa.select(Application.state, sa.func.count())
        .join(Person, Person.id == Application.person_id)
        .where(*_filters(session, view, with_states=False))
        .group_by(Application.state)
    )
    return dict(session.execute(statement).all())


def fact_counts(session: DbSession, view: ApplicationView) -> FactCounts:
    """The numbers on the filters, and those of the view itself with its states."""
    plain = replace(view, asks_subsidy=None, needs_visa=None, doubtful=False)
    row = session.execute(
        sa.select(
            sa.func.count().filter(Application.asks_subsidy.is_(True)),
            sa.func.count().filter(Application.needs_visa.is_(True)),
            sa.func.count().filter(_is_doubtful),
        )
        .select_from(Application)
        .join(Person, Person.id == Application.person_id)
        .where(*_filters(session, plain))
    ).one()
    return FactCounts(*row)


def places(session: DbSession, *, gathering_id: int) -> Places:
    """How many places there are, how many are given, and who has confirmed or come."""
    seats = seats_of(session, gathering_id=gathering_id)
    states = Counter(seats.states.values())
    confirmed = (S.CONFIRMED, S.VISA_PENDING, S.CHECKED_IN, S.COMPLETED)
    counts = Counts(
        states.total() - states[S.MERGED],
        sum(states[state] for state in confirmed),
        states[S.CHECKED_IN] + states[S.COMPLETED],
    )
    parts = tuple((title, seats.left_in(code)) for code, title in seats.parts if code)
    return Places(
        capacity=seats.capacity,
        seated=seats.seated,
        left=seats.left,
        counts=counts,
        parts=parts,
        held=len(seats.held),
        completed=seats.completed,
    )


_submitted = (
    sa.select(sa.func.min(ApplicationStep.at))
    .where(
        ApplicationStep.application_id == Application.id,
        ApplicationStep.state == S.SUBMITTED.value,
    )
    .correlate(Application)
    .scalar_subquery()
)
_tongues = (
    sa.select(PersonLanguage.lang)
    .where(PersonLanguage.person_id == Person.id)
    .order_by(PersonLanguage.position)
    .correlate(Person)
    .subquery()
)
_spoken = sa.select(sa.func.aggregate_strings(_tongues.c.lang, " ")).scalar_subquery()
_doubt = sa.select(ApplicationDoubt.id).where(
    ApplicationDoubt.application_id == Application.id, ApplicationDoubt.settled_at.is_(None)
)
_is_doubtful = _doubt.correlate(Application).exists()
_open_doubts = (
    sa.select(sa.func.count(ApplicationDoubt.id))
    .where(ApplicationDoubt.application_id == Application.id, ApplicationDoubt.settled_at.is_(None))
    .correlate(Application)
    .scalar_subquery()
)
NOTHING_SAID: Mapping[str, str] = MappingProxyType({})
_STATES = {state.value: state for state in S}
# like its _make, without counting the values again
_row: Callable[[Iterable[object]], ApplicationRow] = partial(tuple.__new__, ApplicationRow)
_lines = Keyed(
    sa.select(
        Application.id,
        _spoken,
        Person.display_name,
        sa.func.coalesce(Delegation.name, ""),
        sa.type_coerce(Application.state, sa.String),
        sa.func.coalesce(Person.country, ""),
        Application.asks_subsidy,
        Application.needs_visa,
        sa.type_coerce(_submitted, sa.DateTime),
        Gathering.tz,
        Application.waiting_rank,
        _open_doubts,
        sa.func.coalesce(Person.gender, ""),
        sa.func.coalesce(Application.organisation, ""),
        sa.func.coalesce(Application.diet, ""),
        sa.func.coalesce(Application.access, ""),
        Application.first_time,
        Application.consent,
        Application.arrival,
        Application.departure,
        sa.cast(Application.module_codes, sa.String),
        sa.func.coalesce(Person.nationality, ""),
        sa.func.coalesce(Person.email, ""),
        sa.null(),  # in place of the answers, which have rows of their own
    )
    .join(Gathering, Gathering.id == Application.gathering_id)
    .join(Person, Person.id == Application.person_id)
    .outerjoin(Delegation, Delegation.id == Application.delegation_id),
    Application.id,
)
_ORDERS: dict[str, SQLColumnExpression[object]] = {
    "name": Person.sort_name,
    "delegation": Delegation.name,
    "state": sa.case(
        {s.value: n for n, s in enumerate(S)}, value=sa.cast(Application.state, sa.String)
    ),
    "country": Person.country,
    "asks_subsidy": Application.asks_subsidy,
    "needs_visa": Application.needs_visa,
    "submitted": _submitted,
    "waiting_rank": Application.waiting_rank,
    "issues": _open_doubts,
    "gender": Person.gender,
    "nationality": Person.nationality,
    "email": Person.email,
    "organisation": Application.organisation,
    "diet": Application.diet,
    "access": Application.access,
    "first_time": Application.first_time,
    "consent": Application.consent,
    "arrival": Application.arrival,
    "departure": Application.departure,
}


def _matches(session: DbSession, text: str) -> sa.ColumnElement[bool]:
    """Each word that was typed begins one of the person's names, or one that the person wrote."""
    words = words_of(text)[:MOST_WORDS]
    found = (
        sa.or_(
            person_matches(session, word), Application.search.contains(f" {word}", autoescape=True)
        )
        for word in words
    )
    return sa.and_(sa.true(), *found)


def _day(value: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _filters(
    session: DbSession, view: ApplicationView, *, with_states: bool = True
) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [Application.gathering_id == view.gathering_id]
    if view.search.strip():
        wanted.append(_matches(session, view.search))
    if view.states and with_states:
        wanted.append(Application.state.in_(view.states))
    if view.delegation_id is not None:
        wanted.append(Application.delegation_id == view.delegation_id)
    if view.asks_subsidy is not None:
        wanted.append(Application.asks_subsidy.is_(view.asks_subsidy))
    if view.needs_visa is not None:
        wanted.append(Application.needs_visa.is_(view.needs_visa))
    if view.doubtful:
        wanted.append(_is_doubtful)
    return wanted
