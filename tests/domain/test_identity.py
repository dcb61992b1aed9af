"""Whether two descriptions are of one person: agreement, contradiction, slips."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.identity import (
    Described,
    Names,
    addresses_of,
    agreement,
    compare_names,
    name_key,
    names_of,
)

BORN = dt.date(1990, 5, 17)


def person(name: str, born: dt.date | None = None, email: str | None = None) -> Described:
    """Somebody with a name, perhaps a birth date and an address."""
    return Described(names_of(name), born, addresses=addresses_of((email,), ()))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Ana María Pérez", "PEREZ, Ana Maria", Names.SAME),
        ("Anne-Marie O'Neil", "Anne Marie O Neil", Names.SAME),
        ("Ana Pérez", "Ana Pérez Gil", Names.LIKE),
        ("Juan Dela Cruz", "Juan Delacruz", Names.LIKE),
        ("Jon Smit", "John Smit", Names.LIKE),
        ("Ana Khan", "Aisha Khan", Names.OTHER),
        ("Maria Lopez", "Maria Silva", Names.OTHER),
        ("Elias Sjöström", "Elias Åkesdotter", Names.OTHER),
        ("Ana Khan", "آنا خان", Names.UNKNOWN),
        ("Ana Khan", "", Names.UNKNOWN),
    ],
)
def test_names_are_compared_as_wholes(one: str, other: str, found: Names) -> None:
    """Order, accents and signs do not matter; one common word is no agreement."""
    assert compare_names(names_of(one), names_of(other)) is found
    assert compare_names(names_of(other), names_of(one)) is found


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_order_of_names_is_nothing(one: str, other: str) -> None:
    """Who writes the family name first is the same person."""
    assert name_key(f"{one} {other}") == name_key(f"{other} {one}")


def test_a_name_with_something_more_is_sure() -> None:
    """The whole name, and the birth date or an address, unless the birth date contradicts."""
    ana = person("Ana Khan", BORN, "ana@example.org")
    assert agreement(ana, person("Ana Khan", BORN, "new@example.org")).is_sure
    assert agreement(ana, person("Ana Khan", None, "ANA@example.org")).is_sure
    assert not agreement(ana, person("Ana Khan")).is_sure
    assert not agreement(ana, person("Ana Khan", dt.date(1999, 9, 9), "ana@example.org")).is_sure
    assert not agreement(ana, person("Aya Khan", BORN, "ana@example.org")).is_sure


@pytest.mark.parametrize(
    ("other", "is_slip"),
    [
        (dt.date(1990, 5, 18), True),
        (dt.date(1991, 5, 17), True),
        (dt.date(1990, 6, 17), True),
        (dt.date(1999, 9, 29), False),
        (dt.date(1991, 6, 17), False),
    ],
)
def test_a_slip_is_one_part_of_a_date(other: dt.date, is_slip: bool) -> None:
    """Two dates that differ in one of day, month and year may be one; else they are two."""
    found = agreement(person("Ana", BORN), person("Ana", other))
    assert (found.born, found.slip) == (False, is_slip)


def test_day_and_month_exchanged_are_a_slip() -> None:
    """3 April and 4 March are written alike."""
    found = agreement(person("Ana", dt.date(1990, 4, 3)), person("Ana", dt.date(1990, 3, 4)))
    assert found.slip


def test_E29_a_year_agrees_with_too_many() -> None:
    """A year of birth contradicts another year, and says nothing of its own (E29)."""
    year = Described(names_of("Ana"), None, "1990")
    assert agreement(year, person("Ana", BORN)).born is None
    assert agreement(year, person("Ana", dt.date(1991, 5, 17))).born is False


def test_words_that_nobody_can_read_agree_if_they_are_the_same() -> None:
    """A birth date in doubt is compared as it was written."""
    one = Described(names_of("Ana"), born_words=frozenset({"03/04/1990"}))
    other = Described(names_of("Ana"), dt.date(1990, 4, 3), born_words=frozenset({"03/04/1990"}))
    assert agreement(one, other).born is True


def test_a_phone_is_an_address() -> None:
    """The end of the number counts; a few digits are nobody's."""
    assert addresses_of((), ("+31 6 12345678",)) == addresses_of((), ("06-12345678",))
    assert addresses_of(("nobody",), ("112",)) == frozenset()
