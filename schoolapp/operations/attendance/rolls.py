"""Registers as they are taken: the sessions with their registers, and the roll of one session."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base.language import mark as marked
from schoolapp.domain.attendance import FOR_EVERYBODY, AttendanceMark, AttendanceState, Register
from schoolapp.domain.gatherings import Room
from schoolapp.domain.programme import Session, SessionKind, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import words_of
from schoolapp.operations.attendance.attendants import Attendant, attendants
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


class RegisterState(enum.StrEnum):
    """What there is of a session's register."""

    NOT_KEPT = "not_kept"
    OPEN = "open"
    MARKED = "marked"
    CLOSED = "closed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class RegisterSession:
    """A session and its register: how many are marked, of how many that are expected.

    ``expected`` is None where people choose freely to come, ``head_count`` all that is known of a
    session without a register. Times are wall times in ``tz``.
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
    head_count: int | None


@dataclass(frozen=True, slots=True)
class RollRow:
    """A person on the roll; ``status`` is None as long as nothing is known.

    ``search`` holds the folded words of the names alone: an address would find everybody at
    "example.org" for two letters.
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
    method: str


class Noted(NamedTuple):
    """What is noted of somebody in a session; the defaults mean that nothing is known."""

    status: AttendanceState | None = None
    check_in: dt.datetime | None = None
    check_out: dt.datetime | None = None
    minutes: int = 0
    method: str = ""


class _SessionRow(NamedTuple):
    """A session with what is kept of its register; ``marked`` counts its marks."""

    id: int
    gathering_id: int
    uid: str
    title: str
    kind: SessionKind
    start: dt.datetime
    end: dt.datetime
    start_utc: dt.datetime
    end_utc: dt.datetime
    tz: str
    module_id: int | None
    audience: str
    register: bool
    register_lost: bool
    room: str
    marked: int
    closed_at: dt.datetime | None
    head_count: int | None


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of one session: everybody to whom it applies, and those marked in addition."""

    session: RegisterSession
    rows: tuple[RollRow, ...]


def register_sessions(session: DbSession, *, gathering_id: int) -> tuple[RegisterSession, ...]:
    """The sessions of a gathering in the order of time, without the cancelled ones."""
    people = list(attendants(session, gathering_id).values())
    found = _sessions(session, Session.gathering_id == gathering_id)
    return tuple(_register(row, people) for row in found)


def roll(session: DbSession, *, session_id: int) -> Roll:
    """The roll of one session, sorted by name; ``RuleBroken`` if it is gone or cancelled."""
    found = next(iter(_sessions(session, Session.id == session_id)), None)
    if found is None:
        raise RuleBroken(marked("This session was cancelled or removed meanwhile."))
    people = attendants(session, found.gathering_id)
    marks = _marks(session, session_id)
    kept = _register(found, list(people.values()))
    rows = (
        _row(person, marks.get(person.id, _NOTHING))
        for person in people.values()
        if person.id in marks or person.is_there(kept.start, kept.end, found.module_id)
    )
    return Roll(kept, tuple(rows))


def _row(person: Attendant, noted: Noted) -> RollRow:
    return RollRow(
        id=person.id,
        name=person.name,
        search=_words(person),
        language_group=person.language_group,
        delegation=person.delegation,
        status=noted.status,
        check_in=noted.check_in,
        check_out=noted.check_out,
        minutes=noted.minutes,
        method=noted.method,
    )


@dataclass(frozen=True, slots=True)
class RollNews:
    """The marks of one session by person, and how many each session of the gathering has."""

    marks: dict[int, Noted]
    counts: dict[int, int]

    def brought(self, row: RollRow) -> RollRow:
        """The row of a person with what is noted now; the same one if that did not change."""
        noted = self.marks.get(row.id, _NOTHING)
        if noted == (row.status, row.check_in, row.check_out, row.minutes, row.method):
            return row
        return replace(
            row,
            status=noted.status,
            check_in=noted.check_in,
            check_out=noted.check_out,
            minutes=noted.minutes,
            method=noted.method,
        )


def roll_news(session: DbSession, *, session_id: int, gathering_id: int) -> RollNews:
    """What marking changes on a roll that is shown: two short statements."""
    counted = fetch(
        session,
        sa.select(AttendanceMark.session_id, sa.func.count())
        .join(Session, Session.id == AttendanceMark.session_id)
        .where(Session.gathering_id == gathering_id)
        .group_by(AttendanceMark.session_id),
    )
    return RollNews(_marks(session, session_id), dict(counted))


def session_at(sessions: Sequence[RegisterSession], now: dt.datetime) -> RegisterSession | None:
    """The session to open first: one that runs now, else the next one, else the last one.

    Only sessions that keep a register count; ``now`` is aware.
    """
    kept = [s for s in sessions if s.register is not RegisterState.NOT_KEPT]
    running = [s for s in kept if s.start_utc <= now < s.end_utc]
    coming = [s for s in kept if s.start_utc > now]
    return next(iter(running or coming or kept[::-1]), None)


def _words(person: Attendant) -> str:
    return " ".join(words_of(f"{person.name} {person.other_names}"))


def _marks(session: DbSession, session_id: int) -> dict[int, Noted]:
    noted = fetch(
        session,
        sa.select(
            AttendanceMark.participation_id,
            AttendanceMark.status,
            AttendanceMark.check_in,
            AttendanceMark.check_out,
            AttendanceMark.minutes,
            AttendanceMark.method,
        ).where(AttendanceMark.session_id == session_id),
    )
    return {
        key: Noted(status, came, went, minutes, method)
        for key, status, came, went, minutes, method in noted
    }


_NOTHING = Noted()


def _sessions(session: DbSession, which: sa.ColumnElement[bool]) -> list[_SessionRow]:
    count = (
        sa.select(sa.func.count())
        .where(AttendanceMark.session_id == Session.id)
        .correlate(Session)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            Session.id,
            Session.gathering_id,
            Session.uid,
            Session.title,
            Session.kind,
            Session.start_local,
            Session.end_local,
            Session.start_utc,
            Session.end_utc,
            Session.tz,
            Session.module_id,
            Session.audience,
            Session.register,
            Session.register_lost,
            sa.func.coalesce(Room.name, ""),
            count,
            Register.closed_at,
            Register.head_count,
        )
        .outerjoin(Register, Register.session_id == Session.id)
        .outerjoin(Room, Room.id == Session.room_id)
        .where(Session.state != SessionState.CANCELLED, which)
        .order_by(Session.start_utc, Session.no)
    )
    return [_SessionRow._make(row) for row in session.execute(statement)]


def _register(row: _SessionRow, people: list[Attendant]) -> RegisterSession:
    expected = None
    if row.audience in FOR_EVERYBODY:
        expected = sum(p.is_there(row.start, row.end, row.module_id) for p in people)
    return RegisterSession(
        id=row.id,
        uid=row.uid,
        title=row.title,
        kind=row.kind.value,
        start=row.start,
        end=row.end,
        start_utc=row.start_utc,
        end_utc=row.end_utc,
        tz=row.tz,
        room=row.room,
        register=_state(row),
        marked=row.marked,
        expected=expected,
        head_count=row.head_count,
    )


def _state(row: _SessionRow) -> RegisterState:
    if not row.register:
        return RegisterState.NOT_KEPT
    if row.register_lost:
        return RegisterState.LOST
    if row.closed_at is not None:
        return RegisterState.CLOSED
    return RegisterState.MARKED if row.marked else RegisterState.OPEN
