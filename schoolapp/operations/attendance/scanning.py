"""Scanning badges at the door of a session: people come in and go out, their minutes follow."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.attendance import (
    ATTENDED,
    AttendanceMark,
    AttendanceState,
    Scan,
    check_mark,
    check_open,
)
from schoolapp.domain.participation import Badge, Participation
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scanning import Event, ScanKind, is_news, presence_of, read_code
from schoolapp.operations.attendance.marking import (
    is_closed,
    open_register,
    remember_correction,
)
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan gave; ``again`` says that it was the same scan, or added nothing new."""

    participation_id: int
    name: str
    status: AttendanceState
    kind: ScanKind
    again: bool
    minutes: int


def scan_badge(
    session: DbSession,
    *,
    session_id: int,
    code: str,
    kind: ScanKind = ScanKind.ENTRY,
    at: dt.datetime | None = None,
    reason: str | None = None,
) -> Scanned:
    """Note that a badge was read at the door of a session; the mark and its minutes follow.

    ``RuleBroken`` for a code that nobody has, that was replaced, or is of another gathering, and
    for somebody who goes without having come; ``ReasonNeeded`` if the register is closed.
    """
    slot = open_register(session, session_id)
    owner, name = _owner(session, slot, code)
    note = session.get(AttendanceMark, (session_id, owner))
    events = _events(session, note)
    moment = at or clock.now()
    attended = note is not None and note.status in ATTENDED
    news = is_news(events, moment, kind, attended=attended, name=name)
    if news:
        check_open(is_closed(session, session_id), reason)
        note = _enter(session, slot, owner, note, [*events, (moment, kind)], reason)
    assert note is not None, "who was scanned before has a mark"
    return Scanned(owner, name, note.status, kind, not news, note.minutes)


def _owner(session: DbSession, slot: Session, code: str) -> tuple[int, str]:
    found = session.execute(
        sa.select(
            Badge.participation_id,
            Person.display_name,
            Badge.lost_at,
            Participation.gathering_id,
        )
        .join(Participation, Participation.id == Badge.participation_id)
        .join(Person, Person.id == Participation.person_id)
        .where(Badge.code == read_code(code))
    ).first()
    if found is None:
        raise RuleBroken(mark("Nobody has this badge. Look for the person by name."))
    owner, name, lost_at, gathering_id = found
    if gathering_id != slot.gathering_id:
        raise RuleBroken(mark("This badge of {name} is for another gathering."), name=name)
    if lost_at is not None:
        raise RuleBroken(
            mark("This badge of {name} was replaced. Keep it, and ask for the new one."), name=name
        )
    return owner, name


def _events(session: DbSession, note: AttendanceMark | None) -> list[Event]:
    """The scans on which a mark rests; what a desk noted later overrules the ones before."""
    if note is None or note.status not in ATTENDED:
        return []
    rows = session.execute(
        sa.select(Scan.at, Scan.kind)
        .where(
            Scan.session_id == note.session_id,
            Scan.participation_id == note.participation_id,
            Scan.at >= note.check_in,
        )
        .order_by(Scan.at, Scan.id)
    )
    return [(at, kind) for at, kind in rows]


def _enter(
    session: DbSession,
    slot: Session,
    owner: int,
    note: AttendanceMark | None,
    events: list[Event],
    reason: str | None,
) -> AttendanceMark:
    """Keep the newest event, and let the mark follow from all of them."""
    at, kind = events[-1]
    session.add(
        Scan(session_id=slot.id, participation_id=owner, at=at, kind=kind, desk=actor_of(session))
    )
    came = note.check_in if note is not None and note.status in ATTENDED else None
    there = presence_of(events, slot.start_utc, slot.end_utc, came=came)
    if note is None:
        note = AttendanceMark(
            session_id=slot.id, participation_id=owner, status=AttendanceState.EXPECTED
        )
        session.add(note)
    elif note.status is not there.status:
        check_mark(note.status, there.status)
        if reason or note.method != "qr" or note.status not in ATTENDED:
            remember_correction(session, note, there.status, reason)
    note.status, note.check_in, note.check_out = there.status, there.came, there.went
    note.minutes, note.method = there.minutes, "qr"
    return note
