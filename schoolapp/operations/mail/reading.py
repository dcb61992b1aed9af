"""A mail of the outbox as its recipient will see it."""

from collections.abc import Sequence

from sqlalchemy import func, select

from schoolapp.base import clock
from schoolapp.domain.mail import Mail, MailPart, MailStep, message_id_from, unpack
from schoolapp.exchange.mail.message import Enclosure, Message, Sender, as_eml
from schoolapp.operations.mail.senders import sender_of
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


def message_of(session: DbSession, *, mail_id: int, sender: Sender) -> Message:
    """The mail as it travels; its date is when it was first queued, or now if it was not.

    ``NoResultFound`` if there is no such mail.
    """
    address, subject, text, language, message_id = session.execute(
        select(
            Mail.address,
            Mail.subject,
            Mail.text,
            Mail.language,
            Mail.message_id,
        ).where(Mail.id == mail_id)
    ).one()
    parts = (
        select(
            MailPart.name,
            MailPart.media_type,
            MailPart.packed,
            MailPart.method,
        )
        .where(MailPart.mail_id == mail_id)
        .order_by(MailPart.position)
    )
    queued = select(func.min(MailStep.at)).where(MailStep.mail_id == mail_id)
    date = session.scalar(queued.where(MailStep.step.in_(("queue", "sent_elsewhere"))))
    return Message(
        sender=sender,
        address=address,
        subject=subject,
        text=text,
        language=language,
        message_id=message_id_from(message_id, sender.address),
        date=date or clock.now(),
        enclosures=tuple(
            Enclosure(name=name, media_type=kind, content=unpack(packed), method=method)
            for name, kind, packed, method in fetch(session, parts)
        ),
    )


def draft_files(session: DbSession, *, ids: Sequence[int]) -> list[tuple[str, bytes]]:
    """Names and bytes of drafts for a mail program, of those mails that have an address.

    ``RuleBroken`` if one of them may not leave: then there are no files at all.
    """
    made = []
    for key in ids:
        message = message_of(session, mail_id=key, sender=sender_of(session, mail_id=key))
        if message.address:
            made.append((f"letter-{key:05}.eml", as_eml(message)))
    return made
