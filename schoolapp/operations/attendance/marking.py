"""Marking: who was there, from when to when, and that a register is lost."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from schoolapp.domain.attendance import (
    ATTENDED,
    AttendanceMark,
    AttendanceState,
    check_mark,
    minutes_inside,
    times_of,
)
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.language import mark as marked
from schoolapp.storage.store import DbSession


def mark(
    session: DbSession,
    *,
    session_id: int,
    participation_ids: Collection[int],
    status: AttendanceState,
    at: dt.datetime | None = None,
    method: str = "desk",
) -> int:
    """Note for these participants what is known of them in a session; answers how many changed.

    ``at`` (aware) is when they came or, with ``left_early``, went; unknown times are the start and
    the end of the session. Minutes are those inside the session. ``method`` is ``desk``, ``list``
    or ``qr``. ``RuleBroken`` if the session keeps no register or the person is of another
    gathering.
    """
    slot = _register_of(session, session_id)
    wanted = sorted(set(participation_ids))
    _check_all_of(session, slot, wanted)
    noted = {
        note.participation_id: note
        for note in session.execute(
            sa.select(AttendanceMark).where(
                AttendanceMark.session_id == session_id,
                AttendanceMark.participation_id.in_(wanted),
            )
        ).scalars()
    }
    return sum(_note(session, slot, key, noted.get(key), status, at, method) for key in wanted)


def mark_lost_register(session: DbSession, *, session_id: int, lost: bool = True) -> None:
    """Say that the register of a session is lost, or found again.

    Marks that were made stay; as long as it is lost, reports say "no register" (E18).
    """
    slot = _slot(session, session_id)
    if not slot.register:
        raise RuleBroken(marked("This session keeps no register."))
    slot.register_lost = lost


def _slot(session: DbSession, session_id: int) -> Session:
    slot = session.get(Session, session_id)
    if slot is None or slot.state is SessionState.CANCELLED:
        raise RuleBroken(marked("This session was cancelled or removed meanwhile."))
    return slot


def _register_of(session: DbSession, session_id: int) -> Session:
    slot = _slot(session, session_id)
    if not slot.register:
        raise RuleBroken(marked("This session keeps no register."))
    if slot.register_lost:
        raise RuleBroken(
            marked("The register of this session is lost. Say that it was found to go on with it.")
        )
    return slot


def _check_all_of(session: DbSession, slot: Session, wanted: list[int]) -> None:
    known = session.execute(
        sa.select(sa.func.count()).where(
            Participation.id.in_(wanted), Participation.gathering_id == slot.gathering_id
        )
    ).scalar_one()
    if known != len(wanted):
        raise RuleBroken(marked("Somebody of these does not take part in this gathering any more."))


def _note(
    session: DbSession,
    slot: Session,
    participation_id: int,
    note: AttendanceMark | None,
    status: AttendanceState,
    at: dt.datetime | None,
    method: str,
) -> bool:
    if note is not None and note.status is status and at is None:
        return False
    check_mark(AttendanceState.EXPECTED if note is None else note.status, status)
    before = (note.check_in, note.check_out) if note is not None else (None, None)
    came, went = times_of(status, slot.start_utc, slot.end_utc, at=at, before=before)
    if note is None:
        note = AttendanceMark(
            session_id=slot.id, participation_id=participation_id, status=status, method=method
        )
        session.add(note)
    note.status, note.check_in, note.check_out = status, came, went
    note.minutes = minutes_inside(came, went, slot.start_utc, slot.end_utc)
    note.method = method if status in ATTENDED else "list"
    return True
