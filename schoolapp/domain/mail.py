"""Mail: what waits to be sent, what was sent and what failed, a row for each mail and address."""

import base64
import datetime as dt
import enum
import uuid
import zlib
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    StepTaken,
    UtcMoment,
    Versioned,
    link,
    maybe,
)
from schoolapp.domain.data_map import (
    GOES,
    ORDER,
    Counted,
    Sent,
    Words,
)
from schoolapp.domain.people import Person
from schoolapp.domain.senders import domain_of
from schoolapp.domain.workflow import Step, Workflow

_NO_DOMAIN = "@schoolapp.invalid>"
"""The end of a Message-ID as long as nobody knows who will send the mail."""


class MailState(enum.StrEnum):
    """Where a mail stands.

    ``unsure`` is a mail whose delivery was cut between the last byte and the server's answer:
    a person decides whether it goes again, the program never does.
    """

    DRAFT = "draft"
    APPROVED = "approved"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    WAITING_TO_RETRY = "waiting_to_retry"
    UNSURE = "unsure"
    FAILED = "failed"
    BOUNCED = "bounced"
    DISCARDED = "discarded"


S = MailState
UNSENT = frozenset({S.DRAFT, S.APPROVED, S.QUEUED, S.WAITING_TO_RETRY})
"""The states in which nothing has left the program yet."""


class MailStep(StepTaken, Base):
    """A step of a mail; ``reason`` holds what the server said."""

    __tablename__ = "mail_step"
    mail_id: Mapped[int] = link("mail.id", GOES)


class MailPart(Keyed, Base):
    """A file that goes with a mail: a calendar, a letter.

    ``packed`` is its content (see ``pack``); ``method`` is set for a calendar that is an
    invitation of its own (``REQUEST``, ``CANCEL``; RFC 5546) and None for a plain attachment.
    """

    __tablename__ = "mail_part"
    mail_id: Mapped[int] = link("mail.id", GOES)
    name: Mapped[Words[str]]
    media_type: Mapped[Counted[str]]
    packed: Mapped[Sent[str]]
    method: Mapped[Counted[str | None]] = mapped_column(default=None)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)


class Mail(Versioned, Base):
    """One mail to one address, written once in the recipient's language and kept.

    ``occasion`` names its template (``accepted``, ``waiting_list``, ``programme``, ...), ``tells``
    what it will have said when it is sent (which sessions in which state), in the form that
    ``operations`` of the occasion understands. ``address`` is empty where the person has none.
    ``message_id`` is fixed here, before anything is sent, so that a mail sent twice would be seen
    as one; it ends with the domain of the sender as soon as the mail begins to leave.
    ``hold_until`` is the moment before which a queued mail may still be called back, ``retry_at``
    the moment of the next try; both UTC.
    """

    __tablename__ = "mail"
    __table_args__ = AUTOINCREMENT
    occasion: Mapped[Counted[str]]
    language: Mapped[Counted[str]]
    address: Mapped[Sent[str]] = mapped_column(index=True)
    subject: Mapped[Words[str]]
    text: Mapped[Words[str]]
    message_id: Mapped[Sent[str]] = mapped_column(
        unique=True, default_factory=lambda: f"<{uuid.uuid4()}{_NO_DOMAIN}"
    )
    gathering_id: Mapped[int | None] = maybe("gathering.id")
    person_id: Mapped[int | None] = maybe("person.id", GOES)
    state: Mapped[Counted[MailState]] = mapped_column(default=MailState.DRAFT, index=True)
    tells: Mapped[Words[dict[str, Any]]] = mapped_column(default_factory=dict)
    hold_until: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    retry_at: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    attempts: Mapped[Counted[int]] = mapped_column(default=0)
    person: Mapped[Person | None] = relationship(default=None)
    parts: Mapped[list[MailPart]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="MailPart.position"
    )
    steps: Mapped[list[MailStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="MailStep.position"
    )


MAIL = Workflow(
    name="mail",
    initial=S.DRAFT,
    record=MailStep,
    steps=(
        Step(S.DRAFT, "approve", S.APPROVED),
        Step(S.DRAFT, "discard", S.DISCARDED),
        Step(S.DRAFT, "sent_elsewhere", S.SENT),
        Step(S.APPROVED, "back_to_draft", S.DRAFT),
        Step(S.APPROVED, "discard", S.DISCARDED),
        Step(S.APPROVED, "sent_elsewhere", S.SENT),
        Step(S.APPROVED, "queue", S.QUEUED),
        Step(S.QUEUED, "call_back", S.APPROVED),
        Step(S.QUEUED, "begin", S.SENDING),
        Step(S.SENDING, "delivered", S.SENT),
        Step(S.SENDING, "try_later", S.WAITING_TO_RETRY),
        Step(S.SENDING, "refused", S.FAILED),
        Step(S.SENDING, "cut", S.UNSURE),
        Step(S.WAITING_TO_RETRY, "queue", S.QUEUED),
        Step(S.WAITING_TO_RETRY, "discard", S.DISCARDED),
        Step(S.WAITING_TO_RETRY, "give_up", S.FAILED),
        Step(S.UNSURE, "found_sent", S.SENT),
        Step(S.UNSURE, "send_again", S.QUEUED),
        Step(S.UNSURE, "discard", S.DISCARDED),
        Step(S.FAILED, "send_again", S.QUEUED),
        Step(S.FAILED, "discard", S.DISCARDED),
        Step(S.SENT, "bounce", S.BOUNCED),
    ),
)


HOLD = dt.timedelta(seconds=10)
"""How long a mail that was released can still be called back."""
RETRY_AFTER = tuple(dt.timedelta(minutes=m) for m in (5, 15, 60, 240, 720, 1440))
"""When a mail is tried again after each temporary refusal; greylisting needs minutes (RFC 6647)."""


def retry_at(attempts: int, now: dt.datetime) -> dt.datetime | None:
    """When a mail that was refused temporarily is tried again; None once it is given up."""
    return now + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None


def message_id_from(message_id: str, sender: str) -> str:
    """The Message-ID of a mail, made unique by the domain of its sender (RFC 5322, 3.6.4).

    One that has a domain already keeps it.
    """
    if not message_id.endswith(_NO_DOMAIN) or not (domain := domain_of(sender)):
        return message_id
    return f"{message_id.removesuffix(_NO_DOMAIN)}@{domain}>"


def new_message_id(sender: str) -> str:
    """A Message-ID that no other mail has, in the domain of its sender."""
    return message_id_from(f"<{uuid.uuid4()}{_NO_DOMAIN}", sender)


def pack(content: bytes) -> str:
    """A file's content as the database keeps it: compressed, in base64."""
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


def unpack(packed: str) -> bytes:
    """The content that ``pack`` was given."""
    return zlib.decompress(base64.b64decode(packed))
