"""Compares our times with those that ical.js, libical and vobject read.

    python -m tools.interop          the four practice gatherings and five zones, all sessions

ical.js is installed by npm into a folder that is gone afterwards; libical is that of the machine.
Exit status 1 if a time differs or a reader is not there.
"""

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from schoolapp import cli
from tools.interop.cases import Case, Times, practice_cases, zone_cases

HERE = Path(__file__).parent
ICAL_JS = "ical.js@2"
Reader = Callable[[Path], Times]


def main() -> int:
    """Print a line for each reader and gathering, and what differs."""
    os.environ.setdefault("TZ", "UTC")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        database = work / "practice.db"
        cli.run(["practice", "--into", str(database)])
        cases = [*practice_cases(database, work), *zone_cases()]
        bad = 0
        for reader, make in (("ical.js", _icaljs), ("libical", _python), ("vobject", _python)):
            read = make(work, reader)
            if read is None:
                print(f"{reader}: not on this machine (see CONTRIBUTING.md)")
                bad += 1
                continue
            for number, case in enumerate(cases):
                path = work / f"{number}.ics"
                path.write_bytes(case.data)
                bad += _compared(reader, case, read(path))
    return 1 if bad else 0


def _compared(reader: str, case: Case, found: Times) -> int:
    """Print the outcome; how many sessions differ."""
    wrong = {
        uid for uid in case.times.keys() | found.keys() if case.times.get(uid) != found.get(uid)
    }
    halves = [
        sum(1 for start, _end in case.times.values() if (int(start[5:7]) > 6) == late)
        for late in (False, True)
    ]
    print(
        f"{reader:8} {case.name:20} {len(case.times):4} sessions"
        f" ({halves[0]} in January to June, {halves[1]} in July to December), {len(wrong)} differ"
    )
    for uid in sorted(wrong)[:5]:
        print(f"    {uid}: {found.get(uid)}, not {case.times.get(uid)}")
    return len(wrong)


def _python(work: Path, reader: str) -> Reader | None:
    if reader == "libical" and ctypes.util.find_library("ical") is None:
        return None
    return lambda path: _run([sys.executable, HERE / f"read_{reader}.py", path])


def _icaljs(work: Path, reader: str) -> Reader | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    box = work / "node"
    box.mkdir()
    quiet = ("--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
    subprocess.run([npm, "install", "--silent", *quiet, ICAL_JS], cwd=box, check=True)  # noqa: S603
    script = shutil.copy(HERE / "read_icaljs.mjs", box)
    return lambda path: _run([node, script, path])


def _run(command: list[str | Path]) -> Times:
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    times: Times = json.loads(done.stdout)
    return times


if __name__ == "__main__":
    sys.exit(main())
