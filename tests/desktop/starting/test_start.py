"""The start: what the first paint loads, and that the places match their entries in the rail."""

import builtins
import os
import subprocess
import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from schoolapp.desktop.starting.first_paint import FirstPaint
from tests.desktop.memory import SETTINGS
from tests.paths import ROOT
from tools.import_graph import modules as modules_of

SLOW = {
    "sqlalchemy", "alembic", "icalendar", "caldav", "openpyxl", "xlsxwriter", "babel", "jinja2",
    "keyring", "psycopg", "qt_material", "numpy", "asyncio", "ssl", "importlib.metadata",
}  # fmt: skip
SCRIPT = """
import sys
from schoolapp.desktop.starting import start
from schoolapp.desktop.shell.parts import First
from schoolapp.base.settings import Settings
from tests.desktop import memory

people = memory.people(50)
first = First(memory.GATHERINGS[0], (list(people), people))

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
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    loaded = set(found.stdout.split())
    assert "schoolapp.desktop.shell.window" in loaded
    assert loaded & SLOW == set()
    later = {
        f"schoolapp.desktop.{name}"
        for name in ("kit.chooser", "shell.keys_dialog", "shell.defect_report")
    }
    assert later <= set(modules_of(ROOT / "schoolapp"))
    assert loaded & later == set()
    assert f"{SETTINGS.folder}.place" not in loaded


class Child(QWidget):
    """Notes that it was painted."""

    def __init__(self, noted: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._noted = noted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note it."""
        self._noted.append("painted")


def test_the_first_paint_is_reported_once_all_is_painted(qtbot: QtBot) -> None:
    """Nothing else begins before what is in the window can be seen; it is reported once."""
    noted: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(Child(noted, window))
    window.resize(200, 100)
    FirstPaint(window, lambda: noted.append("told"))
    window.show()
    qtbot.waitUntil(lambda: "told" in noted)
    assert noted[0] == "painted"
    window.repaint()
    qtbot.wait(1)
    assert noted.count("told") == 1


def test_a_window_that_nobody_sees_is_not_waited_for(qtbot: QtBot) -> None:
    """Started minimised, the program opens its schools all the same."""
    noted: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    FirstPaint(window, lambda: noted.append("told"), unseen=1)
    qtbot.waitUntil(lambda: bool(noted))
    window.show()
    qtbot.waitUntil(window.isVisible)
    window.repaint()
    qtbot.wait(1)
    assert noted == ["told"]


def test_modules_are_imported_as_python_does(qtbot: QtBot) -> None:
    """Qt's own import would read the source of each module that is imported after it."""
    assert "schoolapp.desktop" in sys.modules
    assert builtins.__import__.__name__ != "__feature_import__"


def test_a_place_that_comes_later_is_the_one_promised() -> None:
    """Key, title and icon of the rail are those of the class."""
    kind = SETTINGS.load()
    assert (kind.key, kind.title, kind.icon) == (SETTINGS.key, SETTINGS.title, SETTINGS.icon)
