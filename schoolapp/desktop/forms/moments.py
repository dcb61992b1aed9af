"""The editor of a wall date and time, which also takes a time of the day it stands at."""

import datetime as dt

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.desktop.forms import reading
from schoolapp.desktop.forms.editors import ReadEditor
from schoolapp.desktop.look import formats

SENTENCE = mark("This is not a date and time. Write it as 20:00, +90 or 2027-06-29 9:30.")


class MomentEditor(ReadEditor[dt.datetime]):
    """A wall date and time: whole, a time of the day that was shown, or so many minutes later.

    ``20:00``, ``2000`` and ``20`` stand for a time of that day; ``+90`` for ninety minutes later.
    ``ends_after(start)`` makes it the end of something: a time is then the first after the start.
    """

    def __init__(self) -> None:
        super().__init__(self._read_moment, _write, formats.moment, SENTENCE, "29 6 2027 9:30")
        self._base: dt.datetime | None = None
        self._is_end = False

    def put(self, value: dt.datetime | None) -> None:
        """Show a moment."""
        super().put(value)
        if not self._is_end:
            self._base = value

    def ends_after(self, start: dt.datetime | None) -> None:
        """Read times as those of an end of what starts then."""
        self._base, self._is_end = start, True

    def _read_moment(self, text: str) -> dt.datetime | None:
        near = (self._base or clock.now()).date()
        return reading.read_moment(text, near) or self._on_the_day(text)

    def _on_the_day(self, text: str) -> dt.datetime | None:
        if self._base is None:
            return None
        if (later := reading.read_minutes(text)) is not None:
            return self._base + later
        time = reading.read_time(text)
        if time is None:
            return None
        found = dt.datetime.combine(self._base.date(), time)
        next_day = self._is_end and found <= self._base
        return found + dt.timedelta(days=1) if next_day else found


def _write(value: dt.datetime) -> str:
    """``2027-06-29 09:30``."""
    return f"{value:%Y-%m-%d %H:%M}"
