"""The draft of a gathering: its core fields, dates, rooms; saving, moving its state, removing."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from schoolapp import clock
from schoolapp.domain.applications import Application
from schoolapp.domain.gatherings import (
    GATHERING,
    Deadline,
    FreeDay,
    Gathering,
    Room,
    check_gathering,
)
from schoolapp.domain.money import digits
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session, SessionGroup
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.language import mark
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, checked_out

PLAIN = (
    "start_date",
    "end_date",
    "capacity",
    "country",
    "tz",
    "currency",
    "venue_name",
    "venue_city",
    "contact_name",
    "contact_address",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringDraft:
    """The fields of a gathering that a form edits; ``title`` is the one in ``language``."""

    id: int
    version: int
    language: str
    title: str
    start_date: dt.date
    end_date: dt.date
    capacity: int
    country: str
    tz: str
    currency: str
    working_languages: tuple[str, ...]
    venue_name: str
    venue_city: str
    contact_name: str | None
    contact_address: str | None
    free_days: tuple[dt.date, ...]
    deadlines: tuple[tuple[str, dt.date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDraft:
    """The fields of a room that a form edits."""

    id: int | None = None
    version: int | None = None
    code: str = ""
    name: str = ""
    seats: int | None = None
    booths: int = 0


def draft_of(session: DbSession, *, gathering_id: int, language: str) -> GatheringDraft:
    """The gathering as a form edits it."""
    g = session.get_one(Gathering, gathering_id)
    return GatheringDraft(
        id=g.id,
        version=g.version,
        language=language,
        title=g.titles.get(language, ""),
        working_languages=tuple(g.working_languages),
        free_days=tuple(sorted(free.date for free in g.free_days)),
        deadlines=tuple((deadline.name, deadline.date) for deadline in g.deadlines),
        **{name: getattr(g, name) for name in PLAIN},
    )


def check(draft: GatheringDraft, titles: dict[str, str] | None = None) -> dict[str, str]:
    """What is wrong with a draft: field to a sentence marked for translation."""
    named = {**(titles or {}), draft.language: draft.title}
    wrong = check_gathering(named, draft.start_date, draft.end_date, draft.capacity)
    try:
        clock.zone(draft.tz)
    except ValueError:
        wrong["tz"] = mark("This time zone is not known. Write it like Europe/Amsterdam.")
    try:
        digits(draft.currency)
    except ValueError:
        wrong["currency"] = mark("This currency is not known. Write its three letters, like EUR.")
    if not draft.working_languages:
        wrong["working_languages"] = mark("Name at least one working language.")
    return wrong


def save_gathering(session: DbSession, *, draft: GatheringDraft) -> int:
    """Change a gathering; ``RuleBroken`` for the first thing that is wrong."""
    gathering = checked_out(session, Gathering, draft.id, draft.version)
    for sentence in check(draft, gathering.titles).values():
        raise RuleBroken(sentence)
    if draft.tz != gathering.tz and _count(session, Session, draft.id):
        raise RuleBroken(
            mark(
                "The programme is planned in {tz}. Remove its sessions before you change the zone."
            ),
            tz=gathering.tz,
        )
    titles = {**gathering.titles, draft.language: draft.title.strip()}
    wanted: dict[str, Any] = {name: getattr(draft, name) for name in PLAIN}
    wanted["titles"] = {tag: title for tag, title in titles.items() if title}
    wanted["working_languages"] = list(draft.working_languages)
    for name, value in wanted.items():
        if getattr(gathering, name) != value:
            setattr(gathering, name, value)
    _save_dates(gathering, draft)
    session.flush()
    return gathering.id


def _save_dates(gathering: Gathering, draft: GatheringDraft) -> None:
    if draft.free_days != tuple(sorted(free.date for free in gathering.free_days)):
        days = sorted(set(draft.free_days))
        gathering.free_days = [FreeDay(date=day, position=n) for n, day in enumerate(days)]
    known = {deadline.name: deadline for deadline in gathering.deadlines}
    for name, date in draft.deadlines:
        if name not in known:
            position = len(gathering.deadlines)
            gathering.deadlines.append(Deadline(name=name, date=date, position=position))
        elif known[name].date != date:
            known[name].date = date
    kept = {name for name, _date in draft.deadlines}
    for name in known.keys() - kept:
        gathering.deadlines.remove(known[name])


def move_gathering(
    session: DbSession, *, gathering_id: int, step: str, reason: str | None = None
) -> None:
    """Take a step of the gathering's workflow."""
    gathering = session.get_one(Gathering, gathering_id)
    take(GATHERING, gathering, step, by=actor_of(session), reason=reason)


def remove_gathering(session: DbSession, *, gathering_id: int, version: int) -> None:
    """Remove a gathering that nobody takes part in or applied for, with its programme."""
    gathering = checked_out(session, Gathering, gathering_id, version)
    if _count(session, Participation, gathering_id) or _count(session, Application, gathering_id):
        raise RuleBroken(
            mark("People take part in this gathering or applied for it. Remove them first.")
        )
    for slot in session.scalars(select(Session).where(Session.gathering_id == gathering_id)):
        session.delete(slot)
    session.flush()
    session.delete(gathering)


def rooms_of(session: DbSession, *, gathering_id: int) -> tuple[RoomDraft, ...]:
    """The rooms of a gathering in their order."""
    r = Room
    rows = session.execute(
        select(r.id, r.version, r.code, r.name, r.seats, r.booths)
        .where(r.gathering_id == gathering_id)
        .order_by(r.position, r.id)
    )
    return tuple(
        RoomDraft(id=key, version=version, code=code, name=name, seats=seats, booths=booths)
        for key, version, code, name, seats, booths in rows
    )


def save_room(session: DbSession, *, gathering_id: int, draft: RoomDraft) -> int:
    """Add or change a room; its key."""
    if not draft.name.strip():
        raise RuleBroken(mark("Give the room a name."))
    if draft.id is None:
        taken = rooms_of(session, gathering_id=gathering_id)
        code = draft.code or f"room{len(taken) + 1}"
        if code in {room.code for room in taken}:
            raise RuleBroken(mark("Another room has the code {code} already."), code=code)
        room = Room(gathering_id=gathering_id, code=code, name="", position=len(taken))
        session.add(room)
    else:
        assert draft.version is not None
        room = checked_out(session, Room, draft.id, draft.version)
    draft = replace(draft, name=draft.name.strip())
    for name in ("name", "seats", "booths"):
        if getattr(room, name) != getattr(draft, name):
            setattr(room, name, getattr(draft, name))
    session.flush()
    return room.id


def remove_room(session: DbSession, *, room_id: int, version: int) -> None:
    """Remove a room that no session uses."""
    room = checked_out(session, Room, room_id, version)
    for entity in (Session, SessionGroup):
        used = select(func.count()).select_from(entity).where(entity.room_id == room_id)
        if session.execute(used).scalar():
            raise RuleBroken(
                mark("Sessions are planned in {room}. Give them another room first."),
                room=room.name,
            )
    session.delete(room)


def _count(session: DbSession, entity: Any, gathering_id: int) -> int:
    query = select(func.count()).select_from(entity).where(entity.gathering_id == gathering_id)
    return session.execute(query).scalar() or 0
