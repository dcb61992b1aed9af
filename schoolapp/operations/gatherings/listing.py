"""Which gatherings there are, and the figures of one."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select

from schoolapp.base.language import mark
from schoolapp.domain.applications import SEATED, Application, ApplicationState
from schoolapp.domain.funding import Subsidy
from schoolapp.domain.gatherings import Deadline, Gathering, GatheringState, title_in
from schoolapp.domain.participation import Engagement, Participation
from schoolapp.domain.programme import Session
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
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

    ``by_state`` counts applications, ``seated`` those that have or had a place. ``taking_part`` are
    participants who have not cancelled, ``present`` those of them who came, ``invited`` those who
    never applied: they take a place too. ``deadlines`` are name and date, the next one first.
    """

    row: GatheringRow
    capacity: int
    seated: int
    by_state: dict[ApplicationState, int]
    taking_part: int
    present: int
    invited: int
    staff: int
    deadlines: tuple[tuple[str, dt.date], ...]

    @property
    def confirmed(self) -> int:
        """How many said that they will come, or came."""
        return sum(self.by_state.get(state, 0) for state in CONFIRMED) + self.invited

    @property
    def left(self) -> int:
        """How many places are free; negative when more were given than there are."""
        return self.capacity - self.seated - self.invited


def list_gatherings(session: DbSession, *, language: str = "en") -> tuple[GatheringRow, ...]:
    """All gatherings, by code."""
    return tuple(_row(row, language) for row in session.execute(_query().order_by(Gathering.code)))


def gathering_rows(
    session: DbSession, ids: list[int], *, language: str = "en"
) -> dict[int, GatheringRow]:
    """These gatherings by key."""
    found = session.execute(_query().where(Gathering.id.in_(ids)))
    return {row.id: _row(row, language) for row in found}


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringsView:
    """Which gatherings a table shows; ``sort`` is a field of ``GatheringRow``."""

    search: str = ""
    state: str = ""
    language: str = "en"
    sort: str = "start_date"
    descending: bool = True


def gathering_ids(session: DbSession, view: GatheringsView) -> list[int]:
    """The keys of the gatherings a table shows, in its order."""
    rows = [row for row in _found(session, view) if view.state in ("", row.state)]
    rows.sort(key=lambda row: row.code)
    rows.sort(key=lambda row: _sortable(getattr(row, view.sort)), reverse=view.descending)
    return [row.id for row in rows]


def state_counts(session: DbSession, view: GatheringsView) -> dict[str, int]:
    """How many gatherings of a view are in each state, ``""`` for all."""
    states = [row.state.value for row in _found(session, view)]
    return {"": len(states), **Counter(states)}


def _found(session: DbSession, view: GatheringsView) -> list[GatheringRow]:
    # Titles are kept by language, so they are looked through here: there are dozens, not thousands.
    rows = [_row(row, view.language) for row in session.execute(_query())]
    words = fold(view.search).split()
    return [row for row in rows if all(word in _searched(row) for word in words)]


def _searched(row: GatheringRow) -> str:
    return fold(f"{row.title} {row.code} {row.city} {row.start_date.year}")


def _sortable(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def gathering_row(session: DbSession, *, code: str, language: str = "en") -> GatheringRow:
    """The gathering with this code; ``RuleBroken`` if there is none."""
    row = session.execute(_query().where(Gathering.code == code)).one_or_none()
    if row is None:
        raise RuleBroken(
            mark("There is no gathering with the code {code}: see the list of gatherings."),
            code=code,
        )
    return _row(row, language)


def overview(session: DbSession, *, gathering_id: int, today: dt.date, language: str) -> Overview:
    """The key figures and next dates of a gathering; three statements."""
    query = _query().add_columns(Gathering.capacity, *_presence())
    query = query.where(Gathering.id == gathering_id)
    row = session.execute(query).one()
    counted = (
        select(Application.state, func.count().label("number"))
        .where(Application.gathering_id == gathering_id)
        .group_by(Application.state)
    )
    by_state = {row.state: row.number for row in session.execute(counted)}
    dates = (
        select(Deadline.name, Deadline.date)
        .where(Deadline.gathering_id == gathering_id)
        .order_by(Deadline.date < today, Deadline.date)
    )
    return Overview(
        _row(row, language),
        row.capacity,
        sum(count for state, count in by_state.items() if state in SEATED),
        by_state,
        row.taking_part,
        row.present,
        row.invited,
        row.staff,
        tuple((name, date) for name, date in session.execute(dates)),
    )


def _presence() -> list[Any]:
    """How many take part, came, came without an application, work here; as columns."""
    p, a = Participation, Application
    mine = select(func.count()).select_from(p).where(p.gathering_id == Gathering.id)
    mine = mine.where(p.state != "cancelled")
    applied = exists().where(a.gathering_id == p.gathering_id, a.person_id == p.person_id)
    staff = select(func.count(func.distinct(Engagement.person_id)))
    return [
        mine.scalar_subquery().label("taking_part"),
        mine.where(p.state.in_(("present", "completed"))).scalar_subquery().label("present"),
        mine.where(~applied).scalar_subquery().label("invited"),
        staff.where(Engagement.gathering_id == Gathering.id).scalar_subquery().label("staff"),
    ]


def _query() -> Any:
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
        *(_count(entity) for entity in (Session, Participation, Application, Subsidy)),
    )


def _count(entity: Any) -> Any:
    counted = select(func.count()).select_from(entity)
    return (
        counted.where(entity.gathering_id == Gathering.id)
        .scalar_subquery()
        .label(entity.__tablename__)
    )


def _row(row: Any, language: str) -> GatheringRow:
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
        row.venue_city,
        row.session,
        row.participation,
        row.application,
        row.subsidy,
    )
