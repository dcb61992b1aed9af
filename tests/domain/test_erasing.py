"""The plan of erasing names every table and every text in it, and how birth dates are blurred."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Table, types

from schoolapp.domain.base import DecimalText
from schoolapp.domain.erasing import (
    GROUPS,
    PLANS,
    Outcome,
    Plan,
    statistical_birth,
    statistical_pronouns,
)
from schoolapp.domain.reading_cells.dates import age_on
from schoolapp.storage.tables import metadata

TABLES = metadata.sorted_tables


def may_tell(column: Column[object]) -> bool:
    """Whether a column can hold words, a day or several things of a person."""
    kind = column.type
    if isinstance(kind, types.Enum):
        return False
    return isinstance(kind, types.String | types.JSON | types.Date | DecimalText)


def planned(plan: Plan) -> set[str]:
    return {*plan.own, *plan.told, *plan.free}


def test_every_table_has_a_plan() -> None:
    """Whoever adds a table says what becomes of it when a person is erased."""
    assert {table.name for table in TABLES} == set(PLANS)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_text_is_named_in_the_plan(table: Table) -> None:
    """Words, days and values tell of a person or do not: somebody has decided which."""
    plan = PLANS[table.name]
    assert {c.name for c in table.c if may_tell(c) and not c.foreign_keys} <= planned(plan)
    assert planned(plan) | {*plan.by, *plan.refers} <= set(table.c.keys())
    assert not set(plan.free) & {*plan.own, *plan.told}
    people = {c.name for c in table.c for k in c.foreign_keys if k.target_fullname == "person.id"}
    assert people <= {*plan.by, *plan.refers}
    assert bool(plan.by) is (plan.outcome is not Outcome.NOBODYS) or table.name == "person"


def test_nothing_hangs_on_what_goes() -> None:
    """What refers to a row that goes, goes too."""
    for table in TABLES:
        for column in table.c:
            for key in column.foreign_keys:
                if PLANS[key.column.table.name].outcome is Outcome.GOES:
                    assert PLANS[table.name].outcome is Outcome.GOES, f"{table.name}.{column.name}"
                    assert column.name in PLANS[table.name].by


def test_what_a_person_is_told_is_in_the_plan() -> None:
    """What is said to go has something to lose, and what is said to stay stays."""
    for words, outcome, tables in GROUPS:
        assert words
        for name in tables:
            plan = PLANS[name]
            assert outcome is Outcome.STAYS or plan.outcome is Outcome.GOES or plan.own
            assert outcome is Outcome.GOES or plan.outcome is Outcome.STAYS


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


@given(st.dates(dt.date(1930, 1, 1), dt.date(2019, 12, 31)), DAYS)
def test_the_age_in_the_counts_stays(born: dt.date, day: dt.date) -> None:
    """The blurred birth date gives the same age on the day of the gathering, by the year alone."""
    blurred = statistical_birth(born, [day])
    assert age_on(blurred, day) == age_on(born, day)
    assert (blurred.month, blurred.day) in ((1, 1), (12, 31))


def test_several_gatherings_blur_to_the_month() -> None:
    """Who was once counted before and once after the birthday keeps the month, not the day."""
    days = [dt.date(2027, 5, 1), dt.date(2027, 10, 1)]
    assert statistical_birth(dt.date(2000, 7, 14), days) == dt.date(2000, 7, 1)


def test_pronouns_of_ones_own_become_a_count() -> None:
    """The counts know women, men and others; a word that somebody made up would tell who."""
    told = [statistical_pronouns(words) for words in ("she", "he", "they", "xe/xem", None)]
    assert told == ["she", "he", "they", "they", None]
