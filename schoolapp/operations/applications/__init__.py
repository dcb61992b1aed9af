"""Applications: the list, registering, importing, deciding, the waiting list, giving places."""

from schoolapp.domain.selection import Decision
from schoolapp.operations.applications.aiming import (
    RulesDraft,
    TargetDraft,
    rules_draft,
    save_rules,
)
from schoolapp.operations.applications.deciding import (
    AvailableStep,
    available_steps,
    case_facts,
    decide_applications,
    move_application,
    steps_of,
)
from schoolapp.operations.applications.differing import FieldChange, Said
from schoolapp.operations.applications.editing import (
    ApplicationDraft,
    ApplicationFacts,
    application_facts,
    check_application,
    draft_of,
    remove_application,
    save_application,
)
from schoolapp.operations.applications.forms import saved_mappings
from schoolapp.operations.applications.importing import Imported, apply_import
from schoolapp.operations.applications.listing import (
    ApplicationDetail,
    ApplicationRow,
    ApplicationView,
    FactCounts,
    Places,
    StepRow,
    application_detail,
    application_ids,
    application_rows,
    fact_counts,
    places,
    state_counts,
)
from schoolapp.operations.applications.meeting import (
    MeetingCase,
    MeetingRow,
    meeting_case,
    meeting_rows,
    note_application,
)
from schoolapp.operations.applications.offering import (
    Proposed,
    end_offers,
    move_in_line,
    offer_place,
    proposed,
    withdraw_offer,
)
from schoolapp.operations.applications.pending import (
    DecisionPlan,
    PlanChanged,
    PlannedDecision,
    apply_decisions,
    forget_decision,
    plan_decisions,
    prepare_decision,
)
from schoolapp.operations.applications.planning import (
    ImportPlan,
    Outcome,
    PlannedRow,
    Whose,
    known_as,
    plan_import,
)
from schoolapp.operations.applications.proposing import Board, selection_board
from schoolapp.operations.applications.recording import meeting_minutes
from schoolapp.operations.applications.reminding import write_reminders
from schoolapp.operations.applications.scoring import (
    GivenScore,
    ScaleDraft,
    Scores,
    give_scores,
    given_scores,
    scores_of,
)
from schoolapp.operations.applications.seats import Seats, seats_of
from schoolapp.operations.people.editing import known_persons

__all__ = [
    "ApplicationDetail",
    "ApplicationDraft",
    "ApplicationFacts",
    "ApplicationRow",
    "ApplicationView",
    "AvailableStep",
    "Board",
    "Decision",
    "DecisionPlan",
    "FactCounts",
    "FieldChange",
    "GivenScore",
    "ImportPlan",
    "Imported",
    "MeetingCase",
    "MeetingRow",
    "Outcome",
    "Places",
    "PlanChanged",
    "PlannedDecision",
    "PlannedRow",
    "Proposed",
    "RulesDraft",
    "Said",
    "ScaleDraft",
    "Scores",
    "Seats",
    "StepRow",
    "TargetDraft",
    "Whose",
    "application_detail",
    "application_facts",
    "application_ids",
    "application_rows",
    "apply_decisions",
    "apply_import",
    "available_steps",
    "case_facts",
    "check_application",
    "decide_applications",
    "draft_of",
    "end_offers",
    "fact_counts",
    "forget_decision",
    "give_scores",
    "given_scores",
    "known_as",
    "known_persons",
    "meeting_case",
    "meeting_minutes",
    "meeting_rows",
    "move_application",
    "move_in_line",
    "note_application",
    "offer_place",
    "places",
    "plan_decisions",
    "plan_import",
    "prepare_decision",
    "proposed",
    "remove_application",
    "rules_draft",
    "save_application",
    "save_rules",
    "saved_mappings",
    "scores_of",
    "seats_of",
    "selection_board",
    "state_counts",
    "steps_of",
    "withdraw_offer",
    "write_reminders",
]
