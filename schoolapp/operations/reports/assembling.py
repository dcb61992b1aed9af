"""A report made of facts: the columns that are wanted, and its head."""

import datetime as dt
from operator import itemgetter
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import current, mark
from schoolapp.domain.documents import Narrative, Report, Sheet
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.reports import DETAILS, KINDS, ReportColumn, ReportFilter, need_purpose
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.attendance.reporting import Fact
from schoolapp.operations.reports.facts import Facts, facts_of
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
) -> Report:
    """The report of a gathering, its title in the language in use; at most three statements.

    Without ``columns`` it has the least that it needs. ``RuleBroken`` where sensitive columns are
    asked for without a ``reason``, or for a kind or column that there is not.
    """
    if kind not in KINDS:
        raise RuleBroken(mark("There is no report {kind}."), kind=kind)
    wanted, only = KINDS[kind].chosen(columns), only or ReportFilter()
    need_purpose(wanted, reason)
    details = any(column.key in _DETAILS for column in wanted)
    facts = facts_of(session, gathering_id=gathering_id, kind=kind, only=only, details=details)
    return Report(
        sheet=Sheet(KINDS[kind].title, wanted, _cut(facts.rows, kind, wanted)),
        gathering=title_in(facts.titles, current()),
        exported_at=clock.now(),
        tz=facts.tz,
        filters=only.described(),
        more=_behind(facts),
    )


def narrative_of(
    session: DbSession, *, gathering_id: int, only: ReportFilter | None = None
) -> Narrative:
    """The figures of the narrative report; each of its parts in three statements."""
    only = only or ReportFilter()
    parts = {
        kind: facts_of(session, gathering_id=gathering_id, kind=kind, only=only, details=True)
        for kind in ("person", "person_days")
    }
    person, days = parts["person"].rows, parts["person_days"].rows
    held = report_of(session, gathering_id=gathering_id, kind="sessions", only=only)
    venue = _venue(session, gathering_id)
    country, person_days = _at("person_days", "country"), _at("person_days", "person_days")
    present = _at("sessions", "present")
    minutes, possible = _at("person", "hours"), _at("person", "hours_possible")
    return Narrative(
        place=venue.city or venue.country,
        first=venue.first,
        last=venue.last,
        persons=len(days),
        countries=len({row[country] for row in days if row[country]}),
        person_days=sum(row[person_days] for row in days),
        sessions=sum(row[present] is not None for row in held.sheet.rows),
        minutes=sum(row[minutes] for row in person),
        possible=sum(row[possible] for row in person),
        participation=report_of(
            session, gathering_id=gathering_id, kind="participation", only=only
        ),
        sessions_held=held,
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


def _cut(rows: list[Fact], kind: str, wanted: tuple[ReportColumn, ...]) -> list[Fact]:
    """The rows with the wanted columns only."""
    every = KINDS[kind].columns
    if len(wanted) == len(every):
        return rows
    places = [every.index(column) for column in wanted]
    if len(places) == 1:
        return [(row[places[0]],) for row in rows]
    if places == list(range(len(places))):
        return [row[: len(places)] for row in rows]
    return list(map(itemgetter(*places), rows))


def _behind(facts: Facts) -> tuple[Sheet, ...]:
    """The single persons behind the counts by day: a second sheet."""
    if facts.days is None:
        return ()
    return (Sheet(KINDS["presence"].title, KINDS["presence"].columns, facts.days),)
