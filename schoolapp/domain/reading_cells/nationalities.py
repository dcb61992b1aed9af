"""Which nationality a cell names: a country, or the word for somebody from there."""

import re

from schoolapp.domain.reading_cells.countries import (
    VARIANT,
    CountryReading,
    country_named,
    read_country,
)
from schoolapp.domain.reading_cells.peoples import people_of
from schoolapp.domain.text import fold

_ARABIC = re.compile(r"(?:ال)?(.{2,})(?:یہ|ی)")  # as folded: Lebanese is لبنانی or لبنانیہ
_OF_COUNTRIES = ("{}", "{}ا", "{}یا", "ال{}", "{}ہ")


def read_nationality(text: str, language: str) -> CountryReading:
    """The nationality that a cell names; one of no country and no people is a doubt."""
    known = people_of(text) or _people_in_arabic(fold(text))
    if known is not None:
        return CountryReading(known)
    found = read_country(text, language)
    return (
        found if found.country is None else CountryReading(found.country, found.marks - {VARIANT})
    )


def _people_in_arabic(word: str) -> str | None:
    """The country whose name in Arabic a word is made of: Lebanese of Lebanon."""
    stem = _ARABIC.fullmatch(word)
    if stem is None:
        return None
    named = {country_named(form.format(stem[1])) for form in _OF_COUNTRIES} - {None}
    return named.pop() if len(named) == 1 else None
