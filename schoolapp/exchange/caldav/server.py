"""A calendar on a server: the five requests that a push needs, over one checked connection.

The requests are those of WebDAV and CalDAV (RFC 4918, RFC 4791) and are made with the standard
library; docs/decisions/0014-caldav-by-hand.md says why.
"""

import http.client
import re
import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.caldav.answers import Entry, entries
from schoolapp.exchange.connections import Connection
from schoolapp.exchange.mail.smtp import HERE

PATIENCE = 30  # seconds for each answer
LARGEST = 20_000_000  # octets of an answer
LARGEST_OBJECT = 1_000_000  # octets of one object in the calendar
REDIRECTS = 3
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._-]{0,99}")
_PATH = "/:@!$&'()*+,;=-._~"
_BROKEN = (OSError, http.client.HTTPException)


class Away(RuleBroken):
    """The server is away, refuses the login, or the connection broke: nothing more is sent."""


class NotLetIn(Away):
    """The user or password is not accepted."""

    def __init__(self) -> None:
        super().__init__(mark("The calendar server did not let us in. Check user and password."))


class ChangedThere(Exception):
    """The server has something else there than we think: its precondition failed (412)."""


class Elsewhere(Exception):
    """The server has this UID under another name (RFC 4791, 5.3.2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """The address of a calendar on a server, and the user who asks."""

    address: str
    user: str = ""

    @property
    def keyring_name(self) -> str:
        """Under which name a keyring keeps the password."""
        return f"schoolapp calendar {urlsplit(self.address).netloc}"


@dataclass(frozen=True, slots=True)
class Copy:
    """An object as the server has it."""

    etag: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def etag(self) -> str | None:
        return plain_etag(self.headers.get("ETag", "")) or None


class CalendarServer(Connection):
    """One connection to one calendar, opened when it is needed; close it at the end.

    Names of objects (``href``) are paths on the server. ``RuleBroken`` for an address that is not
    valid or has no encryption. Whatever the connection does is ``Away``.
    """

    def __init__(self, login: Login, password: str = "") -> None:
        parts = urlsplit(login.address.strip())
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise RuleBroken(
                mark("The address of a calendar begins with https://. Copy it from the server.")
            )
        if parts.username is not None:  # the address is kept, and a password never is
            raise RuleBroken(
                mark("Enter user and password in their own fields, not in the address.")
            )
        if parts.scheme == "http" and parts.hostname not in HERE:
            raise RuleBroken(
                mark("Without encryption a calendar goes only to this machine. Use https://.")
            )
        self._host, self._port = parts.hostname, parts.port
        self._tls = parts.scheme == "https"
        self.base = _path(parts.path.rstrip("/") + "/")
        self._headers = {"User-Agent": "schoolapp", "Accept-Encoding": "identity"}
        if login.user:
            secret = b64encode(f"{login.user}:{password}".encode()).decode()
            self._headers["Authorization"] = f"Basic {secret}"
        self._connection: http.client.HTTPConnection | None = None

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            with suppress(*_BROKEN):
                self._connection.close()
            self._connection = None

    def href(self, uid: str) -> str:
        """The name under which a session is put into the calendar."""
        name = uid if _PLAIN_NAME.fullmatch(uid) else sha256(uid.encode()).hexdigest()
        return f"{self.base}{name}.ics"

    def listing(self) -> dict[str, str]:
        """The names of all objects in the calendar with their ETags; ``Away`` if it is not one."""
        found = self._entries("PROPFIND", self.base, _LISTING, depth="1")
        own = [entry for entry in found if _path(entry.href).rstrip("/") == self.base.rstrip("/")]
        if not any(entry.is_calendar for entry in own):
            raise Away(
                mark("There is no calendar at this address. Copy the link of the calendar itself.")
            )
        return {
            _path(entry.href): plain_etag(entry.etag)
            for entry in found
            if entry.etag and not entry.is_folder
        }

    def reported(self, path: str, question: bytes, depth: str) -> list[Entry]:
        """What the server reports of a path, and with depth ``1`` of what is in it."""
        found = self._entries("PROPFIND", _path(path), question, depth)
        return [replace(entry, href=_path(entry.href)) for entry in found]

    def address_of(self, path: str) -> str:
        """The whole address of a path on this server."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        port = f":{self._port}" if self._port else ""
        return f"http{'s' if self._tls else ''}://{host}{port}{path}"

    def fetch(self, href: str) -> Copy | None:
        """An object as the server has it; None if it is not there."""
        answer = self._ask("GET", href)
        if answer.status in (404, 410):
            return None
        if answer.status != 200:
            raise _refusal(answer.status)
        if len(answer.body) > LARGEST_OBJECT:
            return Copy(answer.etag or "", b"")
        return Copy(answer.etag or "", answer.body)

    def put(self, href: str, body: bytes, etag: str | None) -> str | None:
        """Put an object there, over that of this ETag, or where there is none; its new ETag.

        None if the server does not report it. ``ChangedThere``, ``Elsewhere``, or ``RuleBroken``.
        """
        headers = {"Content-Type": "text/calendar; charset=utf-8; component=VEVENT"}
        headers |= {"If-None-Match": "*"} if etag is None else {"If-Match": f'"{etag}"'}
        answer = self._ask("PUT", href, body, headers)
        if answer.status == 412:
            raise ChangedThere
        if answer.status in (403, 409) and b"no-uid-conflict" in answer.body:
            raise Elsewhere
        if answer.status not in (200, 201, 204):
            raise _refusal(answer.status)
        return answer.etag

    def remove(self, href: str, etag: str) -> None:
        """Remove the object of this ETag; one that is gone already is not an error."""
        answer = self._ask("DELETE", href, headers={"If-Match": f'"{etag}"'})
        if answer.status == 412:
            raise ChangedThere
        if answer.status not in (200, 202, 204, 404, 410):
            raise _refusal(answer.status)

    def find(self, uid: str) -> str | None:
        """The name under which the calendar has a UID."""
        question = _BY_UID.format(uid=escape(uid)).encode()
        found = self._entries("REPORT", self.base, question, depth="1")
        return next((_path(entry.href) for entry in found if entry.etag), None)

    def _entries(self, method: str, path: str, question: bytes, depth: str) -> list[Entry]:
        headers = {"Depth": depth, "Content-Type": "application/xml; charset=utf-8"}
        for _turn in range(REDIRECTS):
            answer = self._ask(method, path, question, headers)
            if answer.status not in (301, 302, 307, 308):
                break
            path = self._followed(path, answer.headers.get("Location", ""))
        if answer.status != 207:
            raise _refusal(answer.status)
        found = entries(answer.body)
        if found is None:
            raise Away(mark("The answer of the calendar server cannot be read."))
        return [replace(entry, href=urljoin(path, entry.href)) for entry in found]

    def _followed(self, path: str, location: str) -> str:
        """Where a redirect leads; never to another server, which would get the password."""
        here = f"http{'s' if self._tls else ''}://{self._host}:{self._port or ''}{path}"
        there, ours = urlsplit(urljoin(here, location)), urlsplit(here)
        if (there.scheme, there.hostname, there.port) != (ours.scheme, ours.hostname, ours.port):
            raise Away(
                mark("The calendar has moved to {address}. Enter that address."), address=location
            )
        self.base = _path(there.path.rstrip("/") + "/")
        return self.base

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> _Answer:
        """One request; a connection that was open and turns out dead is opened once more.

        That is safe: each request that changes something names what it expects to find.
        """
        was_open = self._connection is not None
        try:
            answer = self._try(method, path, body, headers or {})
        except _BROKEN as trouble:
            self.close()
            if not was_open:
                raise _explained(trouble, self._host) from None
            return self._ask(method, path, body, headers)
        if answer.status in (401, 407):
            self.close()
            raise NotLetIn
        return answer

    def _try(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> _Answer:
        connection = self._connection = self._connection or self._opened()
        connection.request(method, path, body=body or None, headers=self._headers | headers)
        response = connection.getresponse()
        content = response.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise http.client.HTTPException("an answer without end")
        if response.will_close:
            self.close()
        return _Answer(response.status, response.headers, content)

    def _opened(self) -> http.client.HTTPConnection:
        if not self._tls:
            return http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            self._host, self._port, timeout=PATIENCE, context=context
        )


