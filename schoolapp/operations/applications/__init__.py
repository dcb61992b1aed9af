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

__all__ = [
    "ApplicationDetail",
    "ApplicationDraft",
    "ApplicationFacts",
    "ApplicationRow",
    "ApplicationView",
    "AvailableStep",
    "Places",
    "StepRow",
    "application_detail",
    "application_facts",
    "application_ids",
    "application_rows",
    "available_steps",
    "case_facts",
    "check_application",
    "draft_of",
    "move_application",
    "places",
    "remove_application",
    "save_application",
    "state_counts",
]
