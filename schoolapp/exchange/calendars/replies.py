"""Reads what comes back to an invitation: .ics files and whole mails, within bounds, never raising.

The reader is our own and forgiving: a broken time zone beside a sound answer must not lose
the answer. It says in a sentence what it did not understand. What an answer means is judged
elsewhere (``operations.invitations.answering``).
"""

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from schoolapp.base.language import mark
from schoolapp.exchange.calendars.components import (
    NO_BEGIN,
    Component,
    Unreadable,
    components,
    decoded,
)

LARGEST_CALENDAR = 5_000_000  # octets of an .ics file
LARGEST_IN_MAIL = 256_000  # octets of a calendar in a mail
MOST_ANSWERS = 100  # events of one file that are judged one by one
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}

TOO_LARGE = mark("The file is larger than {limit}: it was not read.")
TOO_DEEP = mark("The calendar is nested or divided beyond all measure: it was not read.")
NO_CALENDAR = mark("There is no calendar in it.")
BROKEN = mark("The calendar is broken: {what}.")
NOT_TEXT = mark("its letters cannot be read")
NO_EVENT = mark("it holds no event")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something was not understood: a message marked for translation, and what fills it.

    ``values`` whose key ends in ``_`` are marked messages themselves.
    """

    message: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One event of one calendar that came in, as far as it could be read.

    ``method`` is in capitals, empty if there is none. ``attendees`` are the addresses of ATTENDEE
    in small letters; ``participation`` is the PARTSTAT of the first, in capitals. ``sender`` is
    the address a mail came from, None for a file; ``senders`` how many it claims. ``sequence``
    and ``stamp`` (aware UTC) are None where they are missing, ``bad`` names what is there but no
    valid value. ``dates`` is set for an answer to one date of a series. ``unproved``: the server
    that took the mail in noted that the sender is not who it says (DMARC).
    """

    method: str = ""
    kind: str = "VEVENT"
    uid: str = ""
    attendees: tuple[str, ...] = ()
    name: str = ""
    participation: str | None = None
    sequence: int | None = None
    stamp: dt.datetime | None = None
    comment: str = ""
    sent_by: str = ""
    delegated: bool = False
    dates: bool = False
    bad: str = ""
    failed: str = ""
    sender: str | None = None
    senders: int = 0
    unproved: bool = False
    trouble: Trouble | None = None
    refused: bool = False


def read_calendar(data: bytes, charset: str | None = None) -> tuple[Reply, ...]:
    """The events of an .ics file; one ``Reply`` with its ``trouble`` for what is not understood."""
    if len(data) > LARGEST_CALENDAR:
        return (_refusal(Trouble(TOO_LARGE, {"limit": "5 MB"})),)
    text = decoded(data, charset)
    if text is None:
        return (_broken(NOT_TEXT),)
    try:
        calendars = [one for one in components(text) if one.name == "VCALENDAR"]
    except Unreadable as broken:
        found = _method_of(text)
        if broken.beyond_measure:
            return (_refusal(Trouble(TOO_DEEP)),)
        return (replace(_broken(broken.what), method=found, uid=_uid_of(text)),)
    if not calendars:
        return (_broken(NO_BEGIN),)
    answers = [reply for calendar in calendars for reply in _replies(calendar)]
    return tuple(answers[:MOST_ANSWERS])


def _replies(calendar: Component) -> list[Reply]:
    method = _clean(calendar.value("METHOD")).upper()[:40]
    entries = [part for part in calendar.parts if part.name in ("VEVENT", "VTODO", "VJOURNAL")]
    if not entries:
        others = [part.name for part in calendar.parts if part.name != "VTIMEZONE"]
        if others:
            return [Reply(method=method, kind=others[0][:40], uid=_uid(calendar.parts[-1]))]
        return [replace(_broken(NO_EVENT), method=method)]
    return [_reply(method, part) for part in entries]


def _reply(method: str, event: Component) -> Reply:
    lines = event.lines.get("ATTENDEE", [])
    parameters = lines[0][0] if lines else {}
    sequence, bad = _number(event.value("SEQUENCE"))
    stamp, bad_stamp = _moment(event.value("DTSTAMP"))
    comment = event.value("COMMENT") or parameters.get("X-RESPONSE-COMMENT", "")
    return Reply(
        method=method,
        kind=event.name,
        uid=_uid(event),
        attendees=tuple(dict.fromkeys(_mailbox(value) for _parameters, value in lines)),
        name=_clean(parameters.get("CN", ""))[:200],
        participation=_clean(parameters.get("PARTSTAT", "")).upper()[:40] or None,
        sequence=sequence,
        stamp=stamp,
        comment=_text(comment)[:1000],
        sent_by=_mailbox(parameters.get("SENT-BY", "")),
        delegated="DELEGATED-TO" in parameters or "DELEGATED-FROM" in parameters,
        dates="RECURRENCE-ID" in event.lines,
        bad=bad or bad_stamp,
        failed=_failure(event.value("REQUEST-STATUS")),
    )


def _failure(status: str) -> str:
    """A status that says the invitation was not understood or not delivered (RFC 5546, 3.6)."""
    return _text(status)[:200] if status[:1] in ("3", "4", "5") else ""


def _number(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return int(text), ""
    return None, "SEQUENCE"


def _moment(text: str) -> tuple[dt.datetime | None, str]:
    """A DTSTAMP; local time is read as UTC, which is what its writers mean (RFC 5545 3.8.7.2)."""
    if not text:
        return None, ""
    found = _STAMP.fullmatch(text)
    try:
        if found is not None:
            year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
            return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC), ""
    except ValueError:
        pass
    return None, "DTSTAMP"


def _mailbox(text: str) -> str:
    """The address of a CAL-ADDRESS in small letters, without ``mailto:`` in any case."""
    plain = _clean(text).strip("<> ")
    head, colon, rest = plain.partition(":")
    return (rest if colon and head.lower() == "mailto" else plain).strip().casefold()[:320]


def _uid(event: Component) -> str:
    return _clean(event.value("UID"))[:500]


def _text(value: str) -> str:
    plain = re.sub(r"\\[nN,;\\]", lambda found: _ESCAPES[found[0]], value)
    return _UNWANTED.sub("", plain).strip()


def _clean(value: str) -> str:
    return _UNWANTED.sub("", value).replace("\n", " ").strip()


def _method_of(text: str) -> str:
    found = re.search(r"(?im)^METHOD:([A-Z-]{1,40})\s*$", text)
    return found[1].upper() if found else ""


def _uid_of(text: str) -> str:
    found = re.search(r"(?im)^UID[^:\n]{0,80}:([^\r\n]{1,500})", text)
    return _clean(found[1]) if found else ""


def _broken(what: str) -> Reply:
    return Reply(trouble=Trouble(BROKEN, {"what_": what}))


def _refusal(trouble: Trouble) -> Reply:
    return Reply(trouble=trouble, refused=True)
