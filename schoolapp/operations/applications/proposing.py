"""Proposing: who applied from which side, how the selection balances, and who is next in line."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.genders import group_of
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.regions import region_of
from schoolapp.domain.selection import (
    LEADS_TO,
    Balance,
    Candidate,
    Decision,
    Missed,
    PendingDecision,
    SelectionTarget,
    Side,
    age_band,
    balance,
    missed_targets,
)
from schoolapp.domain.waiting import OFFER_DAYS, Next, Policy, SelectionRules, next_in_line
from schoolapp.operations.applications.seats import Seats, seats_of
from schoolapp.storage.store import DbSession

S = ApplicationState
_LEFT_OUT = (S.DRAFT, S.MERGED)
Spoken = Mapping[int, Sequence[str]]
"""The languages of people in their order, by the key of the person."""


class DeclaredRules(NamedTuple):
    """The policy of the waiting list, and for how many days an offer holds."""

    policy: Policy = Policy.STRICT
    offer_days: int = OFFER_DAYS


class _Applicant(NamedTuple):
    """What the balance counts; ``came`` says whether somebody was at an earlier gathering."""

    id: int
    person_id: int
    state: ApplicationState
    decision: Decision | None
    country: str | None
    gender: str | None
    born: dt.date | None
    born_partly: str | None
    delegation: str | None
    first_time: bool | None
    came: bool
    start_date: dt.date


@dataclass(frozen=True, slots=True)
class Board:
    """What a meeting keeps in view: the balance, the targets missed, what is prepared.

    ``confirmed`` in its bars counts who has a place and who would have one once it is applied.
    """

    balance: Balance
    missed: tuple[Missed, ...]
    prepared: Mapping[Decision, int]


def selection_board(session: DbSession, *, gathering_id: int) -> Board:
    """The balance of a selection with what is prepared, in three statements."""
    rows = _applicants(session, Application.gathering_id == gathering_id)
    found = _counted(rows, _languages(session, gathering_id))
    bars = balance(found)
    seated = sum(one.is_seated for one in found)
    prepared = Counter(row.decision for row in rows if row.decision)
    targets = targets_of(session, gathering_id)
    return Board(bars, tuple(missed_targets(targets, bars, seated)), prepared)


def candidates(session: DbSession, *, gathering_id: int) -> list[Candidate]:
    """Everybody who applied, as the balance counts them, with what is prepared; two statements."""
    rows = _applicants(session, Application.gathering_id == gathering_id)
    return _counted(rows, _languages(session, gathering_id))


def _languages(session: DbSession, gathering_id: int) -> Spoken:
    """The languages of all people who applied to a gathering."""
    spoken: dict[int, list[str]] = {}
    languages = session.execute(
        sa.select(
            PersonLanguage.person_id,
            PersonLanguage.lang,
            PersonLanguage.position,
        )
        .join(Application, Application.person_id == PersonLanguage.person_id)
        .where(Application.gathering_id == gathering_id)
        .order_by(PersonLanguage.position)
        .distinct()
    )
    for person, tag, _position in languages:
        spoken.setdefault(person, []).append(tag)
    return spoken


def _counted(rows: Iterable[_Applicant], spoken: Spoken) -> list[Candidate]:
    return [
        _candidate(row, tuple(spoken.get(row.person_id, ())))
        for row in rows
        if row.state not in _LEFT_OUT
    ]


def candidate(session: DbSession, *, application_id: int, languages: tuple[str, ...]) -> Candidate:
    """One applicant as the balance counts them."""
    (row,) = _applicants(session, Application.id == application_id)
    return _candidate(row, languages)


def _applicants(session: DbSession, whose: sa.ColumnElement[bool]) -> list[_Applicant]:
    earlier, before = aliased(Participation), aliased(Gathering)
    came = (
        sa.exists()
        .where(
            earlier.person_id == Application.person_id,
            earlier.state != ParticipationState.CANCELLED,
        )
        .where(before.id == earlier.gathering_id, before.start_date < Gathering.start_date)
    )
    statement = (
        sa.select(
            Application.id,
            Application.person_id,
            Application.state,
            PendingDecision.decision,
            Person.country,
            Person.gender,
            Person.born,
            Person.born_partly,
            Delegation.name,
            sa.func.coalesce(Participation.first_time, Application.first_time),
            came,
            Gathering.start_date,
        )
        .join(Person, Person.id == Application.person_id)
        .join(Gathering, Gathering.id == Application.gathering_id)
        .outerjoin(Delegation, Delegation.id == Application.delegation_id)
        .outerjoin(PendingDecision, PendingDecision.application_id == Application.id)
        .outerjoin(
            Participation,
            sa.and_(
                Participation.person_id == Application.person_id,
                Participation.gathering_id == Application.gathering_id,
            ),
        )
        .where(whose)
    )
    return [_Applicant._make(row) for row in session.execute(statement)]


def _candidate(row: _Applicant, languages: tuple[str, ...]) -> Candidate:
    first = not row.came if row.first_time is None else row.first_time
    groups = {
        Side.REGION: _one(region_of(row.country)),
        Side.GENDER: _one(group_of(row.gender)),
        Side.LANGUAGE: languages,
        Side.FIRST_TIME: ("first" if first else "before",),
        Side.DELEGATION: _one(row.delegation or ""),
        Side.AGE: _one(age_band(row.born, row.start_date, row.born_partly)),
    }
    return Candidate(row.id, LEADS_TO[row.decision] if row.decision else row.state, groups)


def _one(group: str) -> tuple[str, ...]:
    return (group,) if group else ()


def targets_of(session: DbSession, gathering_id: int) -> Sequence[SelectionTarget]:
    """The targets of a gathering, in their order."""
    found = session.execute(
        sa.select(SelectionTarget)
        .where(SelectionTarget.gathering_id == gathering_id)
        .order_by(SelectionTarget.position, SelectionTarget.id)
    )
    return found.scalars().all()


def rules_of(session: DbSession, gathering_id: int) -> DeclaredRules:
    """What a gathering has declared of its waiting list, else the defaults."""
    found = session.execute(
        sa.select(SelectionRules.policy, SelectionRules.offer_days).where(
            SelectionRules.gathering_id == gathering_id
        )
    ).first()
    return DeclaredRules() if found is None else DeclaredRules(*found)


def asks_endorsement(session: DbSession, gathering_id: int) -> bool:
    """Whether a gathering has declared that delegations endorse their people."""
    asked = sa.select(SelectionRules.endorsement).where(SelectionRules.gathering_id == gathering_id)
    return bool(session.execute(asked).scalar())


def proposal(session: DbSession, *, gathering_id: int, seats: Seats | None = None) -> Next | None:
    """The next person on the waiting list by the declared policy, with the reason; None if nobody.

    Nobody is proposed while no place is free in what they come for.
    """
    seats = seats or seats_of(session, gathering_id=gathering_id)
    if not any(one.fits for one in seats.line):
        return None
    policy = rules_of(session, gathering_id).policy
    if policy is Policy.STRICT:
        return next_in_line(seats.line, policy, (), ())
    people = candidates(session, gathering_id=gathering_id)
    return next_in_line(seats.line, policy, people, targets_of(session, gathering_id))
