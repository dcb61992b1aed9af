"""What a report of registers counts: the sessions that keep one, and the people it asks for."""

import datetime as dt
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.domain.attendance import FOR_EVERYBODY, Register
from schoolapp.domain.gatherings import OVER, Gathering, GatheringState, Module
from schoolapp.domain.programme import Session, SessionKind, SessionState
from schoolapp.domain.reports import ReportFilter
from schoolapp.operations.attendance.attendants import Attendant
from schoolapp.operations.attendance.presence import gone, people_of
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


class _SlotRow(NamedTuple):
    """A gathering with one of its sessions; one without sessions is a row without ``id``."""

    titles: dict[str, str]
    tz: str
    id: int | None
    uid: str
    title: str
    start: dt.datetime
    end: dt.datetime
    module_id: int | None
    audience: str
    lost: bool
    kind: SessionKind
    module: str
    invited: int | None
    start_utc: dt.datetime
    end_utc: dt.datetime
    closed: bool
    last_day: dt.date
    state: GatheringState


@dataclass(frozen=True, slots=True)
class Slot:
    """A session that keeps a register."""

    id: int
    uid: str
    title: str
    start: dt.datetime
    end: dt.datetime
    module_id: int | None
    for_everybody: bool
    lost: bool
    kind: SessionKind
    module: str
    invited: int | None
    minutes: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Registers:
    """The sessions with a register and the people of a gathering, as far as a report needs them.

    ``finished`` says that the gathering was ended: then no register is open any more.
    """

    titles: dict[str, str]
    tz: str
    last_day: dt.date
    finished: bool
    gathering_id: int
    slots: list[Slot]
    people: list[Attendant]
    narrowed: bool

    def for_people(self) -> "Registers":
        """The same with people sorted by name."""
        return replace(self, people=sorted(self.people, key=lambda one: (one.order, one.uid)))

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """From the first start to the last end, in wall time; None without sessions."""
        if not self.slots:
            return None
        return min(slot.start for slot in self.slots), max(slot.end for slot in self.slots)


def registers(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool = False
) -> Registers:
    """What a report of registers is made of; two statements."""
    rows = _slots(session, gathering_id)
    if not rows:
        raise gone()
    slots = [_slot(row, row.id) for row in rows if row.id is not None]
    kept = [
        slot for slot in slots if only.module in ("", slot.module) and only.holds(slot.start.date())
    ]
    people = people_of(session, gathering_id, only, details=details)
    return Registers(
        titles=rows[0].titles,
        tz=rows[0].tz,
        last_day=rows[0].last_day,
        finished=rows[0].state in OVER,
        gathering_id=gathering_id,
        slots=kept,
        people=sorted(people, key=attrgetter("uid")),
        narrowed=len(kept) < len(slots),
    )


def _slots(session: DbSession, gathering_id: int) -> list[_SlotRow]:
    """The gathering with its sessions that keep a register, by start and uid."""
    rows = fetch(
        session,
        sa.select(
            Gathering.titles,
            Gathering.tz,
            Session.id,
            Session.uid,
            Session.title,
            Session.start_local,
            Session.end_local,
            Session.module_id,
            Session.audience,
            Session.register_lost,
            Session.kind,
            sa.func.coalesce(Module.code, ""),
            Session.invited,
            Session.start_utc,
            Session.end_utc,
            Register.closed_at.is_not(None),
            Gathering.end_date,
            Gathering.state,
        )
        .outerjoin(
            Session,
            sa.and_(
                Session.gathering_id == Gathering.id,
                Session.register,
                Session.state != SessionState.CANCELLED,
            ),
        )
        .outerjoin(Module, Module.id == Session.module_id)
        .outerjoin(Register, Register.session_id == Session.id)
        .where(Gathering.id == gathering_id)
        .order_by(Session.start_local, Session.uid),
    )
    return [_SlotRow._make(row) for row in rows]


def _slot(row: _SlotRow, key: int) -> Slot:
    return Slot(
        id=key,
        uid=row.uid,
        title=row.title,
        start=row.start,
        end=row.end,
        module_id=row.module_id,
        for_everybody=row.audience in FOR_EVERYBODY,
        lost=row.lost,
        kind=row.kind,
        module=row.module,
        invited=row.invited,
        closed=row.closed,
        minutes=int((row.end_utc - row.start_utc).total_seconds()) // 60,
    )
