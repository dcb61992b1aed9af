"""Takes a step of a mail, and reports what became of it to its author: the one place for both."""

from schoolapp.domain.mail import MAIL, Mail, MailState
from schoolapp.domain.workflow import take
from schoolapp.operations.mail.recorders import record_bounced, record_sent
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


def take_step(session: DbSession, mail: Mail, step: str, reason: str | None = None) -> None:
    """Take a step; its people know what it says from the moment it is sent."""
    take(MAIL, mail, step, by=actor_of(session), reason=reason)
    if mail.state is MailState.SENT:
        record_sent(session, mail)
    elif mail.state is MailState.BOUNCED:
        record_bounced(session, mail, reason or "")
