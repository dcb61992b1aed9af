"""The facts of attendance reports, as plain rows in the order of the report's columns."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter, itemgetter
from typing import Any, Literal

import sqlalchemy as sa

from schoolapp.base.language import mark as marked
from schoolapp.domain.attendance import (
    ATTENDED,
    FOR_EVERYBODY,
    NO_REGISTER,
    AttendanceMark,
    AttendanceState,
    DayPresence,
)
from schoolapp.domain.gatherings import Gathering, Module
from schoolapp.domain.participation import Participation, days_present
from schoolapp.domain.programme import Session, SessionKind, SessionState
from schoolapp.domain.reports import ReportFilter
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.attendance.attendants import CANCELLED, Attendant, attendants
from schoolapp.storage.engine import is_file
from schoolapp.storage.selecting import among, fetch
from schoolapp.storage.store import DbSession

By = Literal["session", "person", "day", "delegation"]
Fact = tuple[Any, ...]

_WORDS = {state.value: state.value.replace("_", " ") for state in AttendanceState}
_PRESENT = AttendanceState.PRESENT.value
EVERYTHING = ReportFilter()
_uid = attrgetter("uid")
_CAME = frozenset(state.value for state in ATTENDED)
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


def attendance_facts(
    session: DbSession, *, gathering_id: int, by: By, only: ReportFilter = EVERYTHING
) -> AttendanceFacts:
    """What the registers of a gathering say, in three statements whatever its size.

    A row stands for each person and session that applies: not cancelled, with a register, wholly
    inside a stay, of a module attended, and for everybody; and for each mark of somebody who came
    although nothing of this was so (E20). Where nothing is known (register lost, not kept, no
    entry for the person) the status is ``no register`` and no minutes count, neither done nor
    possible: no row is not absent.
    """
    if by == "session" or by == "person":
        kept = registers(session, gathering_id, only)
        rows = by_session(session, kept) if by == "session" else by_person(session, kept)
        return AttendanceFacts(by, kept.titles, kept.tz, rows, [])
    present = presence(session, gathering_id, only)
    tally = _by_day if by == "day" else _by_delegation
    return AttendanceFacts(by, present.titles, present.tz, tally(present), present.days)


@dataclass(frozen=True, slots=True)
class Slot:
    """A session that keeps a register."""

    id: int
    uid: str
    title: str
    start: dt.datetime
    end: dt.datetime
    module_id: int | None
    for_everybody: bool
    lost: bool
    kind: SessionKind
    module: str
    invited: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Registers:
    """The sessions with a register and the people of a gathering, as far as a report wants them."""

    titles: dict[str, str]
    tz: str
    gathering_id: int
    slots: list[Slot]
    people: list[Attendant]
    narrowed: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """Who of a gathering's people was on site on which day: date, uid, name, delegation."""

    titles: dict[str, str]
    tz: str
    first_day: dt.date
    people: dict[str, Attendant]
    days: list[Fact]


def registers(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool = False
) -> Registers:
    """What a report of registers is made of; two statements."""
    (titles, tz), slots = _slots(session, gathering_id)
    kept = [
        slot for slot in slots if only.module in ("", slot.module) and only.holds(slot.start.date())
    ]
    people = _people(session, gathering_id, only, details=details)
    narrowed = len(kept) < len(slots)
    return Registers(titles, tz, gathering_id, kept, sorted(people, key=_uid), narrowed)


def _people(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool
) -> list[Attendant]:
    return [
        person
        for person in attendants(session, gathering_id, details=details).values()
        if only.delegation in ("", person.delegation)
        and only.language_group in ("", person.language_group)
    ]


def _slots(session: DbSession, gathering_id: int) -> tuple[tuple[dict[str, str], str], list[Slot]]:
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
            Session.kind,
            sa.func.coalesce(Module.code, ""),
            Session.invited,
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
        .outerjoin(Module, Module.id == Session.module_id)
        .where(Gathering.id == gathering_id)
        .order_by(Session.start_local, Session.uid),
    )
    if not rows:
        raise _gone()
    slots = [_slot(*row[2:]) for row in rows if row[2] is not None]
    return (rows[0][0], rows[0][1]), slots


def _text(session: DbSession, number: Any) -> sa.ColumnElement[str]:
    """A number as a text; a file has no need of a cast, which takes its time."""
    if is_file(session.get_bind()):
        return sa.type_coerce(number, sa.String)
    return sa.cast(number, sa.String)


def _in_a_row(texts: Any) -> sa.ColumnElement[str]:
    """The texts of a group, one after the other in one text.

    A report is mostly marks, tens of thousands. As some hundred long texts they cost half of what
    they cost as rows. Columns gathered in one statement keep their values in the same order.
    """
    return sa.func.aggregate_strings(texts, " ")


def _slot(*row: Any) -> Slot:
    *what, audience, lost, kind, module, invited, start, end = row
    minutes = int((end - start).total_seconds()) // 60
    key, uid, title, first, last, module_id = what
    expects = audience in FOR_EVERYBODY
    return Slot(
        *(key, uid, title, first, last, module_id, expects, lost, kind, module, invited, minutes)
    )


def by_session(session: DbSession, kept: Registers) -> list[Fact]:
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
    registers = {key: texts for key, *texts in fetch(session, statement)}
    people = _People(kept.people)
    rows: list[Fact] = []
    for slot in kept.slots:
        rows += people.rows(slot, *registers.get(slot.id, ("", "", None)))
    return rows


