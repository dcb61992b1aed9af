"""Amounts of money: whole minor units of an ISO 4217 currency, never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from schoolapp.base.language import mark
from schoolapp.base.shipped import minor_units

FEE_BANDS = ("A", "B", "C", "D")
"""The bands by which fees differ, for people and delegations alike."""

SIGNS = {"€": "EUR", "₱": "PHP", "₺": "TRY", "₹": "INR", "₽": "RUB", "৳": "BDT", "zł": "PLN"}
"""Signs that stand for one currency; $, kr, £ and Rs. are used by several."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """``minor`` whole minor units (cents) of ``currency`` (ISO 4217, as ``EUR``)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | Decimal | int, currency: str) -> "Money":
        """Money from a decimal amount such as ``"600.00"``.

        ``ValueError`` if the currency is unknown or the amount is finer than its minor unit.
        """
        places = digits(currency)
        try:
            scaled = Decimal(amount).scaleb(places)
        except InvalidOperation:
            raise ValueError(f"{amount!r} is not an amount") from None
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} has more than {places} decimals for {currency}")
        return cls(int(scaled), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in the currency's main unit, with all its decimals (``Decimal("600.00")``)."""
        return Decimal(self.minor).scaleb(-digits(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def times(self, count: int) -> "Money":
        """This amount, ``count`` times."""
        return Money(self.minor * count, self.currency)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be combined")
        return other.minor


def digits(currency: str) -> int:
    """The decimal places of a currency; ``ValueError`` if ISO 4217 does not know it."""
    try:
        return minor_units()[currency]
    except KeyError:
        raise ValueError(f"{currency} is not a currency") from None


UNKNOWN_CURRENCY = mark("This currency is not known. Write its three letters, like EUR.")


def is_currency(code: str) -> bool:
    """Whether ISO 4217 knows a currency by these three letters."""
    return code in minor_units()


def currency_of(word: str) -> str | None:
    """The currency that a code or a sign names, if it can be no other one: ``php``, ``€``."""
    code = word.upper()
    return code if is_currency(code) else SIGNS.get(word)


def rounded(amount: Decimal, currency: str) -> Money:
    """A calculated amount, rounded half to even at the minor unit."""
    scaled = amount.scaleb(digits(currency)).to_integral_value(ROUND_HALF_EVEN)
    return Money(int(scaled), currency)


def total(amounts: list[Money], currency: str) -> Money:
    """The sum, zero of ``currency`` for an empty list."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result
