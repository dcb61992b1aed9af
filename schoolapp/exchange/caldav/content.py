"""What a session in a calendar says, apart from how a server or another program writes it down."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from hashlib import sha256

from schoolapp.exchange.calendars.components import Component, Unreadable, components, decoded
from schoolapp.exchange.calendars.moments import Zones, length

TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
WORDS = ("SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "URL")
_ESCAPED = re.compile(r"\\([nN,;\\])")


@dataclass(frozen=True, slots=True)
class Seen:
    """A session as a person compares it: wall time of its zone, or none if it cannot be read."""

    title: str
    start: dt.datetime | None
    end: dt.datetime | None
    place: str


def digest(body: bytes) -> str:
    """A hash of what people see of a calendar object: times, words, rules of repetition.

    Alarms, marks of other programs, stamps, the order of lines and the way zones are written
    do not count: two objects with one digest need no push and no question.
    """
    events = _events(body)
    if not events:
        return sha256(body).hexdigest()
    seen = sorted(_comparable(event, zones) for event, zones in events)
    return sha256(json.dumps(seen).encode()).hexdigest()


def seen(body: bytes) -> Seen:
    """The first event of an object, as far as it can be read."""
    for event, zones in _events(body)[:1]:
        start, end = _span(event, zones)
        return Seen(_plain(event.value("SUMMARY")), start, end, _plain(event.value("LOCATION")))
    return Seen("", None, None, "")


def _events(body: bytes) -> list[tuple[Component, Zones]]:
    text = decoded(body, None) or ""
    try:
        calendars = components(text)
    except Unreadable:
        return []
    return [
        (part, Zones("UTC", calendar))
        for calendar in calendars
        for part in calendar.parts
        if part.name == "VEVENT"
    ]


def _comparable(event: Component, zones: Zones) -> list[list[str]]:
    lines = [[name, _plain(event.value(name))] for name in WORDS if event.value(name)]
    for name in TIMES:
        found = event.lines.get(name, ())
        values = sorted(_time(zones, p, one) for p, value in found for one in value.split(","))
        lines += [[name, one] for one in values]
    lines += [["RRULE", value] for _parameters, value in event.lines.get("RRULE", ())]
    if "DURATION" in event.lines and "DTEND" not in event.lines:
        _start, end = _span(event, zones)
        lines.append(["DTEND", end.astimezone(dt.UTC).isoformat() if end else "?"])
    return sorted(lines)


def _time(zones: Zones, parameters: dict[str, str], value: str) -> str:
    try:
        moment = zones.moment(parameters, value)
    except ValueError:
        return value
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.UTC).isoformat()
    return moment.isoformat()


def _span(event: Component, zones: Zones) -> tuple[dt.datetime | None, dt.datetime | None]:
    ends: list[dt.datetime | None] = []
    for name in ("DTSTART", "DTEND"):
        try:
            moment = zones.moment(*event.lines[name][0])
        except (KeyError, ValueError):
            ends.append(None)
            continue
        if not isinstance(moment, dt.datetime):
            moment = dt.datetime.combine(moment, dt.time(), tzinfo=zones.usual)
        ends.append(moment)
    start, end = ends
    if end is None and start is not None and (lasting := event.value("DURATION")):
        try:
            end = start + length(lasting)
        except (ValueError, OverflowError):
            end = None
    return start, end


def _plain(text: str) -> str:
    """The words of a TEXT value, with their line breaks and without spaces at their ends."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()
