"""The waiting list at work: its order, offers that hold a place for some days, and their end."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.domain.applications import APPLICATION, Application, ApplicationState
from schoolapp.domain.gatherings import OVER, Gathering
from schoolapp.domain.letters import Occasion
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.waiting import OfferEnd, PlaceOffer
from schoolapp.domain.workflow import take
from schoolapp.operations.applications.deciding import (
    application_of,
    case_facts,
    last_rank,
    open_offers,
)
from schoolapp.operations.applications.proposing import proposal, rules_of
from schoolapp.operations.letters import discard_letters, write_letter
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

S = ApplicationState


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who should be offered a free place; ``message`` is marked, ``rank`` fills its place.

    ``overdue`` counts the offers whose time has run out and that were not ended yet.
    """

    application_id: int | None
    name: str
    message: str
    rank: int | None
    overdue: int


def proposed(session: DbSession, *, gathering_id: int) -> Proposed:
    """The next person on the waiting list, if a place is free, and how many offers have run out."""
    overdue = len(_overdue(session, gathering_id))
    state = session.execute(sa.select(Gathering.state).where(Gathering.id == gathering_id)).scalar()
    found = None if state in OVER else proposal(session, gathering_id=gathering_id)
    if found is None:
        return Proposed(None, "", "", None, overdue)
    name = session.execute(
        sa.select(Person.display_name)
        .join(Application, Application.person_id == Person.id)
        .where(Application.id == found.application_id)
    ).scalar_one()
    return Proposed(found.application_id, name, found.message, found.rank, overdue)


def offer_place(
    session: DbSession,
    *,
    application_id: int,
    due: dt.datetime | None = None,
    reason: str | None = None,
) -> int:
    """Hold a free place for somebody on the waiting list until ``due`` and write it to them.

    ``due`` (aware) is by default the end of the last of the declared days. ``RuleBroken`` if there
    is no place, if somebody else is next and no reason is given, or if an offer is open already.
    """
    application = application_of(session, application_id)
    end_offers(session, gathering_id=application.gathering_id)
    if open_offers(session, application_id):
        raise RuleBroken(
            mark("{name} has been offered a place already."), name=application.person.display_name
        )
    facts = case_facts(session, application)
    if facts.seats_left <= 0:
        raise RuleBroken(mark("No place is free that could be offered."))
    due = due or _last_moment(session, application)
    by = actor_of(session)
    take(APPLICATION, application, "offer", by=by, facts=facts, reason=reason or None)
    offer = PlaceOffer(
        gathering_id=application.gathering_id, application_id=application_id, due=due
    )
    session.add(offer)
    session.flush()
    tz = session.get_one(Gathering, application.gathering_id).tz
    write_letter(
        session,
        application=application,
        occasion=Occasion.OFFER,
        due=clock.to_wall(due, tz).date(),
    )
    return offer.id


def withdraw_offer(session: DbSession, *, application_id: int, reason: str | None = None) -> None:
    """Take an offer back; the person stays where they were on the waiting list."""
    application = application_of(session, application_id)
    offers = open_offers(session, application_id)
    if not offers:
        raise RuleBroken(mark("No offer to this person is open."))
    _end(session, application, offers[0], OfferEnd.WITHDRAWN, reason)


def end_offers(session: DbSession, *, gathering_id: int) -> int:
    """End the offers whose time has run out; answers how many.

    Their place has been free since that moment. People who let one pass go to the end of the
    list.
    """
    overdue = _overdue(session, gathering_id)
    for offer in overdue:
        application = application_of(session, offer.application_id)
        reason = _("The offer was not answered in time.")
        _end(session, application, offer, OfferEnd.EXPIRED, reason)
        application.waiting_rank = last_rank(session, gathering_id)
    session.flush()
    return len(overdue)


def move_in_line(session: DbSession, *, application_id: int, step: int, reason: str) -> int:
    """Move somebody on the waiting list, -1 up or +1 down, with a reason; answers the new rank."""
    application = application_of(session, application_id)
    line = _line(session, application.gathering_id)
    at = next((n for n, one in enumerate(line) if one.id == application_id), None)
    if at is None:
        raise RuleBroken(
            mark("{name} is not on the waiting list."), name=application.person.display_name
        )
    if not 0 <= at + step < len(line):
        raise RuleBroken(
            mark("{name} is already at the end of the list."),
            name=application.person.display_name,
        )
    by, why = actor_of(session), reason.strip() or None
    take(APPLICATION, application, "move", by=by, reason=why)
    line.insert(at + step, line.pop(at))
    for rank, one in enumerate(line, start=1):
        if one.waiting_rank != rank:
            one.waiting_rank = rank
    session.flush()
    return at + step + 1


def _line(session: DbSession, gathering_id: int) -> list[Application]:
    found = session.execute(
        sa.select(Application)
        .where(Application.gathering_id == gathering_id, Application.state == S.WAITLISTED)
        .order_by(Application.waiting_rank.is_(None), Application.waiting_rank, Application.id)
    )
    return list(found.scalars())


def _overdue(session: DbSession, gathering_id: int) -> list[PlaceOffer]:
    return list(
        session.execute(
            sa.select(PlaceOffer).where(
                PlaceOffer.gathering_id == gathering_id,
                PlaceOffer.ended.is_(None),
                PlaceOffer.due <= clock.now(),
            )
        ).scalars()
    )


def _end(
    session: DbSession,
    application: Application,
    offer: PlaceOffer,
    end: OfferEnd,
    reason: str | None,
) -> None:
    offer.ended = end
    take(APPLICATION, application, "offer_ended", by=actor_of(session), reason=reason or None)
    discard_letters(session, application=application)


def _last_moment(session: DbSession, application: Application) -> dt.datetime:
    """The end of the last day of an offer, by the clock of the gathering."""
    gathering = session.get_one(Gathering, application.gathering_id)
    days = dt.timedelta(days=rules_of(session, gathering.id).offer_days)
    last = clock.to_wall(clock.now(), gathering.tz).date() + days
    return clock.to_utc(dt.datetime.combine(last, dt.time(23, 59)), gathering.tz)
