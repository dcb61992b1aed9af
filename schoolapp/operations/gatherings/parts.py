"""The parts of a gathering that have rows of their own: its rooms and its modules."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering, Module, Room, check_module
from schoolapp.domain.participation import ModuleAttended
from schoolapp.domain.programme import Session, SessionGroup
from schoolapp.domain.reading_cells.coordinates import written, wrong_coordinates
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.calendars.busy_times import forget_busy_times
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession, checked_out

ROOM = ("name", "seats", "booths", "divisible", "coordinates", "equipment", "note")
"""The fields of a room that its draft has too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDraft:
    """The fields of a room that a form edits."""

    id: int | None = None
    version: int | None = None
    code: str = ""
    name: str = ""
    seats: int | None = None
    booths: int = 0
    divisible: int | None = None
    coordinates: str | None = None
    equipment: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleDraft:
    """The fields of a module that a form edits; both days belong to it."""

    id: int | None = None
    version: int | None = None
    code: str = ""
    title: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def rooms_of(session: DbSession, *, gathering_id: int) -> tuple[RoomDraft, ...]:
    """The rooms of a gathering in their order."""
    columns = (Room.__table__.c[name] for name in ("id", "version", "code", *ROOM))
    statement = (
        select(*columns).where(Room.gathering_id == gathering_id).order_by(Room.position, Room.id)
    )
    return tuple(RoomDraft(**row) for row in session.execute(statement).mappings())


def check_room(draft: RoomDraft) -> dict[str, str]:
    """What is wrong with a room: field to a sentence marked for translation."""
    wrong = {}
    if not draft.name.strip():
        wrong["name"] = mark("Give the room a name.")
    if draft.seats is not None and draft.seats < 1:
        wrong["seats"] = mark("A room has at least one seat. Leave this empty for no limit.")
    if draft.booths < 0:
        wrong["booths"] = mark("The number of booths cannot be below zero.")
    if draft.divisible is not None and draft.divisible < 1:
        wrong["divisible"] = mark("A room has at least one part. Leave this empty for no parts.")
    return wrong | wrong_coordinates(draft.coordinates)


def save_room(session: DbSession, *, gathering_id: int, draft: RoomDraft) -> int:
    """Add or change a room; its key."""
    for sentence in check_room(draft).values():
        raise RuleBroken(sentence)
    if draft.id is None:
        taken = rooms_of(session, gathering_id=gathering_id)
        codes = {room.code for room in taken}
        free = (f"room{n}" for n in range(1, len(codes) + 2))
        code = draft.code or next(one for one in free if one not in codes)
        if code in codes:
            raise RuleBroken(mark("Another room has the code {code} already."), code=code)
        room = Room(gathering_id=gathering_id, code=code, name="", position=len(taken))
        session.add(room)
    else:
        assert draft.version is not None
        room = checked_out(session, Room, draft.id, draft.version)
    draft = replace(
        draft,
        name=draft.name.strip(),
        coordinates=written(draft.coordinates),
        equipment=(draft.equipment or "").strip() or None,
        note=(draft.note or "").strip() or None,
    )
    for name in ROOM:
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
    forget_busy_times(session, room_id=room_id)
    session.delete(room)


def modules_of(session: DbSession, *, gathering_id: int) -> tuple[ModuleDraft, ...]:
    """The modules of a gathering in their order."""
    m = Module
    statement = (
        select(
            m.id,
            m.version,
            m.code,
            m.title,
            m.start,
            m.end,
        )
        .where(m.gathering_id == gathering_id)
        .order_by(m.position, m.id)
    )
    return tuple(
        ModuleDraft(id=key, version=version, code=code, title=title, start=start, end=end)
        for key, version, code, title, start, end in fetch(session, statement)
    )


def check_module_draft(draft: ModuleDraft) -> dict[str, str]:
    """What is wrong with a module by itself: field to a sentence marked for translation."""
    wrong = {}
    if not draft.title.strip():
        wrong["title"] = mark("Give the module a title.")
    for name in ("start", "end"):
        if getattr(draft, name) is None:
            wrong[name] = mark("Choose a day.")
    if draft.start and draft.end and draft.end < draft.start:
        wrong["end"] = mark("The last day is before the first. Choose a later day.")
    return wrong


def save_module(session: DbSession, *, gathering_id: int, draft: ModuleDraft) -> int:
    """Add or change a module; its key. ``RuleBroken`` if its days do not fit."""
    for sentence in check_module_draft(draft).values():
        raise RuleBroken(sentence)
    assert draft.start is not None
    assert draft.end is not None
    gathering = session.get_one(Gathering, gathering_id)
    if draft.id is None:
        module = _new_module(gathering, draft)
    else:
        assert draft.version is not None
        module = checked_out(session, Module, draft.id, draft.version)
    wanted: dict[str, object] = {
        "title": draft.title.strip(),
        "start": draft.start,
        "end": draft.end,
    }
    for name, value in wanted.items():
        if getattr(module, name) != value:
            setattr(module, name, value)
    others = [one for one in gathering.modules if one is not module]
    misfit = check_module(module, others, gathering)
    if misfit is not None:
        raise RuleBroken(misfit)
    session.flush()
    return module.id


def remove_module(session: DbSession, *, module_id: int, version: int) -> None:
    """Remove a module that no session belongs to and nobody attends."""
    module = checked_out(session, Module, module_id, version)
    for entity in (Session, ModuleAttended):
        used = select(func.count()).select_from(entity).where(entity.module_id == module_id)
        if session.execute(used).scalar():
            raise RuleBroken(
                mark("Sessions or people belong to {module}. Give them another module first."),
                module=module.title,
            )
    session.delete(module)


def _new_module(gathering: Gathering, draft: ModuleDraft) -> Module:
    assert draft.start is not None
    assert draft.end is not None
    codes = {module.code for module in gathering.modules}
    code = next(c for n in range(1, len(codes) + 2) if (c := f"m{n}") not in codes)
    module = Module(
        gathering_id=gathering.id,
        code=code,
        title=draft.title.strip(),
        start=draft.start,
        end=draft.end,
        position=len(codes),
    )
    gathering.modules.append(module)
    return module
