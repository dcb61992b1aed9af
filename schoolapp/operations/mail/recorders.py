"""Reports to the parts of the program that wrote a mail what became of it, by its occasion."""

from schoolapp.domain.mail import Mail
from schoolapp.operations.invitations import recording
from schoolapp.storage.store import DbSession


def record_sent(session: DbSession, mail: Mail) -> None:
    """Called in the change that makes a mail sent: its people now know what it says."""
    recording.record_sent(session, mail)


def record_bounced(session: DbSession, mail: Mail, error: str) -> None:
    """Called in the change that makes a mail bounced: it reached nobody."""
    recording.record_bounced(session, mail, error=error)
