"""The arrival desk in plain values: ages, checklists, badges, registers, marks."""

import datetime as dt

import pytest

from schoolapp.domain import arrivals, attendance, scanning
from schoolapp.domain.applications import APPLICATION, ApplicationState, CaseFacts
from schoolapp.domain.arrivals import Check
from schoolapp.domain.attendance import AttendanceState, check_mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded

ARRIVES = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("born", "registered", "minor"),
    [
        (dt.date(2008, 2, 29), True, False),
        (dt.date(2008, 3, 1), None, False),
        (dt.date(2008, 3, 2), False, True),
        (None, True, True),
        (None, None, False),
    ],
)
def test_the_birth_date_decides_who_is_a_minor(
    born: dt.date | None, registered: bool | None, minor: bool
) -> None:
    """S22, E09: of age on the birthday itself; without a date what was registered."""
    assert arrivals.is_minor(born, ARRIVES, registered) is minor


def test_what_is_missing_at_the_desk_wants_a_reason() -> None:
    """Consent of minors only, by name; a reason settles all of it."""
    adult = arrivals.asked_of(arrivals.USUAL, minor=False)
    assert set(arrivals.asked_of(arrivals.USUAL, minor=True)) - set(adult) == {Check.CONSENT}
    with pytest.raises(ReasonNeeded, match="identity was not checked"):
        arrivals.check_arrival(adult, (), name="Ana", reason=None)
    with pytest.raises(ReasonNeeded, match="Ana is a minor"):
        arrivals.check_arrival((Check.CONSENT,), (), name="Ana", reason="")
    arrivals.check_arrival(adult, adult, name="Ana", reason=None)
    arrivals.check_arrival(adult, (), name="Ana", reason="late at night")
    with pytest.raises(ReasonNeeded, match="badge did not come back"):
        arrivals.check_departure((Check.KEY, Check.BADGE), {Check.KEY}, None)
    arrivals.check_departure((Check.KEY,), (), "lost")
    arrivals.check_departure((), (), None)
    with pytest.raises(RuleBroken, match="one thing"):
        arrivals.check_checklist(())
    arrivals.check_checklist({Check.KEY})


def test_a_badge_is_known_whatever_caps_lock_says() -> None:
    """A new code is read back in small letters and groups; anything else is no code."""
    code = scanning.new_code()
    assert scanning.read_code(f" {code[:6].lower()} {code[6:]}\n") == code != scanning.new_code()
    for other in ("", code[:-1], f"{code}B", f"{code[:-1]}A"):
        assert scanning.read_code(other) is None


def test_a_closed_register_is_changed_with_a_reason() -> None:
    """S45: a closed register needs a reason, an open one does not."""
    attendance.check_open(closed=False, reason=None)
    attendance.check_open(closed=True, reason="the list was wrong")
    with pytest.raises(ReasonNeeded, match="closed"):
        attendance.check_open(closed=True, reason="")


def test_who_was_there_is_not_marked_as_never_expected() -> None:
    """Only states that valid steps lead to are marks."""
    check_mark(AttendanceState.EXPECTED, AttendanceState.PRESENT)
    with pytest.raises(RuleBroken, match="marked already"):
        check_mark(AttendanceState.PRESENT, AttendanceState.EXPECTED)


def test_who_is_not_endorsed_is_accepted_with_a_reason_only() -> None:
    """Where delegations endorse their people, an application without one needs a reason."""
    (step,) = (
        one for one in APPLICATION.steps_from(ApplicationState.ELIGIBLE)
        if one.target is ApplicationState.ACCEPTED
    )  # fmt: skip
    assert step.guard is not None
    facts = CaseFacts(seats_left=1, endorsed=False)
    assert "not endorsed" in (step.guard(facts, None) or "")
    assert step.guard(facts, "the leader telephoned") is None
    assert step.guard(CaseFacts(seats_left=1), None) is None
