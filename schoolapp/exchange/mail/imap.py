"""Reads mails out of a folder on an IMAP server (RFC 3501) and changes nothing there.

The folder is opened with EXAMINE and bodies are fetched with BODY.PEEK, so that no mail counts as
read. What the server says is bounded: a server that sends without end is disconnected.
"""

import datetime as dt
import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from schoolapp.base.language import mark
from schoolapp.exchange.calendars.reply_mails import LARGEST_MAIL
from schoolapp.exchange.connections import Connection
from schoolapp.exchange.mail.mailbox import Mailbox, folder_name, quoted, wire_name
from schoolapp.exchange.mail.smtp import STARTTLS, TLS
from schoolapp.exchange.mail.transport import Unreachable

T = TypeVar("T")
PATIENCE = 30  # seconds for each piece of an answer
LARGEST_ANSWER = LARGEST_MAIL + 200_000  # octets of all that a server says to one command
LONGEST_LINE = 1_000_000  # octets; the numbers of 140,000 mails
MOST_FOLDERS = 12  # that a sentence names
_RECORD = re.compile(rb"\d+ \(")
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"')
_SIGNS = (b"calendar", b'"ics"', b".ics", b"ms-tnef", b"winmail", b"=?")
"""What is in the structure of a mail that may hold a calendar; ``=?`` is an encoded name."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a mail before it is fetched; ``size`` in octets, as the server says."""

    uid: int
    size: int
    may_answer: bool


class Unreadable(Exception):
    """What the server sent is not IMAP, or far too much; the next request starts again."""


