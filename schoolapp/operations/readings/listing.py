"""Editions and reading lists as they are read: tables, gaps, the list that is exported."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, distinct, func, select

from schoolapp.base import clock
from schoolapp.base.language import current
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.readings import (
    Edition,
    ReadingAssignment,
    ReadingState,
    Rights,
    Work,
)
from schoolapp.domain.text import fold
from schoolapp.exchange.reading_list.values import ReadingItem, ReadingList, ReadingSession
from schoolapp.storage.selecting import AnyColumn, fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """What the table of editions was asked to show; empty filters show all.

    ``gathering_id`` with ``assigned_only`` shows what sessions of that gathering ask for,
    ``session_id`` what one session asks for.
    """

    gathering_id: int | None = None
    search: str = ""
    languages: tuple[str, ...] = ()
    rights: tuple[Rights, ...] = ()
    states: tuple[ReadingState, ...] = ()
    assigned_only: bool = False
    session_id: int | None = None
    sort: str = "author"
    descending: bool = False


class EditionRow(NamedTuple):
    """An edition in a table; ``sessions`` ask for it, ``also_in`` are its work's languages."""

    id: int
    version: int
    code: str
    work_id: int
    author: str
    title: str
    year: int | None
    lang: str
    direction: str
    kind: str
    rights: Rights
    state: ReadingState
    confidence: str
    sessions: int
    also_in: tuple[str, ...] = ()


class AssignmentRow(NamedTuple):
    """A text that a session asks for."""

    id: int
    edition_id: int
    order: int
    required: bool
    pages: str | None
    author: str
    title: str
    lang: str
    rights: Rights
    state: ReadingState


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """The languages in which a session has texts, and those in which they are missing."""

    session_id: int
    title: str
    start: dt.datetime
    languages: tuple[str, ...]
    missing: tuple[str, ...]


def edition_ids(session: DbSession, view: EditionView) -> list[int]:
    """The editions that a view shows, in its order."""
    columns: dict[str, AnyColumn] = {
        "title": Edition.title,
        "year": Edition.year,
        "lang": Edition.lang,
        "rights": Edition.rights,
        "state": Edition.state,
        "kind": Edition.kind,
    }
    column = columns.get(view.sort, Edition.author)
    found = select(Edition.id).where(*_filters(view))
    order = column.desc() if view.descending else column.asc()
    return list(session.scalars(found.order_by(column.is_(None), order, Edition.code)))


def _filters(view: EditionView) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = [
        Edition.search.contains(word, autoescape=True) for word in fold(view.search).split()
    ]
    if view.languages:
        terms.append(Edition.lang.in_(view.languages))
    if view.rights:
        terms.append(Edition.rights.in_(view.rights))
    if view.states:
        terms.append(Edition.state.in_(view.states))
    if view.session_id is not None:
        own = select(ReadingAssignment.edition_id)
        own = own.where(ReadingAssignment.session_id == view.session_id)
        terms.append(Edition.id.in_(own))
    if view.assigned_only:
        asked = select(ReadingAssignment.edition_id).join(
            Session, Session.id == ReadingAssignment.session_id
        )
        terms.append(Edition.id.in_(asked.where(Session.gathering_id == view.gathering_id)))
    return terms


def languages(session: DbSession) -> tuple[str, ...]:
    """The languages in which there is any edition, in order."""
    return tuple(session.scalars(select(Edition.lang).distinct().order_by(Edition.lang)))


def edition_rows(
    session: DbSession, ids: Sequence[int], *, gathering_id: int | None = None
) -> dict[int, EditionRow]:
    """The rows of these editions; ``sessions`` counts in one gathering, or in all."""
    asking = (
        select(func.count(distinct(ReadingAssignment.session_id)))
        .join(Session, Session.id == ReadingAssignment.session_id)
        .where(ReadingAssignment.edition_id == Edition.id)
    )
    if gathering_id is not None:
        asking = asking.where(Session.gathering_id == gathering_id)
    statement = select(
        Edition.id,
        Edition.version,
        Edition.code,
        Edition.work_id,
        Edition.author,
        Edition.title,
        Edition.year,
        Edition.lang,
        Edition.direction,
        Edition.kind,
        Edition.rights,
        Edition.state,
        Edition.confidence,
        asking.correlate(Edition).scalar_subquery(),
    ).where(Edition.id.in_(ids))
    editions = [EditionRow._make((*row, ())) for row in fetch(session, statement)]
    tongues: dict[int, list[str]] = {}
    works = {row.work_id for row in editions}
    others = select(Edition.work_id, Edition.lang).where(Edition.work_id.in_(works))
    for work_id, lang in fetch(session, others.order_by(Edition.lang)):
        tongues.setdefault(work_id, []).append(lang)
    return {
        row.id: row._replace(also_in=tuple(tag for tag in tongues[row.work_id] if tag != row.lang))
        for row in editions
    }


