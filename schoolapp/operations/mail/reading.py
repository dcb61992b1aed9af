"""A mail of the outbox as its recipient will see it."""

from collections.abc import Sequence

from sqlalchemy import func, select

from schoolapp.base import clock
from schoolapp.base.shipped import table
from schoolapp.domain.mail import Mail, MailPart, MailStep, unpack
from schoolapp.exchange.mail.message import Enclosure, Message, Sender, as_eml
from schoolapp.operations.calendars.facts import organizer_of
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
        message_id=message_id,
        date=date or clock.now(),
        enclosures=tuple(
            Enclosure(name=name, media_type=kind, content=unpack(packed), method=method)
            for name, kind, packed, method in fetch(session, parts)
        ),
    )


def sender_of(session: DbSession, *, mail_id: int) -> Sender:
    """The mailbox that answers for the gathering of a mail, Amsterdam's for one without."""
    gathering_id = session.scalar(select(Mail.gathering_id).where(Mail.id == mail_id))
    if gathering_id is None:
        centre = next(row for row in table("centres") if row["code"] == "amsterdam")
        return Sender(address=centre["mailbox"], name=centre["name"])
    name, address = organizer_of(session, gathering_id=gathering_id)
    return Sender(address=address, name=name)


def draft_files(
    session: DbSession, *, ids: Sequence[int], sender: Sender | None = None
) -> list[tuple[str, bytes]]:
    """Names and bytes of drafts for a mail program, of those mails that have an address.

    Without a ``sender`` each comes from the mailbox of its gathering.
    """
    made = []
    for key in ids:
        own = sender or sender_of(session, mail_id=key)
        message = message_of(session, mail_id=key, sender=own)
        if message.address:
            made.append((f"letter-{key:05}.eml", as_eml(message)))
    return made
