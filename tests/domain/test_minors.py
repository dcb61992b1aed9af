"""Minors in plain values: ages, nights with their adult, papers and the ratio."""

import datetime as dt

import pytest

from schoolapp.domain import minors
from schoolapp.domain.minors import AdultProblem, Paper, Stayer
from schoolapp.domain.rules import RuleBroken


def stay(first: int, last: int) -> tuple[dt.datetime, dt.datetime]:
    """From the evening of one day of July to the morning of another."""
    arrives = dt.datetime(2027, 7, first, 20)  # noqa: DTZ001 - wall time
    return arrives, dt.datetime(2027, 7, last, 9)  # noqa: DTZ001


def test_who_is_born_on_a_leap_day_is_of_age_on_the_first_of_march() -> None:
    """Where there is no such day in the year; without a birth date nothing is known."""
    assert minors.comes_of_age(dt.date(2008, 2, 29)) == dt.date(2026, 3, 1)
    assert minors.comes_of_age(dt.date(2010, 7, 26)) == dt.date(2028, 7, 26)
    assert minors.comes_of_age(None) is minors.known_age(None, dt.date(2027, 7, 25)) is None
    assert minors.known_age(dt.date(2010, 7, 26), dt.date(2027, 7, 25)) == 16


@pytest.mark.parametrize(
    ("adult", "of_age", "adult_problem"),
    [
        (None, None, AdultProblem.ADULT),
        (1, None, AdultProblem.ADULT_IS_SELF),
        (9, None, AdultProblem.ADULT_IS_AWAY),
        (2, None, AdultProblem.ADULT_IS_MINOR),
        (3, None, None),
        (4, None, AdultProblem.ADULT_LEAVES),
        (4, dt.date(2027, 7, 27), None),
        (4, dt.date(2027, 7, 28), AdultProblem.ADULT_LEAVES),
    ],
)
def test_an_adult_is_there_for_every_night_of_a_minor(
    adult: int | None, of_age: dt.date | None, adult_problem: AdultProblem | None
) -> None:
    """Another person, of age, taking part, and no night alone before the minor is of age."""
    people = {
        1: Stayer(1, True, (stay(24, 29),)),
        2: Stayer(2, True, (stay(24, 29),)),
        3: Stayer(3, False, (stay(23, 26), stay(26, 29))),
        4: Stayer(4, False, (stay(24, 27),)),
    }
    assert minors.problem_with_adult(people[1], adult, people, of_age) is adult_problem


def test_the_ratio_counts_named_adults_and_those_with_too_many() -> None:
    """A minor without an adult counts for none; the adult with most minors comes first."""
    found = minors.ratio([3, 3, 4, 4, 4, 5, None], 1)
    assert (found.minors, found.adults, found.overloaded) == (7, 3, ((4, 3), (3, 2)))
    assert (found.per_ten, minors.ratio([], 1).per_ten) == (4.3, None)


def test_rules_ask_for_something() -> None:
    """At least one paper and one minor for an adult; a required paper that is absent is missing."""
    asked = (Paper.CONSENT, Paper.IDENTITY)
    assert minors.missing_papers(asked, {Paper.CONSENT}) == (Paper.IDENTITY,)
    minors.check_rules(asked, None)
    minors.check_rules(asked, 1)
    with pytest.raises(RuleBroken, match="one paper"):
        minors.check_rules((), 5)
    with pytest.raises(RuleBroken, match="one minor"):
        minors.check_rules(asked, 0)
