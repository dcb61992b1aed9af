"""Marks that were taken on paper or by a video call, for the sessions of a gathering."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from schoolapp.base import clock
from schoolapp.base.language import mark as marked
from schoolapp.domain.attendance import ATTENDED, AttendanceMark, AttendanceState
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.text import fold, words_of
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.attendance import marking
from schoolapp.operations.attendance.marking import ONLINE
from schoolapp.operations.lists.outcomes import ListOutcome, PlannedLine, Remark
from schoolapp.storage.store import DbSession

NOBODY = marked("No participant has this name.")
SEVERAL = marked("Several participants have this name: mark them in the register.")
NO_SESSION = marked("It is not clear which session this is for: “{words}” is not in the programme.")
NO_MARK = marked("The row does not say whether the person was there.")
AGAIN = marked("This person has several rows; they are counted together.")
DISAGREE = marked(
    "The name of this row is not that of the person with this address: mark them in the register."
)
CONTRARY = marked("The rows say both that this person was there and was not: nothing is marked.")
AWAY = marked("{number} minutes are counted: this person was away in between.")
ON_LIST = "taken over from a list"
GRACE = dt.timedelta(minutes=5)
"""Who comes within this time after the start of a session is not late."""
OF_CALLS = ("join", "leave time", "user email", "beitritt", "austritt")
"""What headings of the reports of video calls say, and no paper list."""
S = AttendanceState
Stretch = tuple[dt.datetime | None, dt.datetime | None]
"""From when to when somebody was there, as far as a row says it."""


class _Noted(NamedTuple):
    status: AttendanceState
    minutes: int


class _Slot(NamedTuple):
    id: int
    title: str
    start: dt.datetime
    end: dt.datetime
    tz: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What all rows of one person and session say together."""

    first: int
    states: frozenset[S] = frozenset()
    stretches: tuple[Stretch, ...] = ()
    counted: int | None = None  # minutes

    @property
    def came(self) -> dt.datetime | None:
        """The first arrival."""
        return min((came for came, _went in self.stretches if came), default=None)

    @property
    def went(self) -> dt.datetime | None:
        """The last departure."""
        return max((went for _came, went in self.stretches if went), default=None)

    @property
    def stretches_known(self) -> bool:
        """Whether any row has a time."""
        return bool(self.came or self.went)

    @property
    def is_contrary(self) -> bool:
        """Whether the person was there by one word and was not by another."""
        there = self.states & ATTENDED or self.stretches_known
        return bool(there) and not self.states <= ATTENDED


