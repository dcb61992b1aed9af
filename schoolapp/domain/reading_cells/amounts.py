"""What an amount of money that somebody typed means, and in which currency."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from schoolapp.base.shipped import minor_units
from schoolapp.domain.money import Money

TEXT = "money_text"
OTHER_CURRENCY = "money_other_currency"

# Only signs that stand for one currency; $, kr, £ and Rs. are used by several.
_SIGNS = {"€": "EUR", "₱": "PHP", "₺": "TRY", "₹": "INR", "₽": "RUB", "৳": "BDT", "zł": "PLN"}
_WORDS: dict[str, str] = {"euro": "EUR", "euros": "EUR", "eur": "EUR", "یورو": "EUR", "piso": "PHP"}
_SEVERAL = (
    "fcfa", "cfa", "dollar", "dollars", "dólares", "dolares", "dinar", "dinars", "dirham",
    "dirhams", "rupee", "rupees", "roupies", "rupias", "pound", "pounds", "livres", "francs",
    "franc", "reais", "lira", "lire", "rand", "shilling", "shillings", "kroner", "krona",
    "kronor", "riyal", "rupiah", "naira", "taka", "tl", "ksh", "روپے", "ڈالر", "درہم",
    "$", "£", "¥", "kr", "rs", "rs.", "₨", "fr", "fr.", "dh", "peso", "pesos", "din",
)  # fmt: skip
_AMOUNT = re.compile(r"\d[\d.,'’ ]*(?:,-|\.-|,--)?")
_LETTERS = re.compile(r"[^\W\d_]+\.?|[€₱₺₹₽৳₨$£¥]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """The amount, or ``None`` where amount or currency is in doubt."""

    money: Money | None
    marks: frozenset[str] = frozenset()


def read_money(text: str, currency: str) -> MoneyReading:
    """An amount in ``currency`` unless the text names another one.

    Anything but a plain number is marked; a sign that several countries use (``kr``) names no
    currency, so that the amount is in doubt; so are two amounts in one cell.
    """
    western = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    if re.fullmatch(r"\d+(?:\.\d+)?", western):
        return _money(western, currency, frozenset())
    named = _currency(western, currency)
    if named is None:
        return MoneyReading(None, frozenset({OTHER_CURRENCY}))
    marks = frozenset({OTHER_CURRENCY if named != currency else TEXT})
    amounts = _AMOUNT.findall(western)
    if len(amounts) != 1 or re.search(r"-\s*\d", western):
        return MoneyReading(None, marks)
    return _money(_plain(amounts[0]), named, marks)


def _money(plain: str, currency: str, marks: frozenset[str]) -> MoneyReading:
    try:
        return MoneyReading(Money.of(Decimal(plain), currency), marks)
    except (ValueError, ArithmeticError):  # finer than the currency, or no number after all
        return MoneyReading(None, marks | {TEXT})


def _currency(text: str, usual: str) -> str | None:
    """The currency that the words and signs name: the usual one if none, ``None`` if several."""
    words: list[str] = _LETTERS.findall(text)
    for word in words:
        sign = word.casefold()
        if sign in _SEVERAL:
            return None
        # "all" and "try" are words too: small letters count right behind the amount only
        code = word.upper() if text.rstrip().endswith(word) and len(words) == 1 else word
        if code in minor_units():
            return code
        if found := _SIGNS.get(sign) or _WORDS.get(sign):
            return found
    return usual


def _plain(amount: str) -> str:
    """The digits with a decimal point: the last separator parts decimals unless three follow."""
    bare = re.sub(r"[ '’]", "", re.sub(r"(,-+|\.-)$", "", amount)).rstrip(".,")
    last = max(bare.rfind("."), bare.rfind(","))
    whole, part = (bare[:last], bare[last + 1 :]) if last >= 0 else (bare, "")
    whole = re.sub(r"[.,]", "", whole)
    repeated = last >= 0 and bare.count(bare[last]) > 1
    return f"{whole}{part}" if len(part) == 3 or repeated else f"{whole}.{part or 0}"
