"""Reading a folder on an IMAP server: proved, unchanged, within bounds, each error reported."""

import datetime as dt
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail import imap
from schoolapp.exchange.mail.imap import Head, ImapFolder, Unreadable
from schoolapp.exchange.mail.mailbox import Mailbox, folder_name, wire_name
from schoolapp.exchange.mail.transport import Unreachable
from tests.answers import mail, reply
from tests.imap_server import PASSWORD, USER, ImapServer, imap_server

ANSWER = mail(reply("1@example.org"))
LETTER = b"From: a@example.org\r\nSubject: =?utf-8?q?F=C3=AAte?=\r\n\r\nHello\r\n"
NAMED = (
    b"From: a@example.org\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: application/octet-stream; name="x"\r\n'
    b'Content-Disposition: attachment; filename="invite.ICS"\r\n\r\nx\r\n'
)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    """A mailbox with three mails."""
    with imap_server() as made:
        made.mails.update({3: ANSWER, 5: LETTER, 9: NAMED})
        yield made


def box(server: ImapServer, host: str = "127.0.0.1", **more: Any) -> Mailbox:
    """The mailbox of the server under test."""
    usual = {"server": host, "port": server.port, "security": "plain", "user": USER}
    return Mailbox(**usual | more)


def test_a_folder_is_read_and_nothing_is_changed(server: ImapServer) -> None:
    """EXAMINE and PEEK only; what came in is the same byte for byte."""
    with ImapFolder(box(server), PASSWORD) as folder:
        assert folder.validity() == 7
        assert folder.uids(0, None) == [3, 5, 9]
        assert folder.uids(3, dt.date(2027, 5, 1)) == [5, 9]
        assert folder.uids(9, None) == []  # servers name the last mail in any case
        assert [folder.fetch(uid) for uid in (3, 5, 9)] == [ANSWER, LETTER, NAMED]
        assert folder.fetch(4) is None
        assert folder.fetch_top(5) == LETTER[:-7]
    assert server.seen == set()
    assert "UID SEARCH UID 4:* SINCE 1-May-2027" in server.commands
    changing = ("SELECT", "STORE", "COPY", "EXPUNGE", "BODY[")
    assert not [said for said in server.commands if any(word in said for word in changing)]
    assert server.commands[-1].startswith("LOGOUT")


def test_only_what_may_hold_a_calendar_is_fetched(server: ImapServer) -> None:
    """By the structure of the mail: a part of that kind or name; unknown structures may."""
    expected = {3: (len(ANSWER), True), 5: (len(LETTER), False), 9: (len(NAMED), True)}
    with ImapFolder(box(server), PASSWORD) as folder:
        found = folder.heads([3, 4, 5, 9])
        assert found == {uid: Head(uid, *rest) for uid, rest in expected.items()}
        server.no_structure = True
        assert all(head.may_answer for head in folder.heads([3, 5, 9]).values())


