"""Answers from a mailbox: each mail once, over connections that break, from servers that lie."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from schoolapp.domain.invitations import HeldReply, MailboxMark, PartStat
from schoolapp.exchange.mail.imap import ImapFolder
from schoolapp.exchange.mail.mailbox import Mailbox
from schoolapp.exchange.mail.transport import Unreachable
from schoolapp.operations.invitations import Fetched, Fetching, Outcome, fetch_replies, fetching
from tests.answers import mail, reply
from tests.databases import Databases
from tests.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.operations.invitations.test_answering import Desk, _invited

LETTER = b"From: a@example.org\r\nSubject: Hello\r\n\r\nHello\r\n"


@pytest.fixture
def desk(databases: Databases) -> Iterator[Desk]:
    """The desk of a school whose invitations are all sent."""
    place = databases.copy("file", "invited", _invited)
    store = place.open()
    yield Desk(store)
    store.close()
    databases.remove(place)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    """An empty mailbox."""
    with imap_server() as made:
        yield made


def fetch(desk: Desk, server: ImapServer, *, port: int = 0, **how: Any) -> Fetched:
    """Read what is new and store it."""
    box = Mailbox(server="127.0.0.1", port=port or server.port, security="plain", user=USER)
    with ImapFolder(box, PASSWORD) as folder:
        return fetch_replies(desk.store, folder, Fetching(**({"apply": True} | how)))


def outcomes(fetched: Fetched) -> list[str]:
    """What became of each answer."""
    return [one.outcome.value for one in fetched.judged]


def mark(desk: Desk) -> tuple[int, int]:
    """How far the folder was read."""
    m = MailboxMark
    found = desk.store.read(lambda s: s.execute(select(m.validity, m.last_uid)).one())
    return found.validity, found.last_uid


def test_answers_are_taken_once(desk: Desk, server: ImapServer) -> None:
    """P05: yes is applied, a forged one waits, a letter is not even fetched; then nothing is new;
    undoing what the answers changed does not read them again.
    """
    yes = reply(desk.uid("lecture"), partstat="ACCEPTED")
    server.put(4, mail(yes))
    server.put(5, LETTER)
    server.put(8, mail(yes, sender="mallory@example.net"))
    reported: list[Fetched] = []
    done = fetch(desk, server, report=reported.append)
    assert outcomes(done) == ["applied", "ignored", "held"]
    assert [one.looked for one in reported] == [1, 2, 3]
    assert server.fetched == {4: 1, 8: 1}
    assert server.seen == set()
    assert mark(desk) == (7, 8)
    assert desk.row("Ana", "lecture").partstat is PartStat.ACCEPTED
    assert done.judged[0].file == "imap://127.0.0.1/INBOX;UIDVALIDITY=7/;UID=4"
    assert fetch(desk, server).total == 0
    desk.store.undo()
    assert desk.row("Ana", "lecture").partstat is PartStat.NEEDS_ACTION
    assert fetch(desk, server).total == 0
    server.put(9, mail(reply(desk.uid("lecture"), partstat="DECLINED", minute=5)))
    assert outcomes(fetch(desk, server)) == ["applied"]
    assert server.fetched == {4: 1, 8: 1, 9: 1}


def test_a_dry_run_keeps_nothing(desk: Desk, server: ImapServer) -> None:
    """The same outcomes, and everything is read again."""
    server.put(4, mail(reply(desk.uid("lecture"))))
    server.put(5, mail(reply("unknown@example.org")))
    for _time in range(2):
        assert outcomes(fetch(desk, server, apply=False)) == ["applied", "held"]
    assert desk.row("Ana", "lecture").partstat is PartStat.NEEDS_ACTION
    assert desk.store.read(lambda s: s.scalars(select(HeldReply)).all()) == []
    assert outcomes(fetch(desk, server)) == ["applied", "held"]


def test_only_mails_since_the_first_invitation_are_asked_for(
    desk: Desk, server: ImapServer
) -> None:
    """A mailbox of years is not read; a day earlier, because servers count days by their clock."""
    fetch(desk, server)
    [search] = [said for said in server.commands if "SEARCH" in said]
    assert search.startswith("UID SEARCH UID 1:* SINCE ")


def test_a_folder_that_was_numbered_anew_is_read_anew(desk: Desk, server: ImapServer) -> None:
    """With another UIDVALIDITY, known answers change nothing and are listed once."""
    broken = mail(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n")
    for uid, data in ((4, mail(reply(desk.uid("lecture")))), (5, mail(reply("x@y"))), (6, broken)):
        server.put(uid, data)
    assert outcomes(fetch(desk, server)) == ["applied", "held", "held"]
    server.validity = 2**32 - 1
    server.mails = {one - 3: data for one, data in server.mails.items()}
    done = fetch(desk, server)
    assert done.renumbered
    assert outcomes(done) == ["ignored", "held", "held"]
    assert mark(desk) == (2**32 - 1, 3)
    assert len(desk.store.read(lambda s: s.scalars(select(HeldReply)).all())) == 2
    assert not fetch(desk, server).renumbered
    server.validity = None
    assert fetch(desk, server).renumbered


def test_a_line_that_breaks_anywhere_loses_and_doubles_nothing(
    desk: Desk, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut at a random byte again and again: in the end each answer was judged exactly once."""
    monkeypatch.setattr(fetching, "BATCH", 4)
    chance = random.Random(4)
    for n in range(12):
        answer = ("ACCEPTED", "TENTATIVE", "DECLINED")[n % 3]
        server.put(10 + n, mail(reply(desk.uid("lecture"), partstat=answer, minute=n)))
    judged: list[Any] = []
    runs = 0
    while len(judged) < 12:
        way = chance.choice(("up", "down", "down"))
        server.connection.cuts.append((way, chance.randrange(400 if way == "up" else 4_000)))
        runs += 1
        try:
            done = fetch(desk, server, port=server.connection.port)
        except Unreachable:
            continue
        judged += done.judged
        assert bool(done.trouble) == (done.looked < done.total)
    assert runs > 5
    assert server.connection.broken >= runs - 2
    assert [one.file.rpartition("=")[2] for one in judged] == [str(10 + n) for n in range(12)]
    assert {one.outcome for one in judged} == {Outcome.APPLIED}
    assert desk.row("Ana", "lecture").partstat is PartStat.DECLINED
    assert fetch(desk, server).total == 0


