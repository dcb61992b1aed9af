"""Registers: open, closed, lost, and what is kept of each change of one."""

import enum

from schoolapp.base.language import mark
from schoolapp.domain.workflow import ReasonNeeded


class What(enum.StrEnum):
    """What was changed in a register."""

    MARK = "mark"
    CLOSED = "closed"
    REOPENED = "reopened"
    LOST = "lost"
    FOUND = "found"
    HEAD_COUNT = "head_count"


def check_open(closed: bool, reason: str | None) -> None:
    """``ReasonNeeded`` for a change of a closed register that nobody explains (S45)."""
    if closed and not reason:
        raise ReasonNeeded(mark("This register is closed. Say why it is changed all the same."))
