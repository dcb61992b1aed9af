"""What a date that somebody typed can mean, and whether only one meaning is possible."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from schoolapp.domain.text import fold

AMBIGUOUS = "date_ambiguous"
TWO_DIGIT_YEAR = "date_two_digit_year"
FREE_TEXT = "date_free_text"
PLACEHOLDER = "date_placeholder"
IMPLAUSIBLE = "date_implausible"
NEAR_MIDNIGHT = "date_near_midnight"

# What forms and programs write if nobody gave a date.
PLACEHOLDERS = frozenset(
    dt.date.fromisoformat(day)
    for day in ("1899-12-30", "1900-01-01", "1904-01-01", "1970-01-01", "1980-01-01")
)
_ENOUGH, _SHARE = 5, 0.15  # clear dates of a column; the part of it that can be turned
_FEW = 3  # dates that show nothing by their sequence
_ALIKE = 0.9  # the part of a column that one machine wrote
_LANGUAGES = ("en", "fr", "es", "nl", "fil", "ur", "pt", "it", "de", "ar", "da", "id", "pl", "ru",
              "tr", "sv", "uk", "ro")  # fmt: skip
_NUMBERS = re.compile(
    r"(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?![\d/.-])[T ]*[\d:.apmAPM ]*"
)
_FAR_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]")
_FAR_EAST_DAY = re.compile(r"(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]")
_SPACED = re.compile(r"(\d{1,4})[\s,\\]+(\d{1,2})[\s,\\]+(\d{4}|\d{1,2})")
_IN_WORDS = re.compile(r"\D*?(?<![\d./-])(\d{1,4}([-/.])\d{1,2}\2\d{2,4})(?![\d./-])\D*")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*\.?")
_UNSURE = re.compile(
    r"[?~]|\b(?:or|oder|ou|approx|about|circa|ca|around|environ|maybe|perhaps|before|after|until|"
    r"till|bis|vor|nach)\b",
    re.IGNORECASE,
)
# Names of months in use that the locale data do not give.
_USUAL_MONTHS = {"janner": 1, "feber": 2, "setiembre": 9, "set": 9, "sept": 9, "mrt": 3}
_COMPACT = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)")
_WORDS = re.compile(r"[^\W\d_]+\.?|\d+", re.UNICODE)
_FILLERS = frozenset(
    {
        "de",
        "del",
        "of",
        "the",
        "le",
        "la",
        "ng",
        "ika",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "o",
        "den",
        "el",
        "am",
        "on",
        "op",
        "du",
        "ano",
        "year",
        "г",
        "r",
    }
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """``value`` if the text can mean one day only; else what it may mean, the likeliest first."""

    value: dt.date | None
    marks: frozenset[str] = frozenset()
    candidates: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class DateHabit:
    """How the dates of one column are written: ``order`` is ``dmy``, ``mdy`` or unknown.

    ``chosen`` says that a person, the heading or the whole column decided the order; without that
    it only orders the suggestions. ``sign`` is what separates the numbers of the dates for which
    the column decided: one of another shape was typed by another person. ``signs`` are all signs
    that the column has.
    """

    order: str | None = None
    year_first: bool = False
    chosen: bool = False
    sign: str | None = None
    signs: frozenset[str] = frozenset()

    def decides(self, match: re.Match[str]) -> bool:
        """Whether the order holds for a date that was written like this."""
        return self.chosen and (self.sign is None or _shape(match) == (self.sign, 4))


def habit(texts: Iterable[str]) -> DateHabit:
    """The habit that the unambiguous dates of a column show, if they agree."""
    matches = [m for text in texts if (m := _NUMBERS.fullmatch(western(text)))]
    first = sum(len(m[1]) == 4 for m in matches)
    full = [m for m in matches if len(m[4]) == 4 and len(m[1]) < 3]
    orders = {"dmy" if int(m[1]) > 12 else "mdy" for m in full if (int(m[1]) > 12) != _late(m)}
    order = orders.pop() if len(orders) == 1 else None
    usual = Counter(map(_shape, matches)).most_common(1)
    alike = [m for m in full if _shape(m) == usual[0][0]] if usual else []
    decided = order is not None and len(alike) >= _ALIKE * len(matches) > 0 and _decided(alike)
    sign = alike[0][2] if decided else None
    signs = frozenset(match[2] for match in matches)
    return DateHabit(order, first > 0 and not full, decided, sign, signs)


def sign_of(text: str) -> str | None:
    """What separates the numbers of a date, if it is written in numbers."""
    found = _NUMBERS.match(western(text))
    return found[2] if found else None


def order_of_sequence(texts: Iterable[str]) -> str | None:
    """The one order of day and month in which the days of a column follow on one another."""
    matches = [m for text in texts if (m := _NUMBERS.fullmatch(western(text))) and len(m[4]) == 4]
    if len(matches) < _FEW:
        return None
    running = [order for order in ("dmy", "mdy") if _is_running(matches, order)]
    return running[0] if len(running) == 1 else None


def _is_running(matches: Sequence[re.Match[str]], order: str) -> bool:
    turned = order == "mdy"
    parts = [(int(m[4]), int(m[1 if turned else 3]), int(m[3 if turned else 1])) for m in matches]
    days = _days(parts)
    return len(days) == len(parts) and days in (sorted(days), sorted(days, reverse=True))


def _shape(match: re.Match[str]) -> tuple[str, int]:
    """The sign that separates the numbers, and the digits of the year."""
    return match[2], len(match[4])


def _late(match: re.Match[str]) -> bool:
    return int(match[3]) > 12


def _decided(matches: Sequence[re.Match[str]]) -> bool:
    """Whether a column written by one machine shows its order beyond doubt.

    Dates of one order that fall anywhere in the year can be turned in 132 of 365 cases. Where that
    many can be, and enough others all agree, the column as a whole is clear. A few that can be
    turned among many that cannot were typed by another person, and each is asked about.
    """
    clear = sum((int(m[1]) > 12) != _late(m) for m in matches)
    turned = sum(int(m[1]) != int(m[3]) and int(m[1]) <= 12 >= int(m[3]) for m in matches)
    return clear >= _ENOUGH and turned >= _SHARE * len(matches)


def read_date(text: str, column: DateHabit, earliest: dt.date, latest: dt.date) -> DateReading:
    """The day that ``text`` names, if it lies between ``earliest`` and ``latest``.

    A day and a month that are both at most 12 and differ are ambiguous unless a person has chosen
    the order of the column; a year of two digits is accepted where one century alone is possible.
    """
    plain = western(text)
    numbers = _NUMBERS.fullmatch(plain) or _among_words(plain)
    if numbers:
        days, marks = _by_numbers(numbers, column, earliest, latest)
    else:
        days, marks = _by_words(plain, earliest, latest)
        if not days:
            return DateReading(None, frozenset({FREE_TEXT}))
    return _judged(days, marks, earliest, latest)


def read_day(text: str, column: DateHabit, earliest: dt.date, latest: dt.date) -> DateReading:
    """A day near a known date, of which the year may be left out: ``23 October``, ``23/10``."""
    reading = read_date(text, column, earliest, latest)
    if FREE_TEXT not in reading.marks:
        return reading
    plain = western(text)
    parts = _without_year(plain, column)
    years = range(earliest.year, latest.year + 1)
    days = [d for d in _days((y, m, n) for m, n in parts for y in years) if earliest <= d <= latest]
    if not days or _UNSURE.search(plain):
        return reading
    return _judged(sorted(days), set(), earliest, latest)


def _without_year(plain: str, column: DateHabit) -> list[tuple[int, int]]:
    """(month, day) as a date without a year may be read."""
    if match := _NO_YEAR.fullmatch(plain):
        orders = _orders(int(match[1]), int(match[2]), column, decided=column.chosen)
        return [(month, day) for day, month in orders]
    if match := _FAR_EAST_DAY.fullmatch(plain):
        return [(int(match[1]), int(match[2]))]
    words = [word.rstrip(".") for word in _WORDS.findall(plain)]
    numbers = [int(word) for word in words if word.isdecimal()]
    names = [found for word in words if (found := month_of(word))]
    return [(names[0], numbers[0])] if len(names) == 1 == len(numbers) else []


def _among_words(plain: str) -> re.Match[str] | None:
    """The one date of numbers among words that do not put it in doubt: ``25/12/1998 (Friday)``."""
    found = _IN_WORDS.fullmatch(plain)
    return None if found is None or _UNSURE.search(plain) else _NUMBERS.fullmatch(found[1])


def judge(day: dt.date, earliest: dt.date, latest: dt.date) -> DateReading:
    """A day that needs no reading (a date cell), compared with what is possible."""
    return _judged([day], set(), earliest, latest)


def is_day(text: str) -> bool:
    """Whether a text names a day that is in the calendar, whatever it is the day of."""
    reading = read_date(text, DateHabit(), dt.date.min, dt.date.max)
    return bool(reading.candidates) or PLACEHOLDER in reading.marks


def shifted(reading: DateReading) -> DateReading:
    """A day whose time of day says that a program moved it: the next one is as likely.

    Midnight in Amsterdam or Karachi is the evening before in UTC, and some programs store that.
    """
    next_day = tuple(day + dt.timedelta(days=1) for day in reading.candidates)
    marks = reading.marks | {NEAR_MIDNIGHT}
    return DateReading(None, marks, (*next_day, *reading.candidates))


def from_serial(number: float, *, epoch_1904: bool) -> dt.date | None:
    """The day of a spreadsheet's day number (days since 1899-12-30 or 1904-01-01)."""
    start = dt.date(1904, 1, 1) if epoch_1904 else dt.date(1899, 12, 30)
    return start + dt.timedelta(days=int(number)) if 61 <= number < 80_000 else None


