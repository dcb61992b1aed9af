"""Invitations as octets: what each method holds, checked by other programs; nobody else in it."""

import datetime as dt
import email
import re
import zoneinfo
from collections.abc import Callable
from typing import Any

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from schoolapp.exchange.calendars import CalendarGathering, CalendarPerson, CalendarSession
from schoolapp.exchange.calendars.inviting import Invitations, Recipient, is_mailbox, merged
from schoolapp.exchange.mail.message import Enclosure, Message, Sender, as_eml

Check = Callable[[bytes], bytes]
Make = Callable[..., CalendarSession]
STAMP = dt.datetime(2027, 9, 2, 8, 0, tzinfo=dt.UTC)
ANA = Recipient(address="ana@example.org", names=("Ana Pérez",), language="es", reads=("es",))
ZONES = (
    "Africa/Casablanca",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Gaza",
    "Australia/Lord_Howe",
)


@pytest.fixture
def made(gathering: CalendarGathering, session_with: Make) -> Invitations:
    """The invitations to a school of one lecture."""
    title, link = r"Cañón; a, b \N c", "https://example.org/x"
    session = session_with(title=title, online_link=link, geo=(1.5, 2.0))
    return Invitations(gathering, [session], STAMP)


UID = "s001@schoolapp.example"


def test_every_kind_of_message_passes_every_checker(made: Invitations, checked: Check) -> None:
    """Acceptance 2: raw_lint, libical's table of restrictions and the package ical."""
    urdu = Recipient(address="b@example.org", names=("بلال احمد", 'C "D"'), language="ur")
    for to in (ANA, urdu):
        for data in (
            made.request(UID, to, 0),
            made.request(UID, to, 3, room="Group room"),
            made.cancel(UID, to, 4, whole=True),
            made.cancel(UID, to, 4, whole=False),
            made.gathering_request(to, 0),
            made.gathering_cancel(to, 1, whole=True),
            made.gathering_cancel(to, 1, whole=False),
        ):
            checked(data)
            assert data.count(b"ATTENDEE;") == 1
    person = CalendarPerson(uid="P1", name="Ana", language="es", reads=("es",))
    checked(made.programme(person, [UID]))
    checked(made.withdrawn(person, {UID: 2}))


def test_a_series_of_messages_leaves_the_right_state(made: Invitations) -> None:
    """Acceptance 2: a fresh reader on another library, in the order of arrival and in another."""
    series = [
        made.request(UID, ANA, 0),
        made.request(UID, ANA, 1, room="Other room"),
        made.cancel(UID, ANA, 2, whole=True),
    ]
    for order in (series, series[::-1], [series[0], series[2], series[1]]):
        assert _calendar_after(order) == {UID: ("CANCELLED", 2)}
    assert _calendar_after(series[:2]) == {UID: ("CONFIRMED", 1)}


def _calendar_after(messages: list[bytes]) -> dict[str, tuple[str, int]]:
    """What a calendar holds that takes in these messages (RFC 5546, 2.1.5)."""
    known: dict[str, tuple[str, int]] = {}
    for data in messages:
        [event] = IcsCalendarStream.calendar_from_ics(data.decode()).events
        number = event.sequence or 0
        if event.uid is not None and known.get(event.uid, ("", -1))[1] < number:
            known[event.uid] = (str(event.status and event.status.value), number)
    return known


def test_a_cancellation_for_one_person_says_nothing_of_the_session(made: Invitations) -> None:
    """RFC 5546: STATUS:CANCELLED only when the session is off for everybody."""
    assert b"STATUS" not in made.cancel(UID, ANA, 1, whole=False)
    assert b"STATUS:CANCELLED" in made.cancel(UID, ANA, 1, whole=True)
    assert b"STATUS" not in made.gathering_cancel(ANA, 1, whole=False)


def test_the_alarm_and_the_place_are_there(made: Invitations) -> None:
    """One DISPLAY alarm; LOCATION with GEO, the link; private; the moment it was made."""
    data = made.request(UID, ANA, 0)
    for line in (
        b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:",
        b"TRIGGER:-PT15M\r\n",
        b"LOCATION:Conference hall\\, IIRE Amsterdam\\, Amsterdam\r\n",
        b"GEO:1.500000;2.000000\r\n",
        b"URL:https://example.org/x\r\n",
        b"CLASS:PRIVATE\r\n",
        b"DTSTAMP:20270902T080000Z\r\n",
    ):
        assert line in data
    summary = r"SUMMARY:Cañón\; a\, b \\N c"  # not a line break, as icalendar 7.3 would write
    assert summary.encode() in data.replace(b"\r\n ", b"")


def test_the_gathering_is_all_its_days_and_shown_as_free(made: Invitations) -> None:
    """The end of an all-day event is the first day after it."""
    data = made.gathering_request(ANA, 0)
    assert b"DTSTART;VALUE=DATE:20271023\r\nDTEND;VALUE=DATE:20271113\r\n" in data
    assert b"TRANSP:TRANSPARENT\r\n" in data


