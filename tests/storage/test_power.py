"""Tests that what was reported as saved survives the death of the process and a power cut."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.databases import KEY
from tests.storage.save_writer import LAST, NONE

TOOLS = Path(__file__).parents[1] / "tools"
WRITER = [sys.executable, "-m", "tests.storage.save_writer", "{db}", KEY.hex()]
WHOLE = ["--key", KEY.hex(), "--last", LAST, *(part for sql in NONE for part in ("--none", sql))]


def run(tool: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Run a tool; its exit status and its line of JSON."""
    ran = subprocess.run(
        [sys.executable, str(TOOLS / tool), *arguments],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": "."},
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout)


def test_killed(tmp_path: Path) -> None:
    """50 times killed at a random moment: no saved change is lost, none is there by half."""
    how = ["--kills", "50", "--fresh", "50", "--within", "0.3"]
    status, told = run("kill9.py", str(tmp_path / "k.db"), *how, *WHOLE, "--", *WRITER)
    assert (status, told["bad"]) == (0, 0), told
    assert told["acknowledged"] > 100


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the writer does to the disk in 40 saves."""
    if shutil.which("strace") is None:
        pytest.fail("these tests record system calls: install the package strace")
    folder = tmp_path_factory.mktemp("power")
    database = folder / "work" / "a.db"
    run("powercut.py", "record", str(folder / "rec"), str(database), "--", *WRITER, "40")
    return str(folder / "rec")


def test_power_cut(recorded: str) -> None:
    """300 power cuts at random moments: whole, and every saved change is there."""
    status, told = run("powercut.py", "replay", recorded, "--cuts", "300", *WHOLE)
    assert status == 0, told


def test_the_power_cut_can_fail(recorded: str) -> None:
    """On a disk that ignores every sync the same test finds losses: it can tell."""
    status, told = run(
        *("powercut.py", "replay", recorded, "--cuts", "100", "--ignore-sync", "--must-fail"),
        *WHOLE,
    )
    assert status == 0, told
