"""Reads answers from a mailbox: each mail once, whatever becomes of connection or machine.

Mails are read with no transaction open; then their answers are judged in one change, and then it
is noted how far the folder was read. A machine that stops between the two reads those mails again:
answers that are known already change nothing.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import sqlalchemy as sa

from schoolapp.base.language import _, mark
from schoolapp.domain.invitations import GatheringInvitation, MailboxMark, SessionInvitation
from schoolapp.exchange.calendars.replies import NO_CALENDAR, Reply, Trouble
from schoolapp.exchange.calendars.reply_mails import (
    LARGEST_MAIL,
    NOT_GIVEN,
    TOO_LARGE_TO_FETCH,
    read_mail,
    unread_mail,
)
from schoolapp.exchange.mail.imap import Head, ImapFolder, Unreadable
from schoolapp.exchange.mail.mailbox import Mailbox
from schoolapp.exchange.mail.transport import Unreachable
from schoolapp.operations.invitations.answering import take_replies
from schoolapp.operations.invitations.judgements import Incoming, Judged
from schoolapp.storage.store import DbSession, Store

UNREADABLE = mark("The server's answer is no IMAP. What was read is kept; try again later.")
TOO_MANY = mark(
    "The server cannot tell which mails are new: there may be too many. Choose a folder that holds"
    " answers alone."
)
BATCH = 200  # mails that are read before what they say is stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """How far a reading is: of ``total`` new mails ``looked`` at, and what became of them.

    ``renumbered``: the server renumbered its mails, so that all were read again. ``trouble`` says
    why it ended early; what was read until then is kept.
    """

    total: int = 0
    looked: int = 0
    judged: tuple[Judged, ...] = ()
    renumbered: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How to read: ``report`` is called after each mail, ``stopped`` ends it; ``apply`` stores."""

    apply: bool
    report: Callable[[Fetched], object] = lambda fetched: None
    stopped: Callable[[], bool] = lambda: False


class _DryRun(Exception):
    """Ends a change whose outcome only had to be seen, so that nothing of it is kept."""


def judge(store: Store, incoming: Sequence[Incoming], *, apply: bool) -> list[Judged]:
    """Judge answers as one step; without ``apply`` the outcome is the same and nothing is kept."""
    judged: list[Judged] = []

    def work(session: DbSession) -> None:
        judged.extend(take_replies(session, incoming=incoming))
        if not apply:
            raise _DryRun

    with suppress(_DryRun):
        store.change(_("Read answers to invitations"), work)
    return judged


def fetch_replies(store: Store, folder: ImapFolder, how: Fetching) -> Fetched:
    """Read what came in since the last time; ``Unreachable`` if the folder cannot be opened.

    The first time, and after the server has renumbered its mails, all are read that came since
    the first invitation went out.
    """
    validity, box = folder.validity(), folder.box
    known = store.read(partial(_mark_of, box=box))
    after = known[1] if known is not None and known[0] == validity != 0 else 0
    since = None if after else store.read(_first_invitation)
    uids = _numbers(folder, after, since)
    fetched = Fetched(total=len(uids), renumbered=known is not None and not after)
    found: list[Incoming] = []
    for start in range(0, len(uids), BATCH):
        taken = _Batch(folder, how, fetched)
        found += taken.read(uids[start : start + BATCH])
        fetched = taken.fetched
        if how.apply:
            fetched = replace(fetched, judged=(*fetched.judged, *judge(store, found, apply=True)))
            _note(store, box, validity, taken.last)
            found = []
        if taken.is_over:
            break
    if not how.apply:
        fetched = replace(fetched, judged=tuple(judge(store, found, apply=False)))
    return fetched


def _numbers(folder: ImapFolder, after: int, since: dt.date | None) -> list[int]:
    try:
        return folder.uids(after, since)
    except Unreadable:
        raise Unreachable(TOO_MANY) from None


