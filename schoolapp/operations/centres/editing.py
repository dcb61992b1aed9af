"""The draft of a centre: read, checked, saved, and removed when no gathering uses it."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.centres import Centre, check_centre
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import words_of
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession, checked_out

PLAIN = (
    "name",
    "country",
    "tz",
    "currency",
    "address",
    "city",
    "mailbox_name",
    "mailbox_address",
    "retention",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreDraft:
    """The fields of a centre that a form edits; ``retention`` in months."""

    id: int | None = None
    version: int | None = None
    name: str = ""
    address: str = ""
    city: str = ""
    country: str | None = None
    tz: str = ""
    currency: str = ""
    languages: tuple[str, ...] = ()
    mailbox_name: str = ""
    mailbox_address: str = ""
    retention: int | None = None


class CentreLine(NamedTuple):
    """A centre as it is chosen."""

    code: str
    name: str


def centre_lines(session: DbSession) -> list[CentreLine]:
    """All centres in the order in which they were made."""
    rows = fetch(session, select(Centre.code, Centre.name).order_by(Centre.id))
    return [CentreLine(code, name) for code, name in rows]


def centres_of(session: DbSession) -> tuple[CentreDraft, ...]:
    """All centres as a form edits them, in the same order."""
    return tuple(map(_draft, session.scalars(select(Centre).order_by(Centre.id))))


def first_centre(session: DbSession, code: str | None = None) -> Centre:
    """The centre with this code, else the first there is; there is always one.

    ``RuleBroken`` if all were taken away by other means than this program's.
    """
    found = session.scalars(select(Centre).order_by(Centre.code != (code or ""), Centre.id)).first()
    if found is None:
        raise RuleBroken(
            mark("There is no centre yet. Add one at Home, under Centres: letters come from it.")
        )
    return found


def check_centre_draft(draft: CentreDraft) -> dict[str, str]:
    """What is wrong with a centre: field to a sentence marked for translation."""
    return check_centre(
        draft.name, draft.country, draft.tz, draft.currency, draft.mailbox_address, draft.retention
    )


def save_centre(session: DbSession, *, draft: CentreDraft) -> int:
    """Add or change a centre; its key. A new one gets a code that follows from its name."""
    for sentence in check_centre_draft(draft).values():
        raise RuleBroken(sentence)
    _refuse_same_name(session, draft)
    if draft.id is None:
        code = _free_code(session, draft.name)
        centre = Centre(code=code, name="", country="", tz="", currency="")
        session.add(centre)
    else:
        assert draft.version is not None
        centre = checked_out(session, Centre, draft.id, draft.version)
    wanted = {name: getattr(draft, name) for name in PLAIN}
    kept = {name: v.strip() if isinstance(v, str) else v for name, v in wanted.items()}
    for name, value in (kept | {"languages": list(draft.languages)}).items():
        if getattr(centre, name) != value:
            setattr(centre, name, value)
    session.flush()
    return centre.id


def remove_centre(session: DbSession, *, centre_id: int, version: int) -> None:
    """Remove a centre that no gathering uses; the last one stays."""
    centre = checked_out(session, Centre, centre_id, version)
    used = select(func.count()).where(Gathering.host_centre == centre.code)
    count = session.execute(used).scalar() or 0
    if count:
        raise RuleBroken(
            mark("{centre} holds gatherings: {count}. Give them another centre first."),
            centre=centre.name,
            count=count,
        )
    if session.execute(select(func.count()).select_from(Centre)).scalar() == 1:
        raise RuleBroken(
            mark(
                "{centre} is the last centre: letters and new gatherings need one. Change it, or"
                " add another one first."
            ),
            centre=centre.name,
        )
    session.delete(centre)


def _draft(centre: Centre) -> CentreDraft:
    return CentreDraft(
        id=centre.id,
        version=centre.version,
        languages=tuple(centre.languages),
        **{name: getattr(centre, name) for name in PLAIN},
    )


def _refuse_same_name(session: DbSession, draft: CentreDraft) -> None:
    same = select(Centre.id).where(Centre.name == draft.name.strip(), Centre.id != (draft.id or 0))
    if session.execute(same).first() is not None:
        raise RuleBroken(
            mark("Another centre has the name {name}. Nobody could tell them apart."),
            name=draft.name.strip(),
        )


def _free_code(session: DbSession, name: str) -> str:
    """A code that no centre has and no gathering names: ``iire lisbon`` gives ``iire-lisbon``."""
    letters = [word for word in words_of(name) if word.isascii()]
    stem = "-".join(letters)[:40] or "centre"
    taken = {*session.scalars(select(Centre.code)), *session.scalars(select(Gathering.host_centre))}
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(code for code in numbered if code not in taken)
