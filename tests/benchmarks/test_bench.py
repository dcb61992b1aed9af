"""What the benchmarks keep: the format of their file, and how they measure."""

import json
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from tests.paths import ROOT
from tools.bench import measuring
from tools.bench.__main__ import IDS, as_json, check, keep, table
from tools.bench.gaps import Heartbeat
from tools.bench.measuring import Result

KEPT = ROOT / "docs" / "benchmarks.json"
SLOW = Result(id="first_paint", ratio=2.0, reference="a bare window", gate=1.5)
FAST = Result(id="statements", value=2, reference="statements", gate=3)


def test_the_kept_figures_have_the_agreed_format() -> None:
    """Each entry has an id, one figure, what it is measured against, and its gate."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert set(kept) == {"results", "modules_at_first_paint"}
    for entry in kept["results"]:
        assert set(entry) in ({"id", f, "reference", "gate"} for f in ("ratio", "value"))
        assert isinstance(entry["reference"], str)
        assert all(isinstance(entry[f], int | float) for f in entry if f not in ("id", "reference"))
    ids = [entry["id"] for entry in kept["results"]]
    assert len(ids) == len(set(ids))
    assert set(IDS) <= set(ids)
    modules = kept["modules_at_first_paint"]
    assert modules == sorted(modules)
    assert "schoolapp.desktop.shell.window" in modules


def test_what_is_kept_can_be_read_again(tmp_path: Path) -> None:
    """A result is kept as a ratio or as a value, never as both."""
    path = tmp_path / "docs" / "benchmarks.json"
    keep(as_json([SLOW, FAST], ["sys", "json"]), path)
    kept = json.loads(path.read_text())
    assert kept["modules_at_first_paint"] == ["json", "sys"]
    assert kept["results"] == [
        {"id": "first_paint", "ratio": 2.0, "reference": "a bare window", "gate": 1.5},
        {"id": "statements", "value": 2, "reference": "statements", "gate": 3},
    ]


def test_a_figure_beyond_its_gate_is_said_and_fails() -> None:
    """The table names what is too slow, and the run does not pass."""
    reported = table([SLOW, FAST]).splitlines()
    assert "TOO SLOW" in reported[1]
    assert "TOO SLOW" not in reported[2]
    assert check([SLOW], ["json"]) == ["first_paint is 2.00, more than 1.50"]
    assert check([FAST], ["json"]) == []


def test_a_forbidden_module_fails() -> None:
    """A module that may not be loaded at the first paint is named."""
    assert check([], ["json", "sqlalchemy", "sqlalchemy.orm"]) == [
        "loaded at the first paint: sqlalchemy"
    ]


def test_a_ratio_tells_how_many_times_longer() -> None:
    """Ten times the work takes about ten times as long."""
    found = measuring.ratio(lambda: sum(range(1_000_000)), lambda: sum(range(100_000)), rounds=5)
    assert 5 < found < 20


def _work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_the_heartbeat_notices_a_stop(qtbot: QtBot) -> None:
    """Work of 80 ms in the window's thread is a gap of about that, and is named."""
    heart, loop = Heartbeat(), QEventLoop()
    heart.start()
    heart.during("working")
    QTimer.singleShot(20, lambda: _work(0.08))
    QTimer.singleShot(150, loop.quit)
    loop.exec()
    heart.stop()
    assert 75 < heart.longest["working"] < 160
