"""The words of the mails: everything that the calendar says, and what it was before."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from schoolapp.base.language import RECIPIENT_LANGUAGES, in_language
from schoolapp.domain.invitations import Placed
from schoolapp.exchange.calendars import CalendarGathering, CalendarSession
from schoolapp.exchange.calendars.mail_words import Letter, Letters, Slot, when

BEGIN = dt.datetime(2027, 10, 30, 22, 30)  # noqa: DTZ001
AT = Placed(
    start=BEGIN,
    end=BEGIN + dt.timedelta(hours=4, minutes=30),
    tz="Europe/Amsterdam",
    place="Dining room",
    fold_end=1,
)
ME = ("Ana Pérez",)


@pytest.fixture
def slot(session_with: Callable[..., CalendarSession]) -> Slot:
    """The film night, over midnight."""
    return Slot(session=session_with(title="Film night", online_link="https://x.example"), at=AT)


def test_an_evening_over_midnight_names_both_days() -> None:
    """The zone and its offset at the beginning are named."""
    assert when(AT) == (
        "Saturday, 30 October 2027, 22:30 to Sunday, 31 October 2027, 03:00"
        " (Europe/Amsterdam, UTC+02:00)"
    )


def test_a_session_of_one_day_names_it_once() -> None:
    """From when to when on that day."""
    assert when(replace(AT, end=BEGIN + dt.timedelta(hours=1), fold_end=0)) == (
        "Saturday, 30 October 2027, 22:30 to 23:30 (Europe/Amsterdam, UTC+02:00)"
    )


def test_a_mail_says_what_when_and_where(gathering: CalendarGathering, slot: Slot) -> None:
    """Without the calendar everything is in the words, the link and the sender too."""
    letter = Letters(gathering).invitation(ME, slot, "interpreter")
    assert letter.subject == "Invitation: Film night, 30 Oct 2027 22:30"
    for words in (
        "Hello Ana Pérez,",
        "You interpret in this session of Global Justice School 2027.",
        "What: Film night",
        "Where: Dining room",
        "Online: https://x.example",
        "school@example.org",
    ):
        assert words in letter.text


def test_what_changed_stands_beside_what_it_was(gathering: CalendarGathering, slot: Slot) -> None:
    """Only what is different; nothing if it is not known what was sent."""
    letters = Letters(gathering)
    room = letters.changed(ME, slot, replace(AT, place="")).text
    assert "New place: Dining room\nBefore: no place yet" in room
    assert "New time" not in room
    time = letters.changed(ME, slot, replace(AT, start=BEGIN.replace(hour=21))).text
    assert "Before: Saturday, 30 October 2027, 21:30" in time
    assert "New place" not in time
    assert "Before" not in letters.changed(ME, slot, None).text


def all_letters(gathering: CalendarGathering, slot: Slot) -> list[Letter]:
    """A letter of each kind."""
    letters = Letters(gathering)
    return [
        letters.programme(ME, 0),
        letters.programme(ME, 1),
        letters.programme(ME, 7),
        letters.gathering_changed(ME, AT),
        letters.farewell(ME, whole=True),
        letters.farewell(ME, whole=False),
        letters.invitation(ME, slot, ""),
        letters.invitation(ME, slot, "speaker"),
        letters.changed(ME, slot, AT),
        letters.cancelled(ME, slot),
        letters.removed(ME, slot),
        letters.reminder(ME, slot),
    ]


@pytest.mark.parametrize("language", RECIPIENT_LANGUAGES)
def test_every_letter_is_written_in_every_language(
    language: str, gathering: CalendarGathering, slot: Slot
) -> None:
    """No English sentence is left, and no placeholder either."""
    english = [one.text for one in all_letters(gathering, slot)]
    with in_language(language):
        found = all_letters(gathering, slot)
    for one, known in zip(found, english, strict=True):
        assert "{" not in one.text + one.subject
        assert (one.text == known) == (language == "en")


def test_a_place_that_is_not_known_is_not_said(gathering: CalendarGathering, slot: Slot) -> None:
    """Neither an empty line for the session nor for the gathering."""
    nowhere: Any = replace(gathering, venue="", city="")
    assert "Where" not in Letters(nowhere).programme(ME, 0).text
    bare = Slot(session=replace(slot.session, online_link=None), at=replace(AT, place=""))
    assert "Where" not in Letters(gathering).cancelled(ME, bare).text
