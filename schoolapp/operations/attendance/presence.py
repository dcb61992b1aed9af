"""Presence: the people of a gathering who were on site on each day, as reports by day ask."""

import datetime as dt
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import NamedTuple

from schoolapp.base.language import mark as marked
from schoolapp.domain.participation import ParticipationState, days_present
from schoolapp.domain.presence import days_from, known_days, need_recorded
from schoolapp.domain.reports import ReportFilter
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.attendance.attendants import Attendant, attendants
from schoolapp.operations.attendance.recorded import Head, add_lists_and_registers, arrivals_of
from schoolapp.storage.store import DbSession


class PersonDay(NamedTuple):
    """A day on which a person was on site, or is planned to be; ``person`` is the uid."""

    date: dt.date
    person: str
    name: str
    delegation: str


@dataclass(frozen=True, slots=True)
class Presence:
    """The days of a gathering's people on site; ``people`` are by uid.

    ``known`` are the people, and ``known_dates`` the days, of which something is recorded, be it
    that somebody was absent; of all others nothing may be said. ``dates`` are the days that are
    asked for. Of a plan everything is known.
    """

    titles: dict[str, str]
    tz: str
    first_day: dt.date
    people: dict[str, Attendant]
    days: list[PersonDay]
    dates: list[dt.date] = field(default_factory=list)
    known: frozenset[str] = frozenset()
    known_dates: frozenset[dt.date] = frozenset()

    def reported(self) -> list[Attendant]:
        """The people who have a row: those who did not cancel, and those who came all the same."""
        return [
            person
            for uid, person in self.people.items()
            if uid in self.known or person.state != ParticipationState.CANCELLED
        ]

    def for_people(self) -> "Presence":
        """The same with people sorted by name."""
        order = {uid: (one.order, uid) for uid, one in self.people.items()}
        people = dict(sorted(self.people.items(), key=lambda item: order[item[0]]))
        days = sorted(self.days, key=lambda day: (day.date, order[day.person]))
        return replace(self, people=people, days=days)


def presence(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool = False
) -> Presence:
    """Who was on site on which day of the gathering, as far as it is recorded; three statements.

    ``only.planned`` asks for the plan instead: the days that the stays touch, the days of arrival
    and departure included, but no day of travel outside the gathering (S43). ``RuleBroken`` where
    nothing at all is recorded, because then no figure is true.
    """
    head, recorded = arrivals_of(session, gathering_id)
    if head is None:
        raise gone()
    people = people_of(session, gathering_id, only, details=details)
    if only.planned:
        return _made(head, people, {p.id: _planned_days(p, head) for p in people}, only)
    add_lists_and_registers(session, gathering_id, recorded)
    known = {key: known_days(one, head.first_day, head.last_day) for key, one in recorded.items()}
    need_recorded(any(known.values()))
    return _made(head, people, known, only)


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


def _planned_days(person: Attendant, head: Head) -> dict[dt.date, bool]:
    if person.state == ParticipationState.CANCELLED:
        return {}
    stayed = days_present(person.stays)
    return {day: day in stayed for day in days_from(head.first_day, head.last_day)}


def _made(
    head: Head, people: list[Attendant], known: dict[int, dict[dt.date, bool]], only: ReportFilter
) -> Presence:
    """The days of these people, within the dates that are asked for."""
    cut = {
        person.uid: {day: on for day, on in known.get(person.id, {}).items() if only.holds(day)}
        for person in people
    }
    by_uid = {person.uid: person for person in sorted(people, key=attrgetter("uid"))}
    dates = {day for day in days_from(head.first_day, head.last_day) if only.holds(day)}
    known_dates = frozenset(day for days in cut.values() for day in days)
    return Presence(
        head.titles,
        head.tz,
        head.first_day,
        by_uid,
        sorted(_day(day, by_uid[uid]) for uid, days in cut.items() for day in days if days[day]),
        sorted(dates | known_dates),
        frozenset(uid for uid, days in cut.items() if days),
        known_dates,
    )


def _day(date: dt.date, person: Attendant) -> PersonDay:
    return PersonDay(date, person.uid, person.known_as, person.delegation)
