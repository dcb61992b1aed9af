"""Attendance on packages made up for this test: other people, dates, sizes and zones (S42, S43).

The sums are worked out here from the rows of the packages, by no code of the program.
"""

import csv
import datetime as dt
import io
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Run, rows_of

NAMES = ("Ayesha Siddiqui", "عائشہ صدیقی", "Juan dela Cruz", "Ігор Їжаченко", "தமிழ்", "O'Brien-Łuć")
CAME = {"present", "late", "left_early"}
DAY = dt.timedelta(days=1)


@dataclass
class School:
    """A package, and the reports that it must give."""

    code: str
    tz: str
    first: dt.date
    days: int
    size: int
    modules: int = 0
    camp: bool = False
    people: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    on_site: list[tuple[str, str, str, int]] = field(default_factory=list)

    def delegation(self, n: int) -> str:
        return f"{self.code}-d{n % 3 + 1:02}" if self.camp else ""

    def at(self, day: int, hour: int, minute: int = 0) -> dt.datetime:
        """A wall time."""
        return dt.datetime.combine(self.first + day * DAY, dt.time(hour, minute))


def schools(seed: int) -> list[School]:
    """A school in Islamabad with modules, a camp in Manila, one over the end of summer time."""
    chance = random.Random(seed)
    made = [
        School("isb-2031", "Asia/Karachi", dt.date(2031, 2, 26), 9, chance.randint(9, 19), 3),
        School(
            "mnl-2031", "Asia/Manila", dt.date(2031, 12, 29), 6, chance.randint(31, 44), camp=True
        ),
        School("ams-2031", "Europe/Amsterdam", dt.date(2031, 10, 24), 5, chance.randint(5, 12)),
    ]
    number = 9000
    for school in made:
        for n in range(school.size):
            number += 1
            _join(school, chance, n, f"P{number}")
        _hold(school, chance)
        _mark(school, chance)
    return made


def _join(school: School, chance: random.Random, n: int, code: str) -> None:
    """A person, who may come late, leave early, or come twice."""
    school.people.append(
        {
            "id": code, "uuid": f"00000000-0000-4000-8000-{code[1:]:>012}",
            "display_name": f"{chance.choice(NAMES)} {n}", "given": None, "family": None,
            "name_order": "mono", "native_name": None, "native_script": None, "pronouns": None,
            "born": "1999-05-01", "country": "PK", "origin": "PK", "home_tz": school.tz,
            "home_currency": "EUR", "fee_band": "A", "mother_tongue": "en",
            "email": f"{code}@example.org",
        }
    )  # fmt: skip
    last = school.days - 1
    arrives, leaves = chance.choice([0, 0, 1]), chance.choice([last, last, last - 1])
    part: dict[str, Any] = {
        "person": code, "role": "participant", "state": "completed", "language_group": "en",
        "arrival": f"{school.at(arrives, 10 if arrives else 8):%Y-%m-%dT%H:%M}",
        "departure": f"{school.at(leaves, 21):%Y-%m-%dT%H:%M}", "fee": None,
    }  # fmt: skip
    if school.camp:
        part |= {
            "delegation": school.delegation(n), "minor_at_start": False, "parental_consent": None,
            "guardian_on_site": None, "sleeping": "tent", "diet": None, "first_time": False,
        }  # fmt: skip
        del part["language_group"]
    elif n % 5 == 4:
        part["departure"] = f"{school.at(1, 22):%Y-%m-%dT%H:%M}"
        part["stays"] = [
            {"arrival": f"{school.at(3, 12):%Y-%m-%dT%H:%M}",
             "departure": f"{school.at(last, 21):%Y-%m-%dT%H:%M}"}
        ]  # fmt: skip
    if school.modules:
        part["modules"] = sorted(
            chance.sample([f"m{k}" for k in range(1, school.modules + 1)], chance.randint(1, 3))
        )
    school.parts.append(part)


