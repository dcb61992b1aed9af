"""Practice packages laid around today: one school is being selected, one runs, one was last month,
the camp is in preparation.

The packages tell of gatherings that are over. They are changed as texts before they are read, so
that the reader checks them like any other; the files themselves stay as they are.
"""

import csv
import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schoolapp.base import clock
from schoolapp.exchange.packages.model import Packages
from schoolapp.exchange.packages.reading import DONATIONS_FILE, code_of, read, tables_of

Raw = dict[str, Any]
"""An object of a package as JSON has it. Any: the reader is who knows its keys and types."""
Rows = list[dict[str, str]]

_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$")
SELECTING_DAYS, CAMP_DAYS = 49, 56
"""In how many days at least the school begins that is being selected, and the camp."""
_OF_THEN = ("change_log", "dst_note", "holiday_note", "heat_note")
"""What an event says of its own dates, which is untrue on others."""


@dataclass(slots=True)
class Laid:
    """A package on its way: its object, its tables by name, and where its dates go."""

    raw: Raw
    tables: dict[str, Rows]
    today: dt.date

    @property
    def event(self) -> Raw:
        """The gathering itself."""
        found: Raw = self.raw["event"]
        return found

    @property
    def first(self) -> dt.date:
        """The first day."""
        return dt.date.fromisoformat(self.event["start_date"])

    @property
    def last(self) -> dt.date:
        """The last day."""
        return dt.date.fromisoformat(self.event["end_date"])

    def move(self, days: int) -> None:
        """Move all dates by so many days; wall times stay, whatever the clocks do."""
        year, tz = self.first.year, str(self.event["tz"])
        self.raw = _moved(self.raw, days, tz)
        self.tables = {name: _moved(rows, days, tz) for name, rows in self.tables.items()}
        titles = self.event["title"]
        self.event["title"] = {
            tag: title.replace(str(year), str(self.first.year)) for tag, title in titles.items()
        }
        self._measure()

    def _measure(self) -> None:
        """Lengths follow from the clock: a night in which it changes is no longer longer."""
        lengths = {one["uid"]: _length(one) for one in self.raw["sessions"]}
        for one in self.raw["sessions"]:
            one["minutes"] = lengths[one["uid"]]
        for row in self.tables.get("attendance", []):
            row["minutes"] = str(min(int(row["minutes"]), lengths[row["session"]]))


def read_for_today(folder: Path, today: dt.date) -> Packages:
    """The packages of a folder with their dates around ``today``, and the states to match."""
    with tempfile.TemporaryDirectory() as made:
        for name, text in laid_around(folder, today).items():
            (Path(made) / name).write_text(text, "utf-8", newline="")
        return read(Path(made))


def laid_around(folder: Path, today: dt.date) -> dict[str, str]:
    """The files of a folder of packages, by name, as they are to be read for ``today``."""
    read(folder)  # what is wrong in them is said of their own files and lines
    texts = {path.name: path.read_text("utf-8-sig") for path in sorted(folder.glob("*.json"))}
    found = {name: json.loads(text) for name, text in texts.items()}
    events = {
        name.removesuffix(".json"): data
        for name, data in found.items()
        if isinstance(data, dict) and "event" in data
    }
    files = tables_of({stem: code_of(data) for stem, data in events.items()}, folder)
    laid = {
        stem: Laid(data, {t.name: _rows(f) for t, f in files.get(stem, {}).items()}, today)
        for stem, data in events.items()
    }
    for act, one in _parts(list(laid.values())):
        act(one)
    for stem, one in laid.items():
        texts[f"{stem}.json"] = _as_json(one.raw)
        names = {table.name: file.name for table, file in files.get(stem, {}).items()}
        texts |= {names[name]: _as_csv(rows) for name, rows in one.tables.items() if rows}
    if DONATIONS_FILE in found:
        texts[DONATIONS_FILE] = _as_json(_gifts_until(found[DONATIONS_FILE], today))
    return texts


def _parts(schools: list[Laid]) -> Iterator[tuple[Callable[[Laid], None], Laid]]:
    """What each gathering stands for: camps are in preparation; of the others the one with most
    claims was last month, the longest one runs, and all others are being selected."""
    camps = [one for one in schools if one.event["kind"] == "youth_camp"]
    others = sorted(
        (one for one in schools if one not in camps),
        key=lambda one: (len(one.raw.get("travel_claims", ())), (one.last - one.first).days),
        reverse=True,
    )
    yield from ((_prepare, one) for one in camps)
    acts = (_finish, _run) if len(others) > 1 else (_run,)
    yield from zip(acts, others, strict=False)
    yield from ((_select, one) for one in others[len(acts) :])


def _finish(school: Laid) -> None:
    """It ended last month: the report is due, and the claims were handed in and wait."""
    last_month = school.today - dt.timedelta(days=school.today.day)
    school.move(_weeks(last_month - school.last, back=True))
    _forget_then(school)
    for claim in school.raw.get("travel_claims", ()):
        if claim["state"] in ("approved", "part_paid", "paid"):
            claim["state"] = "submitted"
            claim["rejected_lines"] = []
            claim["approved"] = None
    claimed = {claim.get("subsidy") for claim in school.raw.get("travel_claims", ())}
    for subsidy in school.raw.get("subsidies", ()):
        if subsidy["id"] in claimed:
            _pay_until(subsidy, school.last)


