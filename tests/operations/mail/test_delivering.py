"""Sending over a real server and over connections that break: never twice, never lost silently."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest

from schoolapp.base import clock
from schoolapp.domain.mail import Mail, MailState, MailStep
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail.message import Enclosure, Sender
from schoolapp.exchange.mail.smtp import PLAIN, Account, SmtpConnection
from schoolapp.exchange.mail.transport import Answer, Envelope, Unreachable
from schoolapp.operations import mail
from schoolapp.operations.centres import centres_of, save_centre
from schoolapp.storage.alone import alone
from schoolapp.storage.store import Store
from tests.conftest import MOMENT
from tests.mail_server import MailServer, mail_server

S = MailState
SENDER = Sender(address="school@example.org", name="The school")
CALENDAR = Enclosure(
    name="invite.ics", media_type="text/calendar", content=b"BEGIN:VCALENDAR", method="REQUEST"
)
ROUND = mail.Round(sender=SENDER, wait=lambda seconds: None)


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server on this machine."""
    with mail_server() as made:
        yield made


def connection_to(port: int) -> SmtpConnection:
    """A connection without encryption to this machine."""
    return SmtpConnection(Account(server="127.0.0.1", port=port, security=PLAIN))


def written(
    store: Store, *addresses: str, enclosures: tuple[Enclosure, ...] = (), approved: bool = True
) -> list[int]:
    """Letters to these addresses, ``approved`` or not."""

    def write(session: object) -> list[int]:
        keys = [
            mail.write_draft(
                session,  # type: ignore[arg-type]
                occasion="accepted",
                language="en",
                address=address,
                subject=f"To {number}",
                text="Welcome.\n.\nA dot alone ends nothing.",
                enclosures=enclosures,
            )
            for number, address in enumerate(addresses)
        ]
        mail.queue(session, ids=keys if approved else [], held=False)  # type: ignore[arg-type]
        return keys

    return store.change("Write", write).value


def states(store: Store) -> dict[int, MailState]:
    """The state of each mail."""
    return store.read(
        lambda s: {one.id: one.state for one in s.query(Mail)}  # type: ignore[attr-defined]
    )


def last_reason(store: Store, mail_id: int) -> str:
    """Why the last step of a mail was taken."""
    return store.read(lambda s: mail.mail_rows(s, [mail_id])[mail_id].reason)


def deliver_over(store: Store, port: int) -> mail.Progress:
    """One round over a connection of its own."""
    with connection_to(port) as connection:
        return mail.deliver(store, connection, ROUND)


def test_a_mail_keeps_its_message_id_once_it_began_to_leave(
    file_store: Store, server: MailServer
) -> None:
    """A second try is the same mail, although the centre has another mailbox by then."""

    def enter(domain: str) -> None:
        (first, *_others) = file_store.read(centres_of)
        draft = replace(first, mailbox_address=f"school@{domain}")
        file_store.change("Centre", partial(save_centre, draft=draft))

    with clock.at(MOMENT):
        written(file_store, "ana@people.org")
        enter("first.org")
        server.answer = lambda address: "451 4.7.1 try later"
        with connection_to(server.port) as connection:
            assert mail.deliver(file_store, connection, mail.Round()).later == 1
    server.answer = lambda address: None
    with clock.at(MOMENT + dt.timedelta(hours=1)):
        enter("second.org")
        with connection_to(server.port) as connection:
            assert mail.deliver(file_store, connection, mail.Round()).taken == 1
    (arrived,) = server.mails()
    assert arrived["From"] == "IIRE Amsterdam <school@second.org>"
    assert arrived["Message-ID"].endswith("@first.org>")


def test_each_recipient_gets_the_mail_and_nobody_elses(
    store: Store, server: MailServer, clock: dt.datetime
) -> None:
    """25 letters over one connection: one address in each, no other in any part."""
    addresses = [f"p{number}@example.org" for number in range(25)]
    written(store, *addresses)
    heard: list[mail.Progress] = []
    with connection_to(server.cut_port) as connection:
        how = mail.Round(sender=SENDER, wait=lambda seconds: None, report=heard.append)
        done = mail.deliver(store, connection, how)
    assert (done.due, done.taken, heard[-1]) == (25, 25, done)
    assert server.lines == 1
    assert [to for to, _data in server.received] == addresses
    for to, data in server.received:
        assert [one for one in addresses if one.encode() in data] == [to]
    assert set(states(store).values()) == {S.SENT}
    assert server.mails()[0]["Date"].datetime == MOMENT
    assert "\n.\nA dot" in server.mails()[0].get_body(("plain",)).get_content().replace("\r", "")  # type: ignore[union-attr]


