"""A list of sessions: known by title, or by title and start where a title comes twice."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.participation import INTERPRETERS, LECTURERS
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.scheduling import SessionDraft, check_session
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.domain.text import fold
from schoolapp.domain.who import Who
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.lists.cast import Cast, Named
from schoolapp.operations.lists.interpreting import Booths, Heard
from schoolapp.operations.lists.outcomes import (
    AskedName,
    ListOutcome,
    PlannedLine,
    Remark,
    written,
)
from schoolapp.operations.lists.rooms import TWICE
from schoolapp.operations.programme.editing import draft_of, save_session
from schoolapp.operations.programme.moving import schedule_facts
from schoolapp.operations.programme.new_sessions import USUAL_LENGTH
from schoolapp.storage.store import DbSession

NO_TITLE = mark("The row has no title.")
NO_START = mark("The row does not say on which day and at what time the session begins.")
NO_ROOM = mark("There is no room called “{words}”; the session is added without a room.")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sessions of a list are compared with."""

    rooms: dict[str, tuple[int, str]]  # folded name to key and name
    by_title: dict[str, list[SessionDraft]]


@dataclass(frozen=True, slots=True)
class _Meant:
    """A session as a row has it, with what is to be said of the row and of whom it names."""

    draft: SessionDraft
    remarks: tuple[Remark, ...]
    people: tuple[tuple[AskedName, str], ...]  # each with the list that it would be on


class Sessions:
    """Sessions of a gathering by title; who speaks or interprets is engaged as in the panel."""

    def __init__(
        self, session: DbSession, gathering_id: int, rows: Sequence[ListRow], named: Named
    ) -> None:
        self._session = session
        self._gathering = session.get_one(Gathering, gathering_id)
        self._facts = schedule_facts(session, gathering_id=gathering_id)
        self._known = _known(session, gathering_id)
        self._cast = Cast(session, gathering_id, named)
        usual = next(iter(self._gathering.working_languages), NO_LANGUAGE)
        self._booths = Booths(session, gathering_id, usual)
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
        meant = self._meant(row, old)
        wrong = tuple(Remark(said) for said in check_session(meant.draft, self._facts).values())
        if wrong:
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, title, wrong)
        of_people = (self._cast.remark(asked, as_what) for asked, as_what in meant.people)
        remarks = (*filter(None, of_people), *meant.remarks)
        people = tuple(asked for asked, _list_name in meant.people)
        if old is None:
            return PlannedLine(row.row, ListOutcome.NEW, title, remarks, (), people)
        changes = tuple(self._changes(old, meant.draft))
        outcome = ListOutcome.CHANGED if changes else ListOutcome.SAME
        return PlannedLine(row.row, outcome, title, remarks, changes, people)

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Add or change the session; people who are not known are made first, each once."""
        draft = self._meant(row, self._old(row)).draft
        key = self._cast.key
        lines = (
            replace(line, interpreters=tuple(dict.fromkeys(map(key, line.interpreters))))
            for line in draft.interpretation
        )
        speakers = tuple(dict.fromkeys(map(key, draft.speakers)))
        meant = replace(draft, speakers=speakers, interpretation=tuple(lines))
        save_session(self._session, meant)

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

    def _meant(self, row: ListRow, old: SessionDraft | None) -> _Meant:
        """The session as the list has it; what the list does not say stays."""
        times = self._times(row)
        assert times is not None, "asked before"
        begun = old or SessionDraft(
            gathering_id=self._gathering.id, start=times[0], end=times[1], title=row.text("title")
        )
        room_id, of_room = self._room(row, begun.room_id)
        floor = next(iter(row.tags("language")), begun.floor_language)
        speaking = [
            asked
            for field in ("speakers", "chairs")
            for asked, _aside in self._cast.in_cell(row.text(field), begun.speakers)
        ]
        interpreting = self._cast.in_cell(row.text("interpreters"), _interpreters(begun))
        lines, of_lines = self._booths.put(
            begun.interpretation, floor, row.tags("into"), _heard(interpreting)
        )
        draft = replace(
            begun,
            start=times[0],
            end=times[1],
            room_id=room_id,
            speakers=_speakers(row, begun, speaking),
            interpretation=lines,
            floor_language=floor,
            online_link=row.text("online_link") or begun.online_link,
        )
        people = [(asked, LECTURERS) for asked in speaking]
        people += [(asked, INTERPRETERS) for asked, _aside in interpreting]
        return _Meant(draft, (*of_room, *of_lines), tuple(people))

    def _room(self, row: ListRow, before: int | None) -> tuple[int | None, tuple[Remark, ...]]:
        name = row.text("room")
        if not name:
            return before, ()
        found = self._known.rooms.get(fold(name))
        return (found[0], ()) if found is not None else (before, (Remark(NO_ROOM, name),))

    def _changes(self, old: SessionDraft, new: SessionDraft) -> Iterator[tuple[str, str, str]]:
        """What is other than before, in the words of the page."""
        rooms = dict(self._known.rooms.values())
        for name in ("start", "end", "online_link"):
            yield from _change(name, written(getattr(old, name)), written(getattr(new, name)))
        yield from _change("language", old.floor_language, new.floor_language)
        room_ids = (old.room_id or 0, new.room_id or 0)
        yield from _change("room", *(rooms.get(key, "") for key in room_ids))
        cast = self._cast
        yield from _change("speakers", cast.names(old.speakers), cast.names(new.speakers))
        yield from _change("interpreters", *(self._lines(one) for one in (old, new)))

    def _lines(self, draft: SessionDraft) -> str:
        said = (
            f"{line.source}>{line.target} {self._cast.names(line.interpreters)}".strip()
            for line in draft.interpretation
        )
        return "; ".join(said)


def _change(name: str, old: str, new: str) -> Iterator[tuple[str, str, str]]:
    if old != new:
        yield name, old, new


def _decided(people: Sequence[AskedName]) -> Iterator[Who]:
    return (asked.who for asked in people if asked.who is not None)


def _speakers(row: ListRow, old: SessionDraft, named: Sequence[AskedName]) -> tuple[Who, ...]:
    """Those whom the row names in place of the old ones, whom it keeps while a name is a question.

    A row that names nobody says nothing of the speakers.
    """
    is_whole = bool(row.text("speakers")) and not any(asked.why for asked in named)
    decided = list(_decided(named))
    before = () if is_whole and decided else old.speakers
    kept = [who for who in old.speakers if who in decided or who in before]
    return tuple(dict.fromkeys((*kept, *decided)))


def _heard(people: Sequence[tuple[AskedName, str]]) -> list[Heard]:
    return [Heard(asked.who, asked.name, aside) for asked, aside in people if asked.who is not None]


def _interpreters(draft: SessionDraft) -> list[Who]:
    return [who for line in draft.interpretation for who in line.interpreters]


def _known(session: DbSession, gathering_id: int) -> _Known:
    rooms = session.execute(select(Room.name, Room.id).where(Room.gathering_id == gathering_id))
    kept = select(Session.id).where(
        Session.gathering_id == gathering_id, Session.state != SessionState.CANCELLED
    )
    by_title: dict[str, list[SessionDraft]] = {}
    for key in session.scalars(kept):
        draft = draft_of(session, key)
        by_title.setdefault(fold(draft.title), []).append(draft)
    return _Known({fold(name): (key, name) for name, key in rooms}, by_title)
