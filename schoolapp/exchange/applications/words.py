"""What headings say of the cells below: the order of dates, the currency; numbers as text."""

import re
from decimal import Decimal

from schoolapp.base.shipped import minor_units
from schoolapp.domain.text import fold

_SHOWN = re.compile(r"\b([djtm])\1?[-/. ]([djtm])\2?[-/. ]([ayj])\3{1,3}\b")
_CODE = re.compile(r"\b[A-Z]{3}\b")


def order_in(heading: str) -> str | None:
    """``dmy`` or ``mdy`` if a heading shows how to write the date: ``(DD/MM/YYYY)``."""
    shown = _SHOWN.search(fold(heading))
    if shown is None or (shown[1] == "m") == (shown[2] == "m"):
        return None
    return "mdy" if shown[1] == "m" else "dmy"


def currency_in(heading: str, usual: str) -> str:
    """The currency that a heading such as ``Fee EUR`` names, else the usual one."""
    return next((code for code in _CODE.findall(heading) if code in minor_units()), usual)


def plain_number(number: float) -> str:
    """A number of a cell as decimal text, without an exponent."""
    return format(Decimal(repr(number)), "f").removesuffix(".0")
