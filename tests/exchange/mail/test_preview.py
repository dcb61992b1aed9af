"""A composed mail read back for the desk: what is shown is what is sent."""

import datetime as dt

from schoolapp.exchange.mail.message import Enclosure, Message, Sender, as_bytes
from schoolapp.exchange.mail.preview import seen

EVENT = (
    "BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20270101T000000Z\r\nDTSTART;VALUE=DATE:202707{n:02}\r\n"
    "SUMMARY:Day {n}\r\nEND:VEVENT\r\n"
)


def mail_with(*enclosures: Enclosure) -> bytes:
    """A mail with files."""
    return as_bytes(
        Message(
            sender=Sender(address="school@example.org", name="Écolé"),
            address="a@example.org",
            subject="Sujet",
            text="Bonjour\n\nAu revoir",
            language="fr",
            message_id="<1@schoolapp.invalid>",
            date=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
            enclosures=enclosures,
        )
    )


def test_the_preview_says_what_the_mail_says() -> None:
    """Heads, words, files, and the first events of a long calendar in their order."""
    body = "".join(EVENT.format(n=n) for n in range(20, 0, -1))
    content = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode()
    calendar = Enclosure(
        name="programme.ics", media_type="text/calendar", content=content, method="PUBLISH"
    )
    found = seen(mail_with(calendar))
    assert (found.sender, found.address) == ("Écolé <school@example.org>", "a@example.org")
    assert (found.subject, found.text, found.language) == ("Sujet", "Bonjour\n\nAu revoir", "fr")
    assert found.files == (("programme.ics", len(content)),)
    (read,) = found.calendars
    assert (read.count, len(read.events)) == (20, 12)
    assert [one.title for one in read.events[:2]] == ["Day 1", "Day 2"]
    assert read.events[0].start == dt.date(2027, 7, 1)


def test_what_is_no_calendar_is_shown_as_a_file() -> None:
    """A broken file does not stop a preview."""
    broken = Enclosure(name="x.ics", media_type="text/calendar", content=b"no calendar")
    (read,) = seen(mail_with(broken)).calendars
    assert (read.count, read.events) == (0, ())
