"""Centres: their list, the draft of one, and the mailbox that letters come from."""

from schoolapp.operations.centres.editing import (
    CentreDraft,
    CentreLine,
    centre_lines,
    centres_of,
    check_centre_draft,
    first_centre,
    remove_centre,
    save_centre,
)
from schoolapp.operations.centres.mailboxes import (
    SenderDraft,
    check_sender_draft,
    mailbox_of,
    missing_for,
    missing_sender,
    save_sender,
)

__all__ = [
    "CentreDraft",
    "CentreLine",
    "SenderDraft",
    "centre_lines",
    "centres_of",
    "check_centre_draft",
    "check_sender_draft",
    "first_centre",
    "mailbox_of",
    "missing_for",
    "missing_sender",
    "remove_centre",
    "save_centre",
    "save_sender",
]
