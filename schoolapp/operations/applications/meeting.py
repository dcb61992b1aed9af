"""What a meeting sees: the narrow list, and one application at a time with what it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.domain.applications import Application
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.selection import Decision, PendingDecision, Side
from schoolapp.operations.applications.deciding import application_of
from schoolapp.operations.applications.detail import ApplicationDetail, application_detail
from schoolapp.operations.applications.proposing import asks_endorsement, candidate
from schoolapp.operations.applications.scoring import Scores, scores_of
from schoolapp.storage.selecting import among
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A line of the list: the number stands for the name where names are hidden."""

    id: int
    number: str
    name: str
    standing: str


@dataclass(frozen=True, slots=True)
class MeetingCase:
    """One application as a meeting reads it, with what is prepared and why."""

    detail: ApplicationDetail
    modules: tuple[str, ...]
    asked: Money | None
    groups: Mapping[Side, tuple[str, ...]]
    decision: Decision | None
    reason: str
    asks_endorsement: bool
    scores: Scores


def meeting_rows(session: DbSession, ids: Sequence[int]) -> dict[int, MeetingRow]:
    """The lines of these applications; ``standing`` is a state, or ``to_`` and a decision."""
    rows = session.execute(
        sa.select(
            Application.id,
            Application.code,
            Gathering.code,
            Person.display_name,
            Application.state,
            PendingDecision.decision,
        )
        .join(Person, Person.id == Application.person_id)
        .join(Gathering, Gathering.id == Application.gathering_id)
        .outerjoin(PendingDecision, PendingDecision.application_id == Application.id)
        .where(among(session, Application.id, ids))
    )
    return {
        key: MeetingRow(
            key,
            code.removeprefix(f"{gathering}-"),
            name,
            f"to_{decision.value}" if decision else state.value,
        )
        for key, code, gathering, name, state, decision in rows
    }


def meeting_case(session: DbSession, *, application_id: int, by: str) -> MeetingCase:
    """Everything a meeting needs of one application, with the scores that ``by`` may see."""
    detail = application_detail(session, application_id=application_id)
    application = application_of(session, application_id)
    gathering = session.get_one(Gathering, application.gathering_id)
    found = candidate(session, application_id=application_id, languages=detail.languages)
    prepared = session.execute(
        sa.select(PendingDecision.decision, PendingDecision.reason).where(
            PendingDecision.application_id == application_id
        )
    ).first()
    decision, reason = prepared or (None, "")
    return MeetingCase(
        detail,
        detail.modules,
        application.asked_travel,
        found.groups,
        decision,
        reason or "",
        asks_endorsement(session, gathering.id),
        scores_of(session, application_id=application_id, by=by),
    )


def note_application(session: DbSession, *, application_id: int, note: str) -> None:
    """Keep a note of the meeting on an application; an empty one removes the old one."""
    application = application_of(session, application_id)
    application.note = note.strip() or None