def test_a_body_between_quotes_is_a_body(server: ImapServer) -> None:
    """Servers may write short mails so (RFC 3501, string)."""
    server.quoted = True
    server.put(5, b'Subject: "x\\y"')
    with ImapFolder(box(server), PASSWORD) as folder:
        assert folder.fetch(5) == b'Subject: "x\\y"'


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_has_to_prove_who_it_is(
    security: str, certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No password is sent if no authority signed the certificate; if one did, it is sent."""
    paper, context = certificate
    with imap_server(tls=context, starttls=security == "starttls") as server:
        with pytest.raises(Unreachable, match="cannot prove"):
            ImapFolder(box(server, security=security), PASSWORD).validity()
        assert "AUTHENTICATE" not in server.commands
        monkeypatch.setenv("SSL_CERT_FILE", str(paper))
        with ImapFolder(box(server, security=security), PASSWORD) as folder:
            assert folder.validity() == 7


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"security": "tls"}, "does not speak TLS"),
        ({"security": "starttls"}, "does not offer STARTTLS"),
        ({"port": 1}, "does not speak IMAP on this port"),
        ({"host": "imap..example", "security": "tls"}, "cannot be found"),
        ({"folder": "Nothing"}, "has no folder “Nothing”. It has: INBOX, Réponses."),
        ({"user": "somebody"}, "does not accept user or password"),
    ],
)
def test_each_trouble_is_reported(server: ImapServer, more: dict[str, Any], said: str) -> None:
    """A sentence says what is wrong and what to do."""
    with pytest.raises(Unreachable, match=said.replace(".", r"\.")):
        ImapFolder(box(server, **more), PASSWORD).validity()


def test_what_cannot_work_is_reported_before_any_line_is_opened() -> None:
    """No server, no user, another machine without encryption."""
    for more, said in (
        ({"server": "", "user": "me"}, "No mailbox for answers is set"),
        ({"server": "imap.example.org", "user": ""}, "enter the user"),
        ({"server": "imap.example.org", "user": "me", "security": "plain"}, "this machine only"),
    ):
        with pytest.raises(RuleBroken, match=said):
            ImapFolder(Mailbox(**more), "x")  # type: ignore[arg-type]


def test_old_servers_are_logged_into_by_login(server: ImapServer) -> None:
    """Between quotes; letters that do not fit there, and servers that refuse it, are reported."""
    server.plain_auth = False
    with ImapFolder(box(server), "simple") as folder:
        assert folder.validity() == 7
    with pytest.raises(Unreachable, match="does not accept"):
        ImapFolder(box(server), 'sim"ple').validity()
    for password, more in (("é", ""), ("a\r\nb", ""), ("simple", "LOGINDISABLED")):
        server.capabilities = more
        with pytest.raises(Unreachable, match="no way to log in"):
            ImapFolder(box(server), password).validity()


def test_folders_have_names_in_every_script(server: ImapServer) -> None:
    """RFC 3501, 5.1.3: its own alphabet for all that is not ASCII; the example of the RFC."""
    name = "~peter/mail/台北/日本語"
    assert wire_name(name) == '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'
    assert folder_name(wire_name(name).strip('"')) == name
    assert wire_name('R&D "x"\r\n') == '"R&-D \\"x\\"&AA0ACg-"'
    assert (folder_name("R&-D"), folder_name("&2D-")) == ("R&D", "&2D-")
    with ImapFolder(box(server, folder="Réponses"), PASSWORD) as folder:
        assert folder.uids(0, None) == []


def test_a_server_that_sends_without_end_is_left(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Literals, lines and answers are bounded before they are taken in; the next mail is read."""
    server.literals = {3: 10**12}
    with ImapFolder(box(server), PASSWORD) as folder:
        with pytest.raises(Unreadable):
            folder.fetch(3)
        assert folder.fetch(5) == LETTER
        monkeypatch.setattr(imap, "LARGEST_ANSWER", 5_000)
        server.says = lambda name, rest: b"* 1 EXISTS\r\n" * 1_000 if "FETCH" in rest else None
        with pytest.raises(Unreadable):
            folder.fetch(5)
        monkeypatch.setattr(imap, "LONGEST_LINE", 500)
        server.says = lambda name, rest: b"x" * 1_000 if "FETCH" in rest else None
        with pytest.raises(Unreadable):
            folder.heads([5])
        server.says = lambda name, rest: None
        server.greeting = b"* OK " + b"x" * 1_000
        with pytest.raises(Unreachable, match="does not speak IMAP"):
            folder.validity()


@pytest.mark.parametrize(
    "answer",
    [b"TAG NO cannot\r\n", b"TAG BAD what\r\n", b"{5}\r\n", b"* 1 FETCH\xff (\r\nTAG x\r\n"],
)
def test_an_answer_that_makes_no_sense_is_no_mail(server: ImapServer, answer: bytes) -> None:
    """It costs this mail alone; the next request opens another connection if it must."""
    server.says = lambda name, rest: answer if "FETCH 3 " in rest else None
    with ImapFolder(box(server), PASSWORD) as folder:
        with pytest.raises(Unreadable):
            folder.fetch(3)
        assert folder.fetch_top(3) == b""
        assert folder.fetch(5) == LETTER


def test_what_others_do_meanwhile_disturbs_nothing(server: ImapServer) -> None:
    """Flags that change and mails that arrive are reported between the answers."""
    news = (
        b"* 2 FETCH (FLAGS (\\Seen))\r\n* 4 EXISTS\r\n"
        b'* 2 FETCH (RFC822.SIZE 44 UID 5 BODYSTRUCTURE ("TEXT" "X" ("NAME" {9}\r\n'
        b'UID 7.ics) NIL NIL "7BIT" 1 1))\r\n* 1 EXPUNGE\r\nTAG OK done\r\n'
    )
    server.says = lambda name, rest: news if "STRUCTURE" in rest else None
    with ImapFolder(box(server), PASSWORD) as folder:
        assert folder.heads([3, 5]) == {5: Head(5, 44, may_answer=True)}


def test_a_body_is_found_among_other_news(server: ImapServer) -> None:
    """Flags of this mail and of others come before it."""
    news = (
        b"* 2 FETCH (UID 5 FLAGS (\\Seen))\r\n* 1 FETCH (UID 3 FLAGS (\\Seen))\r\n"
        b"* 1 FETCH (UID 3 BODY[] {5}\r\nHello)\r\nTAG OK done\r\n"
    )
    server.says = lambda name, rest: news if "PEEK" in rest else None
    with ImapFolder(box(server), PASSWORD) as folder:
        assert folder.fetch(3) == b"Hello"


def test_a_line_that_is_let_in_already_asks_no_password(server: ImapServer) -> None:
    """PREAUTH (RFC 3501, 7.1.4); and a server that lists no folders is not a problem."""
    server.greeting = b"* PREAUTH ready\r\n"
    server.says = lambda name, rest: b"TAG OK done\r\n" if name == "LIST" else None
    with ImapFolder(box(server), "wrong") as folder:
        assert folder.validity() == 7
    assert "AUTHENTICATE" not in server.commands
    with pytest.raises(Unreachable, match="It has: –"):
        ImapFolder(box(server, folder="Nothing"), "wrong").validity()


def test_a_folder_that_is_numbered_anew_between_two_questions_is_reported(
    server: ImapServer,
) -> None:
    """Earlier numbers mean nothing then; a server without such numbers has 0."""
    with ImapFolder(box(server), PASSWORD) as folder:
        assert folder.validity() == 7
        folder.close()
        server.validity = 8
        with pytest.raises(Unreachable, match="renumbered"):
            folder.fetch(3)
    server.validity = None
    with ImapFolder(box(server), PASSWORD) as folder:
        assert folder.validity() == 0


def test_a_line_that_breaks_is_reported_and_opened_again(server: ImapServer) -> None:
    """What follows goes over a new connection."""
    with ImapFolder(box(server, port=server.connection.port), PASSWORD) as folder:
        folder.validity()
        server.connection.cuts.extend([("down", 500)])
        folder.close()
        with pytest.raises(Unreachable, match="broke"):
            folder.fetch(3)
        assert folder.fetch(3) == ANSWER
    assert server.connection.broken == 1


def test_the_keyring_tells_mailboxes_by_their_server() -> None:
    """The name of a mail in a report is the address of RFC 5092, without the user who reads it."""
    mine = Mailbox(server="imap.example.org", user="me", folder="Réponses")
    assert mine.keyring_name == "schoolapp answers imap.example.org:993"
    assert mine.name_of(7, 9) == "imap://imap.example.org/R%C3%A9ponses;UIDVALIDITY=7/;UID=9"
