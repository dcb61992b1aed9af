"""Letters that wait in the outbox, looked through one after another and made ready together."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.letters import Occasion
from schoolapp.domain.mail import MAIL, Mail, MailState
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.storage.journal import actor_of
from schoolapp.storage.selecting import among, fetch_keys
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that waits: its recipient, occasion, language and words."""

    id: int
    name: str
    address: str
    occasion: str
    language: str
    subject: str
    text: str
    deadline: dt.date | None


def letter_ids(session: DbSession, *, gathering_id: int) -> list[int]:
    """The letters that wait as drafts, by occasion, language and name."""
    return fetch_keys(
        session,
        sa.select(Mail.id)
        .join(Person, Person.id == Mail.person_id)
        .where(
            Mail.gathering_id == gathering_id,
            Mail.state == MailState.DRAFT,
            Mail.occasion.in_([occasion.value for occasion in Occasion]),
        )
        .order_by(Mail.occasion, Mail.language, Person.sort_name, Mail.id),
    )


def letter_rows(session: DbSession, ids: Sequence[int]) -> dict[int, LetterRow]:
    """What these letters say."""
    found = session.execute(
        sa.select(
            Mail.id,
            Person.display_name,
            Mail.address,
            Mail.occasion,
            Mail.language,
            Mail.subject,
            Mail.text,
            Mail.tells,
        )
        .join(Person, Person.id == Mail.person_id)
        .where(among(session, Mail.id, ids))
    )
    return {
        key: LetterRow(key, name, address, occasion, language, subject, text, _due(tells))
        for key, name, address, occasion, language, subject, text, tells in found
    }


def approve_letters(session: DbSession, *, mail_ids: Collection[int]) -> int:
    """Make letters ready to be sent; answers how many.

    One without an address stays a draft: it is printed, or the address is written first (E28).
    """
    approved = 0
    for key in mail_ids:
        mail = session.get(Mail, key)
        if mail is None or mail.state is not MailState.DRAFT:
            raise RuleBroken(mark("These letters were changed meanwhile. Look at them again."))
        if mail.address:
            take(MAIL, mail, "approve", by=actor_of(session))
            approved += 1
    if not approved:
        raise RuleBroken(mark("None of these letters has an e-mail address to go to."))
    return approved


def note_printed(session: DbSession, *, mail_ids: Collection[int]) -> int:
    """Letters without an address were printed: they wait no longer; answers how many."""
    for key in mail_ids:
        mail = session.get(Mail, key)
        if mail is None or mail.state is not MailState.DRAFT:
            raise RuleBroken(mark("These letters were changed meanwhile. Look at them again."))
        take(MAIL, mail, "sent_elsewhere", by=actor_of(session), reason="printed")
    return len(mail_ids)


def _due(tells: dict[str, str]) -> dt.date | None:
    return dt.date.fromisoformat(tells["due"]) if tells.get("due") else None
