"""Marks that were taken on paper or by a video call, for the sessions of a gathering."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from schoolapp.base import clock
from schoolapp.base.language import mark as marked
from schoolapp.domain.attendance import AttendanceMark, AttendanceState
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.text import fold
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.attendance import marking
from schoolapp.operations.attendance.marking import ONLINE
from schoolapp.operations.lists.outcomes import ListOutcome, PlannedLine, Remark
from schoolapp.storage.store import DbSession

NOBODY = marked("No participant has this name.")
SEVERAL = marked("Several participants have this name: mark them in the register.")
NO_SESSION = marked("It is not clear which session this is for: “{words}” is not in the programme.")
NO_MARK = marked("The row does not say whether the person was there.")
AGAIN = marked("This person has several rows; the first arrival and the last departure are used.")
ON_LIST = "taken over from a list"
GRACE = dt.timedelta(minutes=5)
"""Who comes within this time after the start of a session is not late."""
OF_CALLS = ("join", "leave time", "user email", "beitritt", "austritt")
"""What headings of the reports of video calls say, and no paper list."""
S = AttendanceState


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
    present: bool | None
    came: dt.datetime | None
    went: dt.datetime | None


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
        self._noted = _noted(session, gathering_id)
        self._said: dict[tuple[int, int], _Said] = {}
        for row in rows:
            self._gather(row)

    def plan(self, row: ListRow) -> PlannedLine:
        """A mark is new, changes the one there is, or says the same."""
        name = row.text("name") or row.text("email")
        people, slot = self._people_of(row), self._slot_of(row)
        if len(people) != 1:
            why = Remark(SEVERAL if people else NOBODY)
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (why,))
        if slot is None:
            why = Remark(NO_SESSION, row.text("session"))
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (why,))
        said = self._said[slot.id, people[0]]
        status = _status(said, slot)
        if said.first != row.row or status is None:
            why = Remark(NO_MARK if status is None else AGAIN)
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (why,))
        before = self._noted.get((slot.id, people[0]))
        if before is None:
            return PlannedLine(row.row, ListOutcome.NEW, name)
        if before is status:
            return PlannedLine(row.row, ListOutcome.SAME, name)
        change = ("present", before.value, status.value)
        return PlannedLine(row.row, ListOutcome.CHANGED, name, (), (change,))

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
            )

    def _gather(self, row: ListRow) -> None:
        people, slot = self._people_of(row), self._slot_of(row)
        if len(people) != 1 or slot is None:
            return
        key = (slot.id, people[0])
        came, went = (_moment(row, name, slot) for name in ("came", "went"))
        old = self._said.get(key, _Said(row.row, None, None, None))
        self._said[key] = _Said(
            old.first,
            old.present or row.is_true("present"),
            min(filter(None, (old.came, came)), default=None),
            max(filter(None, (old.went, went)), default=None),
        )

    def _people_of(self, row: ListRow) -> list[int]:
        by_address = self._by_address.get(fold(row.text("email")), [])
        if row.text("email") and len(by_address) == 1:
            return by_address
        name = row.text("name")
        bare = name.partition("(")[0].strip() or name  # "Ana (she/her)" of a video call
        return self._by_name.get(fold(name)) or self._by_name.get(fold(bare), [])

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


def _status(said: _Said, slot: _Slot) -> AttendanceState | None:
    if said.present is False:
        return S.ABSENT
    if said.came is not None and said.came > slot.start + GRACE:
        return S.LATE
    if said.went is not None and said.went < slot.end - GRACE:
        return S.LEFT_EARLY
    return S.PRESENT if said.present or said.came or said.went else None


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


def _noted(session: DbSession, gathering_id: int) -> dict[tuple[int, int], AttendanceState]:
    m = AttendanceMark
    found = session.execute(
        select(m.session_id, m.participation_id, m.status)
        .join(Session, Session.id == m.session_id)
        .where(Session.gathering_id == gathering_id)
    )
    return {(slot, person): status for slot, person, status in found}
