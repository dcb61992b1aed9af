"""Writes the drafts that wait in the outbox: letters, programmes, changes, reminders."""

from collections.abc import Mapping, Sequence

from schoolapp.domain.mail import Mail, MailPart, pack
from schoolapp.exchange.mail.message import Enclosure
from schoolapp.storage.store import DbSession


def write_draft(
    session: DbSession,
    *,
    occasion: str,
    language: str,
    address: str,
    subject: str,
    text: str,
    gathering_id: int | None = None,
    person_id: int | None = None,
    enclosures: Sequence[Enclosure] = (),
    tells: Mapping[str, object] | None = None,
) -> int:
    """Put a mail into the outbox as a draft and answer its id; nothing is sent by this.

    ``language`` is the tag in which ``subject`` and ``text`` are written already; an empty
    ``address`` is kept, so that the outbox can say who cannot be reached.
    """
    mail = Mail(
        occasion=occasion,
        language=language,
        address=address,
        subject=subject,
        text=text,
        gathering_id=gathering_id,
        person_id=person_id,
        tells=dict(tells or {}),
        parts=[_part(enclosure, place) for place, enclosure in enumerate(enclosures)],
    )
    session.add(mail)
    session.flush()
    return mail.id


def _part(enclosure: Enclosure, position: int) -> MailPart:
    return MailPart(
        name=enclosure.name,
        media_type=enclosure.media_type,
        packed=pack(enclosure.content),
        method=enclosure.method,
        position=position,
    )
