"""A letter of invitation as a mail: a draft in the outbox, with the letter as a PDF."""

from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.documents import LetterText
from schoolapp.domain.mail import MAIL, Mail, MailState
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.visas import VisaLetter
from schoolapp.domain.workflow import take
from schoolapp.exchange.mail.message import Enclosure
from schoolapp.exchange.papers.visa_letter import mail_words
from schoolapp.operations.mail import write_draft
from schoolapp.operations.recipients import language_for
from schoolapp.operations.visas.letters import letter_text, letters_of
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

OCCASION = "visa_letter"
LETTER = "letter"
"""What the mail remembers in ``tells``: the key of the letter."""


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter that was issued, as its PDF is made of it."""

    id: int
    text: LetterText


def newest_letter(session: DbSession, *, participation_id: int) -> ReadyLetter:
    """The newest letter of a participant; ``RuleBroken`` if none was issued yet."""
    part = session.get_one(Participation, participation_id)
    found = letters_of(session, gathering_id=part.gathering_id, person_id=part.person_id)
    newest = next(iter(found), None)
    if newest is None:
        raise RuleBroken(
            mark("{name} has no letter of invitation yet. Issue it first."),
            name=part.person.display_name,
        )
    return ReadyLetter(newest.id, letter_text(session, letter_id=newest.id))


def mail_letter(session: DbSession, *, letter_id: int, pdf: bytes) -> int:
    """Put a letter into the outbox as a draft, in the language of its person; the key of the mail.

    ``pdf`` is what ``exchange.visa_letter.write_letter`` made of it, in the consulate's language. A
    draft with an earlier revision is discarded; what was approved or sent stays.
    """
    letter = session.get_one(VisaLetter, letter_id)
    person = session.get_one(Person, letter.person_id)
    waiting = sa.select(Mail).where(
        Mail.gathering_id == letter.gathering_id,
        Mail.person_id == person.id,
        Mail.occasion == OCCASION,
        Mail.state == MailState.DRAFT,
    )
    for mail in session.scalars(waiting).all():
        take(MAIL, mail, "discard", by=actor_of(session))
    language = language_for(session, person, gathering_id=letter.gathering_id)
    text = letter_text(session, letter_id=letter_id)
    subject, words = mail_words(text, name=person.display_name, tag=language)
    return write_draft(
        session,
        occasion=OCCASION,
        language=language,
        address=person.email or "",
        subject=subject,
        text=words,
        gathering_id=letter.gathering_id,
        person_id=person.id,
        enclosures=[Enclosure(name=text.file_name, media_type="application/pdf", content=pdf)],
        tells={LETTER: letter_id},
    )
