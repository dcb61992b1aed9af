"""What a person is shown: which people answered, which did not, and answers to decide on."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, or_, select

from schoolapp.base.language import current, mark
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.invitations import (
    HELD_REPLY,
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
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.operations.invitations.answering import why_sentence
from schoolapp.operations.invitations.due import DueMail, Kind
from schoolapp.operations.invitations.facts import invitation_facts
from schoolapp.operations.invitations.preparing import REMINDER, Writer, write
from schoolapp.storage.journal import actor_of
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A person who was invited to a session, with the state of the invitation."""

    person_id: int
    name: str
    state: InvitationState
    comment: str


@dataclass(frozen=True, slots=True)
class HeldRow:
    """An answer that waits: ``why`` is a sentence in the language in use.

    ``can_apply``: a person, an invitation and a clear answer were found, so that "apply" would do
    something.
    """

    id: int
    version: int
    who: str
    what: str
    participation: str
    why: str
    comment: str
    file: str
    received: dt.datetime
    can_apply: bool


def session_answers(session: DbSession, *, session_id: int) -> tuple[AnswerRow, ...]:
    """Everybody who was invited to a session and what they answered, in one statement."""
    i = SessionInvitation
    statement = (
        select(
            Person.id,
            Person.display_name,
            i.method,
            i.partstat,
            i.error,
            i.comment,
        )
        .join(Person, Person.id == i.person_id)
        .where(i.session_id == session_id)
        .order_by(Person.sort_name)
    )
    return tuple(
        AnswerRow(key, name, _state(method, partstat, error), comment or "")
        for key, name, method, partstat, error, comment in fetch(session, statement)
    )


def _state(method: str, partstat: PartStat, error: str | None) -> InvitationState:
    shape = SessionInvitation(
        session_id=0, person_id=0, sequence=0, method=method, partstat=partstat, sent=""
    )
    shape.error = error
    return shape.state


def prepare_reminders(session: DbSession, *, session_id: int) -> tuple[int, ...]:
    """Ask those who have not answered again, as drafts: the same invitation, the same SEQUENCE.

    Nobody is reminded of a session that is cancelled or that changed since they were invited.
    """
    slot = session.get(Session, session_id)
    if slot is None:
        raise RuleBroken(mark("This session is no longer there."))
    facts = invitation_facts(session, gathering_id=slot.gathering_id)
    silent = select(SessionInvitation.person_id, SessionInvitation.address).where(
        SessionInvitation.session_id == session_id,
        SessionInvitation.method == "REQUEST",
        SessionInvitation.partstat == PartStat.NEEDS_ACTION,
        SessionInvitation.error.is_(None),
    )
    ids = []
    for person_id, address in session.execute(silent.order_by(SessionInvitation.person_id)):
        row = facts.sent[slot.uid, person_id]
        to = address or facts.readers[person_id].address
        if row.sequence == slot.sequence and to:
            mail = DueMail(
                kind=Kind.INVITATION,
                address=to,
                people=(person_id,),
                sequence=row.sequence,
                uid=slot.uid,
                uids={slot.uid: row.sequence},
                role=facts.work.get(slot.uid, {}).get(person_id, ""),
            )
            ready = Writer(facts).remind(mail)
            ids.append(write(session, slot.gathering_id, ready, occasion=REMINDER))
    return tuple(ids)


def count_held(session: DbSession) -> int:
    """How many answers wait for a decision."""
    count = select(func.count(HeldReply.id)).where(HeldReply.state == HeldState.WAITING)
    return session.execute(count).scalar_one()


class _Held(NamedTuple):
    """An answer that waits, with what it could be matched to."""

    id: int
    version: int
    attendee: str
    uid: str
    participation: str | None
    why: str
    values: dict[str, str]
    comment: str | None
    file: str
    received: dt.datetime
    name: str | None
    session_title: str | None
    gathering_titles: dict[str, str] | None
    invited: bool


def held_replies(session: DbSession) -> tuple[HeldRow, ...]:
    """The answers that wait for a decision, the newest first, in one statement."""
    h, invitation, language = HeldReply, SessionInvitation, current()
    query = (
        select(
            h.id,
            h.version,
            h.attendee,
            h.uid,
            h.participation,
            h.why,
            h.values,
            h.comment,
            h.file,
            h.received,
            Person.display_name,
            Session.title,
            Gathering.titles,
            or_(invitation.id.is_not(None), GatheringInvitation.id.is_not(None)),
        )
        .outerjoin(Person, Person.id == h.person_id)
        .outerjoin(Session, Session.id == h.session_id)
        .outerjoin(Gathering, Gathering.id == h.gathering_id)
        .outerjoin(
            invitation,
            (invitation.session_id == h.session_id) & (invitation.person_id == h.person_id),
        )
        .outerjoin(
            GatheringInvitation,
            (GatheringInvitation.gathering_id == h.gathering_id)
            & (GatheringInvitation.person_id == h.person_id),
        )
        .where(h.state == HeldState.WAITING)
        .order_by(h.id.desc())
    )
    return tuple(_held_row(_Held._make(row), language) for row in fetch(session, query))


def _held_row(row: _Held, language: str) -> HeldRow:
    whole = title_in(row.gathering_titles, language) if row.gathering_titles else ""
    title = row.session_title or whole
    return HeldRow(
        id=row.id,
        version=row.version,
        who=row.name or row.attendee,
        what=title or row.uid,
        participation=row.participation or "",
        why=why_sentence(row.why, row.values),
        comment=row.comment or "",
        file=row.file,
        received=row.received,
        can_apply=bool(row.invited) and row.participation in REPLY_STEPS,
    )


def decide_held(session: DbSession, *, held_id: int, version: int, apply: bool) -> None:
    """Apply an answer that waited, or put it aside; a person's choice, never the program's.

    ``RuleBroken`` if it names nobody who was invited, or gives no clear answer.
    """
    held = checked_out(session, HeldReply, held_id, version)
    if apply:
        row = _row_of(session, held)
        if row is None or held.participation not in REPLY_STEPS:
            raise RuleBroken(
                mark("This answer cannot be applied: it names no invitation, or says neither yes"
                     " nor no. Put it aside.")
            )  # fmt: skip
        take(INVITATION, row, REPLY_STEPS[PartStat(held.participation)], by=actor_of(session))
        row.answered, row.comment = held.stamp, held.comment
    take(HELD_REPLY, held, "apply" if apply else "dismiss", by=actor_of(session))
    session.flush()


def _row_of(session: DbSession, held: HeldReply) -> Invitation | None:
    if held.session_id is not None:
        of_session = select(SessionInvitation).where(
            SessionInvitation.session_id == held.session_id
        )
        return session.scalars(
            of_session.where(SessionInvitation.person_id == held.person_id)
        ).one_or_none()
    w = GatheringInvitation
    whole = select(w).where(w.gathering_id == held.gathering_id, w.person_id == held.person_id)
    return session.scalars(whole).one_or_none()
