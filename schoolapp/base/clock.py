"""What time it is, and what wall time means in a zone: the one place that knows zone data.

The zone data are those of the ``tzdata`` package, never the system's, so that every desk agrees.
"""

import datetime as dt
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(to=())

_now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)  # noqa: E731 - replaced by at()


def now() -> dt.datetime:
    """The present moment, aware, in UTC, whole seconds."""
    return _now().replace(microsecond=0)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let ``now()`` answer this aware moment inside the block (tests, the practice tour)."""
    global _now
    before, _now = _now, lambda: moment
    try:
        yield
    finally:
        _now = before


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; ``ValueError`` if the pinned data do not know it."""
    try:
        return ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as trouble:
        raise ValueError(f"{name} is no time zone") from trouble


def to_utc(wall: dt.datetime, tz: str, fold: int = 0) -> dt.datetime:
    """The aware UTC moment of a naive wall time; ``fold`` chooses in a repeated hour (PEP 495)."""
    return wall.replace(tzinfo=zone(tz), fold=fold).astimezone(dt.UTC)


def to_wall(moment: dt.datetime, tz: str) -> dt.datetime:
    """The naive wall time of an aware moment in a zone."""
    wall = moment.astimezone(zone(tz))
    return dt.datetime.combine(wall.date(), wall.time())  # replace() takes ten times as long


def exists(wall: dt.datetime, tz: str) -> bool:
    """Whether the wall time occurs at all (in the spring gap it does not)."""
    return to_wall(to_utc(wall, tz), tz) == wall.replace(fold=0)
