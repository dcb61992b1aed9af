"""The start: what the first paint loads, and that the places later are those promised."""

import os
import subprocess
import sys
from pathlib import Path

from tests.desktop.memory import SETTINGS

SLOW = {
    "sqlalchemy", "alembic", "icalendar", "caldav", "openpyxl", "xlsxwriter", "babel", "jinja2",
    "keyring", "psycopg", "qt_material", "numpy", "asyncio", "ssl", "importlib.metadata",
}  # fmt: skip
SCRIPT = """
import sys
from schoolapp.desktop import start
from schoolapp.desktop.parts import First
from schoolapp.settings import Settings
from tests.desktop import memory

def first():
    people = memory.people(50)
    return First(memory.GATHERINGS[0], (list(people), people))

def painted():
    print(" ".join(sorted(sys.modules)))

sys.exit(start.run(Settings(), None, memory.PLACES, memory.gatherings, first, painted))
"""


def test_nothing_slow_is_loaded_at_the_first_paint() -> None:
    """The window paints its first rows before databases, formats and networks are imported."""
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    loaded = set(found.stdout.split())
    assert "schoolapp.desktop.window" in loaded
    assert loaded & SLOW == set()
    later = {f"schoolapp.desktop.{name}" for name in ("chooser", "help_sheet", "report")}
    assert loaded & later == set()
    assert SETTINGS.module not in loaded


def test_a_place_that_comes_later_is_the_one_promised() -> None:
    """Key, title and icon of the rail are those of the class."""
    kind = SETTINGS.load()
    assert (kind.key, kind.title, kind.icon) == (SETTINGS.key, SETTINGS.title, SETTINGS.icon)
