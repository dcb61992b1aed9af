"""Which gatherings there are, and the figures of one."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ScalarSelect, exists, func, select

from schoolapp.base.language import mark
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.base import Base
from schoolapp.domain.funding import Subsidy
from schoolapp.domain.gatherings import Deadline, Gathering, GatheringKind, GatheringState, title_in
from schoolapp.domain.participation import Engagement, Participation, ParticipationState
from schoolapp.domain.programme import Session
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.operations.applications.seats import seats_of
from schoolapp.operations.arrivals.seen import has_arrived, has_attended
from schoolapp.operations.people.prices import has_no_price
from schoolapp.storage.selecting import AnySelect, fetch
from schoolapp.storage.store import DbSession

S = ApplicationState
CONFIRMED = (S.CONFIRMED, S.VISA_PENDING, S.CHECKED_IN, S.COMPLETED)


@dataclass(frozen=True, slots=True)
class GatheringRow:
    """A gathering in a list; the counts are of all sessions (cancelled ones too) and people."""

    id: int
    code: str
    title: str
    kind: str
    start_date: dt.date
    end_date: dt.date
    tz: str
    currency: str
    state: GatheringState
    city: str
    sessions: int
    participants: int
    applications: int
    subsidies: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What Home shows of one gathering.

    ``by_state`` counts applications. ``left`` places are free, for all of the gathering; it is
    negative when more were given than there are, and who has ``completed`` holds none any more.
    ``taking_part`` are participants who have not cancelled, ``arrived`` those of them whom desk,
    list or register have seen, ``attended`` those who were in a session; ``invited`` are those who
    never applied: they take a place too. ``unpriced`` are those whose fee nobody knows yet.
    ``deadlines`` are name and date, the next one first.
    """

    row: GatheringRow
    capacity: int
    left: int
    completed: int
    by_state: dict[ApplicationState, int]
    taking_part: int
    arrived: int
    attended: int
    invited: int
    unpriced: int
    staff: int
    deadlines: tuple[tuple[str, dt.date], ...]

    @property
    def confirmed(self) -> int:
        """How many said that they will come, or came."""
        return sum(self.by_state.get(state, 0) for state in CONFIRMED) + self.invited


def list_gatherings(session: DbSession, *, language: str = "en") -> tuple[GatheringRow, ...]:
    """All gatherings, by code."""
    return tuple(_rows(session, _query().order_by(Gathering.code), language))


def gathering_rows(
    session: DbSession, ids: list[int], *, language: str = "en"
) -> dict[int, GatheringRow]:
    """These gatherings by key."""
    return {row.id: row for row in _rows(session, _query().where(Gathering.id.in_(ids)), language)}


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringsView:
    """Which gatherings a table shows; ``sort`` is one of ``_KEYS``."""

    search: str = ""
    state: str = ""
    language: str = "en"
    sort: str = "start_date"
    descending: bool = True


def gathering_ids(session: DbSession, view: GatheringsView) -> list[int]:
    """The keys of the gatherings a table shows, in its order."""
    rows = [row for row in _found(session, view) if view.state in ("", row.state)]
    rows.sort(key=lambda row: row.code)
    rows.sort(key=_KEYS[view.sort], reverse=view.descending)
    return [row.id for row in rows]


def state_counts(session: DbSession, view: GatheringsView) -> dict[str, int]:
    """How many gatherings of a view are in each state, ``""`` for all."""
    states = [row.state.value for row in _found(session, view)]
    return {"": len(states), **Counter(states)}


def _found(session: DbSession, view: GatheringsView) -> list[GatheringRow]:
    # Titles are kept by language, so they are looked through here: there are dozens, not thousands.
    rows = _rows(session, _query(), view.language)
    words = fold(view.search).split()
    return [row for row in rows if all(word in _searched(row) for word in words)]


def _searched(row: GatheringRow) -> str:
    return fold(f"{row.title} {row.code} {row.city} {row.start_date.year}")


