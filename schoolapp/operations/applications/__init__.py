"""Applications: the list and its counts, registering, importing, deciding, and giving places."""

from schoolapp.operations.applications.deciding import (
    AvailableStep,
    available_steps,
    case_facts,
    move_application,
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
from schoolapp.operations.applications.importing import Imported, apply_import
from schoolapp.operations.applications.listing import (
    ApplicationDetail,
    ApplicationRow,
    ApplicationView,
    Places,
    StepRow,
    application_detail,
    application_ids,
    application_rows,
    places,
    state_counts,
)
from schoolapp.operations.applications.planning import (
    Fate,
    ImportPlan,
    PlannedRow,
    known_persons,
    plan_import,
)

__all__ = [
    "ApplicationDetail",
    "ApplicationDraft",
    "ApplicationFacts",
    "ApplicationRow",
    "ApplicationView",
    "AvailableStep",
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
    "draft_of",
    "known_persons",
    "move_application",
    "places",
    "plan_import",
    "remove_application",
    "save_application",
    "state_counts",
]
