"""Letters, scales and mails in plain values: what is wrong with them, and when one goes again."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain import letters, mail, referees
from schoolapp.domain.invitations import (
    INVITATION,
    InvitationState,
    PartStat,
    Placed,
    SessionInvitation,
)
from schoolapp.domain.workflow import Step

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("subject", "text", "wrong"),
    [
        ("Hello {name}", "Until {deadline}.", {}),
        (" ", "", {"subject": "needs a subject", "text": "needs a subject"}),
        ("Hello", "Dear {name", {"text": "{name}"}),
        ("Hello", "Dear {whom}", {"text": "“whom”"}),
        ("Hello", "Dear {name!r}", {"text": "“name”"}),
        ("Hello", "Dear {name:>99}", {"text": "“name”"}),
        ("Hello\nBcc: x", "Text", {"subject": "one line"}),
    ],
)
def test_a_letter_has_known_places_only(subject: str, text: str, wrong: dict[str, str]) -> None:
    """Paired braces, plain names, a subject of one line; the sentence says what is wrong."""
    found = {field: rule.sentence() for field, rule in letters.check_letter(subject, text).items()}
    assert found.keys() == wrong.keys()
    assert all(words in found[field] for field, words in wrong.items())


def test_a_scale_has_a_sentence_for_each_point() -> None:
    """And a referee scores every scale, from 1 to 5."""
    assert referees.check_scale("Motivation", referees.ANCHORS) == {}
    assert referees.check_scale(" ", referees.ANCHORS[:4]).keys() == {"name", "anchors"}
    assert referees.check_scale("A", ["", *referees.ANCHORS[1:]]).keys() == {"anchors"}
    assert referees.check_points({1: 5, 2: 1}, {1, 2}) is None
    assert "every scale" in (referees.check_points({1: 5}, {1, 2}) or "")
    assert "whole number" in (referees.check_points({1: 6}, {1}) or "")
    assert (referees.mean([]), referees.mean([4, 5, 5])) == (None, Decimal("4.7"))


def test_a_mail_is_tried_again_later_and_later_and_then_given_up() -> None:
    """Each time after a longer wait; greylisting needs minutes."""
    times = [mail.retry_at(n, NOW) for n in range(1, len(mail.RETRY_AFTER) + 1)]
    assert times == sorted(set(times))  # type: ignore[type-var]
    assert times[0] == NOW + dt.timedelta(minutes=5)
    assert mail.retry_at(len(times) + 1, NOW) is None


@given(st.binary(max_size=200))
def test_a_packed_file_comes_back(content: bytes) -> None:
    """As text that any database keeps."""
    packed = mail.pack(content)
    assert packed.isascii()
    assert mail.unpack(packed) == content


@given(
    st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1)),  # noqa: DTZ001
    st.text(max_size=20), st.integers(0, 1), st.integers(0, 1),
)  # fmt: skip
def test_what_an_invitation_reported_is_read_back(
    start: dt.datetime, place: str, first: int, second: int
) -> None:
    """Times to the minute, both folds, the zone, and a place with spaces or none."""
    start = start.replace(second=0, microsecond=0)
    placed = Placed(
        start=start, end=start + dt.timedelta(hours=1), tz="Europe/Amsterdam", place=place,
        fold_start=first, fold_end=second,
    )  # fmt: skip
    assert Placed.parse(placed.text()) == placed


@pytest.mark.parametrize("step", INVITATION.steps, ids=lambda step: f"{step.source}-{step.target}")
def test_an_invitation_is_in_the_state_that_a_step_leads_to(step: Step[InvitationState]) -> None:
    """The state follows from what was sent and answered; only a bounce leaves an error."""
    one = SessionInvitation(
        sequence=0, method="REQUEST", partstat=PartStat.NEEDS_ACTION, sent="update",
        session_id=1, person_id=1,
    )  # fmt: skip
    one.state = step.source
    assert one.state is step.source
    one.state = step.target
    assert one.state is step.target
    assert (one.error is None) == (step.target is not InvitationState.UNDELIVERABLE)
