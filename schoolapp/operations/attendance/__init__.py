"""Attendance: registers to take, marks to set, and the facts that reports are made of."""

from schoolapp.operations.attendance.exporting import attendance_report
from schoolapp.operations.attendance.marking import mark, mark_lost_register
from schoolapp.operations.attendance.reporting import (
    AttendanceFacts,
    By,
    attendance_facts,
)
from schoolapp.operations.attendance.rolls import (
    RegisterSession,
    RegisterState,
    Roll,
    RollRow,
    register_sessions,
    roll,
    session_at,
)

__all__ = [
    "AttendanceFacts",
    "By",
    "RegisterSession",
    "RegisterState",
    "Roll",
    "RollRow",
    "attendance_facts",
    "attendance_report",
    "mark",
    "mark_lost_register",
    "register_sessions",
    "roll",
    "session_at",
]
