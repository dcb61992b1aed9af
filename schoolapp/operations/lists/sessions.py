"""A list of sessions: known by title, or by title and start where a title comes twice."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.scheduling import SessionDraft, check_session
from schoolapp.domain.text import fold
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.lists.outcomes import ListOutcome, PlannedLine, Remark, written
from schoolapp.operations.lists.rooms import TWICE
from schoolapp.operations.programme.editing import draft_of, save_session
from schoolapp.operations.programme.moving import schedule_facts
from schoolapp.operations.programme.new_sessions import USUAL_LENGTH
from schoolapp.storage.store import DbSession

NO_TITLE = mark("The row has no title.")
NO_START = mark("The row does not say on which day and at what time the session begins.")
NO_ROOM = mark("There is no room called “{words}”; the session is added without a room.")
NO_SPEAKER = mark("Nobody called “{words}” is known: add the person, or choose a speaker later.")
SEVERAL_SPEAKERS = mark("Several people are called “{words}”: choose the speaker later.")
_PARTED = (";", "\n", " & ", " and ", " et ", " y ", " en ", " at ", " und ", " e ", ",")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sessions of a list are compared with."""

    rooms: dict[str, int]
    people: dict[str, list[int]]
    by_title: dict[str, list[SessionDraft]]


class Sessions:
    """Sessions of a gathering by title."""

    def __init__(self, session: DbSession, gathering_id: int, rows: Sequence[ListRow]) -> None:
        self._session = session
        self._gathering = session.get_one(Gathering, gathering_id)
        self._facts = schedule_facts(session, gathering_id=gathering_id)
        self._known = _known(session, gathering_id)
        self._titles = Counter(fold(row.text("title")) for row in rows)
        self._seen: set[tuple[str, dt.datetime]] = set()

    def plan(self, row: ListRow) -> PlannedLine:
        """A session of a new title is new; one with a known title moves where it says otherwise."""
        title = row.text("title")
        times = self._times(row)
        if not title or times is None:
            why = NO_START if title else NO_TITLE
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, title, (Remark(why),))
        if (fold(title), times[0]) in self._seen:
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, title, (Remark(TWICE),))
        self._seen.add((fold(title), times[0]))
        old = self._old(row)
        draft, remarks = self._draft(row, old)
        wrong = tuple(Remark(said) for said in check_session(draft, self._facts).values())
        if wrong:
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, title, wrong)
        if old is None:
            return PlannedLine(row.row, ListOutcome.NEW, title, remarks)
        changes = _changes(old, draft)
        outcome = ListOutcome.CHANGED if changes else ListOutcome.SAME
        return PlannedLine(row.row, outcome, title, remarks, changes)

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Add or change the session."""
        save_session(self._session, self._draft(row, self._old(row))[0])

    def _old(self, row: ListRow) -> SessionDraft | None:
        """The session that a row is about: of its title, at its start where there are several."""
        title, times = fold(row.text("title")), self._times(row)
        alike = self._known.by_title.get(title, [])
        if len(alike) == 1 and self._titles[title] == 1:
            return alike[0]
        return next((one for one in alike if times and one.start == times[0]), None)

    def _times(self, row: ListRow) -> tuple[dt.datetime, dt.datetime] | None:
        day, at = row.day("start") or row.day("date"), row.clock("start") or row.clock("date")
        if day is None or at is None:
            return None
        start = dt.datetime.combine(day, at)
        until, minutes = row.clock("end"), row.number("minutes")
        if until is not None:
            end = dt.datetime.combine(row.day("end") or day, until)
            return start, end if end > start else end + dt.timedelta(days=1)
        return start, start + (dt.timedelta(minutes=minutes) if minutes else USUAL_LENGTH)

    def _draft(
        self, row: ListRow, old: SessionDraft | None
    ) -> tuple[SessionDraft, tuple[Remark, ...]]:
        """The session as the list has it; what the list does not say stays."""
        times = self._times(row)
        assert times is not None, "asked before"
        begun = old or SessionDraft(
            gathering_id=self._gathering.id, start=times[0], end=times[1], title=row.text("title")
        )
        room_id, of_room = self._room(row, begun.room_id)
        speakers, of_speakers = self._speakers(row)
        draft = replace(
            begun,
            start=times[0],
            end=times[1],
            room_id=room_id,
            speakers=tuple(dict.fromkeys((*begun.speakers, *speakers))),
            floor_language=next(iter(row.tags("language")), begun.floor_language),
            online_link=row.text("online_link") or begun.online_link,
        )
        return draft, (*of_room, *of_speakers)

    def _room(self, row: ListRow, before: int | None) -> tuple[int | None, tuple[Remark, ...]]:
        name = row.text("room")
        if not name:
            return before, ()
        found = self._known.rooms.get(fold(name))
        return (found, ()) if found is not None else (before, (Remark(NO_ROOM, name),))

    def _speakers(self, row: ListRow) -> tuple[list[int], list[Remark]]:
        found: list[int] = []
        remarks: list[Remark] = []
        for name in self._names(row.text("speakers")):
            people = self._known.people.get(fold(name), [])
            if len(people) == 1:
                found += people
            else:
                remarks.append(Remark(SEVERAL_SPEAKERS if people else NO_SPEAKER, name))
        return found, remarks

    def _names(self, text: str) -> list[str]:
        """The names of a cell: all of it if somebody is called so, else its parts."""
        if not text or fold(text) in self._known.people:
            return [text] if text else []
        for sign in _PARTED:
            text = text.replace(sign, ";")
        return [name.strip() for name in text.split(";") if name.strip()]


def _known(session: DbSession, gathering_id: int) -> _Known:
    rooms = session.execute(select(Room.name, Room.id).where(Room.gathering_id == gathering_id))
    shown = select(Person.display_name, Person.id).where(
        Person.merged_into_id.is_(None), Person.erased_at.is_(None)
    )
    people: dict[str, list[int]] = {}
    for name, key in session.execute(shown):
        people.setdefault(fold(name), []).append(key)
    kept = select(Session.id).where(
        Session.gathering_id == gathering_id, Session.state != SessionState.CANCELLED
    )
    by_title: dict[str, list[SessionDraft]] = {}
    for key in session.scalars(kept):
        draft = draft_of(session, key)
        by_title.setdefault(fold(draft.title), []).append(draft)
    return _Known({fold(name): key for name, key in rooms}, people, by_title)


_COMPARED = ("start", "end", "room_id", "speakers", "floor_language", "online_link")


def _changes(old: SessionDraft, new: SessionDraft) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name.removesuffix("_id"), written(getattr(old, name)), written(getattr(new, name)))
        for name in _COMPARED
        if getattr(old, name) != getattr(new, name)
    )
