"""A composed mail read back, to show what its recipient will see."""

import datetime as dt
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Component

MOST = 12  # events of a calendar that are shown; a programme has sixty


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event of a calendar; a date and not a moment where it lasts whole days."""

    title: str
    start: dt.datetime | dt.date | None
    place: str


@dataclass(frozen=True, slots=True)
class CalendarSeen:
    """A calendar in a mail: its method (``""`` for none), its first events, how many there are."""

    method: str
    events: tuple[Occurrence, ...]
    count: int


@dataclass(frozen=True, slots=True)
class MailSeen:
    """What a mail program shows; ``files`` with their sizes in bytes."""

    sender: str
    address: str
    subject: str
    text: str
    language: str
    files: tuple[tuple[str, int], ...]
    calendars: tuple[CalendarSeen, ...]
    size: int


def seen(data: bytes) -> MailSeen:
    """What the bytes of a mail of ours hold."""
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    words = mail.get_body(("plain",))
    attached = list(mail.iter_attachments())
    return MailSeen(
        sender=str(mail["From"]),
        address=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=words.get_content().replace("\r\n", "\n").strip() if words is not None else "",
        language=str(mail["Content-Language"]),
        files=tuple((part.get_filename() or "", len(_content(part))) for part in attached),
        calendars=tuple(
            _calendar(_content(part))
            for part in attached
            if part.get_content_type() in ("application/ics", "text/calendar")
        ),
        size=len(data),
    )


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def _calendar(content: bytes) -> CalendarSeen:
    from icalendar import Calendar

    try:
        read = Calendar.from_ical(content)
    except ValueError:
        return CalendarSeen("", (), 0)
    events = sorted(map(_occurrence, read.walk("VEVENT")), key=lambda one: str(one.start))
    return CalendarSeen(str(read.get("METHOD", "")), tuple(events[:MOST]), len(events))


def _occurrence(event: "Component") -> Occurrence:
    start = event.get("DTSTART")
    return Occurrence(
        str(event.get("SUMMARY", "")), start.dt if start else None, str(event.get("LOCATION", ""))
    )
