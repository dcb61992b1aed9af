"""Queries of the outbox that join several operations; they run in the database worker."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schoolapp.base.language import _, isolate
from schoolapp.desktop.places.outbox import words
from schoolapp.desktop.tables import View
from schoolapp.domain.mail import MailState
from schoolapp.exchange.mail.message import as_bytes
from schoolapp.exchange.mail.preview import MailSeen, seen
from schoolapp.operations import mail
from schoolapp.operations.centres import SenderDraft, missing_sender
from schoolapp.operations.mail import MailRow, OutboxView, Outgoing
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """A mail in the table; the words are made in the worker."""

    id: int
    name: str
    address: str
    subject: str
    occasion: str
    language: str
    state: MailState
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of sending: the occasions there are, letters queued, when the next is due."""

    occasions: tuple[str, ...]
    queued: int
    next_due: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Ready:
    """What is known before sending: the mails, their numbers, and a sender that is missing yet."""

    ids: tuple[int, ...]
    numbers: Outgoing
    missing: SenderDraft | None


def ids(session: DbSession, view: View) -> list[int]:
    """The mails of a view."""
    return mail.mail_ids(session, _view(view))


def counts(session: DbSession, view: View) -> Mapping[str, int]:
    """How many mails are in each state."""
    return mail.mail_counts(session, replace(_view(view), states=()))


def rows(session: DbSession, keys: Sequence[int]) -> Mapping[int, MailLine]:
    """The rows of these mails in words."""
    return {key: _line(row) for key, row in mail.mail_rows(session, keys).items()}


def standing(session: DbSession, *, gathering_id: int | None) -> Standing:
    """The state of sending."""
    queued = mail.mail_counts(session, OutboxView()).get(MailState.QUEUED, 0)
    found = mail.occasions(session, gathering_id=gathering_id)
    return Standing(found, queued, mail.next_due(session))


def ready(session: DbSession, *, view: View, chosen: tuple[int, ...]) -> Ready:
    """What would go: the chosen mails, or all that are shown and are not queued yet."""
    keys = list(chosen) or mail.mail_ids(
        session, replace(_view(view), states=(MailState.DRAFT, MailState.APPROVED))
    )
    queued = mail.mail_ids(session, OutboxView(states=(MailState.QUEUED,)))
    missing = missing_sender(session, ids=[*keys, *queued])
    return Ready(tuple(keys), mail.outgoing(session, ids=keys), missing)


def call_all_back(session: DbSession) -> int:
    """Keep all that still waits for its turn."""
    waiting = mail.mail_ids(session, OutboxView(states=(MailState.QUEUED,)))
    return mail.call_back(session, ids=waiting)


NOBODY = "nobody@schoolapp.invalid"


def preview(session: DbSession, *, mail_id: int) -> MailSeen:
    """A mail as its recipient sees it, as far as it is known whom it comes from and goes to."""
    own = mail.sender_of(session, mail_id=mail_id)
    known = own if own.address else replace(own, address=NOBODY)
    message = mail.message_of(session, mail_id=mail_id, sender=known)
    found = seen(as_bytes(replace(message, address=message.address or NOBODY)))
    if not own.address:
        found = replace(found, sender=_("No mailbox yet"))
    return found if message.address else replace(found, address=_("No address"))


def _line(row: MailRow) -> MailLine:
    return MailLine(
        id=row.id,
        name=isolate(row.name) if row.name else "",
        address=row.address or _("No address"),
        subject=isolate(row.subject),
        occasion=words.occasion(row.occasion),
        language=row.language,
        state=row.state,
        reason=isolate(row.reason) if row.reason else "",
    )


def _view(view: View) -> OutboxView:
    state = view.text("state")
    return OutboxView(
        gathering_id=view.gathering,
        search=view.search,
        states=(MailState(state),) if state else (),
        occasion=view.text("occasion"),
        sort=view.sort,
        descending=view.descending,
    )