def age_on(born: dt.date, day: dt.date) -> int:
    """Whole years; somebody born on 29 February turns a year older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _judged(
    days: Sequence[dt.date], marks: set[str], earliest: dt.date, latest: dt.date
) -> DateReading:
    possible = [day for day in days if earliest <= day <= latest and day not in PLACEHOLDERS]
    if not possible:
        mark = PLACEHOLDER if any(day in PLACEHOLDERS for day in days) else IMPLAUSIBLE
        return DateReading(None, frozenset(marks - {AMBIGUOUS} | {mark}))
    value = possible[0] if len(possible) == 1 and AMBIGUOUS not in marks else None
    if value is None and TWO_DIGIT_YEAR not in marks:
        marks = marks | {AMBIGUOUS}
    return DateReading(value, frozenset(marks), tuple(possible))


def _by_numbers(
    match: re.Match[str], column: DateHabit, earliest: dt.date, latest: dt.date
) -> tuple[list[dt.date], set[str]]:
    a, b, c = match[1], int(match[3]), match[4]
    if len(a) > 2:
        return _days([(int(a), b, int(c))]), set()
    if len(c) <= 2 and column.year_first:
        return _days(_centuries(a, b, int(c), earliest, latest)), {TWO_DIGIT_YEAR}
    orders = _orders(int(a), b, column, decided=column.decides(match))
    marks = {AMBIGUOUS} if len(orders) == 2 else set()
    if len(c) > 2:
        return _days((int(c), month, day) for day, month in orders), marks
    found = [y for day, month in orders for y in _centuries(c, month, day, earliest, latest)]
    return _days(found), marks | {TWO_DIGIT_YEAR}


def _orders(a: int, b: int, column: DateHabit, *, decided: bool) -> list[tuple[int, int]]:
    """(day, month) as the two numbers may be read, the column's habit first."""
    both = [(b, a), (a, b)] if column.order == "mdy" else [(a, b), (b, a)]
    if decided or a == b:
        return both[:1]
    return [(day, month) for day, month in both if month <= 12] or both[:1]


