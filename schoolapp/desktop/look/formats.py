"""How values are written in the window: dates, times, amounts and numbers."""

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from schoolapp.base.language import _, conventions, direction, isolate, ltr

if TYPE_CHECKING:  # imported when an amount is written: the first screen has none
    from collections.abc import Iterable
    from decimal import Decimal

    from schoolapp.domain.money import Money


def locale() -> QLocale:
    """The conventions of the language in use; Latin digits, as the institute's papers have."""
    return _locale_of(conventions())


@cache
def _locale_of(name: str) -> QLocale:
    made = QLocale(name)
    made.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    return made


def date(value: dt.date, weekday: bool = False) -> str:
    """``29 Jun 2027``, or ``Tue 29 Jun 2027``."""
    pattern = "ddd d MMM yyyy" if weekday else "d MMM yyyy"
    text = locale().toString(QDate(value.year, value.month, value.day), pattern)
    return isolate(text) if direction() == "rtl" else text


def birth(born: dt.date | None, partly: str | None) -> str:
    """When somebody was born, no more exactly than it is known: ``17 May 1990``, ``May 1990``."""
    if born is not None or not partly:
        return date(born) if born else ""
    year, _dash, month = partly.partition("-")
    if not month:
        return ltr(year)
    text = locale().toString(QDate(int(year), int(month), 1), "MMM yyyy")
    return isolate(text) if direction() == "rtl" else text


def day(value: dt.date) -> str:
    """``Tue 29 Jun``, where the year is plain."""
    return locale().toString(QDate(value.year, value.month, value.day), "ddd d MMM")


def time(value: dt.time | dt.datetime) -> str:
    """``09:30``, kept from left to right."""
    return ltr(f"{value:%H:%M}")


def moment(value: dt.datetime) -> str:
    """``Tue 29 Jun 2027, 09:30``: a wall date and time."""
    return _("{date}, {time}").format(date=isolate(date(value, weekday=True)), time=time(value))


def span(start: dt.time | dt.datetime, end: dt.time | dt.datetime) -> str:
    """``09:30-11:00``, the earlier time at the left in every language."""
    return ltr(f"{start:%H:%M}–{end:%H:%M}")


def number(value: "int | float | Decimal") -> str:
    """A number with the separators of the language; a whole one without decimals."""
    if isinstance(value, int):
        return locale().toString(value)
    from decimal import Decimal

    places = max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))
    return _decimal(Decimal(str(value)), places)


def money(value: "Money") -> str:
    """``1,234.50 EUR``: all decimals of the currency, code behind, kept from left to right."""
    from schoolapp.domain.money import digits

    return ltr(f"{_decimal(value.amount, digits(value.currency))} {value.currency}")


def yes_no(value: bool) -> str:
    """A word for a fact."""
    return _("Yes") if value else _("No")


def _decimal(value: "Decimal", places: int) -> str:
    # Not by way of a float: every digit of an amount counts.
    whole, dot, rest = f"{abs(value):.{places}f}".partition(".")
    minus = locale().negativeSign() if value < 0 else ""
    return minus + locale().toString(int(whole)) + (locale().decimalPoint() + rest if dot else "")


@cache
def language_name(code: str) -> str:
    """The English name of a language, or its code."""
    language = QLocale.codeToLanguage(code)
    return code if language == QLocale.Language.AnyLanguage else QLocale.languageToString(language)


def language_names(codes: "Iterable[str]") -> str:
    """``English, Urdu``: the English names of languages."""
    return ", ".join(language_name(code) for code in codes if code)


@cache
def country_name(code: str) -> str:
    """The English name of a country, or its code."""
    territory = QLocale.codeToTerritory(code)
    unknown = territory == QLocale.Country.AnyTerritory
    return code if unknown else QLocale.territoryToString(territory)
