"""Invitations: what is due, the mails that tell it, and the answers that come back."""

from schoolapp.operations.invites.answering import take_replies
from schoolapp.operations.invites.due import Due, DueMail, Kind, what_is_due
from schoolapp.operations.invites.fetching import Fetched, Fetching, fetch_replies, judge
from schoolapp.operations.invites.judgements import Incoming, Judged, Outcome
from schoolapp.operations.invites.looking import (
    AnswerRow,
    HeldRow,
    count_held,
    decide_held,
    held_replies,
    prepare_reminders,
    session_answers,
)
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
    "invites_due",
    "judge",
    "prepare_invites",
    "prepare_reminders",
    "record_bounced",
    "record_sent",
    "session_answers",
    "take_replies",
    "what_is_due",
]
