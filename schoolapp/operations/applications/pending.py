"""Decisions that a meeting prepares: shown as a table, then applied together as one step."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from schoolapp.base.language import _, mark
from schoolapp.domain.applications import (
    APPLICATION,
    SEATED,
    Application,
    ApplicationState,
    CaseFacts,
)
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import LEADS_TO, PREPARED, Decision, PendingDecision
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.operations.applications.deciding import (
    application_of,
    case_facts,
    decide_applications,
    is_reported,
    steps_of,
)
from schoolapp.operations.applications.seats import seats_of
from schoolapp.operations.recipients import languages_for
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

S = ApplicationState
_ORDER = {Decision.WITHDRAW: 0, Decision.DECLINE: 1, Decision.SHORTLIST: 2, Decision.ACCEPT: 3}
"""What frees a place comes before what takes one; the waiting list is filled last."""


@dataclass(frozen=True, slots=True)
class PlannedDecision:
    """A prepared decision as it would be applied; ``language`` is that of its letter, "" for none.

    ``trouble`` is a sentence, marked, that keeps it from being applied, or None.
    """

    application_id: int
    name: str
    state: ApplicationState
    decision: Decision
    reason: str | None
    by: str
    at: dt.datetime
    language: str
    address: str
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionPlan:
    """What applying would do; ``token`` names exactly this."""

    rows: tuple[PlannedDecision, ...]
    token: str

    @property
    def troubles(self) -> int:
        """How many of the decisions cannot be applied."""
        return sum(row.trouble is not None for row in self.rows)


class PlanChanged(RuleBroken):
    """What was shown is no longer what would be done."""

    def __init__(self) -> None:
        super().__init__(
            mark("The decisions were changed since you looked. Look at them again, then apply.")
        )


def prepare_decision(
    session: DbSession,
    *,
    application_id: int,
    decision: Decision,
    reason: str | None = None,
) -> None:
    """Note what the meeting decided; nothing changes for the applicant before it is applied.

    A second one replaces the first; if the application is already in that state, nothing is
    left to do. The guards check the places as they would be with all that
    is prepared. ``RuleBroken`` if it cannot be decided, ``ReasonNeeded`` if not without a reason.
    """
    application = application_of(session, application_id)
    _forget(session, application_id)
    session.flush()
    if LEADS_TO.get(decision) is application.state:
        return  # it is in that state already
    _check(session, application, decision, reason)
    session.add(
        PendingDecision(
            gathering_id=application.gathering_id,
            application_id=application_id,
            decision=decision,
            reason=reason or None,
            by=actor_of(session),
        )
    )
    session.flush()


def forget_decision(session: DbSession, *, application_id: int) -> None:
    """Take a prepared decision back."""
    _forget(session, application_id)


def plan_decisions(session: DbSession, *, gathering_id: int) -> DecisionPlan:
    """What the prepared decisions of a gathering would do, in the order in which they are done."""
    found = session.execute(
        sa.select(PendingDecision, Application, Person)
        .join(Application, Application.id == PendingDecision.application_id)
        .join(Person, Person.id == Application.person_id)
        .where(PendingDecision.gathering_id == gathering_id)
        .options(selectinload(Person.languages))
    ).all()
    left = min(_places_left(session, gathering_id), 10_000)
    people = [person for _prepared, _application, person in found]
    languages = languages_for(session, people, gathering_id=gathering_id)
    rows, seen = [], []
    for prepared, application, person in sorted(found, key=_turn):
        trouble = None
        if not steps_of(prepared.decision, application.state):
            trouble = mark("This can no longer be decided: the application has moved on.")
        elif prepared.decision is Decision.ACCEPT and left <= 0 and not prepared.reason:
            trouble = mark("No place is left for this person.")
        rows.append(_row(prepared, application, person, languages[person.id], trouble))
        left += _freed(prepared.decision, application.state)
        seen.append((application.version, prepared.id))
    return DecisionPlan(tuple(rows), _token(rows, seen))


def apply_decisions(session: DbSession, *, gathering_id: int, token: str) -> int:
    """Apply all prepared decisions, each with its letter as a draft; answers how many.

    All or nothing, and only what ``plan_decisions`` has shown: ``PlanChanged`` if it would be
    something else by now, ``RuleBroken`` if one of them cannot be applied.
    """
    plan = plan_decisions(session, gathering_id=gathering_id)
    if plan.token != token:
        raise PlanChanged
    for row in plan.rows:
        if row.trouble:
            raise RuleBroken(
                mark("{name}: {trouble} Nothing was applied."),
                name=row.name,
                trouble=_(row.trouble),
            )
    for row in plan.rows:
        decide_applications(
            session,
            application_ids=(row.application_id,),
            decision=row.decision,
            reason=row.reason,
        )
    return len(plan.rows)


def _turn(row: tuple[PendingDecision, Application, Person]) -> tuple[int, dt.datetime, int]:
    """When a prepared decision is applied: by what it frees or takes, then the oldest first."""
    prepared, _application, _person = row
    return _ORDER.get(prepared.decision, 4), prepared.at, prepared.id


def _check(
    session: DbSession, application: Application, decision: Decision, reason: str | None
) -> None:
    steps = steps_of(decision, application.state)
    if decision not in PREPARED or not steps:
        state = application.state.value.replace("_", " ")
        raise RuleBroken(
            mark("The application of {name} is {state}. This cannot be decided now."),
            name=application.person.display_name,
            state=_(state),
        )
    seats = seats_of(session, gathering_id=application.gathering_id, prepared=True)
    facts: CaseFacts = case_facts(session, application, seats)
    step = APPLICATION.find(S.ELIGIBLE if len(steps) > 1 else application.state, steps[-1])
    trouble = step.guard(facts, reason or None) if step.guard else None
    if trouble and step.guard:
        helped = not reason and step.guard(facts, "a reason") is None
        raise ReasonNeeded(trouble) if helped else RuleBroken(trouble)


def _forget(session: DbSession, application_id: int) -> None:
    found = sa.select(PendingDecision).where(PendingDecision.application_id == application_id)
    for prepared in session.execute(found).scalars().all():
        session.delete(prepared)


def _places_left(session: DbSession, gathering_id: int) -> int:
    if session.get(Gathering, gathering_id) is None:
        raise RuleBroken(mark("This gathering was removed meanwhile."))
    seats = seats_of(session, gathering_id=gathering_id)
    return max(seats.left_in(code) for code, _title in seats.parts)


def _freed(decision: Decision, state: ApplicationState) -> int:
    if decision is Decision.ACCEPT:
        return -1
    return 1 if decision is Decision.WITHDRAW and state in SEATED else 0


def _row(
    prepared: PendingDecision,
    application: Application,
    person: Person,
    language: str,
    trouble: str | None,
) -> PlannedDecision:
    reported = is_reported(prepared.decision, application.state)
    return PlannedDecision(
        application.id,
        person.display_name,
        application.state,
        prepared.decision,
        prepared.reason,
        prepared.by,
        prepared.at,
        language if reported else "",
        person.email or "" if reported else "",
        trouble,
    )


def _token(rows: Sequence[PlannedDecision], seen: Sequence[tuple[int, int]]) -> str:
    return hashlib.sha256(repr((rows, seen)).encode()).hexdigest()
