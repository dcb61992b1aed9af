"""Deciding: the steps of an application, what their guards check, and the place that follows."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.domain.applications import (
    APPLICATION,
    SEATED,
    Application,
    ApplicationState,
    CaseFacts,
    next_rank,
)
from schoolapp.domain.funding import Allocation, Payment, Subsidy, SubsidyPart, SubsidyState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.letters import ANSWER_DAYS, Occasion
from schoolapp.domain.participation import ParticipationState, Stay, bring_to
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import Decision, PendingDecision
from schoolapp.domain.waiting import OfferEnd, PlaceOffer, in_order
from schoolapp.domain.workflow import Step, take
from schoolapp.operations.applications.proposing import asks_endorsement, proposal
from schoolapp.operations.applications.seating import cut_stay, free_place, give_place, place_of
from schoolapp.operations.applications.seats import Seats, seats_of
from schoolapp.operations.applications.supported import end_subsidies
from schoolapp.operations.letters import write_letter
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

S = ApplicationState
OTHERWISE = frozenset({"duplicate_of", "move", "offer", "offer_ended"})
"""Steps that other operations take, because they need more than a reason."""
_LETTERS = {
    "accept": Occasion.ACCEPTED,
    "promote": Occasion.ACCEPTED,
    "waitlist": Occasion.WAITING_LIST,
    "not_eligible": Occasion.DECLINED,
    "reject": Occasion.DECLINED,
    "silence": Occasion.DECLINED,
    "close": Occasion.DECLINED,
    "ask_more": Occasion.NEEDS_INFO,
    "ask_visa": Occasion.VISA,
    "refused": Occasion.VISA_REFUSED,
    "withdraw": Occasion.WITHDRAWN,
    "decline": Occasion.WITHDRAWN,
    "no_answer": Occasion.WITHDRAWN,
    "cancel": Occasion.WITHDRAWN,
    "host_cancels": Occasion.CANCELLED,
}
"""The steps that are reported to the applicant, with the occasion of their letter."""
_WAIVING = frozenset(SubsidyState) - {
    SubsidyState.REQUESTED,
    SubsidyState.REVIEWED,
    SubsidyState.REFUSED,
    SubsidyState.WITHDRAWN,
    SubsidyState.LAPSED,
}


_PATHS: dict[Decision, dict[ApplicationState, tuple[str, ...]]] = {
    Decision.ACCEPT: {
        S.SUBMITTED: ("check_ok", "accept"),
        S.ELIGIBLE: ("accept",),
        S.WAITLISTED: ("promote",),
    },
    Decision.SHORTLIST: {S.SUBMITTED: ("check_ok",)},
    Decision.WAITLIST: {S.SUBMITTED: ("check_ok", "waitlist"), S.ELIGIBLE: ("waitlist",)},
    Decision.DECLINE: {
        S.SUBMITTED: ("not_eligible",),
        S.ELIGIBLE: ("reject",),
        S.WAITLISTED: ("reject",),
    },
    Decision.CONFIRM: {S.ACCEPTED: ("confirm",), S.VISA_PENDING: ("granted",)},
    Decision.WITHDRAW: {
        S.DRAFT: ("discard",),
        S.SUBMITTED: ("check_ok", "withdraw"),
        S.NEEDS_INFO: ("withdraw",),
        S.ELIGIBLE: ("withdraw",),
        S.WAITLISTED: ("withdraw",),
        S.ACCEPTED: ("decline",),
        S.CONFIRMED: ("cancel",),
        S.VISA_PENDING: ("withdraw",),
    },
    Decision.ARRIVE: {S.CONFIRMED: ("arrive",)},
}


def steps_of(decision: Decision, state: ApplicationState) -> tuple[str, ...]:
    """The steps that carry out a decision from a state; none if it cannot be taken there."""
    return _PATHS[decision].get(state, ())


def is_reported(decision: Decision, state: ApplicationState) -> bool:
    """Whether the applicant gets a letter once the decision is taken in a state."""
    return any(step in _LETTERS for step in steps_of(decision, state))


@dataclass(frozen=True, slots=True)
class AvailableStep:
    """A step that may be taken or tried: where it leads and what its guard asks for.

    ``needs_reason``: it may be taken, but only with a reason, because of ``trouble``. A step with
    ``trouble`` and without ``needs_reason`` cannot be taken at all. ``trouble`` is marked for
    translation.
    """

    name: str
    target: ApplicationState
    trouble: str | None = None
    needs_reason: bool = False


def available_steps(session: DbSession, *, application_id: int) -> tuple[AvailableStep, ...]:
    """The steps of an application's state, in the order of the workflow."""
    application = application_of(session, application_id)
    facts = case_facts(session, application)
    steps = APPLICATION.steps_from(application.state)
    return tuple(_available(step, facts) for step in steps if step.name not in OTHERWISE)


