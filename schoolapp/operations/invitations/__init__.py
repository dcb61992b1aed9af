"""Invitations: what is due, the mails that announce it, and the answers that come back."""

from schoolapp.operations.invitations.answering import take_replies
from schoolapp.operations.invitations.due import Due, DueMail, Kind, what_is_due
from schoolapp.operations.invitations.fetching import Fetched, Fetching, fetch_replies, judge
from schoolapp.operations.invitations.judgements import Incoming, Judged, Outcome
from schoolapp.operations.invitations.looking import (
    AnswerRow,
    HeldRow,
    count_held,
    decide_held,
    held_replies,
    prepare_reminders,
    session_answers,
)
from schoolapp.operations.invitations.preparing import (
    Numbers,
    Prepared,
    Writer,
    count_due,
    drafts_of,
    invitations_due,
    prepare_invitations,
)
from schoolapp.operations.invitations.recording import record_bounced, record_sent

__all__ = [
    "AnswerRow",
    "Due",
    "DueMail",
    "Fetched",
    "Fetching",
    "HeldRow",
    "Incoming",
    "Judged",
    "Kind",
    "Numbers",
    "Outcome",
    "Prepared",
    "Writer",
    "count_due",
    "count_held",
    "decide_held",
    "drafts_of",
    "fetch_replies",
    "held_replies",
    "invitations_due",
    "judge",
    "prepare_invitations",
    "prepare_reminders",
    "record_bounced",
    "record_sent",
    "session_answers",
    "take_replies",
    "what_is_due",
]
