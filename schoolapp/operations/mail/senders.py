"""Whom each mail comes from, and which mails have to wait until that is settled."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.mail import Mail
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.senders import Mailbox
from schoolapp.exchange.mail.message import Sender, need_sender, routable
from schoolapp.operations.centres.mailboxes import mailbox_of
from schoolapp.storage.selecting import among
from schoolapp.storage.store import DbSession


def sender_of(session: DbSession, *, mail_id: int, asked: Sender | None = None) -> Sender:
    """Whom a mail comes from: the mailbox of its gathering, or the organiser that it names.

    ``asked`` is another sender that somebody asked for. ``RuleBroken`` if the mail is an
    invitation and names another organiser: mail programs do not believe it then (RFC 6047, 2.3).
    """
    gathering_id, tells = session.execute(
        select(Mail.gathering_id, Mail.tells).where(Mail.id == mail_id)
    ).one()
    return _sender(mailbox_of(session, gathering_id=gathering_id), tells, asked)


def stuck(
    session: DbSession, *, ids: Sequence[int], asked: Sender | None = None
) -> Mapping[int, str]:
    """The mails that may not leave as things are, each with the sentence that says why.

    They have no sender yet, or one that only stands in examples, or are invitations that another
    sender was asked for. Those without an address do not leave anyway.
    """
    m, known, found = Mail, dict[int | None, Mailbox](), dict[int, str]()
    query = select(m.id, m.gathering_id, m.address, m.tells).where(among(session, m.id, ids))
    for key, gathering_id, address, tells in session.execute(query.order_by(m.id)):
        if gathering_id not in known:
            known[gathering_id] = mailbox_of(session, gathering_id=gathering_id)
        try:
            sender = _sender(known[gathering_id], tells, asked)
            if address:
                need_sender(sender.address, address)
        except RuleBroken as broken:
            found[key] = broken.sentence()
    return found


def _sender(mailbox: Mailbox, tells: Mapping[str, object], asked: Sender | None) -> Sender:
    organizer = str(tells.get("organizer") or "")
    if organizer and asked and routable(asked.address) != routable(organizer):
        raise RuleBroken(
            mark(
                "An invitation comes from its organiser, {organizer}: no calendar takes it from"
                " {sender}. Leave the other sender out, or change the mailbox of the centre."
            ),
            organizer=organizer,
            sender=asked.address,
        )
    if asked and not organizer:
        return asked
    return Sender(address=organizer or mailbox.address, name=mailbox.name)
