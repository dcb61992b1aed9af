"""Attendance: registers to take, marks to set, and the facts that reports are made of."""

from schoolapp.operations.attendance.day_lists import (
    DayList,
    DayOnList,
    DayRow,
    day_list,
    note_day,
)
from schoolapp.operations.attendance.marking import mark
from schoolapp.operations.attendance.registers import (
    ChangeRow,
    close_register,
    close_registers,
    mark_lost_register,
    note_head_count,
    register_history,
    reopen_register,
)
from schoolapp.operations.attendance.reporting import (
    AttendanceFacts,
    By,
    attendance_facts,
)
from schoolapp.operations.attendance.rolls import (
    RegisterSession,
    RegisterState,
    Roll,
    RollNews,
    RollRow,
    register_sessions,
    roll,
    roll_news,
    session_at,
)
from schoolapp.operations.attendance.scanning import Scanned, scan_badge

__all__ = [
    "AttendanceFacts",
    "By",
    "ChangeRow",
    "DayList",
    "DayOnList",
    "DayRow",
    "RegisterSession",
    "RegisterState",
    "Roll",
    "RollNews",
    "RollRow",
    "Scanned",
    "attendance_facts",
    "close_register",
    "close_registers",
    "day_list",
    "mark",
    "mark_lost_register",
    "note_day",
    "note_head_count",
    "register_history",
    "register_sessions",
    "reopen_register",
    "roll",
    "roll_news",
    "scan_badge",
    "session_at",
]
