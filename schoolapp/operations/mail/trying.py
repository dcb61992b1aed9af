"""A dry run: mails as their recipients would get them, sent to oneself."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import func, select

from schoolapp.base.language import _, ltr
from schoolapp.domain.mail import Mail, new_message_id
from schoolapp.exchange.mail.message import Message, Sender
from schoolapp.exchange.mail.transport import Transport, Verdict, enveloped
from schoolapp.operations.mail.delivering import Progress, Round
from schoolapp.operations.mail.reading import message_of
from schoolapp.operations.mail.senders import sender_of
from schoolapp.storage.store import DbSession, Store


def one_of_each(session: DbSession, *, ids: Sequence[int]) -> list[int]:
    """Of these mails the first of each occasion and language."""
    first = select(func.min(Mail.id)).where(Mail.id.in_(ids))
    return sorted(session.scalars(first.group_by(Mail.occasion, Mail.language)))


def send_copies(
    store: Store, transport: Transport, how: Round, *, ids: Sequence[int], address: str
) -> Progress:
    """Send copies of mails to one address; the mails stay as they are.

    The subject names who would have got it; a Message-ID of its own keeps a mailbox from taking
    the copy for the mail.
    """
    transport.ready()
    progress = Progress(due=len(ids))
    for place, mail_id in enumerate(ids):
        if place:
            how.wait(60 / how.per_minute)
        if how.stopped():
            break
        copy = store.read(partial(_copy_of, mail_id=mail_id, own=how.sender, address=address))
        answer = transport.send(enveloped(copy))
        progress = progress.plus(answer.verdict)
        if answer.verdict is not Verdict.TAKEN:
            return replace(progress, trouble=answer.reason)
        how.report(progress)
    store.note(_("Send copies of letters to oneself"))
    return progress


def _copy_of(session: DbSession, *, mail_id: int, own: Sender | None, address: str) -> Message:
    sender = sender_of(session, mail_id=mail_id, asked=own)
    message = message_of(session, mail_id=mail_id, sender=sender)
    subject = _("[{address}] {subject}").format(
        address=ltr(message.address or "?"), subject=message.subject
    )
    fresh = new_message_id(sender.address)
    return replace(message, address=address, subject=subject, message_id=fresh)
