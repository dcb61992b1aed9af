"""What Readings asks for where one operation is not enough; runs in the database worker."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from schoolapp.desktop.tables import View
from schoolapp.domain.readings import EditionDraft, ReadingState, Rights
from schoolapp.operations import programme, readings
from schoolapp.operations.programme import SessionView
from schoolapp.operations.readings import EditionView, GapRow
from schoolapp.storage.store import DbSession

LANGUAGE, RIGHTS, SESSION, STATE = "lang", "rights", "session", "state"
"""The filters of the table."""
ALL_ASKED = -1
"""In the filter in place of the key of a session: all sessions of the gathering."""


class Slot(NamedTuple):
    """A session that can be chosen; several of one gathering may have the same title."""

    id: int
    title: str
    start: dt.datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What the filters offer: sessions with their gaps, and languages."""

    sessions: tuple[Slot, ...]
    gaps: tuple[GapRow, ...]
    languages: tuple[str, ...]


def ids(session: DbSession, view: View) -> list[int]:
    """The editions a view asks for."""
    lang, rights, state = view.text(LANGUAGE), view.text(RIGHTS), view.text(STATE)
    return readings.edition_ids(
        session,
        EditionView(
            gathering_id=view.gathering,
            search=view.search,
            languages=(lang,) if lang else (),
            rights=(Rights(rights),) if rights else (),
            states=(ReadingState(state),) if state else (),
            assigned_only=view.number(SESSION) == ALL_ASKED,
            session_id=session_of(view),
            sort=view.sort or "author",
            descending=view.descending,
        ),
    )


def session_of(view: View) -> int | None:
    """The one session whose list a view asks for."""
    key = view.number(SESSION)
    return key if key is not None and key > 0 else None


def gaps(session: DbSession, *, gathering_id: int | None) -> Found:
    """What the filters offer in a gathering."""
    languages = readings.languages(session)
    if gathering_id is None:
        return Found((), (), languages)
    keys = programme.session_ids(session, SessionView(gathering_id=gathering_id))
    rows = programme.session_rows(session, keys)
    return Found(
        tuple(Slot(key, rows[key].title, rows[key].start) for key in keys),
        readings.gaps(session, gathering_id=gathering_id),
        languages,
    )


def save(session: DbSession, *, draft: EditionDraft) -> EditionDraft:
    """Save an edition; the draft as stored."""
    return readings.draft_of(session, readings.save_edition(session, draft))


def remove(session: DbSession, *, edition_id: int) -> None:
    """Remove an edition as it is now."""
    version = readings.edition_rows(session, [edition_id])[edition_id].version
    readings.remove_edition(session, edition_id=edition_id, version=version)
