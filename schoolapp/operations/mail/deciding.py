"""What a person decides about the mails of the outbox: which go, which wait, which never go."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.mail import HOLD, MAIL, Mail, MailState
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.mail.steps import take_step
from schoolapp.storage.store import DbSession

SENDABLE = (MailState.DRAFT, MailState.APPROVED)


def approve(session: DbSession, *, ids: Sequence[int]) -> int:
    """Approve those of the mails that are drafts and have an address; answers how many."""
    return _take_all(session, "approve", _reachable(session, ids, (MailState.DRAFT,)))


def back_to_draft(session: DbSession, *, ids: Sequence[int]) -> int:
    """Take an approval back, so that a letter may still be rewritten."""
    return _take_all(session, "back_to_draft", _mails(session, ids, (MailState.APPROVED,)))


def discard(session: DbSession, *, ids: Sequence[int]) -> int:
    """Never send those of the mails that have not gone; they stay in the outbox."""
    return _take_all(session, "discard", _mails(session, ids, _sources("discard")))


def queue(session: DbSession, *, ids: Sequence[int], held: bool = True) -> int:
    """Let mails go, drafts among them too; ``held`` leaves time to call them back.

    Those without an address stay where they are. Answers how many will go.
    """
    mails = _reachable(session, ids, SENDABLE)
    _take_all(session, "approve", [one for one in mails if one.state is MailState.DRAFT])
    return _send(session, "queue", mails, held)


def call_back(session: DbSession, *, ids: Sequence[int]) -> int:
    """Keep those of the mails that still wait for their turn."""
    return _take_all(session, "call_back", _mails(session, ids, (MailState.QUEUED,)))


def release(session: DbSession) -> int:
    """Let what is held go at once; answers how many mails that are."""
    held = session.scalars(
        select(Mail).where(Mail.state == MailState.QUEUED, Mail.hold_until.is_not(None))
    ).all()
    for mail in held:
        mail.hold_until = None
    return len(held)


def send_again(session: DbSession, *, ids: Sequence[int]) -> int:
    """Send mails again that were refused, or that may or may not have arrived."""
    return _send(session, "send_again", _mails(session, ids, _sources("send_again")), True)


def found_sent(session: DbSession, *, ids: Sequence[int]) -> int:
    """Somebody saw that these mails did arrive."""
    return _take_all(session, "found_sent", _mails(session, ids, (MailState.UNSURE,)))


def sent_elsewhere(session: DbSession, *, ids: Sequence[int]) -> int:
    """These mails were saved as files and sent from the user's own mail program."""
    return _take_all(session, "sent_elsewhere", _reachable(session, ids, SENDABLE))


def bounced(session: DbSession, *, ids: Sequence[int], reason: str) -> int:
    """These mails came back; ``reason`` is what the other server wrote.

    ``RuleBroken`` if none of them was sent.
    """
    mails = _mails(session, ids, (MailState.SENT,))
    if not mails:
        raise RuleBroken(mark("None of these letters was sent, so none of them can come back."))
    return _take_all(session, "bounce", mails, reason)


def _sources(step: str) -> tuple[MailState, ...]:
    return tuple(one.source for one in MAIL.steps if one.name == step)


def _mails(session: DbSession, ids: Sequence[int], states: Iterable[MailState]) -> list[Mail]:
    chosen = select(Mail).where(Mail.id.in_(ids), Mail.state.in_(tuple(states)))
    found = session.scalars(chosen.options(selectinload(Mail.steps)).order_by(Mail.id))
    return list(found)


def _reachable(session: DbSession, ids: Sequence[int], states: Iterable[MailState]) -> list[Mail]:
    return [mail for mail in _mails(session, ids, states) if mail.address]


def _send(session: DbSession, step: str, mails: list[Mail], held: bool) -> int:
    for mail in mails:
        mail.hold_until = clock.now() + HOLD if held else None
        mail.attempts = 0
    return _take_all(session, step, mails)


def _take_all(
    session: DbSession, step: str, mails: Sequence[Mail], reason: str | None = None
) -> int:
    for mail in mails:
        take_step(session, mail, step, reason)
    return len(mails)
