"""The templates of a gathering's letters: read, changed, and replaced by the built-in text."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base.language import RECIPIENT_LANGUAGES, in_language
from schoolapp.domain.applications import Application
from schoolapp.domain.letter_texts import built_in
from schoolapp.domain.letters import LetterTemplate, Occasion, check_letter
from schoolapp.domain.mail import Mail, MailState
from schoolapp.operations.letters.writing import APPLICATION, DUE, QUESTION, merged, template_of
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """A template as a form edits it; without ``id`` it is the built-in text."""

    id: int | None = None
    version: int | None = None
    gathering_id: int
    occasion: Occasion
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Which of a gathering's templates are its own, and how many drafts wait of each."""

    own: frozenset[tuple[Occasion, str]]
    drafts: dict[tuple[Occasion, str], int]


def template_draft(
    session: DbSession, *, gathering_id: int, occasion: Occasion, language: str
) -> LetterDraft:
    """The text of an occasion in a language: the gathering's own, else the built-in one."""
    own = template_of(session, gathering_id, occasion, language)
    if own is not None:
        return LetterDraft(
            id=own.id,
            version=own.version,
            gathering_id=gathering_id,
            occasion=occasion,
            language=language,
            subject=own.subject,
            text=own.text,
        )
    with in_language(language):
        subject, text = built_in(occasion)
    return LetterDraft(
        gathering_id=gathering_id, occasion=occasion, language=language, subject=subject, text=text
    )


def letter_facts(session: DbSession, *, gathering_id: int) -> LetterFacts:
    """Which templates are the gathering's own, and which letters wait as drafts."""
    own = session.execute(
        sa.select(LetterTemplate.occasion, LetterTemplate.language).where(
            LetterTemplate.gathering_id == gathering_id
        )
    )
    waiting = session.execute(
        sa.select(Mail.occasion, Mail.language, sa.func.count())
        .where(
            Mail.gathering_id == gathering_id,
            Mail.state == MailState.DRAFT,
            Mail.occasion.in_([occasion.value for occasion in Occasion]),
        )
        .group_by(Mail.occasion, Mail.language)
    )
    return LetterFacts(
        frozenset((occasion, language) for occasion, language in own),
        {(Occasion(occasion), language): count for occasion, language, count in waiting},
    )


def save_template(session: DbSession, *, draft: LetterDraft) -> int:
    """Keep a gathering's own text, and write its drafts that wait again; the key of the template.

    ``RuleBroken`` for a placeholder that no letter has, so that nobody is written "Dear {nmae}".
    """
    for trouble in check_letter(draft.subject, draft.text).values():
        raise trouble
    assert draft.language in RECIPIENT_LANGUAGES
    if draft.id is None:
        template = LetterTemplate(
            gathering_id=draft.gathering_id,
            occasion=draft.occasion,
            language=draft.language,
            subject=draft.subject.strip(),
            text=draft.text,
        )
        session.add(template)
    else:
        assert draft.version is not None
        template = checked_out(session, LetterTemplate, draft.id, draft.version)
        template.subject, template.text = draft.subject.strip(), draft.text
    session.flush()
    _write_again(session, draft.gathering_id, draft.occasion, draft.language)
    return template.id


def reset_template(
    session: DbSession, *, gathering_id: int, occasion: Occasion, language: str
) -> None:
    """Go back to the built-in text; the drafts that wait are written again."""
    own = template_of(session, gathering_id, occasion, language)
    if own is not None:
        session.delete(own)
        session.flush()
        _write_again(session, gathering_id, occasion, language)


def _write_again(session: DbSession, gathering_id: int, occasion: Occasion, language: str) -> None:
    waiting = session.execute(
        sa.select(Mail).where(
            Mail.gathering_id == gathering_id,
            Mail.occasion == occasion.value,
            Mail.language == language,
            Mail.state == MailState.DRAFT,
        )
    ).scalars()
    for mail in waiting.all():
        application = session.get(Application, mail.tells.get(APPLICATION))
        if application is not None:
            mail.subject, mail.text = merged(
                session,
                application,
                occasion,
                language,
                question=mail.tells[QUESTION],
                due=dt.date.fromisoformat(mail.tells[DUE]),
            )
