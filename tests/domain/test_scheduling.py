"""When a session may take place."""

import datetime as dt

import pytest

from schoolapp.domain.programme import Mode, SessionState
from schoolapp.domain.readings import gap_of
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import (
    LineDraft,
    ScheduleFacts,
    SessionDraft,
    check_session,
    need_changeable,
)

FACTS = ScheduleFacts(
    tz="Europe/Amsterdam", first=dt.date(2027, 10, 23), last=dt.date(2027, 11, 12)
)
NINE = dt.datetime.fromisoformat("2027-10-25T09:00")


def test_nobody_interprets_into_the_language_of_the_floor() -> None:
    """A line into the floor's own language is a mistake."""
    line = LineDraft(source="fr", target="en", mode=Mode.BOOTH)
    draft = SessionDraft(
        gathering_id=1,
        title="Debt",
        start=NINE,
        end=NINE + dt.timedelta(hours=1),
        floor_language="en",
        interpretation=(line,),
    )
    assert set(check_session(draft, FACTS)) == {"interpretation"}


@pytest.mark.parametrize("state", [SessionState.RUNNING, SessionState.HELD])
def test_what_has_begun_stays_where_it_is(state: SessionState) -> None:
    """Neither time nor room changes once a session runs."""
    with pytest.raises(RuleBroken, match="has begun"):
        need_changeable(state)


def test_only_lectures_and_sessions_with_texts_have_a_gap() -> None:
    """A plenary without texts has no gap; with one it has a gap in the other languages."""
    assert gap_of(False, ["en", "fr"], set()) is None
    assert gap_of(True, ["en", "fr"], set()) == ["en", "fr"]
    assert gap_of(False, ["en", "fr"], {"en"}) == ["fr"]
