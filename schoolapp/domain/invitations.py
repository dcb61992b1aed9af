"""Invitations: what a person was sent, what came back, and answers to be checked."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base import clock
from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    UtcMoment,
    Versioned,
    link,
    maybe,
)
from schoolapp.domain.data_map import GOES, Account, Counted, Plain, Sent, Words
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from schoolapp.domain.workflow import Step, Workflow

REPLY_SUFFIXES = (".ics", ".eml")
"""The endings of files that may hold answers."""
LARGEST_REPLY_FILE = 20_000_000
"""Octets of such a file that are read; readers have smaller limits of their own."""


class PartStat(enum.StrEnum):
    """The last answer to an invitation (RFC 5545, 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


class InvitationState(enum.StrEnum):
    """Where an invitation stands: what was sent, and the answer to that."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    UNDELIVERABLE = "undeliverable"
    CANCELLED = "cancelled"


S = InvitationState
ANSWERS = {
    PartStat.NEEDS_ACTION: S.SENT,
    PartStat.ACCEPTED: S.ACCEPTED,
    PartStat.TENTATIVE: S.TENTATIVE,
    PartStat.DECLINED: S.DECLINED,
}
"""The state that an answer leads to; ``NEEDS-ACTION`` is not an answer yet."""
REPLY_STEPS = {
    PartStat.ACCEPTED: "reply_accept",
    PartStat.TENTATIVE: "reply_tentative",
    PartStat.DECLINED: "reply_decline",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """When and where something is, in wall time with its zone: what an invitation says.

    Two that are equal need no mail: a new title alone sends nothing.
    """

    start: dt.datetime
    end: dt.datetime
    tz: str
    place: str
    fold_start: int = 0
    fold_end: int = 0

    def text(self) -> str:
        """The same as one line, as ``Invitation.told`` keeps it."""
        times = (moment.isoformat(timespec="minutes") for moment in (self.start, self.end))
        return " ".join((*times, f"{self.fold_start}{self.fold_end}", self.tz, self.place))

    @classmethod
    def parse(cls, text: str) -> "Placed":
        """The opposite of ``text``."""
        start, end, folds, tz, place = text.split(" ", 4)
        return cls(
            start=dt.datetime.fromisoformat(start),
            end=dt.datetime.fromisoformat(end),
            tz=tz,
            place=place,
            fold_start=int(folds[0]),
            fold_end=int(folds[1]),
        )


class Invitation(Keyed, kw_only=True, eq=False, repr=False):
    """What every invitation remembers of the last mail, and of the last answer to it.

    ``method`` is ``REQUEST`` or ``CANCEL`` (RFC 5546), empty before anything was sent; ``sent`` is
    ``bundle`` (in the first mail with the whole programme) or ``update``. ``told`` holds the
    times and the place that were sent, ``stamp`` the DTSTAMP, ``address`` where it went,
    ``organizer`` the address that it names as organiser; all four are None for one that came in
    with a package. ``error`` is what the server said about a mail
    that bounced. ``answered`` is the DTSTAMP of the last reply that was applied (an older one
    changes nothing), ``comment`` what came with it. An answer is never attendance.
    """

    steps: ClassVar[tuple[()]] = ()  # no record of steps: the journal holds the history
    sequence: Mapped[Counted[int]]
    method: Mapped[Counted[str]]
    partstat: Mapped[Counted[PartStat]]
    sent: Mapped[Counted[str]]
    told: Mapped[Sent[str | None]] = mapped_column(default=None)
    stamp: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    address: Mapped[Sent[str | None]] = mapped_column(default=None)
    organizer: Mapped[Sent[str | None]] = mapped_column(default=None)
    error: Mapped[Sent[str | None]] = mapped_column(default=None)
    answered: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    comment: Mapped[Words[str | None]] = mapped_column(default=None)

    @property
    def state(self) -> InvitationState:
        """The state in the workflow, which follows from what was sent and what came back."""
        if not self.method:
            return S.NOT_SENT
        if self.method == "CANCEL":
            return S.CANCELLED
        return S.UNDELIVERABLE if self.error is not None else ANSWERS[self.partstat]

    @state.setter
    def state(self, state: InvitationState) -> None:
        if state is S.UNDELIVERABLE:
            self.error = self.error or ""
            return
        self.error = None
        if state is S.CANCELLED:
            self.method = "CANCEL"
            return
        self.method = "" if state is S.NOT_SENT else "REQUEST"
        answer = next((answer for answer, result in ANSWERS.items() if result is state), None)
        self.partstat = answer or PartStat.NEEDS_ACTION


class SessionInvitation(Invitation, Base):
    """The invitation of one person to one session as it was last sent.

    ``beyond_stay``: a package invited the person although the session lies outside their stay;
    that alone never removes them from it.
    """

    __tablename__ = "invite"
    __table_args__ = (UniqueConstraint("session_id", "person_id"), AUTOINCREMENT)
    session_id: Mapped[int] = link("session.id")
    person_id: Mapped[int] = link("person.id", GOES)
    beyond_stay: Mapped[Counted[bool | None]] = mapped_column(default=None)
    session: Mapped[Session] = relationship(default=None)
    person: Mapped[Person] = relationship(default=None)


class GatheringInvitation(Invitation, Base):
    """The invitation of one person to a gathering as a whole, as it was last sent."""

    __tablename__ = "gathering_invite"
    __table_args__ = (UniqueConstraint("gathering_id", "person_id"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", GOES)
    gathering: Mapped[Gathering] = relationship(default=None)
    person: Mapped[Person] = relationship(default=None)


class HeldState(enum.StrEnum):
    """What a person decided about a reply that the program did not apply."""

    WAITING = "waiting"
    APPLIED = "applied"
    DISMISSED = "dismissed"


class HeldReply(Versioned, Base):
    """A reply that matches no rule: it waits here, with the reason, until a person decides.

    ``why`` is a message marked for translation, ``values`` what fills it. ``person_id`` and
    the session or the gathering are known as far as the reply could be matched. ``digest``
    identifies the same reply that comes in again.
    """

    __tablename__ = "held_reply"
    steps: ClassVar[tuple[()]] = ()  # as for invitations
    digest: Mapped[Sent[str]] = mapped_column(unique=True)
    file: Mapped[Words[str]]
    method: Mapped[Counted[str]]
    uid: Mapped[Sent[str]]
    attendee: Mapped[Words[str]]
    why: Mapped[Counted[str]]
    values: Mapped[Words[dict[str, str]]] = mapped_column(default_factory=dict)
    participation: Mapped[Counted[str | None]] = mapped_column(default=None)
    comment: Mapped[Words[str | None]] = mapped_column(default=None)
    stamp: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    received: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment, default_factory=clock.now)
    session_id: Mapped[int | None] = maybe("session.id")
    gathering_id: Mapped[int | None] = maybe("gathering.id")
    person_id: Mapped[int | None] = maybe("person.id", GOES)
    state: Mapped[Counted[HeldState]] = mapped_column(default=HeldState.WAITING)


class MailboxMark(Keyed, Base):
    """How far a folder of a mailbox was read for answers.

    ``validity`` is its UIDVALIDITY (RFC 3501, 2.3.1.1): where the server has another one now, the
    numbers of its mails mean nothing any more. ``last_uid`` is the last mail that was read.
    """

    __tablename__ = "mailbox_mark"
    __table_args__ = (UniqueConstraint("server", "user", "folder"), AUTOINCREMENT)
    server: Mapped[Plain[str]]
    user: Mapped[Account[str]]
    folder: Mapped[Plain[str]]
    validity: Mapped[Plain[int]] = mapped_column(BigInteger)
    last_uid: Mapped[Plain[int]] = mapped_column(BigInteger)


HELD_REPLY = Workflow(
    name="held_reply",
    initial=HeldState.WAITING,
    steps=(
        Step(HeldState.WAITING, "apply", HeldState.APPLIED),
        Step(HeldState.WAITING, "dismiss", HeldState.DISMISSED),
    ),
)
STANDING = (S.SENT, S.ACCEPTED, S.TENTATIVE, S.DECLINED)
INVITATION = Workflow(
    name="invite",
    initial=S.NOT_SENT,
    steps=(
        Step(S.NOT_SENT, "send", S.SENT),
        *(Step(state, "reply_accept", S.ACCEPTED) for state in (*STANDING, S.UNDELIVERABLE)),
        *(Step(state, "reply_tentative", S.TENTATIVE) for state in (*STANDING, S.UNDELIVERABLE)),
        *(Step(state, "reply_decline", S.DECLINED) for state in (*STANDING, S.UNDELIVERABLE)),
        *(Step(state, "session_changed", S.SENT) for state in STANDING),
        *(Step(state, "session_cancelled", S.CANCELLED) for state in (*STANDING, S.UNDELIVERABLE)),
        *(Step(state, "bounce", S.UNDELIVERABLE) for state in STANDING),
        Step(S.UNDELIVERABLE, "new_address", S.NOT_SENT),
        # somebody who was taken off a session is put back on it
        Step(S.CANCELLED, "invite_again", S.SENT),
    ),
)
