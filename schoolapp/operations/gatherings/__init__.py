"""Gatherings: lists and figures, the draft of one, and making one from a template."""

from schoolapp.operations.gatherings.editing import (
    GatheringDraft,
    check,
    draft_of,
    move_gathering,
    remove_gathering,
    save_gathering,
)
from schoolapp.operations.gatherings.listing import (
    GatheringRow,
    Overview,
    gathering_id,
    gathering_rows,
    list_gatherings,
    overview,
)
from schoolapp.operations.gatherings.parts import (
    ModuleDraft,
    RoomDraft,
    check_module_draft,
    check_room,
    modules_of,
    remove_module,
    remove_room,
    rooms_of,
    save_module,
    save_room,
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
    "ModuleDraft",
    "Overview",
    "RoomDraft",
    "Template",
    "check",
    "check_module_draft",
    "check_room",
    "create_from_template",
    "draft_of",
    "free_code",
    "gathering_id",
    "gathering_rows",
    "list_gatherings",
    "modules_of",
    "move_gathering",
    "overview",
    "read_templates",
    "remove_gathering",
    "remove_module",
    "remove_room",
    "rooms_of",
    "save_gathering",
    "save_module",
    "save_room",
]
