"""Reports before they are made: columns, filters that are kept, ages, small groups, reasons."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.reports import (
    HIDDEN_BELOW,
    KINDS,
    ReportFilter,
    age_group,
    filter_of,
    need_purpose,
    without_small_groups,
)
from schoolapp.domain.rules import RuleBroken

DAY = dt.date(2027, 7, 24)
WORDS = st.text(max_size=8)
FILTERS = st.builds(
    ReportFilter, WORDS, WORDS, WORDS, st.none() | st.dates(), st.none() | st.dates(),
    st.integers(0, 2),
)  # fmt: skip


@given(FILTERS)
def test_a_kept_filter_comes_back_as_it_was(only: ReportFilter) -> None:
    """What a template keeps of a filter gives the same filter; what is empty is not kept."""
    assert filter_of(only.kept()) == only
    assert all(only.kept().values())
    assert len(only.described()) == len(only.kept())


def test_a_filter_is_read_from_texts() -> None:
    """Dates and days of travel are read; other words are taken as they are; nonsense is refused."""
    kept = {"delegation": "Peru", "first": "2027-07-24", "travel_days": "1", "shoes": "42"}
    assert filter_of(kept) == ReportFilter("Peru", first=DAY, travel_days=1)
    assert filter_of({}) == ReportFilter()
    for wrong in ({"first": "24.7.2027"}, {"travel_days": "two"}):
        with pytest.raises(ValueError, match=r"24\.7|two"):
            filter_of(wrong)
    for days in (-1, 3):
        with pytest.raises(RuleBroken, match="2 days of travel"):
            ReportFilter(travel_days=days)


def test_the_dates_of_a_filter_are_inclusive() -> None:
    """The first and the last day belong to it; a missing end is open."""
    day = dt.timedelta(1)
    only = ReportFilter(first=DAY, last=DAY + day)
    assert [only.holds(DAY + n * day) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert ReportFilter(first=DAY).holds(dt.date.max)
    assert ReportFilter(last=DAY).holds(dt.date.min)


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (None, "not known"),
        ("2009-07-25", "under 18"),
        ("2009-07-24", "18-25"),
        ("2001-07-25", "18-25"),
        ("2001-07-24", "26-35"),
        ("1991-07-25", "26-35"),
        ("1991-07-24", "36-50"),
        ("1976-07-25", "36-50"),
        ("1976-07-24", "over 50"),
    ],
)
def test_the_age_is_that_of_the_first_day(born: str | None, group: str) -> None:
    """A birthday on the first day counts, the day after does not."""
    assert age_group(born and dt.date.fromisoformat(born), DAY) == group  # type: ignore[arg-type]


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 30), max_size=6))
def test_no_small_group_can_be_worked_out(counts: dict[str, int]) -> None:
    """Each group shown has at least five people, and never exactly one of several is hidden."""
    shown = without_small_groups(counts)
    hidden = [group for group, count in shown.items() if count is None]
    assert all(count is None or count >= HIDDEN_BELOW for count in shown.values())
    assert len(hidden) != 1 or len(counts) == 1
    assert {group: counts[group] for group in hidden} | {
        group: count for group, count in shown.items() if count is not None
    } == counts


def test_columns_come_in_the_order_of_the_report() -> None:
    """Without names the least; an unknown name is refused; sensitive ones ask for a reason."""
    kind = KINDS["person"]
    assert [one.key for one in kind.chosen(("hours", "name"))] == ["name", "hours"]
    assert tuple(one.key for one in kind.chosen()) == kind.least
    with pytest.raises(RuleBroken, match="no column shoes"):
        kind.chosen(("shoes",))
    private = kind.chosen(("name", "email"))
    for reason in ("", "  "):
        with pytest.raises(RuleBroken, match="what it is for"):
            need_purpose(private, reason)
    need_purpose(private, "letters")
    need_purpose(kind.chosen(), "")
