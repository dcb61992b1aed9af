"""The list of visas: who needs one, how many days are left, who is next when one is refused."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import Application
from schoolapp.domain.applications import ApplicationState as S
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation, ParticipationState, Stay
from schoolapp.domain.people import Person
from schoolapp.domain.visas import (
    WORKING_DAYS,
    Need,
    VisaLetter,
    VisaRule,
    hand_in_by,
    need_of,
    number_of,
    working_days_until,
)
from schoolapp.operations.applications import move_application
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

APPLIED = (S.ACCEPTED, S.CONFIRMED, S.VISA_PENDING, S.CHECKED_IN, S.COMPLETED)


class _PersonRow(NamedTuple):
    """A participant with the application and the visa rule, as far as there are any.

    ``said`` and ``applied`` are what the person answered as a participant and in the application.
    """

    id: int
    person_id: int
    said: bool | None
    arrives: dt.datetime | None
    name: str
    nationality: str | None
    state: S | None
    application_id: int | None
    applied: bool | None
    country: str
    start_date: dt.date
    tz: str
    needed: bool | None
    working_days: int | None


@dataclass(frozen=True, slots=True)
class VisaRow:
    """A participant as consulates see them.

    ``contradicts``: the person's answer differs from the table. ``days_left`` are working days
    until ``hand_in_by``, below zero when it has passed; both None where no visa is needed.
    ``number`` is empty without a letter. ``state`` is that of the application, empty where there is
    none.
    """

    id: int
    person_id: int
    application_id: int | None
    name: str
    nationality: str
    need: Need
    contradicts: bool
    hand_in_by: dt.date | None
    days_left: int | None
    number: str
    revision: int | None
    state: str


def visa_rows(session: DbSession, *, gathering_id: int) -> tuple[VisaRow, ...]:
    """Everybody who takes part, the most urgent first; two statements whatever their number.

    Those whose need is not known come after them, those who need no visa last.
    """
    letters = _letters(session, gathering_id)
    now = clock.now()
    rows = [_row(one, letters, now) for one in _people(session, gathering_id)]
    order = {Need.YES: 0, Need.UNKNOWN: 1, Need.NO: 2}
    return tuple(sorted(rows, key=lambda row: (order[row.need], row.days_left or 0)))


def refuse_visa(session: DbSession, *, application_id: int, reason: str) -> str | None:
    """The consulate refused: the place is free. Answers who is next on the waiting list, or None.

    Nobody is promoted by this; that is a decision of its own (S07).
    """
    application = session.get_one(Application, application_id)
    if application.state is S.CONFIRMED:
        move_application(session, application_id=application_id, step="ask_visa")
    move_application(session, application_id=application_id, step="refused", reason=reason)
    return next_in_line(session, gathering_id=application.gathering_id)


def next_in_line(session: DbSession, *, gathering_id: int) -> str | None:
    """The name of the first person on the waiting list of a gathering."""
    a = Application
    first = (
        sa.select(Person.display_name)
        .join(a, a.person_id == Person.id)
        .where(a.gathering_id == gathering_id, a.state == S.WAITLISTED)
        .order_by(a.waiting_rank.is_(None), a.waiting_rank, a.id)
    )
    return session.execute(first.limit(1)).scalar()


def _letters(session: DbSession, gathering_id: int) -> dict[int, tuple[str, int]]:
    """Person to the number of their letter and its newest revision."""
    v = VisaLetter
    rows = fetch(
        session,
        sa.select(v.person_id, v.series, v.serial, v.revision)
        .where(v.gathering_id == gathering_id)
        .order_by(v.revision),
    )
    return {person: (number_of(series, serial), rev) for person, series, serial, rev in rows}


def _row(one: _PersonRow, letters: dict[int, tuple[str, int]], now: dt.datetime) -> VisaRow:
    said = one.said if one.said is not None else one.applied
    need, contradicts = need_of(said, one.nationality, one.country, one.needed)
    due = left = None
    if need is not Need.NO:
        days = WORKING_DAYS if one.working_days is None else one.working_days
        due = hand_in_by(one.arrives.date() if one.arrives else one.start_date, days)
        left = working_days_until(clock.to_wall(now, one.tz).date(), due)
    number, revision = letters.get(one.person_id, ("", None))
    return VisaRow(
        id=one.id,
        person_id=one.person_id,
        application_id=one.application_id,
        name=one.name,
        nationality=one.nationality or "",
        need=need,
        contradicts=contradicts,
        hand_in_by=due,
        days_left=left,
        number=number,
        revision=revision,
        state=one.state or "",
    )


def _people(session: DbSession, gathering_id: int) -> list[_PersonRow]:
    p, a, r, g = Participation, Application, VisaRule, Gathering
    arrives = (
        sa.select(sa.func.min(Stay.arrival))
        .where(Stay.participation_id == p.id)
        .correlate(p)
        .scalar_subquery()
    )
    applied = sa.and_(
        a.gathering_id == p.gathering_id, a.person_id == p.person_id, a.state.in_(APPLIED)
    )
    rule = sa.and_(r.country == g.country, r.nationality == Person.nationality)
    statement = (
        sa.select(
            p.id,
            p.person_id,
            p.needs_visa,
            arrives,
            Person.display_name,
            Person.nationality,
            a.state,
            a.id,
            a.needs_visa,
            g.country,
            g.start_date,
            g.tz,
            r.needed,
            r.working_days,
        )
        .join(g, g.id == p.gathering_id)
        .join(Person, Person.id == p.person_id)
        .outerjoin(a, applied)
        .outerjoin(r, rule)
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
        .order_by(Person.sort_name, Person.uid)
    )
    return [_PersonRow._make(row) for row in fetch(session, statement)]