_KEYS: dict[str, Callable[[GatheringRow], str | int | dt.date]] = {
    "code": lambda row: fold(row.code),
    "title": lambda row: fold(row.title),
    "kind": lambda row: fold(row.kind),
    "start_date": lambda row: row.start_date,
    "end_date": lambda row: row.end_date,
    "state": lambda row: fold(row.state),
    "city": lambda row: fold(row.city),
    "sessions": lambda row: row.sessions,
    "participants": lambda row: row.participants,
    "applications": lambda row: row.applications,
    "subsidies": lambda row: row.subsidies,
}
"""What gatherings can be sorted by."""


def gathering_row(session: DbSession, *, code: str, language: str = "en") -> GatheringRow:
    """The gathering with this code; ``RuleBroken`` if there is none."""
    for row in _rows(session, _query().where(Gathering.code == code), language):
        return row
    raise RuleBroken(
        mark("There is no gathering with the code {code}: see the list of gatherings."), code=code
    )


def overview(session: DbSession, *, gathering_id: int, today: dt.date, language: str) -> Overview:
    """The key figures and next dates of a gathering; five statements, three for the places."""
    query = _with_presence(_query()).where(Gathering.id == gathering_id)
    found, own = session.execute(query).one(), len(_Gathering._fields)
    there = _Presence._make(found[own:])
    seats = seats_of(session, gathering_id=gathering_id)
    dates = (
        select(Deadline.name, Deadline.date)
        .where(Deadline.gathering_id == gathering_id)
        .order_by(Deadline.date < today, Deadline.date)
    )
    return Overview(
        _row(_Gathering._make(found[:own]), language),
        seats.capacity,
        seats.left,
        seats.completed,
        Counter(seats.states.values()),
        there.taking_part,
        there.arrived,
        there.attended,
        there.invited,
        there.unpriced,
        there.staff,
        tuple((name, date) for name, date in fetch(session, dates)),
    )


class _Presence(NamedTuple):
    """How many people take part, arrived, attended a session, never applied, have no price, work
    there."""

    taking_part: int
    arrived: int
    attended: int
    invited: int
    unpriced: int
    staff: int


def _with_presence(gatherings: AnySelect) -> AnySelect:
    """The statement with the columns of ``_Presence`` after its own."""
    p, a = Participation, Application
    mine = select(func.count()).select_from(p).where(p.gathering_id == Gathering.id)
    mine = mine.where(p.state != ParticipationState.CANCELLED)
    applied = exists().where(a.gathering_id == p.gathering_id, a.person_id == p.person_id)
    staff = select(func.count(func.distinct(Engagement.person_id)))
    return gatherings.add_columns(
        mine.scalar_subquery(),
        mine.where(has_arrived()).scalar_subquery(),
        mine.where(has_attended()).scalar_subquery(),
        mine.where(~applied).scalar_subquery(),
        mine.where(has_no_price()).scalar_subquery(),
        staff.where(Engagement.gathering_id == Gathering.id).scalar_subquery(),
    )


class _Gathering(NamedTuple):
    """A gathering with how many sessions, participants, applications and subsidies it has."""

    id: int
    code: str
    titles: dict[str, str]
    kind: GatheringKind
    start_date: dt.date
    end_date: dt.date
    tz: str
    currency: str
    state: GatheringState
    city: str
    sessions: int
    participants: int
    applications: int
    subsidies: int


def _query() -> AnySelect:
    g = Gathering
    return select(
        g.id,
        g.code,
        g.titles,
        g.kind,
        g.start_date,
        g.end_date,
        g.tz,
        g.currency,
        g.state,
        g.venue_city,
        _count(Session),
        _count(Participation),
        _count(Application),
        _count(Subsidy),
    )


def _count(entity: type[Base]) -> ScalarSelect[int]:
    """How many rows of these belong to the gathering."""
    table = entity.__table__
    counted = select(func.count()).select_from(table)
    return counted.where(table.c["gathering_id"] == Gathering.id).scalar_subquery()


def _rows(session: DbSession, query: AnySelect, language: str) -> list[GatheringRow]:
    return [_row(_Gathering._make(row), language) for row in fetch(session, query)]


def _row(row: _Gathering, language: str) -> GatheringRow:
    return GatheringRow(
        row.id,
        row.code,
        title_in(row.titles, language),
        row.kind.value,
        row.start_date,
        row.end_date,
        row.tz,
        row.currency,
        row.state,
        row.city,
        row.sessions,
        row.participants,
        row.applications,
        row.subsidies,
    )