def _available(step: Step[ApplicationState], facts: CaseFacts) -> AvailableStep:
    trouble = step.guard(facts, None) if step.guard else None
    helped = trouble is not None and step.guard is not None and not step.guard(facts, "reason")
    return AvailableStep(step.name, step.target, trouble, helped)


def move_application(
    session: DbSession,
    *,
    application_id: int,
    step: str,
    reason: str | None = None,
) -> ApplicationState:
    """Take a step of the workflow with all that follows from it; answers the new state.

    People who get a place become participants, expected for the dates of the gathering at the
    price of their band; people who lose it stop being participants, and what was granted to them
    ends. People who join the waiting
    list are at its end. People who are asked for more have ``ANSWER_DAYS`` to answer. What an
    applicant should know is written as a letter, which waits in the outbox as a draft.
    ``RuleBroken`` if the step is not possible, or not without a reason.
    """
    application = application_of(session, application_id)
    before = application.state
    facts = case_facts(session, application)
    take(APPLICATION, application, step, by=actor_of(session), facts=facts, reason=reason or None)
    _queue(session, application, before)
    _seat(session, application, before, step)
    _settle(session, application, before)
    end_subsidies(session, application)
    if step in _LETTERS:
        question = (reason or "") if step == "ask_more" else ""
        write_letter(
            session,
            application=application,
            occasion=_LETTERS[step],
            question=question,
            due=application.answer_due,
        )
    return application.state


def decide_applications(
    session: DbSession,
    *,
    application_ids: Collection[int],
    decision: Decision,
    reason: str | None = None,
) -> int:
    """Take one decision on several applications, all or none; answers how many.

    A decision is what a meeting says: it takes the one or two steps that lead there from the state
    of each application. ``RuleBroken`` if it leads nowhere from one of them.
    """
    for key in application_ids:
        application = application_of(session, key)
        steps = steps_of(decision, application.state)
        if not steps:
            state = application.state.value.replace("_", " ")
            raise RuleBroken(
                mark("The application of {name} is {state}. This cannot be decided now."),
                name=application.person.display_name,
                state=_(state),
            )
        for step in steps:
            move_application(session, application_id=key, step=step, reason=reason)
    return len(application_ids)


def case_facts(
    session: DbSession, application: Application, seats: Seats | None = None
) -> CaseFacts:
    """What the guards check, from the database as it is now, or from the ``seats`` given."""
    gathering = session.get_one(Gathering, application.gathering_id)
    seats = seats or seats_of(session, gathering_id=gathering.id)
    today = clock.to_wall(clock.now(), gathering.tz).date()
    return CaseFacts(
        seats_left=seats.left_for(application.id),
        next_in_line=_is_next(session, application, seats),
        needs_visa=application.needs_visa is not False,
        deposit_settled=_deposit_settled(session, application, gathering),
        deadline_passed=_deadline_passed(session, application, gathering, today),
        started=today >= gathering.start_date,
        endorsed=bool(application.endorsed_by) or not asks_endorsement(session, gathering.id),
    )


def _is_next(session: DbSession, application: Application, seats: Seats) -> bool:
    """Whether somebody may be given a place from the waiting list without a reason."""
    if application.state is not S.WAITLISTED or application.id in seats.held:
        return True
    found = proposal(session, gathering_id=application.gathering_id, seats=seats)
    if found is None:  # no place is free: the order alone says who would be next
        first = next(iter(in_order(seats.line)), None)
        return first is None or first.application_id == application.id
    return found.application_id == application.id


def application_of(session: DbSession, application_id: int) -> Application:
    """The application to decide on; ``RuleBroken`` if it is gone."""
    application = session.get(Application, application_id)
    if application is None:
        raise RuleBroken(mark("This application was removed meanwhile."))
    return application


def _queue(session: DbSession, application: Application, before: ApplicationState) -> None:
    """Keep the waiting list a total order: people join at its end, lose their rank on leaving."""
    if application.state is S.WAITLISTED:
        application.waiting_rank = last_rank(session, application.gathering_id)
    elif before is S.WAITLISTED:
        application.waiting_rank = None


