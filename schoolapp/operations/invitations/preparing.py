"""Prepares what is due as drafts in the outbox: composed, in the recipient's language, counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select

from schoolapp.base.language import _, in_language, plural
from schoolapp.domain.invitations import Placed
from schoolapp.domain.mail import MAIL, Mail, MailState
from schoolapp.domain.programme import SESSION, Session, SessionState
from schoolapp.domain.senders import may_write
from schoolapp.domain.workflow import take
from schoolapp.exchange.calendars import CalendarPerson
from schoolapp.exchange.calendars.inviting import CANCEL, REQUEST, Invitations, Recipient, merged
from schoolapp.exchange.calendars.mail_words import PROGRAMME_FILE, Letter, Letters, Slot
from schoolapp.exchange.mail.message import Enclosure
from schoolapp.operations.invitations.due import Due, DueMail, Kind, what_is_due
from schoolapp.operations.invitations.facts import (
    OCCASIONS,
    InvitationFacts,
    Standing,
    invitation_facts,
    placed,
)
from schoolapp.operations.invitations.rows import SPEAKER
from schoolapp.operations.invitations.tells import GatheringTold, SessionTold, Tells
from schoolapp.operations.mail.drafting import write_draft
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

CALENDAR = "text/calendar"
INVITATION_FILE = "invite.ics"
REMINDER = "reminder"
"""The occasion of a reminder; sending it says nothing new, so nothing is recorded."""
REPLACEABLE = (MailState.DRAFT, MailState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many mails are due, of which kind, and how many people cannot be reached by mail."""

    mails: int
    kinds: Mapping[Kind, int]
    without_address: int

    def sentence(self) -> str:
        """All of it in one sentence, as it is shown before anything is sent."""
        if not self.mails and not self.without_address:
            return _("Nothing is due: everybody is up to date.")
        count = self.kinds.get
        parts = [
            plural("{number} mail", "{number} mails", self.mails).format(number=self.mails),
            _("{first} first invitations, {new} new, {changed} changed, {off} cancelled").format(
                first=count(Kind.PROGRAMME, 0),
                new=count(Kind.INVITATION, 0),
                changed=count(Kind.CHANGED, 0) + count(Kind.GATHERING_CHANGED, 0),
                off=sum(count(k, 0) for k in (Kind.CANCELLED, Kind.REMOVED, Kind.FAREWELL)),
            ),
            plural(
                "{number} person without an address",
                "{number} people without an address",
                self.without_address,
            ).format(number=self.without_address),
        ]
        return "; ".join(parts) + "."


@dataclass(frozen=True, slots=True)
class PreparedMail:
    """A mail that is due, composed: what ``write_draft`` takes, and for whom it is."""

    due: DueMail
    language: str
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...]
    tells: Tells


@dataclass(frozen=True, slots=True)
class Prepared:
    """The drafts that now wait in the outbox, and what they count up to."""

    mails: tuple[int, ...]
    numbers: Numbers


def count_due(due: Due) -> Numbers:
    """The numbers that a coordinator sees before sending."""
    kinds = Counter(mail.kind for mail in due.mails)
    return Numbers(
        mails=len(due.mails), kinds=dict(kinds), without_address=len(due.without_address)
    )


class FactsAndDue(NamedTuple):
    """What is due, and the facts that it follows from."""

    facts: InvitationFacts
    due: Due


def invitations_due(session: DbSession, *, gathering_id: int) -> FactsAndDue:
    """What is due now and what it follows from; composes and writes nothing."""
    facts = invitation_facts(session, gathering_id=gathering_id)
    return FactsAndDue(facts, what_is_due(facts))


def prepare_invitations(session: DbSession, *, gathering_id: int) -> Prepared:
    """Publish what is confirmed and put what is due into the outbox as drafts.

    Drafts of an earlier preparation that still say the same stay as they are; others are
    discarded and written again. Nothing counts as sent before it is.
    """
    facts, due = invitations_due(session, gathering_id=gathering_id)
    waiting = {
        _signature(Tells.of(mail.tells), mail.text): mail
        for mail in drafts_of(session, gathering_id)
    }
    writer = Writer(facts)
    ids = []
    for mail in due.mails:
        ready = writer.compose(mail)
        kept = waiting.pop(_signature(ready.tells, ready.text), None)
        ids.append(kept.id if kept is not None else write(session, gathering_id, ready))
    for stale in waiting.values():
        take(MAIL, stale, "discard", by=actor_of(session))
    _publish(session, facts, due)
    session.flush()
    return Prepared(tuple(ids), count_due(due))


