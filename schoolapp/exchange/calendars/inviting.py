"""Invitations, updates and cancellations (RFC 5546), spliced for each recipient from parts.

A session is composed once for each SEQUENCE and described once per language, languages read and
room; the message of one recipient is then a joining of octets with the one ATTENDEE line. The
only module that writes ATTENDEE: one address to a message, never another's.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from schoolapp.domain.recipients import nearest_language
from schoolapp.exchange.calendars import wording
from schoolapp.exchange.calendars.composing import (
    END,
    compose,
    describe,
    geo_line,
    organizer_line,
)
from schoolapp.exchange.calendars.lines import clean_line, fold, text_line
from schoolapp.exchange.calendars.publishing import PRODUCT, Calendars
from schoolapp.exchange.calendars.values import CalendarGathering, CalendarPerson, CalendarSession
from schoolapp.exchange.calendars.zones import timezone_block

REQUEST, CANCEL = "REQUEST", "CANCEL"
ALARM_BEFORE = "-PT15M"
_END = b"END:VCALENDAR\r\n"
_STAMP = re.compile(rb"(?m)^DTSTAMP:[^\r]*\r\n")
_STATUS = re.compile(rb"(?m)^STATUS:[^\r]*\r\n")
_ADDRESS = re.compile(
    r"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f-\x9f]+@[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f-\x9f]+"
)
_UNQUOTED = re.compile(r'["\r\n\t]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A mailbox and the people who read it: two with one mailbox are named in one mail.

    ``role`` as in RFC 5545 3.2.16: ``CHAIR`` for speakers, ``REQ-PARTICIPANT`` for the others.
    """

    address: str
    names: tuple[str, ...]
    language: str = "en"
    reads: tuple[str, ...] = ()
    role: str = "REQ-PARTICIPANT"


@dataclass(frozen=True, slots=True)
class _Parts:
    """A message up to its one ATTENDEE line, and what follows that."""

    opening: bytes
    closing: bytes


