"""Hands mails to a server over one checked connection, and knows which of them were taken.

What decides is the end of the data (RFC 5321, 4.1.1.4): a connection that breaks before it leaves
nothing behind, one that breaks after it may have left a mail, and then nobody knows but the
server.
"""

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from schoolapp.base.language import _, mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.connections import Connection
from schoolapp.exchange.mail.message import needs_utf8
from schoolapp.exchange.mail.transport import Answer, Envelope, Unreachable, Verdict

STARTTLS, TLS, PLAIN = "starttls", "tls", "plain"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
PATIENCE = 30  # seconds for each answer of the server
TAKING = 120  # seconds for the answer after the data: servers check a mail before they take it
CHUNK = 16_384  # bytes; each has PATIENCE, so that a slow connection is not taken for a dead one
SERVICE_ENDS = 421  # RFC 5321, 4.2.3: the server will close the connection
CONNECTION_LOST = mark("The connection broke before the mail was handed over. It is tried again.")
NOT_KNOWN = mark(
    "The connection broke before the server answered, so the mail may"
    " have arrived. Ask, or look into the sent mail of the server, before"
    " it goes again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where mail is handed over; without a ``user`` there is no login.

    ``security`` is ``starttls``, ``tls``, or ``plain`` for a server on this machine alone.
    """

    server: str
    port: int
    security: str = STARTTLS
    user: str = ""

    @property
    def keyring_name(self) -> str:
        """The name under which a keyring keeps the password."""
        return f"schoolapp mail {self.server}:{self.port}"


class SmtpConnection(Connection):
    """One connection to a server (a ``Transport``), opened when needed; close it at the end."""

    def __init__(self, account: Account, password: str = "") -> None:
        if not account.server:
            raise Unreachable(
                mark("No mail server is set up. Enter it in the settings, under Outgoing mail.")
            )
        if account.security == PLAIN and account.server not in HERE:
            raise RuleBroken(
                mark("Without encryption mail goes only to this machine. Choose STARTTLS or TLS.")
            )
        self._account, self._password = account, password
        self._connection: smtplib.SMTP | None = None
        self._shut: RuleBroken | None = None

    def close(self) -> None:
        """Log out and close the connection, if one is open."""
        if self._connection is not None:
            with suppress(smtplib.SMTPException, OSError):  # nothing depends on the farewell
                self._connection.quit()
            self._drop()

    def ready(self) -> None:
        """Connect and log in; ``Unreachable`` says what is wrong."""
        if self._shut is not None:
            raise Unreachable(self._shut.message, **self._shut.values)
        if self._connection is not None:
            return
        try:
            self._open()
        except (smtplib.SMTPException, OSError) as trouble:
            self._drop()
            raise _explained(trouble, self._account.server) from None

    def send(self, envelope: Envelope) -> Answer:
        """Hand a mail over."""
        try:
            self.ready()
            return self._hand_over(envelope)
        except Unreachable as trouble:
            return Answer(Verdict.LATER, trouble.sentence(), connection_lost=True)
        except (smtplib.SMTPException, OSError):
            self._drop()
            return Answer(Verdict.LATER, _(CONNECTION_LOST), connection_lost=True)

    def _open(self) -> None:
        account = self._account
        kind: type[smtplib.SMTP] = smtplib.SMTP
        more: dict[str, Any] = {}
        if account.security == TLS:
            kind, more = smtplib.SMTP_SSL, {"context": ssl.create_default_context()}
        # the name of this machine is nobody's business, and asking for it can take seconds
        more["local_hostname"] = "[127.0.0.1]"
        self._connection = kind(account.server, account.port, timeout=PATIENCE, **more)
        assert self._connection.sock is not None
        # the end of the data is a packet of its own: it must not wait for the one before it
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        if account.security == STARTTLS:
            self._connection.starttls(context=ssl.create_default_context())
        self._connection.ehlo_or_helo_if_needed()
        if account.user:
            self._connection.login(account.user, self._password)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _hand_over(self, envelope: Envelope) -> Answer:
        connection = self._connection
        assert connection is not None
        options = []
        if needs_utf8(envelope.sender, envelope.address):
            if not connection.has_extn("smtputf8"):
                words = _("The mail server takes no addresses with letters such as é or ش.")
                return Answer(Verdict.REFUSED, words)
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, said = connection.mail(envelope.sender, options)
        if code != 250:
            return self._sender_refused(code, said)
        code, said = connection.rcpt(envelope.address)
        if code not in (250, 251):
            return self._not_taken(code, said)
        code, said = connection.docmd("DATA")
        if code != 354:
            return self._not_taken(code, said)
        return self._give_data(connection, envelope.data)

    def _give_data(self, connection: smtplib.SMTP, data: bytes) -> Answer:
        stuffed = re.sub(rb"(?m)^\.", b"..", data)
        if not stuffed.endswith(b"\r\n"):
            stuffed += b"\r\n"
        for start in range(0, len(stuffed), CHUNK):
            connection.send(stuffed[start : start + CHUNK])
        try:
            assert connection.sock is not None
            connection.sock.settimeout(TAKING)
            connection.send(b".\r\n")
            code, said = connection.getreply()
            connection.sock.settimeout(PATIENCE)
        except (smtplib.SMTPException, OSError):
            code, said = 0, b""
        if code == 250:
            return Answer(Verdict.TAKEN)
        if 400 <= code <= 599:
            return self._not_taken(code, said)
        # no answer, or half of one: smtplib reads "25" where the connection broke in "250"
        self._drop()
        return Answer(Verdict.UNSURE, _(NOT_KNOWN), connection_lost=True)

    def _sender_refused(self, code: int, said: bytes) -> Answer:
        """A refusal for good of the sender holds for every mail: none of them is to blame."""
        answer = self._not_taken(code, said)
        if answer.verdict is Verdict.REFUSED:
            self._shut = RuleBroken(
                mark("The mail server takes no mail from this sender: {answer}"),
                answer=_words(code, said),
            )
            return Answer(Verdict.LATER, self._shut.sentence(), connection_lost=True)
        return answer

    def _not_taken(self, code: int, said: bytes) -> Answer:
        """4xx: later, perhaps; 5xx: never (RFC 5321, 4.2.1). Anything else is not SMTP."""
        down = code == SERVICE_ENDS or not 400 <= code <= 599
        if not down:
            assert self._connection is not None
            down = self._connection.rset()[0] != 250
        if down:
            self._drop()
        reason = _("The mail server answered: {answer}").format(answer=_words(code, said))
        verdict = Verdict.REFUSED if 500 <= code <= 599 else Verdict.LATER
        return Answer(verdict, reason, connection_lost=down)


def _words(code: int, said: bytes) -> str:
    """What the server said, on one line."""
    return f"{code} {' '.join(said.decode('utf-8', 'replace').split())}"[:300]


def _explained(trouble: Exception, server: str) -> Unreachable:
    """What is wrong, and what to do about it."""
    for kind, sentence in _TROUBLES:
        if isinstance(trouble, kind):
            return Unreachable(sentence, server=server)
    return Unreachable(
        mark("{server} does not answer. Nothing was sent; what waits is kept. Try again later."),
        server=server,
    )


_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        mark(
            "{server} does not accept user or password. Check them in the settings; some servers"
            " want a password made for this program alone."
        ),
    ),
    (
        ssl.SSLCertVerificationError,
        mark("{server} cannot prove that it is that server. Nothing was sent; check its name."),
    ),
    (
        smtplib.SMTPNotSupportedError,
        mark("{server} does not offer what the settings ask for. Try TLS instead of STARTTLS."),
    ),
    (
        ssl.SSLError,
        mark("{server} does not speak TLS on this port. Try STARTTLS, or another port."),
    ),
)
