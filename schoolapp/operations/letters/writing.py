"""Merges a letter in the first language of its recipient that we have, as a draft in the outbox."""

import datetime as dt

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import _, conventions, current, direction, in_language, isolate
from schoolapp.domain.applications import Application
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.letter_texts import ALL_OF_IT, TO_BE_AGREED, built_in
from schoolapp.domain.letters import ANSWER_DAYS, LetterTemplate, Occasion
from schoolapp.domain.mail import MAIL, Mail, MailState
from schoolapp.domain.participation import Participation, Stay
from schoolapp.domain.people import Person
from schoolapp.domain.workflow import take
from schoolapp.operations.mail import write_draft
from schoolapp.operations.recipients import language_for
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

APPLICATION, QUESTION, DUE = "application", "question", "due"
"""What a letter's mail remembers in ``tells``, so that it can be written again."""


def write_letter(
    session: DbSession,
    *,
    application: Application,
    occasion: Occasion,
    question: str = "",
    due: dt.date | None = None,
) -> int | None:
    """Write the letter of an occasion as a draft; None once the gathering is over.

    A draft that waits for the same application is discarded: the newer decision is the one to
    report. What was approved or sent stays.
    """
    gathering = session.get_one(Gathering, application.gathering_id)
    today = clock.to_wall(clock.now(), gathering.tz).date()
    if today > gathering.end_date:
        return None
    discard_letters(session, application=application)
    person = session.get_one(Person, application.person_id)
    due = due or min(today + dt.timedelta(days=ANSWER_DAYS), gathering.start_date)
    language = language_for(session, person, gathering_id=gathering.id)
    tells = {APPLICATION: application.id, QUESTION: question, DUE: due.isoformat()}
    subject, text = merged(session, application, occasion, language, question=question, due=due)
    return write_draft(
        session,
        occasion=occasion.value,
        language=language,
        address=person.email or "",
        subject=subject,
        text=text,
        gathering_id=gathering.id,
        person_id=person.id,
        tells=tells,
    )


def discard_letters(session: DbSession, *, application: Application) -> None:
    """Discard the drafts that wait for an application."""
    waiting = session.execute(
        sa.select(Mail).where(
            Mail.gathering_id == application.gathering_id,
            Mail.person_id == application.person_id,
            Mail.state == MailState.DRAFT,
            Mail.occasion.in_([occasion.value for occasion in Occasion]),
        )
    ).scalars()
    for mail in waiting.all():
        if mail.tells.get(APPLICATION) == application.id:
            take(MAIL, mail, "discard", by=actor_of(session))


def merged(
    session: DbSession,
    application: Application,
    occasion: Occasion,
    language: str,
    *,
    question: str,
    due: dt.date,
) -> tuple[str, str]:
    """Subject and text of a letter in a language, by the gathering's own template or ours."""
    gathering = session.get_one(Gathering, application.gathering_id)
    own = template_of(session, gathering.id, occasion, language)
    with in_language(language):
        subject, text = (own.subject, own.text) if own else built_in(occasion)
        values = _values(session, gathering, application) | {
            "deadline": _day(due),
            "question": question,
        }
        apart = {
            name: isolate(value) if direction() == "rtl" else value
            for name, value in values.items()
        }
    return subject.format(**values), text.format(**apart)


def template_of(
    session: DbSession, gathering_id: int, occasion: Occasion, language: str
) -> LetterTemplate | None:
    """The gathering's own template, if it has one."""
    return session.execute(
        sa.select(LetterTemplate).where(
            LetterTemplate.gathering_id == gathering_id,
            LetterTemplate.occasion == occasion,
            LetterTemplate.language == language,
        )
    ).scalar()


def _values(session: DbSession, gathering: Gathering, application: Application) -> dict[str, str]:
    """What the placeholders stand for, in the language in use; those of one letter aside."""
    person = session.get_one(Person, application.person_id)
    chosen = [m.title for m in gathering.modules if m.code in application.module_codes]
    title = title_in(gathering.titles, current())
    return {
        "name": person.display_name,
        "gathering": title,
        "dates": _days(gathering.start_date, gathering.end_date),
        "city": gathering.venue_city or _(TO_BE_AGREED),
        "stay": _days(*_stay(session, gathering, application)),
        "modules": ", ".join(filter(None, (*chosen, application.modules_said))) or _(ALL_OF_IT),
        "number": application.code,
        "contact": gathering.contact_name or title,
    }


def _stay(
    session: DbSession, gathering: Gathering, application: Application
) -> tuple[dt.date, dt.date]:
    """The first and last day of the place, else those asked for, else of the gathering."""
    part = Participation
    held = session.execute(
        sa.select(sa.func.min(Stay.arrival), sa.func.max(Stay.departure))
        .join(part, part.id == Stay.participation_id)
        .where(part.gathering_id == gathering.id, part.person_id == application.person_id)
    ).one()
    if held[0] is not None:
        return held[0].date(), held[1].date()
    comes = application.arrival or gathering.start_date
    leaves = application.departure or gathering.end_date
    return (comes, leaves) if comes <= leaves else (gathering.start_date, gathering.end_date)


def _day(day: dt.date) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=conventions())


def _days(first: dt.date, last: dt.date) -> str:
    from babel.dates import format_interval

    return format_interval(first, last, "yMMMd", locale=conventions())
