"""Births of which only a part is known: kept as they are, and used only where they decide (E29)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.arrivals import is_minor
from schoolapp.domain.births import ages, certain_age, is_part, read_part, span
from schoolapp.domain.people import check_person
from schoolapp.domain.reading_cells.dates import age_on
from schoolapp.domain.reports import age_group
from schoolapp.domain.selection import NOT_CERTAIN, NOT_SAID, age_band

DAY = dt.date(2027, 7, 24)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1990", "1990"),
        ("1990-05", "1990-05"),
        ("05/1990", "1990-05"),
        ("5.1990", "1990-05"),
        ("May 1990", "1990-05"),
        ("mai 1990", "1990-05"),
        ("mayo de 1990", "1990-05"),
        ("مئی 1990", "1990-05"),
        ("۱۹۹۰", "1990"),
        ("13/1990", None),
        ("around 1990", None),
        ("1985?", None),
        ("spring 1985", None),
        ("36", None),
        ("17 May 1990", None),
        ("", None),
    ],
)
def test_E29_a_year_or_a_month_is_read_and_nothing_is_added(text: str, part: str | None) -> None:
    """What says a year or a month beyond doubt is a part; anything vaguer is not (E29)."""
    assert read_part(text) == part


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2026, 12, 31)),
    st.dates(dt.date(2027, 1, 1), dt.date(2040, 12, 31)),
)
def test_E29_the_true_age_lies_in_the_span_of_a_part(born: dt.date, day: dt.date) -> None:
    """Whatever the day of birth, neither the month nor the year gives a wrong age (E29)."""
    true = age_on(born, day)
    year, month = f"{born:%Y}", f"{born:%Y-%m}"
    for part in (year, month):
        assert is_part(part)
        first, last = span(None, part) or (day, day)
        assert first <= born <= last
        least, most = ages(None, part, day) or (0, 0)
        assert least <= true <= most <= least + 1
        assert certain_age(None, part, day) in (None, true)
        assert age_band(None, day, part) in (NOT_CERTAIN, age_band(born, day))


def test_E29_an_age_band_is_reported_only_where_it_is_certain() -> None:
    """Born in 2001: 25 or 26, so between two bands; born in 1990: in one for certain (E29)."""
    assert (age_band(None, DAY, "1990"), age_band(None, DAY, "2001")) == ("36_50", NOT_CERTAIN)
    assert age_band(None, DAY) == NOT_SAID
    assert (age_group(None, DAY, "1985"), age_group(None, DAY, "2001")) == ("36-50", "not certain")
    assert age_group(None, DAY) == "not known"


@pytest.mark.parametrize(
    ("part", "registered", "minor"),
    [
        ("2012", None, True),
        ("2005", True, False),
        ("2009", None, True),  # 17 or 18: the papers are asked for
        ("2009", False, False),
        ("2009-07", False, False),
        ("2009-08", False, True),
        (None, True, True),
        (None, None, False),
    ],
)
def test_S22_E29_who_may_be_a_minor_is_asked_for_papers(
    part: str | None, registered: bool | None, minor: bool
) -> None:
    """A part decides if it can; else what was registered; else papers are asked for (S22, E29)."""
    assert is_minor(None, DAY, registered, part) is minor


@pytest.mark.parametrize(
    ("born", "part", "wrong"),
    [
        (None, "1990", False),
        (None, "1990-05", False),
        (None, "May 1990", True),
        (None, "0000", True),
        (None, "2031", True),
        (dt.date(1990, 5, 17), "1990", False),
        (dt.date(1990, 5, 17), "1990-05", False),
        (dt.date(1990, 5, 17), "1991", True),
        (dt.date(1990, 5, 17), "1990-06", True),
        (dt.date(1990, 5, 17), None, False),
    ],
)
def test_E29_a_part_stands_alone_and_in_one_form(
    born: dt.date | None, part: str | None, wrong: bool
) -> None:
    """A part beside a whole date must not contradict it; a part lies in the past (E29)."""
    assert ("born_partly" in check_person("Ana", born, None, DAY, part)) is wrong
