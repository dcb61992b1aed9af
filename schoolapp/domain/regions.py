"""Regions of the world, as selections are balanced by them and reports count them."""

from schoolapp.base.language import mark
from schoolapp.base.shipped import regions

REGIONS = {
    "africa": mark("Africa"),
    "asia": mark("Asia"),
    "europe": mark("Europe"),
    "latin_america": mark("Latin America"),
    "middle_east": mark("Middle East"),
    "north_america": mark("North America"),
    "oceania": mark("Oceania"),
}
"""The regions of ``data/regions.csv`` and their names, marked for translation."""


def region_of(country: str | None) -> str:
    """The key of the region of an ISO 3166-1 country code; empty if none is known."""
    return regions().get(country or "", "")
