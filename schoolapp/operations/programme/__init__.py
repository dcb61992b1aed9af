"""Everything one can do with and ask of a programme."""

from schoolapp.operations.programme.choices import Choices, choices
from schoolapp.operations.programme.clashes import ClashRow, as_json, clash_rows, clashes_of
from schoolapp.operations.programme.editing import (
    bring_back,
    draft_of,
    remove_session,
    save_session,
)
from schoolapp.operations.programme.listing import (
    ClosedHours,
    DayProgramme,
    RoomColumn,
    SessionRow,
    SessionView,
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
from schoolapp.operations.programme.new_sessions import new_draft, repeat_session

__all__ = [
    "SAME_ROOM",
    "Choices",
    "ClashRow",
    "ClosedHours",
    "DayProgramme",
    "Rearranged",
    "RoomColumn",
    "SessionRow",
    "SessionView",
    "as_json",
    "bring_back",
    "cancel_session",
    "choices",
    "clash_rows",
    "clashes_of",
    "day_programme",
    "draft_of",
    "move_session",
    "new_draft",
    "remove_session",
    "repeat_session",
    "save_session",
    "schedule_facts",
    "session_ids",
    "session_rows",
    "take_step",
]
