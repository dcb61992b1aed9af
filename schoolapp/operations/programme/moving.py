"""A session moved, cancelled or brought back, and what calendars must learn from it.

Suppose a published lecture of 90 minutes, SEQUENCE 2, is to begin at 15:00 and not at 10:00.

    move_session(start=15:00)    it ends at 16:30, SEQUENCE 3; its list of changes gets "moved",
                                 REQUEST, was 10:00, now 15:00. What is due follows from that.
    move_session(start=02:30)    in the night in which the clocks go forward: 02:30 does not exist,
                                 so it begins at 03:30, and a warning says so.
    move_session(start=the day   ``RuleBroken``: outside the days of the gathering. A free day, a
                 after the end)  blocked time or a clash would only be a warning.
    cancel_session()             it keeps its UID, SEQUENCE 4, change "cancelled", CANCEL.
    move_session(room_id=...)    of a session in groups: the group that meets in its room so far
                                 goes there, and the change is that group's ("group_room").

A session that is not confirmed yet moves in the same way, without SEQUENCE and change.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import func, select

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.domain.clashes import GivenTimes, refuse_times, remarks
from schoolapp.domain.gatherings import BlockedTime, FreeDay, Gathering, Module, Room
from schoolapp.domain.invitations import SessionInvitation
from schoolapp.domain.planned import Blocked
from schoolapp.domain.programme import (
    SESSION,
    ProgrammeChange,
    Session,
    SessionGroup,
    SessionState,
)
from schoolapp.domain.readings import ReadingAssignment
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import (
    ANNOUNCED,
    GroupDraft,
    ScheduleFacts,
    Times,
    moved,
    need_changeable,
)
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.domain.workflow import take
from schoolapp.storage.journal import actor_of
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

GROUP_SIGN = "="
"""Stands between a group and its room in the list of changes: ``fr=hall``."""
SAME_ROOM = -1
"""Asks ``move_session`` to leave the room as it is; None takes it away."""


@dataclass(frozen=True, slots=True)
class Rearranged:
    """The session that was saved, and sentences that the coordinator should see."""

    id: int
    warnings: tuple[str, ...]


def schedule_facts(session: DbSession, *, gathering_id: int) -> ScheduleFacts:
    """What the times of a gathering's sessions are held against."""
    tz, first, last = session.execute(
        select(
            Gathering.tz,
            Gathering.start_date,
            Gathering.end_date,
        ).where(Gathering.id == gathering_id)
    ).one()
    modules = select(
        Module.id,
        Module.start,
        Module.end,
    ).where(Module.gathering_id == gathering_id)
    closed = (
        select(
            FreeDay.date,
            BlockedTime.date,
            BlockedTime.start,
            BlockedTime.end,
            BlockedTime.why,
            BlockedTime.weekday,
        )
        .select_from(Gathering)
        .outerjoin(FreeDay, FreeDay.gathering_id == Gathering.id)
        .outerjoin(BlockedTime, BlockedTime.gathering_id == Gathering.id)
        .where(Gathering.id == gathering_id)
    )
    rows = fetch(session, closed)
    blocked = {
        Blocked(date, start, end, why, weekday)
        for _free, date, start, end, why, weekday in rows
        if why is not None
    }
    return ScheduleFacts(
        tz=tz,
        first=first,
        last=last,
        modules={key: (start, end) for key, start, end in fetch(session, modules)},
        free_days=frozenset(free for free, *_blocked in rows if free),
        blocked=tuple(sorted(blocked, key=lambda one: (one.start, one.end, one.why))),
    )


def move_session(
    session: DbSession,
    *,
    session_id: int,
    start: dt.datetime,
    end: dt.datetime | None = None,
    room_id: int | None = SAME_ROOM,
) -> Rearranged:
    """Put a session to another wall time and, if asked, another room.

    Without ``end`` it keeps its length. Clashes, blocked times and free days are warned of and
    never forbid; ``RuleBroken`` outside the days of the gathering, for an end before the start,
    and for a session that has begun or is cancelled.
    """
    slot = _slot(session, session_id)
    facts = schedule_facts(session, gathering_id=slot.gathering_id)
    times = moved(start, slot.minutes, slot.tz)
    if end is not None:
        times = _ended(times, end, slot.tz)
    done = rearrange(
        session,
        slot,
        facts,
        start=times.start,
        end=times.end,
        folds=(times.fold_start, times.fold_end),
        room_id=slot.room_id if room_id == SAME_ROOM else room_id,
    )
    if times.start != start:
        gap = _("The clocks go forward then: the session begins at the next time there is.")
        done = replace(done, warnings=(gap, *done.warnings))
    return done


