"""Person-days for any records, against a recount that goes day by day."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.presence import Recorded, known_days

FIRST = dt.date(2027, 3, 20)  # a change of the clocks and the end of a month are inside
DAYS = 14
LAST = FIRST + dt.timedelta(days=DAYS - 1)
dates = st.integers(-3, DAYS + 2).map(lambda n: FIRST + dt.timedelta(days=n))
said = st.dictionaries(st.integers(0, DAYS - 1).map(lambda n: FIRST + dt.timedelta(days=n)),
                       st.booleans())  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Recorded:
    """Day lists, registers and arrivals; some people were never checked out."""
    recorded = Recorded(listed=draw(said))
    for day, came in draw(st.lists(st.tuples(dates, st.booleans()), max_size=8)):
        recorded.note_session(day, came)
    for came in draw(st.lists(dates, max_size=3)):
        left = draw(st.none() | st.integers(-2, 9).map(lambda n, came=came: came + dt.timedelta(n)))
        recorded.arrivals.append((came, left))
    return recorded


def recount(recorded: Recorded, day: dt.date) -> bool | None:
    """What is known of a day, asked one question after another."""
    if day in recorded.listed:
        return recorded.listed[day]
    if recorded.registers.get(day):
        return True
    for came, left in recorded.arrivals:
        if FIRST <= day <= LAST and (day == came or (left and came <= day <= left)):
            return True
    return False if day in recorded.registers else None


@given(records())
def test_each_day_is_known_as_its_own_records_say(recorded: Recorded) -> None:
    """A day depends on what was recorded of it and on the span that holds it, on nothing else."""
    known = known_days(recorded, FIRST, LAST)
    every = [FIRST + dt.timedelta(days=n) for n in range(-5, DAYS + 15)]
    assert {day: known.get(day) for day in every} == {day: recount(recorded, day) for day in every}


@given(records())
def test_taking_a_record_away_never_adds_a_day(recorded: Recorded) -> None:
    """Fewer arrivals are never more person-days, and no record at all is no figure."""
    before = sum(known_days(recorded, FIRST, LAST).values())
    fewer = Recorded(recorded.listed, recorded.registers, recorded.arrivals[1:])
    assert sum(known_days(fewer, FIRST, LAST).values()) <= before
    assert known_days(Recorded(), FIRST, LAST) == {}
