"""Applications: the list and its counts, registering, importing, deciding, and giving places."""

from schoolapp.operations.applications.deciding import (
    AvailableStep,
    Decision,
    available_steps,
    case_facts,
    decide_applications,
    move_application,
    steps_of,
)
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
from schoolapp.operations.applications.planning import (
    Fate,
    ImportPlan,
    PlannedRow,
    plan_import,
)
from schoolapp.operations.people import known_persons

__all__ = [
    "ApplicationDetail",
    "ApplicationDraft",
    "ApplicationFacts",
    "ApplicationRow",
    "ApplicationView",
    "AvailableStep",
    "Decision",
    "FactCounts",
    "Fate",
    "ImportPlan",
    "Imported",
    "Places",
    "PlannedRow",
    "StepRow",
    "application_detail",
    "application_facts",
    "application_ids",
    "application_rows",
    "apply_import",
    "available_steps",
    "case_facts",
    "check_application",
    "decide_applications",
    "draft_of",
    "fact_counts",
    "known_persons",
    "move_application",
    "places",
    "plan_import",
    "remove_application",
    "save_application",
    "saved_mappings",
    "state_counts",
    "steps_of",
]
