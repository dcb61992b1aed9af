"""Badges: all in a gathering have one, participants with a random code; lost ones are replaced."""

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.participation import Badge, Engagement, Participation, ParticipationState
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionState,
    Speaker,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scanning import new_code
from schoolapp.domain.text import fold
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """What a badge shows.

    ``name`` is the name the person uses, or the one chosen for badges (E61), ``languages`` are BCP
    47 tags, the mother tongue first. People who do not take part have no participation and
    no code.
    """

    participation_id: int | None
    code: str
    name: str
    native_name: str
    languages: tuple[str, ...]
    delegation: str
    role: str


class _Face(NamedTuple):
    """A badge as it is read: ``alias`` replaces any name, empty where there is none."""

    participation_id: int | None
    person_id: int
    mother_tongue: str | None
    code: str
    name: str
    native_name: str
    alias: str
    delegation: str
    role: str
    sort_name: str
    uid: str


def give_badges(session: DbSession, gathering_id: int) -> int:
    """Give a badge to every participant who has none; answers how many were given."""
    held = sa.select(Badge.participation_id).where(Badge.lost_at.is_(None))
    without = fetch(
        session,
        sa.select(Participation.id)
        .where(
            Participation.gathering_id == gathering_id,
            Participation.state != ParticipationState.CANCELLED,
            Participation.id.not_in(held),
        )
        .order_by(Participation.id),
    )
    now = clock.now()
    insert_rows(
        session,
        Badge,
        [
            {"participation_id": key, "code": new_code(), "given_at": now, "lost_at": None}
            for (key,) in without
        ],
    )
    return len(without)


def replace_badge(session: DbSession, *, participation_id: int) -> str:
    """Give a participant a new badge; the lost one no longer works. Answers the code."""
    part = session.get(Participation, participation_id)
    if part is None:
        raise RuleBroken(mark("One of these people no longer takes part in this gathering."))
    now = clock.now()
    for badge in part.badges:
        if badge.lost_at is None:
            badge.lost_at = now
    made = Badge(participation_id=participation_id, code=new_code(), given_at=now)
    part.badges.append(made)
    session.flush()
    return made.code


def badge_rows(session: DbSession, gathering_id: int) -> list[BadgeRow]:
    """The badges of a gathering as they are printed, by name; two statements.

    People who work there without taking part have one too, without a code: no register asks for
    them.
    """
    spoken: dict[int, list[str]] = {}
    for person_id, lang in fetch(session, _languages(gathering_id)):
        spoken.setdefault(person_id, []).append(lang)
    return [_badge(face, spoken.get(face.person_id, [])) for face in _faces(session, gathering_id)]


def _badge(face: _Face, spoken: list[str]) -> BadgeRow:
    known = [face.mother_tongue, *spoken] if face.mother_tongue else spoken
    return BadgeRow(
        participation_id=face.participation_id,
        code=face.code,
        name=face.alias or face.name,
        native_name="" if face.alias else face.native_name,
        languages=tuple(dict.fromkeys(known)),
        delegation=face.delegation,
        role=face.role,
    )


def _faces(session: DbSession, gathering_id: int) -> list[_Face]:
    """Everybody who gets a badge, by the name on it."""
    both = sa.union_all(_badges(gathering_id), _workers(gathering_id))
    faces = [_Face._make(row) for row in fetch(session, both)]
    return sorted(faces, key=lambda face: (fold(face.alias) or face.sort_name, face.uid))


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
    """The people who take part."""
    return sa.select(Participation.person_id).where(
        Participation.gathering_id == gathering_id,
        Participation.state != ParticipationState.CANCELLED,
    )


def _works(gathering_id: int) -> sa.CompoundSelect[int]:
    """The people who are on a list of the gathering's work, or speak or interpret in a session."""
    held = (Session.gathering_id == gathering_id, Session.state != SessionState.CANCELLED)
    return sa.union(
        sa.select(Engagement.person_id).where(Engagement.gathering_id == gathering_id),
        sa.select(Speaker.person_id).join(Session, Session.id == Speaker.session_id).where(*held),
        sa.select(InterpreterDuty.person_id)
        .join(Interpretation, Interpretation.id == InterpreterDuty.interpretation_id)
        .join(Session, Session.id == Interpretation.session_id)
        .where(*held),
    )


def _badges(gathering_id: int) -> sa.Select[*tuple[object, ...]]:
    """The columns of ``_Face`` of the people who take part."""
    text = sa.func.coalesce
    return (
        sa.select(
            Participation.id,
            Participation.person_id,
            Person.mother_tongue,
            Badge.code,
            Person.display_name,
            text(Person.native_name, ""),
            text(Person.badge_name, ""),
            text(Delegation.name, ""),
            Participation.role,
            Person.sort_name,
            Person.uid,
        )
        .join(Badge, sa.and_(Badge.participation_id == Participation.id, Badge.lost_at.is_(None)))
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(Delegation, Delegation.id == Participation.delegation_id)
        .where(
            Participation.gathering_id == gathering_id,
            Participation.state != ParticipationState.CANCELLED,
        )
    )


def _workers(gathering_id: int) -> sa.Select[*tuple[object, ...]]:
    """The columns of ``_Face`` of the people who work there without taking part."""
    text, nothing = sa.func.coalesce, sa.literal("")
    role = (
        sa.select(sa.func.min(Engagement.role))
        .where(Engagement.gathering_id == gathering_id, Engagement.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    return sa.select(
        sa.null().cast(sa.Integer),
        Person.id,
        Person.mother_tongue,
        nothing.label("code"),
        Person.display_name,
        text(Person.native_name, ""),
        text(Person.badge_name, ""),
        nothing.label("delegation"),
        text(role, "lecturer"),
        Person.sort_name,
        Person.uid,
    ).where(
        Person.id.in_(_works(gathering_id)),
        Person.id.not_in(_comes(gathering_id)),
        Person.erased_at.is_(None),
    )
