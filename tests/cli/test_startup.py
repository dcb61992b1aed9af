"""What the start of the window costs: no module that the first paint does not need."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT

LATER = frozenset(
    {
        "alembic", "asyncio", "babel", "caldav", "icalendar", "jinja2", "keyring", "numpy",
        "openpyxl", "psycopg", "qt_material", "sqlalchemy", "ssl", "typst", "xlsxwriter",
    }
)  # fmt: skip


def painted(folder: Path) -> dict[str, object]:
    """What the window says of itself once it has painted, on a profile of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "schoolapp", "--practice", "--until-painted"],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "SCHOOLAPP_DATA": str(folder)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    reported: dict[str, object] = json.loads(ran.stdout)
    return reported


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    """Database layer, file formats and network come later, in the worker that needs them."""
    reported = painted(tmp_path)
    modules = reported["modules"]
    assert isinstance(modules, list)
    assert "PySide6.QtWidgets" in modules
    assert LATER & {name.partition(".")[0] for name in modules} == set()