def drafts_of(session: DbSession, gathering_id: int) -> list[Mail]:
    """The drafts about invitations that wait in the outbox and may still be replaced."""
    query = (
        select(Mail)
        .where(Mail.gathering_id == gathering_id, Mail.occasion.in_(OCCASIONS))
        .where(Mail.state.in_(REPLACEABLE))
        .order_by(Mail.id)
    )
    return list(session.scalars(query))


def _signature(tells: Tells, text: str) -> tuple[Tells, str]:
    """What makes two mails the same, whenever they were made."""
    return replace(tells, stamp=""), text


def write(
    session: DbSession, gathering_id: int, ready: PreparedMail, occasion: str | None = None
) -> int:
    """Put a composed mail into the outbox; ``occasion`` is that of its kind if none is named."""
    return write_draft(
        session,
        occasion=occasion or ready.due.kind.value,
        language=ready.language,
        address=ready.due.address,
        subject=ready.subject,
        text=ready.text,
        gathering_id=gathering_id,
        person_id=ready.due.people[0],
        enclosures=ready.enclosures,
        tells=ready.tells.kept(),
    )


def _publish(session: DbSession, facts: InvitationFacts, due: Due) -> None:
    """A confirmed session that goes out to people is published (S17)."""
    uids = {uid for mail in due.mails for uid in mail.uids}
    ids = [facts.slots[uid].id for uid in uids]
    chosen = select(Session).where(Session.id.in_(ids), Session.state == SessionState.CONFIRMED)
    for slot in session.scalars(chosen.order_by(Session.id)):
        take(SESSION, slot, "publish", by=actor_of(session))


class Voice(NamedTuple):
    """Calendars and words in the name of one organiser."""

    calendars: Invitations
    letters: Letters


