"""Presence: on which days a person is known to have been on site, from what was recorded.

Three numbers are kept apart: who is planned (stays), who arrived (the desk, a list or a register
has seen them), and who attended (the marks of registers).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken

_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Recorded:
    """What was recorded of one person; all days are local days of the gathering.

    ``listed`` is what day lists say; ``registers`` what the sessions of a day say together, True if
    the person came to one of them. ``arrivals`` are the days of checking in and out, the second
    None as long as nobody has checked the person out.
    """

    listed: dict[dt.date, bool] = field(default_factory=dict)
    registers: dict[dt.date, bool] = field(default_factory=dict)
    arrivals: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)

    def note_session(self, day: dt.date, came: bool) -> None:
        """Add what one register says: one session attended makes the day a day on site."""
        self.registers[day] = came or self.registers.get(day, False)


def known_days(recorded: Recorded, first: dt.date, last: dt.date) -> dict[dt.date, bool]:
    """Each day of which something is known, True for a day on site: a person-day (S43).

    A day counts if somebody recorded it, or if it lies between a recorded arrival and a recorded
    departure: on a free day there is no register. Where the list of a day names the person it has
    the last word, so that a wrong mark can be put right for the day. Arrivals count from the
    ``first`` to the ``last`` day of the gathering, since days of travel are added apart. Without a
    departure only the day of arrival is known. Stays are plans and do not count, and neither does
    the clock: the same records give the same days for ever.
    """
    known = dict(recorded.registers)
    for came, left in recorded.arrivals:
        spanned = days_from(max(came, first), min(max(left or came, came), last))
        known |= dict.fromkeys(spanned, True)
    return known | recorded.listed


def days_from(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The days from one to another, both included; none if the last lies before the first."""
    day = first
    while day <= last:
        yield day
        day += _DAY


def need_recorded(recorded: bool) -> None:
    """``RuleBroken`` where nothing is recorded of presence: no figure could be true."""
    if not recorded:
        raise RuleBroken(
            mark(
                "Nothing is recorded yet of who was there: no check-in, no register and no day"
                " list. Record presence in Attendance first, or ask for the planned figures."
            )
        )
