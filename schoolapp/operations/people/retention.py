"""Whose data is kept longer than the centres intend; nothing is erased by it."""

import datetime as dt

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import Application
from schoolapp.domain.centres import Centre
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Engagement, Participation
from schoolapp.domain.people import Person
from schoolapp.storage.store import DbSession

_PARTS = (Participation, Engagement, Application)


def is_kept_too_long(gathering_id: int, today: dt.date) -> sa.ColumnElement[bool]:
    """Whether somebody of a gathering is past the months of its centre, as a condition.

    It is not so as long as one gathering that they had a part in is not past its own: one of a
    centre that keeps data without a limit never is.
    """
    past = _past(today)
    here = past.where(Gathering.id == gathering_id)
    known = (sa.select(part.person_id).where(part.gathering_id.in_(here)) for part in _PARTS)
    needed = (sa.select(part.person_id).where(part.gathering_id.not_in(past)) for part in _PARTS)
    return sa.and_(sa.or_(*map(Person.id.in_, known)), ~sa.or_(*map(Person.id.in_, needed)))


def _past(today: dt.date) -> sa.Select[int]:
    """The gatherings that ended more than the months of their centre ago."""
    end = Gathering.end_date
    month = sa.extract("year", end) * 12 + sa.extract("month", end) + Centre.retention
    this_month = today.year * 12 + today.month
    over = sa.or_(
        month < this_month, sa.and_(month == this_month, sa.extract("day", end) < today.day)
    )
    of_centre = sa.select(Gathering.id).join(Centre, Centre.code == Gathering.host_centre)
    return of_centre.where(Centre.retention.is_not(None), over)


def kept_too_long(session: DbSession, *, gathering_id: int) -> int:
    """How many people of a gathering are past the time for which its centre keeps data."""
    shown = Person.merged_into_id.is_(None), Person.erased_at.is_(None)
    wanted = is_kept_too_long(gathering_id, clock.now().date())
    counted = sa.select(sa.func.count()).select_from(Person).where(*shown, wanted)
    return session.execute(counted).scalar_one()
