"""What the rules for clashes check, read in three statements, and three more for hints."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from schoolapp.domain.calendars import BusyTime
from schoolapp.domain.gatherings import BlockedTime, Gathering, Room
from schoolapp.domain.participation import (
    Engagement,
    Participation,
    ParticipationState,
    whole_stay,
)
from schoolapp.domain.people import Person
from schoolapp.domain.planned import (
    Blocked,
    Busy,
    Follower,
    PlannedGathering,
    PlannedGroup,
    PlannedLine,
    PlannedRoom,
    PlannedSession,
)
from schoolapp.domain.programme import (
    IN_GROUPS,
    Interpretation,
    InterpreterDuty,
    Mode,
    Session,
    SessionGroup,
    SessionKind,
    SessionState,
    Speaker,
)
from schoolapp.domain.recipients import READS_FROM
from schoolapp.operations.calendars.busy_times import meets
from schoolapp.operations.calendars.rows import ParticipantRow, participants_of
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Plan:
    """The gatherings by key, and the names of the people in them by their codes."""

    gatherings: dict[int, PlannedGathering]
    names: dict[str, str]


def read_plan(session: DbSession, gathering_id: int | None) -> Plan:
    """The gatherings with their sessions, other gatherings only with what runs at the same time.

    The names are those of all who speak or interpret. Three statements; what only hints check
    is added by ``with_hints``.
    """
    chosen = _chosen(gathering_id)
    details: dict[int, list[Any]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in session.execute(_details(chosen)):
        details[row.session_id].append(row)
        if row.person is not None:
            names[row.person] = row.name
    sessions: dict[int, list[PlannedSession]] = defaultdict(list)
    for row in session.execute(_sessions(chosen)):
        sessions[row.gathering_id].append(_session(row, details[row.id]))
    sizes: dict[int, dict[int, int]] = defaultdict(dict)
    blocked: dict[int, list[Blocked]] = defaultdict(list)
    codes: dict[int, str] = {}
    for row in session.execute(_gatherings()):
        codes[row.id] = row.code
        if row.people is not None:
            sizes[row.id][row.delegation_id or 0] = row.people
        if row.why is not None:
            kept = Blocked(row.date, row.start, row.end, row.why, row.weekday)
            blocked[row.id].append(kept)
    gatherings = {
        key: PlannedGathering(
            code=code,
            participants=sum(sizes[key].values()),
            delegations={k: n for k, n in sizes[key].items() if k},
            blocked=tuple(blocked[key]),
            sessions=tuple(sessions[key]),
        )
        for key, code in codes.items()
    }
    return Plan(gatherings, names)


def with_hints(session: DbSession, plan: Plan, gathering_id: int) -> Plan:
    """The plan with what hints check: who is there, who needs what language, what is taken."""
    participants = participants_of(session, gathering_id)
    stays: dict[str, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for part in participants:
        if part.arrival and part.departure:
            stay = part.arrival, part.departure
            stays[part.code] += [] if stay in stays[part.code] else [stay]
    for person, days in _days_of_work(session, gathering_id).items():
        stays.setdefault(person, days)
    people: dict[str, list[Busy]] = defaultdict(list)
    rooms: dict[str, list[Busy]] = defaultdict(list)
    for row in session.execute(_busy_times(gathering_id)):
        owners, owner = (people, row.person) if row.person else (rooms, row.room)
        owners[owner].append(Busy(row.start_utc, row.end_utc, row.source))
    own = replace(
        plan.gatherings[gathering_id],
        stays=stays,
        people_busy=people,
        rooms_busy=rooms,
        followers=Counter(_followers(participants)),
    )
    return replace(plan, gatherings=plan.gatherings | {gathering_id: own})


def _days_of_work(
    session: DbSession, gathering_id: int
) -> dict[str, list[tuple[dt.datetime, dt.datetime]]]:
    """When people are there who only work, as far as their days were noted."""
    g, e = Gathering, Engagement
    noted = (
        sa.select(Person.code, e.first_day, e.last_day, g.start_date, g.end_date)
        .join(Person, Person.id == e.person_id)
        .join(g, g.id == e.gathering_id)
        .where(g.id == gathering_id, sa.or_(e.first_day.is_not(None), e.last_day.is_not(None)))
    )
    days: dict[str, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for person, first, last, start, end in fetch(session, noted):
        days[person].append(whole_stay(first or start, last or end))
    return days


def _followers(rows: Iterable[ParticipantRow]) -> Iterator[Follower]:
    """Each participant who has a language group, as what their need of interpretation hangs on."""
    people: dict[int, list[ParticipantRow]] = defaultdict(list)
    for row in rows:
        if row.language_group:
            people[row.id].append(row)
    for mine in people.values():
        head = mine[0]
        reads = [row.lang for row in mine if row.level in READS_FROM]
        stays = {(row.arrival, row.departure) for row in mine if row.arrival and row.departure}
        yield Follower(
            language=head.language_group or "",
            understands=frozenset(filter(None, (head.mother_tongue, *reads))),
            stays=tuple(sorted(stays)),
            modules=frozenset(row.module_id for row in mine if row.module_id is not None),
        )


def _busy_times(gathering_id: int) -> sa.Executable:
    """The busy times of people and of the gathering's rooms while its sessions are, in order."""
    busy = BusyTime
    inside = Session.gathering_id == gathering_id
    first = sa.select(sa.func.min(Session.start_utc)).where(inside).scalar_subquery()
    last = sa.select(sa.func.max(Session.end_utc)).where(inside).scalar_subquery()
    return (
        sa.select(
            Person.code.label("person"),
            Room.code.label("room"),
            busy.start_utc,
            busy.end_utc,
            busy.source,
        )
        .outerjoin(Person, Person.id == busy.person_id)
        .outerjoin(Room, Room.id == busy.room_id)
        .where(
            meets(busy.start_utc, busy.end_utc, first, last),
            sa.or_(busy.person_id.is_not(None), Room.gathering_id == gathering_id),
        )
        .order_by(busy.start_utc, busy.id)
    )


