"""Handing mail to a server: encrypted and proved, or not at all; each refusal for what it is."""

import datetime as dt
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail import passwords
from schoolapp.exchange.mail.message import Message, Sender
from schoolapp.exchange.mail.smtp import PLAIN, STARTTLS, TLS, Account, SmtpConnection
from schoolapp.exchange.mail.transport import Envelope, Unreachable, Verdict, enveloped
from tests.mail_server import MailServer, mail_server

MAIL = b"Subject: Hello\r\n\r\n.\r\n..two dots\r\nend"


def to(address: str, sender: str = "school@example.org") -> Envelope:
    """A mail to an address."""
    return Envelope(sender, address, MAIL)


def account(server: MailServer, security: str = PLAIN, user: str = "") -> Account:
    """An account at the server under test."""
    return Account(server="127.0.0.1", port=server.port, security=security, user=user)


def test_mail_arrives_byte_for_byte() -> None:
    """Lines that begin with a dot end nothing; several mails share one connection."""
    with mail_server() as server, SmtpConnection(account(server)) as connection:
        answers = [connection.send(to(f"{name}@example.org")) for name in "ab"]
        assert [one.verdict for one in answers] == [Verdict.TAKEN] * 2
        assert [data for _to, data in server.received] == [MAIL + b"\r\n"] * 2


