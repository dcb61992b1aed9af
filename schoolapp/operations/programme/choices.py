"""What the form of a session lets one choose from in its gathering."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering, Module, Room
from schoolapp.operations.programme.listing import RoomColumn
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the form of a session lets one choose from."""

    tz: str
    first: dt.date
    last: dt.date
    languages: tuple[str, ...]
    rooms: tuple[RoomColumn, ...]
    modules: tuple[tuple[int, str], ...]
    delegations: tuple[tuple[int, str], ...] = ()


def choices(session: DbSession, *, gathering_id: int) -> Choices:
    """Rooms, modules, languages and delegations of a gathering, to choose from."""
    both = (
        select(
            Gathering.tz,
            Gathering.start_date,
            Gathering.end_date,
            Gathering.working_languages,
            Module.id,
            Module.title,
        )
        .outerjoin(Module, Module.gathering_id == Gathering.id)
        .where(Gathering.id == gathering_id)
        .order_by(Module.position)
    )
    rows = fetch(session, both)
    rooms = (
        select(
            Room.id,
            Room.name,
            Room.seats,
            Room.booths,
        )
        .where(Room.gathering_id == gathering_id)
        .order_by(Room.position, Room.id)
    )
    delegations = (
        select(Delegation.id, Delegation.name)
        .where(Delegation.gathering_id == gathering_id)
        .order_by(Delegation.name)
    )
    tz, first, last, spoken, *_module = rows[0]
    return Choices(
        tz=tz,
        first=first,
        last=last,
        languages=tuple(spoken),
        rooms=tuple(RoomColumn(*row) for row in fetch(session, rooms)),
        modules=tuple(
            (key, title) for _tz, _first, _last, _spoken, key, title in rows if key is not None
        ),
        delegations=tuple((key, name) for key, name in fetch(session, delegations)),
    )
