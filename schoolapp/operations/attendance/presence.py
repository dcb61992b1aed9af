"""Presence: the people of a gathering who were on site on each day, as reports by day ask."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base.language import mark as marked
from schoolapp.domain.attendance import DayPresence
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation, ParticipationState, days_present
from schoolapp.domain.reports import ReportFilter
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.attendance.attendants import Attendant, attendants
from schoolapp.storage.store import DbSession


class PersonDay(NamedTuple):
    """A day on which a person was on site; ``person`` is the uid."""

    date: dt.date
    person: str
    name: str
    delegation: str


class _Head(NamedTuple):
    """Which days of a gathering are asked for."""

    titles: dict[str, str]
    tz: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class Presence:
    """The days of a gathering's people on site; ``people`` are by uid."""

    titles: dict[str, str]
    tz: str
    first_day: dt.date
    people: dict[str, Attendant]
    days: list[PersonDay]


def presence(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool = False
) -> Presence:
    """Who was on site on which day of the gathering; three statements.

    From the daily register where the gathering keeps one; else the days that the stays touch, the
    days of arrival and departure included, but no day of travel outside the gathering (S43).
    """
    head = _head(session, gathering_id)
    found = people_of(session, gathering_id, only, details=details)
    people = {person.id: person for person in found}
    statement = (
        sa.select(
            DayPresence.date,
            DayPresence.participation_id,
            DayPresence.on_site,
        )
        .join(Participation, Participation.id == DayPresence.participation_id)
        .where(Participation.gathering_id == gathering_id)
    )
    register = session.execute(statement).all()
    present = (
        [(date, key) for date, key, on_site in register if on_site and key in people]
        if register
        else [
            (date, person.id)
            for person in people.values()
            if person.state != ParticipationState.CANCELLED
            for date in days_present(person.stays)
            if head.first_day <= date <= head.last_day
        ]
    )
    days = sorted(_day(date, people[key]) for date, key in present if only.holds(date))
    by_uid = {person.uid: person for person in people.values()}
    return Presence(head.titles, head.tz, head.first_day, by_uid, days)


def people_of(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool
) -> list[Attendant]:
    """The people of a gathering that a report needs, by name."""
    return [
        person
        for person in attendants(session, gathering_id, details=details).values()
        if only.delegation in ("", person.delegation)
        and only.language_group in ("", person.language_group)
    ]


def gone() -> RuleBroken:
    """What to raise for a gathering that is not there."""
    return RuleBroken(marked("This gathering was removed meanwhile."))


def _head(session: DbSession, gathering_id: int) -> _Head:
    row = session.execute(
        sa.select(
            Gathering.titles,
            Gathering.tz,
            Gathering.start_date,
            Gathering.end_date,
        ).where(Gathering.id == gathering_id)
    ).first()
    if row is None:
        raise gone()
    return _Head(*row)


def _day(date: dt.date, person: Attendant) -> PersonDay:
    return PersonDay(date, person.uid, person.known_as, person.delegation)