def test_what_cannot_be_fetched_waits_for_a_person(desk: Desk, server: ImapServer) -> None:
    """Too large by what the server says or by what it sends, nested without end, garbled: each is
    listed with sender and subject, and the mails after it are read.
    """
    yes = mail(reply(desk.uid("lecture")))
    for uid in range(1, 5):
        server.put(uid, yes)
    server.put(3, yes.replace(b"b1", b"boundary=" * 60))
    server.sizes, server.literals = {1: 9_000_000}, {2: 10**13}
    done = fetch(desk, server)
    assert outcomes(done) == ["held", "held", "held", "applied"]
    assert server.fetched[1] == 0
    rows = desk.store.read(lambda s: s.scalars(select(HeldReply).order_by(HeldReply.id)).all())
    assert [row.attendee for row in rows] == ["ana@example.org"] * 3
    assert [row.comment for row in rows] == ["Accepted: Ecology"] * 3
    assert "larger than 2 MB" in done.judged[0].why
    assert "does not give this mail out" in done.judged[1].why
    assert mark(desk) == (7, 4)


def test_one_can_stop_and_go_on(desk: Desk, server: ImapServer) -> None:
    """What was read is stored; the next time continues after it. Removed mails are left out."""
    for n in range(5):
        server.put(10 + n, mail(reply(desk.uid("lecture"), minute=n)))
    reported: list[Fetched] = []
    done = fetch(desk, server, report=reported.append, stopped=lambda: len(reported) == 2)
    assert (done.looked, done.total, done.trouble) == (2, 5, "")
    assert mark(desk) == (7, 11)
    server.says = lambda name, rest: (
        b"* SEARCH 12 13 14\r\nTAG OK done\r\n" if "SEARCH" in rest else None
    )
    del server.mails[13]
    assert outcomes(fetch(desk, server)) == ["applied", "applied"]
    assert mark(desk) == (7, 14)


def test_a_folder_that_cannot_be_counted_is_reported(desk: Desk, server: ImapServer) -> None:
    """If the server's answers stop making sense, what was read is kept."""
    server.put(4, mail(reply(desk.uid("lecture"))))
    server.says = lambda name, rest: b"TAG BAD no\r\n" if "SEARCH" in rest else None
    with pytest.raises(Unreachable, match="holds answers alone"):
        fetch(desk, server)
    server.says = lambda name, rest: b"TAG BAD no\r\n" if "SIZE" in rest else None
    assert "no IMAP" in fetch(desk, server).trouble
    server.says = lambda name, rest: None
    assert outcomes(fetch(desk, server)) == ["applied"]
