"""When somebody was born, as far as it is known: a day, or only a month or a year (E29).

A part of a date is kept as it was given, ``1990`` or ``1990-05``, and never made whole. Whatever
needs an age asks for the span in which the age must lie, and says "not certain" where the span
does not decide.
"""

import datetime as dt
import re
from bisect import bisect_right
from calendar import monthrange

from schoolapp.domain.reading_cells.dates import age_on, month_of, western

FULL_AGE = 18
AGE_LIMITS = (FULL_AGE, 26, 36, 51)
"""The ages at which the next group of ages begins, in counts for meetings and for funders."""
_PART = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_WORD = re.compile(r"([^\W\d_]+)\.?,?\s+(?:(?:de|del|ng|of)\s+)?(\d{4})")


def read_part(text: str) -> str | None:
    """The year or month that a text names and nothing else: ``1990``, ``05/1990``, ``May 1990``."""
    plain = western(text)
    if plain.isdigit():
        return plain if len(plain) == 4 else None
    if match := _YEAR_FIRST.fullmatch(plain):
        return _part(match[1], int(match[2]))
    if match := _MONTH_FIRST.fullmatch(plain):
        return _part(match[2], int(match[1]))
    match = _WORD.fullmatch(plain)
    month = month_of(match[1]) if match else None
    return _part(match[2], month) if match and month else None


def age_group_of(age: int) -> int:
    """Which group of ages this one belongs to, from 0 for minors on."""
    return bisect_right(AGE_LIMITS, age)


def is_part(text: str) -> bool:
    """Whether a text has the form in which a part is kept."""
    match = _PART.fullmatch(text)
    return match is not None and int(match[1]) > 0


def is_part_of(text: str, born: dt.date) -> bool:
    """Whether a whole date says all that a part of one does: 1998 of 17 May 1998."""
    return born.isoformat().startswith(text)


def span(born: dt.date | None, part: str | None) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which the person may have been born; None: not known."""
    if born is not None:
        return born, born
    if not part:
        return None
    year, _dash, month = part.partition("-")
    if not month:
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    last = monthrange(int(year), int(month))[1]
    return dt.date(int(year), int(month), 1), dt.date(int(year), int(month), last)


def ages(born: dt.date | None, part: str | None, day: dt.date) -> tuple[int, int] | None:
    """The least and the greatest age that the person may have on a day; None: not known."""
    found = span(born, part)
    return (age_on(found[1], day), age_on(found[0], day)) if found else None


def certain_age(born: dt.date | None, part: str | None, day: dt.date) -> int | None:
    """The age on a day; None where it is not known or not certain."""
    found = ages(born, part, day)
    return found[0] if found and found[0] == found[1] else None


def _part(year: str, month: int) -> str | None:
    return f"{year}-{month:02}" if 1 <= month <= 12 else None
