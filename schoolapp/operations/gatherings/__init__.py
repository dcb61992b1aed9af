"""Gatherings: lists and figures, the draft of one, and making one from a template."""

from schoolapp.operations.gatherings.editing import (
    GatheringDraft,
    RoomDraft,
    check,
    draft_of,
    move_gathering,
    remove_gathering,
    remove_room,
    rooms_of,
    save_gathering,
    save_room,
)
from schoolapp.operations.gatherings.listing import (
    GatheringRow,
    Overview,
    gathering_row,
    gathering_rows,
    list_gatherings,
    overview,
)
from schoolapp.operations.gatherings.templates import (
    Template,
    create_from_template,
    free_code,
    read_templates,
)

__all__ = [
    "GatheringDraft",
    "GatheringRow",
    "Overview",
    "RoomDraft",
    "Template",
    "check",
    "create_from_template",
    "draft_of",
    "free_code",
    "gathering_row",
    "gathering_rows",
    "list_gatherings",
    "move_gathering",
    "overview",
    "read_templates",
    "remove_gathering",
    "remove_room",
    "rooms_of",
    "save_gathering",
    "save_room",
]