def plain_etag(text: str) -> str:
    """An ETag without its quotes, and without the mark of weakness that proxies add."""
    return text.strip().removeprefix("W/").strip('"')


def _path(href: str) -> str:
    """The path of a name, encoded in one way: servers do it in several."""
    return quote(unquote(urlsplit(href).path), safe=_PATH)


def _explained(trouble: Exception, host: str) -> Away:
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return Away(mark("{host} cannot prove that it is {host}. Check the address."), host=host)
    if isinstance(trouble, TimeoutError):
        return Away(mark("{host} does not answer. Try again later."), host=host)
    return Away(
        mark("The connection to {host} broke, or there is none. Try again later."), host=host
    )


def _refusal(status: int) -> RuleBroken:
    if status == 403:
        return RuleBroken(mark("The server does not allow us to change this calendar."))
    if status in (404, 410):
        return Away(mark("There is no calendar at this address any more."))
    if status == 507:
        return Away(mark("The calendar server has no room left."))
    if status >= 500:
        return Away(mark("The calendar server is in trouble ({status}). Try later."), status=status)
    return RuleBroken(mark("The calendar server refuses it ({status})."), status=status)


_LISTING = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getetag/>'
    b"<resourcetype/></prop></propfind>"
)
_BY_UID = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/></prop>'
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:prop-filter name="UID"><C:text-match collation="i;octet">{uid}</C:text-match>'
    "</C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
)
