"""Replacing a person late: the place is the delegation's and stays with all that was arranged."""

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.applications import LIVE, SEATED, Application
from schoolapp.domain.applications import ApplicationState as S
from schoolapp.domain.attendance import AttendanceMark, DayPresence, Scan
from schoolapp.domain.delegations import DELEGATION, Delegation
from schoolapp.domain.funding import Allocation, Payment
from schoolapp.domain.participation import Arrival, Participation
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import Decision
from schoolapp.domain.workflow import ReasonNeeded, take
from schoolapp.operations.applications import move_application
from schoolapp.operations.applications.deciding import steps_of
from schoolapp.operations.applications.editing import ApplicationDraft, save_application
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import participation_id as place_in
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

_PERSONAL = (
    "guardian_id",
    "diet",
    "access",
    "note",
    "minor_at_start",
    "parental_consent",
    "consent_on",
    "first_time",
    "needs_visa",
    "language_group",
)
"""What was arranged for the person and not for the place; it is not known of somebody new."""


def replace_person(
    session: DbSession,
    *,
    participation_id: int,
    reason: str,
    person_id: int | None = None,
    new_person: PersonDraft | None = None,
) -> int:
    """Give a place of a delegation to somebody else; the key of that person (E33).

    Fee, stays, modules, bed and what was paid for the place stay; what concerns the person alone
    (needs, consent, papers, badge, the answer about a visa) goes. An application of the first
    person is withdrawn and the second one gets the seat. ``RuleBroken`` if the first person was
    there already, leads the delegation or is named as the adult of a minor.
    """
    part = session.get_one(Participation, participation_id)
    delegation = part.delegation
    if delegation is None:
        raise RuleBroken(mark("Only a place of a delegation can be given to somebody else."))
    if not reason.strip():
        raise ReasonNeeded(mark("This step needs a reason. Say why in a few words."))
    old = part.person
    _refuse(session, part, delegation, old)
    if person_id is None:
        assert new_person is not None
        person_id = save_person(session, draft=new_person)
    _refuse_newcomer(session, part, person_id)
    _hand_over(session, part, delegation, person_id)
    _hand_over_seat(session, part, old.id, person_id, reason)
    if any(step.name == "replace_person" for step in DELEGATION.steps_from(delegation.state)):
        take(DELEGATION, delegation, "replace_person", by=actor_of(session), reason=reason)
    session.flush()
    return person_id


def _refuse(session: DbSession, part: Participation, delegation: Delegation, old: Person) -> None:
    if delegation.leader_id == old.id:
        raise RuleBroken(
            mark("{name} leads the delegation. Choose another leader first."),
            name=old.display_name,
        )
    p = Participation
    charges = sa.select(sa.func.count()).where(
        p.gathering_id == part.gathering_id, p.guardian_id == old.id, p.id != part.id
    )
    if session.execute(charges).scalar():
        raise RuleBroken(
            mark("{name} is the adult on site of a minor. Name another adult first."),
            name=old.display_name,
        )
    for entity in (AttendanceMark, DayPresence, Scan, Arrival):
        noted = sa.select(entity.participation_id).where(entity.participation_id == part.id)
        if session.execute(noted.limit(1)).first() is not None:
            raise RuleBroken(
                mark("{name} was already there. Register the other person separately."),
                name=old.display_name,
            )


def _refuse_newcomer(session: DbSession, part: Participation, person_id: int) -> None:
    if place_in(session, gathering_id=part.gathering_id, person_id=person_id) is not None:
        raise RuleBroken(
            mark("{name} takes part in this gathering already."),
            name=session.get_one(Person, person_id).display_name,
        )


def _hand_over(
    session: DbSession, part: Participation, delegation: Delegation, person_id: int
) -> None:
    old = part.person_id
    for name in _PERSONAL:
        if getattr(part, name) is not None:
            setattr(part, name, None)
    part.badges, part.papers, part.parents = [], [], []
    part.person_id = person_id
    part.person = session.get_one(Person, person_id)
    seats = [one for one in delegation.coordination if one.person_id != old]
    if len(seats) != len(delegation.coordination):
        delegation.coordination = seats
    paid = (
        sa.select(Allocation)
        .join(Payment, Payment.id == Allocation.payment_id)
        .where(Payment.delegation_id == delegation.id, Allocation.person_id == old)
    )
    for allocation in session.scalars(paid):
        allocation.person_id = person_id
    session.flush()


def _hand_over_seat(
    session: DbSession, part: Participation, old: int, new: int, reason: str
) -> None:
    """Withdraw the application of the first person and accept one of the second."""
    held = _live(session, part.gathering_id, old)
    if held is None:
        return
    seated = held.state in SEATED
    for step in steps_of(Decision.WITHDRAW, held.state):
        move_application(session, application_id=held.id, step=step, reason=reason)
    waiting = _live(session, part.gathering_id, new)
    key = (
        waiting.id
        if waiting is not None
        else save_application(
            session,
            draft=ApplicationDraft(
                gathering_id=part.gathering_id, person_id=new, delegation_id=part.delegation_id
            ),
        )
    )
    application = session.get_one(Application, key)
    if seated and application.state not in SEATED:
        if application.state is S.DRAFT:
            move_application(session, application_id=key, step="submit", reason=reason)
        for step in steps_of(Decision.ACCEPT, application.state):
            move_application(session, application_id=key, step=step, reason=reason)


def _live(session: DbSession, gathering_id: int, person_id: int) -> Application | None:
    return session.scalars(
        sa.select(Application).where(
            Application.gathering_id == gathering_id,
            Application.person_id == person_id,
            Application.state.in_(tuple(LIVE)),
        )
    ).first()
