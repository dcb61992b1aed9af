"""What headings say of the cells below: the order of dates, the currency; numbers as text."""

import re
from collections.abc import Iterable
from decimal import Decimal

from schoolapp.base.shipped import minor_units
from schoolapp.domain.text import fold

_SHOWN = re.compile(r"\b([djtm])\1?[-/. ]([djtm])\2?[-/. ]([ayj])\3{1,3}\b")
_STAMP = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4} \d{1,2}:\d\d:\d\d")
_DAY_FIRST = frozenset(map(fold, (
    "marca temporal", "horodateur", "tijdstempel", "zeitstempel", "carimbo de data/hora",
    "informazioni cronologiche",
)))  # fmt: skip
_CODE = re.compile(r"\b[A-Z]{3}\b")


def order_in(heading: str) -> str | None:
    """``dmy`` or ``mdy`` if a heading shows how to write the date: ``(DD/MM/YYYY)``."""
    shown = _SHOWN.search(fold(heading))
    if shown is None or (shown[1] == "m") == (shown[2] == "m"):
        return None
    return "mdy" if shown[1] == "m" else "dmy"


def order_of_stamps(heading: str, texts: Iterable[str]) -> str | None:
    """``dmy`` or ``mdy`` for the time stamps of Google Forms, which a machine writes.

    Under an English heading 5/3/2027 is American (05/03/2027 can be anybody's); the other languages
    under whose headings there are slashes write the day first.
    """
    stamps = [_STAMP.fullmatch(text.strip()) for text in texts if text.strip()]
    found = [stamp for stamp in stamps if stamp is not None]
    if not found or len(found) < len(stamps):
        return None
    if fold(heading) in _DAY_FIRST:
        return "dmy"
    is_short = any(len(stamp[1]) == 1 or len(stamp[2]) == 1 for stamp in found)
    return "mdy" if fold(heading) == "timestamp" and is_short else None


def currency_in(heading: str, usual: str) -> str:
    """The currency that a heading such as ``Fee EUR`` names, else the usual one."""
    return next((code for code in _CODE.findall(heading) if code in minor_units()), usual)


def plain_number(number: float) -> str:
    """A number of a cell as decimal text, without an exponent."""
    return format(Decimal(repr(number)), "f").removesuffix(".0")
