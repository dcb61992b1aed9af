"""The files that other programs read, and the instants that zoneinfo gives for what they hold.

Every zone gets a name of its own that no program knows, so that none can use data of its own.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from schoolapp import cli
from schoolapp.base import clock
from schoolapp.base.shipped import folder
from schoolapp.exchange.calendars import CalendarGathering, Calendars, CalendarSession
from schoolapp.exchange.calendars.zones import changes_between

GATHERINGS = {
    "gjs2027": "gjs2027_amsterdam",
    "camp2027": "camp2027_youth_camp",
    "eco2027": "eco2027_manila",
    "eco-isb-2027": "eco_isb2027_islamabad",
}
ZONES = (
    ("Africa/Casablanca", 2026),  # Ramadan, and in September the last change of all
    ("Africa/Casablanca", 2027),
    ("America/Santiago", 2027),
    ("Africa/Cairo", 2027),
    ("Asia/Gaza", 2027),
    ("Australia/Lord_Howe", 2027),
)
LENGTH = dt.timedelta(hours=3)
Times = dict[str, list[str]]
"""Start and end in UTC by the UID of the session."""


@dataclass(frozen=True, slots=True)
class Case:
    """A calendar of one gathering, and the instants of its sessions."""

    name: str
    data: bytes
    times: Times


def practice_cases(database: Path, work: Path) -> Iterator[Case]:
    """The programmes of the four practice gatherings, as ``export calendar`` writes them."""
    events = folder("data") / "practice" / "events"
    for code, package in GATHERINGS.items():
        out = work / code
        export = ("export", "calendar", "--gathering", code, "--database", str(database))
        assert cli.run([*export, "--to", str(out)]) == 0
        sessions = json.loads((events / f"{package}.json").read_text("utf-8"))["sessions"]
        times = {
            one["uid"]: [
                _instant(one["start_local"], one["tz"], 0),
                _instant(one["end_local"], one["tz"], one["fold_end"]),
            ]
            for one in sessions  # cancelled ones too: a calendar that had them must be informed
        }
        yield Case(code, private((out / "programme.ics").read_bytes()), times)


def zone_cases() -> Iterator[Case]:
    """A gathering of a whole year in each zone whose law is not a yearly rule."""
    for tz, year in ZONES:
        sessions = [
            CalendarSession(
                uid=f"{tz}-{wall:%Y%m%d%H}", title="Session", kind="lecture", start=wall,
                end=wall + LENGTH, tz=tz, modified=clock.now(), created=clock.now(),
                room_name="", venue="", city=tz,
            )
            for wall in walls(tz, year)
        ]  # fmt: skip
        times = {
            one.uid: [_instant(moment.isoformat(), tz, 0) for moment in (one.start, one.end)]
            for one in sessions
        }
        made = Calendars(_gathering(tz, year), sessions).programme()
        yield Case(f"{tz} {year}", private(made), times)


def walls(tz: str, year: int) -> list[dt.datetime]:
    """Wall times of a year: every third day, and each hour around a change of the clock.

    Those that do not exist are left out, and where the end would not.
    """
    first = dt.datetime(year, 1, 2, 10)  # noqa: DTZ001
    days = [first + dt.timedelta(days=n) for n in range(0, 360, 3)]
    near = [
        change.onset.replace(minute=0) + dt.timedelta(hours=n)
        for change in changes_between(tz, year, year)
        for n in range(-8, 9)
    ]
    chosen = sorted({wall for wall in (*days, *near) if wall.year == year})
    return [w for w in chosen if clock.exists(w, tz) and clock.exists(w + LENGTH, tz)]


def private(data: bytes) -> bytes:
    """The file with zone names that no program can look up."""
    lines = data.decode().split("\r\n")
    renamed = (
        line.replace("TZID:", "TZID:Private/").replace("TZID=", "TZID=Private/") for line in lines
    )
    return "\r\n".join(renamed).encode()


def _instant(wall: str, tz: str, fold: int) -> str:
    moment = dt.datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(tz), fold=fold)
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}"


def _gathering(tz: str, year: int) -> CalendarGathering:
    return CalendarGathering(
        uid=tz,
        title=tz,
        start_date=dt.date(year, 1, 1),
        end_date=dt.date(year, 12, 31),
        tz=tz,
        venue="",
        city=tz,
        organizer_name="Office",
        organizer_address="school@example.org",
    )
