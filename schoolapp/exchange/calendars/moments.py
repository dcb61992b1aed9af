"""Reads the times of a calendar that came in: UTC, local in a zone of whatever name, or a day."""

import datetime as dt
import re
from functools import cache
from typing import Any

from schoolapp.base import clock
from schoolapp.exchange.calendars.components import Component

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?"
)


class Zones:
    """What the zone names of one file mean; ``usual`` stands for times without any zone.

    A name of the IANA data counts as that zone, whatever the file says about it; so do the names
    of Windows and those that end in an IANA name. Else the file's own VTIMEZONE decides.
    """

    def __init__(self, usual: str, calendar: Component | None = None) -> None:
        self._own: dict[str, Component] = {}
        for part in calendar.parts if calendar is not None else ():
            if part.name == "VTIMEZONE":
                self._own[part.value("TZID")] = part
        named = calendar.value("X-WR-TIMEZONE") if calendar is not None else ""
        self.usual = known_zone(named) or clock.zone(usual)
        self._found: dict[str, dt.tzinfo] = {}

    def zone(self, name: str) -> dt.tzinfo:
        """The zone of a TZID; ``ValueError`` if neither we nor the file know it."""
        if name not in self._found:
            self._found[name] = known_zone(name) or self._described(name)
        return self._found[name]

    def moment(self, parameters: dict[str, str], value: str) -> dt.datetime | dt.date:
        """A DTSTART or its like: aware for a time, a date for a day; ``ValueError`` for neither."""
        found = _TIME.fullmatch(value.strip().upper())
        if found is None:
            raise ValueError(f"{value[:40]} is not a time")
        day = dt.date(*(int(part) for part in found.groups()[:3]))
        if found[4] is None:
            return day
        hour, minute, second = (int(part) for part in found.groups()[3:6])
        time = dt.time(hour, minute, min(second, 59))  # there are no leap seconds here
        tz = self.zone(parameters["TZID"]) if "TZID" in parameters else self.usual
        return dt.datetime.combine(day, time, tzinfo=dt.UTC if found[7] else tz)

    def _described(self, name: str) -> dt.tzinfo:
        """The zone as the file describes it; the location that some programs add decides first."""
        part = self._own.get(name)
        if part is None:
            raise ValueError("the zone is not described")
        return known_zone(part.value("X-LIC-LOCATION")) or _as_described(name, part)


def length(text: str) -> dt.timedelta:
    """A DURATION (RFC 5545, 3.3.6), at most 999,999 of each unit; ``ValueError`` otherwise."""
    found = _LENGTH.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise ValueError("this is not a duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    size = dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -size if found[1] == "-" else size


@cache
def known_zone(name: str) -> dt.tzinfo | None:
    """The zone that a name stands for, of the IANA data or of Windows."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    plain = name.strip().strip('"')
    parts = plain.split("/")
    for tried in (plain, WINDOWS_TO_OLSON.get(plain, ""), "/".join(parts[-2:])):
        try:
            if tried and not tried.startswith((".", "/")):
                return clock.zone(tried)
        except ValueError:
            continue
    return None


def _as_described(name: str, part: Component) -> dt.tzinfo:
    """What icalendar makes of a VTIMEZONE; whatever it raises on broken ones is caught."""
    from icalendar import Calendar

    lines = ["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", f"TZID:{name}"]
    for rule in part.parts:
        lines.append(f"BEGIN:{rule.name}")
        for key in ("DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"):
            lines += [f"{key}:{value}" for _parameters, value in rule.lines.get(key, ())]
        lines.append(f"END:{rule.name}")
    text = "\r\n".join([*lines, "END:VTIMEZONE", "END:VCALENDAR", ""])
    try:
        described: Any = Calendar.from_ical(text).walk("VTIMEZONE")[0]
        zone: dt.tzinfo = described.to_tz()
    except Exception as trouble:
        raise ValueError("the zone cannot be read") from trouble
    return zone