@pytest.mark.parametrize("zone", ZONES)
def test_other_programs_read_the_instant_in_both_halves_of_the_year(
    zone: str, gathering: CalendarGathering, session_with: Make, vobject_times: Any
) -> None:
    """Acceptance 3: our VTIMEZONE alone, under a private name, agrees with zoneinfo."""
    files, expected = [], {}
    for month in (1, 2, 3, 5, 7, 10, 12):
        start = dt.datetime(2027, month, 17, 9, 30)  # noqa: DTZ001
        one = session_with(uid=f"{month}@x", start=start, end=start.replace(hour=11), tz=zone)
        files.append(Invitations(gathering, [one], STAMP).request(one.uid, ANA, 0))
        at = start.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(dt.UTC)
        expected[one.uid] = at.replace(tzinfo=None)
    found = vobject_times(*files)
    assert {uid: _moment(value) for uid, value in found.items()} == expected


def _moment(value: Any) -> dt.datetime:
    text = value[0] if isinstance(value, list) else value
    read = dt.datetime.fromisoformat(text)
    return read.astimezone(dt.UTC).replace(tzinfo=None) if read.tzinfo else read


def test_the_first_session_is_at_nine_in_the_evening_in_manila(made: Invitations) -> None:
    """P02: 15:00 in Amsterdam on 23 October, seen before travelling, is 21:00 in Manila."""
    event = vobject.readOne(made.request(UID, ANA, 0).decode()).vevent
    assert event.dtstart.value.hour == 15
    there = event.dtstart.value.astimezone(zoneinfo.ZoneInfo("Asia/Manila"))
    assert there.strftime("%d %H:%M") == "23 21:00"


def test_two_readers_of_one_mailbox_share_what_both_have() -> None:
    """A room for only one of them is left out; both read what either reads."""
    one = CalendarPerson(uid="1", name="A", reads=("en",), rooms={"s": "R1", "t": "R2"})
    two = CalendarPerson(uid="2", name="B", reads=("fr",), rooms={"s": "R1", "t": "R3"})
    both = merged([one, two])
    assert (both.rooms, both.reads) == ({"s": "R1"}, ("en", "fr"))
    assert merged([one]) is one


@pytest.mark.parametrize("text", ["", None, "a b@c.org", "a@b@c", "a@c.org;x", "a\x00@c.org", "a"])
def test_what_is_no_mailbox_is_not_written_to(text: str | None) -> None:
    """No address can end the line or add a second one."""
    assert not is_mailbox(text)
    assert is_mailbox("ana@example.org")


def test_no_mail_holds_another_participant(
    gathering: CalendarGathering, session_with: Make
) -> None:
    """Acceptance 4, P7: 300 people and 20 sessions; every part of the mail decoded."""
    sessions = [
        session_with(uid=f"s{n}@x", title=f"Lecture {n}", speakers=("Guest Lecturer",))
        for n in range(20)
    ]
    made = Invitations(gathering, sessions, STAMP)
    people = [
        Recipient(
            address=f"p{n:03}x@example.org",
            names=(f"Näme{n:03}x Faмily{n:03}x",),
            language=("en", "fr", "es", "nl", "fil", "ur")[n % 6],
        )
        for n in range(300)
    ]
    token = re.compile(r"(?:p|Näme|Faмily)(\d{3})x")
    for n, to in enumerate(people):
        calendars = b"".join(made.request(one.uid, to, 0) for one in sessions)
        assert {int(m) for m in token.findall(calendars.replace(b"\r\n ", b"").decode())} == {n}
    for n in range(0, 300, 15):
        to = people[n]
        invite = Enclosure(name="invite.ics", media_type="text/calendar",
                           content=made.gathering_request(to, 0), method="REQUEST")  # fmt: skip
        person = CalendarPerson(uid=str(n), name=to.names[0], language=to.language)
        programme = made.programme(person, [one.uid for one in sessions])
        file = Enclosure(name="programme.ics", media_type="text/calendar", content=programme)
        data = as_eml(
            Message(
                sender=Sender(address="school@example.org"),
                address=to.address,
                subject="Hello",
                text=f"Hello {to.names[0]}",
                language=to.language,
                message_id=f"<{n}@x>",
                date=STAMP,
                enclosures=(invite, file),
            )
        )
        assert {int(m) for m in token.findall(_decoded(data))} == {n}


def _decoded(data: bytes) -> str:
    mail = email.message_from_bytes(data)
    parts = [
        payload.replace(b"\r\n ", b"").decode()
        for part in mail.walk()
        if isinstance(payload := part.get_payload(decode=True), bytes)
    ]
    return "\n".join([*parts, *(f"{k}: {v}" for k, v in mail.items())])


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=60), title=st.text(max_size=80))
def test_no_name_and_no_title_breaks_a_line(
    name: str, title: str, gathering: CalendarGathering, session_with: Make
) -> None:
    """Whatever they hold, another library reads one event with one attendee."""
    session = session_with(title=title)
    to = Recipient(address="ana@example.org", names=(name,), language="ur")
    data = Invitations(gathering, [session], STAMP).request(session.uid, to, 0)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    event = vobject.readOne(data.decode()).vevent
    assert event.attendee.value == "mailto:ana@example.org"
    assert len(event.contents["attendee"]) == 1
