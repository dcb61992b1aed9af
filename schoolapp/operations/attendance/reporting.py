"""The facts of attendance reports, as plain rows in the order of the report's columns."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Literal

import sqlalchemy as sa

from schoolapp.domain.attendance import (
    ATTENDED,
    FOR_EVERYBODY,
    NO_REGISTER,
    AttendanceMark,
    AttendanceState,
    DayPresence,
)
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation, days_present
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.language import mark as marked
from schoolapp.operations.attendance.attendants import CANCELLED, Attendant, attendants
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

By = Literal["session", "person", "day", "delegation"]
Fact = tuple[Any, ...]

_CAME = {state.value: state.value.replace("_", " ") for state in ATTENDED}
_WORDS = {state.value: state.value.replace("_", " ") for state in AttendanceState}
_ABSENT = AttendanceState.ABSENT.value
_NOT_APPLICABLE = AttendanceState.NOT_APPLICABLE.value


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """A report's rows in one shape, and the gathering they are of.

    By ``session``: session (uid), title, start (wall time), person (uid), name, status, minutes.
    By ``person``: person, name, sessions, attended, absent, minutes, minutes possible.
    By ``day``: date, persons; ``days`` holds date, person, name, delegation of each.
    By ``delegation``: delegation (empty for who has none), persons, person-days.
    """

    by: By
    titles: dict[str, str]
    tz: str
    rows: list[Fact]
    days: list[Fact]


def attendance_facts(session: DbSession, *, gathering_id: int, by: By) -> AttendanceFacts:
    """What the registers of a gathering say, in three statements whatever its size.

    A row stands for each person and session that applies: not cancelled, with a register, wholly
    inside a stay, of a module attended, and for everybody; and for each mark of somebody who came
    although nothing of this was so (E20). Where nothing is known (register lost, not kept, no
    entry for the person) the status is ``no register`` and no minutes count, neither done nor
    possible: no row is not absent.
    """
    if by == "session" or by == "person":
        head, slots = _slots(session, gathering_id)
        people = sorted(attendants(session, gathering_id).values(), key=attrgetter("uid"))
        tell = _by_session if by == "session" else _by_person
        with _marks(session, gathering_id) as marks:
            return AttendanceFacts(by, *head, tell(slots, people, marks), [])
    head = _head(session, gathering_id)
    days = _days(session, gathering_id, head)
    tally = _by_day if by == "day" else _by_delegation
    return AttendanceFacts(by, head.titles, head.tz, tally(days), days)


Mark = tuple[int, int, str, int]
"""Session, participation, status and minutes, as the database has them."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A session that keeps a register."""

    id: int
    uid: str
    title: str
    start: dt.datetime
    end: dt.datetime
    module_id: int | None
    for_everybody: bool
    lost: bool
    minutes: int


def _slots(session: DbSession, gathering_id: int) -> tuple[tuple[dict[str, str], str], list[_Slot]]:
    """Titles and zone of the gathering, and its sessions with a register, by start and uid."""
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
            Session.start_utc,
            Session.end_utc,
        )
        .outerjoin(
            Session,
            sa.and_(
                Session.gathering_id == Gathering.id,
                Session.register,
                Session.state != SessionState.CANCELLED,
            ),
        )
        .where(Gathering.id == gathering_id)
        .order_by(Session.start_local, Session.uid),
    )
    if not rows:
        raise _gone()
    slots = [
        _Slot(
            *(key, uid, title, start, end, module_id),
            for_everybody=audience in FOR_EVERYBODY,
            lost=lost,
            minutes=int((end_utc - start_utc).total_seconds()) // 60,
        )
        for key, uid, title, start, end, module_id, audience, lost, start_utc, end_utc in (
            row[2:] for row in rows
        )
        if key is not None
    ]
    return (rows[0][0], rows[0][1]), slots


@contextmanager
def _marks(session: DbSession, gathering_id: int) -> Iterator[Iterable[Mark]]:
    """All marks of a gathering by session, as the driver's own tuples: a report is mostly these."""
    statement = (
        sa.select(
            AttendanceMark.session_id,
            AttendanceMark.participation_id,
            AttendanceMark.status,
            AttendanceMark.minutes,
        )
        .join(Session, Session.id == AttendanceMark.session_id)
        .where(Session.gathering_id == gathering_id)
        .order_by(Session.id)
    )
    result = session.connection().execute(statement)
    cursor: Any = result.cursor
    try:
        yield cursor
    finally:
        result.close()


