"""Reminds those who have not answered a question about their application yet."""

import datetime as dt

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.letters import Occasion
from schoolapp.domain.mail import Mail
from schoolapp.operations.letters import write_letter
from schoolapp.storage.store import DbSession

REMIND_DAYS = 5
"""How many days before the last day somebody is reminded."""


def write_reminders(session: DbSession, *, gathering_id: int) -> int:
    """Write to those whose answer is due within ``REMIND_DAYS``, each once; answers how many.

    People whose day has passed are not reminded any more: their application can be declined.
    """
    tz = session.get_one(Gathering, gathering_id).tz
    today = clock.to_wall(clock.now(), tz).date()
    waiting = session.execute(
        sa.select(Application)
        .where(
            Application.gathering_id == gathering_id,
            Application.state == ApplicationState.NEEDS_INFO,
            Application.answer_due.between(today, today + dt.timedelta(days=REMIND_DAYS)),
        )
        .order_by(Application.id)
    ).scalars()
    written = 0
    for application in waiting.all():
        if not _was_reminded(session, application):
            write_letter(
                session,
                application=application,
                occasion=Occasion.REMINDER,
                question=_question(application),
                due=application.answer_due,
            )
            written += 1
    return written


def _was_reminded(session: DbSession, application: Application) -> bool:
    """Whether a reminder of this question, by its last day, was written before."""
    reminders = session.execute(
        sa.select(Mail.tells).where(
            Mail.gathering_id == application.gathering_id,
            Mail.person_id == application.person_id,
            Mail.occasion == Occasion.REMINDER.value,
        )
    ).scalars()
    due = application.answer_due.isoformat() if application.answer_due else None
    return any(tells.get("due") == due for tells in reminders)


def _question(application: Application) -> str:
    asked = [step.reason for step in application.steps if step.step == "ask_more"]
    return (asked[-1] if asked else None) or ""
