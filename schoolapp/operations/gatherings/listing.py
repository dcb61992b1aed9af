"""Which gatherings there are, and the figures of one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from schoolapp.domain.applications import SEATED, Application, ApplicationState
from schoolapp.domain.funding import Subsidy
from schoolapp.domain.gatherings import Deadline, Gathering, GatheringState, title_in
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session
from schoolapp.domain.rules import RuleBroken
from schoolapp.language import mark
from schoolapp.storage.store import DbSession


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

    ``by_state`` counts applications; ``deadlines`` are name and date, the next one first.
    """

    row: GatheringRow
    capacity: int
    seated: int
    by_state: dict[ApplicationState, int]
    deadlines: tuple[tuple[str, dt.date], ...]


def list_gatherings(session: DbSession, *, language: str = "en") -> tuple[GatheringRow, ...]:
    """All gatherings, by code."""
    return tuple(_row(row, language) for row in session.execute(_query().order_by(Gathering.code)))


def gathering_rows(
    session: DbSession, ids: list[int], *, language: str = "en"
) -> dict[int, GatheringRow]:
    """These gatherings by key."""
    found = session.execute(_query().where(Gathering.id.in_(ids)))
    return {row.id: _row(row, language) for row in found}


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
    query = _query().add_columns(Gathering.capacity).where(Gathering.id == gathering_id)
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
        tuple((name, date) for name, date in session.execute(dates)),
    )


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
