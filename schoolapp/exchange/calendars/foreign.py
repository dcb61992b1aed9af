"""Reads from somebody else's calendar when they are busy, in a process of its own, and no more.

Nothing but times leaves the process (``exchange.apart``): what a speaker has to do elsewhere is
nobody's business. Entries that say they block no time, or are cancelled, do not count.
"""

import datetime as dt
import json
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from schoolapp.base.language import _, mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange import apart
from schoolapp.exchange.calendars.components import Component, Unreadable, components, decoded
from schoolapp.exchange.calendars.moments import Zones, length
from schoolapp.exchange.calendars.recurring import Span, key, occurrences

MOST_SPANS = 1_000
READER = apart.Reader(
    "read-calendar-apart",
    apart.Limits(
        file_bytes=5_000_000, memory=1 << 29, memory_watched=400_000_000, cpu_seconds=5,
        wall_seconds=15, answer_bytes=2_000_000,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BusyCalendar:
    """Times in UTC, in order and apart; ``unread`` counts the entries that were not understood."""

    spans: tuple[Span, ...]
    unread: int


def read_busy(
    data: bytes,
    *,
    first: dt.datetime,
    last: dt.datetime,
    tz: str,
    ours: Collection[str] = frozenset(),
) -> BusyCalendar:
    """When the owner of a calendar is busy from ``first`` to ``last``; ``RuleBroken`` if it cannot
    be read.

    ``tz`` is that of days and of times without a zone. Entries with a UID of ``ours`` do not count:
    a person who accepted one of our sessions is not busy elsewhere.
    """
    words = (first.isoformat(), last.isoformat(), tz)
    unread, *rows = [json.loads(line) for line in READER.ask(data, *words)]
    found = [
        (max(dt.datetime.fromisoformat(start), first), min(dt.datetime.fromisoformat(end), last))
        for uid, start, end in rows
        if uid not in ours
    ]
    return BusyCalendar(tuple(_joined(found)), unread)


def main(words: list[str], source: BinaryIO, out: BinaryIO) -> int:
    """Read the file on ``source`` and answer on ``out``; 0 if it was read, 1 if it was refused."""
    first, last = (dt.datetime.fromisoformat(word) for word in words[:2])
    data = source.read(READER.limits.file_bytes + 1)
    return apart.answer(lambda: _lines(data, first, last, words[2]), out)


def run_limited() -> int:
    """The child's own start: limits first, then the file."""
    apart.limit_itself(READER.limits)
    return main(sys.argv[-3:], sys.stdin.buffer, sys.stdout.buffer)


def _lines(data: bytes, first: dt.datetime, last: dt.datetime, tz: str) -> Iterator[bytes]:
    READER.check_size(len(data))
    rows: list[tuple[str, Span]] = []
    unread = 0
    for calendar in _calendars(data):
        zones = Zones(tz, calendar)
        moved = _moved(calendar, zones)
        for part in calendar.parts:
            try:
                spans = list(_busy(part, zones, first, last, moved))
            except RuleBroken:
                raise
            except Exception:  # a broken entry may raise anything; it is counted and reported
                unread += 1
                continue
            rows += [(part.value("UID"), span) for span in spans]
            if len(rows) > MOST_SPANS:
                raise RuleBroken(
                    mark("The calendar has more than {limit} entries in these days."),
                    limit=MOST_SPANS,
                )
    yield apart.line(unread)
    for uid, (start, end) in rows:
        yield apart.line([uid, start.isoformat(), end.isoformat()])


def _calendars(data: bytes) -> list[Component]:
    try:
        found = [one for one in components(decoded(data, None) or "") if one.name == "VCALENDAR"]
    except Unreadable as broken:
        if broken.beyond_measure:
            raise RuleBroken(
                mark("The calendar is nested or divided beyond all measure: it was not read.")
            ) from broken
        raise RuleBroken(mark("The calendar is broken: {what}."), what=_(broken.what)) from broken
    if not found:
        raise RuleBroken(
            mark("There is no calendar in this file. Choose a file that ends in .ics.")
        )
    return found


def _moved(calendar: Component, zones: Zones) -> dict[str, list[str]]:
    """The originals of occurrences that are listed on their own, by UID."""
    found: dict[str, list[str]] = {}
    for part in calendar.parts:
        if "RECURRENCE-ID" in part.lines:
            try:
                original = zones.moment(*part.lines["RECURRENCE-ID"][0])
            except ValueError:
                continue
            found.setdefault(part.value("UID"), []).append(key(original))
    return found


def _busy(
    part: Component,
    zones: Zones,
    first: dt.datetime,
    last: dt.datetime,
    moved: dict[str, list[str]],
) -> Iterator[Span]:
    if part.name == "VFREEBUSY":
        yield from _published_spans(part, zones, first, last)
    elif part.name == "VEVENT" and _blocks(part):
        own = "RECURRENCE-ID" in part.lines
        yield from occurrences(
            part, zones, first, last, () if own else moved.get(part.value("UID"), ())
        )


def _blocks(event: Component) -> bool:
    """Whether an event takes up time; Outlook says so in a property of its own."""
    return (
        event.value("STATUS").upper() != "CANCELLED"
        and event.value("TRANSP").upper() != "TRANSPARENT"
        and event.value("X-MICROSOFT-CDO-BUSYSTATUS").upper() != "FREE"
    )


def _published_spans(
    part: Component, zones: Zones, first: dt.datetime, last: dt.datetime
) -> Iterator[Span]:
    """The periods of a published free-and-busy list (RFC 5545, 3.8.2.6)."""
    for parameters, text in part.lines.get("FREEBUSY", ()):
        if parameters.get("FBTYPE", "BUSY").upper() == "FREE":
            continue
        for period in text.split(","):
            begin, _slash, end = period.partition("/")
            start = zones.moment({}, begin)
            if not isinstance(start, dt.datetime):
                raise ValueError("a period needs times, not days")
            after = start + length(end) if end.upper().startswith("P") else zones.moment({}, end)
            if isinstance(after, dt.datetime) and start < last and after > first:
                yield start.astimezone(dt.UTC), after.astimezone(dt.UTC)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same time in spans that do not meet, in order."""
    running: Span | None = None
    for start, end in sorted(spans):
        if running is not None and start <= running[1]:
            running = running[0], max(running[1], end)
            continue
        if running is not None:
            yield running
        running = start, end
    if running is not None:
        yield running
