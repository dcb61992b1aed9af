"""Finds the calendars of a user on a server, from its address alone (RFC 6764, 5; RFC 4791, 6.2.1).

The name of the server is what the user typed; records in the DNS are not asked for.
"""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.caldav.server import Away, CalendarServer, Login, NotLetIn

WELL_KNOWN = "/.well-known/caldav"
_WHO = (
    b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>'
)
_HOME = (
    b'<?xml version="1.0"?><propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    b"<prop><C:calendar-home-set/></prop></propfind>"
)
_CALENDARS = (
    b'<?xml version="1.0"?><propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>'
    b"<resourcetype/><displayname/><C:supported-calendar-component-set/></prop></propfind>"
)


@dataclass(frozen=True, slots=True)
class FoundCalendar:
    """A calendar that takes events: its address, and its name for a person."""

    address: str
    name: str


def whole_address(typed: str) -> str:
    """What was typed, as an address; a bare server name becomes one with encryption."""
    text = typed.strip()
    return text if "://" in text or not text else f"https://{text}"


def find_calendars(login: Login, password: str) -> tuple[FoundCalendar, ...]:
    """The calendars of the user on the server of this address, by name.

    ``Away`` if the server is away or reports none; ``RuleBroken`` for an address that is not valid.
    """
    with CalendarServer(login, password) as server:
        principal = _principal(server, urlsplit(login.address).path)
        home = next((one.home for one in server.reported(principal, _HOME, "0") if one.home), None)
        if home is None:
            raise Away(_NONE, server=login.address)
        held = server.reported(home, _CALENDARS, "1")
        found = [
            FoundCalendar(server.address_of(one.href), one.name or _last_part(one.href))
            for one in held
            if one.is_calendar and one.takes_events
        ]
    if not found:
        raise Away(_NONE, server=login.address)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.address)))


def _principal(server: CalendarServer, typed: str) -> str:
    """The user, by the first address that names one: as typed, the well-known one, the top."""
    trouble: RuleBroken | None = None
    places = (typed, WELL_KNOWN, "/") if typed.strip("/") else (WELL_KNOWN, "/")
    for path in places:
        try:
            entries = server.reported(path, _WHO, "0")
        except NotLetIn:
            raise
        except RuleBroken as refused:
            trouble = trouble or refused
            continue
        for one in entries:
            if one.principal:
                return one.principal
    raise trouble or Away(_NONE, server=server.address_of("/"))


def _last_part(path: str) -> str:
    return unquote(path.rstrip("/").rpartition("/")[2])


_NONE = mark("No calendars were found at {server}. Copy the link of the calendar itself.")
