"""When people and rooms are taken elsewhere, as calendars of their own say."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.calendars import BusyTime
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.programme import Session
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.store import DbSession

Span = tuple[dt.datetime, dt.datetime]


class Window(NamedTuple):
    """From when to when a calendar matters, in UTC, and the gathering's zone."""

    first: dt.datetime
    last: dt.datetime
    tz: str


def window_of(session: DbSession, *, gathering_id: int) -> Window:
    """From when to when a calendar matters for a gathering, in UTC, and the gathering's zone."""
    g = Gathering
    start, end, tz = session.execute(
        sa.select(
            g.start_date,
            g.end_date,
            g.tz,
        ).where(g.id == gathering_id)
    ).one()
    midnight, day = dt.time(), dt.timedelta(days=1)
    return Window(
        first=clock.to_utc(dt.datetime.combine(start, midnight), tz),
        last=clock.to_utc(dt.datetime.combine(end + day, midnight), tz),
        tz=tz,
    )


def own_uids(session: DbSession, *, gathering_id: int) -> frozenset[str]:
    """The UIDs of a gathering and its sessions: accepting one of ours makes nobody busy."""
    mine = sa.select(Session.uid).where(Session.gathering_id == gathering_id)
    whole = sa.select(Gathering.uid).where(Gathering.id == gathering_id)
    return frozenset(session.scalars(sa.union_all(mine, whole)))


def take_busy_times(
    session: DbSession,
    *,
    spans: Sequence[Span],
    source: str,
    window: Span,
    person_id: int | None = None,
    room_id: int | None = None,
) -> int:
    """Note when a person or a room is taken, aware moments; answers how many times there are.

    What the same ``source`` said before of the time inside ``window`` is replaced.
    """
    owner = BusyTime.person_id == person_id if room_id is None else BusyTime.room_id == room_id
    before = sa.select(BusyTime).where(
        owner, BusyTime.source == source, meets(BusyTime.start_utc, BusyTime.end_utc, *window)
    )
    for row in session.scalars(before).all():
        session.delete(row)
    session.flush()
    rows = [
        {
            "person_id": person_id,
            "room_id": room_id,
            "start_utc": start.astimezone(dt.UTC),
            "end_utc": end.astimezone(dt.UTC),
            "source": source,
        }
        for start, end in spans
    ]
    insert_rows(session, BusyTime, rows)
    return len(rows)


def forget_busy_times(
    session: DbSession, *, person_id: int | None = None, room_id: int | None = None
) -> None:
    """Forget when a person or a room is taken, before either of them is removed."""
    owner = BusyTime.person_id == person_id if room_id is None else BusyTime.room_id == room_id
    for row in session.scalars(sa.select(BusyTime).where(owner)).all():
        session.delete(row)
    session.flush()


Moment = sa.SQLColumnExpression[dt.datetime] | dt.datetime


def meets(
    start: sa.SQLColumnExpression[dt.datetime],
    end: sa.SQLColumnExpression[dt.datetime],
    first: Moment,
    last: Moment,
) -> sa.ColumnElement[bool]:
    """Whether two times share a moment; ends are not part of a time."""
    return sa.and_(start < last, end > first)