class ImapFolder(Connection):
    """One connection to one folder, opened when it is needed; close it at the end.

    ``Unreachable`` says in a sentence what is wrong, or that the connection broke.
    """

    def __init__(self, box: Mailbox, password: str) -> None:
        box.check()
        self.box, self._password = box, password
        self._connection: imaplib.IMAP4 | None = None
        self._validity: int | None = None

    def close(self) -> None:
        """Log out and close the connection, if one is open."""
        if self._connection is not None:
            with suppress(*_BROKEN):
                self._connection.logout()
            self._drop()

    def validity(self) -> int:
        """UIDVALIDITY of the folder; 0 if the server has none, then no number holds for long."""
        self._asked(lambda connection: None)
        assert self._validity is not None
        return self._validity

    def uids(self, after: int, since: dt.date | None) -> list[int]:
        """The mails with numbers above ``after`` that came on ``since`` or later."""
        wanted = ["UID", f"{after + 1}:*"]
        if since is not None:  # the months are English in every language (RFC 3501, date-month)
            wanted += ["SINCE", f"{since.day}-{MONTHS[since.month - 1]}-{since.year:04}"]
        answer = self._asked(lambda connection: _said(connection.uid("SEARCH", *wanted)))
        numbers = b" ".join(one for one in answer if isinstance(one, bytes)).split()
        found = {int(one) for one in numbers if one.isdigit() and len(one) <= 10}
        return sorted(uid for uid in found if uid > after)  # n:* names the last one in any case

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """Sizes of these mails, and which of them may hold a calendar; those gone are left out."""
        try:
            found = self._heads(uids, "(UID RFC822.SIZE BODYSTRUCTURE)")
        except Unreadable:  # a mail whose parts the server cannot list, or with too many
            found = self._heads(uids, "(UID RFC822.SIZE)")
        return {head.uid: head for head in found if head.uid in set(uids)}

    def fetch(self, uid: int) -> bytes | None:
        """A whole mail; None if it is gone. ``Unreadable`` if the server cannot send it."""
        return self._body(uid, "BODY.PEEK[]")

    def fetch_top(self, uid: int) -> bytes:
        """Author, date and subject of a mail, as its header says; empty if that fails too."""
        with suppress(Unreadable):
            return self._body(uid, "BODY.PEEK[HEADER.FIELDS (FROM DATE SUBJECT)]<0.4000>") or b""
        return b""

    def _body(self, uid: int, item: str) -> bytes | None:
        for frame, literals in self._fetched([uid], f"(UID {item})"):
            if _number(b"UID", _QUOTED.sub(b'""', frame)) != uid:
                continue
            if literals:
                return literals[-1]
            if short := re.search(rb'BODY\[.*?\](?:<0>)? ("(?:[^"\\]|\\.)*")', frame):
                return re.sub(rb"\\(.)", rb"\1", short[1][1:-1])
        return None

    def _heads(self, uids: Sequence[int], items: str) -> list[Head]:
        found = []
        for frame, literals in self._fetched(uids, items):
            plain = _QUOTED.sub(b'""', frame)
            uid, size = _number(b"UID", plain), _number(b"RFC822.SIZE", plain)
            whole = b" ".join((frame, *literals)).lower()
            known = b"bodystructure" in plain.lower()
            may_answer = not known or any(sign in whole for sign in _SIGNS)
            if uid is not None and size is not None:
                found.append(Head(uid, size, may_answer))
        return found

    def _fetched(self, uids: Sequence[int], items: str) -> Iterator[tuple[bytes, list[bytes]]]:
        """What was answered, mail by mail: the text of it, and the literals in it."""
        numbers = ",".join(map(str, uids))
        answer = self._asked(lambda connection: _said(connection.uid("FETCH", numbers, items)))
        frame: bytes = b""
        literals: list[bytes] = []
        for part in answer:
            head, *literal = part if isinstance(part, tuple) else (part,)
            if not isinstance(head, bytes):
                continue
            if _RECORD.match(head) and frame:
                yield frame, literals
                frame, literals = b"", []
            frame += head
            literals += literal
        if frame:
            yield frame, literals

    def _asked(self, question: "Callable[[imaplib.IMAP4], T]") -> T:
        """Ask over an open connection; one that broke is dropped and reported."""
        try:
            if self._connection is None:
                self._open()
            assert self._connection is not None
            self._connection.octets = 0  # type: ignore[attr-defined]
            return question(self._connection)
        except _Refused:
            raise Unreadable from None
        except (Unreadable, Unreachable):
            self._drop()
            raise
        except _BROKEN as trouble:
            self._drop()
            if _is_no_imap(trouble):
                raise Unreadable from None
            raise _explained(trouble, self.box.server) from None

    def _open(self) -> None:
        box = self.box
        try:
            if box.security == TLS:
                context = ssl.create_default_context()
                self._connection = _Tls(box.server, box.port, ssl_context=context, timeout=PATIENCE)
            else:
                self._connection = _Plain(box.server, box.port, timeout=PATIENCE)
            if box.security == STARTTLS:
                self._encrypt(self._connection)
            if self._connection.state == "NONAUTH":
                self._log_in(self._connection)
            self._examine(self._connection)
        except (Unreadable, imaplib.IMAP4.error) as trouble:
            if "socket error" in str(trouble):  # the connection broke
                raise
            raise Unreachable(_NO_IMAP, server=box.server) from None

    def _encrypt(self, connection: imaplib.IMAP4) -> None:
        if "STARTTLS" not in connection.capabilities:
            raise Unreachable(
                mark("{server} does not offer STARTTLS. Try TLS from the start."),
                server=self.box.server,
            )
        connection.starttls(ssl_context=ssl.create_default_context())

    def _log_in(self, connection: imaplib.IMAP4) -> None:
        user, password = self.box.user, self._password
        try:
            if "AUTH=PLAIN" in connection.capabilities:  # takes letters of every script
                secret = f"\0{user}\0{password}".encode()
                connection.authenticate("PLAIN", lambda _challenge: secret)
            elif "LOGINDISABLED" in connection.capabilities or not (user + password).isprintable():
                raise Unreachable(_NO_WAY_IN, server=self.box.server)
            else:
                connection.login(quoted(user), password)
        except UnicodeEncodeError:
            raise Unreachable(_NO_WAY_IN, server=self.box.server) from None
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise Unreachable(_NOT_LET_IN, server=self.box.server) from None

    def _examine(self, connection: imaplib.IMAP4) -> None:
        """Open the folder for reading only; a renumbered folder is reported."""
        status, _counted = connection.select(wire_name(self.box.folder), readonly=True)
        if status != "OK":
            raise Unreachable(
                mark("The mailbox has no folder “{folder}”. It has: {folders}."),
                folder=self.box.folder,
                folders=", ".join(_folders(connection)) or "–",
            )
        _name, said = connection.response("UIDVALIDITY")
        number = said[-1] if said and said[-1] else b"0"
        validity = int(number) if number.isdigit() and len(number) <= 10 else 0
        if self._validity not in (None, validity):
            raise Unreachable(mark("The server has renumbered its mails. Fetch once more."))
        self._validity = validity

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(*_BROKEN):
                self._connection.shutdown()
            self._connection = None


