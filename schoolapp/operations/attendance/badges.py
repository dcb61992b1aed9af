"""Badges: each participant of a gathering has one with a random code; a lost one is replaced."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schoolapp import clock
from schoolapp.domain.badges import new_code
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.participation import Badge, Participation
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.rules import RuleBroken
from schoolapp.language import mark
from schoolapp.operations.attendance.attendants import CANCELLED
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """What stands on a badge.

    ``name`` is the name the person uses, ``languages`` are BCP 47 tags, the mother tongue first.
    """

    participation_id: int
    code: str
    name: str
    native_name: str
    languages: tuple[str, ...]
    delegation: str
    role: str


def give_badges(session: DbSession, gathering_id: int) -> int:
    """Give a badge to every participant who has none; answers how many were given."""
    held = sa.select(Badge.participation_id).where(Badge.lost_at.is_(None))
    without = fetch(
        session,
        sa.select(Participation.id)
        .where(
            Participation.gathering_id == gathering_id,
            Participation.state != CANCELLED,
            Participation.id.not_in(held),
        )
        .order_by(Participation.id),
    )
    insert_rows(session, Badge, [_values(key) for (key,) in without])
    return len(without)


def replace_badge(session: DbSession, *, participation_id: int) -> str:
    """Give a participant a new badge; the one that was lost opens nothing any more. The code."""
    part = session.get(Participation, participation_id)
    if part is None:
        raise RuleBroken(mark("Somebody of these does not take part in this gathering any more."))
    for badge in part.badges:
        if badge.lost_at is None:
            badge.lost_at = clock.now()
    made = Badge(**_values(participation_id))
    part.badges.append(made)
    session.flush()
    return made.code


def badge_rows(session: DbSession, gathering_id: int) -> list[BadgeRow]:
    """The badges of a gathering as they are printed, by name; two statements."""
    spoken: dict[int, list[str]] = {}
    for person_id, lang in fetch(session, _languages(gathering_id)):
        spoken.setdefault(person_id, []).append(lang)
    found = []
    for key, person_id, mother, code, *texts in fetch(session, _badges(gathering_id)):
        known = [mother, *spoken.get(person_id, ())] if mother else spoken.get(person_id, ())
        name, native, delegation, role = texts
        tags = tuple(dict.fromkeys(known))
        found.append(BadgeRow(key, code, name, native, tags, delegation, role))
    return found


def _values(participation_id: int) -> dict[str, Any]:
    return {
        "participation_id": participation_id,
        "code": new_code(),
        "given_at": clock.now(),
        "lost_at": None,
    }


def _languages(gathering_id: int) -> sa.Select[int, str]:
    return (
        sa.select(PersonLanguage.person_id, PersonLanguage.lang)
        .join(Participation, Participation.person_id == PersonLanguage.person_id)
        .where(Participation.gathering_id == gathering_id)
        .order_by(PersonLanguage.person_id, PersonLanguage.position)
    )


def _badges(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Participation.id,
            Participation.person_id,
            Person.mother_tongue,
            Badge.code,
            Person.display_name,
            sa.func.coalesce(Person.native_name, ""),
            sa.func.coalesce(Delegation.name, ""),
            Participation.role,
        )
        .join(Badge, sa.and_(Badge.participation_id == Participation.id, Badge.lost_at.is_(None)))
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(Delegation, Delegation.id == Participation.delegation_id)
        .where(Participation.gathering_id == gathering_id, Participation.state != CANCELLED)
        .order_by(Person.sort_name, Person.uid)
    )