def _hold(school: School, chance: random.Random) -> None:
    """Sessions of odd lengths; over the clock change one of a night; some without a register."""
    slots = [
        (school.at(day, hour, 15), school.at(day, hour, 15) + dt.timedelta(minutes=minutes))
        for day in range(school.days)
        for hour, minutes in ((9, 95), (11, 50), (14, 150), (19, 75))
    ]
    if school.tz == "Europe/Amsterdam":
        slots.append((school.at(1, 23, 30), school.at(2, 4)))
    for n, (start, end) in enumerate(sorted(slots), 1):
        zone = ZoneInfo(school.tz)
        first, last = (one.replace(tzinfo=zone).astimezone(dt.UTC) for one in (start, end))
        module = None
        if school.modules and chance.random() < 0.6:
            module = f"m{(start.date() - school.first).days * school.modules // school.days + 1}"
        session = {
            "uid": f"{school.code}-s{n:03}@schoolapp.example", "no": n, "kind": "lecture",
            "title": f"Session {n}", "start_local": f"{start:%Y-%m-%dT%H:%M}",
            "end_local": f"{end:%Y-%m-%dT%H:%M}", "fold_end": 0, "tz": school.tz,
            "start_utc": f"{first:%Y-%m-%dT%H:%MZ}", "end_utc": f"{last:%Y-%m-%dT%H:%MZ}",
            "minutes": int((last - first).total_seconds()) // 60, "room": "hall",
            "floor_language": "en", "languages": ["en"], "audience": "all", "speakers": [],
            "interpretation": [], "module": module, "sequence": 0,
            "status": "cancelled" if n % 11 == 0 else "confirmed",
            "register": n % 7 != 0, "readings": [],
        }  # fmt: skip
        school.sessions.append(session)
        if n % 13 == 0 and session["register"] and session["status"] == "confirmed":
            school.lost.append(str(session["uid"]))


def _applies(session: dict[str, Any], part: dict[str, Any]) -> bool:
    stays = [part, *part.get("stays", ())]
    inside = any(
        stay["arrival"] <= session["start_local"] and session["end_local"] <= stay["departure"]
        for stay in stays
    )
    return inside and (session["module"] is None or session["module"] in part.get("modules", ()))


def _mark(school: School, chance: random.Random) -> None:
    for session in school.sessions:
        kept = session["register"] and session["status"] == "confirmed"
        for part in school.parts if kept and session["uid"] not in school.lost else ():
            if not _applies(session, part):
                continue
            status = chance.choice(["present"] * 6 + ["late", "left_early", "absent", "excused"])
            start, end = (
                dt.datetime.fromisoformat(session[key].replace("Z", "+00:00"))
                for key in ("start_utc", "end_utc")
            )
            came = start + dt.timedelta(minutes=chance.randint(5, 40) if status == "late" else 0)
            went = end - dt.timedelta(minutes=7 if status == "left_early" else 0)
            there = status in CAME
            school.marks.append(
                {
                    "session": session["uid"], "person": part["person"], "status": status,
                    "check_in": f"{came:%Y-%m-%dT%H:%MZ}" if there else "",
                    "check_out": f"{went:%Y-%m-%dT%H:%MZ}" if there else "",
                    "minutes": int((went - came).total_seconds()) // 60 if there else 0,
                    "method": chance.choice(["desk", "list", "qr"]) if there else "list",
                }
            )  # fmt: skip
    for n, part in enumerate(school.parts):
        for day in range(school.days) if school.camp else ():
            date = f"{school.first + day * DAY}"
            here = part["arrival"][:10] <= date <= part["departure"][:10]
            on_site = int(here and chance.random() < 0.9)
            school.on_site.append((date, part["person"], school.delegation(n), on_site))


def _files(made: list[School]) -> Iterator[tuple[str, str]]:
    people = [person for school in made for person in school.people]
    yield "people.json", json.dumps(people, ensure_ascii=False)
    yield "readings.json", "[]"
    for school in made:
        last = school.first + (school.days - 1) * DAY
        event: dict[str, Any] = {
            "id": school.code, "kind": "youth_camp" if school.camp else "school",
            "title": {"en": f"School {school.code}"}, "host_centre": None, "country": "PK",
            "tz": school.tz, "start_date": f"{school.first}", "end_date": f"{last}",
            "capacity": 99, "currency": "EUR", "working_languages": ["en"], "status": "completed",
            "fee_table": {}, "deadlines": {}, "participants": school.parts,
            "modules": [
                {"id": f"m{k}", "title": f"M {k}", "start": f"{school.first}", "end": f"{last}"}
                for k in range(1, school.modules + 1)
            ],
            "venue": {"name": "House", "city": "Town", "rooms": [
                {"id": "hall", "name": "Hall", "seats": 99, "booths": 0}]},
            "missing_registers": school.lost,
        }  # fmt: skip
        if school.camp:
            leaders = {school.delegation(n): p["person"] for n, p in enumerate(school.parts)}
            event["delegations"] = [
                {"id": key, "name": f"Team {key[-2:]}", "iso_country": "PH", "origin": "PH",
                 "leader": leader, "coordination": [leader], "announced": 9, "confirmed": 9,
                 "fee_band": "A", "due": None, "home_currency": "PHP"}
                for key, leader in sorted(leaders.items())
            ]  # fmt: skip
        package = {"event": event, "sessions": school.sessions}
        name = school.code.replace("-", "_")
        yield f"{name}.json", json.dumps(package, ensure_ascii=False)
        yield (
            f"{name}_attendance.csv",
            _csv([school.marks[0].keys(), *(mark.values() for mark in school.marks)]),
        )
        if school.camp:
            header = ("date", "person", "delegation", "on_site")
            yield f"{name}_daily_presence.csv", _csv([header, *school.on_site])


