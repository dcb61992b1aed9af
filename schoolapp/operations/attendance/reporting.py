"""The facts of attendance reports, as plain rows in the order of the report's columns."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import attrgetter, itemgetter
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.expression import SQLColumnExpression

from schoolapp.domain.attendance import (
    ATTENDED,
    NO_REGISTER,
    AttendanceMark,
    AttendanceState,
)
from schoolapp.domain.participation import ParticipationState
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.reports import ReportFilter
from schoolapp.operations.attendance.attendants import Attendant
from schoolapp.operations.attendance.counting import Registers, Slot, registers
from schoolapp.operations.attendance.presence import (
    PersonDay,
    Presence,
    presence,
)
from schoolapp.storage.engine import is_file
from schoolapp.storage.selecting import among, fetch
from schoolapp.storage.store import DbSession

_WORDS = {state.value: state.value.replace("_", " ") for state in AttendanceState}
_PRESENT = AttendanceState.PRESENT.value
EVERYTHING = ReportFilter()
_uid = attrgetter("uid")
_CAME = frozenset(state.value for state in ATTENDED)
CAME = frozenset(_WORDS[state] for state in _CAME)
"""The words of a report for somebody who was there, for all of a session or for a part."""
_ABSENT = AttendanceState.ABSENT.value
_NOT_APPLICABLE = AttendanceState.NOT_APPLICABLE.value

By = Literal["session", "person", "day", "delegation"]
Fact = tuple[Any, ...]
"""A row of any report as a table shows it. Any: the column of the report says what a cell holds."""
SessionFact = tuple[str, str, dt.datetime, str, str, str, int | None]
"""Session (uid), title, start (wall time), person (uid), name, status, minutes. Not a named tuple:
there are tens of thousands, and naming their fields would take a tenth of the report's time."""


class PersonFact(NamedTuple):
    """What the registers say of a person; ``person`` is the uid."""

    person: str
    name: str
    sessions: int
    attended: int
    absent: int
    minutes: int
    minutes_possible: int


class DayFact(NamedTuple):
    """How many people were on site on a day; None where nothing is recorded of it."""

    date: dt.date
    persons: int | None


class DelegationFact(NamedTuple):
    """How many people of a delegation were on site, and on how many days in all.

    Both are None where nothing is recorded of any of them.
    """

    delegation: str
    persons: int | None
    person_days: int | None


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """A report's rows in one shape, and the gathering they are of.

    The rows are ``SessionFact``, ``PersonFact``, ``DayFact`` or ``DelegationFact``, the delegation
    empty for people who have none; ``days`` are what the last two count.
    """

    by: By
    titles: dict[str, str]
    tz: str
    rows: Sequence[Fact]
    days: Sequence[PersonDay]


def attendance_facts(
    session: DbSession, *, gathering_id: int, by: By, only: ReportFilter = EVERYTHING
) -> AttendanceFacts:
    """What the registers of a gathering say, in three statements whatever its size.

    There is a row for each person and session that applies: not cancelled, with a register, wholly
    inside a stay, of a module attended, and for everybody; and for each mark of somebody who came
    although none of this was so (E20). Where nothing is known (register lost, not kept, no
    entry for the person) the status is ``no register`` and no minutes count, neither done nor
    possible: a missing entry does not mean absent.
    """
    if by == "session" or by == "person":
        kept = registers(session, gathering_id, only)
        rows = by_session(session, kept) if by == "session" else by_person(session, kept)
        return AttendanceFacts(by, kept.titles, kept.tz, rows, [])
    present = presence(session, gathering_id, only)
    tally = by_day(present) if by == "day" else by_delegation(present)
    return AttendanceFacts(by, present.titles, present.tz, tally, present.days)


def _text(session: DbSession, number: SQLColumnExpression[int]) -> sa.ColumnElement[str]:
    """A number as a text; a file needs no cast, which is slow."""
    if is_file(session.get_bind()):
        return sa.type_coerce(number, sa.String)
    return sa.cast(number, sa.String)


def _in_a_row(texts: SQLColumnExpression[str]) -> sa.ColumnElement[str]:
    """The texts of a group, one after the other in one text.

    A report is mostly marks, tens of thousands. As some hundred long texts they cost half of what
    they cost as rows. Columns gathered in one statement keep their values in the same order.
    """
    return sa.func.aggregate_strings(texts, " ")


def by_session(session: DbSession, kept: Registers) -> list[SessionFact]:
    """The report by session; one statement."""
    known_as = _text(session, AttendanceMark.participation_id)
    unusual = AttendanceMark.status != AttendanceState.PRESENT
    statement = (
        sa.select(
            AttendanceMark.session_id,
            _in_a_row(known_as),
            _in_a_row(_text(session, AttendanceMark.minutes)),
            _in_a_row(sa.case((unusual, known_as + ":" + AttendanceMark.status))),
        )
        .join(Session, Session.id == AttendanceMark.session_id)
        .where(Session.gathering_id == kept.gathering_id, ~Session.register_lost)
        .group_by(AttendanceMark.session_id)
    )
    registers = {
        key: (keys, minutes, others) for key, keys, minutes, others in fetch(session, statement)
    }
    people = _People(kept.people)
    rows: list[SessionFact] = []
    for slot in kept.slots:
        rows += people.rows(slot, *registers.get(slot.id, ("", "", None)))
    return rows


InOrder = Callable[[list[int | None]], tuple[int | None, ...]]
"""Puts the values of a register in the order of the people, with None for those not in it."""


