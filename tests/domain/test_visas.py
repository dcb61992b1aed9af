"""Visas in plain values: need, days, numbers and what is wrong with a rule or a letter."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain import visas
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.visas import Need, Payer

FIRST, LAST = dt.date(2027, 7, 24), dt.date(2027, 8, 1)


@pytest.mark.parametrize(
    ("said", "nationality", "needed", "found"),
    [
        (None, "BR", True, (Need.YES, False)),
        (None, "BR", False, (Need.NO, False)),
        (None, None, None, (Need.UNKNOWN, False)),
        (None, "DE", None, (Need.NO, False)),
        (None, "NL", None, (Need.NO, False)),
        (None, "PK", None, (Need.UNKNOWN, False)),
        (False, "BR", True, (Need.NO, True)),
        (True, "BR", True, (Need.YES, False)),
        (True, "PK", None, (Need.YES, False)),
    ],
)
def test_what_the_person_says_counts_before_the_table(
    said: bool | None, nationality: str | None, needed: bool | None, found: tuple[Need, bool]
) -> None:
    """To Amsterdam: the answer, else the table, else free movement; a contradiction is marked."""
    assert visas.need_of(said, nationality, "NL", needed) == found


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(0, 60))
def test_who_hands_in_on_the_last_day_has_all_working_days(day: dt.date, days: int) -> None:
    """From then to the arrival, that day not counted, are the working days the consulate takes."""
    last = visas.hand_in_by(day, days)
    arrived = day - dt.timedelta(days=1)
    assert visas.working_days_until(last - dt.timedelta(days=1), arrived) == days
    assert visas.working_days_until(arrived, last - dt.timedelta(days=1)) == -days
    assert last.weekday() < 5 or days == 0


def test_letters_are_numbered_by_centre_year_and_revision() -> None:
    """One series for each centre and year; the first letter is revision 1."""
    assert visas.number_of(visas.series_of("Amsterdam", 2027), 7) == "AMS-2027-0007"
    assert (visas.next_revision([]), visas.next_revision([1, 3])) == (1, 4)


def test_the_name_is_that_of_the_passport_or_as_it_is_written() -> None:
    """P07: it is never put together of parts."""
    assert visas.name_in_passport(" ANA MARIA ", "Ana") == "ANA MARIA"
    assert visas.name_in_passport("  ", " Ana ") == visas.name_in_passport(None, "Ana") == "Ana"


@pytest.mark.parametrize(
    ("country", "nationality", "days", "wrong"),
    [
        ("NL", "BR", None, set()),
        ("NL", "BR", 260, set()),
        ("", "BR", 0, {"country"}),
        ("NL", "", 15, {"nationality"}),
        ("", "", 261, {"country", "nationality", "working_days"}),
        ("NL", "BR", -1, {"working_days"}),
    ],
)
def test_a_line_of_the_table_names_both_countries(
    country: str, nationality: str, days: int | None, wrong: set[str]
) -> None:
    """A rule names two countries, and a plausible number of working days, if any."""
    assert visas.check_rule(country, nationality, days).keys() == wrong


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"name": " "}, {"name"}),
        ({"starts": None}, {"starts"}),
        ({"ends": None}, {"ends"}),
        ({"ends": FIRST - dt.timedelta(days=1)}, {"ends"}),
        ({"starts": None, "ends": None}, {"starts", "ends"}),
        ({"address": ""}, {"address"}),
        ({"payer": Payer.OTHER}, {"payer_name"}),
        ({"payer": Payer.OTHER, "payer_name": "A fund"}, set()),
    ],
)
def test_a_letter_says_who_when_where_and_who_pays(changes: dict, wrong: set[str]) -> None:
    """A consulate refuses a letter in which one of these is missing."""
    whole = {
        "name": "Ana", "starts": FIRST, "ends": LAST, "address": "Timorplein", "payer": Payer.HOST,
        "payer_name": "",
    }  # fmt: skip
    assert visas.check_letter(**(whole | changes)).keys() == wrong


def test_the_first_thing_that_is_wrong_is_reported() -> None:
    """One sentence at a time; none if nothing is wrong."""
    visas.refuse_wrong({})
    with pytest.raises(RuleBroken, match="country of the gathering"):
        visas.refuse_wrong(visas.check_rule("", "", None))
