"""A small IMAP4rev1 server for tests (RFC 3501), that can lie, refuse, and be cut at any byte."""

import base64
import re
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from tests.breaking_connection import served

USER, PASSWORD = "desk@example.org", 'pass "word" \\ é'


@dataclass
class ImapServer:
    """One folder, ``INBOX`` (and an empty one under another name), with mails by their UID.

    ``sizes`` and ``literals`` are lies: another RFC822.SIZE, another length before a body.
    ``says`` may answer a command (its name and the rest of it) in its own words.
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int | None = 7
    plain_auth: bool = True
    capabilities: str = ""
    sizes: dict[int, int] = field(default_factory=dict)
    literals: dict[int, int] = field(default_factory=dict)
    quoted: bool = False
    no_structure: bool = False
    says: Callable[[str, str], bytes | None] = lambda name, rest: None
    greeting: bytes = b"* OK ready\r\n"
    commands: list[str] = field(default_factory=list)
    fetched: Counter[int] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)
    tls: ssl.SSLContext | None = None
    port: int = 0
    connection: Any = None

    def put(self, uid: int, data: bytes) -> None:
        """Add a mail that came in."""
        self.mails[uid] = data


class _Talk(StreamRequestHandler):
    """One connection."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer commands until the connection is closed."""
        self.held: ImapServer = self.server.held  # type: ignore[attr-defined]
        self.wfile.write(self.held.greeting)
        with suppress(OSError):
            while line := self.rfile.readline(100_000):
                tag, name, *rest = line.decode("utf-8").strip().split(" ", 2)
                if not self.answer(tag, name.upper(), rest[0] if rest else ""):
                    return

    def finish(self) -> None:
        """The present connection: encryption wraps it."""
        with suppress(OSError):
            super().finish()
        self.request.close()

    def answer(self, tag: str, name: str, rest: str) -> bool:
        """Answer one command; False when the connection ends."""
        held = self.held
        held.commands.append(name if name in ("LOGIN", "AUTHENTICATE") else f"{name} {rest}")
        own = held.says(name, rest)
        if own is not None:
            self.wfile.write(own.replace(b"TAG", tag.encode()))
            return True
        if name == "LOGOUT":
            self.wfile.write(f"* BYE bye\r\n{tag} OK bye\r\n".encode())
            return False
        done = getattr(self, f"do_{name.lower()}", self.do_unknown)(tag, rest)
        self.wfile.write(f"{tag} {done}\r\n".encode())
        if name == "STARTTLS" and done.startswith("OK") and held.tls is not None:
            self.request = held.tls.wrap_socket(self.request, server_side=True)
            self.rfile = self.request.makefile("rb")
            self.wfile = self.request.makefile("wb", 0)
        return True

    def do_unknown(self, tag: str, rest: str) -> str:
        """What this server does not know."""
        return "BAD what"

    def do_capability(self, tag: str, rest: str) -> str:
        """What it can do."""
        auth = "AUTH=PLAIN " if self.held.plain_auth else ""
        self.wfile.write(f"* CAPABILITY IMAP4rev1 {auth}{self.held.capabilities}\r\n".encode())
        return "OK done"

    def do_starttls(self, tag: str, rest: str) -> str:
        """Encrypt from here on."""
        return "OK begin" if self.held.tls else "BAD none"

    def do_authenticate(self, tag: str, rest: str) -> str:
        """User and password in one line."""
        self.wfile.write(b"+ \r\n")
        line = base64.b64decode(self.rfile.readline()).decode()
        return "OK in" if line == f"\0{USER}\0{PASSWORD}" else "NO [AUTHENTICATIONFAILED] no"

    def do_login(self, tag: str, rest: str) -> str:
        """User and password between quotes."""
        found = re.fullmatch(r'"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"', rest)
        said = [re.sub(r"\\(.)", r"\1", one) for one in found.groups()] if found else []
        return "OK in" if said == [USER, "simple"] else "NO [AUTHENTICATIONFAILED] no"

    def do_list(self, tag: str, rest: str) -> str:
        """The folders; the name of one in the alphabet of RFC 3501, 5.1.3."""
        self.wfile.write(b'* LIST () "/" INBOX\r\n* LIST () "/" "R&AOk-ponses"\r\n')
        return "OK done"

    def do_select(self, tag: str, rest: str) -> str:
        """Open a folder so that it can be changed."""
        return self.do_examine(tag, rest).replace("ONLY", "WRITE")

    def do_examine(self, tag: str, rest: str) -> str:
        """Open a folder for reading."""
        if rest not in ('"INBOX"', '"R&AOk-ponses"'):
            return "NO there is none"
        self.mails = self.held.mails if rest == '"INBOX"' else {}
        self.wfile.write(f"* {len(self.mails)} EXISTS\r\n".encode())
        if self.held.validity is not None:
            self.wfile.write(f"* OK [UIDVALIDITY {self.held.validity}] UIDs\r\n".encode())
        return "OK [READ-ONLY] done"

    def do_uid(self, tag: str, rest: str) -> str:
        """SEARCH and FETCH by UID."""
        what, arguments = rest.split(" ", 1)
        if what == "SEARCH":
            first = int(re.match(r"UID (\d+):\*", arguments)[1])  # type: ignore[index]
            found = [uid for uid in self.mails if uid >= first] or list(self.mails)[-1:]
            self.wfile.write(f"* SEARCH {' '.join(map(str, found))}\r\n".encode())
            return "OK done"
        numbers, items = arguments.split(" ", 1)
        if self.held.no_structure and "STRUCTURE" in items:
            return "NO cannot"
        for uid in map(int, numbers.split(",")):
            if uid in self.mails:
                self.fetch(uid, items)
        return "OK done"

    def fetch(self, uid: int, items: str) -> None:
        """One mail, as far as it is asked for."""
        held, data = self.held, self.mails[uid]
        number = list(self.mails).index(uid) + 1
        if "RFC822.SIZE" in items:
            size = held.sizes.get(uid, len(data))
            parts = f"* {number} FETCH (UID {uid} RFC822.SIZE {size}"
            if "BODYSTRUCTURE" in items:
                parts += f" BODYSTRUCTURE {structure(message_from_bytes(data))}"
            self.wfile.write(f"{parts})\r\n".encode())
            return
        if "HEADER" in items:
            content, name = data.split(b"\r\n\r\n")[0] + b"\r\n\r\n", "BODY[HEADER.FIELDS (X)]<0>"
        else:
            content, name = data, "BODY[]"
            held.fetched[uid] += 1
        if "PEEK" not in items:
            held.seen.add(uid)
        if held.quoted:
            text = content.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\r\n", b" ")
            self.wfile.write(f"* {number} FETCH (UID {uid} {name} ".encode())
            self.wfile.write(b'"%b")\r\n' % text)
            return
        length = held.literals.get(uid, len(content)) if name == "BODY[]" else len(content)
        self.wfile.write(f"* {number} FETCH (UID {uid} {name} {{{length}}}\r\n".encode())
        self.wfile.write(content + b")\r\n")


