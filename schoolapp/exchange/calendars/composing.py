"""One session as the text of a VEVENT: composed once with icalendar, described once per language.

What is composed has no ATTENDEE and no description, so the same octets serve every recipient:
callers that need them put a description, and in an invitation the one attendee, before the end.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from schoolapp.base import clock
from schoolapp.base.language import in_language, mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.calendars import wording
from schoolapp.exchange.calendars.lines import clean_line, escape, fold, text_line
from schoolapp.exchange.calendars.values import CalendarGathering, CalendarSession

if TYPE_CHECKING:
    from icalendar import Event, vText

END = b"END:VEVENT\r\n"
_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+")
_LINK = re.compile(r"https?://[^\s<>\"\\^`{|}]+")


@dataclass(frozen=True, slots=True)
class SessionBody:
    """The VEVENT of a session up to where place, description and attendee go."""

    session: CalendarSession
    opening: bytes

    def event(self, description: bytes) -> bytes:
        """The whole VEVENT with this description line."""
        return self.opening + _place_line(self.session) + description + END

    def in_room(self, room: str) -> "SessionBody":
        """The same for people whose group meets in this room."""
        return SessionBody(replace(self.session, room_name=room, groups=()), self.opening)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that its times touch."""
        return self.session.start.year, self.session.end.year


def compose(
    session: CalendarSession, gathering: CalendarGathering, *, organizer: bool = True
) -> SessionBody:
    """The VEVENT of a session, without place and description.

    Without ``organizer`` it names nobody, so that no calendar server thinks it has mail to send.
    ``RuleBroken`` if the session does not end after it begins, has a time that the clocks skip, or
    the gathering has no proper address; ``ValueError`` for an unknown zone.
    """
    from icalendar import Event, vCalAddress

    start, end = _moments(session)
    event = Event()
    event.add("uid", _text_class()(clean_line(session.uid)), encode=False)
    event.add("dtstamp", session.modified.astimezone(dt.UTC))
    event.add("dtstart", _as_written(session.start, start, session.tz))
    event.add("dtend", _as_written(session.end, end, session.tz))
    event.add("sequence", session.sequence)
    event.add("status", "CANCELLED" if session.cancelled else "CONFIRMED")
    if session.created is not None:
        event.add("created", session.created.astimezone(dt.UTC))
    event.add("last-modified", session.modified.astimezone(dt.UTC))
    if organizer:
        name = clean_line(gathering.organizer_name) or None
        mailbox = vCalAddress.new(_organizer_address(gathering), cn=name)
        event.add("organizer", mailbox, encode=False)
    _add_texts(event, session)
    return SessionBody(session, _opening(event) + geo_line(session.geo))


def describe(session: CalendarSession, language: str, reads: tuple[str, ...]) -> bytes:
    """The DESCRIPTION line in a recipient's language, empty where there is nothing to say.

    ``reads`` as in ``wording.description``.
    """
    with in_language(language):
        text = wording.description(session, reads)
    return text_line(f"DESCRIPTION;LANGUAGE={language}", text) if text else b""


def organizer_line(gathering: CalendarGathering) -> bytes:
    """The ORGANIZER line, folded: the mailbox that somebody reads. ``RuleBroken`` as above."""
    name = clean_line(gathering.organizer_name).replace('"', "'")
    named = f';CN="{name}"' if name else ""
    return fold(f"ORGANIZER{named}:{_organizer_address(gathering)}".encode())


def _opening(event: "Event") -> bytes:
    """All lines but the last, folded by us: half of icalendar's time goes into folding."""
    *lines, _end = [line for line in event.content_lines(sorted=False) if line]
    return b"".join([fold(line.encode()) for line in lines])


def _place_line(session: CalendarSession) -> bytes:
    where = clean_line(wording.place(session))
    return text_line("LOCATION", where) if where else b""


def geo_line(geo: tuple[float, float] | None) -> bytes:
    """The GEO line: degrees with six decimals (RFC 5545 3.8.1.6), never in the form ``1e-05``."""
    if geo is None:
        return b""
    latitude, longitude = geo
    return f"GEO:{latitude:.6f};{longitude:.6f}\r\n".encode()


def _add_texts(event: "Event", session: CalendarSession) -> None:
    text = _text_class()
    event.add("summary", text(clean_line(session.title)), encode=False)
    link = clean_line(session.online_link or "")
    if _LINK.fullmatch(link):
        event.add("url", link)


@cache
def _text_class() -> type["vText"]:
    from icalendar import vText

    class Text(vText):
        """A text that is escaped by us: icalendar 7.3 makes a line break of a backslash and N."""

        def to_ical(self) -> bytes:
            return escape(str(self)).encode()

    return Text


def _moments(session: CalendarSession) -> tuple[dt.datetime, dt.datetime]:
    for wall in (session.start, session.end):
        if not clock.exists(wall, session.tz):
            raise RuleBroken(
                mark(
                    "The clocks skip {time} in {tz}. Give the session {title} another time,"
                    " then export the calendars again."
                ),
                time=f"{wall:%Y-%m-%d %H:%M}",
                tz=session.tz,
                title=session.title,
            )
    start = clock.to_utc(session.start, session.tz, session.fold_start)
    end = clock.to_utc(session.end, session.tz, session.fold_end)
    if end <= start:
        raise RuleBroken(
            mark("The session {title} ends before it begins. Correct its times first."),
            title=session.title,
        )
    return start, end


def _as_written(wall: dt.datetime, moment: dt.datetime, tz: str) -> dt.datetime:
    """The time as it goes into the file: local with its zone, in UTC where local says two things.

    A local time that occurs twice means the first (RFC 5545 3.3.5), which not every reader knows
    and which cannot say the second; a DURATION is counted on the wall clock by some.
    """
    twice = clock.to_utc(wall, tz, 0) != clock.to_utc(wall, tz, 1)
    return moment if twice else wall.replace(tzinfo=clock.zone(tz))


def _organizer_address(gathering: CalendarGathering) -> str:
    address = gathering.organizer_address.strip()
    if not _ADDRESS.fullmatch(address):
        raise RuleBroken(
            mark(
                "The calendar of {gathering} has to name who answers for it, and no mailbox is"
                " entered yet. Enter the mailbox of its centre at Home, under Centres."
            )
            if not address
            else mark(
                "“{address}” is not a valid address, and the calendar of {gathering} has to name"
                " one. Correct the mailbox of its centre, or its own, at Home."
            ),
            gathering=gathering.title,
            address=address,
        )
    return f"mailto:{address}"
