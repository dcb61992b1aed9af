"""Finds the calendars in a whole mail, and the sender that it names; within bounds."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from pathlib import PurePath

from schoolapp.base.language import mark
from schoolapp.exchange.calendars.replies import (
    LARGEST_CALENDAR,
    LARGEST_IN_MAIL,
    NO_CALENDAR,
    TOO_DEEP,
    TOO_LARGE,
    Reply,
    Trouble,
    read_calendar,
)

LARGEST_MAIL = 2_000_000  # octets
LARGEST_HEADERS = 64_000
MOST_PARTS = 50
CALENDAR_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
OUTLOOK_ONLY = mark(
    "The answer is in Outlook's own form (winmail.dat). Ask for it again as a plain mail."
)
TOO_LARGE_TO_FETCH = mark(
    "The mail is larger than {limit} and was not fetched. Look at it in your mail program."
)
NOT_GIVEN = mark("The server does not give this mail out. Look at it in your mail program.")
_FAILED = re.compile(r"\bdmarc\s*=\s*fail\b", re.IGNORECASE)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*[ \t]*:")


def read_replies(data: bytes, name: str) -> tuple[Reply, ...]:
    """What a file holds, an .ics or a mail: an answer for each event, else one with its trouble."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\r\n\t ")
    is_calendar = PurePath(name).suffix.lower() in (".ics", ".ifb", ".vcs")
    if start[:6].upper() == b"BEGIN:" or (is_calendar and not _HEADER.match(start)):
        return read_calendar(data)
    return read_mail(data)


def read_mail(data: bytes) -> tuple[Reply, ...]:
    """The answers in a whole mail. The same one in two of its parts counts once."""
    if len(data) > LARGEST_MAIL:
        return (_refused(TOO_LARGE, limit="2 MB"),)
    head = re.split(rb"\r?\n\r?\n", data[: LARGEST_HEADERS + 4], maxsplit=1)[0]
    if len(head) > LARGEST_HEADERS or data.lower().count(b"boundary=") > MOST_PARTS:
        return (_refused(TOO_DEEP),)
    try:
        mail = message_from_bytes(data, policy=policy.compat32)
        found = list(_answers(mail))
    except (RecursionError, ValueError, LookupError, AttributeError):
        return (_refused(TOO_DEEP),)
    if not found:
        return (Reply(trouble=Trouble(NO_CALENDAR)),)
    return tuple(_once(found))


def unread_mail(data: bytes, trouble: Trouble) -> Reply:
    """A mail that was not taken in, or its header: its sender and its subject, for a person."""
    mail = message_from_bytes(data[:LARGEST_HEADERS], policy=policy.compat32)
    sender = next((address for _name, address in getaddresses(_all(mail, "From")) if address), "")
    words = [_words(text) for name in ("Subject", "Date") for text in _all(mail, name)[:1]]
    comment = " · ".join(word for word in words if word)
    return Reply(trouble=trouble, sender=sender.casefold()[:320], senders=1, comment=comment)


def _words(header: str) -> str:
    """A header in plain words, on one line."""
    with suppress(HeaderParseError, ValueError, LookupError):  # else as it is written
        header = str(make_header(decode_header(header)))
    return " ".join("".join(c if c.isprintable() else " " for c in header).split())[:200]


def _once(found: list[Reply]) -> list[Reply]:
    first: dict[object, Reply] = {}
    for reply in found:
        first.setdefault(_key(reply), reply)
    return list(first.values())


def _key(reply: Reply) -> object:
    """What makes two answers the same; the trouble is a part that is not a calendar at all."""
    if reply.trouble is not None:
        return reply.trouble.message, reply.uid
    return reply.method, reply.uid, reply.attendees, reply.participation, reply.sequence


def _answers(mail: Message) -> Iterator[Reply]:
    senders = [address for _name, address in getaddresses(_all(mail, "From")) if address]
    unproved = any(_FAILED.search(text) for text in _all(mail, "Authentication-Results"))
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            yield _refused(TOO_DEEP)
            return
        for reply in _of_part(part):
            yield replace(
                reply,
                sender=senders[0].casefold() if senders else "",
                senders=len(set(senders)),
                unproved=unproved,
            )


def _of_part(part: Message) -> tuple[Reply, ...]:
    kind, name = part.get_content_type(), str(part.get_filename() or "").lower()
    if kind == "application/ms-tnef" or name == "winmail.dat":
        return (Reply(trouble=Trouble(OUTLOOK_ONLY)),)
    if kind not in CALENDAR_TYPES and not name.endswith(".ics"):
        return ()
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ()
    if len(content) > min(LARGEST_IN_MAIL, LARGEST_CALENDAR):
        return (_refused(TOO_LARGE, limit="256 kB"),)
    charset = part.get_content_charset()
    method = str(part.get_param("method") or "").upper()
    return tuple(
        replace(reply, method=reply.method or method) for reply in read_calendar(content, charset)
    )


def _all(mail: Message, name: str) -> list[str]:
    return [str(value) for value in mail.get_all(name, [])]


def _refused(message: str, **values: str) -> Reply:
    return Reply(trouble=Trouble(message, values), refused=True)
