"""The rows that invitations follow from: sessions, people, and the work of people in sessions."""

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.domain.delegations import Delegation
from schoolapp.domain.invitations import GatheringInvitation, SessionInvitation
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionKind,
    SessionState,
    Speaker,
)
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

SPEAKER, INTERPRETER = "speaker", "interpreter"


class SessionRow(NamedTuple):
    """What a session has that is not in its calendar."""

    id: int
    uid: str
    state: SessionState
    kind: SessionKind


def sessions_of(session: DbSession, gathering_id: int) -> list[SessionRow]:
    statement = sa.select(
        Session.id,
        Session.uid,
        Session.state,
        Session.kind,
    ).where(Session.gathering_id == gathering_id)
    return [SessionRow(*row) for row in fetch(session, statement)]


class WorkRow(NamedTuple):
    """A person who works in a session; ``since`` is None where a package says so."""

    uid: str
    person_id: int
    since: dt.datetime | None
    role: str


def work_of(session: DbSession, gathering_id: int) -> list[WorkRow]:
    """Speakers and interpreters; a speaker who also interprets comes first as a speaker."""
    mine = Session.gathering_id == gathering_id
    speak = (
        sa.select(
            Session.uid,
            Speaker.person_id,
            Speaker.since,
            sa.literal(SPEAKER).label("role"),
        )
        .join(Speaker, Speaker.session_id == Session.id)
        .where(mine)
    )
    interpret = (
        sa.select(
            Session.uid,
            InterpreterDuty.person_id,
            InterpreterDuty.since,
            sa.literal(INTERPRETER).label("role"),
        )
        .join(Interpretation, Interpretation.session_id == Session.id)
        .join(InterpreterDuty, InterpreterDuty.interpretation_id == Interpretation.id)
        .where(mine)
    )
    every = sa.union_all(speak, interpret).subquery()
    statement = sa.select(every).order_by(every.c.uid, every.c.role.desc(), every.c.person_id)
    return [WorkRow(*row) for row in fetch(session, statement)]


class PersonRow(NamedTuple):
    """A person with one of their languages, where there is any.

    ``delegation`` is the code of the one they come with.
    """

    id: int
    uid: str
    display_name: str
    email: str | None
    mother_tongue: str | None
    language_group: str | None
    delegation: str | None
    lang: str | None
    level: str | None


def people_of(session: DbSession, gathering_id: int) -> list[PersonRow]:
    mine = Session.gathering_id == gathering_id
    concerned = sa.union(
        sa.select(Participation.person_id).where(Participation.gathering_id == gathering_id),
        sa.select(Speaker.person_id).join(Session, Session.id == Speaker.session_id).where(mine),
        sa.select(InterpreterDuty.person_id)
        .join(Interpretation, Interpretation.id == InterpreterDuty.interpretation_id)
        .join(Session, Session.id == Interpretation.session_id)
        .where(mine),
        sa.select(SessionInvitation.person_id)
        .join(Session, Session.id == SessionInvitation.session_id)
        .where(mine),
        sa.select(GatheringInvitation.person_id).where(
            GatheringInvitation.gathering_id == gathering_id
        ),
    ).subquery()
    p = Person
    here = sa.and_(Participation.person_id == p.id, Participation.gathering_id == gathering_id)
    statement = (
        sa.select(
            p.id,
            p.uid,
            p.display_name,
            p.email,
            p.mother_tongue,
            Participation.language_group,
            Delegation.code,
            PersonLanguage.lang,
            PersonLanguage.level,
        )
        .outerjoin(Participation, here)
        .outerjoin(Delegation, Delegation.id == Participation.delegation_id)
        .outerjoin(PersonLanguage, PersonLanguage.person_id == p.id)
        .where(p.id.in_(sa.select(concerned.c[0])))
        .order_by(p.uid, PersonLanguage.position)
    )
    return [PersonRow(*row) for row in fetch(session, statement)]