def test_a_cut_connection_never_sends_twice(file_store: Store, server: MailServer) -> None:
    """Issue 4, point 5: in 200 runs cut at a random byte each mail arrives once or is unsure."""
    chance, found = random.Random(6321), Counter[MailState]()
    keys = written(file_store, *(f"p{n}@example.org" for n in range(400)), approved=False)
    now = MOMENT
    for number in range(200):
        server.cuts.extend(
            (way, chance.randrange(1500 if way == "up" else 300))
            for way in chance.choices(("up", "down"), k=chance.randint(1, 2))
        )
        pair = keys[2 * number : 2 * number + 2]
        file_store.change("Send", partial(mail.queue, ids=pair, held=False))
        while True:
            with clock.at(now):
                if not file_store.read(mail.due_ids):
                    break
                with suppress(Unreachable):
                    deliver_over(file_store, server.cut_port)
            now += dt.timedelta(days=1)
        server.cuts.clear()
    times = server.times_received()
    for one in file_store.read(lambda s: list(s.query(Mail))):  # type: ignore[attr-defined]
        found[one.state] += 1
        assert times[one.message_id] <= 1
        assert one.state in (S.SENT, S.UNSURE)
        assert one.state is S.UNSURE or times[one.message_id] == 1
        assert one.state is S.SENT or "may have arrived" in last_reason(file_store, one.id)
    assert server.broken >= 200
    assert found[S.UNSURE] >= 20  # connections that broke just where it matters


def test_what_a_crash_caught_is_unsure_and_stays(store: Store, clock: dt.datetime) -> None:
    """S17: the program dies while a mail is leaving; it is listed, and never goes by itself."""

    class PowerCut(BaseException):
        pass

    class Dying:
        def ready(self) -> None:
            pass

        def send(self, envelope: Envelope) -> Answer:
            raise PowerCut

    first, second = written(store, "a@example.org", "b@example.org")
    with pytest.raises(PowerCut):
        mail.deliver(store, Dying(), ROUND)
    assert states(store) == {first: S.SENDING, second: S.QUEUED}
    with mail_server() as server:
        assert deliver_over(store, server.port).taken == 1
        assert deliver_over(store, server.port).due == 0
        assert [to for to, _data in server.received] == ["b@example.org"]
        assert states(store) == {first: S.UNSURE, second: S.SENT}
        assert "may have arrived" in last_reason(store, first)
        store.change("Again", partial(mail.send_again, ids=[first]))
        with clock_after(11):
            assert deliver_over(store, server.port).taken == 1


def clock_after(seconds: int):  # type: ignore[no-untyped-def]
    """The pinned time, some seconds later."""
    return clock.at(MOMENT + dt.timedelta(seconds=seconds))


def test_no_for_now_is_tried_again_and_no_for_good_is_not(
    file_store: Store, server: MailServer, clock: dt.datetime
) -> None:
    """Greylisting (451) waits five minutes and longer; an unknown mailbox (550) fails at once."""
    answers = {"later@example.org": "451 4.7.1 try later", "gone@example.org": "550 5.1.1 unknown"}
    server.answer = answers.get
    later, gone, good = written(file_store, *answers, "good@example.org")
    done = deliver_over(file_store, server.port)
    assert (done.later, done.refused, done.taken) == (1, 1, 1)
    assert states(file_store) == {later: S.WAITING_TO_RETRY, gone: S.FAILED, good: S.SENT}
    assert "550 5.1.1 unknown" in last_reason(file_store, gone)
    assert deliver_over(file_store, server.port).due == 0
    with clock_after(299):
        assert file_store.read(mail.due_ids) == []
    with clock_after(301):
        assert file_store.read(mail.next_due) == MOMENT + dt.timedelta(minutes=5)
        server.answer = {}.get
        assert deliver_over(file_store, server.port).taken == 1


def test_who_is_refused_for_days_is_given_up(file_store: Store, server: MailServer) -> None:
    """After the sixth try again, which is two days and a half later, a person has to decide."""
    server.after_data = lambda address: "452 mailbox full"
    (key,) = written(file_store, "full@example.org")
    now, tries = MOMENT, 0
    while states(file_store)[key] is not S.FAILED:
        with clock.at(now):
            tries += deliver_over(file_store, server.port).later
        now += dt.timedelta(days=2)
    assert tries == 7
    assert "452 mailbox full" in last_reason(file_store, key)


def test_a_held_mail_can_be_called_back(file_store: Store, server: MailServer) -> None:
    """For ten seconds nothing leaves: Undo, or "Keep in outbox", takes it back whole."""
    with clock.at(MOMENT):
        (key,) = written(file_store, "a@example.org")
        file_store.undo()
        key = file_store.change("Write", partial(_draft, "a@example.org")).value
        file_store.change("Send 1 letter", partial(mail.queue, ids=[key]))
        assert file_store.read(mail.due_ids) == []
        assert deliver_over(file_store, server.port).due == 0
        file_store.undo()
        assert states(file_store) == {key: S.DRAFT}
        file_store.change("Send 1 letter", partial(mail.queue, ids=[key]))
        file_store.change("Keep", partial(mail.call_back, ids=[key]))
        assert states(file_store) == {key: S.APPROVED}
        file_store.change("Send 1 letter", partial(mail.queue, ids=[key]))
    with clock_after(10):
        assert deliver_over(file_store, server.port).taken == 1
        with pytest.raises(RuleBroken):
            file_store.undo()
    assert len(server.received) == 1