class _People:
    """The people of a report, who turn registers into its rows.

    Registers mostly hold the same people in the same order: where somebody stands is worked out
    once for all of those, and rows are made column by column. One by one takes twice as long.
    """

    def __init__(self, people: list[Attendant]) -> None:
        self._people = people
        self._uids, self._names = list(map(_uid, people)), [person.known_as for person in people]
        self._place = {str(person.id): place for place, person in enumerate(people)}
        self._rosters: dict[str, tuple[Callable[[list[Any]], Any], frozenset[str]]] = {}

    def rows(self, slot: Slot, keys: str, minutes: str, others: str | None) -> Iterable[Fact]:
        """The rows of one register: its participations, their minutes, and the statuses that are
        not ``present``."""
        if not self._people:
            return ()
        in_order, unmarked = self._rosters.get(keys) or self._roster(keys)
        done = list(in_order([*map(int, minutes.split()), None]))
        words: list[str | None] = [_PRESENT] * len(self._people)
        unusual = dict(text.split(":") for text in (others or "").split())
        for key in unmarked | (unusual.keys() & self._place.keys()):
            at = self._place[key]
            told = _told(slot, self._people[at], unusual.get(key), done[at])
            words[at], done[at] = told or (None, None)
        head = (repeat(slot.uid), repeat(slot.title), repeat(slot.start))
        rows = zip(*head, self._uids, self._names, words, done, strict=False)
        return (row for row in rows if row[5] is not None) if None in words else rows

    def _roster(self, keys: str) -> tuple[Callable[[list[Any]], Any], frozenset[str]]:
        """What puts a register's values in the order of the people, and who is not in it: they
        take the last value, which is None."""
        at = {key: place for place, key in enumerate(keys.split())}
        in_order = itemgetter(*(at.get(key, -1) for key in self._place), -1)
        self._rosters[keys] = found = (in_order, frozenset(self._place.keys() - at.keys()))
        return found


def _told(
    slot: Slot, person: Attendant, status: str | None, minutes: int | None
) -> tuple[str, int | None] | None:
    """Word and minutes of somebody whose mark is not ``present``, or of whom nothing is known."""
    if status in ATTENDED:
        return _WORDS[status], minutes
    if not _applies(slot, person):
        return None
    if status is None:
        return (NO_REGISTER, None) if slot.for_everybody else None
    return _WORDS[status], None if status == _NOT_APPLICABLE else minutes


def by_person(session: DbSession, kept: Registers) -> list[Fact]:
    """The report by person; one statement."""
    known_as = _text(session, AttendanceMark.session_id)
    unusual = AttendanceMark.status != AttendanceState.PRESENT
    statement = (
        sa.select(
            AttendanceMark.participation_id,
            sa.func.sum(AttendanceMark.minutes),  # who was not there has none
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
    marks = {key: rest for key, *rest in fetch(session, statement)}
    by_key = {str(slot.id): slot for slot in kept.slots}
    lengths = {key: slot.minutes for key, slot in by_key.items()}
    rows: list[Fact] = []
    for person in kept.people:
        done, noted, missed_texts = marks.get(person.id, (0, "", ""))
        held = noted.split()
        others = [text.split(":") for text in (missed_texts or "").split()]
        absences = [(key, status) for key, status in others if status not in _CAME]
        came = len(held) - len(absences)
        possible = sum(map(lengths.__getitem__, held))
        statuses = []
        for key, status in absences:
            if status != _NOT_APPLICABLE and _applies(by_key[key], person):
                statuses.append(status)
            else:
                possible -= lengths[key]
        if person.state != CANCELLED or came:
            absent = statuses.count(_ABSENT)
            counts = (came + len(statuses), came, absent, done or 0, possible)
            rows.append((person.uid, person.known_as, *counts))
    return rows


def _applies(slot: Slot, person: Attendant) -> bool:
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


def presence(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool = False
) -> Presence:
    """Who was on site on which day of the gathering; three statements.

    From the daily register where the gathering keeps one; else the days that the stays touch, the
    days of arrival and departure included, but no day of travel outside the gathering (S43).
    """
    head = _head(session, gathering_id)
    found = _people(session, gathering_id, only, details=details)
    people = {person.id: person for person in found}
    statement = (
        sa.select(DayPresence.date, DayPresence.participation_id, DayPresence.on_site)
        .join(Participation, Participation.id == DayPresence.participation_id)
        .where(Participation.gathering_id == gathering_id)
    )
    register = session.execute(statement).all()
    present = (
        [(date, key) for date, key, on_site in register if on_site and key in people]
        if register
        else [
            (date, person.id)
            for person in people.values()
            if person.state != CANCELLED
            for date in days_present(person.stays)
            if head.start_date <= date <= head.end_date
        ]
    )
    days = sorted(
        (date, people[k].uid, people[k].known_as, people[k].delegation)
        for date, k in present
        if only.holds(date)
    )
    by_uid = {person.uid: person for person in people.values()}
    return Presence(head.titles, head.tz, head.start_date, by_uid, days)


def _by_day(present: Presence) -> list[Fact]:
    return sorted(Counter(date for date, *_person in present.days).items())


def _by_delegation(present: Presence) -> list[Fact]:
    of = {uid: person.own_delegation for uid, person in present.people.items()}
    total = Counter(of[uid] for _date, uid, *_rest in present.days)
    persons = Counter(of[uid] for uid in {uid for _date, uid, *_rest in present.days})
    return [(key[0], persons[key], total[key]) for key in sorted(total)]