class Invitations:
    """The messages about one gathering that are made at one moment (aware ``stamp``)."""

    def __init__(
        self, gathering: CalendarGathering, sessions: Iterable[CalendarSession], stamp: dt.datetime
    ) -> None:
        self._gathering = gathering
        self._sessions = {session.uid: session for session in sessions}
        self._stamp = f"DTSTAMP:{stamp.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}\r\n".encode()
        self._heads = {method: _head(method) for method in (REQUEST, CANCEL)}
        self._bodies: dict[tuple[str, int, str | None], bytes] = {}
        self._described: dict[tuple[object, ...], bytes] = {}
        self._parts: dict[tuple[object, ...], _Parts] = {}
        self._attendees: dict[Recipient, bytes] = {}
        self._published: Calendars | None = None

    def programme(self, person: CalendarPerson, uids: Collection[str]) -> bytes:
        """The person's sessions as one calendar to take in: PUBLISH, without ATTENDEE."""
        if self._published is None:
            self._published = Calendars(self._gathering, self._sessions.values())
        return self._published.personal(person, uids)

    def withdrawn(self, person: CalendarPerson, sequences: Mapping[str, int]) -> bytes:
        """The sessions of these UIDs as a calendar that strikes them all out (PUBLISH)."""
        off = [
            replace(self._sessions[uid], cancelled=True, sequence=number)
            for uid, number in sequences.items()
        ]
        return Calendars(self._gathering, off).struck_out(person)

    def request(self, uid: str, to: Recipient, sequence: int, room: str | None = None) -> bytes:
        """The invitation to a session, or its update when the SEQUENCE is higher.

        ``room`` is that of the recipient's own group, None for the session's.
        """
        key = (uid, sequence, room, to.language, to.reads)
        parts = self._parts.get(key)
        if parts is None:
            parts = self._parts[key] = self._request_parts(uid, to, sequence, room)
        return b"".join((parts.opening, self._attendee(to), parts.closing))

    def cancel(self, uid: str, to: Recipient, sequence: int, *, whole: bool) -> bytes:
        """The cancellation of a session: the whole session, or for this recipient alone.

        Only the first says ``STATUS:CANCELLED`` (RFC 5546, 3.2.5).
        """
        session = self._sessions[uid]
        body = self._body(session, sequence, "CANCELLED" if whole else None)
        place = text_line("LOCATION", where) if (where := place_of(session, None)) else b""
        zone = timezone_block(session.tz, session.start.year, session.end.year)
        opening = (self._heads[CANCEL], zone, body, place, self._attendee(to))
        return b"".join((*opening, END, _END))

    def gathering_request(self, to: Recipient, sequence: int) -> bytes:
        """The invitation to the gathering itself: all its days, shown as free time."""
        return self._whole(REQUEST, to, sequence, "CONFIRMED")

    def gathering_cancel(self, to: Recipient, sequence: int, *, whole: bool) -> bytes:
        """The gathering is off (``whole``), or this recipient is no longer expected."""
        return self._whole(CANCEL, to, sequence, "CANCELLED" if whole else None)

    def _request_parts(self, uid: str, to: Recipient, sequence: int, room: str | None) -> _Parts:
        session = self._sessions[uid]
        zone = timezone_block(session.tz, session.start.year, session.end.year)
        body = self._body(session, sequence, "CONFIRMED")
        where = place_of(session, room)
        place = text_line("LOCATION", where) if where else b""
        description = self._description(session, to, room)
        return _Parts(
            b"".join((self._heads[REQUEST], zone, body, place, description)),
            b"".join((_alarm(session.title), END, _END)),
        )

    def _body(self, session: CalendarSession, sequence: int, status: str | None) -> bytes:
        key = (session.uid, sequence, status)
        if key not in self._bodies:
            shown = replace(session, sequence=sequence, cancelled=status == "CANCELLED")
            opening = _STAMP.sub(self._stamp, compose(shown, self._gathering).opening, count=1)
            if status is None:
                opening = _STATUS.sub(b"", opening, count=1)
            self._bodies[key] = opening + b"CLASS:PRIVATE\r\n"
        return self._bodies[key]

    def _description(self, session: CalendarSession, to: Recipient, room: str | None) -> bytes:
        reads = to.reads or (to.language,)
        matter = wording.reads_that_matter(session, reads)
        key = (session.uid, room, to.language, matter)
        if key not in self._described:
            shown = _for_reader(session, matter)
            if room is not None:
                shown = replace(shown, room_name=room, groups=())
            self._described[key] = describe(shown, nearest_language(to.language), matter)
        return self._described[key]

    def _attendee(self, to: Recipient) -> bytes:
        if to not in self._attendees:
            name = ", ".join(_UNQUOTED.sub(" ", clean_line(name)) for name in to.names)
            line = (
                f'ATTENDEE;CN="{name}";CUTYPE=INDIVIDUAL;ROLE={to.role};PARTSTAT=NEEDS-ACTION;'
                f"RSVP=TRUE;LANGUAGE={to.language}:mailto:{to.address}"
            )
            self._attendees[to] = fold(line.encode())
        return self._attendees[to]

    def _whole(self, method: str, to: Recipient, sequence: int, status: str | None) -> bytes:
        gathering = self._gathering
        end = gathering.end_date + dt.timedelta(days=1)  # a DTEND is the first day after it
        where = ", ".join(part for part in (gathering.venue, gathering.city) if part)
        lines = [
            b"BEGIN:VEVENT\r\n",
            fold(f"UID:{gathering_uid(gathering.uid)}".encode()),
            self._stamp,
            f"DTSTART;VALUE=DATE:{gathering.start_date:%Y%m%d}\r\n".encode(),
            f"DTEND;VALUE=DATE:{end:%Y%m%d}\r\n".encode(),
            f"SEQUENCE:{sequence}\r\n".encode(),
            f"STATUS:{status}\r\n".encode() if status else b"",
            b"TRANSP:TRANSPARENT\r\nCLASS:PRIVATE\r\n",
            organizer_line(gathering),
            text_line("SUMMARY", clean_line(gathering.title_in(to.language))),
            text_line("LOCATION", clean_line(where)) if where else b"",
            geo_line(gathering.geo),
            self._attendee(to),
        ]
        return b"".join([self._heads[method], *lines, END, _END])


def is_mailbox(address: str | None) -> bool:
    """Whether an address may be in an ATTENDEE line and in To: just one, without comments."""
    return bool(address and _ADDRESS.fullmatch(address))


def gathering_uid(uid: str) -> str:
    """The permanent UID of the invitation to the gathering with this uid."""
    return f"{uid}@schoolapp.example"


def merged(people: Sequence[CalendarPerson]) -> CalendarPerson:
    """Several people as the one reader of their mailbox: only rooms that all share are kept."""
    first, *others = people
    if not others:
        return first
    rooms = {
        uid: room
        for uid, room in first.rooms.items()
        if all(one.rooms.get(uid) == room for one in others)
    }
    reads = dict.fromkeys(tag for one in people for tag in one.reads)
    return replace(first, rooms=rooms, reads=tuple(reads))


def place_of(session: CalendarSession, room: str | None) -> str:
    """Where a recipient finds the session; ``room`` is that of the own group, if it has one."""
    shown = session if room is None else replace(session, room_name=room, groups=())
    return clean_line(wording.place(shown))


def _for_reader(session: CalendarSession, reads: tuple[str, ...]) -> CalendarSession:
    """The session with the texts in languages that the recipient reads; a gap where none is."""
    if not session.readings:
        return session
    texts = tuple(text for text in session.readings if text.lang in reads)
    return replace(session, readings=texts, reading_gap=session.reading_gap or reads)


def _alarm(title: str) -> bytes:
    return (
        b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n"
        + text_line("DESCRIPTION", clean_line(title))
        + f"TRIGGER:{ALARM_BEFORE}\r\nEND:VALARM\r\n".encode()
    )


def _head(method: str) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + PRODUCT + f"VERSION:2.0\r\nMETHOD:{method}\r\n".encode()
