"""Registers beyond their marks: closing, losing, finding, head counts, and what was changed."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.attendance import Register, RegisterChange, RegisterEvent, check_open
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.operations.attendance.marking import is_closed, open_register, slot_of
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of a register; ``name`` is empty where it was of the register itself."""

    id: int
    at: dt.datetime
    by: str
    what: str
    name: str
    old: str | None
    new: str | None
    reason: str


def close_register(session: DbSession, *, session_id: int) -> None:
    """Close a register: from now on every change of it needs a reason."""
    open_register(session, session_id)
    if is_closed(session, session_id):
        raise RuleBroken(mark("This register is closed already."))
    kept = _kept(session, session_id)
    kept.closed_at, kept.closed_by = clock.now(), actor_of(session)
    _remember(session, session_id, RegisterEvent.CLOSED)


def close_registers(session: DbSession, *, gathering_id: int) -> int:
    """Close all registers of sessions that are over; how many. Lost ones stay lost.

    ``RuleBroken`` if there is none to be closed.
    """
    over = session.scalars(
        sa.select(Session.id)
        .outerjoin(Register, Register.session_id == Session.id)
        .where(
            Session.gathering_id == gathering_id,
            Session.register,
            ~Session.register_lost,
            Session.state != SessionState.CANCELLED,
            Session.end_utc <= clock.now(),
            Register.closed_at.is_(None),
        )
        .order_by(Session.start_utc, Session.id)
    ).all()
    if not over:
        raise RuleBroken(mark("No session that is over has an open register."))
    for key in over:
        close_register(session, session_id=key)
    return len(over)


def reopen_register(session: DbSession, *, session_id: int, reason: str) -> None:
    """Open a closed register again; ``ReasonNeeded`` without a reason."""
    slot_of(session, session_id)
    check_open(is_closed(session, session_id), reason)
    kept = _kept(session, session_id)
    kept.closed_at = kept.closed_by = None
    _remember(session, session_id, RegisterEvent.REOPENED, reason=reason)


def mark_lost_register(
    session: DbSession, *, session_id: int, lost: bool = True, reason: str | None = None
) -> None:
    """Say that the register of a session is lost, or found again.

    Marks that were made stay; as long as it is lost, reports say "no register" (E18).
    ``ReasonNeeded`` if the register was closed: then it was there once.
    """
    slot = slot_of(session, session_id)
    if not slot.register:
        raise RuleBroken(mark("This session keeps no register."))
    if slot.register_lost is lost:
        return
    check_open(is_closed(session, session_id), reason)
    slot.register_lost = lost
    _remember(
        session, session_id, RegisterEvent.LOST if lost else RegisterEvent.FOUND, reason=reason
    )


def note_head_count(
    session: DbSession, *, session_id: int, heads: int, reason: str | None = None
) -> None:
    """Note how many were in a session that keeps no register (E19); nobody is named.

    ``ReasonNeeded`` for another number than the one that was noted before.
    """
    slot = slot_of(session, session_id)
    if slot.register:
        raise RuleBroken(mark("This session keeps a register: its marks are counted."))
    if heads < 0:
        raise RuleBroken(mark("A head count is not below zero."))
    kept = _kept(session, session_id)
    if kept.head_count == heads:
        return
    if kept.head_count is not None:
        if not reason:
            raise ReasonNeeded(mark("A head count was noted before. Say why it changes."))
        old = str(kept.head_count)
        _remember(
            session, session_id, RegisterEvent.HEAD_COUNT, old=old, new=str(heads), reason=reason
        )
    kept.head_count = heads


def register_history(session: DbSession, *, session_id: int) -> tuple[ChangeRow, ...]:
    """What was changed in a register, newest first: one statement (S45)."""
    c = RegisterChange
    found = session.execute(
        sa.select(
            c.id,
            c.at,
            c.by,
            c.what,
            sa.func.coalesce(Person.display_name, ""),
            c.old,
            c.new,
            sa.func.coalesce(c.reason, ""),
        )
        .outerjoin(Participation, Participation.id == c.participation_id)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(c.session_id == session_id)
        .order_by(c.id.desc())
    )
    return tuple(ChangeRow(*row) for row in found)


def _kept(session: DbSession, session_id: int) -> Register:
    """What is kept of a register; made when it is first needed."""
    kept = session.get(Register, session_id)
    if kept is None:
        kept = Register(session_id=session_id)
        session.add(kept)
    return kept


def _remember(
    session: DbSession,
    session_id: int,
    what: RegisterEvent,
    *,
    old: str | None = None,
    new: str | None = None,
    reason: str | None = None,
) -> None:
    session.add(
        RegisterChange(
            session_id=session_id,
            what=what,
            at=clock.now(),
            by=actor_of(session),
            old=old,
            new=new,
            reason=reason,
        )
    )