class Writer:
    """Composes mails about the invitations of one gathering, at one moment."""

    def __init__(self, facts: InvitationFacts) -> None:
        self._facts = facts
        self._voices: dict[str, Voice] = {}

    def compose(self, mail: DueMail) -> PreparedMail:
        """The mail as its recipient gets it."""
        people = [self._facts.readers[p] for p in mail.people]
        language = people[0].language
        with in_language(language):
            letter = self._letter(mail, tuple(person.name for person in people))
        return PreparedMail(
            due=mail,
            language=language,
            subject=letter.subject,
            text=letter.text,
            enclosures=self._enclosures(mail, people, language),
            tells=self._tells(mail),
        )

    def remind(self, mail: DueMail) -> PreparedMail:
        """The same invitation again, with words that ask for the answer."""
        made = self.compose(mail)
        names = tuple(self._facts.readers[p].name for p in mail.people)
        with in_language(made.language):
            letter = self._voice(mail).letters.reminder(names, self._slot(mail))
        return replace(made, subject=letter.subject, text=letter.text)

    def _letter(self, mail: DueMail, names: tuple[str, ...]) -> Letter:
        letters = self._voice(mail).letters
        match mail.kind:
            case Kind.PROGRAMME:
                return letters.programme(names, len(mail.uids))
            case Kind.FAREWELL:
                return letters.farewell(names, whole=mail.whole)
            case Kind.GATHERING_CHANGED:
                return letters.gathering_changed(names, mail.was or self._facts.whole)
        slot = self._slot(mail)
        match mail.kind:
            case Kind.INVITATION:
                return letters.invitation(names, slot, mail.role)
            case Kind.CHANGED:
                return letters.changed(names, slot, mail.was)
            case Kind.CANCELLED:
                return letters.cancelled(names, slot)
        return letters.removed(names, slot)

    def _slot(self, mail: DueMail) -> Slot:
        uid = mail.uid or ""
        session = self._facts.slots[uid].calendar
        return Slot(session=session, at=placed(session, self._room(mail)))

    def _room(self, mail: DueMail) -> str | None:
        """The room of the own group, if all who read the mail share it."""
        rooms = {self._facts.readers[p].rooms.get(mail.uid or "") for p in mail.people}
        return rooms.pop() if len(rooms) == 1 else None

    def _enclosures(
        self, mail: DueMail, people: Sequence[CalendarPerson], language: str
    ) -> tuple[Enclosure, ...]:
        to = Recipient(
            address=mail.address,
            names=tuple(person.name for person in people),
            language=language,
            reads=tuple(dict.fromkeys(tag for person in people for tag in person.reads)),
            role="CHAIR" if mail.role == SPEAKER else "REQ-PARTICIPANT",
        )
        calendars, uid = self._voice(mail).calendars, mail.uid or ""
        reader = replace(merged(people), language=language)
        match mail.kind:
            case Kind.PROGRAMME:
                whole = calendars.gathering_request(to, mail.sequence)
                mine = calendars.programme(reader, mail.uids) if mail.uids else None
                return (_inviting(whole, REQUEST), *_attached(mine))
            case Kind.FAREWELL:
                whole = calendars.gathering_cancel(to, mail.sequence, whole=mail.whole)
                off = calendars.withdrawn(reader, mail.uids) if mail.uids else None
                return (_inviting(whole, CANCEL), *_attached(off))
            case Kind.GATHERING_CHANGED:
                return (_inviting(calendars.gathering_request(to, mail.sequence), REQUEST),)
            case Kind.CANCELLED | Kind.REMOVED:
                off = calendars.cancel(uid, to, mail.sequence, whole=mail.whole)
                return (_inviting(off, CANCEL),)
        return (_inviting(calendars.request(uid, to, mail.sequence, self._room(mail)), REQUEST),)

    def _tells(self, mail: DueMail) -> Tells:
        """What its people will know once the mail is sent, for ``record_sent``."""
        off = mail.kind in (Kind.FAREWELL, Kind.CANCELLED, Kind.REMOVED)
        whole = mail.uid is None
        return Tells(
            method=CANCEL if off else REQUEST,
            stamp=self._facts.now.isoformat(),
            sessions=tuple(
                SessionTold(self._facts.slots[uid].id, p, mail.uids[uid], self._place_text(uid, p))
                for p in mail.people
                for uid in sorted(mail.each.get(p, ()))
            ),
            gathering=tuple(
                GatheringTold(p, mail.sequence, self._facts.whole.text())
                for p in mail.people
                if whole
            ),
            organizer=self._organizer(mail),
        )

    def _voice(self, mail: DueMail) -> Voice:
        """Words and calendars in the name of the organiser of this mail."""
        organizer, calendar = self._organizer(mail), self._facts.calendar
        if organizer not in self._voices:
            named = replace(calendar.gathering, organizer_address=organizer)
            calendars = Invitations(named, calendar.sessions, self._facts.now)
            self._voices[organizer] = Voice(calendars, Letters(named))
        return self._voices[organizer]

    def _organizer(self, mail: DueMail) -> str:
        """The organiser: of what somebody was invited to, it stays the same until it is called off.

        A calendar takes changes only from the organiser that it knows (RFC 5546, 2.1.1). Where
        that address only stands in examples, nobody real has ever heard from it.
        """
        known = (self._standing(mail, p) for p in mail.people)
        kept = (row.organizer or "" for row in known if row is not None and row.invited)
        now = self._facts.calendar.gathering.organizer_address
        return next((one for one in kept if may_write(one, mail.address)), now)

    def _standing(self, mail: DueMail, p: int) -> Standing | None:
        """What this person was last sent about the session, or the gathering, of a mail."""
        if mail.uid is not None:
            return self._facts.sent.get((mail.uid, p))
        return self._facts.sent_whole.get(p)

    def _place_text(self, uid: str, p: int) -> str:
        at: Placed = self._facts.placed(uid, p)
        return at.text()


def _inviting(content: bytes, method: str) -> Enclosure:
    return Enclosure(name=INVITATION_FILE, media_type=CALENDAR, content=content, method=method)


def _attached(content: bytes | None) -> tuple[Enclosure, ...]:
    if content is None:
        return ()
    return (Enclosure(name=PROGRAMME_FILE, media_type=CALENDAR, content=content, method="PUBLISH"),)
