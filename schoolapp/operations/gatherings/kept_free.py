"""Times of a gathering in which nothing should be planned: prayers, meals, rest (E11)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import BlockedTime, Gathering
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.store import DbSession, checked_out

EVERY_DAY = -1
"""As ``KeptFreeDraft.when``: no day is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFreeDraft:
    """A time that is kept free, as a form edits it: wall times.

    ``when`` is ``EVERY_DAY``, a weekday (0 is Monday), or None: on ``date`` alone.
    """

    id: int | None = None
    version: int | None = None
    when: int | None = EVERY_DAY
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    why: str = ""


def kept_free_of(session: DbSession, *, gathering_id: int) -> tuple[KeptFreeDraft, ...]:
    """The times that a gathering keeps free: every day, by weekday, on single days."""
    mine = select(BlockedTime).where(BlockedTime.gathering_id == gathering_id)
    drafts = map(_draft, session.scalars(mine))
    return tuple(
        sorted(drafts, key=lambda d: (d.date or dt.date.min, d.when or 0, d.start or dt.time.min))
    )


def _draft(kept: BlockedTime) -> KeptFreeDraft:
    weekday = EVERY_DAY if kept.weekday is None else kept.weekday
    return KeptFreeDraft(
        id=kept.id,
        version=kept.version,
        when=weekday if kept.date is None else None,
        date=kept.date,
        start=kept.start,
        end=kept.end,
        why=kept.why,
    )


def check_kept_free(draft: KeptFreeDraft) -> dict[str, str]:
    """What is wrong with a time that is kept free: field to a sentence marked for translation."""
    wrong = {}
    if draft.when is None and draft.date is None:
        wrong["date"] = mark("Choose the day, or say that it is every day.")
    if draft.start is None:
        wrong["start"] = mark("Say when it starts.")
    if draft.end is None:
        wrong["end"] = mark("Say when it ends.")
    if draft.start and draft.end and draft.end <= draft.start:
        wrong["end"] = mark(
            "It ends before it begins. A night is two entries: until 23:59, and from 00:00."
        )
    if not draft.why.strip():
        wrong["why"] = mark("Say what it is kept free for.")
    return wrong


def save_kept_free(session: DbSession, *, gathering_id: int, draft: KeptFreeDraft) -> int:
    """Add or change a time that is kept free; its key. ``RuleBroken`` if something is wrong."""
    for sentence in check_kept_free(draft).values():
        raise RuleBroken(sentence)
    gathering = session.get_one(Gathering, gathering_id)
    if draft.when is None and not _inside(gathering, draft.date):
        raise RuleBroken(mark("This day is not one of the gathering's. Choose another one."))
    if draft.id is None:
        count = select(func.count()).where(BlockedTime.gathering_id == gathering_id)
        kept = BlockedTime(
            gathering_id=gathering_id,
            start=dt.time(),
            end=dt.time(),
            why="",
            position=session.execute(count).scalar_one() + 1,
        )
        session.add(kept)
    else:
        assert draft.version is not None
        kept = checked_out(session, BlockedTime, draft.id, draft.version)
    _write(kept, draft)
    session.flush()
    return kept.id


def _inside(gathering: Gathering, day: dt.date | None) -> bool:
    return day is not None and gathering.start_date <= day <= gathering.end_date


def _write(kept: BlockedTime, draft: KeptFreeDraft) -> None:
    wanted: dict[str, object] = {
        "date": draft.date if draft.when is None else None,
        "weekday": None if draft.when in (None, EVERY_DAY) else draft.when,
        "start": draft.start,
        "end": draft.end,
        "why": draft.why.strip(),
    }
    for name, value in wanted.items():
        if getattr(kept, name) != value:
            setattr(kept, name, value)


def remove_kept_free(session: DbSession, *, kept_id: int, version: int) -> None:
    """Give a time that was kept free back."""
    session.delete(checked_out(session, BlockedTime, kept_id, version))
