"""What the place asks for in several reads at once; everything here runs in the database worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schoolapp.desktop.tables import View
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.selection import Decision
from schoolapp.operations import applications
from schoolapp.operations.applications import (
    AnswerDraft,
    ApplicantDraft,
    ApplicationDetail,
    ApplicationDraft,
    ApplicationFacts,
    ApplicationView,
    AvailableStep,
    Board,
    FactCounts,
    Places,
    Proposed,
)
from schoolapp.operations.letters import letter_ids
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Figures:
    """Shown beside the chips: places, counts of facts, who is next, how many letters wait."""

    places: Places
    counts: FactCounts
    proposed: Proposed
    letters: int


@dataclass(frozen=True, slots=True)
class Case:
    """An application as the panel shows it: what was read, the draft, and what can be done.

    ``decisions`` are those that may be taken, each with the step that names its button.
    """

    detail: ApplicationDetail
    draft: ApplicationDraft
    applicant: ApplicantDraft
    answers: tuple[AnswerDraft, ...]
    facts: ApplicationFacts
    steps: tuple[AvailableStep, ...]
    decisions: Mapping[Decision, str]
    tz: str


@dataclass(frozen=True, slots=True)
class MeetingBoard:
    """Balance and places with what is prepared; ``parts`` are the modules with the places left."""

    board: Board
    capacity: int
    left: int
    parts: tuple[tuple[str, int], ...]


def asked(view: View) -> ApplicationView:
    """The view as the operations take it."""
    state = view.text("state")
    return ApplicationView(
        gathering_id=view.gathering or 0,
        search=view.search,
        states=frozenset({ApplicationState(state)}) if state else frozenset(),
        asks_subsidy=view.flag("asks_subsidy"),
        needs_visa=view.flag("needs_visa"),
        doubtful=bool(view.flag("doubtful")),
        sort=view.sort or "name",
        descending=view.descending,
    )


def ids(session: DbSession, view: View) -> Sequence[int]:
    """The applications of a view; none while all gatherings are chosen."""
    if view.gathering is None:
        return ()
    return applications.application_ids(session, asked(view))


def figures(view: View, session: DbSession) -> Figures | None:
    """The figures of a gathering; none while all are chosen, or if it was removed meanwhile."""
    if view.gathering is None or session.get(Gathering, view.gathering) is None:
        return None
    return Figures(
        applications.places(session, gathering_id=view.gathering),
        applications.fact_counts(session, asked(view)),
        applications.proposed(session, gathering_id=view.gathering),
        len(letter_ids(session, gathering_id=view.gathering)),
    )


def case(application_id: int, session: DbSession) -> Case:
    """Everything the panel shows of one application."""
    detail = applications.application_detail(session, application_id=application_id)
    draft = applications.draft_of(session, application_id=application_id)
    applicant = applications.applicant(session, application_id=application_id)
    answers = applications.answer_drafts(session, application_id=application_id)
    facts = applications.application_facts(session, gathering_id=draft.gathering_id)
    steps = applications.available_steps(session, application_id=application_id)
    paths = {one: applications.steps_of(one, detail.state) for one in Decision}
    decisions = {decision: path[-1] for decision, path in paths.items() if path}
    tz = session.get_one(Gathering, draft.gathering_id).tz
    return Case(detail, draft, applicant, answers, facts, steps, decisions, tz)


def meeting_board(gathering_id: int, session: DbSession) -> MeetingBoard:
    """What is shown beside the application in a meeting."""
    seats = applications.seats_of(session, gathering_id=gathering_id, prepared=True)
    parts = tuple((title, seats.left_in(code)) for code, title in seats.parts if code)
    board = applications.selection_board(session, gathering_id=gathering_id)
    return MeetingBoard(board, seats.capacity, seats.left, parts)
