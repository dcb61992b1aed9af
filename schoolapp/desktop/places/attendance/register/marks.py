"""What people on a roll can be marked with: the state, and how the journal names the step."""

from typing import NamedTuple

from schoolapp.base.language import _, isolate, mark
from schoolapp.domain.attendance import AttendanceState
from schoolapp.operations.attendance.marking import ONLINE


class Mark(NamedTuple):
    """``key`` names its command; ``one`` and ``many`` are titles of the step, marked."""

    key: str
    status: AttendanceState
    one: str
    many: str
    method: str = "desk"

    @property
    def is_timed(self) -> bool:
        """Whether it says when somebody came or went."""
        return self.status in (AttendanceState.LATE, AttendanceState.LEFT_EARLY)

    def title(self, name: str, count: int) -> str:
        """The step that marks one person of this name, or this many people."""
        if count == 1:
            return _(self.one).format(name=isolate(name))
        return _(self.many).format(count=count)


PRESENT = Mark(
    "present",
    AttendanceState.PRESENT,
    mark("Mark {name} present"),
    mark("Mark {count} people present"),
)
LATE = Mark(
    "late", AttendanceState.LATE, mark("Mark {name} late"), mark("Mark {count} people late")
)
LEFT_EARLY = Mark(
    "left_early",
    AttendanceState.LEFT_EARLY,
    mark("Note that {name} left early"),
    mark("Note that {count} people left early"),
)
ONLINE_PRESENT = Mark(
    "online",
    AttendanceState.PRESENT,
    mark("Mark {name} present online"),
    mark("Mark {count} people present online"),
    ONLINE,
)
EXCUSED = Mark(
    "excused", AttendanceState.EXCUSED, mark("Excuse {name}"), mark("Excuse {count} people")
)
ABSENT = Mark(
    "absent", AttendanceState.ABSENT, mark("Mark {name} absent"), mark("Mark {count} people absent")
)
NOT_APPLICABLE = Mark(
    "not_applicable",
    AttendanceState.NOT_APPLICABLE,
    mark("Note that this session is not for {name}"),
    mark("Note that this session is not for {count} people"),
)
MARKS = (PRESENT, LATE, LEFT_EARLY, ONLINE_PRESENT, EXCUSED, ABSENT, NOT_APPLICABLE)
"""In the order of their buttons."""
