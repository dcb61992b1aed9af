"""Attendance: registers taken by a few letters and Enter, corrected, and exported."""
