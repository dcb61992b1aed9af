"""The arrival desk: checking people in and out, with the checklist of the gathering, and cash."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.arrivals import (
    LENT,
    SIGNED,
    USUAL,
    Check,
    asked_of,
    check_arrival,
    check_checklist,
    check_departure,
    is_minor,
)
from schoolapp.domain.budget import PaymentDraft
from schoolapp.domain.delegations import DELEGATION, DelegationState
from schoolapp.domain.documents import Receipt
from schoolapp.domain.funding import Payment
from schoolapp.domain.gatherings import ArrivalCheck, Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import (
    Arrival,
    ArrivalItem,
    Participation,
    ParticipationState,
    bring_to,
)
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.operations.applications import move_application
from schoolapp.operations.applications.seating import begin_stay_anew, cut_stay
from schoolapp.operations.funding import IncomingDraft, record_incoming
from schoolapp.operations.recipients import language_for
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


def checklist(session: DbSession, *, gathering_id: int) -> tuple[Check, ...]:
    """What the desk of a gathering asks for, in its order."""
    chosen = session.execute(
        sa.select(ArrivalCheck.item)
        .where(ArrivalCheck.gathering_id == gathering_id)
        .order_by(ArrivalCheck.position)
    ).scalars()
    return tuple(map(Check, chosen)) or USUAL


def currency_of(session: DbSession, *, gathering_id: int) -> str:
    """In which currency the desk of a gathering counts."""
    wanted = sa.select(Gathering.currency).where(Gathering.id == gathering_id)
    return session.execute(wanted).scalar_one()


def set_checklist(session: DbSession, *, gathering_id: int, items: Collection[Check]) -> None:
    """Say what the desk of a gathering asks for; in the usual order."""
    check_checklist(items)
    gathering = session.get_one(Gathering, gathering_id)
    wanted = [item for item in Check if item in items]
    kept = {one.item: one for one in gathering.arrival_checks}
    gathering.arrival_checks = [
        kept.get(item) or ArrivalCheck(item=item.value, position=n) for n, item in enumerate(wanted)
    ]


def check_in(
    session: DbSession,
    *,
    participation_id: int,
    done: Mapping[Check, str | None],
    reason: str | None = None,
) -> None:
    """A participant is here: ``done`` are the points that were done, each with a detail or None.

    A confirmed application, and a delegation that has paid, arrive with the person. People who
    declined but came are here all the same: these are two facts (E20); who left early and came
    back has a second stay. ``ReasonNeeded`` while something is missing, above all the consent for
    a minor, ``RuleBroken`` if the person is here already.
    """
    part = _part(session, participation_id)
    if _open(part) is not None:
        raise RuleBroken(mark("{name} is checked in already."), name=part.person.display_name)
    asked = asked_of(
        checklist(session, gathering_id=part.gathering_id), minor=minor_at_arrival(part)
    )
    given = set(done) | _known(part)
    check_arrival(asked, given, name=part.person.display_name, reason=reason)
    if Check.CONSENT in done and part.parental_consent != SIGNED:
        part.parental_consent = SIGNED
    part.arrivals.append(
        Arrival(
            came_at=clock.now(),
            came_by=actor_of(session),
            reason=reason,
            items=[ArrivalItem(item=item.value, detail=text) for item, text in done.items()],
        )
    )
    begin_stay_anew(session, part)
    _take(session, part, ApplicationState.CONFIRMED, "arrive")
    if part.delegation is not None and part.delegation.state is DelegationState.PAID:
        take(DELEGATION, part.delegation, "arrive", by=actor_of(session))
    bring_to(part, ParticipationState.PRESENT, by=actor_of(session))


def check_out(
    session: DbSession,
    *,
    participation_id: int,
    returned: Collection[Check] = (),
    reason: str | None = None,
) -> None:
    """A participant goes, with what came back; ``ReasonNeeded`` while something lent is missing.

    A person who has another stay to come is expected again (E17); one who goes before the last day
    of the stay leaves early, and what comes later no longer applies to them.
    """
    part = _part(session, participation_id)
    here = _open(part)
    if here is None:
        raise RuleBroken(mark("{name} is not checked in."), name=part.person.display_name)
    lent = [item for item in here.items if item.item in LENT and item.returned_at is None]
    check_departure([Check(item.item) for item in lent], returned, reason)
    now = clock.now()
    for item in lent:
        if item.item in returned:
            item.returned_at = now
    here.left_at, here.left_by, here.left_reason = now, actor_of(session), reason
    wall = clock.to_wall(now, session.get_one(Gathering, part.gathering_id).tz)
    if any(stay.arrival > wall for stay in part.stays):
        bring_to(part, ParticipationState.EXPECTED, by=actor_of(session))
        return
    early = any(wall.date() < stay.departure.date() for stay in part.stays[-1:])
    _take(session, part, ApplicationState.CHECKED_IN, "leave_early" if early else "leave")
    if early:
        cut_stay(session, part)  # also of people who never applied: they came with a delegation
    bring_to(part, ParticipationState.COMPLETED, by=actor_of(session))


def take_cash(
    session: DbSession,
    *,
    participation_id: int,
    paid_as: Money,
    rate: Decimal | None = None,
    rate_source: str = "",
) -> Receipt:
    """Record cash that was handed over at the desk; its receipt, to be written and signed."""
    part = _part(session, participation_id)
    tz = session.get_one(Gathering, part.gathering_id).tz
    today: dt.date = clock.to_wall(clock.now(), tz).date()
    payment = PaymentDraft(
        paid_as=paid_as,
        method="cash",
        date=today,
        rate=rate,
        rate_source=rate_source,
        signed_receipt=True,
    )
    draft = IncomingDraft(gathering_id=part.gathering_id, payment=payment, person_id=part.person_id)
    return receipt_of(session, payment_id=record_incoming(session, draft))


def receipt_of(session: DbSession, *, payment_id: int) -> Receipt:
    """The receipt of a payment of a person, in a language that this person reads."""
    payment = session.get_one(Payment, payment_id)
    person = session.get_one(Person, payment.person_id)
    gathering = session.get_one(Gathering, payment.gathering_id)
    other = payment.rate is not None
    return Receipt(
        number=payment.code,
        language=language_for(session, person, gathering_id=gathering.id),
        gathering=gathering.titles,
        name=person.display_name,
        date=payment.date,
        amount=payment.amount,
        paid_as=payment.paid_as if other else None,
        rate=payment.rate,
        rate_source=payment.rate_source or "",
        received_by=actor_of(session),
    )


def minor_at_arrival(part: Participation) -> bool:
    """Whether a participant is not of age when the first stay begins."""
    arrives = part.stays[0].arrival.date() if part.stays else clock.now().date()
    return is_minor(part.person.born, arrives, part.minor_at_start, part.person.born_partly)


def _known(part: Participation) -> set[Check]:
    """What need not be asked again: consent that was signed, identity and fee of a stay before."""
    before = {Check(item.item) for arrival in part.arrivals for item in arrival.items} - LENT
    return before | ({Check.CONSENT} if part.parental_consent == SIGNED else set())


def _part(session: DbSession, participation_id: int) -> Participation:
    part = session.get(Participation, participation_id)
    if part is None:
        raise RuleBroken(mark("One of these people no longer takes part in this gathering."))
    return part


def _open(part: Participation) -> Arrival | None:
    """The arrival of somebody who is here."""
    return next((one for one in part.arrivals if one.left_at is None), None)


def _take(session: DbSession, part: Participation, state: ApplicationState, step: str) -> None:
    """Take a step of the person's application, if it is in this state."""
    found = session.execute(
        sa.select(Application.id).where(
            Application.gathering_id == part.gathering_id,
            Application.person_id == part.person_id,
            Application.state == state,
        )
    ).scalar()
    if found is not None:
        move_application(session, application_id=found, step=step)