def _ended(times: Times, end: dt.datetime, tz: str) -> Times:
    begins = clock.to_utc(times.start, tz, times.fold_start)
    for fold in (0, 1):
        if clock.to_utc(end, tz, fold) > begins:
            return replace(times, end=end, fold_end=fold)
    raise RuleBroken(mark("The session ends before it begins. Choose a later end."))


def rearrange(
    session: DbSession,
    slot: Session,
    facts: ScheduleFacts,
    *,
    start: dt.datetime,
    end: dt.datetime,
    folds: tuple[int, int],
    room_id: int | None,
    groups: tuple[GroupDraft, ...] | None = None,
) -> Rearranged:
    """Give a session times, room and group rooms; raise its SEQUENCE where calendars know it."""
    before = _Where.of(slot)
    now_groups = tuple(group_draft(group) for group in slot.groups)
    groups = now_groups if groups is None else groups
    if groups == now_groups and groups and room_id != slot.room_id:
        groups = _moved_groups(groups, slot.room_id, room_id)
    other_time = (start, end, *folds) != before.times
    other_room = room_id != slot.room_id or groups != now_groups
    if other_time or other_room:
        need_changeable(slot.state)
    times = GivenTimes(kind=slot.kind, module_id=slot.module_id, start=start, end=end, facts=facts)
    if other_time:
        refuse_times(times)
    hints = remarks(times)
    if other_time:
        slot.set_times(start, end, *folds)
        _step(session, slot, "move")
    if other_room:
        _set_rooms(session, slot, room_id, groups)
    if other_time or other_room:
        _announce(session, slot, before, other_time, other_room, hints)
    session.flush()
    return Rearranged(slot.id, hints if other_time else ())


def _moved_groups(
    groups: tuple[GroupDraft, ...], old: int | None, new: int | None
) -> tuple[GroupDraft, ...]:
    """The groups once those that meet in the old room meet in the new one."""
    if new is None or old not in [group.room_id for group in groups]:
        raise RuleBroken(
            mark(
                "This session meets in groups, each in a room of its own."
                " Change the rooms of its groups."
            )
        )
    return tuple(replace(group, room_id=new) if group.room_id == old else group for group in groups)


class _Where(NamedTuple):
    """When and where a session is: wall times, their folds, the codes of its rooms."""

    start: dt.datetime
    end: dt.datetime
    fold_start: int
    fold_end: int
    room: str | None
    groups: Mapping[str, str]

    @classmethod
    def of(cls, slot: Session) -> "_Where":
        """Where a session is now."""
        room = slot.room.code if slot.room else None
        times = slot.start_local, slot.end_local, slot.fold_start, slot.fold_end
        groups = {group_key(group): group.room.code for group in slot.groups}
        return cls(*times, room, groups)

    @property
    def times(self) -> tuple[dt.datetime, dt.datetime, int, int]:
        """Everything but the rooms."""
        return self.start, self.end, self.fold_start, self.fold_end


def _set_rooms(
    session: DbSession, slot: Session, room_id: int | None, groups: tuple[GroupDraft, ...]
) -> None:
    if groups and room_id not in [group.room_id for group in groups]:
        room_id = groups[0].room_id  # a session in groups has no room but theirs
    slot.room = None if room_id is None else session.get_one(Room, room_id)
    if groups != tuple(group_draft(group) for group in slot.groups):
        slot.groups = [group_of(number, group) for number, group in enumerate(groups, 1)]
        session.flush()
        for group in slot.groups:  # a new row knows only the number of its room
            session.refresh(group)
    if slot.state in ANNOUNCED:
        _step(session, slot, "change_room")


def _step(session: DbSession, slot: Session, name: str) -> None:
    """Take a step if the state has it: an idea moves without one."""
    if slot.state is not SessionState.IDEA:
        take(SESSION, slot, name, by=actor_of(session))


