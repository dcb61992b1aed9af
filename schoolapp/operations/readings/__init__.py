"""Readings: the editions there are, what each session asks for, and what is still missing."""

from schoolapp.operations.readings.assigning import assign, reorder, set_required, unassign
from schoolapp.operations.readings.editing import (
    draft_of,
    remove_edition,
    save_edition,
    take_step,
)
from schoolapp.operations.readings.listing import (
    AssignmentRow,
    EditionRow,
    EditionView,
    GapRow,
    edition_ids,
    edition_rows,
    gaps,
    languages,
    reading_list,
    session_readings,
)

__all__ = [
    "AssignmentRow",
    "EditionRow",
    "EditionView",
    "GapRow",
    "assign",
    "draft_of",
    "edition_ids",
    "edition_rows",
    "gaps",
    "languages",
    "reading_list",
    "remove_edition",
    "reorder",
    "save_edition",
    "session_readings",
    "set_required",
    "take_step",
    "unassign",
]
