"""Badges: all in a gathering have one, participants with a random code; lost ones are replaced."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.badges import new_code
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.participation import Badge, Engagement, Participation
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionState,
    Speaker,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.operations.attendance.attendants import CANCELLED
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """What stands on a badge.

    ``name`` is the name the person uses, or the one chosen for badges (E61), ``languages`` are BCP
    47 tags, the mother tongue first. Who does not take part has no participation and no code.
    """

    participation_id: int | None
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
    """The badges of a gathering as they are printed, by name; two statements.

    Who works there without taking part has one too, without a code: no register asks for them.
    """
    spoken: dict[int, list[str]] = {}
    for person_id, lang in fetch(session, _languages(gathering_id)):
        spoken.setdefault(person_id, []).append(lang)
    found = []
    for row in _faces(session, gathering_id):
        key, person_id, mother, code, name, native, alias, delegation, role = row
        known = [mother, *spoken.get(person_id, ())] if mother else spoken.get(person_id, ())
        tags = tuple(dict.fromkeys(known))
        own_script = "" if alias else native
        found.append(BadgeRow(key, code, alias or name, own_script, tags, delegation, role))
    return found


def _faces(session: DbSession, gathering_id: int) -> list[list[Any]]:
    """Everybody who gets a badge, by the name on it."""
    both = sa.union_all(_badges(gathering_id), _workers(gathering_id))
    rows = sorted(fetch(session, both), key=lambda row: (fold(row.alias) or row.sort_name, row.uid))
    return [list(row[:-2]) for row in rows]


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
        .where(
            PersonLanguage.person_id.in_(_comes(gathering_id))
            | PersonLanguage.person_id.in_(_works(gathering_id))
        )
        .order_by(PersonLanguage.person_id, PersonLanguage.position)
    )


def _comes(gathering_id: int) -> sa.Select[int]:
    """Who takes part."""
    return sa.select(Participation.person_id).where(
        Participation.gathering_id == gathering_id, Participation.state != CANCELLED
    )


def _works(gathering_id: int) -> sa.CompoundSelect[int]:
    """Who is on a list of the gathering's work, speaks or interprets in one of its sessions."""
    held = (Session.gathering_id == gathering_id, Session.state != SessionState.CANCELLED)
    return sa.union(
        sa.select(Engagement.person_id).where(Engagement.gathering_id == gathering_id),
        sa.select(Speaker.person_id).join(Session, Session.id == Speaker.session_id).where(*held),
        sa.select(InterpreterDuty.person_id)
        .join(Interpretation, Interpretation.id == InterpreterDuty.interpretation_id)
        .join(Session, Session.id == Interpretation.session_id)
        .where(*held),
    )


def _face() -> list[Any]:
    text = sa.func.coalesce
    return [
        Person.display_name,
        text(Person.native_name, "").label("native"),
        text(Person.badge_name, "").label("alias"),
    ]


def _badges(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *(Participation.id, Participation.person_id, Person.mother_tongue, Badge.code),
            *_face(),
            sa.func.coalesce(Delegation.name, "").label("delegation"),
            *(Participation.role, Person.sort_name, Person.uid),
        )
        .join(Badge, sa.and_(Badge.participation_id == Participation.id, Badge.lost_at.is_(None)))
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(Delegation, Delegation.id == Participation.delegation_id)
        .where(Participation.gathering_id == gathering_id, Participation.state != CANCELLED)
    )


def _workers(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    role = (
        sa.select(sa.func.min(Engagement.role))
        .where(Engagement.gathering_id == gathering_id, Engagement.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    nothing = sa.literal("")
    return sa.select(
        *(sa.null().cast(sa.Integer), Person.id, Person.mother_tongue, nothing),
        *_face(),
        nothing,
        *(sa.func.coalesce(role, "lecturer"), Person.sort_name, Person.uid),
    ).where(
        Person.id.in_(_works(gathering_id)),
        Person.id.not_in(_comes(gathering_id)),
        Person.erased_at.is_(None),
    )
