"""The plan of erasing follows from the marks of columns; how birth dates are blurred."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, ForeignKey, MetaData, Table, types

from schoolapp.domain.base import refers
from schoolapp.domain.data_map import (
    BOOK_WORDS,
    COUNTED,
    DOER,
    HEALTH,
    PLAIN,
    WORDS,
    Erased,
    Level,
    Outcome,
    Personal,
    Retention,
    mark_of,
    row_of,
)
from schoolapp.domain.erasing import (
    GROUPS,
    Plan,
    plan_of,
    plans_of,
    statistical_birth,
    statistical_gender,
    statistical_pronouns,
)
from schoolapp.domain.reading_cells.dates import age_on
from schoolapp.storage.tables import metadata
from tools import data_map

TABLES = metadata.sorted_tables
PLANS = plans_of(TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_marked(table: Table) -> None:
    """A new column must say what it means to the person it is about."""
    for mark in map(mark_of, table.c):
        assert (mark.personal is Personal.NONE) is (mark.name in ("Plain", "Secret"))
        assert mark.level is not Level.STATISTICS or mark is PLAIN
        assert mark.personal is not Personal.FINANCE or mark.retention is Retention.YEARS_7


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_is_erased_follows_from_the_marks(table: Table) -> None:
    """Only what is about somebody is emptied: a row that is nobody's loses a name in its words."""
    plan = PLANS[table.name]
    assert plan.outcome is not Outcome.NOBODYS or not plan.own


def made_up(*columns: Column[Any]) -> Table:
    """A table beside that of people, with these columns."""
    everything = MetaData()
    Table("person", everything, Column("id", types.Integer, primary_key=True))
    return Table("made_up", everything, *columns)


def test_each_mark_leads_to_its_part_of_a_plan() -> None:
    """A row of a person is emptied of health and words; nobody's only has the name taken out."""

    def words() -> list[Column[Any]]:
        return [
            Column("note", types.String, info=WORDS.info),
            Column("title", types.String, info=BOOK_WORDS.info),
            Column("by", types.String, info=DOER.info),
            Column("state", types.String, info=COUNTED.info),
            Column("guardian_id", ForeignKey("person.id"), info=refers("person.id")),
        ]

    whose = Column("person_id", ForeignKey("person.id"), info=refers("person.id", Outcome.STAYS))
    diet = Column("diet", types.String, info=HEALTH.info)
    common: dict[str, Any] = {
        "texts": ("note", "title"), "doers": ("by",), "refers": ("guardian_id",),
    }  # fmt: skip
    assert plan_of(made_up(whose, diet, *words())) == Plan(
        "made_up", Outcome.STAYS, by=("person_id",), own=("diet", "note"), **common
    )
    assert plan_of(made_up(*words())) == Plan("made_up", Outcome.NOBODYS, by=(), own=(), **common)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_is_owned_through_one_that_is_owned(table: Table) -> None:
    """A row that is marked as a person's refers to the person, or to another row of theirs."""
    for column in table.c:
        if row_of(column):
            parents = {key.column.table.name for key in column.foreign_keys} or {"person"}
            assert all(PLANS[name].outcome is not Outcome.NOBODYS for name in parents)


def test_nothing_by_which_somebody_is_reached_stays() -> None:
    """A row that stays without a name holds counts and books, and who did something."""
    for table in TABLES:
        if PLANS[table.name].outcome is Outcome.STAYS:
            for mark in map(mark_of, table.c):
                assert mark.erased is not Erased.STAYS or mark.personal is not Personal.CONTACT


def test_nothing_hangs_on_what_goes() -> None:
    """What refers to a row that goes, goes too."""
    for table in TABLES:
        for column in table.c:
            for key in column.foreign_keys:
                if PLANS[key.column.table.name].outcome is Outcome.GOES:
                    assert PLANS[table.name].outcome is Outcome.GOES, f"{table.name}.{column.name}"
                    assert column.name in PLANS[table.name].by


def test_what_the_panel_says_is_in_the_plan() -> None:
    """What the panel says goes has something to lose, and what it says stays does stay."""
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
    """People counted once before and once after their birthday keep the month, not the day."""
    days = [dt.date(2027, 5, 1), dt.date(2027, 10, 1)]
    assert statistical_birth(dt.date(2000, 7, 14), days) == dt.date(2000, 7, 1)


def test_a_gender_of_ones_own_becomes_a_count() -> None:
    """What somebody calls theirs would identify them; the group that is counted stays."""
    counted = [statistical_gender(said) for said in ("woman", "man", "other", "agender", None)]
    assert counted == ["woman", "man", "other", "other", None]


def test_pronouns_of_ones_own_become_a_count() -> None:
    """The counts know women, men and others; a word that somebody made up would identify them."""
    counted = [statistical_pronouns(words) for words in ("she", "he", "they", "xe/xem", None)]
    assert counted == ["she", "he", "they", "they", None]


def test_the_data_map_is_up_to_date() -> None:
    """The page says what the program does: ``python -m tools.data_map``."""
    assert data_map.PAGE.read_text(encoding="utf-8") == data_map.page()
