"""Readings: the editions there are, what each session asks for, and what is still missing."""

from schoolapp.operations.readings.assigning import (
    EntryDraft,
    assign,
    change_entry,
    entry_draft,
    unassign,
)
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
    "EntryDraft",
    "GapRow",
    "assign",
    "change_entry",
    "draft_of",
    "edition_ids",
    "edition_rows",
    "entry_draft",
    "gaps",
    "languages",
    "reading_list",
    "remove_edition",
    "save_edition",
    "session_readings",
    "take_step",
    "unassign",
]