def structure(part: Message) -> str:
    """BODYSTRUCTURE of a part, as far as it is read."""
    main, sub = part.get_content_type().upper().split("/")
    if part.is_multipart():
        inside = part.get_payload()
        assert isinstance(inside, list)
        return f'({"".join(structure(one) for one in inside)} "{sub}")'  # type: ignore[arg-type]
    name = part.get_filename()
    shown = f'("ATTACHMENT" ("FILENAME" "{name}"))' if name else "NIL"
    return f'("{main}" "{sub}" NIL NIL NIL "7BIT" 9 NIL {shown})'


class _Server(ThreadingTCPServer):
    daemon_threads = False  # closing waits for the last connection
    allow_reuse_address = True


@contextmanager
def imap_server(*, tls: ssl.SSLContext | None = None, starttls: bool = False) -> Iterator[Any]:
    """A server on this machine at ``port``; ``connection.port`` leads to it and can break."""
    held = ImapServer(tls=tls, capabilities="STARTTLS" if starttls else "")
    server = _Server(("127.0.0.1", 0), _Talk)
    server.held = held  # type: ignore[attr-defined]
    if tls is not None and not starttls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    held.port = server.server_address[1]
    server.handle_error = lambda *_more: None  # type: ignore[method-assign]
    with served(server, held.port) as held.connection:
        yield held
