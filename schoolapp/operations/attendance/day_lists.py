"""Day lists: who is on site on a day, for gatherings and days that keep no register."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.attendance import DayPresence
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.presence import Recorded, days_from, known_days
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import words_of
from schoolapp.operations.attendance.attendants import Attendant, attendants
from schoolapp.operations.attendance.presence import gone
from schoolapp.operations.attendance.recorded import Head, add_lists_and_registers, arrivals_of
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class DayOnList:
    """A day of the gathering: how many people its list has as there, and how many as not there."""

    date: dt.date
    present: int
    absent: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """A person on the list of a day; ``on_site`` is None while the list does not say.

    ``elsewhere`` is what registers and the arrival desk know of this day, None for nothing.
    """

    id: int
    name: str
    search: str
    delegation: str
    language_group: str
    on_site: bool | None
    elsewhere: bool | None


@dataclass(frozen=True, slots=True)
class DayList:
    """The days of a gathering, and the list of one of them, by name."""

    days: tuple[DayOnList, ...]
    date: dt.date
    rows: tuple[DayRow, ...]


def day_list(session: DbSession, *, gathering_id: int, date: dt.date) -> DayList:
    """The list of a day, or of the nearest day of the gathering; three statements.

    On it is everybody who takes part, planned for this day or not: people come earlier and stay
    longer than was planned.
    """
    head, recorded = arrivals_of(session, gathering_id)
    if head is None:
        raise gone()
    add_lists_and_registers(session, gathering_id, recorded)
    days = _days(head, recorded)
    chosen = min((day.date for day in days), key=lambda day: abs(day - date))
    rows = [
        _row(person, recorded.get(person.id, Recorded()), head, chosen)
        for person in attendants(session, gathering_id).values()
        if person.state != ParticipationState.CANCELLED or person.id in recorded
    ]
    return DayList(days, chosen, tuple(rows))


def note_day(
    session: DbSession,
    *,
    gathering_id: int,
    date: dt.date,
    participation_ids: Collection[int],
    on_site: bool | None,
) -> int:
    """Note for these participants whether they are on site on a day; how many lines changed.

    None takes what the list said away again: then it says nothing, which is not absent.
    ``RuleBroken`` for a day outside the gathering, or for somebody who takes no part in it.
    """
    _check_day(session, gathering_id, date)
    wanted = set(participation_ids)
    _check_people(session, gathering_id, wanted)
    noted = {
        one.participation_id: one
        for one in session.scalars(
            sa.select(DayPresence).where(
                DayPresence.date == date, DayPresence.participation_id.in_(wanted)
            )
        )
    }
    return sum(_note(session, key, date, on_site, noted.get(key)) for key in sorted(wanted))


def _note(
    session: DbSession, key: int, date: dt.date, on_site: bool | None, noted: DayPresence | None
) -> bool:
    if (None if noted is None else noted.on_site) == on_site:
        return False
    if on_site is None:
        session.delete(noted)
    elif noted is None:
        session.add(DayPresence(participation_id=key, date=date, on_site=on_site))
    else:
        noted.on_site = on_site
    return True


def _check_day(session: DbSession, gathering_id: int, date: dt.date) -> None:
    gathering = session.get(Gathering, gathering_id)
    if gathering is None:
        raise gone()
    if not gathering.start_date <= date <= gathering.end_date:
        raise RuleBroken(
            mark("{date} is not a day of this gathering, which lasts from {first} to {last}."),
            date=date,
            first=gathering.start_date,
            last=gathering.end_date,
        )


def _check_people(session: DbSession, gathering_id: int, wanted: set[int]) -> None:
    known = session.scalar(
        sa.select(sa.func.count()).where(
            Participation.id.in_(wanted), Participation.gathering_id == gathering_id
        )
    )
    if known != len(wanted):
        raise RuleBroken(mark("One of these people no longer takes part in this gathering."))


def _days(head: Head, recorded: dict[int, Recorded]) -> tuple[DayOnList, ...]:
    """The days of the gathering, and those that have a list although they lie outside it."""
    counted = Counter(said for one in recorded.values() for said in one.listed.items())
    dates = {*days_from(head.first_day, head.last_day), *(day for day, _there in counted)}
    return tuple(DayOnList(day, counted[day, True], counted[day, False]) for day in sorted(dates))


def _row(person: Attendant, recorded: Recorded, head: Head, date: dt.date) -> DayRow:
    others = known_days(replace(recorded, listed={}), head.first_day, head.last_day)
    return DayRow(
        id=person.id,
        name=person.name,
        search=" ".join(words_of(f"{person.name} {person.other_names} {person.delegation}")),
        delegation=person.delegation,
        language_group=person.language_group,
        on_site=recorded.listed.get(date),
        elsewhere=others.get(date),
    )