def session_readings(session: DbSession, session_id: int) -> tuple[AssignmentRow, ...]:
    """A session's reading list in its order."""
    statement = (
        select(
            ReadingAssignment.id,
            ReadingAssignment.edition_id,
            ReadingAssignment.order,
            ReadingAssignment.required,
            ReadingAssignment.pages,
            Edition.author,
            Edition.title,
            Edition.lang,
            Edition.rights,
            Edition.state,
        )
        .join(ReadingAssignment.edition)
        .where(ReadingAssignment.session_id == session_id)
        .order_by(ReadingAssignment.order)
    )
    return tuple(AssignmentRow._make(row) for row in fetch(session, statement))


def gaps(session: DbSession, *, gathering_id: int) -> tuple[GapRow, ...]:
    """Every session with a reading list, and its missing languages, in order of time."""
    statement = (
        select(
            Session.id,
            Session.title,
            Session.start_local,
            Session.reading_gap,
            Edition.lang,
        )
        .outerjoin(Session.readings)
        .outerjoin(ReadingAssignment.edition)
        .where(
            Session.gathering_id == gathering_id,
            Session.state != SessionState.CANCELLED,
            Session.reading_gap.is_not(None),
        )
        .order_by(Session.start_utc, Session.no)
    )
    found: dict[int, GapRow] = {}
    for key, title, start, gap, lang in fetch(session, statement):
        known = found[key].languages if key in found else ()
        found[key] = GapRow(
            session_id=key,
            title=title,
            start=start,
            languages=tuple(sorted({*known, lang})) if lang else known,
            missing=tuple(gap or ()),
        )
    return tuple(found.values())


class _Text(NamedTuple):
    """A text that a session asks for, with what the exports say of both."""

    id: int
    session: str
    start: dt.datetime
    tz: str
    reading_gap: list[str] | None
    required: bool
    order: int
    pages: str | None
    work: str
    author: str
    title: str
    year: int | None
    lang: str
    direction: str
    kind: str
    rights: Rights
    web_address: str | None


def reading_list(session: DbSession, *, gathering_id: int) -> ReadingList:
    """The reading list of a gathering as the exports write it, in the language in use."""
    titles = session.execute(
        select(Gathering.titles).where(Gathering.id == gathering_id)
    ).scalar_one()
    statement = (
        select(
            Session.id,
            Session.title,
            Session.start_local,
            Session.tz,
            Session.reading_gap,
            ReadingAssignment.required,
            ReadingAssignment.order,
            ReadingAssignment.pages,
            Work.code,
            Edition.author,
            Edition.title,
            Edition.year,
            Edition.lang,
            Edition.direction,
            Edition.kind,
            Edition.rights,
            Edition.web_address,
        )
        .join(Session.readings)
        .join(ReadingAssignment.edition)
        .join(Edition.work)
        .where(Session.gathering_id == gathering_id, Session.state != SessionState.CANCELLED)
        .order_by(Session.start_utc, Session.no, ReadingAssignment.order)
    )
    rows: dict[int, list[_Text]] = {}
    for row in map(_Text._make, fetch(session, statement)):
        rows.setdefault(row.id, []).append(row)
    return ReadingList(
        gathering=title_in(titles, current()),
        sessions=tuple(
            ReadingSession(
                title=texts[0].session,
                start=texts[0].start,
                tz=texts[0].tz,
                items=tuple(_item(row) for row in texts),
                missing=tuple(texts[0].reading_gap or ()),
            )
            for texts in rows.values()
        ),
        exported_at=clock.now(),
    )


def _item(row: _Text) -> ReadingItem:
    return ReadingItem(
        author=row.author,
        title=row.title,
        year=row.year,
        lang=row.lang,
        direction="rtl" if row.direction == "rtl" else "ltr",
        kind=row.kind,
        rights=row.rights.value,
        required=row.required,
        order=row.order,
        pages=row.pages,
        work=row.work,
        link=row.web_address,
    )
