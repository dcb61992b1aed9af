"""What calendar servers answer, odd ones too: each has a sentence, and no password leaks."""

import socket
from collections.abc import Callable

import pytest

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.caldav import Away, CalendarServer, Login
from schoolapp.exchange.caldav import server as caldav_server
from schoolapp.exchange.caldav.content import digest, seen
from schoolapp.exchange.caldav.server import ChangedThere, plain_etag

ENTRY = (
    "<response><href>{href}</href><propstat><prop>{prop}</prop>"
    "<status>HTTP/1.1 {status} OK</status></propstat></response>"
)
CALENDAR = (
    "<resourcetype><collection/>"
    '<C:calendar xmlns:C="urn:ietf:params:xml:ns:caldav"/></resourcetype>'
)
FOLDER = ENTRY.format(href="/cal/", prop=CALENDAR, status=200)


def listed(*entries: str) -> tuple[int, dict[str, str], bytes]:
    """A multi-status answer."""
    return 207, {}, f'<multistatus xmlns="DAV:">{"".join(entries)}</multistatus>'.encode()


def test_names_and_etags_are_read_in_all_their_forms(says: Callable[..., CalendarServer]) -> None:
    """Whole addresses, encoded paths, weak ETags; entries with errors or no ETag are left out."""
    tag = "<getetag>W/&quot;a&quot;</getetag>"
    answer = listed(
        FOLDER,
        ENTRY.format(href="http://other.example.org/cal/a%40b.ics", prop=tag, status=200),
        ENTRY.format(href="/cal/%F0.ics", prop="<getetag/>", status=200),
        ENTRY.format(href="/cal/c.ics", prop=tag, status=404),
    )
    assert says(answer).listing() == {"/cal/a@b.ics": "a"}
    assert plain_etag('"b"') == "b"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((401, {}, b""), "did not let us in"),
        ((403, {}, b""), "does not allow"),
        ((404, {}, b""), "no calendar at this address any more"),
        ((405, {}, b""), "refuses it \\(405\\)"),
        ((503, {}, b""), "in trouble \\(503\\)"),
        ((507, {}, b""), "no room left"),
        ((207, {}, b"<html>"), "cannot be read"),
        ((207, {}, b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "cannot be read"),
        ((301, {"Location": "https://elsewhere.example.org/cal/"}, b""), "has moved"),
        (listed(), "no calendar at this address"),
    ],
)
def test_each_refusal_is_a_sentence(
    says: Callable[..., CalendarServer],
    answer: tuple[int, dict[str, str], bytes],
    sentence: str,
) -> None:
    """What the server says is reported, and a redirect never takes the password elsewhere."""
    with pytest.raises(RuleBroken, match=sentence), says(answer) as connection:
        connection.listing()


def test_a_redirect_on_the_same_server_is_followed(says: Callable[..., CalendarServer]) -> None:
    """From then on the calendar is where it leads."""
    moved = ENTRY.format(href="/dav/cal/", prop=CALENDAR, status=200)
    with says((301, {"Location": "/dav/cal"}, b""), listed(moved)) as connection:
        assert connection.listing() == {}
        assert connection.href("s1@example.org") == "/dav/cal/s1@example.org.ics"
        assert connection.href("a/b").startswith("/dav/cal/c14cddc033f64b9d")


def test_redirects_in_a_circle_end(says: Callable[..., CalendarServer]) -> None:
    """Endless redirects are a refusal, not a wait."""
    answers = [(302, {"Location": f"/cal{n}/"}, b"") for n in range(3)]
    with says(*answers) as connection, pytest.raises(RuleBroken, match=r"refuses it \(302\)"):
        connection.listing()


def test_a_line_that_was_dropped_in_silence_is_opened_again(
    says: Callable[..., CalendarServer],
) -> None:
    """The next request goes over a new connection, unless the old one is still open."""
    kept, dropped = (200, {"ETag": '"1"'}, b"a"), (200, {"ETag": '"2"', "X-Drops": "yes"}, b"b")
    with says(kept, dropped, kept) as connection:
        bodies = [copy.body for _n in range(3) if (copy := connection.fetch("/cal/a.ics"))]
    assert bodies == [b"a", b"b", b"a"]


