"""Tests that the tour keeps what it reported as saved, whenever the process or the power dies."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.databases import KEY
from tests.paths import ROOT
from tests.storage.tour_writer import LAST, NONE

KILLS = 45
WRITER = [sys.executable, "-m", "tests.storage.tour_writer", "{db}", KEY.hex()]
WHOLE = ["--key", KEY.hex(), "--last", LAST, *(part for sql in NONE for part in ("--none", sql))]


def run(tool: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Run a tool; its exit status and its line of JSON."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "tools" / tool), *arguments],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "."},
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout)


def killed(database: Path, *how: str) -> dict[str, Any]:
    """What is found after kills at random moments; nothing may be lost or half there."""
    status, found = run("kill9.py", str(database), *how, *WHOLE, "--", *WRITER)
    assert (status, found["bad"], found.get("ended before the kill", 0)) == (0, 0, 0), found
    return found


def test_killed_while_loading(tmp_path: Path) -> None:
    """5 times killed while the database is made and filled: the school is there or not at all."""
    found = killed(tmp_path / "k.db", "--kills", "5", "--fresh", "1", "--within", "2")
    assert found["whole"] == 5


def test_killed_between_steps(tmp_path: Path) -> None:
    """45 times killed while applications come in and are decided: no saved step is lost."""
    ready = " ".join([*WRITER, "1"])
    found = killed(
        tmp_path / "k.db",
        *("--kills", str(KILLS), "--fresh", str(KILLS), "--within", "0.6", "--prepare", ready),
    )
    assert found["acknowledged"] > KILLS


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What two tours do to the disk, from the new database on."""
    if shutil.which("strace") is None:
        pytest.fail("these tests record system calls: install the package strace")
    folder = tmp_path_factory.mktemp("power")
    database = folder / "work" / "a.db"
    run("powercut.py", "record", str(folder / "rec"), str(database), "--", *WRITER, "2")
    return str(folder / "rec")


def test_power_cut(recorded: str) -> None:
    """300 power cuts at random moments: whole, and every saved step is there."""
    status, found = run("powercut.py", "replay", recorded, "--cuts", "300", *WHOLE)
    assert status == 0, found


def test_the_power_cut_can_fail(recorded: str) -> None:
    """On a disk that ignores every sync the same test finds losses: it can fail."""
    status, found = run(
        *("powercut.py", "replay", recorded, "--cuts", "60", "--ignore-sync", "--must-fail"),
        *WHOLE,
    )
    assert status == 0, found