def _by_session(slots: list[_Slot], people: list[Attendant], marks: Iterable[Mark]) -> list[Fact]:
    notes = {
        session_id: {note[1]: note for note in noted}
        for session_id, noted in groupby(marks, itemgetter(0))
    }
    rows: list[Fact] = []
    persons = [(person.id, person.uid, person.name, person) for person in people]
    for slot in slots:
        noted = {} if slot.lost else notes.get(slot.id, {})
        uid, title, start = slot.uid, slot.title, slot.start
        for key, person_uid, name, person in persons:
            found = noted.get(key)
            if found is not None and (word := _CAME.get(found[2])):
                rows.append((uid, title, start, person_uid, name, word, found[3]))
            elif told := _told(slot, person, found):
                rows.append((uid, title, start, person_uid, name, *told))
    return rows


def _told(slot: _Slot, person: Attendant, note: Mark | None) -> tuple[str, int | None] | None:
    """Word and minutes of somebody who did not come, or of whom nothing is known."""
    if not _applies(slot, person):
        return None
    if note is None:
        return (NO_REGISTER, None) if slot.for_everybody else None
    return _WORDS[note[2]], None if note[2] == _NOT_APPLICABLE else note[3]


def _by_person(slots: list[_Slot], people: list[Attendant], marks: Iterable[Mark]) -> list[Fact]:
    kept = {slot.id: slot for slot in slots if not slot.lost}
    known = {person.id: person for person in people}
    attended = {person.id: [0, 0, 0] for person in people}
    missed: dict[int, list[str]] = {person.id: [] for person in people}
    for session_id, noted in groupby(marks, itemgetter(0)):
        if session_id not in kept:
            continue
        slot = kept[session_id]
        length = slot.minutes
        for _session_id, key, status, minutes in noted:
            line = attended[key]
            if status in _CAME:
                line[0] += 1
                line[1] += minutes
                line[2] += length
            elif status != _NOT_APPLICABLE and _applies(slot, known[key]):
                missed[key].append(status)
                line[2] += length
    return [
        (p.uid, p.name, came + len(not_there), came, not_there.count(_ABSENT), done, possible)
        for p in people
        for (came, done, possible), not_there in [(attended[p.id], missed[p.id])]
        if p.state != CANCELLED or came
    ]


def _applies(slot: _Slot, person: Attendant) -> bool:
    return person.is_there(slot.start, slot.end, slot.module_id)


def _head(session: DbSession, gathering_id: int) -> Any:
    row = session.execute(
        sa.select(Gathering.titles, Gathering.tz, Gathering.start_date, Gathering.end_date).where(
            Gathering.id == gathering_id
        )
    ).first()
    if row is None:
        raise _gone()
    return row


def _gone() -> RuleBroken:
    return RuleBroken(marked("This gathering was removed meanwhile."))


def _days(session: DbSession, gathering_id: int, head: Any) -> list[Fact]:
    """Who was on site on which day of the gathering: date, person (uid), name, delegation.

    From the daily register where the gathering keeps one; else the days that the stays touch, the
    days of arrival and departure included, but no day of travel outside the gathering (S43).
    """
    people = attendants(session, gathering_id)
    statement = (
        sa.select(DayPresence.date, DayPresence.participation_id, DayPresence.on_site)
        .join(Participation, Participation.id == DayPresence.participation_id)
        .where(Participation.gathering_id == gathering_id)
    )
    kept = session.execute(statement).all()
    present = (
        [(date, key) for date, key, on_site in kept if on_site]
        if kept
        else [
            (date, person.id)
            for person in people.values()
            if person.state != CANCELLED
            for date in days_present(person.stays)
            if head.start_date <= date <= head.end_date
        ]
    )
    facts = [(date, people[k].uid, people[k].name, people[k].delegation) for date, k in present]
    return sorted(facts)


def _by_day(days: list[Fact]) -> list[Fact]:
    return sorted(Counter(date for date, *_person in days).items())


def _by_delegation(days: list[Fact]) -> list[Fact]:
    total = Counter(delegation for *_person, delegation in days)
    persons = Counter(d for _uid, d in {(uid, d) for _date, uid, _name, d in days})
    return [(name, persons[name], total[name]) for name in sorted(total)]
