"""New sessions: the draft of one at a free time, and one that is repeated on other days."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.programme import IN_GROUPS, Session, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import (
    DAY_STARTS,
    RepeatDraft,
    ScheduleFacts,
    SessionDraft,
    check_repeat,
    day_of,
    moved,
    next_free,
    repeated_on,
)
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.operations.programme.editing import draft_of, save_session
from schoolapp.operations.programme.moving import schedule_facts
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

USUAL_LENGTH = dt.timedelta(minutes=90)
Taken = tuple[dt.datetime, dt.datetime]


def new_draft(session: DbSession, *, gathering_id: int, start: dt.datetime) -> SessionDraft:
    """A draft of a new session: an hour and a half, in the gathering's first language.

    It begins when nothing else is on that day from ``start`` on, else when its room is free: the
    room that the session made last has.
    """
    languages = session.execute(
        select(Gathering.working_languages).where(Gathering.id == gathering_id)
    ).scalar_one()
    room_id = _last_room(session, gathering_id)
    begins = _free_time(session, gathering_id, start, room_id)
    return SessionDraft(
        gathering_id=gathering_id,
        start=begins,
        end=begins + USUAL_LENGTH,
        floor_language=languages[0] if languages else NO_LANGUAGE,
        room_id=room_id,
    )


def _last_room(session: DbSession, gathering_id: int) -> int | None:
    """The room of the newest session that has one of its own, else the first room there is."""
    used = select(Session.room_id).where(
        Session.gathering_id == gathering_id,
        Session.room_id.is_not(None),
        Session.kind.not_in(IN_GROUPS),
    )
    newest = session.execute(used.order_by(Session.no.desc()).limit(1)).scalar()
    rooms = select(Room.id).where(Room.gathering_id == gathering_id)
    first = session.execute(rooms.order_by(Room.position, Room.id).limit(1)).scalar()
    return newest or first


def _free_time(
    session: DbSession, gathering_id: int, start: dt.datetime, room_id: int | None
) -> dt.datetime:
    facts = schedule_facts(session, gathering_id=gathering_id)
    kept_free = list(_kept_free(facts, start.date()))
    opens = dt.datetime.combine(day_of(start), DAY_STARTS)
    on_day = select(Session.start_local, Session.end_local, Session.room_id).where(
        Session.gathering_id == gathering_id,
        Session.state != SessionState.CANCELLED,
        Session.end_local > opens,
        Session.start_local < opens + dt.timedelta(days=1),
    )
    rows = fetch(session, on_day)
    everywhere = [(begins, ends) for begins, ends, _room in rows]
    there = [(begins, ends) for begins, ends, room in rows if room == room_id]
    return (
        next_free(start, USUAL_LENGTH, [*everywhere, *kept_free])
        or next_free(start, USUAL_LENGTH, [*there, *kept_free])
        or start
    )


def _kept_free(facts: ScheduleFacts, day: dt.date) -> Iterator[Taken]:
    for blocked in facts.blocked:
        if blocked.on(day):
            times = (blocked.start, blocked.end)
            begins, ends = (dt.datetime.combine(day, time) for time in times)
            yield begins, ends


def repeat_session(session: DbSession, draft: RepeatDraft) -> tuple[int, ...]:
    """Hold a session on other days too, at the same wall time; the keys of the new ones.

    People, groups and rooms are those of the session, the texts to read are not.
    """
    for sentence in check_repeat(draft).values():
        raise RuleBroken(sentence)
    original = draft_of(session, draft.session_id)
    series = draft.series.strip() or original.series or original.title
    if original.series != series:
        save_session(session, replace(original, series=series))
    facts = schedule_facts(session, gathering_id=original.gathering_id)
    minutes = session.get_one(Session, draft.session_id).minutes
    days = repeated_on(draft, facts.free_days)
    if not days:
        raise RuleBroken(mark("No day is left to repeat it on. Choose a later last day."))
    copies = [_on_day(original, day, minutes, facts.tz) for day in days]
    fresh = [replace(one, id=None, version=None, series=series) for one in copies]
    return tuple(save_session(session, one).id for one in fresh)


def _on_day(original: SessionDraft, day: dt.date, minutes: int, tz: str) -> SessionDraft:
    """The draft on another day of the programme, which begins at 05:00; it keeps its length."""
    start = original.start + (day - day_of(original.start))
    times = moved(start, minutes, tz)
    return replace(
        original,
        start=times.start,
        end=times.end,
        fold_start=times.fold_start,
        fold_end=times.fold_end,
    )
