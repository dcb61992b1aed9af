"""What a session asks to be read: texts put on its list, taken off, put in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.programme import WITH_READINGS, Session
from schoolapp.domain.readings import (
    READING,
    Edition,
    ReadingAssignment,
    ReadingState,
    gap_of,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


def assign(
    session: DbSession,
    *,
    session_id: int,
    edition_id: int,
    required: bool = True,
    pages: str | None = None,
) -> int:
    """Put an edition at the end of a session's reading list; the key of the entry.

    A text that may only be referred to may be listed as well (S19).
    """
    slot, edition = _slot(session, session_id), edition_of(session, edition_id)
    if any(reading.edition_id == edition_id for reading in slot.readings):
        raise RuleBroken(mark("This text is on the session's list already."))
    entry = ReadingAssignment(
        edition=edition, required=required, order=len(slot.readings) + 1, pages=pages or None
    )
    slot.readings.append(entry)
    if edition.state is ReadingState.READY:
        take(READING, edition, "attach", by=actor_of(session), facts=edition.rights)
    _refresh_gap(session, slot)
    session.flush()
    return entry.id


def unassign(session: DbSession, *, session_id: int, edition_id: int) -> None:
    """Take an edition off a session's list; the others close up."""
    slot = _slot(session, session_id)
    slot.readings = [one for one in slot.readings if one.edition_id != edition_id]
    _number(slot)
    session.flush()
    edition = edition_of(session, edition_id)
    if edition.state is ReadingState.ASSIGNED and not sessions_with(session, edition_id):
        take(READING, edition, "replace", by=actor_of(session))
    _refresh_gap(session, slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """A text on the list of a session as a form edits it; ``place`` 1 is read first."""

    session_id: int
    edition_id: int
    required: bool = True
    pages: str = ""
    place: int | None = 1


def entry_draft(session: DbSession, *, session_id: int, edition_id: int) -> EntryDraft:
    """A text on the list of a session; ``RuleBroken`` if it is not there."""
    entry = _entry(_slot(session, session_id), edition_id)
    return EntryDraft(
        session_id=session_id,
        edition_id=edition_id,
        required=entry.required,
        pages=entry.pages or "",
        place=entry.order,
    )


def change_entry(session: DbSession, draft: EntryDraft) -> None:
    """Change how a text is read for a session; one that moves makes room among the others."""
    slot = _slot(session, draft.session_id)
    entry = _entry(slot, draft.edition_id)
    entry.required, entry.pages = draft.required, draft.pages.strip() or None
    others = [one for one in slot.readings if one is not entry]
    others.insert(max((draft.place or len(slot.readings)) - 1, 0), entry)
    for number, one in enumerate(others, 1):
        one.order = number
    slot.changed_at = clock.now()


def _entry(slot: Session, edition_id: int) -> ReadingAssignment:
    for entry in slot.readings:
        if entry.edition_id == edition_id:
            return entry
    raise RuleBroken(mark("This text is not on the list of the session."))


def _number(slot: Session) -> None:
    for number, entry in enumerate(slot.readings, 1):
        entry.order = number


def _refresh_gap(session: DbSession, slot: Session) -> None:
    working = session.get_one(Gathering, slot.gathering_id).working_languages
    languages = {reading.edition.lang for reading in slot.readings}
    slot.reading_gap = gap_of(slot.kind in WITH_READINGS, working, languages)
    slot.changed_at = clock.now()


def refresh_gaps(session: DbSession, keys: Sequence[int]) -> None:
    """Work out again which languages have no text in these sessions."""
    for key in keys:
        _refresh_gap(session, _slot(session, key))


def sessions_with(session: DbSession, edition_id: int) -> Sequence[int]:
    """The sessions that ask for an edition."""
    asked = select(ReadingAssignment.session_id).where(ReadingAssignment.edition_id == edition_id)
    return session.scalars(asked).all()


def edition_of(session: DbSession, edition_id: int) -> Edition:
    """The edition; ``RuleBroken`` if it is gone."""
    edition = session.get(Edition, edition_id)
    if edition is None:
        raise RuleBroken(mark("This text is no longer there."))
    return edition


def _slot(session: DbSession, session_id: int) -> Session:
    slot = session.get(Session, session_id)
    if slot is None:
        raise RuleBroken(mark("This session is no longer there."))
    return slot
