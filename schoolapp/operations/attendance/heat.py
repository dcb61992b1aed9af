"""The heat map: minutes of each person in each session, or how many came on each day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import sqlalchemy as sa

from schoolapp.domain.attendance import ATTENDED, AttendanceMark, AttendanceState
from schoolapp.domain.participation import ParticipationState
from schoolapp.domain.programme import Session, SessionState
from schoolapp.operations.attendance.attendants import attendants
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

HeatBy = Literal["person", "day"]
Cell = tuple[int, float] | None
"""A number and its share of what could be, 0 to 1; None where nothing is known or applies."""


@dataclass(frozen=True, slots=True)
class HeatSession:
    """A session of the map; ``start`` is a wall time of the gathering's zone."""

    id: int
    title: str
    start: dt.datetime
    minutes: int
    lost: bool


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows of cells.

    By ``person``: ``names`` are people, each cell the minutes of one of ``sessions``. By ``day``:
    ``days`` are the rows, and cell ``n`` how many came to the ``n``-th of its ``slots``.
    """

    by: HeatBy
    names: tuple[str, ...]
    days: tuple[dt.date, ...]
    sessions: tuple[HeatSession, ...]
    slots: tuple[tuple[HeatSession, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]


def heat_map(session: DbSession, *, gathering_id: int, by: HeatBy) -> HeatMap:
    """The heat map of a gathering, in two or three statements whatever its size."""
    sessions = _sessions(session, gathering_id)
    marks = _marks(session, gathering_id)
    if by == "day":
        return _by_day(sessions, marks)
    people = [
        (one.id, one.name)
        for one in attendants(session, gathering_id).values()
        if one.state != ParticipationState.CANCELLED
        or any(one.id in noted for noted in marks.values())
    ]
    cells = tuple(
        tuple(_minutes(slot, marks.get(slot.id, {}).get(key)) for slot in sessions)
        for key, _name in people
    )
    return HeatMap("person", tuple(name for _key, name in people), (), sessions, (), cells)


Noted = tuple[AttendanceState, int]
"""Status and minutes of somebody in a session."""


def _sessions(session: DbSession, gathering_id: int) -> tuple[HeatSession, ...]:
    rows = fetch(
        session,
        sa.select(
            Session.id,
            Session.title,
            Session.start_local,
            Session.start_utc,
            Session.end_utc,
            Session.register_lost,
        )
        .where(
            Session.gathering_id == gathering_id,
            Session.register,
            Session.state != SessionState.CANCELLED,
        )
        .order_by(Session.start_local, Session.no),
    )
    return tuple(
        HeatSession(key, title, start, int((ends - begins).total_seconds()) // 60, lost)
        for key, title, start, begins, ends, lost in rows
    )


def _marks(session: DbSession, gathering_id: int) -> dict[int, dict[int, Noted]]:
    """Status and minutes by session and person."""
    rows = fetch(
        session,
        sa.select(
            AttendanceMark.session_id,
            AttendanceMark.participation_id,
            AttendanceMark.status,
            AttendanceMark.minutes,
        )
        .join(Session, Session.id == AttendanceMark.session_id)
        .where(Session.gathering_id == gathering_id),
    )
    noted: dict[int, dict[int, Noted]] = {}
    for session_id, key, status, minutes in rows:
        noted.setdefault(session_id, {})[key] = (status, minutes)
    return noted


def _minutes(slot: HeatSession, noted: Noted | None) -> Cell:
    if noted is None or slot.lost:
        return None
    status, noted_minutes = noted
    if status is AttendanceState.NOT_APPLICABLE:
        return None
    minutes = noted_minutes if status in ATTENDED else 0
    return minutes, minutes / max(slot.minutes, 1)


def _by_day(sessions: Sequence[HeatSession], marks: dict[int, dict[int, Noted]]) -> HeatMap:
    days: list[dt.date] = []
    slots: list[tuple[HeatSession, ...]] = []
    for day, found in groupby(sessions, key=lambda slot: slot.start.date()):
        days.append(day)
        slots.append(tuple(found))
    cells = tuple(tuple(_came(slot, marks.get(slot.id, {})) for slot in row) for row in slots)
    return HeatMap("day", (), tuple(days), (), tuple(slots), cells)


def _came(slot: HeatSession, noted: dict[int, Noted]) -> Cell:
    known = [s for s, _minutes in noted.values() if s is not AttendanceState.NOT_APPLICABLE]
    if slot.lost or not known:
        return None
    came = sum(status in ATTENDED for status in known)
    return came, came / len(known)
