"""Invitations: what is due, the mails that tell it, and the answers that come back."""

from schoolapp.operations.invites.answering import Incoming, Judged, Outcome, take_replies
from schoolapp.operations.invites.due import Due, DueMail, Kind, what_is_due
from schoolapp.operations.invites.preparing import (
    Numbers,
    Prepared,
    Writer,
    count_due,
    drafts_of,
    invites_due,
    prepare_invites,
)
from schoolapp.operations.invites.recording import record_bounced, record_sent

__all__ = [
    "Due",
    "DueMail",
    "Incoming",
    "Judged",
    "Kind",
    "Numbers",
    "Outcome",
    "Prepared",
    "Writer",
    "count_due",
    "drafts_of",
    "invites_due",
    "prepare_invites",
    "record_bounced",
    "record_sent",
    "take_replies",
    "what_is_due",
]
