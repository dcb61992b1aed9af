"""Marking people as there, from when to when; a correction keeps what was noted before."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark as marked
from schoolapp.domain.attendance import (
    ATTENDED,
    AttendanceMark,
    AttendanceState,
    Register,
    RegisterChange,
    RegisterEvent,
    check_mark,
    check_open,
    minutes_inside,
    times_of,
)
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

ONLINE = "online"
"""The method of somebody who is present from elsewhere."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be noted for one person after another."""

    slot: Session
    status: AttendanceState
    at: dt.datetime | None
    method: str
    closed: bool
    reason: str | None
    minutes: int | None


def mark(
    session: DbSession,
    *,
    session_id: int,
    participation_ids: Collection[int],
    status: AttendanceState,
    at: dt.datetime | None = None,
    method: str = "desk",
    reason: str | None = None,
    minutes: int | None = None,
) -> int:
    """Note for these participants what is known of them in a session; answers how many changed.

    ``at`` (aware) is when they came or, with ``left_early``, went; unknown times are the start and
    the end of the session. Minutes are those inside the session; ``minutes`` are fewer of somebody
    who was away in between. ``method`` is ``desk``, ``list``,
    ``qr`` or ``online``. A mark that is changed is kept with who, when and ``reason`` (S45).
    ``RuleBroken`` if the session keeps no register or the person is of another gathering,
    ``ReasonNeeded`` if the register is closed.
    """
    slot = open_register(session, session_id)
    closed = is_closed(session, session_id)
    check_open(closed, reason)
    wanted = sorted(set(participation_ids))
    _check_all_of(session, slot, wanted)
    note_as = _Wanted(slot, status, at, method, closed, reason, minutes)
    noted = {
        note.participation_id: note
        for note in session.execute(
            sa.select(AttendanceMark).where(
                AttendanceMark.session_id == session_id,
                AttendanceMark.participation_id.in_(wanted),
            )
        ).scalars()
    }
    return sum(_note(session, note_as, key, noted.get(key)) for key in wanted)


def slot_of(session: DbSession, session_id: int) -> Session:
    """The session that a register is of; ``RuleBroken`` if it is gone or cancelled."""
    slot = session.get(Session, session_id)
    if slot is None or slot.state is SessionState.CANCELLED:
        raise RuleBroken(marked("This session was cancelled or removed meanwhile."))
    return slot


def open_register(session: DbSession, session_id: int) -> Session:
    """The session if it keeps a register that is not lost; ``RuleBroken`` otherwise."""
    slot = slot_of(session, session_id)
    if not slot.register:
        raise RuleBroken(marked("This session keeps no register."))
    if slot.register_lost:
        raise RuleBroken(
            marked("The register of this session is lost. Say that it was found to go on with it.")
        )
    return slot


def is_closed(session: DbSession, session_id: int) -> bool:
    """Whether a register is closed."""
    kept = session.get(Register, session_id)
    return kept is not None and kept.closed_at is not None


def remember_correction(
    session: DbSession, note: AttendanceMark, status: AttendanceState, reason: str | None
) -> None:
    """Keep the old value of a mark: who changed it, when, from what to what, and why."""
    session.add(
        RegisterChange(
            session_id=note.session_id,
            participation_id=note.participation_id,
            what=RegisterEvent.MARK,
            at=clock.now(),
            by=actor_of(session),
            old=note.status.value,
            new=status.value,
            reason=reason,
        )
    )


def _check_all_of(session: DbSession, slot: Session, wanted: list[int]) -> None:
    known = session.execute(
        sa.select(sa.func.count()).where(
            Participation.id.in_(wanted), Participation.gathering_id == slot.gathering_id
        )
    ).scalar_one()
    if known != len(wanted):
        raise RuleBroken(marked("One of these people no longer takes part in this gathering."))


def _says_so(note: AttendanceMark, wanted: _Wanted) -> bool:
    """Whether a mark already says what is to be noted."""
    elsewhere = note.method == ONLINE
    return (
        note.status is wanted.status
        and wanted.at is None
        and wanted.minutes in (None, note.minutes)
        and elsewhere == (wanted.method == ONLINE)
    )


def _note(
    session: DbSession, wanted: _Wanted, participation_id: int, note: AttendanceMark | None
) -> bool:
    if note is not None and _says_so(note, wanted):
        return False
    check_mark(AttendanceState.EXPECTED if note is None else note.status, wanted.status)
    slot = wanted.slot
    before = (note.check_in, note.check_out) if note is not None else (None, None)
    came, went = times_of(wanted.status, slot.start_utc, slot.end_utc, at=wanted.at, before=before)
    if note is None:
        note = AttendanceMark(
            session_id=slot.id,
            participation_id=participation_id,
            status=AttendanceState.EXPECTED,
            method=wanted.method,
        )
        session.add(note)
    if wanted.closed or note.status not in (AttendanceState.EXPECTED, wanted.status):
        remember_correction(session, note, wanted.status, wanted.reason)
    note.status, note.check_in, note.check_out = wanted.status, came, went
    inside = minutes_inside(came, went, slot.start_utc, slot.end_utc)
    note.minutes = inside if wanted.minutes is None else min(inside, wanted.minutes)
    note.method = wanted.method if wanted.status in ATTENDED else "list"
    return True
