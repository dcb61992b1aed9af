"""What a cell was read as, in words: dates, countries and languages by their names."""

import datetime as dt
import re

from schoolapp.base.language import _, isolate, mark
from schoolapp.domain.money import Money
from schoolapp.domain.reading_cells import dates
from schoolapp.domain.reading_cells.countries import is_country
from schoolapp.exchange.applications.columns import day_part
from schoolapp.exchange.applications.drafts import SheetRow
from schoolapp.exchange.papers.typesetting import country_name, date, language_name

COUNTRIES = ("country", "nationality")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_GENDERS = {"woman": mark("Woman"), "man": mark("Man"), "other": mark("Other gender")}
# Fields of a sheet whose value has another name in the row that is read.
_ATTRIBUTES = {"visa": "needs_visa", "subsidy": "asks_subsidy", "privacy": "consent"}
_OF_NAME = ("given", "middle", "prefix", "family", "second_family")


def suggestion_in_words(field: str, suggestion: str | None) -> str:
    """A suggestion as a person would say it: "3 January 1988", "Brazil"; "" for none."""
    text = suggestion or ""
    if _ISO.fullmatch(text):
        return date(dt.date.fromisoformat(text))
    if field in COUNTRIES and is_country(text):
        return country_name(text)
    if field == "languages" and text:
        return ", ".join(language_name(tag) for tag in text.split(", "))
    return " ".join(text.split())


def both_orders(text: str, likely: str | None) -> tuple[str, str]:
    """The date of a cell with the day first and with the month first; "" where that is none.

    ``likely`` is the suggested day, whose century the other one shares.
    """
    year = dt.date.fromisoformat(likely).year if likely else None
    first, last = (dt.date(year or 1950, 1, 1), dt.date(year or 2150, 12, 31))
    orders = (dates.DateHabit(order, chosen=True) for order in ("dmy", "mdy"))
    days = [dates.read_date(day_part(text), habit, first, last).value for habit in orders]
    by_day, by_month = (date(day) if day else "" for day in days)
    return by_day, by_month


def value_in_words(row: SheetRow, field: str) -> str:
    """What a field of the row was read as; "" where nothing was."""
    name = _ATTRIBUTES.get(field, field)
    person, answers = row.person, row.answers
    if name == "full_name" or name in _OF_NAME:
        return person.full_name or person.native_name or ""
    if name == "born" and person.born is None:
        return person.born_partly or ""
    if name == "submitted_at":
        return date(row.submitted_at.date()) if row.submitted_at else ""
    value = getattr(person, name) if hasattr(person, name) else getattr(answers, name, None)
    return _said(name, value)


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.date):
        return date(value)
    if isinstance(value, tuple):
        parts = map(language_name, value) if name == "languages" else map(isolate, value)
        return ", ".join(parts)
    if name in COUNTRIES and isinstance(value, str):
        return country_name(value)
    if name == "gender" and isinstance(value, str):
        return _(_GENDERS[value]) if value in _GENDERS else value
    return str(value) if isinstance(value, str | Money) else ""
