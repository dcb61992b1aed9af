"""Amounts of money."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.money import Money, digits, rounded, total
from schoolapp.domain.participation import part_fee
from schoolapp.domain.travel import converted

CURRENCIES = st.sampled_from(["EUR", "PHP", "PKR", "XOF", "TND", "JPY"])
MINOR = st.integers(-(10**15), 10**15)
RATES = st.decimals("0.0001", "10000", places=4)


@given(minor=MINOR, currency=CURRENCIES)
def test_an_amount_reads_back_as_it_was(minor: int, currency: str) -> None:
    """Writing an amount and reading it gives the same money, with all its decimals."""
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    amount, _space, name = str(money).partition(" ")
    assert Money.of(amount, name) == money
    assert -money.amount.as_tuple().exponent == digits(currency)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("600.00", "EUR", 60000),
        (600, "EUR", 60000),
        ("600", "XOF", 600),
        ("1.234", "TND", 1234),
        (Decimal("-0.01"), "PHP", -1),
    ],
)
def test_minor_units_are_those_of_iso_4217(
    amount: str | int | Decimal, currency: str, minor: int
) -> None:
    """The franc has no decimals, the dinar has three."""
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.001", "EUR"),
        ("0.5", "XOF"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
        ("ten", "EUR"),
        ("1", "XXY"),
    ],
)
def test_what_is_no_amount_is_refused(amount: str, currency: str) -> None:
    """Too fine, not finite, not a number, no currency: never rounded silently."""
    with pytest.raises(ValueError, match=r"decimals|is not an amount|is not a currency"):
        Money.of(amount, currency)


@given(amounts=st.lists(MINOR.map(lambda minor: Money(minor, "EUR"))))
def test_sums_do_not_depend_on_the_order(amounts: list[Money]) -> None:
    """A total is exact; taking all of it away again leaves nothing."""
    whole = total(amounts, "EUR")
    assert whole == total(amounts[::-1], "EUR") == Money(sum(a.minor for a in amounts), "EUR")
    for amount in amounts:
        whole = whole - amount
    assert whole == Money(0, "EUR")


@given(one=MINOR, other=MINOR, count=st.integers(0, 500))
def test_amounts_compare_and_multiply(one: int, other: int, count: int) -> None:
    """Smaller, not greater and several times are those of the minor units."""
    first, second = Money(one, "EUR"), Money(other, "EUR")
    assert (first < second, first <= second) == (one < other, one <= other)
    assert first.times(count) == total([first] * count, "EUR")


def test_two_currencies_are_never_put_together() -> None:
    """A sum or a comparison of euros and pesos is a mistake, not a number."""
    euros, pesos = Money(1, "EUR"), Money(1, "PHP")
    for mix in (
        lambda: euros + pesos,
        lambda: euros - pesos,
        lambda: euros < pesos,
        lambda: euros <= pesos,
        lambda: total([euros, pesos], "EUR"),
    ):
        with pytest.raises(ValueError, match="EUR and PHP cannot be combined"):
            mix()


@given(amount=st.decimals("-1e9", "1e9", places=6), currency=CURRENCIES)
def test_rounding_is_half_to_even(amount: Decimal, currency: str) -> None:
    """A calculated amount is off by at most half a minor unit, and halves go to even."""
    money = rounded(amount, currency)
    unit = Decimal(1).scaleb(-digits(currency))
    assert abs(money.amount - amount) <= unit / 2
    assert money.amount == amount.quantize(unit, ROUND_HALF_EVEN)


@given(minor=st.integers(0, 10**9), rate=RATES)
def test_a_conversion_is_one_division_and_one_rounding(minor: int, rate: Decimal) -> None:
    """What was handed over, divided by the rate; at rate 1 nothing changes."""
    paid = Money(minor, "PHP")
    assert converted(paid, rate, "EUR") == rounded(paid.amount / rate, "EUR")
    assert converted(paid, Decimal(1), "EUR").minor == minor


@given(price=st.integers(0, 10**7), modules=st.integers(1, 12), attended=st.integers(0, 12))
def test_a_part_fee_is_between_nothing_and_the_price(
    price: int, modules: int, attended: int
) -> None:
    """Attending some modules costs that share; none chosen or all of them is the price (S09)."""
    whole = Money(price, "EUR")
    fee = part_fee(whole, attended, modules)
    assert Money(0, "EUR") <= fee <= whole
    if not attended or attended >= modules:
        assert fee == whole
    else:
        assert abs(fee.minor * modules - price * attended) <= modules