def _draft(address: str, session: object, **more: object) -> int:
    words = {"occasion": "accepted", "language": "en", "subject": "Hello", "text": "Hello"}
    return mail.write_draft(session, address=address, **words, **more)  # type: ignore[arg-type]


def test_a_cancellation_never_passes_its_invitation(
    file_store: Store, server: MailServer, clock: dt.datetime
) -> None:
    """While the invitation waits, what was made later for the same address waits behind it."""
    server.answer = lambda address: "451 later"
    first, second, other = (
        written(file_store, address, enclosures=(CALENDAR,))[0]
        for address in ("a@example.org", "A@example.org", "b@example.org")
    )
    assert deliver_over(file_store, server.port).later == 2
    assert states(file_store)[second] is S.QUEUED
    server.answer = {}.get
    with clock_after(400):
        assert deliver_over(file_store, server.port).taken == 3
    assert [to for to, _data in server.received] == [
        "a@example.org", "A@example.org", "b@example.org",
    ]  # fmt: skip
    assert states(file_store) == dict.fromkeys((first, second, other), S.SENT)


def test_an_invitation_waits_for_an_earlier_one_that_nobody_approved(
    file_store: Store, server: MailServer, clock: dt.datetime
) -> None:
    """A draft letter blocks nothing; a draft invitation does, until it is sent or discarded."""
    file_store.change("Write", partial(_draft, "a@example.org"))
    draft = file_store.change("Write", partial(_draft, "a@example.org", enclosures=[CALENDAR]))
    written(file_store, "a@example.org", enclosures=(CALENDAR,))
    assert deliver_over(file_store, server.port).taken == 0
    file_store.change("Discard", partial(mail.discard, ids=[draft.value]))
    assert deliver_over(file_store, server.port).taken == 1


def test_only_one_desk_sends_at_a_time(store: Store, clock: dt.datetime) -> None:
    """A second one gets a sentence, and changes nothing."""
    written(store, "a@example.org")
    with alone(store.engine) as free, connection_to(1) as connection:
        assert free
        with pytest.raises(RuleBroken, match="already"):
            mail.deliver(store, connection, ROUND)
    with (
        connection_to(1) as connection,
        pytest.raises(Unreachable, match=r"127\.0\.0\.1 does not answer"),
    ):
        mail.deliver(store, connection, ROUND)
    assert set(states(store).values()) == {S.QUEUED}


def test_a_round_can_be_stopped_and_goes_at_its_pace(
    file_store: Store, server: MailServer, clock: dt.datetime
) -> None:
    """Between two mails there is a pause, when the round can be stopped; the rest stays queued."""
    written(file_store, "a@example.org", "b@example.org", "c@example.org")
    pauses: list[float] = []
    how = mail.Round(
        sender=SENDER, per_minute=30, wait=pauses.append, stopped=lambda: len(pauses) == 2
    )
    with connection_to(server.port) as connection:
        assert mail.deliver(file_store, connection, how).taken == 2
    assert pauses == [2, 2]
    assert Counter(states(file_store).values()) == {S.SENT: 2, S.QUEUED: 1}


def test_what_cannot_be_written_to_is_reported_and_stops_nobody(
    file_store: Store, server: MailServer, clock: dt.datetime
) -> None:
    """Half an address fails with its sentence; the next mail goes."""
    bad, good = written(file_store, "not an address", "good@example.org")
    assert deliver_over(file_store, server.port).refused == 1
    assert states(file_store) == {bad: S.FAILED, good: S.SENT}
    assert "is not an address" in last_reason(file_store, bad)


def test_every_step_is_kept_with_who_took_it(
    file_store: Store, server: MailServer, clock: dt.datetime
) -> None:
    """The steps of a mail can be read afterwards."""
    (key,) = written(file_store, "a@example.org")
    deliver_over(file_store, server.port)
    steps = file_store.read(
        lambda s: [(one.step, one.by) for one in s.query(MailStep).filter_by(mail_id=key)]  # type: ignore[attr-defined]
    )
    assert steps == [(step, "desk") for step in ("approve", "queue", "begin", "delivered")]


def test_what_has_left_is_not_offered_for_undo(store: Store, server: MailServer) -> None:
    """After letters left, undo goes on with what was done before them; what made a letter that has
    left says so once, and then blocks nothing.
    """
    with clock.at(MOMENT):
        store.change("Write a draft", partial(_draft, "b@example.org"))
        key = store.change("Write", partial(_draft, "a@example.org")).value
        store.change("Send 1 letter", partial(mail.queue, ids=[key], held=False))
        assert store.next_titles()[0] == "Send 1 letter"
        assert deliver_over(store, server.port).taken == 1
        assert store.next_titles()[0] == "Write"
        with pytest.raises(RuleBroken, match="“Write” cannot be undone any more: its result"):
            store.undo()
        assert states(store)[key] is S.SENT
        assert store.next_titles()[0] == "Write a draft"
        store.undo()
        assert list(states(store)) == [key]
