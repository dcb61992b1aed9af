"""One session as a VEVENT: times, texts and what is refused."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.calendars import CalendarGathering, Calendars, CalendarSession
from schoolapp.exchange.calendars.composing import compose

Make = Callable[..., CalendarSession]
Check = Callable[[bytes], bytes]
Times = Callable[..., dict[str, list[Any]]]


def wall(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def file_of(gathering: CalendarGathering, *sessions: CalendarSession) -> bytes:
    return Calendars(gathering, sessions).programme()


def event_of(data: bytes) -> Any:
    return Calendar.from_ical(data).walk("VEVENT")[0]


def lines_of(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_times_keep_their_wall_clock_over_the_change(
    session_with: Make, gathering: CalendarGathering, vobject_times: Times, checked: Check
) -> None:
    """15:00 in Amsterdam is 13:00Z; 09:30 stays 09:30 on 30 and 31 October; 330 minutes last."""
    night = {"start": wall("2027-10-30T22:30"), "end": wall("2027-10-31T03:00")}
    data = file_of(
        gathering,
        session_with(uid="first"),
        session_with(uid="sat", start=wall("2027-10-30T09:30"), end=wall("2027-10-30T11:30")),
        session_with(uid="sun", start=wall("2027-10-31T09:30"), end=wall("2027-10-31T11:30")),
        session_with(uid="film", **night),
    )
    assert vobject_times(checked(data)) == {
        "first": ["2027-10-23T13:00Z", "2027-10-23T14:30Z", 90],
        "sat": ["2027-10-30T07:30Z", "2027-10-30T09:30Z", 120],
        "sun": ["2027-10-31T08:30Z", "2027-10-31T10:30Z", 120],
        "film": ["2027-10-30T20:30Z", "2027-10-31T02:00Z", 330],
    }
    assert "DTSTART;TZID=Europe/Amsterdam:20271031T093000" in lines_of(data)


@pytest.mark.parametrize(("fold", "minutes"), [(0, 330), (1, 390)])
def test_an_end_in_the_repeated_hour_lasts_as_long_as_its_fold_says(
    fold: int,
    minutes: int,
    session_with: Make,
    gathering: CalendarGathering,
    vobject_times: Times,
    checked: Check,
) -> None:
    """21:00 to 02:30 is 330 minutes before the clocks go back, 390 after, in every reader."""
    night = {"start": wall("2027-10-30T21:00"), "end": wall("2027-10-31T02:30")}
    data = checked(file_of(gathering, session_with(uid="n", fold_end=fold, **night)))
    assert vobject_times(data)["n"][2] == minutes
    found = IcsCalendarStream.calendar_from_ics(data.decode()).events[0]
    start, end = found.start.astimezone(dt.UTC), found.end.astimezone(dt.UTC)
    assert (end - start).total_seconds() == minutes * 60


def test_a_start_in_the_repeated_hour_is_written_in_utc(
    session_with: Make, gathering: CalendarGathering, checked: Check
) -> None:
    """What local time cannot say is said in UTC (RFC 5545 3.3.5)."""
    late = session_with(start=wall("2027-10-31T02:30"), end=wall("2027-10-31T04:00"), fold_start=1)
    assert "DTSTART:20271031T013000Z" in lines_of(checked(file_of(gathering, late)))


def test_a_time_that_the_clocks_skip_is_refused(
    session_with: Make, gathering: CalendarGathering
) -> None:
    """02:30 on 28 March 2027 does not exist in Amsterdam: a sentence says so, nothing is moved."""
    skipped = session_with(start=wall("2027-03-28T02:30"), end=wall("2027-03-28T04:00"))
    with pytest.raises(RuleBroken, match="skip 2027-03-28 02:30 in Europe/Amsterdam"):
        compose(skipped, gathering)


def test_a_session_that_does_not_last_is_refused(
    session_with: Make, gathering: CalendarGathering
) -> None:
    """The end is after the start, in UTC: at 02:30 twice an hour can lie between."""
    half_past = wall("2027-10-31T02:30")
    with pytest.raises(RuleBroken, match="ends before it begins"):
        compose(session_with(start=half_past, end=half_past), gathering)
    assert compose(session_with(start=half_past, end=half_past, fold_end=1), gathering)


@pytest.mark.parametrize(
    "address", ["", "office", "a b@example.org", "a@b\r\nATTENDEE:x", "a;b@c.d"]
)
def test_an_organizer_without_a_proper_address_is_refused(
    address: str, session_with: Make, gathering: CalendarGathering
) -> None:
    """A published calendar names an address that somebody reads (RFC 5546 3.2.1)."""
    with pytest.raises(RuleBroken, match="mailbox"):
        compose(session_with(), replace(gathering, organizer_address=address))


def test_hostile_texts_stay_texts(
    session_with: Make, gathering: CalendarGathering, checked: Check
) -> None:
    """Line breaks, control characters and separators in any text make no property."""
    nasty = 'a\r\nATTENDEE:mailto:x@example.org\x00\u2028END:VEVENT;\\N, "b"\x85\x0b'
    session = session_with(
        title=nasty,
        uid="u\r\nX:1",
        room_name=nasty,
        venue=nasty,
        online_link=nasty,
        speakers=(nasty,),
        floor_language="en",
    )
    data = checked(file_of(replace(gathering, title=nasty, organizer_name=nasty), session))
    assert len(data.decode().splitlines()) == data.count(b"\r\n")
    assert [line for line in lines_of(data) if line.startswith(("ATTENDEE", "X:", "URL"))] == []
    assert str(event_of(data)["SUMMARY"]) == ('a ATTENDEE:mailto:x@example.org END:VEVENT;\\N, "b"')


def test_all_facts_of_a_session_are_in_its_event(
    session_with: Make, gathering: CalendarGathering, checked: Check
) -> None:
    """Place, coordinates, link, sequence, organiser and the three moments are written."""
    session = session_with(
        geo=(52.3676, -0.00001), online_link="https://meet.example.org/room?a=1,2", sequence=3
    )
    lines = lines_of(checked(file_of(gathering, session)))
    for line in (
        "UID:s001@schoolapp.example",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "DTSTAMP:20270901T080000Z",
        "LAST-MODIFIED:20270901T080000Z",
        "CREATED:20270524T080000Z",
        r"LOCATION:Conference hall\, IIRE Amsterdam\, Amsterdam",
        "GEO:52.367600;-0.000010",
        "URL:https://meet.example.org/room?a=1,2",
        "ORGANIZER;CN=\"The ^'school^' office\":mailto:school@example.org",
    ):
        assert line in lines


def test_a_uid_with_separators_reads_back(
    session_with: Make, gathering: CalendarGathering, checked: Check
) -> None:
    """A UID is a TEXT and escaped like one (RFC 5545 3.8.4.7)."""
    uid = r"a;b,c\n@schoolapp.example"
    assert str(event_of(checked(file_of(gathering, session_with(uid=uid))))["UID"]) == uid


@pytest.mark.parametrize(
    "link", ["room 12", "javascript:alert(1)", "https://a.example/\x00", "https://"]
)
def test_only_a_web_address_is_a_url(
    link: str, session_with: Make, gathering: CalendarGathering, checked: Check
) -> None:
    """What is not a web address stays text; control characters are removed first."""
    lines = lines_of(checked(file_of(gathering, session_with(online_link=link))))
    urls = [line for line in lines if line.startswith("URL")]
    assert urls == (["URL:https://a.example/"] if link.startswith("https://a") else [])


def test_what_is_not_known_is_not_written(
    session_with: Make, gathering: CalendarGathering, checked: Check
) -> None:
    """No empty property for a session without place, creation time and organiser's name."""
    session = session_with(room_name=None, venue="", city="", created=None, kind="")
    lines = lines_of(checked(file_of(replace(gathering, organizer_name=""), session)))
    names = {line.split(":")[0].split(";")[0] for line in lines}
    assert not names & {"LOCATION", "GEO", "URL", "CREATED", "DESCRIPTION"}
    assert "ORGANIZER:mailto:school@example.org" in lines


def test_a_cancelled_session_says_so(
    session_with: Make, gathering: CalendarGathering, checked: Check
) -> None:
    """STATUS for programs, a sentence for people."""
    event = event_of(checked(file_of(gathering, session_with(cancelled=True))))
    assert event["STATUS"] == "CANCELLED"
    assert "This session is cancelled." in event["DESCRIPTION"]
