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

from schoolapp.base import clock
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.packages.codecs import Json
from schoolapp.exchange.packages.model import Packages
from schoolapp.exchange.packages.reading import DONATIONS_FILE, code_of, read, tables_of

Raw = dict[str, Json]
"""An object of a package as JSON has it: the reader knows its keys and types."""
Rows = list[dict[str, str]]

_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$")
_URDU = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
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
        found = self.raw["event"]
        return found if isinstance(found, dict) else {}

    @property
    def first(self) -> dt.date:
        """The first day."""
        return dt.date.fromisoformat(_text(self.event, "start_date"))

    @property
    def last(self) -> dt.date:
        """The last day."""
        return dt.date.fromisoformat(_text(self.event, "end_date"))

    def parts(self, key: str) -> list[Raw]:
        """The objects of a list of the package."""
        return _objects(self.raw, key)

    def move(self, days: int) -> None:
        """Move all dates by so many days; wall times stay, whatever the clocks do."""
        year, tz, by = str(self.first.year), _text(self.event, "tz"), dt.timedelta(days=days)
        self.raw = {key: _moved(one, by, tz) for key, one in self.raw.items()}
        self.tables = {
            name: [{key: _moved_text(one, by, tz) for key, one in row.items()} for row in rows]
            for name, rows in self.tables.items()
        }
        self._name(year, str(self.first.year))
        self._measure()

    def _name(self, then: str, now: str) -> None:
        """Let titles say the new year, in the digits of their language."""
        titles = self.event["title"]
        assert isinstance(titles, dict)
        for old, new in ((then, now), (then.translate(_URDU), now.translate(_URDU))):
            titles |= {tag: str(title).replace(old, new) for tag, title in titles.items()}

    def _measure(self) -> None:
        """Lengths follow from the clock: a night in which it changes is no longer longer."""
        lengths = {_text(one, "uid"): _length(one) for one in self.parts("sessions")}
        for one in self.parts("sessions"):
            one["minutes"] = lengths[_text(one, "uid")]
        for row in self.tables.get("attendance", []):
            row["minutes"] = str(min(int(row["minutes"]), lengths[row["session"]]))


def read_for_today(folder: Path, today: dt.date) -> Packages:
    """The packages of a folder with their dates around ``today``, and the states to match.

    What is wrong in a package is said of its own file and path, as ``read`` does.
    """
    try:
        with tempfile.TemporaryDirectory() as made:
            for name, text in laid_around(folder, today).items():
                (Path(made) / name).write_text(text, "utf-8", newline="")
            return read(Path(made))
    except (RuleBroken, ValueError, LookupError, TypeError):
        read(folder)
        raise


def laid_around(folder: Path, today: dt.date) -> dict[str, str]:
    """The files of a folder of packages, by name, as they are to be read for ``today``."""
    texts = {path.name: path.read_text("utf-8-sig") for path in sorted(folder.glob("*.json"))}
    found: dict[str, Json] = {name: json.loads(text) for name, text in texts.items()}
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
    if isinstance(gifts := found.get(DONATIONS_FILE), dict):
        texts[DONATIONS_FILE] = _as_json(_gifts_until(gifts, today))
    return texts


