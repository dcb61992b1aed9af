"""Runs all benchmarks, prints a table and keeps ``docs/benchmarks.json``: ``make bench``."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tools.bench import (
    calendars,
    database,
    files,
    gaps,
    import_growth,
    importing,
    promptly,
    scanning,
    starting,
    tables,
)
from tools.bench.measuring import Result
from tools.bench.volume_file import ROOT

KEPT = ROOT / "docs" / "benchmarks.json"
IDS = (
    "first_paint",
    "statements",
    "attendance_report",
    "applications_list",
    "people_search",
    "table_scroll",
    "personal_calendars",
    "longest_gap_ms",
    "import_rows",
)
"""The figures that are always there; others may be added."""

FORBIDDEN = frozenset(
    {
        "sqlalchemy",
        "alembic",
        "icalendar",
        "caldav",
        "openpyxl",
        "xlsxwriter",
        "babel",
        "jinja2",
        "keyring",
        "psycopg",
        "qt_material",
        "numpy",
        "asyncio",
        "ssl",
    }
)
"""What may not be loaded when the window is painted for the first time."""

BENCHES: tuple[Callable[[], list[Result]], ...] = (
    database.results,
    lambda: [tables.table_scroll()],
    lambda: [calendars.personal_calendars()],
    lambda: [gaps.longest_gap()],
    promptly.results,
    scanning.results,
    lambda: [importing.import_rows()],
    import_growth.results,
    lambda: [files.durable_mark(), files.xlsx(), files.csv_file(), files.pdf()],
)


def run() -> tuple[list[Result], list[str]]:
    """All figures, and the modules at the first paint."""
    start, modules = starting.first_paint()
    found = [start]
    for bench in BENCHES:
        found += bench()
    return found, modules


def as_json(results: list[Result], modules: list[str]) -> dict[str, Any]:
    """What is kept, in the format that the design describes."""
    return {"results": [r.as_json() for r in results], "modules_at_first_paint": sorted(modules)}


def table(results: list[Result]) -> str:
    """The figures for people: whether each is within its gate, and against what."""
    lines = [f"{'':20} {'figure':>8} {'gate':>6}"]
    for one in results:
        said = "" if one.passes else "TOO SLOW"
        lines.append(f"{one.id:20} {one.figure:8.2f} {one.gate:6.2f}  {said:9} {one.reference}")
    return "\n".join(lines)


def keep(text: dict[str, Any], path: Path = KEPT) -> None:
    """Write the figures down."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def check(results: list[Result], modules: list[str]) -> list[str]:
    """What exceeds its gate, in words; empty if nothing does."""
    slow = [f"{r.id} is {r.figure:.2f}, more than {r.gate:.2f}" for r in results if not r.passes]
    loaded = sorted(FORBIDDEN & set(modules))
    return slow + ([f"loaded at the first paint: {', '.join(loaded)}"] if loaded else [])


def main() -> int:
    """Run, print and keep; the exit status is 1 if a figure exceeds its gate."""
    results, modules = run()
    sys.stdout.write(table(results) + "\n")
    keep(as_json(results, modules))
    wrong = check(results, modules)
    sys.stderr.write("".join(f"{sentence}\n" for sentence in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
