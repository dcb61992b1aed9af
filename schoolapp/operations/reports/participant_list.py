"""The list of participants: when each comes and leaves, and what they answered to questions."""

from collections.abc import Sequence

import sqlalchemy as sa

from schoolapp.domain.applications import Application, ApplicationAnswer
from schoolapp.domain.participation import ParticipationState
from schoolapp.domain.people import Person
from schoolapp.domain.reports import ReportFilter
from schoolapp.operations.attendance.attendants import Attendant, attendants
from schoolapp.storage.selecting import among, fetch
from schoolapp.storage.store import DbSession


def listed(
    session: DbSession, gathering_id: int, only: ReportFilter, *, details: bool
) -> list[Attendant]:
    """Everybody who has a place, by name, cut to a delegation or a language group."""
    people = attendants(session, gathering_id, details=details).values()
    return [
        one
        for one in people
        if one.state is not ParticipationState.CANCELLED
        and only.delegation in ("", one.delegation)
        and only.language_group in ("", one.language_group)
    ]


def answers_of(
    session: DbSession, gathering_id: int, questions: Sequence[str]
) -> dict[tuple[str, str], str]:
    """What people answered, by their uid and the question; the newest application counts."""
    a = ApplicationAnswer
    statement = (
        sa.select(
            Person.uid,
            a.question,
            a.answer,
        )
        .join(Application, Application.id == a.application_id)
        .join(Person, Person.id == Application.person_id)
        .where(Application.gathering_id == gathering_id, among(session, a.question, questions))
        .order_by(Application.id)
    )
    return {(uid, question): answer for uid, question, answer in fetch(session, statement)}
