"""Sessions as objects of a calendar on a server: one file each, with nobody in it to write to."""

from collections.abc import Iterable

from schoolapp.domain.recipients import nearest_language
from schoolapp.exchange.calendars.composing import compose, describe
from schoolapp.exchange.calendars.publishing import END, PRODUCT
from schoolapp.exchange.calendars.values import CalendarGathering, CalendarSession
from schoolapp.exchange.calendars.zones import timezone_block


def calendar_object(session: CalendarSession, gathering: CalendarGathering) -> bytes:
    """The object of a session: no METHOD, ATTENDEE or ORGANIZER (RFC 4791, 4.1; RFC 6638, 3.1).

    In the language of the gathering. ``RuleBroken`` as in ``compose``.
    """
    body = compose(session, gathering, organizer=False)
    head = b"BEGIN:VCALENDAR\r\n" + PRODUCT + b"VERSION:2.0\r\n"
    event = body.event(describe(session, nearest_language(gathering.language), ()))
    return head + timezone_block(session.tz, *body.years) + event + END


def calendar_objects(
    gathering: CalendarGathering, sessions: Iterable[CalendarSession]
) -> list[tuple[CalendarSession, bytes]]:
    """All sessions that take place with their objects, in order of time."""
    held = (session for session in sessions if not session.cancelled)
    in_order = sorted(held, key=lambda session: (session.start, session.fold_start, session.uid))
    return [(session, calendar_object(session, gathering)) for session in in_order]
