"""Answers as the mail programs of participants write them, broken ones, and hostile ones.

Shapes follow published samples and bug reports; every line here was written for the tests.
"""

import datetime as dt
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.exchange.calendars import components, replies, reply_mails
from schoolapp.exchange.calendars.replies import Reply, read_calendar
from schoolapp.exchange.calendars.reply_mails import read_mail, read_replies
from tests.answers import mail, reply
from tests.counting import calls_of

UID = "s001@schoolapp.example"
MADE = dt.datetime(2027, 9, 2, 10, 0, tzinfo=dt.UTC)


def calendar(*lines: str, method: str = "REPLY", before: str = "") -> bytes:
    """A calendar with one event of these lines."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}" if method else "", before]
    whole = [*head, "BEGIN:VEVENT", f"UID:{UID}", *lines, "END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{line}\r\n" for line in whole if line).encode()


def whole_mail(part: str, content: str, sender: str = "Ana <ana@example.org>") -> bytes:
    """A mail of one calendar part with this Content-Type and this body."""
    return (
        f"From: {sender}\r\nTo: office@example.org\r\nSubject: Re\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n{part}\r\n\r\n{content}\r\n'
        "--x--\r\n"
    ).encode()


GMAIL = calendar(
    "DTSTART:20271023T130000Z",
    "DTEND:20271023T143000Z",
    "DTSTAMP:20270902T100000Z",
    "ORGANIZER;CN=office@example.org:mailto:office@example.org",
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=ana@e",
    " xample.org;X-NUM-GUESTS=0:mailto:ana@example.org",
    "SEQUENCE:0",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
)
OUTLOOK_COM = calendar(  # without ORGANIZER
    'ATTENDEE;PARTSTAT=ACCEPTED;CN="Pérez, Ana";RSVP=TRUE:MAILTO:Ana@Example.org',
    "COMMENT;LANGUAGE=es-ES:Con gusto\\, llego el domingo.\\n",
    "SUMMARY;LANGUAGE=es-ES:Aceptado: Intro",
    "DTSTART;TZID=W. Europe Standard Time:20271023T150000",
    "DTSTAMP:20270902T100000Z",
    "SEQUENCE:0",
    before="BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\n"
    "DTSTART:16010101T030000\r\nTZOFFSETFROM:+9900\r\nTZOFFSETTO:nonsense\r\n"
    "END:STANDARD\r\nEND:VTIMEZONE",
)
EXCHANGE = calendar(
    "ATTENDEE;PARTSTAT=ACCEPTED;CN=Ana:MAILTO:ana@example.org",
    "DTSTAMP:20270902T100000Z",
    "SEQUENCE:0",
    "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER;RELATED=START:-PT15M",
    "END:VALARM",
)
APPLE = calendar(
    "DTSTAMP:20270902T100000Z",
    "SEQUENCE:0",
    'ATTENDEE;CN="Ana Pérez";CUTYPE=INDIVIDUAL;EMAIL="ana@example.org";PARTSTAT=A',
    " CCEPTED;ROLE=REQ-PARTICIPANT:mailto:ana@example.org",
    "REQUEST-STATUS:2.0;Success",
)
PROTON = calendar(
    "DTSTAMP:20270902T100000Z",
    "SEQUENCE:0",
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org",
)
MAILS = {
    "gmail": mail(GMAIL),
    "outlook.com": whole_mail(
        'Content-Type: text/calendar; charset="utf-8"; method=REPLY\r\n'
        "Content-Transfer-Encoding: base64",
        b64encode(OUTLOOK_COM).decode(),
    ),
    "exchange": whole_mail(
        'Content-Type: text/calendar; charset="utf-16le"; method=REPLY\r\n'
        "Content-Transfer-Encoding: base64",
        b64encode(EXCHANGE.decode().encode("utf-16-le")).decode(),
    ),
    "ios": whole_mail(
        "Content-Type: text/calendar; method=REPLY; charset=utf-8;\r\n name=reply.ics",
        APPLE.decode(),
    ),
    "thunderbird": whole_mail(
        'Content-Type: application/ics; name="invite.ics"\r\n'
        'Content-Disposition: attachment; filename="invite.ics"',
        PROTON.decode(),
    ),
    "proton": whole_mail("Content-Type: text/calendar", PROTON.decode()),
    "no method in the calendar": whole_mail(
        "Content-Type: text/calendar; method=reply", PROTON.decode().replace("METHOD:REPLY\r\n", "")
    ),
    "octet-stream": whole_mail(
        'Content-Type: application/octet-stream; name="REPLY.ICS"', PROTON.decode()
    ),
}


@pytest.mark.parametrize("name", MAILS)
def test_answers_of_mail_programs_are_understood(name: str) -> None:
    """E50, acceptance 6: Gmail, Outlook.com, Exchange, iOS, Thunderbird, Proton; no ORGANIZER, no
    method in the MIME header, other letters, a broken time zone: all valid or harmless.
    """
    [one] = read_replies(MAILS[name], f"{name}.eml")
    assert one.trouble is None
    assert (one.method, one.uid, one.attendees) == ("REPLY", UID, ("ana@example.org",))
    assert (one.participation, one.sequence, one.stamp) == ("ACCEPTED", 0, MADE)
    assert (one.sender, one.senders, one.failed, one.bad) == ("ana@example.org", 1, "", "")


def test_a_comment_is_kept() -> None:
    """In the calendar's own words, with its line breaks and commas; also Exchange's parameter."""
    [one] = read_calendar(OUTLOOK_COM)
    assert one.comment == "Con gusto, llego el domingo."
    arabic = calendar(
        "DTSTAMP:20270902T100000Z",
        'ATTENDEE;PARTSTAT=DECLINED;X-RESPONSE-COMMENT="آسف ^nلا أستطيع":mailto:ana@example.org',
    )
    [one] = read_calendar(arabic)
    assert (one.comment, one.participation, one.sequence) == ("آسف \nلا أستطيع", "DECLINED", None)


def test_the_same_answer_in_two_parts_counts_once() -> None:
    """Gmail sends it as an alternative and as a file."""
    both = MAILS["thunderbird"].replace(
        b"--x--", b"--x\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n" + PROTON + b"--x--"
    )
    assert len(read_mail(both)) == 1


def test_letters_of_other_encodings_are_read() -> None:
    """UTF-8 with a mark, UTF-16, Windows-1252; an unknown charset is ignored."""
    text = GMAIL.decode().replace("CN=ana@e", "CN=Añá@e")
    for data in (text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("cp1252")):
        for charset in ("x-unknown", "undefined", "punycode"):
            [one] = read_calendar(data, charset)
            assert one.name == "Añá@example.org"
    [bad] = read_calendar(b"BEGIN:VCALENDAR\x81\xff")
    assert bad.trouble is not None


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", components.NO_BEGIN),
        (b"UID:x\r\n", components.NO_BEGIN),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n", components.UNFINISHED),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", replies.NO_EVENT),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", components.CROSSED),
        (b"BEGIN:VCALENDAR\r\n:x\r\nEND:VCALENDAR\r\n", components.BAD_LINE),
        (b"BEGIN:VCALENDAR\r\nUID\r\nEND:VCALENDAR\r\n", components.BAD_LINE),
        (b"BEGIN:VCALENDAR\r\nX:" + b"x" * 70_000, components.LONG_LINE),
        (b"BEGIN:VCALENDAR\x81\xff", replies.NOT_TEXT),
    ],
)
def test_a_broken_calendar_says_what_is_broken(data: bytes, what: str) -> None:
    """It is listed, not refused: it may hold an answer."""
    [one] = read_calendar(data)
    assert one.trouble is not None
    assert (one.trouble.values["what_"], one.refused) == (what, False)


def test_method_and_uid_of_a_broken_calendar_are_seen() -> None:
    """So that the list can say what it may be about."""
    [one] = read_calendar(reply(UID)[:-20])
    assert (one.method, one.uid) == ("REPLY", UID)


def test_values_that_are_none_are_named() -> None:
    """A SEQUENCE in words, a DTSTAMP of the 30th of February."""
    [one] = read_calendar(reply(UID, stamp="20270230T100000Z"))
    assert (one.stamp, one.bad) == (None, "DTSTAMP")
    [one] = read_calendar(reply(UID, sequence="one"))
    assert (one.sequence, one.bad) == (None, "SEQUENCE")


def test_what_is_no_event_is_named() -> None:
    """A task, a question for free time."""
    [busy] = read_calendar(reply(UID, kind="VFREEBUSY"))
    assert (busy.kind, busy.uid) == ("VFREEBUSY", UID)
    [task] = read_calendar(reply(UID, kind="VTODO"))
    assert (task.kind, task.attendees) == ("VTODO", ("ana@example.org",))


def test_a_parameter_that_is_not_quoted_right_still_leads_to_the_value() -> None:
    """The value begins after the first colon that can separate it."""
    [one] = read_calendar(reply(UID, parameters=';CN="half'))
    assert one.uid == UID


DEEP = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 9
MANY = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5_001 + b"END:VCALENDAR\r\n"
HUGE = b"BEGIN:VCALENDAR\r\n" + b"X:y\r\n" * 1_100_000
FOLDED = b"BEGIN:VCALENDAR\r\nX:" + b"\r\n y" * 1_000_000
HEADERS = b"X-Long: " + b"y" * 70_000 + b"\r\n\r\n"
PARTS = (
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\ny\r\n" * 60 + b"--x--\r\n"
)
NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(60)
)
MAILS_IN_MAILS = b"Content-Type: message/rfc822\r\n\r\n" * 1_500
MOST_WORK = 3_000_000  # calls and returns; about a second
LARGE_MAIL = b"From: a@b\r\n" + b"y" * 3_000_000
LARGE_PART = whole_mail("Content-Type: text/calendar", "X:y\r\n" * 60_000)


@pytest.mark.parametrize(
    "data",
    [DEEP, MANY, HUGE, FOLDED, HEADERS, PARTS, NESTED, MAILS_IN_MAILS, LARGE_PART, LARGE_MAIL],
    ids=["deep", "many", "huge", "folded", "headers", "parts", "nested", "mails", "part", "mail"],
)  # fmt: skip
def test_what_is_beyond_all_measure_is_left_unread(data: bytes) -> None:
    """Acceptance 6: refused or listed with bounded work, whatever it is."""
    found = []
    assert calls_of(lambda: found.extend(read_replies(data, "x.eml"))) < MOST_WORK
    assert all(one.trouble is not None for one in found)


def test_a_file_of_many_events_is_judged_up_to_a_bound() -> None:
    """Nobody answers a thousand invitations in one file."""
    event = "BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n"
    data = f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n{event * 300}END:VCALENDAR\r\n".encode()
    assert len(read_calendar(data)) == replies.MOST_ANSWERS


def test_a_mail_in_outlooks_own_form_is_reported() -> None:
    """winmail.dat holds the answer, and no other program reads it."""
    [one] = read_mail(whole_mail('Content-Type: application/ms-tnef; name="winmail.dat"', "x"))
    assert one.trouble is not None
    assert one.trouble.message == reply_mails.OUTLOOK_ONLY


def test_parts_that_hold_nothing_are_passed_over() -> None:
    """A plain mail, and a calendar part that itself is a group of parts."""
    [none] = read_mail(b"From: a@example.org\r\n\r\nHello\r\n")
    assert none.trouble is not None
    assert none.trouble.message == replies.NO_CALENDAR
    odd = b"From: a@b.org\r\nContent-Type: multipart/mixed; boundary=x; name=a.ics\r\n\r\n"
    for inside in (b"--x--\r\n", b"--x\r\n\r\ny\r\n--x--\r\n"):
        [none] = read_mail(odd + inside)
        assert none.trouble is not None


def test_a_mail_with_the_suffix_of_a_calendar_is_a_mail() -> None:
    """The content decides; an invalid calendar is broken, not a mail without one."""
    [one] = read_replies(MAILS["gmail"], "answer.ics")
    assert one.participation == "ACCEPTED"
    [bad] = read_replies(b"\x00\x01", "answer.ics")
    assert bad.trouble is not None
    assert bad.trouble.message == replies.BROKEN


@given(data=st.binary(max_size=400), mailed=st.booleans())
def test_no_octets_make_the_reader_fail(data: bytes, mailed: bool) -> None:
    """Whatever comes in gives answers or a trouble, never an error."""
    whole = whole_mail("Content-Type: text/calendar", "") + data if mailed else data
    for name in ("a.ics", "a.eml"):
        assert all(isinstance(one, Reply) for one in read_replies(whole, name))


@given(cut=st.integers(0, len(GMAIL)), put=st.text(alphabet='BEGINDVC:;="\r\n\\^ü', max_size=12))
def test_no_damage_makes_the_reader_fail(cut: int, put: str) -> None:
    """An answer that was cut and patched gives an answer or a trouble."""
    assert read_calendar(GMAIL[:cut] + put.encode() + GMAIL[cut + 3 :])
