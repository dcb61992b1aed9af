"""Judges what came back: applied, held for a person to decide, ignored or refused, with a reason.

An answer sets the participation of the person and the session (or gathering) that it names, and
nothing else. What does not match goes to a list with the reason; nothing is dropped silently.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from schoolapp.base.language import _, mark
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.invitations import (
    INVITATION,
    REPLY_STEPS,
    GatheringInvitation,
    HeldReply,
    HeldState,
    Invitation,
    InvitationState,
    PartStat,
    SessionInvitation,
)
from schoolapp.domain.people import OtherAddress, Person
from schoolapp.domain.programme import Session
from schoolapp.domain.workflow import take
from schoolapp.exchange.calendars.inviting import gathering_uid
from schoolapp.exchange.calendars.replies import NO_CALENDAR, Reply, Trouble
from schoolapp.operations.invitations.judgements import Incoming, Judged, Outcome
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


@dataclass(slots=True)
class _Case:
    """An answer on its way to a judgement, and what it could be matched to so far."""

    incoming: Incoming
    session: int | None = None
    gathering: int | None = None
    person: Person | None = None
    row: Invitation | None = None


@dataclass(frozen=True, slots=True)
class _Verdict:
    outcome: Outcome
    why: Trouble


@dataclass(slots=True)
class _Known:
    """What the answers of one batch can be matched to, loaded at once."""

    sessions: dict[str, int] = field(default_factory=dict)
    gatherings: dict[str, int] = field(default_factory=dict)
    rows: dict[str, list[tuple[Invitation, Person]]] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)
    held: dict[str, HeldState] = field(default_factory=dict)


def take_replies(session: DbSession, *, incoming: Sequence[Incoming]) -> list[Judged]:
    """Judge the answers in their order, apply those in order, and list those to be looked at.

    Nothing is committed here: a caller that only wants to see the outcome rolls back.
    """
    known = _load(session, [one.reply for one in incoming])
    return [_judge(session, known, one) for one in incoming]


def why_sentence(message: str, values: Mapping[str, str]) -> str:
    """A reason in the language in use; values whose key ends in ``_`` are messages themselves."""
    words = {
        key.removesuffix("_"): _(value) if key.endswith("_") else value
        for key, value in values.items()
    }
    return _(message).format(**words)


def _judge(session: DbSession, known: _Known, one: Incoming) -> Judged:
    case = _Case(one)
    verdict = _verdict(known, case)
    if verdict.outcome is Outcome.HELD and _is_decided(known, case, verdict.why):
        verdict = _ignored(mark("Somebody has decided about this answer already."))
    if verdict.outcome is Outcome.APPLIED:
        apply_answer(session, case.row, one.reply)
    elif verdict.outcome is Outcome.HELD:
        _hold(session, known, case, verdict.why)
    return Judged(
        file=one.file,
        method=one.reply.method,
        uid=one.reply.uid,
        person=case.person.uid if case.person is not None else None,
        outcome=verdict.outcome,
        participation=one.reply.participation,
        why=why_sentence(verdict.why.message, verdict.why.values),
    )


def apply_answer(session: DbSession, row: Invitation | None, reply: Reply) -> None:
    """Set the participation of this one invitation to what the answer says."""
    assert row is not None
    assert reply.participation is not None
    take(INVITATION, row, REPLY_STEPS[PartStat(reply.participation)], by=actor_of(session))
    row.answered, row.comment = reply.stamp, reply.comment or None


def _verdict(known: _Known, case: _Case) -> _Verdict:
    """The first reason that speaks against applying the answer, else that it is applied."""
    for look in (_unread, _no_answer, _unknown, _nobody, _foreign, _untimely, _unclear):
        if (found := look(known, case)) is not None:
            return found
    return _Verdict(Outcome.APPLIED, Trouble(mark("It is the answer of the person invited.")))


def _held(message: str, **values: str) -> _Verdict:
    return _Verdict(Outcome.HELD, Trouble(message, values))


def _ignored(message: str, **values: str) -> _Verdict:
    return _Verdict(Outcome.IGNORED, Trouble(message, values))


def _unread(known: _Known, case: _Case) -> _Verdict | None:
    reply = case.incoming.reply
    if reply.trouble is None:
        return None
    if reply.refused:
        return _Verdict(Outcome.REFUSED, reply.trouble)
    ignored = reply.trouble.message == NO_CALENDAR
    return _Verdict(Outcome.IGNORED if ignored else Outcome.HELD, reply.trouble)


NO_ANSWERS = frozenset({"", "PUBLISH", "REQUEST", "CANCEL", "ADD", "DECLINECOUNTER"})


def _no_answer(known: _Known, case: _Case) -> _Verdict | None:
    reply = case.incoming.reply
    if reply.method in NO_ANSWERS:
        return _ignored(mark("It is not an answer to an invitation."))
    _match(known, case)
    if reply.method == "COUNTER":
        return _held(mark("It proposes another time or place. Nothing was changed: decide on it."))
    if reply.method == "REFRESH":
        return _held(mark("It asks for the invitation again. Send it from the programme."))
    if reply.method != "REPLY":
        return _held(mark("The kind of message “{method}” is not known."), method=reply.method)
    if reply.kind != "VEVENT":
        return _held(mark("It answers a task or a question for free time, not an invitation."))
    return None


def _match(known: _Known, case: _Case) -> None:
    """Find the session or the gathering, and the person, as far as the answer names one."""
    reply = case.incoming.reply
    case.session = known.sessions.get(reply.uid)
    case.gathering = known.gatherings.get(reply.uid)
    if len(reply.attendees) != 1:
        return
    [address] = reply.attendees
    rows = [(row, p) for row, p in known.rows.get(reply.uid, ()) if address in _addresses(row, p)]
    if len(rows) == 1:
        case.row, case.person = rows[0]
        return
    people = known.people.get(address, [])
    if not rows and len(people) == 1:
        [case.person] = people


def _addresses(row: Invitation, person: Person) -> set[str]:
    """Where this invitation went, and where it would go now."""
    return {text.strip().casefold() for text in (row.address, person.email) if text}


def _unknown(known: _Known, case: _Case) -> _Verdict | None:
    reply = case.incoming.reply
    if not reply.uid:
        return _held(mark("It does not say which invitation it answers."))
    if case.session is None and case.gathering is None:
        return _held(mark("It answers an invitation that is not known here."))
    if not reply.attendees:
        return _held(mark("It does not say who answers."))
    if len(reply.attendees) > 1:
        return _held(mark("It answers for several people at once."))
    return None


def _nobody(known: _Known, case: _Case) -> _Verdict | None:
    """The sender was not invited under this address."""
    if case.row is not None:
        return None
    reply = case.incoming.reply
    [address] = reply.attendees
    rows = known.rows.get(reply.uid, ())
    if any(address in _addresses(row, person) for row, person in rows):
        return _held(
            mark("Several people read {address}: say whose answer it is."), address=address
        )
    if case.person is not None and any(p is case.person for _row, p in rows):
        return _held(
            mark("{address} is another address of {name} than the one invited."),
            address=address,
            name=case.person.display_name,
        )
    return _held(mark("{address} was not invited to this."), address=address)


def _foreign(known: _Known, case: _Case) -> _Verdict | None:
    """The mail does not come from the person who answers."""
    reply = case.incoming.reply
    [address] = reply.attendees
    if reply.sender is None or (reply.sender == address and reply.senders == 1):
        if not reply.unproved:
            return None
        return _held(
            mark("The mail does not prove that it comes from {address} (DMARC)."), address=address
        )
    if reply.senders == 1 and reply.sender == reply.sent_by:
        return _held(
            mark("{sender} answers on behalf of {address}."), sender=reply.sender, address=address
        )
    return _held(
        mark("The mail comes from {sender}, but the answer is that of {address}."),
        sender=reply.sender or "–",
        address=address,
    )


def _untimely(known: _Known, case: _Case) -> _Verdict | None:
    """It answers an older invitation than the last one, or is older than the last answer."""
    reply, row = case.incoming.reply, case.row
    assert row is not None
    if row.state in (InvitationState.CANCELLED, InvitationState.NOT_SENT):
        return _held(mark("It answers an invitation that was cancelled since."))
    if reply.bad:
        return _held(mark("Its {what} is broken, so nobody knows what it answers."), what=reply.bad)
    number = reply.sequence or 0  # none means 0 (RFC 5545, 3.8.7.4)
    if number < row.sequence:
        return _held(
            mark(
                "It answers an older state of the invitation: the time or place has changed since."
            )
        )
    if number > row.sequence:
        return _held(mark("It answers a state of the invitation that was never sent."))
    if reply.stamp is None:
        return _held(mark("It does not say when it was made (DTSTAMP)."))
    if row.answered is not None and reply.stamp < row.answered:
        return _held(mark("A newer answer of this person is known already."))
    if reply.stamp == row.answered and reply.participation == row.partstat:
        return _ignored(mark("This answer is known already."))
    return None


def _unclear(known: _Known, case: _Case) -> _Verdict | None:
    """It says something other than yes, perhaps or no."""
    reply = case.incoming.reply
    if reply.dates:
        return _held(mark("It answers one date of a series; this invitation has one date."))
    if reply.participation == "DELEGATED" or reply.delegated:
        return _held(mark("It passes the invitation on to somebody else."))
    if reply.failed:
        return _held(mark("It reports a failure: {status}."), status=reply.failed)
    if reply.participation not in REPLY_STEPS:
        return _held(mark("It says neither yes, nor maybe, nor no."))
    return None


def _digest(case: _Case, why: Trouble) -> str:
    """What makes an answer on the list the same as one that comes in again."""
    reply = case.incoming.reply
    content = (reply.method, reply.uid, reply.attendees, reply.participation, reply.sequence)
    said = repr((*content, reply.stamp, reply.sender, why.message))
    if reply.trouble is not None:
        said = (case.incoming.content or case.incoming.file) + said
    return hashlib.sha256(said.encode()).hexdigest()


def _is_decided(known: _Known, case: _Case, why: Trouble) -> bool:
    return known.held.get(_digest(case, why), HeldState.WAITING) is not HeldState.WAITING


def _hold(session: DbSession, known: _Known, case: _Case, why: Trouble) -> None:
    """Put the answer on the list to be looked at, once."""
    reply, digest = case.incoming.reply, _digest(case, why)
    if digest in known.held:
        return
    known.held[digest] = HeldState.WAITING
    session.add(
        HeldReply(
            digest=digest,
            file=case.incoming.file,
            method=reply.method,
            uid=reply.uid,
            attendee=(", ".join(reply.attendees) or reply.sender or "")[:500],
            why=why.message,
            values=dict(why.values),
            participation=reply.participation,
            comment=reply.comment or None,
            stamp=reply.stamp,
            session_id=case.session,
            gathering_id=case.gathering,
            person_id=case.person.id if case.person is not None else None,
        )
    )


def _load(session: DbSession, replies: Iterable[Reply]) -> _Known:
    """Everything that a batch can be matched to, in a number of statements that does not grow."""
    uids = {reply.uid for reply in replies if reply.uid}
    addresses = {address for reply in replies for address in reply.attendees}
    listed = session.execute(select(HeldReply.digest, HeldReply.state))
    known = _Known(held=dict(iter(listed)))
    if uids:
        _add_rows(session, known, uids)
    if addresses:
        _add_people(session, known, addresses)
    return known


def _add_rows(session: DbSession, known: _Known, uids: set[str]) -> None:
    named = select(Session.uid, Session.id).where(Session.uid.in_(uids))
    known.sessions = dict(iter(session.execute(named)))
    whole = {gathering_uid(uid): uid for uid in session.scalars(select(Gathering.uid))}
    wanted = {whole[uid]: uid for uid in uids & set(whole)}
    keys = select(Gathering.uid, Gathering.id).where(Gathering.uid.in_(wanted))
    known.gatherings = {wanted[uid]: key for uid, key in session.execute(keys)}
    by_session = (
        select(
            Session.uid,
            SessionInvitation,
            Person,
        )
        .join(SessionInvitation.session)
        .join(SessionInvitation.person)
        .where(Session.uid.in_(uids))
    )
    for uid, row, person in session.execute(by_session):
        known.rows.setdefault(uid, []).append((row, person))
    by_gathering = (
        select(
            Gathering.uid,
            GatheringInvitation,
            Person,
        )
        .join(GatheringInvitation.gathering)
        .join(GatheringInvitation.person)
        .where(Gathering.uid.in_(wanted))
    )
    for uid, whole_row, person in session.execute(by_gathering):
        known.rows.setdefault(wanted[uid], []).append((whole_row, person))


def _add_people(session: DbSession, known: _Known, addresses: set[str]) -> None:
    """People by all addresses they have, in small letters."""
    first = select(Person.id, Person.email).where(Person.merged_into_id.is_(None))
    further = select(OtherAddress.person_id, OtherAddress.address)
    found: dict[str, set[int]] = {}
    for key, address in (*session.execute(first), *session.execute(further)):
        plain = (address or "").strip().casefold()
        if plain in addresses:
            found.setdefault(plain, set()).add(key)
    ids = {key for keys in found.values() for key in keys}
    people = {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(ids)))}
    known.people = {
        address: [people[key] for key in sorted(keys)] for address, keys in found.items()
    }