def _csv(rows: list[Any]) -> str:
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\n").writerows(rows)
    return page.getvalue()


@pytest.fixture(scope="module")
def made() -> list[School]:
    """Another seed makes other schools."""
    return schools(2031)


@pytest.fixture
def loaded(bare: Run, made: list[School], tmp_path: Path) -> Run:
    """Runs a command on a database made of the packages."""
    for name, text in _files(made):
        (tmp_path / name).write_text(text, "utf-8", newline="")
    file = tmp_path / "other.db"
    answer = bare("practice", "--into", file, "--from", tmp_path)
    assert (answer.status, answer.error) == (0, "")
    return lambda *arguments: bare(*arguments, "--database", file)


def report(run: Run, school: School, by: str, to: Path) -> list[dict[str, str]]:
    """The rows of a report, which are the same in xlsx."""
    for form in ("csv", "xlsx"):
        answer = run(
            *("export", "attendance", "--gathering", school.code, "--by", by),
            *("--format", form, "--to", to / f"{school.code}.{form}"),
        )
        assert (answer.status, answer.error) == (0, "")
    rows = rows_of(to / f"{school.code}.csv")
    book = CalamineWorkbook.from_path(to / f"{school.code}.xlsx").get_sheet_by_index(0)
    heads, *cells = book.to_python()
    assert len(cells) == len(rows)
    for number in set(heads) & {"minutes", "attended", "person_days", "persons"}:
        at = heads.index(number)
        assert sum(int(row[at] or 0) for row in cells) == sum(
            int(row[str(number)] or 0) for row in rows
        )
    return rows


def test_totals_of_other_schools_are_the_sums_of_their_rows(
    loaded: Run, made: list[School], tmp_path: Path
) -> None:
    """S42, S43, E15 to E18: per session, person, day and delegation, in any zone and size."""
    for school in made:
        uid = {person["id"]: person["uuid"] for person in school.people}
        reported = report(loaded, school, "session", tmp_path)
        marks = {
            (m["session"], uid[m["person"]]): (m["status"].replace("_", " "), str(m["minutes"]))
            for m in school.marks
        }
        lost = {
            (s["uid"], uid[p["person"]]): ("no register", "")
            for s in school.sessions
            for p in school.parts
            if s["uid"] in school.lost and _applies(s, p)
        }
        found = {(r["session"], r["person"]): (r["status"], r["minutes"]) for r in reported}
        assert lost or school.code == "ams-2031"
        assert found == marks | lost
        assert len(reported) == len(found)
        _check_people(school, report(loaded, school, "person", tmp_path), uid)
        _check_days(school, loaded, tmp_path)


def _check_people(school: School, rows: list[dict[str, str]], uid: dict[str, str]) -> None:
    length = {s["uid"]: s["minutes"] for s in school.sessions}
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for one in school.marks:
        sums[uid[one["person"]]] += Counter(
            sessions=1, attended=one["status"] in CAME, absent=one["status"] == "absent",
            hours=one["minutes"], hours_possible=length[one["session"]],
        )  # fmt: skip
    assert {row["person"] for row in rows} == {uid[part["person"]] for part in school.parts}
    for row in rows:
        mine = sums[row["person"]]
        for name in ("sessions", "attended", "absent"):
            assert int(row[name]) == mine[name]
        for name in ("hours", "hours_possible"):
            hours = (Decimal(mine[name]) / 60).quantize(Decimal("0.01"))
            assert Decimal(row[name]) == hours


def _check_days(school: School, run: Run, to: Path) -> None:
    days: Counter[str] = Counter()
    teams: Counter[str] = Counter()
    if school.camp:
        for date, _person, team, on_site in school.on_site:
            days[date] += on_site
            teams[f"Team {team[-2:]}"] += on_site
    else:
        start = {one["uid"]: one["start_local"][:10] for one in school.sessions}
        there = {(start[m["session"]], m["person"]) for m in school.marks if m["status"] in CAME}
        days.update(day for day, _person in there)
        teams[""] += len(there)
    by_day = {r["date"]: int(r["persons"] or 0) for r in report(run, school, "day", to)}
    assert {day: number for day, number in by_day.items() if number} == {
        day: number for day, number in days.items() if number
    }
    found = {r["delegation"]: int(r["person_days"]) for r in report(run, school, "delegation", to)}
    assert found == dict(teams)