def _run(school: Laid) -> None:
    """It runs today: what was before today is in the registers, and nothing of today."""
    school.move((school.today - _day_to_run(school)).days)
    _forget_then(school)
    school.event["status"] = "running"
    starts = {one["uid"]: one["start_local"][:10] for one in school.raw["sessions"]}
    today = str(school.today)
    school.tables = {
        "attendance": [
            row for row in school.tables.get("attendance", ()) if starts[row["session"]] < today
        ]
    }
    _cut_applications(school, "confirmed")
    for part in school.event["participants"]:
        part["state"] = "expected"
    for subsidy in school.raw.get("subsidies", ()):
        _pay_until(subsidy, school.today)


def _select(school: Laid) -> None:
    """It begins in seven weeks: people have applied, and nobody has a place yet."""
    school.move(_weeks(school.today + dt.timedelta(days=SELECTING_DAYS) - school.first))
    _forget_then(school)
    school.event["status"] = "selecting"
    school.tables = {}
    for one in school.raw["sessions"]:
        one["status"] = "planned"
    _cut_applications(school, "eligible")
    for one in school.raw.get("applications", ())[::3]:
        _keep_steps(one, lambda step: step["state"] in ("draft", "submitted"))
    for one in school.raw.get("applications", ()):
        _keep_steps(one, lambda step: step["at"][:10] <= str(school.today))
    applied = {one["person"] for one in school.raw.get("applications", ())}
    parts = school.event["participants"]
    school.event["participants"] = [one for one in parts if one["person"] not in applied]
    for key in ("subsidies", "travel_claims", "teams", "rota"):
        school.raw.pop(key, None)


def _prepare(school: Laid) -> None:
    """It begins in eight weeks: delegations have given names, and some have paid."""
    school.move(_weeks(school.today + dt.timedelta(days=CAMP_DAYS) - school.first))
    _forget_then(school)
    school.event["status"] = "confirmed"
    school.tables = {}
    for part in school.event["participants"]:
        part["state"] = "expected"
    for delegation in school.event.get("delegations", ()):
        delegation["state"] = "names_given"
    payments = school.event.get("payments", ())
    school.event["payments"] = [one for one in payments if one["date"] <= str(school.today)]


def _forget_then(school: Laid) -> None:
    for key in _OF_THEN:
        school.event.pop(key, None)


def _cut_applications(school: Laid, last: str) -> None:
    """Let applications stand where they were in a state; what never came so far stays."""
    for one in school.raw.get("applications", ()):
        states = [step["state"] for step in one["transitions"]]
        if last in states:
            one["transitions"] = one["transitions"][: states.index(last) + 1]
            one["state"] = last


def _keep_steps(application: Raw, kept: Callable[[Raw], bool]) -> None:
    """Let only some steps of an application have been taken; the first one always was."""
    first, *others = application["transitions"]
    application["transitions"] = [first, *filter(kept, others)]
    application["state"] = application["transitions"][-1]["state"]


def _pay_until(subsidy: Raw, day: dt.date) -> None:
    """Keep what was paid of a subsidy until a day; the rest is still to be paid."""
    paid = subsidy.get("payments", [])
    kept = [one for one in paid if (one.get("rate_date") or "") <= str(day)]
    if len(kept) < len(paid):
        subsidy["payments"] = kept
        subsidy["state"] = "part_paid" if kept else "accepted"


def _day_to_run(school: Laid) -> dt.date:
    """The day that is to be today: one with a register, of the same weekday if there is one, as
    near to the middle as can be."""
    days = {
        dt.date.fromisoformat(one["start_local"][:10])
        for one in school.raw["sessions"]
        if one.get("register", True)
    } or {school.first}
    middle = school.first + (school.last - school.first) / 2
    return min(
        days,
        key=lambda day: (day.weekday() != school.today.weekday(), abs(day - middle), day),
    )


def _weeks(distance: dt.timedelta, *, back: bool = False) -> int:
    """A distance in days as whole weeks, so that weekdays stay: never nearer than asked for."""
    weeks = distance.days // 7 if back else -(-distance.days // 7)
    return weeks * 7


def _gifts_until(donations: Raw, today: dt.date) -> Raw:
    """Gifts and payments of campaigns with the newest one before today."""
    newest = max((one["date"] for one in donations.get("gifts", ())), default=str(today))
    moved: Raw = _moved(donations, _weeks(today - dt.date.fromisoformat(newest), back=True), "UTC")
    return moved


def _moved(value: Any, days: int, tz: str) -> Any:
    """A value of a package with each date and time in it moved by so many days."""
    if isinstance(value, dict):
        return {key: _moved(one, days, tz) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, days, tz) for one in value]
    return _moved_text(value, dt.timedelta(days=days), tz) if isinstance(value, str) else value


def _moved_text(text: str, by: dt.timedelta, tz: str) -> str:
    if _DATE.match(text):
        return str(dt.date.fromisoformat(text) + by)
    if _WALL.match(text):
        return _written(dt.datetime.fromisoformat(text) + by, text)
    if _UTC.match(text):
        moment = dt.datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=dt.UTC)
        wall = clock.to_wall(moment, tz) + by
        return _written(clock.to_utc(wall, tz).replace(tzinfo=None), text) + "Z"
    return text


def _written(moment: dt.datetime, like: str) -> str:
    """The moment with seconds where the text had some."""
    seconds = like.count(":") == 2
    return moment.isoformat(timespec="seconds" if seconds else "minutes")


def _length(session: Raw) -> int:
    starts, ends = (
        dt.datetime.fromisoformat(session[key].removesuffix("Z"))
        for key in ("start_utc", "end_utc")
    )
    return int((ends - starts).total_seconds()) // 60


def _rows(file: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def _as_csv(rows: Rows) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _as_json(value: Raw) -> str:
    return json.dumps(value, ensure_ascii=False)
