"""What people type for dates, times and amounts, read without guessing anything doubtful."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QLocale

from schoolapp.desktop.look.formats import locale
from schoolapp.domain.money import Money, currency_of, digits
from schoolapp.domain.text import fold

_DIGITS = {ord(zero) + n: str(n) for zero in ("\u0660", "\u06f0") for n in range(10)}
# Compiled when they are first used: the window starts sooner.
_ISO = r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})"
_DAY_FIRST = r"(\d{1,2})[-./ ](\d{1,2})(?:[-./ ](\d{4}|\d{2}))?\.?"
_NAMED = r"(\d{1,2})\.?\s*([^\W\d]+)\.?,?\s*(\d{4})?"
_LATER = r"\+\s*(\d{1,4})(?::([0-5]\d))?"
_CLOCK = r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})|(\d{2}))?\s*(am|pm)?"


def western(text: str) -> str:
    """The text with Urdu and Arabic digits as 0 to 9, Arabic separators as ours, trimmed."""
    return text.translate(_DIGITS).replace("٫", ".").replace("٬", ",").replace("۔", ".").strip()


def read_date(text: str, near: dt.date) -> dt.date | None:
    """A date, or None: ``2027-06-29``, ``29.6.2027``, ``29/6``, ``29 June``.

    The day comes first. Without a year the one nearest to ``near`` is meant.
    """
    text = western(text).lower()
    if found := re.fullmatch(_ISO, text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(_DAY_FIRST, text):
        return _with_year(found[3], int(found[2]), int(found[1]), near)
    if (found := re.fullmatch(_NAMED, text)) and (month := _month(found[2])):
        return _with_year(found[3], month, int(found[1]), near)
    return None


def read_time(text: str) -> dt.time | None:
    """A time of day, or None: ``9``, ``930``, ``9:30``, ``9.30``, ``9h30``, ``9 pm``."""
    found = re.fullmatch(_CLOCK, western(text).lower().replace(" h", "h").removesuffix("h"))
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4] == "pm" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def read_minutes(text: str) -> dt.timedelta | None:
    """How much later, or None: ``+90`` minutes, ``+1:30`` hours."""
    found = re.fullmatch(_LATER, western(text))
    if not found:
        return None
    if found[2] is None:
        return dt.timedelta(minutes=int(found[1]))
    return dt.timedelta(hours=int(found[1]), minutes=int(found[2]))


def read_moment(text: str, near: dt.date) -> dt.datetime | None:
    """A wall date and time with a space or comma between them, or None."""
    day, _space, hour = western(text).replace(",", " ").strip().rpartition(" ")
    date, time = read_date(day.strip(), near), read_time(hour)
    return dt.datetime.combine(date, time) if date and time is not None else None


def read_number(text: str) -> Decimal | None:
    """A number with a dot or a comma before its decimals, or None."""
    text = western(text).replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if re.fullmatch(r"-?\d{1,3}([.,])\d{3}(?:\1\d{3})*", text) and text.count(",") != 1:
        text = text.replace(".", "").replace(",", "") if text.count(".") != 1 else text
    try:
        number = Decimal(text.replace(",", ".")) if text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def part_currency(text: str) -> tuple[str, str | None]:
    """An amount without the currency beside it, and that one: ``6500 PHP`` or ``€ 20``.

    The whole text and None where no currency is named that stands for one country alone.
    """
    found = re.fullmatch(r"\s*(?P<before>[^\W\d_]{3}|[^\w\s.,-])?\s*(?P<amount>-?\d.*?)\s*"
                         r"(?P<after>[^\W\d_]{3}|[^\w\s.,])?\s*", western(text))  # fmt: skip
    if found is None:
        return text, None
    named = {currency_of(word) for word in (found["before"], found["after"]) if word}
    code = named.pop() if len(named) == 1 else None
    return (found["amount"], code) if code else (text, None)


def read_money(text: str, currency: str) -> Money | None:
    """An amount in a currency, or None: ``1234.50``, ``1.234,50``, ``1,234.50``, ``1 234,5``.

    A single separator before three figures divides thousands, unless the currency has three
    decimals: then nobody can know, and the answer is None.
    """
    text = re.sub(r"[\s\u00a0\u202f'’]", "", western(text))
    places = digits(currency)
    found = re.fullmatch(r"(-?)(\d[\d.,]*)", text)
    if not found:
        return None
    marks = [c for c in found[2] if c in ".,"]
    whole, rest = found[2], ""
    if marks:
        head, tail = re.split(r"[.,](?=[^.,]*$)", found[2])
        single = len(marks) == 1
        if single and len(tail) == 3 and places == 3:
            return None
        if len(tail) != 3 or len(set(marks)) > 1:
            whole, rest = head, tail
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(g) != 3 for g in groups[1:])):
        return None
    if len(rest) > places:
        return None
    return Money.of(f"{found[1]}{''.join(groups)}.{rest or 0}", currency)


def _with_year(year: str | None, month: int, day: int, near: dt.date) -> dt.date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    days = [_day(near.year + n, month, day) for n in (-1, 0, 1)]
    return min((one for one in days if one), key=lambda one: abs(one - near), default=None)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int | None:
    # At least three letters of the English name or the one of the reader's language.
    wanted = fold(word)
    for month in range(1, 13):
        for language in (locale(), QLocale("en")):
            name = fold(language.standaloneMonthName(month))
            if wanted == name or (len(wanted) >= 3 and name.startswith(wanted)):
                return month
    return None
