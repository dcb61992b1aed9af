"""Delivers what was approved: each mail at most once, even if connection or machine fail.

Before a mail leaves, it is saved that it is leaving; afterwards, what became of it. A mail that a
crash caught in between is unsure, and a person decides about it. No transaction is open while the
server is used.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import exists, func, or_, select

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.domain.mail import Mail, MailPart, MailState, retry_at
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail.message import Sender
from schoolapp.exchange.mail.transport import (
    Answer,
    Transport,
    Unreachable,
    Verdict,
    enveloped,
)
from schoolapp.operations.mail.reading import message_of
from schoolapp.operations.mail.senders import sender_of, stuck
from schoolapp.operations.mail.steps import take_step
from schoolapp.storage.alone import alone
from schoolapp.storage.journal import seal
from schoolapp.storage.store import DbSession, Store

S = MailState
INVITING = ("REQUEST", "CANCEL")
LEAVING = (S.QUEUED, S.WAITING_TO_RETRY, S.SENDING)
CAUGHT = mark(
    "The program ended while this mail was on its way. It may have arrived: ask, or look into the"
    " sent mail of the server, before it goes again."
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of the mails of one round so far; ``trouble`` says why it ended early."""

    due: int = 0
    taken: int = 0
    later: int = 0
    refused: int = 0
    unsure: int = 0
    trouble: str = ""

    @property
    def done(self) -> int:
        """How many mails were tried."""
        return self.taken + self.later + self.refused + self.unsure

    def plus(self, verdict: Verdict) -> "Progress":
        """The same with one more mail."""
        return replace(self, **{verdict.value: getattr(self, verdict.value) + 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How a round goes: at most so many mails a minute, until ``stopped()``.

    Without a ``sender`` each mail comes from the mailbox of its gathering; an invitation comes from
    the organiser that it names, whatever is asked for. ``wait`` sleeps some seconds; ``report`` is
    called with each mail.
    """

    sender: Sender | None = None
    per_minute: int = 60
    wait: Callable[[float], object] = time.sleep
    stopped: Callable[[], bool] = lambda: False
    report: Callable[[Progress], object] = lambda progress: None


def deliver(store: Store, transport: Transport, how: Round) -> Progress:
    """Hand over all that is due; the only way in which mail leaves the program.

    ``RuleBroken`` if another desk is sending just now, ``Unreachable`` if there is no connection;
    then nothing was changed. One that breaks later ends the round with a sentence. Mails that have
    no sender that answers could reach wait where they are, and the sentence says why.
    """
    with alone(store.engine) as free:
        if not free:
            raise RuleBroken(mark("Mail is being sent already. Wait until that is done."))
        store.change(_("Look after mail that was cut off"), recover, final=True)
        due = store.read(due_ids)
        waiting = store.read(partial(stuck, ids=due, asked=how.sender))
        going = [key for key in due if key not in waiting]
        progress = Progress()
        if going:
            transport.ready()
            progress = _round(store, transport, how, going)
        why = next(iter(waiting.values()), "")
        return replace(progress, trouble=progress.trouble or why)


def recover(session: DbSession) -> int:
    """Make mails unsure that are marked as being sent, though nobody sends; answers how many."""
    cut = session.scalars(select(Mail).where(Mail.state == S.SENDING)).all()
    for mail in cut:
        take_step(session, mail, "cut", _(CAUGHT))
    return len(cut)


def due_ids(session: DbSession) -> list[int]:
    """The mails whose turn it is, in the order in which they were made."""
    now = clock.now()
    queued = (Mail.state == S.QUEUED) & or_(Mail.hold_until.is_(None), Mail.hold_until <= now)
    again = (Mail.state == S.WAITING_TO_RETRY) & (Mail.retry_at <= now)
    return list(session.scalars(select(Mail.id).where(or_(queued, again)).order_by(Mail.id)))


def next_due(session: DbSession) -> dt.datetime | None:
    """When the next mail is due, if any waits."""
    held = select(func.min(func.coalesce(Mail.hold_until, clock.now()))).where(
        Mail.state == S.QUEUED
    )
    again = select(func.min(Mail.retry_at)).where(Mail.state == S.WAITING_TO_RETRY)
    moments = [session.scalar(held), session.scalar(again)]
    return min((one for one in moments if one is not None), default=None)


def begin(session: DbSession, *, mail_id: int, message_id: str) -> bool:
    """Save that a mail is leaving under this Message-ID, which stays from now on.

    False if it was called back, or must not pass an earlier one.
    """
    mail = session.get(Mail, mail_id)
    if mail is None or not _is_due(mail) or _would_overtake(session, mail):
        return False
    if mail.state is S.WAITING_TO_RETRY:
        take_step(session, mail, "queue")
    for step in mail.steps:
        if step.step in ("queue", "send_again") and step.id is not None:
            seal(session, "mail_step", step.id, step.at)  # what has left cannot be undone
    take_step(session, mail, "begin")
    mail.attempts += 1
    if mail.message_id != message_id:
        mail.message_id = message_id
    mail.hold_until = mail.retry_at = None
    return True


def record(session: DbSession, *, mail_id: int, answer: Answer) -> None:
    """Save what became of a mail that was leaving."""
    mail = session.get_one(Mail, mail_id)
    reason = answer.reason or None
    if mail.state is S.UNSURE and answer.verdict is Verdict.TAKEN:
        take_step(session, mail, "found_sent", reason)  # our connection to the database was cut
    elif mail.state is S.SENDING:
        take_step(session, mail, _STEPS[answer.verdict], reason)
    if mail.state is S.WAITING_TO_RETRY:
        mail.retry_at = retry_at(mail.attempts, clock.now())
        if mail.retry_at is None:
            take_step(session, mail, "give_up", reason)


def _is_due(mail: Mail) -> bool:
    now = clock.now()
    if mail.state is S.QUEUED:
        return mail.hold_until is None or mail.hold_until <= now
    return mail.state is S.WAITING_TO_RETRY and mail.retry_at is not None and mail.retry_at <= now


_STEPS = {
    Verdict.TAKEN: "delivered",
    Verdict.LATER: "try_later",
    Verdict.REFUSED: "refused",
    Verdict.UNSURE: "cut",
}


def _round(store: Store, transport: Transport, how: Round, due: list[int]) -> Progress:
    progress = Progress(due=len(due))
    for place, mail_id in enumerate(due):
        if place:
            how.wait(60 / how.per_minute)
        if how.stopped():
            break
        answer = _hand_over(store, transport, how.sender, mail_id)
        if answer is None:
            continue
        progress = progress.plus(answer.verdict)
        how.report(progress)
        if answer.connection_lost and (trouble := _trouble_with(transport)):
            return replace(progress, trouble=trouble)
    return progress


def _hand_over(
    store: Store, transport: Transport, sender: Sender | None, mail_id: int
) -> Answer | None:
    own = store.read(partial(sender_of, mail_id=mail_id, asked=sender))
    message = store.read(partial(message_of, mail_id=mail_id, sender=own))
    try:
        envelope, unwritable = enveloped(message), ""
    except RuleBroken as broken:
        envelope, unwritable = None, broken.sentence()
    title = _("Send “{subject}”").format(subject=message.subject)
    beginning = partial(begin, mail_id=mail_id, message_id=message.message_id)
    if not store.change(title, beginning, final=True).value:
        return None
    answer = transport.send(envelope) if envelope else Answer(Verdict.REFUSED, unwritable)
    keeping = partial(record, mail_id=mail_id, answer=answer)
    store.change(_("Keep what the mail server answered"), keeping, final=True)
    return answer


def _trouble_with(transport: Transport) -> str:
    try:
        transport.ready()
    except Unreachable as trouble:
        return trouble.sentence()
    return ""


def _would_overtake(session: DbSession, mail: Mail) -> bool:
    """Whether an earlier mail to the same address has to go first.

    One that is leaving always has to; of those that wait for a person, only an invitation before an
    invitation: no cancellation passes what it cancels.
    """
    earlier = select(Mail.id).where(
        func.lower(Mail.address) == mail.address.lower(), Mail.id < mail.id
    )
    if session.scalar(earlier.where(Mail.state.in_(LEAVING)).limit(1)) is not None:
        return True
    invites = exists().where(MailPart.mail_id == Mail.id, MailPart.method.in_(INVITING))
    undecided = earlier.where(Mail.state.in_((S.DRAFT, S.APPROVED)), invites)
    is_invitation = any(part.method in INVITING for part in mail.parts)
    return is_invitation and session.scalar(undecided.limit(1)) is not None
