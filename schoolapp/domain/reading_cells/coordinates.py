"""Where a place is on the map: latitude and longitude, as a person pastes them from one."""

import re

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken

_NUMBER = r"([+-]?\d{1,3}(?:[.,]\d{1,12})?)°?"
_PAIR = re.compile(rf"(?:geo:)?\s*{_NUMBER}(?:\s*[;,]\s*|\s+){_NUMBER}", re.ASCII)
WRONG = mark("Write latitude and longitude in degrees, as a map shows them: 52.3676, 4.9041.")
Degrees = tuple[float, float]
"""Latitude (north is positive) and longitude (east is positive), in WGS 84."""


def degrees_of(text: str | None) -> Degrees | None:
    """Latitude and longitude; None where nothing is written. ``RuleBroken`` for what is neither.

    Takes what maps copy: ``52.3676, 4.9041``, a ``geo:`` address (RFC 5870), decimal commas.
    """
    if not (text or "").strip():
        return None
    found = _PAIR.fullmatch((text or "").strip())
    if found is None:
        raise RuleBroken(WRONG)
    latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise RuleBroken(WRONG)
    return latitude, longitude


def written(text: str | None) -> str | None:
    """The one way in which coordinates are kept: ``52.3676, 4.9041``, to a tenth of a metre."""
    degrees = degrees_of(text)
    return None if degrees is None else ", ".join(_plain(number) for number in degrees)


def wrong_coordinates(text: str | None) -> dict[str, str]:
    """What a form says of the field ``coordinates``."""
    try:
        degrees_of(text)
    except RuleBroken as broken:
        return {"coordinates": broken.message}
    return {}


def _plain(number: float) -> str:
    shown = f"{round(number, 6) + 0.0:.6f}"  # adding 0.0 makes 0 of -0
    return shown.rstrip("0").rstrip(".")
