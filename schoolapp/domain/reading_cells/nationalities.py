"""Which nationality a cell names: a country, or the word for somebody from there."""

from schoolapp.domain.reading_cells.countries import VARIANT, CountryReading, read_country
from schoolapp.domain.reading_cells.peoples import people_of


def read_nationality(text: str, language: str) -> CountryReading:
    """The nationality that a cell names; one of no country and no people is a doubt."""
    known = people_of(text)
    if known is not None:
        return CountryReading(known)
    found = read_country(text, language)
    return (
        found if found.country is None else CountryReading(found.country, found.marks - {VARIANT})
    )