class _Batch:
    """Reads some mails in their order, and knows after which one it ended."""

    def __init__(self, folder: ImapFolder, how: Fetching, fetched: Fetched) -> None:
        self._folder, self._how = folder, how
        self.fetched, self.last, self.is_over = fetched, 0, False

    def read(self, uids: Sequence[int]) -> list[Incoming]:
        """What these mails say, up to the first one that did not arrive whole."""
        found: list[Incoming] = []
        try:
            heads = self._folder.heads(uids)
            for uid in uids:
                if self._how.stopped():
                    self.is_over = True
                    break
                if uid in heads:  # else it was removed meanwhile
                    found += self._incoming(heads[uid])
                self.last = uid
                self.fetched = replace(self.fetched, looked=self.fetched.looked + 1)
                self._how.report(self.fetched)
        except Unreachable as trouble:
            self.fetched = replace(self.fetched, trouble=trouble.sentence())
            self.is_over = True
        except Unreadable:
            self.fetched = replace(self.fetched, trouble=_(UNREADABLE))
            self.is_over = True
        return found

    def _incoming(self, head: Head) -> Iterator[Incoming]:
        name = self._folder.box.name_of(self._folder.validity(), head.uid)
        if not head.may_answer:
            yield Incoming(name, Reply(trouble=Trouble(NO_CALENDAR)))
            return
        data = self._fetch(head)
        if isinstance(data, Trouble):
            yield Incoming(name, unread_mail(self._folder.fetch_top(head.uid), data))
        elif data is not None:
            content = hashlib.sha256(data).hexdigest()
            for reply in read_mail(data):
                if reply.refused and reply.trouble is not None:  # nobody else has this mail open
                    reply = unread_mail(data, reply.trouble)
                yield Incoming(name, reply, content)

    def _fetch(self, head: Head) -> bytes | Trouble | None:
        too_large = Trouble(TOO_LARGE_TO_FETCH, {"limit": "2 MB"})
        if head.size > LARGEST_MAIL:
            return too_large
        try:
            data = self._folder.fetch(head.uid)
        except Unreadable:
            return Trouble(NOT_GIVEN)
        return too_large if data is not None and len(data) > LARGEST_MAIL else data


def _mark_of(session: DbSession, *, box: Mailbox) -> tuple[int, int] | None:
    """UIDVALIDITY and the last mail that was read."""
    m = MailboxMark
    return session.execute(sa.select(m.validity, m.last_uid).where(*_is_box(box))).first()


def _first_invitation(session: DbSession) -> dt.date | None:
    """The day before which nobody can have answered; None if that is not known.

    Invitations that came in with a package carry no date. The day before is taken, because a
    server counts days by its own clock (RFC 3501, SINCE).
    """
    moments = []
    for table in (SessionInvitation, GatheringInvitation):
        first, undated = session.execute(
            sa.select(
                sa.func.min(table.stamp),
                sa.func.count() - sa.func.count(table.stamp),
            ).where(table.method != "")
        ).one()
        if undated:
            return None
        if first is not None:
            moments.append(first)
    return min(moments).date() - dt.timedelta(days=1) if moments else None


def _note(store: Store, box: Mailbox, validity: int, last: int) -> None:
    """Keep how far the folder was read; undoing what an answer changed does not read it again."""
    if last:
        work = partial(_keep_mark, box=box, validity=validity, last=last)
        store.change(_("Note how far a mailbox was read"), work, final=True)


def _keep_mark(session: DbSession, *, box: Mailbox, validity: int, last: int) -> None:
    mark = session.scalars(sa.select(MailboxMark).where(*_is_box(box))).one_or_none()
    if mark is None:
        session.add(
            MailboxMark(
                server=box.server,
                user=box.user,
                folder=box.folder,
                validity=validity,
                last_uid=last,
            )
        )
        return
    same = mark.validity == validity
    mark.validity, mark.last_uid = validity, max(last, mark.last_uid if same else 0)


def _is_box(box: Mailbox) -> tuple[sa.ColumnElement[bool], ...]:
    m = MailboxMark
    return (m.server == box.server, m.user == box.user, m.folder == box.folder)
