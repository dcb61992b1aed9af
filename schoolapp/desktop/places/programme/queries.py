"""Queries of the programme that join several operations; they run in the database worker."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.desktop.places.programme.words import kind_word, spoken
from schoolapp.desktop.tables import View
from schoolapp.domain.invitations import InvitationState
from schoolapp.domain.programme import SessionState
from schoolapp.domain.scheduling import ScheduleFacts, SessionDraft, day_of
from schoolapp.operations import programme, readings
from schoolapp.operations.invitations import session_answers
from schoolapp.operations.programme import Choices, ClashRow, DayProgramme, SessionView
from schoolapp.operations.readings import AssignmentRow
from schoolapp.storage.store import DbSession

ANSWERS = (
    InvitationState.ACCEPTED,
    InvitationState.TENTATIVE,
    InvitationState.DECLINED,
    InvitationState.UNDELIVERABLE,
    InvitationState.CANCELLED,
    InvitationState.SENT,
)
"""The order in which answers are shown: people who did not answer come last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
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
    state: SessionState
    clash: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the day view shows; hints come after the clashes."""

    programme: DayProgramme
    clashes: tuple[ClashRow, ...]


class At(NamedTuple):
    """Where a session is in the timetable: its day, and its UID."""

    day: dt.date
    uid: str


class Answer(NamedTuple):
    """An answer to an invitation, and the people who gave it, by name."""

    state: InvitationState
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """What the panel shows of a session."""

    id: int
    draft: SessionDraft
    state: SessionState
    texts: tuple[AssignmentRow, ...]
    gap: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the forms offer, and what times are compared with."""

    choices: Choices
    facts: ScheduleFacts


class Listing:
    """Ids and rows of the list; used in the database worker alone.

    It keeps which sessions clash, because clashes are found for the whole gathering at once and
    rows are asked for page by page.
    """

    def __init__(self) -> None:
        self._clashing: frozenset[str] = frozenset()

    def ids(self, session: DbSession, view: View) -> Sequence[int]:
        """The sessions of a view; none without a gathering."""
        if view.gathering is None:
            return []
        found = programme.clash_rows(session, gathering_id=view.gathering, hints=False)
        self._clashing = frozenset(uid for clash in found for uid in clash.uids)
        return programme.session_ids(session, _session_view(view, view.gathering))

    def rows(self, session: DbSession, ids: Sequence[int]) -> Mapping[int, SessionLine]:
        """The rows of these sessions in words."""
        return {
            key: SessionLine(
                id=key,
                uid=row.uid,
                title=row.title,
                start=row.start,
                end=row.end,
                kind=kind_word(row.kind),
                room=row.room,
                speakers=row.speakers,
                languages=spoken(row.spoken),
                state=row.state,
                clash=_("Clash") if row.uid in self._clashing else "",
            )
            for key, row in programme.session_rows(session, ids).items()
        }


def counts(session: DbSession, view: View) -> Mapping[str, int]:
    """How many of the sessions that the search finds are in each state, ``""`` for all."""
    if view.gathering is None:
        return {"": 0}
    asked = SessionView(gathering_id=view.gathering, search=view.search)
    rows = programme.session_rows(session, programme.session_ids(session, asked))
    return {"": len(rows), **Counter(row.state for row in rows.values())}


def find_day(session: DbSession, *, gathering_id: int, day: dt.date | None) -> Found:
    """One day with the clashes of all; the first day if the one asked for is not in it."""
    wanted = day or clock.now().date()
    found = programme.day_programme(session, gathering_id=gathering_id, day=wanted)
    if wanted not in found.days:
        found = programme.day_programme(session, gathering_id=gathering_id, day=found.days[0])
    return Found(found, programme.clash_rows(session, gathering_id=gathering_id))


def place_of(session: DbSession, *, session_id: int) -> At:
    """Where a session is in the timetable."""
    row = programme.session_rows(session, [session_id])[session_id]
    return At(day_of(row.start), row.uid)


def offered(session: DbSession, *, gathering_id: int) -> Offered:
    """What the forms of a gathering offer."""
    return Offered(
        programme.choices(session, gathering_id=gathering_id),
        programme.schedule_facts(session, gathering_id=gathering_id),
    )


def details(session: DbSession, *, session_id: int) -> Details:
    """What the panel shows of a session."""
    row = programme.session_rows(session, [session_id])[session_id]
    return Details(
        id=session_id,
        draft=programme.draft_of(session, session_id),
        state=row.state,
        texts=readings.session_readings(session, session_id),
        gap=row.reading_gap,
        answers=_answers(session, session_id),
    )


def details_if_there(session: DbSession, *, session_id: int) -> Details | None:
    """A session in full, or None if it is gone."""
    if not programme.session_rows(session, [session_id]):
        return None
    return details(session, session_id=session_id)


def save(session: DbSession, *, draft: SessionDraft) -> SessionDraft:
    """Save a session and read it again, with its new version."""
    return programme.draft_of(session, programme.save_session(session, draft).id)


def remove(session: DbSession, *, session_ids: Sequence[int]) -> None:
    """Remove sessions, as they are stored now; none if people know of one of them."""
    for session_id, row in programme.session_rows(session, session_ids).items():
        programme.remove_session(session, session_id=session_id, version=row.version)


def _answers(session: DbSession, session_id: int) -> tuple[Answer, ...]:
    names: dict[InvitationState, list[str]] = {}
    for row in session_answers(session, session_id=session_id):
        names.setdefault(row.state, []).append(row.name)
    return tuple(Answer(state, tuple(names[state])) for state in ANSWERS if state in names)


def _session_view(view: View, gathering_id: int) -> SessionView:
    state = view.text("state")
    return SessionView(
        gathering_id=gathering_id,
        search=view.search,
        states=(SessionState(state),) if state else (),
        sort=view.sort or "start",
        descending=view.descending,
    )
