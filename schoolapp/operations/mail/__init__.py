"""Mail: what is written for people, what is decided about it, and how it leaves the program."""

from schoolapp.exchange.mail.message import Enclosure
from schoolapp.operations.mail.deciding import (
    approve,
    back_to_draft,
    bounced,
    call_back,
    discard,
    found_sent,
    queue,
    release,
    send_again,
    sent_elsewhere,
)
from schoolapp.operations.mail.delivering import Progress, Round, deliver, due_ids, next_due
from schoolapp.operations.mail.drafting import write_draft
from schoolapp.operations.mail.listing import (
    MailRow,
    OutboxView,
    Outgoing,
    mail_counts,
    mail_ids,
    mail_rows,
    occasions,
    outgoing,
    waiting,
)
from schoolapp.operations.mail.reading import draft_files, message_of
from schoolapp.operations.mail.senders import sender_of, stuck
from schoolapp.operations.mail.trying import one_of_each, send_copies

__all__ = [
    "Enclosure",
    "MailRow",
    "OutboxView",
    "Outgoing",
    "Progress",
    "Round",
    "approve",
    "back_to_draft",
    "bounced",
    "call_back",
    "deliver",
    "discard",
    "draft_files",
    "due_ids",
    "found_sent",
    "mail_counts",
    "mail_ids",
    "mail_rows",
    "message_of",
    "next_due",
    "occasions",
    "one_of_each",
    "outgoing",
    "queue",
    "release",
    "send_again",
    "send_copies",
    "sender_of",
    "sent_elsewhere",
    "stuck",
    "waiting",
    "write_draft",
]
