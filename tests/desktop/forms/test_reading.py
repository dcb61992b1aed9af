"""What people type for dates, times and amounts is read, and nothing doubtful is guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.base.shipped import minor_units
from schoolapp.desktop.forms import reading
from schoolapp.domain.money import Money

NEAR = dt.date(2027, 6, 29)


@pytest.mark.parametrize(
    ("typed", "intended"),
    [
        ("2027-06-29", (2027, 6, 29)),
        ("29.6.2027", (2027, 6, 29)),
        ("29/6/27", (2027, 6, 29)),
        ("29 6", (2027, 6, 29)),
        ("29-6-2027", (2027, 6, 29)),
        ("3/4/2027", (2027, 4, 3)),
        ("29 June", (2027, 6, 29)),
        ("29 jun. 2027", (2027, 6, 29)),
        ("29 juni 2027", None),
        ("۲۹ ۶ ۲۰۲۷", (2027, 6, 29)),
        ("31 12", (2026, 12, 31)),
        ("29 2", (2028, 2, 29)),
        ("31 2 2027", None),
        ("6/29/2027", None),
        ("soon", None),
        ("29 Ju", None),
    ],
)
def test_dates(typed: str, intended: tuple[int, int, int] | None) -> None:
    """The day comes first; without a year the nearest one is taken; the impossible is refused."""
    assert reading.read_date(typed, NEAR) == (dt.date(*intended) if intended else None)


@pytest.mark.parametrize(
    ("typed", "intended"),
    [
        ("9", (9, 0)),
        ("930", (9, 30)),
        ("9:30", (9, 30)),
        ("12.30", (12, 30)),
        ("9h30", (9, 30)),
        ("18h", (18, 0)),
        ("9 pm", (21, 0)),
        ("12am", (0, 0)),
        ("۹:۳۰", (9, 30)),
        ("1830", (18, 30)),
        ("24:00", None),
        ("9:60", None),
        ("13 pm", None),
        ("noon", None),
    ],
)
def test_times(typed: str, intended: tuple[int, int] | None) -> None:
    """Dot, colon, h or nothing between hours and minutes."""
    assert reading.read_time(typed) == (dt.time(*intended) if intended else None)


def test_a_moment_is_a_date_and_a_time() -> None:
    """With a space or a comma between."""
    intended = dt.datetime.combine(NEAR, dt.time(9, 30))
    for typed in ("2027-06-29 9:30", "29 6 2027, 9.30", "29 June 930"):
        assert reading.read_moment(typed, NEAR) == intended
    assert reading.read_moment("29 June", NEAR) is None


@pytest.mark.parametrize(
    ("typed", "minutes"), [("+90", 90), ("+ 15", 15), ("+1:30", 90), ("90", None), ("+1:75", None)]
)
def test_so_much_later(typed: str, minutes: int | None) -> None:
    """Minutes, or hours and minutes, behind a plus sign."""
    later = reading.read_minutes(typed)
    assert later == (None if minutes is None else dt.timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("typed", "currency", "intended"),
    [
        ("1234.50", "EUR", "1234.50"),
        ("1.234,50", "EUR", "1234.50"),
        ("1,234.50", "EUR", "1234.50"),
        ("1 234,5", "EUR", "1234.50"),
        ("1'234.50", "CHF", "1234.50"),
        ("1.234", "EUR", "1234"),
        ("1.234", "KWD", None),
        ("1.2345", "EUR", None),
        ("12.34.56", "EUR", None),
        ("1234,5", "JPY", None),
        ("1,234", "JPY", "1234"),
        ("-20", "EUR", "-20"),
        ("۱۲۳۴", "PKR", "1234"),
        ("twenty", "EUR", None),
        ("", "EUR", None),
    ],
)
def test_amounts(typed: str, currency: str, intended: str | None) -> None:
    """Either separator, if it is clear which it is; no more decimals than the currency has."""
    assert reading.read_money(typed, currency) == (
        Money.of(intended, currency) if intended else None
    )


@pytest.mark.parametrize(
    ("typed", "parted"),
    [
        ("6500 PHP", ("6500", "PHP")),
        ("php 6500", ("6500", "PHP")),
        ("€ 20", ("20", "EUR")),
        ("20€", ("20", "EUR")),
        ("1.234,50 EUR", ("1.234,50", "EUR")),
        ("€ 20 EUR", ("20", "EUR")),
        ("€ 20 PHP", ("€ 20 PHP", None)),  # one of them is wrong
        ("20 $", ("20 $", None)),  # of which country?
        ("-20", ("-20", None)),
        ("20", ("20", None)),
        ("20 abc", ("20 abc", None)),
        ("", ("", None)),
    ],
)
def test_a_currency_beside_an_amount(typed: str, parted: tuple[str, str | None]) -> None:
    """It is known where it can be no other one; nothing is guessed."""
    assert reading.part_currency(typed) == parted


@given(st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "JPY", "PKR", "PHP"]))
def test_an_amount_reads_as_it_is_written(minor: int, currency: str) -> None:
    """What the program writes into a field it reads back as the same amount."""
    money = Money(minor, currency)
    assert reading.read_money(str(money.amount), currency) == money


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_reads_as_it_is_written(day: dt.date) -> None:
    """ISO dates come back."""
    assert reading.read_date(day.isoformat(), NEAR) == day


@given(st.text(max_size=12))
def test_anything_may_be_typed(text: str) -> None:
    """No text makes a reader fail, and what is read is a value of its kind or none."""
    day, moment = reading.read_date(text, NEAR), reading.read_moment(text, NEAR)
    assert day is None or type(day) is dt.date
    assert moment is None or (type(moment) is dt.datetime and moment.tzinfo is None)
    assert isinstance(reading.read_time(text), dt.time | None)
    number = reading.read_number(text)
    assert number is None or number.is_finite()
    assert reading.part_currency(text)[1] in (None, *minor_units())
    amount = reading.read_money(text, "EUR")
    assert amount is None or amount.currency == "EUR"
