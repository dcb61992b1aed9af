"""VTIMEZONE blocks that every calendar program reads right, from the pinned zone data.

The yearly rule comes from the POSIX footer of the zone's file (RFC 8536 3.3) and is written as an
RRULE from 1970 on, with onsets in the local time before the change (RFC 5545 3.6.5). Where the
rule does not hold in the years that matter (Ramadan in Casablanca, a change by decree) each change
is an observance of its own: readers take only the first of a list of RDATEs, and ical.js forgets
the DTSTART beside any.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schoolapp.base import clock

_STEP = dt.timedelta(hours=6)  # no zone changes twice within six hours
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall time
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_NAME = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)"
_OFFSET = r"([+-]?\d{1,2}(?::\d{2}){0,2})"
_FOOTER = re.compile(rf"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?,([^,]+),([^,]+))?")
_RULE = re.compile(r"M(\d{1,2})\.([1-5])\.([0-6])(?:/(-?\d{1,3}(?::\d{2}){0,2}))?")


@dataclass(frozen=True, slots=True)
class Change:
    """A moment (naive UTC) at which the offset changes, and the abbreviation used from then on."""

    at: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str

    @property
    def onset(self) -> dt.datetime:
        """The wall time at which it happens, in the offset before it."""
        return self.at + self.before


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """The day and hour of a change in any year: the ``week``-th ``day`` of ``month`` (5 = last)."""

    month: int
    week: int
    day: int
    hour: dt.timedelta
    before: dt.timedelta
    after: dt.timedelta
    name: str

    def in_year(self, year: int) -> Change:
        """The change of that year."""
        first = dt.datetime(year, self.month, 1)  # noqa: DTZ001 - a wall time
        ahead = (self.day - (first.weekday() + 1)) % 7
        date = first + dt.timedelta(days=ahead, weeks=self.week - 1)
        if date.month != self.month:
            date -= dt.timedelta(weeks=1)
        return Change(date + self.hour - self.before, self.before, self.after, self.name)

    def lines(self) -> list[str]:
        """The observance that begins with this change, as an RRULE from 1970 on."""
        week = -1 if self.week == 5 else self.week
        rule = f"RRULE:FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{_DAYS[self.day]}"
        return _observance(self.in_year(1970), rule)


@cache
def timezone_block(tz: str, first_year: int, last_year: int) -> bytes:
    """The VTIMEZONE of an IANA zone, right for the years named (both included).

    ``ValueError`` if the pinned data do not know the zone.
    """
    changes = tuple(changes_between(tz, first_year, last_year))
    rules = _yearly_rules(tz)
    years = range(first_year, last_year + 1)
    if rules and sorted((r.in_year(y) for r in rules for y in years), key=_moment) == [*changes]:
        body = [line for rule in rules for line in rule.lines()]
    else:
        body = _listed(tz, first_year, changes)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tz}", *body, "END:VTIMEZONE", ""]
    return "\r\n".join(lines).encode("ascii")


def changes_between(tz: str, first_year: int, last_year: int) -> Iterator[Change]:
    """Every change of offset or abbreviation in the years, to the second, as zoneinfo knows it."""
    low = dt.datetime(first_year, 1, 1)  # noqa: DTZ001 - naive UTC
    end = dt.datetime(last_year + 1, 1, 1)  # noqa: DTZ001 - naive UTC
    old = _state(tz, low)
    while low < end:
        high = low + _STEP
        new = _state(tz, high)
        if new != old:
            yield Change(_change_within(tz, low, high), old[0], *new)
        low, old = high, new


def _change_within(tz: str, low: dt.datetime, high: dt.datetime) -> dt.datetime:
    old = _state(tz, low)
    while high - low > dt.timedelta(seconds=1):
        middle = low + dt.timedelta(seconds=(high - low) // dt.timedelta(seconds=2))
        low, high = (middle, high) if _state(tz, middle) == old else (low, middle)
    return high


def _state(tz: str, moment: dt.datetime) -> tuple[dt.timedelta, str]:
    local = moment.replace(tzinfo=dt.UTC).astimezone(clock.zone(tz))
    offset, name = local.utcoffset(), local.tzname()
    assert offset is not None
    assert name is not None
    return offset, name


def _moment(change: Change) -> dt.datetime:
    return change.at


def _yearly_rules(tz: str) -> tuple[YearlyRule, YearlyRule] | None:
    """The two rules of the footer; ``None`` if it has no such pair that an RRULE can say."""
    found = _FOOTER.fullmatch(_footer(tz))
    if found is None or found[3] is None:
        return None
    winter, summer = -_seconds(found[2]), -_seconds(found[4] or "0")
    if found[4] is None:
        summer = winter + dt.timedelta(hours=1)
    begin = _rule(found[5], winter, summer, found[3])
    end = _rule(found[6], summer, winter, found[1])
    return (begin, end) if begin and end else None


def _rule(text: str, before: dt.timedelta, after: dt.timedelta, name: str) -> YearlyRule | None:
    found = _RULE.fullmatch(text)
    hour = _seconds((found and found[4]) or "2")
    if found is None or not dt.timedelta(0) <= hour < dt.timedelta(days=1):
        return None
    month, week, day = int(found[1]), int(found[2]), int(found[3])
    return YearlyRule(month, week, day, hour, before, after, name.strip("<>"))


def _footer(tz: str) -> str:
    clock.zone(tz)  # refuses what is not a zone
    place = files("tzdata") / "zoneinfo"
    for part in tz.split("/"):  # one by one: the frozen program's joinpath takes no more
        place = place / part
    data = place.read_bytes()
    return data.rsplit(b"\n", 2)[-2].decode("ascii")


def _seconds(text: str) -> dt.timedelta:
    hours, minutes, seconds = (int(part) for part in (text.lstrip("+-") + ":0:0").split(":")[:3])
    size = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if text.startswith("-") else size


def _listed(tz: str, first_year: int, changes: tuple[Change, ...]) -> list[str]:
    offset, name = _state(tz, dt.datetime(first_year, 1, 1))  # noqa: DTZ001 - naive UTC
    lines = _observance(Change(_EPOCH - offset, offset, offset, name))
    return [*lines, *(line for change in changes for line in _observance(change))]


def _observance(first: Change, *rule: str) -> list[str]:
    kind = "DAYLIGHT" if first.after > first.before else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{first.onset:%Y%m%dT%H%M%S}",
        *rule,
        f"TZOFFSETFROM:{_offset(first.before)}",
        f"TZOFFSETTO:{_offset(first.after)}",
        f"TZNAME:{first.name}",
        f"END:{kind}",
    ]


def _offset(offset: dt.timedelta) -> str:
    sign, size = ("-", -offset) if offset < dt.timedelta(0) else ("+", offset)
    minutes, seconds = divmod(int(size.total_seconds()), 60)
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
