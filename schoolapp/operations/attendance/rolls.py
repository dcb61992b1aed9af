"""Registers as they are taken: the sessions with their registers, and the roll of one session."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.domain.attendance import FOR_EVERYBODY, AttendanceMark, AttendanceState
from schoolapp.domain.gatherings import Room
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.language import mark as marked
from schoolapp.operations.attendance.attendants import Attendant, attendants
from schoolapp.storage.store import DbSession


class RegisterState(enum.StrEnum):
    """What there is of a session's register."""

    NOT_KEPT = "not_kept"
    OPEN = "open"
    MARKED = "marked"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class RegisterSession:
    """A session and its register: how many are marked, of how many that are expected.

    ``expected`` is None where people choose freely to come. Times are wall times in ``tz``.
    """

    id: int
    uid: str
    title: str
    kind: str
    start: dt.datetime
    end: dt.datetime
    start_utc: dt.datetime
    end_utc: dt.datetime
    tz: str
    room: str
    register: RegisterState
    marked: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class RollRow:
    """A person on the roll; ``status`` is None as long as nothing is known.

    ``search`` is the folded text that a type-ahead box looks through.
    """

    id: int
    name: str
    search: str
    language_group: str
    delegation: str
    status: AttendanceState | None
    check_in: dt.datetime | None
    check_out: dt.datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of one session: everybody to whom it applies, and who was marked beside them."""

    session: RegisterSession
    rows: tuple[RollRow, ...]


def register_sessions(session: DbSession, *, gathering_id: int) -> tuple[RegisterSession, ...]:
    """The sessions of a gathering in the order of time, without the cancelled ones."""
    people = list(attendants(session, gathering_id).values())
    found = session.execute(_sessions().where(Session.gathering_id == gathering_id))
    return tuple(_register(row, people) for row in found)


def roll(session: DbSession, *, session_id: int) -> Roll:
    """The roll of one session, sorted by name; ``RuleBroken`` if it is gone or cancelled."""
    found = session.execute(
        _sessions().add_columns(Session.gathering_id).where(Session.id == session_id)
    ).first()
    if found is None:
        raise RuleBroken(marked("This session was cancelled or removed meanwhile."))
    *row, gathering_id = found
    people = attendants(session, gathering_id)
    marks = {
        key: rest
        for key, *rest in session.execute(
            sa.select(
                AttendanceMark.participation_id,
                AttendanceMark.status,
                AttendanceMark.check_in,
                AttendanceMark.check_out,
                AttendanceMark.minutes,
            ).where(AttendanceMark.session_id == session_id)
        )
    }
    kept = _register(row, list(people.values()))
    rows = (
        RollRow(p.id, p.name, p.search, p.language_group, p.delegation, *marks.get(p.id, _NOTHING))
        for p in people.values()
        if p.id in marks or p.is_there(kept.start, kept.end, row[_MODULE])
    )
    return Roll(kept, tuple(rows))


def session_at(sessions: Sequence[RegisterSession], now: dt.datetime) -> RegisterSession | None:
    """The session to open first: one that runs now, else the next one, else the last one.

    Only sessions that keep a register count; ``now`` is aware.
    """
    kept = [s for s in sessions if s.register is not RegisterState.NOT_KEPT]
    running = [s for s in kept if s.start_utc <= now < s.end_utc]
    coming = [s for s in kept if s.start_utc > now]
    return (running or coming or kept[::-1] or [None])[0]


_NOTHING = (None, None, None, 0)
_MODULE, _AUDIENCE, _KEPT, _LOST, _MARKED = 10, 11, 12, 13, 14


def _sessions() -> sa.Select[tuple[object, ...]]:
    count = (
        sa.select(sa.func.count())
        .where(AttendanceMark.session_id == Session.id)
        .correlate(Session)
        .scalar_subquery()
    )
    return (
        sa.select(
            Session.id,
            Session.uid,
            Session.title,
            Session.kind,
            Session.start_local,
            Session.end_local,
            Session.start_utc,
            Session.end_utc,
            Session.tz,
            sa.func.coalesce(Room.name, ""),
            Session.module_id,
            Session.audience,
            Session.register,
            Session.register_lost,
            count,
        )
        .outerjoin(Room, Room.id == Session.room_id)
        .where(Session.state != SessionState.CANCELLED)
        .order_by(Session.start_utc, Session.no)
    )


def _register(row: Sequence[object], people: list[Attendant]) -> RegisterSession:
    (key, uid, title, kind, start, end, *rest, tz, room) = row[:_MODULE]
    module_id, audience, kept, lost, done = row[_MODULE:]
    expected = None
    if audience in FOR_EVERYBODY:
        expected = sum(person.is_there(start, end, module_id) for person in people)
    if not kept:
        state = RegisterState.NOT_KEPT
    elif lost:
        state = RegisterState.LOST
    else:
        state = RegisterState.MARKED if done else RegisterState.OPEN
    return RegisterSession(
        key, uid, title, kind.value, start, end, *rest, tz, room, state, done, expected
    )
