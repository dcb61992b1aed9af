"""How old somebody says they are, where a form asks the age and not the date of birth."""

import re

from schoolapp.domain.reading_cells.dates import western

_SPAN = re.compile(r"\D*(\d{1,3})\s*(?:-|–|to|à|a|bis|tot)\s*(\d{1,3})\b.*", re.DOTALL)
_ONE = re.compile(r"\D*(\d{1,3})(?:[.,]\d+)?\s*(\+?)\D*", re.DOTALL)
_UNDER = re.compile(
    r"\s*(?:<|under|below|younger than|menos de|moins de|onder|unter)\D*(\d{1,3})\D*", re.IGNORECASE
)
OLDEST = 110  # years


def read_age(text: str) -> tuple[int, int] | None:
    """The least and the greatest age in whole years that a cell names; None if it names none."""
    plain = western(text)
    if under := _UNDER.fullmatch(plain):
        return 0, int(under[1]) - 1
    if span := _SPAN.fullmatch(plain):
        least, most = int(span[1]), int(span[2])
    elif one := _ONE.fullmatch(plain):
        least, most = int(one[1]), OLDEST if one[2] else int(one[1])
    else:
        return None
    return (least, most) if 0 < least <= most <= OLDEST else None
