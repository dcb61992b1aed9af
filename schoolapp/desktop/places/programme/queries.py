"""What the programme asks of the store and does to it; all of it runs in the database worker."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.desktop.places.programme import panels
from schoolapp.desktop.places.programme.words import kind_word, spoken
from schoolapp.desktop.tables import View
from schoolapp.domain.programme import SessionState
from schoolapp.domain.scheduling import SessionDraft, day_of
from schoolapp.operations import programme
from schoolapp.operations.programme import Clash, DayProgramme, Rearranged, SessionView


@dataclass(frozen=True, slots=True)
class ListRow:
    """A session in the list; the words are made in the worker."""

    id: int
    uid: str
    title: str
    start: dt.datetime
    end: dt.datetime
    kind: str
    room: str
    speakers: str
    languages: str
    state: str
    clash: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the day view asks the store for in one go; hints stand after the clashes."""

    programme: DayProgramme
    clashes: tuple[Clash, ...]


class Listing:
    """Ids and rows of the list; used in the database worker alone."""

    def __init__(self) -> None:
        self._clashing: frozenset[str] = frozenset()

    def ids(self, session: Any, view: View) -> Sequence[int]:
        """The sessions a view asks for; none without a gathering."""
        if view.gathering is None:
            return []
        found = programme.told_clashes(session, gathering_id=view.gathering)
        self._clashing = frozenset(uid for clash in found for uid in clash.uids)
        return programme.session_ids(session, _session_view(view, view.gathering))

    def rows(self, session: Any, ids: Sequence[int]) -> Mapping[int, ListRow]:
        """The rows of these sessions in words."""
        return {
            key: ListRow(
                id=key,
                uid=row.uid,
                title=row.title,
                start=row.start,
                end=row.end,
                kind=kind_word(row.kind),
                room=row.room,
                speakers=row.speakers,
                languages=spoken(row.floor_language, row.languages),
                state=row.state.value,
                clash=_("Clash") if row.uid in self._clashing else "",
            )
            for key, row in programme.session_rows(session, ids).items()
        }

    def all_states(self, session: Any, view: View) -> list[str]:
        """The state of each session that the search finds."""
        if view.gathering is None:
            return []
        asked = SessionView(gathering_id=view.gathering, search=view.search)
        rows = programme.session_rows(session, programme.session_ids(session, asked))
        return [row.state.value for row in rows.values()]


def _session_view(view: View, gathering_id: int) -> SessionView:
    state = view.filters.get("state")
    return SessionView(
        gathering_id=gathering_id,
        search=view.search,
        states=(SessionState(state),) if state else (),
        sort=view.sort or "start",
        descending=view.descending,
    )


def find_day(gathering_id: int, day: dt.date | None, session: Any) -> Found:
    """One day with the clashes of all; the first day if the one asked for is none of them."""
    wanted = day or clock.now().date()
    found = programme.day_programme(session, gathering_id=gathering_id, day=wanted)
    if wanted not in found.days:
        found = programme.day_programme(session, gathering_id=gathering_id, day=found.days[0])
    clashes = programme.told_clashes(session, gathering_id=gathering_id)
    hints = programme.busy_hints(session, gathering_id=gathering_id)
    absent = programme.absence_hints(session, gathering_id=gathering_id)
    return Found(found, (*clashes, *hints, *absent))


def place_of(session_id: int, session: Any) -> tuple[dt.date, str]:
    """The day and the UID of a session."""
    row = programme.session_rows(session, [session_id])[session_id]
    return day_of(row.start), row.uid


def details_if_there(session_id: int, session: Any) -> panels.Details | None:
    """A session in full, or None if it is gone."""
    if not programme.session_rows(session, [session_id]):
        return None
    return panels.details(session_id, session)


def new_draft(gathering_id: int, start: dt.datetime, session: Any) -> SessionDraft:
    """The draft of a new session."""
    return programme.new_draft(session, gathering_id=gathering_id, start=start)


def put(session_id: int, start: dt.datetime, session: Any) -> Rearranged:
    """Move a session."""
    return programme.move_session(session, session_id=session_id, start=start)


def step(step: str, session_id: int, session: Any) -> SessionState:
    """Take a step of a session."""
    return programme.take_step(session, session_id=session_id, step=step)


def cancel(session_id: int, session: Any) -> None:
    """Cancel a session."""
    programme.cancel_session(session, session_id=session_id)


def bring_back(session_id: int, session: Any) -> int:
    """Plan a cancelled session again."""
    return programme.bring_back(session, session_id=session_id)


def remove(session_id: int, session: Any) -> None:
    """Remove a session."""
    row = programme.session_rows(session, [session_id])[session_id]
    programme.remove_session(session, session_id=session_id, version=row.version)


def remind(session_id: int, session: Any) -> None:
    """Put reminders into the outbox for those who did not answer."""
    from schoolapp.operations.invitations import prepare_reminders

    prepare_reminders(session, session_id=session_id)