def _centuries(
    year: str, month: int, day: int, earliest: dt.date, latest: dt.date
) -> list[tuple[int, int, int]]:
    years = [century + int(year) for century in (2000, 1900)]
    both = [(y, month, day) for y in years]
    return [y for y in both if earliest.year <= y[0] <= latest.year] or both


def _days(parts: Iterable[tuple[int, int, int]]) -> list[dt.date]:
    found = []
    for year, month, day in parts:
        try:
            found.append(dt.date(year, month, day))
        except ValueError:  # 31 February
            continue
    return found


def _by_words(text: str, earliest: dt.date, latest: dt.date) -> tuple[list[dt.date], set[str]]:
    if match := _COMPACT.fullmatch(text):
        return _days([(int(match[1] + match[2]), int(match[3]), int(match[4]))]), set()
    words = [word.rstrip(".") for word in _WORDS.findall(text)]
    numbers = [word for word in words if word.isdigit()]
    names = _without_weekday([w for w in words if not w.isdigit() and fold(w) not in _FILLERS])
    if len(names) != 1 or len(numbers) != 2 or (month := month_of(names[0])) is None:
        return [], set()
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    if len(year) == 2 and not text[:1].isalpha():  # 17-May-90; "May 17 90" could be anything
        return _days(_centuries(year, month, int(day), earliest, latest)), {TWO_DIGIT_YEAR}
    return (_days([(int(year), month, int(day))]) if len(year) == 4 else []), set()


def _without_weekday(names: list[str]) -> list[str]:
    """The names without that of a weekday, which may look like a month (``mar`` is mardi too)."""
    rest = [name for name in names if fold(name) not in _weekdays()]
    if len(rest) == 1 or len(names) < 2:
        return rest or names
    return names[1:] if fold(names[0]) in _weekdays() else rest


def month_of(word: str) -> int | None:
    """The number of a month's name, full or short, in the languages of the forms."""
    return _months().get(fold(word))


@cache
def _months() -> dict[str, int]:
    from babel import Locale

    found: dict[str, set[int]] = {}
    for tag in _LANGUAGES:
        forms = Locale.parse(tag).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[use][width].items():
                    found.setdefault(fold(name.rstrip(".")), set()).add(number)
    known = {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
    return _USUAL_MONTHS | known


@cache
def _weekdays() -> frozenset[str]:
    from babel import Locale

    forms = [Locale.parse(tag).days for tag in _LANGUAGES]
    return frozenset(
        fold(part)
        for days in forms
        for use in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in days[use][width].values()
        for part in name.rstrip(".").split("-")  # quarta-feira
    )


def western(text: str) -> str:
    """The text with the digits 0 to 9 in place of those of other scripts."""
    plain = _FAR_EAST.sub(r"\1-\2-\3", text.strip().rstrip("."))
    if spaced := _SPACED.fullmatch(plain):
        plain = ".".join(spaced.groups())
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
