"""What an amount of money that somebody typed means, and in which currency."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from schoolapp.base.shipped import minor_units
from schoolapp.domain.money import SIGNS, Money

TEXT = "money_text"
OTHER_CURRENCY = "money_other_currency"

_WORDS: dict[str, str] = {
    "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR",
    "یورو": "EUR",
    "欧元": "EUR",
    "евро": "EUR",
    "人民币": "CNY",
    "piso": "PHP",
}
_SEVERAL = (
    "fcfa", "cfa", "dollar", "dollars", "dólares", "dolares", "dinar", "dinars", "dirham",
    "dirhams", "rupee", "rupees", "roupies", "rupias", "pound", "pounds", "livres", "francs",
    "franc", "reais", "lira", "lire", "rand", "shilling", "shillings", "kroner", "krona",
    "kronor", "riyal", "rupiah", "naira", "taka", "tl", "ksh", "روپے", "ڈالر", "درہم",
    "$", "£", "¥", "kr", "rs", "rs.", "₨", "fr", "fr.", "dh", "peso", "pesos", "din",
)  # fmt: skip
_AMOUNT = re.compile(r"\d[\d.,'’ ]*(?:,-|\.-|,--)?")
_LETTERS = re.compile(r"[^\W\d_]+\.?|[€₱₺₹₽৳₨$£¥]", re.UNICODE)
# Words that make another amount of the number before or behind them.
_FACTORS = frozenset({
    "k", "m", "mil", "mille", "thousand", "thousands", "duizend", "tausend", "libo", "million",
    "millions", "millones", "miljoen", "hundred", "lakh", "lac", "lakhs", "crore", "ہزار", "لاکھ",
    "mln", "per", "par", "por", "pro", "each", "daily", "x", "percent", "procent", "prozent",
})  # fmt: skip
_LARGE = 20_000  # whole units; without a hint of the column 150.000 is not read as that much


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """The amount, or ``None`` where amount or currency is in doubt."""

    money: Money | None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MoneyHabit:
    """How the amounts of a column are written: which sign parts decimals, if they show it.

    ``whole`` says that some are written without any sign, so that three digits behind one are
    thousands.
    """

    decimal: str | None = None
    whole: bool = False


NO_HABIT = MoneyHabit()


def habit(texts: Iterable[str]) -> MoneyHabit:
    """What the clear amounts of a column show: ``980,50`` and ``1.250,00`` have decimal commas."""
    found = [amount for text in texts for amount in _AMOUNT.findall(_western(text))]
    bare = [_bare(amount) for amount in found]
    signs = {sign for amount in bare if (sign := _decimal_sign(amount))}
    whole = any(amount.isdigit() and len(amount) <= 3 for amount in bare)
    return MoneyHabit(signs.pop() if len(signs) == 1 else None, whole)


def read_money(text: str, currency: str, column: MoneyHabit = NO_HABIT) -> MoneyReading:
    """An amount in ``currency`` unless the text names another one.

    Anything but a plain number is marked; a sign that several countries use (``kr``) names no
    currency, so that the amount is in doubt; so are two amounts in one cell. Whether ``1.500`` has
    decimals is decided by the column.
    """
    western = _western(text)
    if re.fullmatch(r"\d+(?:\.(?!\d{3}$)\d+)?", western):
        return _money(western, currency, frozenset())
    named = _currency(western, currency)
    if named is None:
        return MoneyReading(None, frozenset({OTHER_CURRENCY}))
    marks = frozenset({OTHER_CURRENCY if named != currency else TEXT})
    amounts = _AMOUNT.findall(western)
    if len(amounts) != 1 or re.search(r"-\s*\d|%|/\s*[^\W\d_]", western) or _is_multiplied(western):
        return MoneyReading(None, marks)
    plain = _plain(amounts[0], column, minor_units().get(named, 2))
    return _money(plain, named, marks) if plain else MoneyReading(None, marks)


def read_number(text: str, currency: str) -> MoneyReading:
    """A number of a workbook, whose point always parts decimals."""
    return _money(text, currency, frozenset())


def _western(text: str) -> str:
    plain = text.replace("٫", ".").replace("٬", ",")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)


def _is_multiplied(text: str) -> bool:
    return any(word.casefold().rstrip(".") in _FACTORS for word in _LETTERS.findall(text))


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
        if found := SIGNS.get(sign) or _WORDS.get(sign):
            return found
    return usual


def _plain(amount: str, column: MoneyHabit, places: int) -> str | None:
    """The digits with a decimal point; ``None`` if nothing says what a sign before three parts."""
    bare = _bare(amount)
    last = max(bare.rfind("."), bare.rfind(","))
    whole, part = (bare[:last], bare[last + 1 :]) if last >= 0 else (bare, "")
    one_sign = last >= 0 and not re.search(r"[.,]", whole)
    digits = re.sub(r"[.,]", "", whole)
    if one_sign and len(part) == 3:
        decimals = _has_decimals(digits, bare[last], part, column, places)
        return None if decimals is None else f"{digits}.{part}" if decimals else digits + part
    repeated = last >= 0 and bare.count(bare[last]) > 1
    return f"{digits}{part}" if len(part) == 3 or repeated else f"{digits}.{part or 0}"


def _has_decimals(
    digits: str, sign: str, part: str, column: MoneyHabit, places: int
) -> bool | None:
    """Whether the three digits behind the only sign are decimals; ``None``: nobody can say."""
    if digits.startswith("0") or len(digits) > 3:
        return True
    if column.decimal == sign:
        return True if places >= 3 else None
    if column.decimal:
        return False
    if column.whole:
        return False
    return None if places >= 3 or int(digits + part) > _LARGE else False


def _decimal_sign(bare: str) -> str | None:
    """The sign that parts the decimals of an amount, if its form shows that."""
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return None
    sign, other = bare[last], "," if bare[last] == "." else "."
    if bare.count(sign) > 1:
        return other  # 1.250.000
    if other in bare[:last]:
        return sign if bare.rfind(other) < last else None
    return sign if len(bare) - last - 1 in (1, 2) else None


def _bare(amount: str) -> str:
    return re.sub(r"[ '’]", "", re.sub(r"(,-+|\.-)$", "", amount)).rstrip(".,")
