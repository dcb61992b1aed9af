"""Scans: which are events, and the minutes that follow."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scanning import REPEAT, ScanKind, is_news, presence_of

S = AttendanceState
IN, OUT = ScanKind.ENTRY, ScanKind.EXIT
START = dt.datetime(2027, 10, 25, 7, 30, tzinfo=dt.UTC)
END = START + dt.timedelta(minutes=90)


def after(minutes: float) -> dt.datetime:
    """A moment so many minutes after the start."""
    return START + dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("scans", "status", "minutes"),
    [
        ([(-5, IN)], S.PRESENT, 90),
        ([(10, IN)], S.PRESENT, 80),
        ([(11, IN)], S.LATE, 79),
        ([(0, IN), (60, OUT)], S.LEFT_EARLY, 60),
        ([(0, IN), (80, OUT)], S.PRESENT, 80),
        ([(0, IN), (30, OUT), (40, IN)], S.PRESENT, 80),
        ([(20, IN), (40, OUT), (50, IN), (60, OUT)], S.LEFT_EARLY, 30),
        ([(30, OUT)], S.LEFT_EARLY, 30),  # marked by a desk, never scanned coming in
        ([(100, IN)], S.LATE, 0),  # after the end
    ],
)
def test_minutes_follow_from_coming_and_going(
    scans: list[tuple[float, ScanKind]], status: S, minutes: int
) -> None:
    """A break does not count; ten minutes are late, or early, for nobody."""
    found = presence_of([(after(at), kind) for at, kind in scans], START, END)
    assert (found.status, found.minutes) == (status, minutes)


@given(st.lists(st.integers(-600, 7000), min_size=1, max_size=12, unique=True))
def test_minutes_are_those_of_the_session_at_most(seconds: list[int]) -> None:
    """Whenever people come and go: never below zero, never more than the session has."""
    moments = [START + dt.timedelta(seconds=n) for n in sorted(seconds)]
    events = [(at, OUT if n % 2 else IN) for n, at in enumerate(moments)]
    found = presence_of(events, START, END)
    assert 0 <= found.minutes <= 90
    assert found.came == moments[0]
    assert found.went >= moments[-1]


def test_the_same_scan_twice_is_one_event() -> None:
    """Within seconds whatever the direction, later if it says nothing new."""
    came = [(START, IN)]
    assert is_news([], START, IN, attended=False)
    assert not is_news(came, START + REPEAT, OUT, attended=True)
    assert is_news(came, START + REPEAT + dt.timedelta(seconds=1), OUT, attended=True)
    assert not is_news(came, after(30), IN, attended=True)
    assert not is_news([], START, IN, attended=True)  # a desk has marked the person
    assert is_news([], after(80), OUT, attended=True)
    assert not is_news([*came, (after(30), OUT)], after(40), OUT, attended=True)
    assert is_news([*came, (after(30), OUT)], after(40), IN, attended=True)


def test_nobody_leaves_who_never_came() -> None:
    """An exit without an entry is reported, not counted."""
    with pytest.raises(RuleBroken, match="never came in"):
        is_news([], START, OUT, attended=False)
