"""Reads the multi-status answers of a WebDAV server (RFC 4918, 13)."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

_DAV = "{DAV:}"
_CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of an answer, with what the server told of it."""

    href: str
    etag: str
    is_folder: bool
    is_calendar: bool


def entries(body: bytes) -> list[Entry] | None:
    """The resources of an answer; None if it is none. No server declares a document type."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return None
    try:
        root = ET.fromstring(body)  # noqa: S314 - no document type, so no entities
    except ET.ParseError:
        return None
    return [_entry(one) for one in root.iter(f"{_DAV}response")]


def _entry(response: ET.Element) -> Entry:
    etag, kinds = "", set()
    for found in response.iter(f"{_DAV}propstat"):
        if " 200" not in (found.findtext(f"{_DAV}status") or ""):
            continue
        etag = found.findtext(f"{_DAV}prop/{_DAV}getetag") or etag
        kinds |= {kind.tag for kind in found.iterfind(f"{_DAV}prop/{_DAV}resourcetype/*")}
    href = (response.findtext(f"{_DAV}href") or "").strip()
    return Entry(href, etag, f"{_DAV}collection" in kinds, _CALENDAR in kinds)