class _Refused(Exception):
    """The server answered NO or BAD."""


class _Bounded:
    """Counts what a server says to one command, before it is taken in."""

    octets = 0
    file: Any  # of two types in imaplib's own stubs, of which only bytes ever come

    def read(self, size: int) -> bytes:
        """A literal."""
        self._count(size)
        content: bytes = self.file.read(size)
        return content

    def readline(self) -> bytes:
        """A line."""
        line: bytes = self.file.readline(LONGEST_LINE)
        self._count(len(line))
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            raise Unreadable
        return line

    def _count(self, octets: int) -> None:
        self.octets += octets
        if self.octets > LARGEST_ANSWER:
            raise Unreadable


class _Plain(_Bounded, imaplib.IMAP4):
    """A connection that is in the clear, or will be encrypted."""


class _Tls(_Bounded, imaplib.IMAP4_SSL):
    """A connection that is encrypted from the start."""


def _said(answer: tuple[str, list[T]]) -> list[T]:
    status, data = answer
    if status != "OK":
        raise _Refused
    return data


def _is_no_imap(trouble: Exception) -> bool:
    """Whether an answer came, but none that makes sense; imaplib says so in its words alone."""
    said = str(trouble)
    return "unexpected" in said or "command error" in said


def _number(name: bytes, frame: bytes) -> int | None:
    found = re.search(rb"[( ]" + re.escape(name) + rb" (\d{1,10})\b", frame)
    return int(found[1]) if found else None


def _folders(connection: imaplib.IMAP4) -> list[str]:
    """Some names of folders, for people who mistyped one."""
    names = []
    for one in connection.list()[1]:
        text = one[1] if isinstance(one, tuple) else one
        if isinstance(text, bytes) and (found := re.search(rb'("(?:[^"\\]|\\.)*"|\S+)$', text)):
            plain = re.sub(rb"\\(.)", rb"\1", found[1].strip(b'"'))
            names.append(folder_name(plain.decode("ascii", "replace")))
    return sorted(names)[:MOST_FOLDERS]


def _explained(trouble: Exception, server: str) -> Unreachable:
    """What is wrong, and what to do about it."""
    for kind, sentence in _TROUBLES:
        if isinstance(trouble, kind):
            return Unreachable(sentence, server=server)
    return Unreachable(
        mark(
            "The connection to {server} broke, or there is none. What was read"
            " is kept; fetch again."
        ),
        server=server,
    )


_BROKEN = (OSError, imaplib.IMAP4.error, ValueError, Unreadable)
_NO_IMAP = mark("{server} does not speak IMAP on this port. Check server and port.")
_NOT_LET_IN = mark(
    "{server} does not accept user or password. Check them in the settings; some servers"
    " want a password made for this program alone."
)
_NO_WAY_IN = mark(
    "{server} offers no way to log in with this user and password. Try TLS, and a password of"
    " plain letters and digits."
)
_NOT_FOUND = mark(
    "{server} cannot be found. Check its name, and whether this machine is on a network."
)
_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        mark("{server} cannot prove that it is that server. Nothing was read; check its name."),
    ),
    (ssl.SSLError, mark("{server} does not speak TLS on this port. Try STARTTLS or another port.")),
    (TimeoutError, mark("{server} does not answer. What was read is kept; fetch again later.")),
    (ConnectionRefusedError, _NO_IMAP),
    (socket.gaierror, _NOT_FOUND),
    (UnicodeError, _NOT_FOUND),  # no name of a server at all
)