def _announce(
    session: DbSession,
    slot: Session,
    before: _Where,
    other_time: bool,
    other_room: bool,
    hints: tuple[str, ...],
) -> None:
    """Raise the SEQUENCE (RFC 5546, 2.1.4; a room counts too) and note what changed."""
    slot.changed_at = clock.now()
    if slot.state not in ANNOUNCED:
        return
    slot.sequence += 1
    if not _is_known(session, slot):
        return
    warning = " ".join(hints) or None
    if other_time:
        was, now = (_minutes(moment) for moment in (before.start, slot.start_local))
        _note(session, slot, "moved", "REQUEST", was, now, warning)
    if other_room:
        _note_rooms(session, slot, before, warning)


def _note_rooms(
    session: DbSession, slot: Session, before: _Where, warning: str | None = None
) -> None:
    """Note the rooms that changed: of each group, or the one of a session without groups."""
    now = _Where.of(slot)
    for key in sorted({*before.groups, *now.groups}):
        was, room = before.groups.get(key), now.groups.get(key)
        if was != room:
            told = (_group_room(key, was), _group_room(key, room))
            _note(session, slot, "group_room", "REQUEST", *told, warning)
    if not before.groups and not now.groups:
        _note(session, slot, "room", "REQUEST", before.room, now.room, warning)


def _group_room(key: str, room: str | None) -> str:
    return f"{key}{GROUP_SIGN}{room or ''}"


def _minutes(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _is_known(session: DbSession, slot: Session) -> bool:
    """Whether somebody knows of the session: it is published, or people were invited."""
    if slot.state is SessionState.PUBLISHED:
        return True
    invited = select(SessionInvitation.id).where(SessionInvitation.session_id == slot.id).limit(1)
    return session.execute(invited).first() is not None


def _note(
    session: DbSession,
    slot: Session,
    change: str,
    method: str,
    was: str | None = None,
    now: str | None = None,
    warning: str | None = None,
) -> None:
    count = select(func.count(ProgrammeChange.id)).where(
        ProgrammeChange.gathering_id == slot.gathering_id
    )
    session.add(
        ProgrammeChange(
            gathering_id=slot.gathering_id,
            session_id=slot.id,
            change=change,
            at=clock.now(),
            ics_method=method,
            sequence=slot.sequence,
            was=was,
            now=now,
            warning=warning,
            position=session.execute(count).scalar_one() + 1,
        )
    )


def cancel_session(session: DbSession, *, session_id: int, reason: str | None = None) -> None:
    """Cancel a session: it keeps its UID and stays in the list (P04)."""
    slot = _slot(session, session_id)
    announced = slot.state in ANNOUNCED
    known = announced and _is_known(session, slot)
    step = "cancel" if announced else "drop"
    take(SESSION, slot, step, by=actor_of(session), reason=reason)
    slot.changed_at = clock.now()
    if announced:
        slot.sequence += 1
    if known:
        _note(session, slot, "cancelled", "CANCEL")


def take_step(
    session: DbSession, *, session_id: int, step: str, reason: str | None = None
) -> SessionState:
    """Take a step of a session's workflow that needs nothing but itself: confirm, publish, ..."""
    slot = _slot(session, session_id)
    if step in ("cancel", "drop"):
        cancel_session(session, session_id=session_id, reason=reason)
    else:
        take(SESSION, slot, step, by=actor_of(session), reason=reason)
    return slot.state


def copy_readings(old: Session, new: Session) -> None:
    """Give a session the reading list of another."""
    new.reading_gap = old.reading_gap
    new.readings = [
        ReadingAssignment(
            edition_id=reading.edition_id,
            required=reading.required,
            order=reading.order,
            pages=reading.pages,
        )
        for reading in old.readings
    ]


def _slot(session: DbSession, session_id: int) -> Session:
    slot = session.get(Session, session_id)
    if slot is None:
        raise RuleBroken(mark("This session is no longer there."))
    return slot


def group_key(group: SessionGroup) -> str:
    """What a group is called in the list of changes: its language, or the delegation's code."""
    return group.delegation.code if group.delegation else group.language or NO_LANGUAGE


def group_draft(group: SessionGroup) -> GroupDraft:
    """A row of a session's groups as a draft holds it."""
    return GroupDraft(
        room_id=group.room_id, language=group.language, delegation_id=group.delegation_id
    )


def group_of(position: int, group: GroupDraft) -> SessionGroup:
    """A draft's group as a row of its session."""
    return SessionGroup(
        room_id=group.room_id,
        language=group.language,
        delegation_id=group.delegation_id,
        position=position,
    )