@pytest.mark.parametrize("security", [STARTTLS, TLS])
def test_a_server_has_to_prove_who_it_is(
    security: str, certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is sent if no authority signed the certificate; if one did, it is sent."""
    paper, context = certificate
    tls = {"tls": context} if security == TLS else {"tls_context": context}
    with mail_server(**tls) as server:
        with SmtpConnection(account(server, security)) as connection:
            assert "cannot prove" in connection.send(to("a@example.org")).reason
            with pytest.raises(Unreachable, match="cannot prove"):
                connection.ready()
        monkeypatch.setenv("SSL_CERT_FILE", str(paper))
        with SmtpConnection(account(server, security)) as connection:
            assert connection.send(to("a@example.org")).verdict is Verdict.TAKEN
        assert len(server.received) == 1


def test_encryption_is_not_given_up_quietly() -> None:
    """A server without STARTTLS gets nothing; no other machine is contacted unencrypted."""
    with mail_server() as server, SmtpConnection(account(server, STARTTLS)) as connection:
        with pytest.raises(Unreachable, match="does not offer"):
            connection.ready()
        assert server.received == []
    with pytest.raises(RuleBroken, match="only to this machine"):
        SmtpConnection(Account(server="mail.example.org", port=25, security=PLAIN))
    with pytest.raises(Unreachable, match="No mail server is set"):
        SmtpConnection(Account(server="", port=25))


def test_tls_on_a_port_without_it_is_explained() -> None:
    """The sentence says what to try."""
    with (
        mail_server() as server,
        SmtpConnection(account(server, TLS)) as connection,
        pytest.raises(Unreachable, match="does not speak TLS"),
    ):
        connection.ready()


def test_a_wrong_password_is_reported_before_anything_is_sent() -> None:
    """Without a login nothing is sent; with one it is."""

    def check(server: Any, session: Any, envelope: Any, kind: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == b"right", handled=False)

    with mail_server(authenticator=check, auth_require_tls=False) as server:
        wrong = SmtpConnection(account(server, user="me"), "wrong")
        with (
            wrong as connection,
            pytest.raises(Unreachable, match="does not accept user or password"),
        ):
            connection.ready()
        with SmtpConnection(account(server, user="me"), "right") as connection:
            assert connection.send(to("a@example.org")).verdict is Verdict.TAKEN
    assert len(server.received) == 1


def test_a_sender_that_is_refused_for_good_is_nobodys_fault() -> None:
    """All mail waits, the reason is reported once; a temporary refusal concerns one mail."""
    with mail_server() as server, SmtpConnection(account(server)) as connection:
        server.answer_sender = lambda address: "451 later"
        assert connection.send(to("a@example.org")).verdict is Verdict.LATER
        server.answer_sender = lambda address: "550 not yours"
        answer = connection.send(to("a@example.org"))
        assert (answer.verdict, answer.connection_lost) == (Verdict.LATER, True)
        with pytest.raises(Unreachable, match="takes no mail from this sender: 550 not yours"):
            connection.ready()


def test_each_refusal_for_what_it_is() -> None:
    """450 later, 550 never, 421 later and over a new connection; after the data the same holds."""
    said = {"450@x.example": "450 busy", "550@x.example": "550 unknown", "421@x.example": "421 bye"}
    with mail_server() as server, SmtpConnection(account(server)) as connection:
        server.answer = said.get
        verdicts = {address: connection.send(to(address)) for address in said}
        assert [one.verdict for one in verdicts.values()] == [
            Verdict.LATER,
            Verdict.REFUSED,
            Verdict.LATER,
        ]
        assert [one.connection_lost for one in verdicts.values()] == [False, False, True]
        assert verdicts["550@x.example"].reason == "The mail server answered: 550 unknown"
        server.answer, server.after_data = {}.get, said.get
        assert connection.send(to("550@x.example")).verdict is Verdict.REFUSED
        assert connection.send(to("450@x.example")).verdict is Verdict.LATER
        server.after_data = {}.get
        assert connection.send(to("450@x.example")).verdict is Verdict.TAKEN


def test_an_address_outside_ascii_needs_a_server_that_takes_it() -> None:
    """With SMTPUTF8 it goes; without it is refused with a sentence."""
    with mail_server(enable_SMTPUTF8=True) as server, SmtpConnection(account(server)) as connection:
        assert connection.send(to("josé@example.org")).verdict is Verdict.TAKEN
    with mail_server() as server, SmtpConnection(account(server)) as connection:
        assert "takes no addresses" in connection.send(to("josé@example.org")).reason


class Locker(KeyringBackend):
    """A keyring of the system, as far as a program sees it."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.stays_closed = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _open(self) -> None:
        if self.stays_closed:
            raise KeyringLocked


@pytest.fixture
def keyrings() -> Iterator[None]:
    """Afterwards the keyring is as it was."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_password_is_kept_in_the_keyring_or_nowhere(
    keyrings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A keyring that writes plain files, or keeps nothing, does not count."""
    mine = Account(server="mail.example.org", port=587, user="me")
    keyring.set_keyring(Locker())
    assert not passwords.keep_password(mine, "secret")
    assert passwords.kept_password(mine) is None
    passwords.forget_password(mine)
    monkeypatch.setattr(Locker, "__module__", "keyring.backends.SecretService")
    assert passwords.keep_password(mine, "secret")
    assert passwords.kept_password(mine) == "secret"
    assert passwords.kept_password(Account(server="other.example", port=587, user="me")) is None
    for _time in range(2):
        passwords.forget_password(mine)
        assert passwords.kept_password(mine) is None


def test_one_question_says_what_is_kept_and_whether_it_could_be(
    keyrings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form asks once: it fills the password in, or offers to keep one where that is possible."""
    mine = Account(server="mail.example.org", port=587, user="me")
    locker = Locker()
    keyring.set_keyring(locker)
    assert passwords.known_password(mine) == (None, False)
    monkeypatch.setattr(Locker, "__module__", "keyring.backends.SecretService")
    assert passwords.known_password(mine) == (None, True)
    passwords.keep_password(mine, "secret")
    assert passwords.known_password(mine) == ("secret", True)
    nobody = Account(server="mail.example.org", port=587)
    locker.held[nobody.keyring_name, ""] = "kept under an empty name"
    assert passwords.known_password(nobody) == (None, True)


def test_a_keyring_that_stays_closed_holds_nothing(
    keyrings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it stays closed, the password is asked for instead, and it is not kept."""
    mine = Account(server="mail.example.org", port=587, user="me")
    monkeypatch.setattr(Locker, "__module__", "keyring.backends.SecretService")
    locker = Locker()
    keyring.set_keyring(locker)
    assert passwords.keep_password(mine, "secret")
    locker.stays_closed = True
    assert passwords.kept_password(mine) is None
    assert not passwords.keep_password(mine, "other")
    locker.stays_closed = False
    assert passwords.kept_password(mine) == "secret"


def test_an_answer_that_is_none_leaves_open_whether_a_mail_arrived() -> None:
    """After the data only a yes is a yes: another answer may be half of one."""
    with mail_server() as server, SmtpConnection(account(server)) as connection:
        server.after_data = lambda address: "299 what"
        answer = connection.send(to("a@example.org"))
    assert (answer.verdict, answer.connection_lost) == (Verdict.UNSURE, True)


def test_a_mail_travels_between_addresses_that_servers_know() -> None:
    """The domain in its form in ASCII; an invalid address sends nothing."""
    message = Message(
        sender=Sender(address="school@bücher.example"), address="a@example.org",
        subject="Hello", text="Hello", language="en", message_id="<1@example.org>",
        date=dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    envelope = enveloped(message)
    assert (envelope.sender, envelope.address) == ("school@xn--bcher-kva.example", "a@example.org")
    assert b"Subject: Hello" in envelope.data
