"""Publications in the making: a title, its stages, and parts with the texts they hold."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.donations import Campaign, Publication, PublicationPart
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationDraft:
    """The fields of a publication that a form edits; ``stages`` is one stage on each line."""

    id: int | None = None
    version: int | None = None
    title: str = ""
    replaces: str | None = None
    aim: str | None = None
    stages: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDraft:
    """A part of a publication; ``texts`` is one title on each line.

    ``version`` is that of the publication, which holds its parts together.
    """

    id: int | None = None
    version: int | None = None
    publication_id: int
    name: str = ""
    texts: str = ""


class PublicationRow(NamedTuple):
    """A publication in a list, with the number of its texts."""

    id: int
    version: int
    title: str
    aim: str
    texts: int


@dataclass(frozen=True, slots=True)
class PublicationDetail:
    """A publication as its panel shows it: its fields and its parts."""

    draft: PublicationDraft
    parts: tuple[PartDraft, ...]


def publication_rows(session: DbSession) -> tuple[PublicationRow, ...]:
    """All publications by title; two statements."""
    texts: dict[int, int] = {}
    p = PublicationPart
    for publication_id, titles in session.execute(select(p.publication_id, p.texts)):
        texts[publication_id] = texts.get(publication_id, 0) + len(titles)
    rows = session.execute(
        select(
            Publication.id,
            Publication.version,
            Publication.title,
            func.coalesce(Publication.aim, ""),
        ).order_by(Publication.title, Publication.id)
    )
    return tuple(
        PublicationRow(key, version, title, aim, texts.get(key, 0))
        for key, version, title, aim in rows
    )


def publication_detail(session: DbSession, *, publication_id: int) -> PublicationDetail:
    """A publication with its parts, as its panel shows it."""
    publication = session.get_one(Publication, publication_id)
    draft = PublicationDraft(
        id=publication.id,
        version=publication.version,
        title=publication.title,
        replaces=publication.replaces,
        aim=publication.aim,
        stages="\n".join(publication.stages),
    )
    parts = tuple(
        PartDraft(
            id=part.id,
            version=publication.version,
            publication_id=publication.id,
            name=part.name,
            texts="\n".join(part.texts),
        )
        for part in publication.parts
    )
    return PublicationDetail(draft, parts)


def check_publication(draft: PublicationDraft) -> dict[str, str]:
    """What is wrong with a publication: field to a sentence marked for translation."""
    return {} if draft.title.strip() else {"title": mark("Give the publication a title.")}


def save_publication(session: DbSession, *, draft: PublicationDraft) -> int:
    """Add or change a publication; its key. ``RuleBroken`` for the first thing that is wrong."""
    for sentence in check_publication(draft).values():
        raise RuleBroken(sentence)
    if draft.id is None:
        publication = Publication(code=_free_code(session), title="")
        session.add(publication)
    else:
        publication = checked_out(session, Publication, draft.id, draft.version or 0)
    publication.title = draft.title.strip()
    publication.replaces = (draft.replaces or "").strip() or None
    publication.aim = (draft.aim or "").strip() or None
    publication.stages = _lines(draft.stages)
    session.flush()
    return publication.id


def remove_publication(session: DbSession, *, publication_id: int, version: int) -> None:
    """Remove a publication with its parts; ``RuleBroken`` while a campaign collects for it."""
    publication = checked_out(session, Publication, publication_id, version)
    used = select(Campaign.title).where(Campaign.publication_id == publication_id)
    if (campaign := session.scalars(used.limit(1)).first()) is not None:
        raise RuleBroken(
            mark("The campaign “{campaign}” collects for this publication. Change it first."),
            campaign=campaign,
        )
    session.delete(publication)


def check_part(draft: PartDraft) -> dict[str, str]:
    """What is wrong with a part: field to a sentence marked for translation."""
    return {} if draft.name.strip() else {"name": mark("Give the part a name.")}


def save_part(session: DbSession, *, draft: PartDraft) -> int:
    """Add or change a part; its key. ``RuleBroken`` if one of its texts is in another part."""
    for sentence in check_part(draft).values():
        raise RuleBroken(sentence)
    publication = _publication_of(session, draft)
    texts = _lines(draft.texts)
    for other in publication.parts:
        for text in set(texts) & set(other.texts) if other.id != draft.id else ():
            raise RuleBroken(
                mark("“{text}” is in the part “{part}” already; a text is in one part only."),
                text=text,
                part=other.name,
            )
    if draft.id is None:
        part = PublicationPart(name="", position=len(publication.parts))
        publication.parts.append(part)
    else:
        part = next(one for one in publication.parts if one.id == draft.id)
    part.name, part.texts = draft.name.strip(), texts
    session.flush()
    return part.id


def remove_part(session: DbSession, *, draft: PartDraft) -> None:
    """Remove a part with the titles that it lists."""
    publication = _publication_of(session, draft)
    publication.parts.remove(next(one for one in publication.parts if one.id == draft.id))


def _publication_of(session: DbSession, draft: PartDraft) -> Publication:
    return checked_out(session, Publication, draft.publication_id, draft.version or 0)


def _free_code(session: DbSession) -> str:
    codes = set(session.scalars(select(Publication.code)))
    return next(code for n in range(1, len(codes) + 2) if (code := f"pub-{n}") not in codes)


def _lines(text: str) -> list[str]:
    """The lines of a text that hold something, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
