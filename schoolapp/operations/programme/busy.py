"""Which sessions are planned over a time in which somebody needed there, or a room, is taken."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import _, isolate
from schoolapp.domain.calendars import BusyTime
from schoolapp.domain.gatherings import Room
from schoolapp.domain.people import Person
from schoolapp.domain.programme import (
    IN_GROUPS,
    Interpretation,
    InterpreterDuty,
    Session,
    SessionGroup,
    SessionState,
    Speaker,
)
from schoolapp.operations.calendars.busy_times import meets
from schoolapp.operations.programme.clashes import BUSY, Clash
from schoolapp.storage.store import DbSession


def busy_hints(session: DbSession, *, gathering_id: int) -> tuple[Clash, ...]:
    """Sessions over a time in which somebody needed there, or their room, is taken: one statement.

    Told beside the clashes and never among them: what a calendar says may be old.
    """
    told: dict[tuple[str, str], Clash] = {}
    for row in session.execute(_overlaps(gathering_id)):
        told.setdefault((row.uid, row.name), _hint(row))
    return tuple(sorted(told.values(), key=lambda clash: (clash.start, clash.sentence)))


def _hint(row: Any) -> Clash:
    sentence = _("“{title}”: {name} is taken from {start} to {end} ({source}).").format(
        title=isolate(row.title),
        name=isolate(row.name),
        start=_hour(row.start_utc, row),
        end=_hour(row.end_utc, row),
        source=isolate(row.source),
    )
    return Clash(BUSY, sentence, row.start_local, (row.uid,))


def _hour(moment: dt.datetime, row: Any) -> str:
    """The time of the day, with the date where it is another day than the session's."""
    wall = clock.to_wall(moment, row.tz)
    return f"{wall:%H:%M}" if wall.date() == row.start_local.date() else f"{wall:%Y-%m-%d %H:%M}"


def _overlaps(gathering_id: int) -> sa.Executable:
    s, busy = Session, BusyTime
    here = sa.and_(
        s.gathering_id == gathering_id,
        s.state != SessionState.CANCELLED,
        meets(s.start_utc, s.end_utc, busy.start_utc, busy.end_utc),
    )

    def part(name: Any) -> Any:
        return sa.select(
            *(s.uid, s.title, s.start_local, s.tz, sa.cast(name, sa.String).label("name")),
            *(busy.start_utc, busy.end_utc, busy.source),
        ).where(here)

    people = part(Person.display_name).join(Person, Person.id == busy.person_id)
    rooms = part(Room.name).join(Room, Room.id == busy.room_id)
    one_room = sa.and_(s.room_id == busy.room_id, s.kind.not_in(IN_GROUPS))
    duty, line, group = InterpreterDuty, Interpretation, SessionGroup
    found = sa.union_all(
        people.join(Speaker, Speaker.person_id == busy.person_id).join(
            s, s.id == Speaker.session_id
        ),
        people.join(duty, duty.person_id == busy.person_id)
        .join(line, line.id == duty.interpretation_id)
        .join(s, s.id == line.session_id),
        rooms.join(s, one_room),
        rooms.join(group, group.room_id == busy.room_id).join(s, s.id == group.session_id),
    ).subquery()
    return sa.select(found).order_by(found.c.start_local, found.c.name, found.c.start_utc)
