"""Attendance: registers taken by a few letters and Enter, corrected, and exported."""

from schoolapp.desktop.places.attendance.place import Attendance

__all__ = ["Attendance"]
