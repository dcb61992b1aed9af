"""A report made of facts: the columns that are wanted, and its head."""

import datetime as dt
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import current
from schoolapp.domain.documents import Narrative, Report, Sheet
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.planned_reports import kind_of
from schoolapp.domain.reports import (
    DETAILS,
    KINDS,
    QUESTION,
    ReportColumn,
    ReportFilter,
    ReportKind,
    columns_in,
    need_purpose,
    questions_in,
)
from schoolapp.operations.attendance.reporting import Fact
from schoolapp.operations.reports.facts import Facts, facts_of
from schoolapp.operations.reports.participant_list import answers_of
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

_DETAILS = frozenset(column.key for column in DETAILS)


def report_of(
    session: DbSession,
    *,
    gathering_id: int,
    kind: str,
    columns: tuple[str, ...] = (),
    only: ReportFilter | None = None,
    reason: str = "",
    for_people: bool = False,
) -> Report:
    """The report of a gathering, its title in the language in use; at most three statements.

    Without ``columns`` it has the least that it needs. One ``for_people`` is sorted by name, has
    words for headings and leaves out what only programs read. ``RuleBroken`` where sensitive
    columns are asked for without a ``reason``, where nothing is recorded of the presence that is
    asked for, or for a kind or column that there is not.
    """
    only = only or ReportFilter()
    of_kind = kind_of(kind, planned=only.planned)
    wanted = columns_in(of_kind, columns or (of_kind.for_people if for_people else ()))
    need_purpose(wanted, reason)
    details = any(column.key in _DETAILS for column in wanted)
    facts = facts_of(
        session,
        gathering_id=gathering_id,
        kind=kind,
        only=only,
        details=details,
        for_people=for_people,
    )
    return Report(
        sheet=Sheet(
            of_kind.title,
            wanted,
            _with_answers(
                session, gathering_id, facts.rows, _cut(facts.rows, of_kind, wanted), columns
            ),
        ),
        gathering=title_in(facts.titles, current()),
        exported_at=clock.now(),
        tz=facts.tz,
        filters=only.described(),
        more=_behind(facts, only, for_people),
        counts=of_kind.counts,
        for_people=for_people,
    )


def narrative_of(
    session: DbSession, *, gathering_id: int, only: ReportFilter | None = None
) -> Narrative:
    """The figures of the narrative report; each of its parts in three statements.

    ``RuleBroken`` where nothing is recorded of presence, unless the plan is asked for.
    """
    only = only or ReportFilter()
    parts = {
        kind: facts_of(session, gathering_id=gathering_id, kind=kind, only=only, details=True)
        for kind in ("person", "person_days")
    }
    days = [row for row in parts["person_days"].rows if row[_at("person_days", "days")]]
    held = _sessions_of(session, gathering_id, only)
    venue = _venue(session, gathering_id)
    country, person_days = _at("person_days", "country"), _at("person_days", "person_days")
    attended = [] if only.planned else parts["person"].rows
    return Narrative(
        place=venue.city or venue.country,
        first=venue.first,
        last=venue.last,
        persons=len(days),
        countries=len({row[country] for row in days if row[country]}),
        person_days=sum(row[person_days] for row in days),
        sessions=sum(only.planned or row[-2] is not None for row in held.sheet.rows),
        minutes=sum(row[_at("person", "hours")] for row in attended),
        possible=sum(row[_at("person", "hours_possible")] for row in attended),
        participation=report_of(
            session, gathering_id=gathering_id, kind="participation", only=only, for_people=True
        ),
        sessions_held=held,
        planned=only.planned,
    )


def _sessions_of(session: DbSession, gathering_id: int, only: ReportFilter) -> Report:
    """The sessions with a register; of a plan without the columns that say who came.

    The last column but one is the number of people who were present.
    """
    columns = ("title", "start", "module", "invited") if only.planned else ()
    return report_of(
        session,
        gathering_id=gathering_id,
        kind="sessions",
        columns=columns,
        only=replace(only, planned=False),
        for_people=True,
    )


def _at(kind: str, key: str) -> int:
    """The position of a column in the rows of a report."""
    return [column.key for column in KINDS[kind].columns].index(key)


class _Venue(NamedTuple):
    """Where and when a gathering is."""

    city: str
    country: str
    first: dt.date
    last: dt.date


def _venue(session: DbSession, gathering_id: int) -> _Venue:
    statement = sa.select(
        Gathering.venue_city,
        Gathering.country,
        Gathering.start_date,
        Gathering.end_date,
    ).where(Gathering.id == gathering_id)
    return _Venue(*fetch(session, statement)[0])


def _cut(rows: list[Fact], kind: ReportKind, wanted: tuple[ReportColumn, ...]) -> list[Fact]:
    """The rows with the wanted columns only; answers to questions are none of them."""
    every = kind.columns
    wanted = tuple(column for column in wanted if not column.key.startswith(QUESTION))
    if len(wanted) == len(every):
        return rows
    places = [every.index(column) for column in wanted]
    if len(places) == 1:
        return [(row[places[0]],) for row in rows]
    if places == list(range(len(places))):
        return [row[: len(places)] for row in rows]
    return list(map(itemgetter(*places), rows))


def _with_answers(
    session: DbSession,
    gathering_id: int,
    rows: list[Fact],
    cut: list[Fact],
    columns: tuple[str, ...],
) -> list[Fact]:
    """The rows that were cut with what each person, who stands first in ``rows``, answered."""
    questions = questions_in(columns)
    if not questions:
        return cut
    said = answers_of(session, gathering_id, questions)
    return [
        (*shown, *(said.get((str(row[0]), question)) for question in questions))
        for row, shown in zip(rows, cut, strict=True)
    ]


def _behind(facts: Facts, only: ReportFilter, for_people: bool) -> tuple[Sheet, ...]:
    """The single persons behind the counts by day: a second sheet."""
    if facts.days is None:
        return ()
    of_kind = kind_of("presence", planned=only.planned)
    wanted = of_kind.chosen(of_kind.for_people if for_people else ())
    return (Sheet(of_kind.title, wanted, _cut(facts.days, of_kind, wanted)),)
