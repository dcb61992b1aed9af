"""Reads the multi-status answers of a WebDAV server (RFC 4918, 13)."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

_DAV = "{DAV:}"
_CALDAV = "{urn:ietf:params:xml:ns:caldav}"
_CALENDAR = f"{_CALDAV}calendar"


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of an answer, with what the server reported of it.

    ``principal`` is the user who is logged in (RFC 5397), ``home`` where their calendars are (RFC
    4791, 6.2.1), both as the server writes them. ``takes_events`` unless the server says otherwise
    (5.2.3).
    """

    href: str
    etag: str
    is_folder: bool
    is_calendar: bool
    name: str = ""
    principal: str = ""
    home: str = ""
    takes_events: bool = True


def entries(body: bytes) -> list[Entry] | None:
    """The resources of an answer; None if it is not one. No server declares a document type."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return None
    try:
        root = ET.fromstring(body)  # noqa: S314 - no document type, so no entities
    except ET.ParseError:
        return None
    return [_entry(one) for one in root.iter(f"{_DAV}response")]


def _entry(response: ET.Element) -> Entry:
    etag, kinds, texts, components = "", set(), {"name": "", "principal": "", "home": ""}, set()
    for found in response.iter(f"{_DAV}propstat"):
        if " 200" not in (found.findtext(f"{_DAV}status") or ""):
            continue
        etag = found.findtext(f"{_DAV}prop/{_DAV}getetag") or etag
        kinds |= {kind.tag for kind in found.iterfind(f"{_DAV}prop/{_DAV}resourcetype/*")}
        for name, path in _TEXTS.items():
            texts[name] = (found.findtext(f"{_DAV}prop/{path}") or "").strip() or texts[name]
        listed = f"{_DAV}prop/{_CALDAV}supported-calendar-component-set/{_CALDAV}comp"
        components |= {one.get("name", "").upper() for one in found.iterfind(listed)}
    href = (response.findtext(f"{_DAV}href") or "").strip()
    takes_events = not components or "VEVENT" in components
    is_folder, is_calendar = f"{_DAV}collection" in kinds, _CALENDAR in kinds
    return Entry(href, etag, is_folder, is_calendar, **texts, takes_events=takes_events)


_TEXTS = {
    "name": f"{_DAV}displayname",
    "principal": f"{_DAV}current-user-principal/{_DAV}href",
    "home": f"{_CALDAV}calendar-home-set/{_DAV}href",
}