class Marks:
    """Marks by person and session; ``session_id`` is the session of rows that name none."""

    def __init__(
        self,
        session: DbSession,
        gathering_id: int,
        rows: Sequence[ListRow],
        session_id: int | None = None,
    ) -> None:
        self._session, self._chosen = session, session_id
        self._slots = _slots(session, gathering_id)
        self._by_name, self._by_address = _people(session, gathering_id)
        self._words: dict[int, set[str]] = {}
        for name, keys in self._by_name.items():
            for key in keys:
                self._words.setdefault(key, set()).update(words_of(name))
        self._noted = _noted(session, gathering_id)
        self._said: dict[tuple[int, int], _Said] = {}
        for row in rows:
            self._gather(row)

    def plan(self, row: ListRow) -> PlannedLine:
        """A mark is new, changes the one there is, or says the same."""
        name = row.text("name") or row.text("email")
        people, slot = self._people_of(row), self._slot_of(row)
        if len(people) != 1:
            why = Remark(self._why_nobody(row, people))
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (why,))
        if slot is None:
            why = Remark(NO_SESSION, row.text("session"))
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (why,))
        said = self._said[slot.id, people[0]]
        status = _status(said, slot)
        if said.is_contrary or said.first != row.row or status is None:
            why = Remark(CONTRARY if said.is_contrary else NO_MARK if status is None else AGAIN)
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (why,))
        minutes = _minutes(said, slot)
        remarks = () if minutes is None else (Remark(AWAY, number=minutes),)
        before = self._noted.get((slot.id, people[0]))
        if before is None:
            return PlannedLine(row.row, ListOutcome.NEW, name, remarks)
        changes = []
        if before.status is not status:
            changes.append(("present", before.status.value, status.value))
        if minutes not in (None, before.minutes):
            changes.append(("minutes", str(before.minutes), str(minutes)))
        outcome = ListOutcome.CHANGED if changes else ListOutcome.SAME
        return PlannedLine(row.row, outcome, name, remarks, tuple(changes))

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Note what the list says, as the register would."""
        (person,), slot = self._people_of(row), self._slot_of(row)
        assert slot is not None, "planned"
        said = self._said[slot.id, person]
        status = _status(said, slot)
        assert status is not None, "planned"
        method = ONLINE if _is_of_call(row) else "list"
        for state, wall in _steps(status, said, slot):
            at = clock.to_utc(wall, slot.tz) if wall else None
            marking.mark(
                self._session,
                session_id=slot.id,
                participation_ids=[person],
                status=state,
                at=at,
                method=method,
                reason=ON_LIST,
                minutes=_minutes(said, slot),
            )

    def _gather(self, row: ListRow) -> None:
        people, slot = self._people_of(row), self._slot_of(row)
        if len(people) != 1 or slot is None:
            return
        key = (slot.id, people[0])
        came, went = (_moment(row, name, slot) for name in ("came", "went"))
        old = self._said.get(key, _Said(row.row))
        counted = row.number("minutes")
        if counted is not None and came and went:
            counted = min(counted, _inside([(came, went)], slot))
        elif counted is None and old.counted is not None:
            counted = _inside([(came, went)], slot)
        self._said[key] = _Said(
            old.first,
            old.states | _states(row),
            (*old.stretches, (came, went)),
            old.counted if counted is None else counted + (old.counted or 0),
        )

    def _people_of(self, row: ListRow) -> list[int]:
        """The one whom name and address both mean; a part of the name is enough beside both."""
        by_name = self._called(row.text("name"))
        by_address = self._by_address.get(fold(row.text("email")), [])
        if not by_address:
            return by_name
        if not row.text("name"):
            return by_address
        both = [key for key in by_address if key in by_name]
        words = set(words_of(row.text("name")))
        return both or [
            key for key in by_address if not by_name and words & self._words.get(key, set())
        ]

    def _called(self, name: str) -> list[int]:
        """Those of a name, or of one that a video call shows: "Ana (she/her)", "Pia (Pia Cruz)"."""
        before, _bracket, inside = name.partition("(")
        found = (self._by_name.get(fold(part)) for part in (name, inside.rstrip(" )"), before))
        return next(filter(None, found), [])

    def _why_nobody(self, row: ListRow, people: list[int]) -> str:
        if people:
            return SEVERAL
        return DISAGREE if self._by_address.get(fold(row.text("email"))) else NOBODY

    def _slot_of(self, row: ListRow) -> _Slot | None:
        title, day = row.text("session"), row.day("date") or row.day("came")
        if not title:
            return next((slot for slot in self._slots if slot.id == self._chosen), None)
        found = [slot for slot in self._slots if fold(slot.title) == fold(title)]
        if len(found) > 1:
            found = [slot for slot in found if slot.start.date() == day]
        return found[0] if len(found) == 1 else None


def _is_of_call(row: ListRow) -> bool:
    """Whether the list is the report of a video call; times alone stand on paper lists too."""
    headings = " ".join(row.raw).casefold()
    return any(word in headings for word in OF_CALLS)


def _states(row: ListRow) -> frozenset[AttendanceState]:
    """What the word of a row says of whether somebody was there."""
    said = row.values.get("present")
    if isinstance(said, bool):
        return frozenset({S.PRESENT if said else S.ABSENT})
    return frozenset({S(said)}) if isinstance(said, str) else frozenset()


def _status(said: _Said, slot: _Slot) -> AttendanceState | None:
    for state in (S.EXCUSED, S.ABSENT):
        if state in said.states:
            return state
    if S.LATE in said.states or (said.came is not None and said.came > slot.start + GRACE):
        return S.LATE
    if S.LEFT_EARLY in said.states or (said.went is not None and said.went < slot.end - GRACE):
        return S.LEFT_EARLY
    return S.PRESENT if said.states or said.stretches_known or said.counted else None


def _minutes(said: _Said, slot: _Slot) -> int | None:
    """Minutes in the session of somebody who was away in between; None if nothing says so."""
    whole = _inside([(said.came, said.went)], slot)
    there = _inside(said.stretches, slot) if said.stretches_known else whole
    if said.counted is not None:
        there = min(said.counted, there)
    return there if there < whole else None


def _inside(stretches: Iterable[Stretch], slot: _Slot) -> int:
    """Whole minutes of a session in which somebody was there, by one device or by several."""
    total, until = dt.timedelta(), slot.start
    for came, went in sorted((came or slot.start, went or slot.end) for came, went in stretches):
        begins, ends = max(came, until), min(went, slot.end)
        total += max(ends - begins, dt.timedelta())
        until = max(until, ends)
    return int(total.total_seconds() // 60)


def _steps(
    status: AttendanceState, said: _Said, slot: _Slot
) -> list[tuple[AttendanceState, dt.datetime | None]]:
    """The marks to be made: late and left early are two, each with its moment."""
    left = said.went is not None and said.went < slot.end - GRACE
    steps: list[tuple[AttendanceState, dt.datetime | None]] = []
    if status is S.LATE:
        steps.append((S.LATE, said.came))
    if left and status in (S.LATE, S.LEFT_EARLY):
        steps.append((S.LEFT_EARLY, said.went))
    return steps or [(status, None)]


def _moment(row: ListRow, name: str, slot: _Slot) -> dt.datetime | None:
    at = row.clock(name)
    if at is None:
        return None
    return dt.datetime.combine(row.day(name) or row.day("date") or slot.start.date(), at)


def _slots(session: DbSession, gathering_id: int) -> list[_Slot]:
    s = Session
    found = session.execute(
        select(s.id, s.title, s.start_local, s.end_local, s.tz).where(
            s.gathering_id == gathering_id, s.register, s.state != SessionState.CANCELLED
        )
    )
    return [_Slot(*row) for row in found]


def _people(
    session: DbSession, gathering_id: int
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Participations by every name of the person, and by the address."""
    p = Participation
    found = session.execute(
        select(p.id, Person.display_name, Person.native_name, Person.passport_name, Person.email)
        .join(Person, Person.id == p.person_id)
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
    )
    names: dict[str, list[int]] = {}
    addresses: dict[str, list[int]] = {}
    for key, *known, email in found:
        for name in {fold(name) for name in known if name}:
            names.setdefault(name, []).append(key)
        if email:
            addresses.setdefault(fold(email), []).append(key)
    return names, addresses


def _noted(session: DbSession, gathering_id: int) -> dict[tuple[int, int], _Noted]:
    m = AttendanceMark
    found = session.execute(
        select(m.session_id, m.participation_id, m.status, m.minutes)
        .join(Session, Session.id == m.session_id)
        .where(Session.gathering_id == gathering_id)
    )
    return {(slot, person): _Noted(state, minutes) for slot, person, state, minutes in found}
