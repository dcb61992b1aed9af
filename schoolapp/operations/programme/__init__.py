"""Everything one can do with and ask of a programme."""

from schoolapp.operations.programme.absent import absence_hints
from schoolapp.operations.programme.busy import busy_hints
from schoolapp.operations.programme.clashes import Clash, told_clashes
from schoolapp.operations.programme.editing import (
    bring_back,
    draft_of,
    new_draft,
    remove_session,
    save_session,
)
from schoolapp.operations.programme.listing import (
    Choices,
    ClosedHours,
    DayProgramme,
    RoomColumn,
    SessionRow,
    SessionView,
    choices,
    day_programme,
    session_ids,
    session_rows,
)
from schoolapp.operations.programme.moving import (
    SAME_ROOM,
    Rearranged,
    cancel_session,
    move_session,
    schedule_facts,
    take_step,
)

__all__ = [
    "SAME_ROOM",
    "Choices",
    "Clash",
    "ClosedHours",
    "DayProgramme",
    "Rearranged",
    "RoomColumn",
    "SessionRow",
    "SessionView",
    "absence_hints",
    "bring_back",
    "busy_hints",
    "cancel_session",
    "choices",
    "day_programme",
    "draft_of",
    "move_session",
    "new_draft",
    "remove_session",
    "save_session",
    "schedule_facts",
    "session_ids",
    "session_rows",
    "take_step",
    "told_clashes",
]