def test_an_answer_without_end_is_cut(
    says: Callable[..., CalendarServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No server fills the memory: beyond the bound the connection counts as broken."""
    monkeypatch.setattr(caldav_server, "LARGEST", 1_000)
    with says((200, {}, b"a" * 1_000), (200, {}, b"a" * 1_001)) as connection:
        assert connection.fetch("/cal/a.ics") is not None
        connection.close()
        with pytest.raises(Away, match="broke"):
            connection.fetch("/cal/a.ics")


def test_a_server_that_stays_silent_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server takes the connection and says nothing: after the patience it does not answer."""
    monkeypatch.setattr(caldav_server, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/cal/"
        connection = CalendarServer(Login(address=address))
        with connection, pytest.raises(Away, match=r"127\.0\.0\.1 does not answer"):
            connection.listing()


def test_a_server_that_nobody_vouches_for_gets_no_password(unproved: str) -> None:
    """A certificate that no authority has signed ends the connection before anything is said."""
    connection = CalendarServer(Login(address=unproved, user="desk"), "secret")
    with connection, pytest.raises(Away, match="cannot prove that it is localhost"):
        connection.listing()


def test_a_keyring_tells_calendars_by_their_server() -> None:
    """The path and the user do not matter: the password belongs to the server."""
    name = Login(address="https://dav.example.org:8443/desk/cal/", user="desk").keyring_name
    assert name == "schoolapp calendar dav.example.org:8443"


def test_objects_are_put_fetched_and_removed(says: Callable[..., CalendarServer]) -> None:
    """Without an ETag in the answer none is known; gone is gone; a precondition is an answer."""
    answers = (
        (201, {}, b""),
        (204, {"ETag": 'W/"n"'}, b""),
        (412, {}, b""),
        (413, {}, b""),
        (404, {}, b""),
        (404, {}, b""),
        (200, {"ETag": '"x"'}, b"a" * 1_000_001),
        (500, {}, b""),
        (409, {}, b"other"),
    )
    with says(*answers) as connection:
        assert connection.put("/cal/a.ics", b"x", None) is None
        assert connection.put("/cal/a.ics", b"x", "m") == "n"
        with pytest.raises(ChangedThere):
            connection.put("/cal/a.ics", b"x", "m")
        with pytest.raises(RuleBroken, match="413"):
            connection.put("/cal/a.ics", b"x", "m")
        connection.remove("/cal/a.ics", "m")
        assert connection.fetch("/cal/a.ics") is None
        huge = connection.fetch("/cal/a.ics")
        assert huge is not None
        assert (huge.etag, huge.body) == ("x", b""), "an object beyond 1 MB is none of ours"
        with pytest.raises(Away, match="in trouble"):
            connection.fetch("/cal/a.ics")
        with pytest.raises(RuleBroken, match="409"):
            connection.remove("/cal/a.ics", "m")


def event(*lines: str) -> bytes:
    """An object with one event."""
    text = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    return text.encode()


def test_what_people_see_decides_whether_two_objects_are_equal() -> None:
    """Zones written differently, a duration for an end, other folding or escaping: all the same."""
    one = event(
        "DTSTART;TZID=Europe/Amsterdam:20271102T100000",
        "DTEND;TZID=Europe/Amsterdam:20271102T110000",
        "SUMMARY:A\\, b",
        "EXDATE:20271103T090000Z,20271104T090000Z",
        "DTSTAMP:20270101T000000Z",
    )
    same = event(
        "SUMMARY;LANGUAGE=en:A, b",
        "EXDATE:20271104T090000Z",
        "EXDATE:20271103T090000Z",
        "DTSTART:20271102T090000Z",
        "DURATION:PT1H",
    )
    assert digest(one) == digest(same)
    days = event("EXDATE;VALUE=DATE:20271103,20271104")
    assert digest(days) == digest(event("EXDATE;VALUE=DATE:20271104", "EXDATE;VALUE=DATE:20271103"))
    assert digest(days) != digest(event("EXDATE:20271103T000000Z,20271104T000000Z"))
    for other in (same.replace(b"PT1H", b"PT2H"), same.replace(b"A, b", b"A"), b"", b"junk"):
        assert digest(other) != digest(one)


def test_an_object_that_cannot_be_read_is_shown_as_such() -> None:
    """Broken times and days do not stop it."""
    assert seen(b"junk").title == ""
    day = seen(event("SUMMARY:A\\nb", "DTSTART;VALUE=DATE:20271102", "DURATION:P1D"))
    assert (day.title, day.start and day.start.day, day.end and day.end.day) == ("A\nb", 2, 3)
    broken = seen(event("DTSTART:never", "DTEND:20271102T090000Z", "DURATION:soon"))
    assert (broken.start, broken.end and broken.end.hour) == (None, 9)
    assert seen(event("DTSTART:20271102T090000Z", "DURATION:soon")).end is None
    assert digest(event("DTSTART:never")) != digest(event("DTSTART:ever"))
