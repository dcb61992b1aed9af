"""How many cells of sheets with known answers are read right: a folder of pairs, in figures.

``python -m tests.exchange.applications.measuring FOLDER`` reads each ``NAME.expected.json`` of the
folder, the sheet that it names, and says which cells are neither right nor marked at their field,
and which right ones are marked all the same.
"""

import datetime as dt
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolapp.domain.reading_cells.modules import read_modules
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.mapping import Mapping
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report
from tests.paths import EVENTS

FIRST_DAY = dt.date(2027, 10, 23)
UNKNOWN = "!flag"  # the cell cannot be known: no value, and a mark at its field
TOLD_APART = ("nobody", "mark", "full_name_mark")  # keys that are no values

Row = dict[str, Any]


def reported(path: Path, first_day: dt.date = FIRST_DAY, currency: str = "EUR") -> Row:
    """The report of an import of the sheet, as the command line gives it."""
    sheet = understand(
        read(path.read_bytes(), path.name),
        path.name,
        choices=Choices(Mapping(currency=currency)),
        reference_date=first_day,
    )
    return report(sheet)


def row_for(want: Row, found: list[Row]) -> Row:
    """The row of this number; that of this name where tables were put together."""
    row = next((row for row in found if row["row"] == want["row"]), {})
    name = want.get("full_name", UNKNOWN)
    if name == UNKNOWN or row.get("full_name") == name:
        return row
    return next((row for row in found if row["full_name"] == name), row)


def is_right(key: str, value: object, row: Row) -> bool:
    """Whether a row has this value, or nothing and a mark where it cannot be known."""
    if value == UNKNOWN:
        return row.get(key) is None and is_marked(key, row)
    match key:
        case "nobody":
            return bool(row.get("skipped"))
        case "mark":
            return value in {mark["code"] for mark in row.get("marks", ())}
        case "full_name_mark":
            return is_marked("full_name", row)
        case "submitted":
            return str(row.get("submitted") or None)[:10] == str(value)[:10]
    if isinstance(value, dict):  # answers: each question that is asked for
        return value.items() <= row.get(key, {}).items()
    if key == "languages" and value and row.get(key):
        return sorted(value) == sorted(row[key])
    return bool(row.get(key, UNKNOWN) == value)


def is_marked(key: str, row: Row) -> bool:
    """Whether a doubt asks about this field of the row."""
    return key in {mark["field"] for mark in row.get("marks", ())}


@dataclass(slots=True)
class Measure:
    """Cells of a sheet: all, right or marked at their field, right, right and marked; the wrong."""

    cells: int = 0
    good: int = 0
    right: int = 0
    doubted: int = 0
    wrong: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)

    def add(self, want: Row, row: Row) -> None:
        """Count the cells of a row."""
        for key, value in want.items():
            if key == "row":
                continue
            self.cells += 1
            place = f"row {want['row']} {key}: {value!r}, not {row.get(key)!r}"
            if is_right(key, value, row):
                self.good += 1
                if key not in TOLD_APART and value != UNKNOWN:
                    self.right += 1
                    if is_marked(key, row):
                        self.doubted += 1
                        self.needless.append(place.partition(",")[0])
            elif row.get(key) is None and is_marked(key, row):
                self.good += 1
            else:
                self.wrong.append(place)


def measure(case: Row, folder: Path) -> Measure:
    """One sheet compared with its answers, read for its practice gathering."""
    event = event_of(case.get("gathering", ""))
    first_day = dt.date.fromisoformat(event["start_date"]) if event else FIRST_DAY
    found = reported(folder / case["file"], first_day, event.get("currency", "EUR"))["rows"]
    modules = [(one["id"], one["title"]) for one in event.get("modules") or ()]
    measured = Measure()
    for want in case["rows"]:
        measured.add(want, _in(modules, row_for(want, found)))
    return measured


def event_of(gathering: str) -> Row:
    """A practice gathering as its file describes it; empty for any other."""
    files = [json.loads(path.read_text("utf-8")) for path in EVENTS.glob(f"{gathering}_*.json")]
    return files[0]["event"] if gathering and files else {}


def _in(modules: list[tuple[str, str]], row: Row) -> Row:
    """A row as the gathering takes it: modules by their codes, what names none as a doubt."""
    if not modules or not row.get("modules"):
        return row
    read = read_modules(tuple(row["modules"]), modules)
    doubt = {"field": "modules", "code": "modules_unknown", "text": ""}
    marks = [*row["marks"], *[doubt for _word in read.unknown[:1]]]
    return row | {"modules": list(read.codes) or None, "marks": marks}


def measure_folder(folder: Path) -> dict[str, Measure]:
    """Each sheet of a folder that has its answers beside it, by the name of its file."""
    cases = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.expected.json"))]
    return {case["file"]: measure(case, folder) for case in cases if "rows" in case}


def main(folder: Path) -> None:
    """Print what is wrong sheet by sheet, and the two shares."""
    found = measure_folder(folder)
    for name, one in found.items():
        print(
            f"{name}: {one.good}/{one.cells} good, {one.doubted} of {one.right} right ones marked"
        )
        for place in one.wrong:
            print(f"    wrong  {place}")
        for place in one.needless:
            print(f"    marked {place}")
    good, cells = (sum(getattr(one, key) for one in found.values()) for key in ("good", "cells"))
    doubted, right = (sum(getattr(m, k) for m in found.values()) for k in ("doubted", "right"))
    print(f"{len(found)} sheets, {cells} cells")
    print(f"right or marked at their field: {good / max(cells, 1):.1%} ({cells - good} are not)")
    print(f"right ones that are marked: {doubted / max(right, 1):.1%} ({doubted})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
