"""The state of somebody's place: the valid steps, and following the outcome of an application."""

import itertools

import pytest
from sqlalchemy.dialects import sqlite

from schoolapp.domain.base import StateText
from schoolapp.domain.participation import (
    PARTICIPATION,
    Participation,
    ParticipationState,
    bring_to,
)
from schoolapp.domain.rules import RuleBroken

S = ParticipationState


@pytest.mark.parametrize(("before", "after"), [*itertools.product(S, S)])
def test_a_place_follows(before: ParticipationState, after: ParticipationState) -> None:
    """From each state to each other by one step; only people who do not come cannot have gone."""
    place = Participation(state=before)
    if (before, after) == (S.CANCELLED, S.COMPLETED):
        with pytest.raises(RuleBroken, match="not possible in the state “cancelled”"):
            bring_to(place, after, by="desk")
        assert place.state is before
    else:
        bring_to(place, after, by="desk")
        assert place.state is after


def test_a_place_begins_as_expected() -> None:
    """Nobody is here before the desk has seen them; a step has one name, wherever it starts."""
    assert Participation().state is PARTICIPATION.initial
    names = {(step.name, step.target) for step in PARTICIPATION.steps}
    assert len(names) == len({name for name, _target in names}) == len(S)


def test_a_word_that_is_no_state_is_neither_kept_nor_read() -> None:
    """The column is plain text, so that nothing else would refuse it."""
    kind, dialect = StateText(S), sqlite.dialect()  # type: ignore[no-untyped-call]
    for state in (*S, None):
        assert kind.process_result_value(kind.process_bind_param(state, dialect), dialect) is state
    for move in (kind.process_bind_param, kind.process_result_value):
        with pytest.raises(ValueError, match="here"):
            move("here", dialect)