class _People:
    """The people of a report, who turn registers into its rows.

    Registers mostly hold the same people in the same order: the place of each person is worked out
    once for all of those, and rows are made column by column. One by one takes twice as long.
    """

    def __init__(self, people: list[Attendant]) -> None:
        self._people = people
        self._uids, self._names = list(map(_uid, people)), [person.known_as for person in people]
        self._place = {str(person.id): place for place, person in enumerate(people)}
        self._rosters: dict[str, tuple[InOrder, frozenset[str]]] = {}

    def rows(
        self, slot: Slot, keys: str, minutes: str, others: str | None
    ) -> Iterable[SessionFact]:
        """The rows of one register, from the keys of its participations, their minutes, and those
        statuses that are not ``present``."""
        if not self._people:
            return ()
        in_order, unmarked = self._rosters.get(keys) or self._roster(keys)
        done = list(in_order([*map(int, minutes.split()), None]))
        words: list[str | None] = [_PRESENT] * len(self._people)
        unusual = dict(text.split(":") for text in (others or "").split())
        for key in unmarked | (unusual.keys() & self._place.keys()):
            at = self._place[key]
            known = _known(slot, self._people[at], unusual.get(key), done[at])
            words[at], done[at] = known or (None, None)
        head = (repeat(slot.uid), repeat(slot.title), repeat(slot.start))
        rows = zip(*head, self._uids, self._names, words, done, strict=False)
        return compress(rows, words) if None in words else rows

    def _roster(self, keys: str) -> tuple[InOrder, frozenset[str]]:
        """What puts a register's values in the order of the people, and those who are not in it:
        they take the last value, which is None."""
        at = {key: place for place, key in enumerate(keys.split())}
        in_order = itemgetter(*(at.get(key, -1) for key in self._place), -1)
        self._rosters[keys] = found = (in_order, frozenset(self._place.keys() - at.keys()))
        return found


def _known(
    slot: Slot, person: Attendant, status: str | None, minutes: int | None
) -> tuple[str, int | None] | None:
    """Word and minutes of somebody whose mark is not ``present`` or who has no mark."""
    if status in ATTENDED:
        return _WORDS[status], minutes
    if not _applies(slot, person):
        return None
    if status is None:
        return (NO_REGISTER, None) if slot.for_everybody else None
    return _WORDS[status], None if status == _NOT_APPLICABLE else minutes


def by_person(session: DbSession, kept: Registers) -> list[PersonFact]:
    """The report by person; one statement."""
    known_as = _text(session, AttendanceMark.session_id)
    unusual = AttendanceMark.status != AttendanceState.PRESENT
    statement = (
        sa.select(
            AttendanceMark.participation_id,
            sa.func.sum(AttendanceMark.minutes),  # people who were not there have none
            _in_a_row(known_as),
            _in_a_row(sa.case((unusual, known_as + ":" + AttendanceMark.status))),
        )
        .join(Session, Session.id == AttendanceMark.session_id)
        .where(
            Session.gathering_id == kept.gathering_id,
            Session.register,
            ~Session.register_lost,
            Session.state != SessionState.CANCELLED,
        )
        .group_by(AttendanceMark.participation_id)
    )
    if kept.narrowed:
        wanted = (slot.id for slot in kept.slots)
        statement = statement.where(among(session, AttendanceMark.session_id, wanted))
    marks = {
        key: _Marks(done, noted, other) for key, done, noted, other in fetch(session, statement)
    }
    slots = {str(slot.id): slot for slot in kept.slots}
    lengths = {key: slot.minutes for key, slot in slots.items()}
    span = kept.span
    rows: list[PersonFact] = []
    for person in kept.people:
        always = span is not None and person.is_there_throughout(*span)
        fact = _of_person(person, always, marks.get(person.id, _Marks()), slots, lengths)
        if fact.attended or person.state is not ParticipationState.CANCELLED:
            rows.append(fact)
    return rows


class _Marks(NamedTuple):
    """The marks of a person: minutes, the sessions, and those with another status than present."""

    minutes: int | None = 0
    held: str = ""
    others: str | None = ""


def _of_person(
    person: Attendant,
    always: bool,
    marks: _Marks,
    slots: dict[str, Slot],
    lengths: dict[str, int],
) -> PersonFact:
    held = marks.held.split()
    others = [text.split(":") for text in (marks.others or "").split()]
    absences = [(key, status) for key, status in others if status not in _CAME]
    came = len(held) - len(absences)
    possible = sum(map(lengths.__getitem__, held))
    statuses = []
    for key, status in absences:
        if status != _NOT_APPLICABLE and (always or _applies(slots[key], person)):
            statuses.append(status)
        else:
            possible -= lengths[key]
    return PersonFact(
        person=person.uid,
        name=person.known_as,
        sessions=came + len(statuses),
        attended=came,
        absent=statuses.count(_ABSENT),
        minutes=marks.minutes or 0,
        minutes_possible=possible,
    )


def _applies(slot: Slot, person: Attendant) -> bool:
    return person.is_there(slot.start, slot.end, slot.module_id)


def by_day(present: Presence) -> list[DayFact]:
    """How many people were on site on each day of the gathering."""
    counted = Counter(day.date for day in present.days)
    return [
        DayFact(date, counted[date] if date in present.known_dates else None)
        for date in present.dates
    ]


def by_delegation(present: Presence) -> list[DelegationFact]:
    """How many people of each delegation were on site, and for how many days."""
    of = {person.uid: person.own_delegation for person in present.reported()}
    total = Counter(of[day.person] for day in present.days)
    persons = Counter(of[uid] for uid in {day.person for day in present.days})
    known = {of[uid] for uid in present.known}
    return [
        DelegationFact(one[0], persons[one], total[one])
        if one in known
        else DelegationFact(one[0], None, None)
        for one in sorted(set(of.values()))
    ]
