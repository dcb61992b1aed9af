"""What was recorded of people's presence: day lists, registers, and arrivals at the desk."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.expression import SQLColumnExpression

from schoolapp.base import clock
from schoolapp.domain.attendance import ATTENDED, AttendanceMark, AttendanceState, DayPresence
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Arrival, Participation
from schoolapp.domain.presence import Recorded
from schoolapp.domain.programme import Session, SessionState
from schoolapp.operations.attendance.marking import ONLINE
from schoolapp.storage.selecting import AnySelect, fetch
from schoolapp.storage.store import DbSession

_DATE_LENGTH = len("2027-10-23")
_MISSED = (AttendanceState.ABSENT, AttendanceState.EXCUSED)


class Head(NamedTuple):
    """A gathering as reports of presence name it."""

    titles: dict[str, str]
    tz: str
    first_day: dt.date
    last_day: dt.date


def arrivals_of(session: DbSession, gathering_id: int) -> tuple[Head | None, dict[int, Recorded]]:
    """The gathering, and by participation the days of its arrivals and departures: one statement.

    The head is None for a gathering that is not there.
    """
    rows = fetch(
        session,
        sa.select(
            Gathering.titles,
            Gathering.tz,
            Gathering.start_date,
            Gathering.end_date,
            Arrival.participation_id,
            Arrival.came_at,
            Arrival.left_at,
        )
        .outerjoin(Participation, Participation.gathering_id == Gathering.id)
        .outerjoin(Arrival, Arrival.participation_id == Participation.id)
        .where(Gathering.id == gathering_id),
    )
    found: dict[int, Recorded] = defaultdict(Recorded)
    head = None
    for titles, tz, first_day, last_day, key, came, left in rows:
        head = head or Head(titles, tz, first_day, last_day)
        if key is not None and came is not None:
            gone = None if left is None else clock.to_wall(left, head.tz).date()
            found[key].arrivals.append((clock.to_wall(came, head.tz).date(), gone))
    return head, found


def add_lists_and_registers(
    session: DbSession, gathering_id: int, found: dict[int, Recorded]
) -> None:
    """Add what day lists and registers say, by participation: one statement.

    A register that is lost says nothing, nor does one of a cancelled session. People who were
    present online attended, but were not on site.
    """
    rows = fetch(session, sa.union_all(_registers(gathering_id), _lists(gathering_id)))
    for of_list, moment, seen, unseen in rows:
        day = dt.date.fromisoformat(str(moment)[:_DATE_LENGTH])
        for text, there in ((unseen, False), (seen, True)):
            for key in map(int, (text or "").split()):
                if of_list:
                    found[key].listed[day] = there
                else:
                    found[key].note_session(day, there)


def _registers(gathering_id: int) -> AnySelect:
    """A row for each register: its session's start, who came and who did not, as keys in a text."""
    m = AttendanceMark
    came = sa.and_(m.status.in_(ATTENDED), m.method != ONLINE)
    missed = m.status.in_(_MISSED) | sa.and_(m.status.in_(ATTENDED), m.method == ONLINE)
    return (
        sa.select(
            sa.literal(0),
            sa.cast(Session.start_local, sa.String),
            _keys(came, m.participation_id),
            _keys(missed, m.participation_id),
        )
        .select_from(m)
        .join(Session, Session.id == m.session_id)
        .where(
            Session.gathering_id == gathering_id,
            Session.register,
            ~Session.register_lost,
            Session.state != SessionState.CANCELLED,
        )
        .group_by(Session.id, Session.start_local)
    )


def _lists(gathering_id: int) -> AnySelect:
    """A row for each day list: its date, who was there and who was not, as keys in a text."""
    d = DayPresence
    return (
        sa.select(
            sa.literal(1),
            sa.cast(d.date, sa.String),
            _keys(d.on_site, d.participation_id),
            _keys(~d.on_site, d.participation_id),
        )
        .select_from(d)
        .join(Participation, Participation.id == d.participation_id)
        .where(Participation.gathering_id == gathering_id)
        .group_by(d.date)
    )


def _keys(
    where: SQLColumnExpression[bool], key: SQLColumnExpression[int]
) -> SQLColumnExpression[str]:
    """Those keys of a group for which this holds, in one text: fewer rows are read in less time."""
    return sa.func.aggregate_strings(sa.case((where, sa.cast(key, sa.String))), " ")
