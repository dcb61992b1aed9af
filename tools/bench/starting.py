"""How long the program takes to its first painted window, against a bare window of PySide6."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.bench.measuring import Result
from tools.bench.volume_file import ROOT

ROUNDS = 25
OURS = [sys.executable, "-m", "schoolapp", "--practice", "--until-painted"]
BARE = [sys.executable, str(Path(__file__).with_name("bare_window.py"))]


def first_paint() -> tuple[Result, list[str]]:
    """The figure, and the modules that are loaded at the first paint.

    The practice schools are there already, and one start of each is not counted. Both windows are
    started in turns; the ratio is that of the least CPU times, from the start of the process.
    """
    compile_all()
    with tempfile.TemporaryDirectory(prefix="schoolapp-bench-") as folder:
        env = environment(Path(folder))
        make_practice(Path(folder) / "practice" / "school.db", env)
        started(BARE, env)
        modules = started(OURS, env)["modules"]
        times: tuple[list[float], list[float]] = ([], [])
        for _round in range(ROUNDS):
            for command, spent in zip((OURS, BARE), times, strict=True):
                spent.append(started(command, env)["cpu_seconds"])
    result = Result(
        id="first_paint",
        ratio=round(min(times[0]) / min(times[1]), 2),
        reference="a bare PySide6 window with a table, CPU time to the first paint",
        gate=1.5,
    )
    return result, modules


def make_practice(path: Path, env: dict[str, str]) -> None:
    """Make the practice schools where the program looks for them."""
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "schoolapp", "practice", "--into", str(path)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        check=True,
    )


def started(command: list[str], env: dict[str, str]) -> dict[str, Any]:
    """What a window that was started until it is painted says of itself."""
    done = subprocess.run(  # noqa: S603 - the two commands above
        command, env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def environment(data: Path) -> dict[str, str]:
    """Offscreen, with a data folder of its own, and with compiled modules kept."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return env | {"QT_QPA_PLATFORM": "offscreen", "SCHOOLAPP_DATA": str(data)}


def compile_all() -> None:
    """Compile what an installed program has compiled: else the compiler would be measured."""
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", "schoolapp", "tools"], cwd=ROOT, check=True
    )