def last_rank(session: DbSession, gathering_id: int) -> int:
    """The rank at the end of the waiting list."""
    ranks = session.execute(
        sa.select(Application.waiting_rank).where(Application.gathering_id == gathering_id)
    ).scalars()
    return next_rank(list(ranks))


def _settle(session: DbSession, application: Application, before: ApplicationState) -> None:
    """What was open about the application is settled by the step: question, offer, preparation."""
    if application.state is S.NEEDS_INFO:
        tz = session.get_one(Gathering, application.gathering_id).tz
        today = clock.to_wall(clock.now(), tz).date()
        application.answer_due = today + dt.timedelta(days=ANSWER_DAYS)
    elif before is S.NEEDS_INFO:
        application.answer_due = None
    if before is S.WAITLISTED:
        taken = application.state is S.ACCEPTED
        for offer in open_offers(session, application.id):
            offer.ended = OfferEnd.TAKEN if taken else OfferEnd.WITHDRAWN
    prepared = sa.select(PendingDecision).where(PendingDecision.application_id == application.id)
    for decision in session.execute(prepared).scalars().all():
        session.delete(decision)


def open_offers(session: DbSession, application_id: int) -> list[PlaceOffer]:
    """The offers to somebody that have not ended; at most one."""
    return list(
        session.execute(
            sa.select(PlaceOffer).where(
                PlaceOffer.application_id == application_id, PlaceOffer.ended.is_(None)
            )
        ).scalars()
    )


def _seat(
    session: DbSession, application: Application, before: ApplicationState, step: str
) -> None:
    if application.state in SEATED:
        place = give_place(session, application)
        here = application.state is S.CHECKED_IN
        state = ParticipationState.PRESENT if here else ParticipationState.EXPECTED
        bring_to(place, state, by=actor_of(session))
    elif application.state is S.COMPLETED:
        place = give_place(session, application)
        bring_to(place, ParticipationState.COMPLETED, by=actor_of(session))
        if step == "leave_early":
            cut_stay(session, place)
    elif before in SEATED:
        free_place(session, application)


def _deposit_settled(session: DbSession, application: Application, gathering: Gathering) -> bool:
    """Whether the deposit is paid, waived, or not asked for.

    A payment for several persons counts for each with an equal share.
    """
    if gathering.deposit is None:
        return True
    in_all = (
        sa.select(sa.func.count())
        .select_from(Allocation)
        .where(Allocation.payment_id == Payment.id)
        .correlate(Payment)
        .scalar_subquery()
    )
    named = sa.select(Allocation.payment_id).where(Allocation.person_id == application.person_id)
    paid = session.execute(
        sa.select(Payment.__table__.c.amount_minor, in_all).where(
            Payment.gathering_id == gathering.id,
            sa.or_(Payment.person_id == application.person_id, Payment.id.in_(named)),
        )
    )
    if sum(amount // max(persons, 1) for amount, persons in paid) >= gathering.deposit.minor:
        return True
    waiver = (
        sa.select(SubsidyPart.id)
        .join(Subsidy, Subsidy.id == SubsidyPart.subsidy_id)
        .where(
            Subsidy.gathering_id == gathering.id,
            Subsidy.person_id == application.person_id,
            Subsidy.state.in_(_WAIVING),
            SubsidyPart.kind == "fee_waiver",
        )
    )
    return session.execute(waiver.limit(1)).first() is not None


def _deadline_passed(
    session: DbSession, application: Application, gathering: Gathering, today: dt.date
) -> bool:
    """Whether the date has passed by which the person had to do something in this state.

    Answers to questions are due by the day they were asked for, else by the deadline of
    applications; the confirmation of a place by that of payments; each by the first day where the
    gathering names none. People who have a confirmed place are missing 24 hours after their own
    arrival time.
    """
    if application.state is S.CONFIRMED:
        place = place_of(session, application)
        stays: list[Stay] = place.stays if place else []
        if stays:
            due = clock.to_utc(stays[0].arrival, gathering.tz) + dt.timedelta(hours=24)
            return clock.now() >= due
    if application.state is S.NEEDS_INFO and application.answer_due is not None:
        return today > application.answer_due
    name = "application" if application.state is S.NEEDS_INFO else "payment"
    dates = {deadline.name: deadline.date for deadline in gathering.deadlines}
    return today > dates.get(name, gathering.start_date)
