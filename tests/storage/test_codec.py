"""Tests of how values are written in the journal."""

import datetime as dt
import json
from collections import defaultdict
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.base import DecimalText, StateText, UtcMoment
from schoolapp.domain.participation import ParticipationState
from schoolapp.domain.people import NameOrder
from schoolapp.storage.codec import live, plain

AMSTERDAM = dt.timezone(dt.timedelta(hours=2))
MOMENTS = st.datetimes(timezones=st.sampled_from([dt.UTC, AMSTERDAM]))
KINDS = [
    (sa.Enum(NameOrder, native_enum=False), st.sampled_from(NameOrder)),
    (sa.Enum("a", "b", native_enum=False), st.sampled_from(["a", "b"])),
    (StateText(ParticipationState), st.sampled_from(ParticipationState)),
    (sa.Date(), st.dates()),
    (sa.Time(), st.times()),
    (sa.DateTime(), st.datetimes()),
    (DecimalText(), st.decimals(allow_nan=False)),
    (sa.String(), st.text()),
    (sa.Integer(), st.integers()),
    (sa.Boolean(), st.booleans()),
    (sa.JSON(), st.dictionaries(st.text(), st.lists(st.text()))),
]


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=lambda part: type(part).__name__)
def test_comes_back(kind: sa.types.TypeEngine, values: st.SearchStrategy) -> None:
    """What ``plain`` wrote, ``live`` gives back, by the type of the column; None stays None."""
    column = sa.Column("x", kind)

    @given(values | st.none())
    def holds(value: object) -> None:
        found = live(column, plain(value))
        assert (found, type(found)) == (value, type(value))  # a state equals its own text

    holds()


@given(MOMENTS)
def test_one_moment_has_one_text(moment: dt.datetime) -> None:
    """A moment is written in UTC, so that values compare equal whatever zone they came in."""
    written = plain(moment)
    assert written.endswith("+00:00")
    assert live(sa.Column("x", UtcMoment()), written) == moment


def test_zeros_stay() -> None:
    """A rate of 66.00 comes back with its zeros."""
    assert str(live(sa.Column("x", DecimalText()), plain(Decimal("66.00")))) == "66.00"


def test_what_json_writes_itself_stays_as_it_is() -> None:
    """A value of a JSON column may be of a type derived from those that JSON knows."""
    words = defaultdict(str, en="Library")
    assert plain(words) is words
    assert live(sa.Column("x", sa.JSON()), json.loads(json.dumps(plain(words)))) == words
