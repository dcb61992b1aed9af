"""Selection in plain values: groups, balance, targets, who is next on the waiting list."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.genders import group_of
from schoolapp.domain.selection import (
    Bar,
    Candidate,
    Measure,
    Missed,
    SelectionTarget,
    Side,
    age_band,
    balance,
    check_target,
    missed_targets,
    without_small_groups,
)
from schoolapp.domain.waiting import Policy, Waiting, check_rules, in_order, next_in_line

S = ApplicationState


@pytest.mark.parametrize("number", [None, -1])
def test_a_target_needs_a_number(number: int | None) -> None:
    """A target without a number, or below zero, is refused; so is an offer of no day."""
    assert "number" in check_target(Measure.AT_LEAST, number)
    assert "offer_days" in check_rules(number)
    assert "number" in check_target(Measure.AT_MOST_PERCENT, 101)
    assert check_target(Measure.AT_MOST, 101) == check_rules(7) == {}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (dt.date(2009, 7, 26), "under_18"),
        (dt.date(2009, 7, 25), "18_25"),
        (dt.date(1960, 1, 1), "over_50"),
        (None, ""),
    ],
)
def test_an_age_is_that_of_the_first_day(born: dt.date | None, band: str) -> None:
    """A person who turns 18 a day later is a minor when the gathering begins (E09)."""
    assert age_band(born, dt.date(2027, 7, 25)) == band


def test_a_gender_is_what_somebody_says_of_theirs() -> None:
    """Nothing is guessed: a gender left open is "not said", whatever the pronouns (E23)."""
    said = ("woman", "man", "other", "agender", None)
    assert [group_of(one) for one in said] == ["women", "men", "others", "others", ""]


@pytest.mark.parametrize(
    ("measure", "number", "missed"),
    [
        (Measure.AT_LEAST_PERCENT, 50, True),
        (Measure.AT_LEAST_PERCENT, 33, False),
        (Measure.AT_MOST_PERCENT, 33, True),
        (Measure.AT_MOST_PERCENT, 34, False),
        (Measure.AT_LEAST, 2, True),
        (Measure.AT_MOST, 0, True),
        (Measure.AT_MOST, 1, False),
    ],
)
def test_targets_are_counted_exactly(measure: Measure, number: int, missed: bool) -> None:
    """One woman of three with a place is 33.3 percent."""
    bars = dict.fromkeys(Side, ()) | {Side.GENDER: (Bar("women", 5, 1),)}
    target = SelectionTarget(side=Side.GENDER, group="women", measure=measure, number=number)
    expected = [Missed(Side.GENDER, "women", measure, number, 1, 3)] if missed else []
    assert missed_targets([target], bars, 3) == expected


lines = st.lists(st.one_of(st.none(), st.integers(1, 9)), max_size=6).map(
    lambda ranks: [Waiting(n, rank, fits=n % 3 != 1) for n, rank in enumerate(ranks)]
)


@given(lines)
def test_the_order_is_total_and_the_first_who_fits_is_next(line: list[Waiting]) -> None:
    """Whatever the ranks: everybody is listed once, and strict order takes the first with room."""
    ordered = in_order(line)
    assert sorted(w.application_id for w in ordered) == [w.application_id for w in line]
    found = next_in_line(line, Policy.STRICT, (), ())
    fitting = [w.application_id for w in ordered if w.fits]
    assert (found.application_id if found else None) == (fitting[0] if fitting else None)


def test_filling_falls_back_on_the_order_where_nobody_helps() -> None:
    """Two equal people: the first on the list, and the reason says that it was the order."""
    line = [Waiting(1, 1), Waiting(2, 2)]
    people = [Candidate(n, S.WAITLISTED, {Side.GENDER: ("men",)}) for n in (1, 2)]
    target = SelectionTarget(side=Side.GENDER, group="women", number=50)
    found = next_in_line(line, Policy.FILL, people, [target])
    assert found is not None
    assert (found.application_id, found.rank) == (1, 1)
    assert "helps" not in found.message
    assert balance([])[Side.GENDER] == ()
    assert next_in_line(line, Policy.FILL, (), [target]) is not None


def test_filling_weighs_numbers_and_shares_alike() -> None:
    """Two women at least: the first woman on the list goes before the man above her."""
    line = [Waiting(1, 1), Waiting(2, 2), Waiting(3, 3)]
    people = [
        Candidate(1, S.WAITLISTED, {Side.GENDER: ("men",)}),
        Candidate(2, S.WAITLISTED, {Side.GENDER: ("women",)}),
        Candidate(3, S.WAITLISTED, {Side.GENDER: ("women",)}),
    ]
    for measure, number in ((Measure.AT_LEAST, 2), (Measure.AT_LEAST_PERCENT, 60)):
        target = SelectionTarget(side=Side.GENDER, group="women", measure=measure, number=number)
        found = next_in_line(line, Policy.FILL, people, [target])
        assert found is not None
        assert (found.application_id, found.rank) == (2, 2)
        assert "helps" in found.message


def test_minutes_name_no_group_of_fewer_than_five() -> None:
    """A group of five is named and one of four is not; nor are four of a larger one with a place.

    People who know the gathering would recognise them.
    """
    bars = (Bar("AF", 9, 5), Bar("EU", 5, 4), Bar("AS", 4, 4))
    shown = (Bar("AF", 9, 5), Bar("EU", 5, 0))
    assert without_small_groups({Side.REGION: bars}) == {Side.REGION: shown}
