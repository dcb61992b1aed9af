"""An edition drafted, saved, removed, and moved through its workflow."""

from sqlalchemy import select

from schoolapp.base.language import direction, mark
from schoolapp.domain.readings import (
    READING,
    Edition,
    EditionDraft,
    ReadingState,
    Work,
    check_edition,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.operations.readings.assigning import edition_of, refresh_gaps, sessions_with
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, checked_out


def draft_of(session: DbSession, edition_id: int) -> EditionDraft:
    """An edition as the form edits it; ``RuleBroken`` if it is gone."""
    edition = edition_of(session, edition_id)
    return EditionDraft(
        id=edition.id,
        version=edition.version,
        work_id=edition.work_id,
        author=edition.author,
        title=edition.title,
        year=edition.year,
        lang=edition.lang,
        kind=edition.kind,
        rights=edition.rights,
        confidence=edition.confidence,
        topics=edition.topics,
        pages=edition.pages,
        web_address=edition.web_address,
    )


def save_edition(session: DbSession, draft: EditionDraft) -> int:
    """Save a new or changed edition; the key. ``RuleBroken`` if something is wrong."""
    for sentence in check_edition(draft).values():
        raise RuleBroken(sentence)
    if draft.id is None:
        edition = _new_edition(session, draft)
    else:
        edition = checked_out(session, Edition, draft.id, draft.version or 0)
    language_changed = edition.lang != draft.lang
    edition.author, edition.title = draft.author.strip(), draft.title.strip()
    edition.year, edition.lang, edition.kind = draft.year, draft.lang, draft.kind
    edition.direction = direction(draft.lang)
    edition.rights, edition.confidence = draft.rights, draft.confidence
    edition.topics, edition.pages = draft.topics, draft.pages or None
    edition.web_address = draft.web_address or None
    edition.index_words()
    session.flush()
    if draft.id is not None and language_changed:
        refresh_gaps(session, sessions_with(session, edition.id))
    return edition.id


def _new_edition(session: DbSession, draft: EditionDraft) -> Edition:
    codes = session.scalars(select(Edition.code)).all()
    number = 1 + max((int(code[1:]) for code in codes if code[1:].isdigit()), default=0)
    work = session.get(Work, draft.work_id) if draft.work_id else None
    edition = Edition(
        code=f"R{number:03}",
        author=draft.author,
        title=draft.title,
        lang=draft.lang,
        position=len(codes) + 1,
        work=work or Work(code=f"work-r{number:03}"),
    )
    session.add(edition)
    return edition


def remove_edition(session: DbSession, *, edition_id: int, version: int) -> None:
    """Remove an edition, and its work with the last one; not while a session asks for it."""
    edition = checked_out(session, Edition, edition_id, version)
    if sessions_with(session, edition_id):
        raise RuleBroken(mark("This text is still on the list of a session. Take it off first."))
    work = edition.work
    is_last = len(work.editions) == 1
    session.delete(edition)
    session.flush()
    if is_last:
        session.delete(work)


def take_step(
    session: DbSession, *, edition_id: int, step: str, reason: str | None = None
) -> ReadingState:
    """Take a step of an edition's workflow; what its rights forbid is refused (S19)."""
    edition = edition_of(session, edition_id)
    take(READING, edition, step, by=actor_of(session), facts=edition.rights, reason=reason)
    return edition.state
