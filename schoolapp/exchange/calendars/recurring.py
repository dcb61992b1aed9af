"""When an event of somebody else's calendar takes place, as often as it does, within bounds."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.calendars.components import Component
from schoolapp.exchange.calendars.moments import Zones, length

Span = tuple[dt.datetime, dt.datetime]
Moment = dt.datetime | dt.date
MOST_STEPS = 20_000  # occurrences of one rule that are looked at
MOST_VALUES = 1_000  # dates that are named one by one
MOST_TIMES = 24  # of a day, by BYHOUR and the like
WIDEST = 366  # INTERVAL
RARE = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 0, "YEARLY": 0}
"""Valid frequencies with the days of one, 0 where it has no fixed number."""
DAY = dt.timedelta(days=1)
_PART = re.compile(r"[A-Z-]+=[A-Z0-9,+:-]+")
_NUMBER = re.compile(r"\d{1,9}")

TOO_OFTEN = mark("An entry of the calendar repeats more often than daily: it was not read.")
TOO_MANY = mark("An entry of the calendar repeats without measure: it was not read.")


def occurrences(
    event: Component, zones: Zones, first: dt.datetime, last: dt.datetime, moved: Collection[str]
) -> Iterator[Span]:
    """The times of an event that meet the time from ``first`` to ``last``, in UTC.

    ``moved`` are the originals of occurrences that the file lists on their own (RECURRENCE-ID),
    as ``key`` writes them. ``RuleBroken`` for a rule beyond all bounds, ``ValueError`` and
    ``OverflowError`` for an event that cannot be read.
    """
    rule = _parts(event.value("RRULE")) if "RRULE" in event.lines else {}
    start = zones.moment(*event.lines["DTSTART"][0])
    lasting = _lasting(event, zones, start)
    if lasting <= dt.timedelta(0):
        return
    gone = {key(one) for one in _named(event, "EXDATE", zones)} | set(moved)
    begun = _utc(start, zones)
    earliest = first - lasting
    for one in (*_ruled(rule, start, zones, earliest, last), *_named(event, "RDATE", zones)):
        if key(one) in gone:
            continue
        moment = _utc(one, zones)
        end = _utc(one + lasting, zones) if _is_day(one) else moment + lasting
        if moment >= begun and moment < last and end > first:
            yield moment, end


def key(moment: Moment) -> str:
    """A moment as text, the same in each zone."""
    if isinstance(moment, dt.datetime):
        return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%S}"
    return moment.isoformat()


def _ruled(
    rule: dict[str, str], start: Moment, zones: Zones, first: dt.datetime, last: dt.datetime
) -> Iterator[Moment]:
    """The first occurrence and those of the rule, from about ``first`` until ``last``."""
    if not rule:
        yield start
        return
    if isinstance(start, dt.datetime):
        zone, wall = start.tzinfo, start.replace(tzinfo=None)
    else:
        zone, wall = zones.usual, dt.datetime.combine(start, dt.time())
    until = _until(rule.pop("UNTIL", ""), zones, zone)
    low, high = (one.astimezone(zone).replace(tzinfo=None) for one in (first - DAY, last))
    if "COUNT" not in rule:
        wall = _nearer(wall, low, rule)
    for steps, one in enumerate(_expanded(rule, wall)):
        if steps > MOST_STEPS:
            raise RuleBroken(TOO_MANY)
        if one >= high or (until is not None and one > until):
            return
        if one >= low:
            yield one.date() if _is_day(start) else one.replace(tzinfo=zone)


def _expanded(rule: dict[str, str], wall: dt.datetime) -> Iterable[dt.datetime]:
    from dateutil.rrule import rrulestr

    text = ";".join(f"{name}={value}" for name, value in rule.items())
    series: Iterable[dt.datetime] = rrulestr(text, dtstart=wall)
    return series


def _parts(text: str) -> dict[str, str]:
    """The parts of a rule; ``RuleBroken`` for one that would not end in a lifetime."""
    parts = [part for part in text.strip().upper().split(";") if part]
    if not all(_PART.fullmatch(part) for part in parts):
        raise ValueError("an empty rule")
    rule = dict(part.split("=", 1) for part in parts)
    if rule.get("FREQ") in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise RuleBroken(TOO_OFTEN)
    if rule.get("FREQ") not in RARE:
        raise ValueError("the rule has no frequency")
    for name in ("INTERVAL", "COUNT"):
        if name in rule and not _NUMBER.fullmatch(rule[name]):
            raise ValueError("this is not a number")
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= 1 + rule.get(name, "").count(",")
    if not 1 <= int(rule.get("INTERVAL", "1")) <= WIDEST or times > MOST_TIMES:
        raise RuleBroken(TOO_MANY)
    return rule


def _nearer(wall: dt.datetime, low: dt.datetime, rule: dict[str, str]) -> dt.datetime:
    """A later beginning of the same series: thirty years of days need not be counted one by one."""
    days = RARE[rule["FREQ"]] * int(rule.get("INTERVAL", "1"))
    if not days or wall >= low:
        return wall
    return wall + dt.timedelta(days=days * max(0, (low - wall).days // days - 1))


def _until(text: str, zones: Zones, zone: dt.tzinfo | None) -> dt.datetime | None:
    """The last moment of a rule in the wall time of its event."""
    if not text:
        return None
    moment = zones.moment({}, text)
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, dt.time.max)
    local = moment.astimezone(zone) if text.endswith("Z") else moment
    return local.replace(tzinfo=None)


def _named(event: Component, name: str, zones: Zones) -> list[Moment]:
    """The moments of EXDATE or RDATE; of a period the beginning."""
    values = [
        (parameters, value)
        for parameters, text in event.lines.get(name, ())
        for value in text.split(",")
    ]
    if len(values) > MOST_VALUES:
        raise RuleBroken(TOO_MANY)
    return [zones.moment(parameters, value.partition("/")[0]) for parameters, value in values]


def _lasting(event: Component, zones: Zones, start: Moment) -> dt.timedelta:
    if "DTEND" in event.lines:
        end = zones.moment(*event.lines["DTEND"][0])
        if _is_day(start) != _is_day(end):
            raise ValueError("a day cannot be mixed with a time")
        return end - start if _is_day(start) else _utc(end, zones) - _utc(start, zones)
    if "DURATION" in event.lines:
        return length(event.value("DURATION"))
    return DAY if _is_day(start) else dt.timedelta(0)


def _utc(moment: Moment, zones: Zones) -> dt.datetime:
    """The aware moment in UTC; a day begins with its midnight in the usual zone."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(), tzinfo=zones.usual)
    return moment.astimezone(dt.UTC)


def _is_day(moment: Moment) -> bool:
    return not isinstance(moment, dt.datetime)
