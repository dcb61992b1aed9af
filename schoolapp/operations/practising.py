"""Practice schools that live: what the packages cannot hold of a school that runs today."""

import datetime as dt

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.domain.arrivals import USUAL, Check
from schoolapp.domain.attendance import Register
from schoolapp.domain.gatherings import Gathering, GatheringState
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session, SessionState
from schoolapp.exchange.packages.model import Packages
from schoolapp.operations.arrivals import desk
from schoolapp.operations.attendance import close_register
from schoolapp.operations.practice import Loaded, load
from schoolapp.storage.store import DbSession

_STILL_TO_COME = 2
"""How many people of the running school have not arrived: whom one can practise to check in."""
_DONE: dict[Check, str | None] = {item: None for item in USUAL if item is not Check.CONSENT}
_MORNING = dt.time(9)


def load_for_today(session: DbSession, packages: Packages) -> Loaded:
    """Store packages that were laid around today, with what the desk and registers did so far.

    Gatherings that are there already are left as they are, as ``load`` does.
    """
    loaded = load(session, packages)
    for package in packages.packages:
        gathering = package.gathering
        is_new = gathering.id is not None  # one that was there already stands in for the package's
        if is_new and gathering.state is GatheringState.RUNNING:
            _check_in(session, gathering)
            _close_registers(session, gathering)
    return loaded


def _check_in(session: DbSession, gathering: Gathering) -> None:
    """Let those arrive whose stay has begun, each on the morning of its first day."""
    today = clock.to_wall(clock.now(), gathering.tz).date()
    expected = session.scalars(
        sa.select(Participation)
        .where(Participation.gathering_id == gathering.id)
        .order_by(Participation.position)
    ).all()
    for place in expected[:-_STILL_TO_COME]:
        day = place.stays[0].arrival.date() if place.stays else gathering.start_date
        if day < today:
            with clock.at(clock.to_utc(dt.datetime.combine(day, _MORNING), gathering.tz)):
                minor = desk.minor_at_arrival(place)
                reason = _("The consent was shown at the desk.") if minor else None
                desk.check_in(session, participation_id=place.id, done=_DONE, reason=reason)


def _close_registers(session: DbSession, gathering: Gathering) -> None:
    """Close the registers of the days before today, each when its session was over."""
    today = clock.to_wall(clock.now(), gathering.tz).date()
    past = session.execute(
        sa.select(Session.id, Session.end_utc, Session.start_local)
        .outerjoin(Register, Register.session_id == Session.id)
        .where(
            Session.gathering_id == gathering.id,
            Session.register,
            ~Session.register_lost,
            Session.state != SessionState.CANCELLED,
        )
    ).all()
    for key, ended, start in past:
        if start.date() < today:
            with clock.at(ended):
                close_register(session, session_id=key)
