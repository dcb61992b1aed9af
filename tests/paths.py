"""The paths of the files that tests read, wherever the test itself is."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
PRACTICE = ROOT / "data" / "practice"
EVENTS, MESSY = PRACTICE / "events", PRACTICE / "messy"
CHECKERS = ROOT / "tests" / "tools"
"""Checkers and makers of hostile files, copied as they are."""
