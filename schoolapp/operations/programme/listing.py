"""The programme as it is read: the table of sessions, one day by rooms, the choices of a form."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Label, exists, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from schoolapp.domain.gatherings import BlockedTime, FreeDay, Gathering, Room
from schoolapp.domain.people import Person
from schoolapp.domain.planned import Blocked
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionGroup,
    SessionKind,
    SessionState,
    Speaker,
)
from schoolapp.domain.scheduling import DAY_STARTS
from schoolapp.domain.spoken import Spoken, spoken_in
from schoolapp.domain.text import fold
from schoolapp.storage.selecting import AnyColumn, fetch
from schoolapp.storage.store import DbSession

ORDERS = ("start", "title", "kind", "room", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """What the table of sessions was asked to show; empty filters show all."""

    gathering_id: int
    search: str = ""
    day: dt.date | None = None
    kinds: tuple[SessionKind, ...] = ()
    states: tuple[SessionState, ...] = ()
    room_id: int | None = None
    module_id: int | None = None
    sort: str = "start"
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session as tables and the day view show it; times are wall times.

    ``rooms`` are those it uses, more than one where it meets in groups; ``spoken`` are the
    languages it can be followed in.
    """

    id: int
    version: int
    uid: str
    no: int
    kind: SessionKind
    title: str
    start: dt.datetime
    end: dt.datetime
    minutes: int
    room: str
    rooms: tuple[int, ...]
    in_groups: bool
    speakers: str
    spoken: Spoken
    audience: str
    state: SessionState
    module_id: int | None
    reading_gap: tuple[str, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can be followed in, the floor's first."""
        return self.spoken.all


@dataclass(frozen=True, slots=True)
class RoomColumn:
    """A room as a column of the day view; ``seats`` None: no limit."""

    id: int
    name: str
    seats: int | None
    booths: int


@dataclass(frozen=True, slots=True)
class ClosedHours:
    """Hours of a day in which nothing should be planned, and why."""

    start: dt.time
    end: dt.time
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayProgramme:
    """One day of a programme by rooms, from 05:00 to 05:00."""

    day: dt.date
    days: tuple[dt.date, ...]
    rooms: tuple[RoomColumn, ...]
    slots: tuple[SessionRow, ...]
    closed: tuple[ClosedHours, ...]
    is_free: bool


def session_ids(session: DbSession, view: SessionView) -> list[int]:
    """The sessions that a view shows, in its order."""
    columns: dict[str, AnyColumn] = {
        "title": Session.title,
        "kind": Session.kind,
        "room": Room.name,
        "state": Session.state,
    }
    column = columns.get(view.sort, Session.start_utc)
    order = column.desc() if view.descending else column.asc()
    statement = (
        select(
            Session.id,
            Session.title,
            Room.name,
            Person.search,
            Session.series,
        )
        .outerjoin(Session.room)
        .outerjoin(Session.speakers)
        .outerjoin(Speaker.person)
        .where(Session.gathering_id == view.gathering_id, *_filters(view))
        .order_by(column.is_(None), order, Session.start_utc, Session.no)
    )
    words = fold(view.search).split()
    texts: dict[int, str] = {}
    for key, title, room, person, series in fetch(session, statement):
        parts = (part for part in (title, room, person, series) if part)
        texts[key] = " ".join([texts.get(key, ""), *parts])
    return [key for key, text in texts.items() if not words or _has(words, fold(text))]


def _has(words: Iterable[str], text: str) -> bool:
    return all(word in text for word in words)


def _filters(view: SessionView) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if view.day is not None:
        terms += _on_day(view.day)
    if view.kinds:
        terms.append(Session.kind.in_(view.kinds))
    if view.states:
        terms.append(Session.state.in_(view.states))
    if view.room_id is not None:
        in_group = select(SessionGroup.session_id).where(SessionGroup.room_id == view.room_id)
        terms.append((Session.room_id == view.room_id) | Session.id.in_(in_group))
    if view.module_id is not None:
        terms.append(Session.module_id == view.module_id)
    return terms


def _on_day(day: dt.date) -> list[ColumnElement[bool]]:
    first = dt.datetime.combine(day, DAY_STARTS)
    return [Session.start_local >= first, Session.start_local < first + dt.timedelta(days=1)]


def session_rows(session: DbSession, ids: Sequence[int]) -> dict[int, SessionRow]:
    """The rows of these sessions."""
    return {row.id: row for row in _rows(session, [Session.id.in_(ids)])}


def day_programme(session: DbSession, *, gathering_id: int, day: dt.date) -> DayProgramme:
    """One day by rooms, cancelled sessions left out."""
    slots = _rows(
        session,
        [
            Session.gathering_id == gathering_id,
            Session.state != SessionState.CANCELLED,
            *_on_day(day),
        ],
    )
    rooms = (
        select(
            Gathering.start_date,
            Gathering.end_date,
            Room.id,
            Room.name,
            Room.seats,
            Room.booths,
        )
        .outerjoin(Room, Room.gathering_id == Gathering.id)
        .where(Gathering.id == gathering_id)
        .order_by(Room.position, Room.id)
    )
    rows = fetch(session, rooms)
    first, last, *_no_room = rows[0]
    closed, is_free = _closed(session, gathering_id, day)
    return DayProgramme(
        day=day,
        days=tuple(first + dt.timedelta(days=n) for n in range((last - first).days + 1)),
        rooms=tuple(
            RoomColumn(key, name, seats, booths)
            for _first, _last, key, name, seats, booths in rows
            if key is not None
        ),
        slots=tuple(slots),
        closed=closed,
        is_free=is_free,
    )


def _closed(
    session: DbSession, gathering_id: int, day: dt.date
) -> tuple[tuple[ClosedHours, ...], bool]:
    blocked = select(
        BlockedTime.date,
        BlockedTime.start,
        BlockedTime.end,
        BlockedTime.why,
        BlockedTime.weekday,
    ).where(BlockedTime.gathering_id == gathering_id)
    free = select(
        FreeDay.date,
        null().cast(BlockedTime.start.type).label("start"),
        null().cast(BlockedTime.end.type).label("end"),
        literal("").label("why"),
        null().cast(BlockedTime.weekday.type).label("weekday"),
    ).where(FreeDay.gathering_id == gathering_id, FreeDay.date == day)
    rows = fetch(session, union_all(blocked, free))
    kept = [Blocked(*row) for row in rows if row[1] is not None]
    closed = [ClosedHours(one.start, one.end, one.why) for one in kept if one.on(day)]
    ordered = sorted(closed, key=lambda hours: (hours.start, hours.end))
    return tuple(ordered), len(kept) < len(rows)


class _Line(NamedTuple):
    """A session with one of its speakers and one of its groups, where there are any."""

    id: int
    version: int
    uid: str
    no: int
    kind: SessionKind
    title: str
    start_local: dt.datetime
    end_local: dt.datetime
    start_utc: dt.datetime
    end_utc: dt.datetime
    floor_language: str
    covered: str | None
    audience: str
    state: SessionState
    module_id: int | None
    reading_gap: list[str] | None
    room_id: int | None
    room: str | None
    person_id: int | None
    speaker: str | None
    group_room_id: int | None
    group_room: str | None
    group_language: str | None


def _rows(session: DbSession, where: list[ColumnElement[bool]]) -> list[SessionRow]:
    """One statement: a session comes once per speaker and group, and is put together here."""
    group_room = aliased(Room)
    wanted = (
        select(
            Session.id,
            Session.version,
            Session.uid,
            Session.no,
            Session.kind,
            Session.title,
            Session.start_local,
            Session.end_local,
            Session.start_utc,
            Session.end_utc,
            Session.floor_language,
            _covered(),
            Session.audience,
            Session.state,
            Session.module_id,
            Session.reading_gap,
            Room.id,
            Room.name,
            Speaker.person_id,
            Person.display_name,
            group_room.id,
            group_room.name,
            SessionGroup.language,
        )
        .outerjoin(Session.room)
        .outerjoin(Session.speakers)
        .outerjoin(Speaker.person)
        .outerjoin(SessionGroup, SessionGroup.session_id == Session.id)
        .outerjoin(group_room, group_room.id == SessionGroup.room_id)
        .where(*where)
        .order_by(Session.start_utc, Session.no, Speaker.position, SessionGroup.position)
    )
    firsts: dict[int, _Line] = {}
    speakers: dict[int, dict[int, str]] = {}
    groups: dict[int, dict[int, str]] = {}
    languages: dict[int, list[str | None]] = {}
    for row in map(_Line._make, fetch(session, wanted)):
        firsts.setdefault(row.id, row)
        if row.person_id is not None:
            speakers.setdefault(row.id, {})[row.person_id] = row.speaker or ""
        if row.group_room_id is not None and row.group_room is not None:
            groups.setdefault(row.id, {})[row.group_room_id] = row.group_room
            languages.setdefault(row.id, []).append(row.group_language)
    return [
        _row(row, speakers.get(key, {}), groups.get(key, {}), languages.get(key, []))
        for key, row in firsts.items()
    ]


def _covered() -> Label[str | None]:
    """The languages that somebody interprets a session into, with spaces between."""
    line = Interpretation
    does_it = exists().where(InterpreterDuty.interpretation_id == line.id)
    targets = select(func.aggregate_strings(line.target, " "))
    mine = targets.where(line.session_id == Session.id, does_it)
    return mine.correlate(Session).scalar_subquery().label("covered")


def _row(
    row: _Line, speakers: dict[int, str], groups: dict[int, str], languages: list[str | None]
) -> SessionRow:
    rooms = groups
    if not groups and row.room_id is not None and row.room is not None:
        rooms = {row.room_id: row.room}
    covered = sorted((row.covered or "").split())
    return SessionRow(
        id=row.id,
        version=row.version,
        uid=row.uid,
        no=row.no,
        kind=row.kind,
        title=row.title,
        start=row.start_local,
        end=row.end_local,
        minutes=int((row.end_utc - row.start_utc).total_seconds()) // 60,
        room=", ".join(rooms.values()),
        rooms=tuple(rooms),
        in_groups=bool(groups),
        speakers=", ".join(speakers.values()),
        spoken=spoken_in(row.floor_language, covered, languages),
        audience=row.audience,
        state=row.state,
        module_id=row.module_id,
        reading_gap=tuple(row.reading_gap or ()),
    )