def _chosen(gathering_id: int | None) -> sa.ColumnElement[bool]:
    not_cancelled = Session.state != SessionState.CANCELLED
    if gathering_id is None:
        return not_cancelled
    own = aliased(Session)
    inside = own.gathering_id == gathering_id
    last = sa.select(sa.func.max(own.end_utc)).where(inside).scalar_subquery()
    first = sa.select(sa.func.min(own.start_utc)).where(inside).scalar_subquery()
    meanwhile = sa.and_(Session.start_utc < last, Session.end_utc > first)
    return sa.and_(not_cancelled, sa.or_(Session.gathering_id == gathering_id, meanwhile))


def _sessions(chosen: sa.ColumnElement[bool]) -> sa.Executable:
    return (
        sa.select(
            Session.id, Session.gathering_id, Session.uid, Session.title, Session.kind,
            Session.position, Session.start_utc, Session.end_utc, Session.start_local,
            Session.end_local, Session.audience, Session.invited, Session.tz,
            Session.floor_language, Session.module_id,
            Gathering.code.label("gathering"),
            Room.code.label("room"), Room.name.label("room_name"), Room.seats, Room.booths,
        )
        .join(Gathering, Gathering.id == Session.gathering_id)
        .outerjoin(Room, Room.id == Session.room_id)
        .where(chosen)
        .order_by(Session.gathering_id, Session.start_utc, Session.uid)
    )  # fmt: skip


def _nothing(kind: Any, name: str) -> sa.Label[Any]:
    return sa.cast(sa.null(), kind).label(name)