def _parts(schools: list[Laid]) -> Iterator[tuple[Callable[[Laid], None], Laid]]:
    """What each gathering stands for: camps are in preparation; of the others the one with most
    claims was last month, the longest one runs, and all others are being selected."""
    camps = [one for one in schools if _text(one.event, "kind") == "youth_camp"]
    others = sorted(
        (one for one in schools if one not in camps),
        key=lambda one: (len(one.parts("travel_claims")), (one.last - one.first).days),
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
    for claim in school.parts("travel_claims"):
        if claim["state"] in ("approved", "part_paid", "paid"):
            claim["state"] = "submitted"
            claim["rejected_lines"] = []
            claim["approved"] = None
    claimed = {_text(claim, "subsidy") for claim in school.parts("travel_claims")}
    for subsidy in school.parts("subsidies"):
        if _text(subsidy, "id") in claimed:
            _pay_until(subsidy, school.last)


def _run(school: Laid) -> None:
    """It runs today: what was before today is in the registers, and nothing of today."""
    school.move((school.today - _day_to_run(school)).days)
    _forget_then(school)
    school.event["status"] = "running"
    starts = {_text(one, "uid"): _day_of(one) for one in school.parts("sessions")}
    today = str(school.today)
    school.tables = {
        "attendance": [
            row for row in school.tables.get("attendance", ()) if starts[row["session"]] < today
        ]
    }
    _cut_applications(school, "confirmed")
    for part in _objects(school.event, "participants"):
        part["state"] = "expected"
    for subsidy in school.parts("subsidies"):
        _pay_until(subsidy, school.today)


def _select(school: Laid) -> None:
    """It begins in seven weeks: people have applied, and nobody has a place yet."""
    school.move(_weeks(school.today + dt.timedelta(days=SELECTING_DAYS) - school.first))
    _forget_then(school)
    school.event["status"] = "selecting"
    school.tables = {}
    for one in school.parts("sessions"):
        one["status"] = "planned"
    _cut_applications(school, "eligible")
    for one in school.parts("applications")[::3]:
        _keep_steps(one, lambda step: step["state"] in ("draft", "submitted"))
    for one in school.parts("applications"):
        _keep_steps(one, lambda step: _text(step, "at")[:10] <= str(school.today))
    applied = {_text(one, "person") for one in school.parts("applications")}
    parts = _objects(school.event, "participants")
    school.event["participants"] = [one for one in parts if _text(one, "person") not in applied]
    for key in ("subsidies", "travel_claims", "teams", "rota"):
        school.raw.pop(key, None)


def _prepare(school: Laid) -> None:
    """It begins in eight weeks: delegations have given names, and some have paid."""
    school.move(_weeks(school.today + dt.timedelta(days=CAMP_DAYS) - school.first))
    _forget_then(school)
    school.event["status"] = "confirmed"
    school.tables = {}
    for part in _objects(school.event, "participants"):
        part["state"] = "expected"
    for delegation in _objects(school.event, "delegations"):
        delegation["state"] = "names_given"
    payments = _objects(school.event, "payments")
    kept = [one for one in payments if _text(one, "date") <= str(school.today)]
    school.event["payments"] = [*kept]


def _forget_then(school: Laid) -> None:
    for key in _OF_THEN:
        school.event.pop(key, None)


def _cut_applications(school: Laid, last: str) -> None:
    """Let applications stand where they were in a state; what never came so far stays."""
    for one in school.parts("applications"):
        steps = _objects(one, "transitions")
        states = [step["state"] for step in steps]
        if last in states:
            one["transitions"] = [*steps[: states.index(last) + 1]]
            one["state"] = last


def _keep_steps(application: Raw, kept: Callable[[Raw], bool]) -> None:
    """Let only some steps of an application have been taken; the first one always was."""
    first, *others = _objects(application, "transitions")
    steps = [first, *filter(kept, others)]
    application["transitions"], application["state"] = [*steps], steps[-1]["state"]


def _pay_until(subsidy: Raw, day: dt.date) -> None:
    """Keep what was paid of a subsidy until a day; the rest is still to be paid."""
    paid = _objects(subsidy, "payments")
    kept = [one for one in paid if _text(one, "rate_date") <= str(day)]
    if len(kept) < len(paid):
        subsidy["payments"] = [*kept]
        subsidy["state"] = "part_paid" if kept else "accepted"


def _day_to_run(school: Laid) -> dt.date:
    """The day that is to be today: one with a register, of the same weekday if there is one, as
    near to the middle as can be."""
    days = {
        dt.date.fromisoformat(_day_of(one))
        for one in school.parts("sessions")
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
    newest = max((_text(one, "date") for one in _objects(donations, "gifts")), default=str(today))
    by = dt.timedelta(days=_weeks(today - dt.date.fromisoformat(newest), back=True))
    return {key: _moved(one, by, "UTC") for key, one in donations.items()}


def _text(of: Raw, key: str) -> str:
    """A text of an object; empty where it has none."""
    found = of.get(key)
    return found if isinstance(found, str) else ""


def _objects(of: Raw, key: str) -> list[Raw]:
    """The objects of a list of an object."""
    found = of.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _day_of(session: Raw) -> str:
    return _text(session, "start_local")[:10]


def _moved(value: Json, by: dt.timedelta, tz: str) -> Json:
    """A value of a package with each date and time in it moved."""
    if isinstance(value, dict):
        return {key: _moved(one, by, tz) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, by, tz) for one in value]
    return _moved_text(value, by, tz) if isinstance(value, str) else value


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
        dt.datetime.fromisoformat(_text(session, key).removesuffix("Z"))
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
