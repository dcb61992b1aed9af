"""The outbox as it is read and decided about: lists, numbers, approvals, dry runs."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from schoolapp.domain.mail import Mail, MailState
from schoolapp.exchange.mail.message import Enclosure, Sender
from schoolapp.operations import mail
from schoolapp.operations.mail import OutboxView
from schoolapp.storage.store import Store
from tests import builders as b

S = MailState
CALENDAR = Enclosure(
    name="x.ics", media_type="text/calendar", content=b"BEGIN:VCALENDAR", method="REQUEST"
)
Count = Callable[[Store], Any]


def _write(session: Any, address: str, **more: Any) -> int:
    usual = {"occasion": "accepted", "language": "en", "subject": "Hello", "text": "Hello"}
    return mail.write_draft(session, address=address, **(usual | more))


@pytest.fixture
def letters(store: Store, clock: dt.datetime) -> list[int]:
    """Three drafts: to Ana, to Béla, and one without an address."""

    def write(session: Any) -> list[int]:
        people = [b.person(session, name=name) for name in ("Ana Pérez", "Béla Kun")]
        return [
            _write(session, "ana@example.org", person_id=people[0].id),
            _write(session, "bela@example.org", person_id=people[1].id, occasion="reminder"),
            _write(session, "", subject="For nobody"),
        ]

    return store.change("Write", write).value


def states(store: Store) -> list[MailState]:
    """The states in the order in which the mails were made."""
    return store.read(lambda s: list(s.scalars(select(Mail.state).order_by(Mail.id))))


def test_the_outbox_is_listed_in_three_statements(
    store: Store, letters: list[int], count_statements: Count
) -> None:
    """Sorted, searched and filtered in the database, whatever the number of letters."""
    with count_statements(store) as sent:
        keys = store.read(lambda s: mail.mail_ids(s, OutboxView(sort="name", descending=True)))
        rows = store.read(lambda s: mail.mail_rows(s, keys))
    assert len(sent) <= 3
    assert [rows[key].name for key in keys] == ["Béla Kun", "Ana Pérez", ""]
    for view, found in (
        (OutboxView(search="pérez"), letters[:1]),
        (OutboxView(search="bela@ hello"), letters[1:2]),
        (OutboxView(occasion="reminder"), letters[1:2]),
        (OutboxView(states=(S.SENT,)), []),
        (OutboxView(gathering_id=9999), []),
    ):
        assert store.read(partial(mail.mail_ids, view=view)) == found
    assert store.read(partial(mail.mail_counts, view=OutboxView(search="hello"))) == {
        "": 2,
        S.DRAFT: 2,
    }
    assert store.read(partial(mail.occasions, gathering_id=None)) == ("accepted", "reminder")
    assert store.read(mail.waiting) == (3, 0)


def test_a_row_says_what_a_letter_is(store: Store, letters: list[int]) -> None:
    """Address, subject, occasion, language and files; no reason before a step had one."""
    key = store.change(
        "Write", lambda s: _write(s, "cy@example.org", language="fr", enclosures=(CALENDAR,))
    ).value
    store.change("Approve", partial(mail.approve, ids=[key]))
    row = store.read(lambda s: mail.mail_rows(s, [key]))[key]
    assert (row.address, row.subject, row.occasion) == ("cy@example.org", "Hello", "accepted")
    assert (row.name, row.language, row.files, row.reason) == ("", "fr", 1, "")


def test_only_what_has_an_address_is_approved_and_goes(store: Store, letters: list[int]) -> None:
    """The numbers say so beforehand: letters without an address stay drafts."""
    found = store.read(partial(mail.outgoing, ids=letters))
    assert (found.letters, found.addresses, found.changed, found.without_address) == (2, 2, 0, 1)
    assert store.change("Approve", partial(mail.approve, ids=letters)).value == 2
    assert states(store) == [S.APPROVED, S.APPROVED, S.DRAFT]
    assert store.change("Back", partial(mail.back_to_draft, ids=letters[:1])).value == 1
    assert store.change("Send", partial(mail.queue, ids=letters)).value == 2
    assert store.change("Release", mail.release).value == 2
    assert store.change("Discard", partial(mail.discard, ids=letters)).value == 1
    assert states(store) == [S.QUEUED, S.QUEUED, S.DISCARDED]


def test_what_tells_of_a_change_is_counted(file_store: Store, clock: dt.datetime) -> None:
    """Another invitation to people who were sent a calendar before counts as a change."""

    def write(session: Any) -> list[int]:
        who, where = b.person(session, name="Ana Pérez"), b.gathering(session)
        more = {"person_id": who.id, "gathering_id": where.id, "enclosures": [CALENDAR]}
        first = _write(session, "a@example.org", **more)
        mail.sent_elsewhere(session, ids=[first])
        return [_write(session, "a@example.org", **more), _write(session, "b@example.org")]

    keys = file_store.change("Write", write).value
    found = file_store.read(partial(mail.outgoing, ids=keys))
    assert (found.letters, found.changed) == (2, 1)
    sender = file_store.read(partial(mail.sender_of, mail_id=keys[0]))
    assert sender.name == "IIRE Amsterdam"


def test_a_mail_that_came_back_is_kept_apart(store: Store, letters: list[int]) -> None:
    """A bounce belongs to a mail that was sent, with what the other server wrote."""
    store.change("Sent", partial(mail.sent_elsewhere, ids=letters[:1]))
    store.change("Back", partial(mail.bounced, ids=letters, reason="550 unknown"))
    assert states(store) == [S.BOUNCED, S.DRAFT, S.DRAFT]
    row = store.read(lambda s: mail.mail_rows(s, letters))[letters[0]]
    assert (row.state, row.reason) == (S.BOUNCED, "550 unknown")


def test_a_dry_run_takes_one_of_each_kind(store: Store, letters: list[int]) -> None:
    """One letter of each occasion and language says enough."""
    more = store.change("Write", partial(_write, address="c@example.org")).value
    urdu = store.change("Write", partial(_write, address="d@example.org", language="ur")).value
    kinds = store.read(partial(mail.one_of_each, ids=[*letters, more, urdu]))
    assert kinds == [letters[0], letters[1], urdu]


def test_a_mail_is_dated_when_it_is_approved(store: Store, letters: list[int]) -> None:
    """It stays so, however often it is tried."""
    sender = Sender(address="school@example.org")
    store.change("Send", partial(mail.queue, ids=letters[:1]))
    message = store.read(partial(mail.message_of, mail_id=letters[0], sender=sender))
    assert message.date == dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    assert (message.address, message.sender) == ("ana@example.org", sender)