def _details(chosen: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Speakers, lines of interpretation with their interpreters, and groups, in one statement."""
    speakers = (
        sa.select(
            Speaker.session_id, _nothing(sa.Integer, "line"), _nothing(sa.String, "mode"),
            _nothing(sa.String, "target"), Person.code.label("person"),
            Person.display_name.label("name"), _nothing(sa.String, "room"),
            _nothing(sa.String, "room_name"),
            _nothing(sa.Integer, "seats"), _nothing(sa.Integer, "booths"),
            _nothing(sa.Integer, "delegation_id"), Speaker.position, Speaker.id,
        )
        .join(Person, Person.id == Speaker.person_id)
        .join(Session, Session.id == Speaker.session_id)
        .where(chosen)
    )  # fmt: skip
    lines = (
        sa.select(
            Interpretation.session_id, Interpretation.id, sa.cast(Interpretation.mode, sa.String),
            Interpretation.target, Person.code, Person.display_name, sa.null(), sa.null(),
            sa.null(), sa.null(), sa.null(), Interpretation.position, InterpreterDuty.id,
        )
        .outerjoin(InterpreterDuty, InterpreterDuty.interpretation_id == Interpretation.id)
        .outerjoin(Person, Person.id == InterpreterDuty.person_id)
        .join(Session, Session.id == Interpretation.session_id)
        .where(chosen)
    )  # fmt: skip
    groups = (
        sa.select(
            SessionGroup.session_id, sa.null(), sa.null(), SessionGroup.language, sa.null(),
            sa.null(), Room.code, Room.name, Room.seats, Room.booths, SessionGroup.delegation_id,
            SessionGroup.position, SessionGroup.id,
        )
        .join(Room, Room.id == SessionGroup.room_id)
        .join(Session, Session.id == SessionGroup.session_id)
        .where(chosen)
    )  # fmt: skip
    rows = sa.union_all(speakers, lines, groups).subquery()
    return sa.select(rows).order_by(rows.c.session_id, rows.c.position, rows.c.id)


def _gatherings() -> sa.Select[Any]:
    """Every gathering with the sizes of its delegations and its blocked times, one per row."""
    sizes = (
        sa.select(
            Participation.gathering_id,
            Participation.delegation_id,
            sa.func.count().label("people"),
            _nothing(sa.Date, "date"),
            _nothing(sa.Time, "start"),
            _nothing(sa.Time, "end"),
            _nothing(sa.String, "why"),
            _nothing(sa.Integer, "weekday"),
        )
        .where(Participation.state != ParticipationState.CANCELLED)
        .group_by(Participation.gathering_id, Participation.delegation_id)
    )
    blocked = sa.select(
        BlockedTime.gathering_id, sa.null(), sa.null(), BlockedTime.date, BlockedTime.start,
        BlockedTime.end, BlockedTime.why, BlockedTime.weekday,
    )  # fmt: skip
    facts = sa.union_all(sizes, blocked).subquery()
    columns = (facts.c.delegation_id, facts.c.people, facts.c.date, facts.c.start, facts.c.end)
    return (
        sa.select(Gathering.id, Gathering.code, *columns, facts.c.why, facts.c.weekday)
        .outerjoin(facts, facts.c.gathering_id == Gathering.id)
        .order_by(Gathering.id)
    )


def _session(row: Any, details: list[Any]) -> PlannedSession:
    lines: dict[int, tuple[str, Mode, list[str]]] = {}
    for detail in details:
        if detail.line is not None:
            line = lines.setdefault(detail.line, (detail.target, Mode(detail.mode), []))
            line[2].extend([detail.person] if detail.person else [])
    return PlannedSession(
        uid=row.uid,
        title=row.title,
        gathering=row.gathering,
        position=row.position,
        start=row.start_utc,
        end=row.end_utc,
        start_local=row.start_local,
        end_local=row.end_local,
        tz=row.tz,
        audience=row.audience,
        invited=row.invited,
        in_groups=row.kind in IN_GROUPS or any(d.room for d in details),
        kind=SessionKind(row.kind),
        floor=row.floor_language,
        module_id=row.module_id,
        room=_room(row) if row.room else None,
        groups=tuple(
            # the language of a group stands in the column of a line's target
            PlannedGroup(_room(d), d.delegation_id, d.target)
            for d in details
            if d.room
        ),
        lines=tuple(PlannedLine(target, mode, tuple(p)) for target, mode, p in lines.values()),
        speakers=tuple(d.person for d in details if d.line is None and d.person),
    )


def _room(row: Any) -> PlannedRoom:
    return PlannedRoom(row.room, row.room_name, row.seats, row.booths)
