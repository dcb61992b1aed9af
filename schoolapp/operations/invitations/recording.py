"""Writes down what people know, at the moment a mail about it was delivered or came back."""

import datetime as dt

from sqlalchemy import select

from schoolapp.domain.invitations import (
    INVITATION,
    GatheringInvitation,
    Invitation,
    InvitationState,
    PartStat,
    SessionInvitation,
)
from schoolapp.domain.mail import Mail
from schoolapp.domain.workflow import take
from schoolapp.operations.invitations.due import Kind
from schoolapp.operations.invitations.facts import OCCASIONS
from schoolapp.operations.invitations.tells import GatheringTold, SessionTold, Tells
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


def record_sent(session: DbSession, mail: Mail) -> None:
    """Note that the mail was delivered: from now on its people know what it says.

    Mails of other occasions are left alone; the same mail twice changes nothing more.
    """
    if mail.occasion not in OCCASIONS:
        return
    tells = Tells.of(mail.tells)
    stamp = dt.datetime.fromisoformat(tells.stamp)
    for row, sequence, text in _rows_of(session, mail, tells):
        if row.stamp is not None and (row.sequence, row.stamp) >= (sequence, stamp):
            continue
        _step(session, row, tells.method)
        if isinstance(row, SessionInvitation) and row.sent and row.told is None:
            row.beyond_stay = True
        row.sent = "bundle" if mail.occasion == Kind.PROGRAMME else "update"
        row.sequence, row.told = sequence, text
        row.stamp, row.address = stamp, mail.address
        row.organizer = tells.organizer or None
    session.flush()


def record_bounced(session: DbSession, mail: Mail, *, error: str) -> None:
    """Note that the mail came back: its people were not reached at this address."""
    if mail.occasion not in OCCASIONS:
        return
    for row, sequence, _text in _rows_of(session, mail, Tells.of(mail.tells)):
        if row.sequence == sequence and row.state in _STANDING:
            take(INVITATION, row, "bounce", by=actor_of(session))
            row.error = error
    session.flush()


_STANDING = {step.source for step in INVITATION.steps if step.name == "bounce"}


def _rows_of(session: DbSession, mail: Mail, tells: Tells) -> list[tuple[Invitation, int, str]]:
    """The rows that the mail is about, new ones too, with the SEQUENCE and what it says."""
    people = {one.person_id for one in tells.sessions}
    people |= {one.person_id for one in tells.gathering}
    slots = {one.session_id for one in tells.sessions}
    of_sessions = {
        (row.session_id, row.person_id): row
        for row in session.scalars(
            select(SessionInvitation).where(
                SessionInvitation.person_id.in_(people), SessionInvitation.session_id.in_(slots)
            )
        )
    }
    of_gathering = {
        row.person_id: row
        for row in session.scalars(
            select(GatheringInvitation).where(
                GatheringInvitation.person_id.in_(people),
                GatheringInvitation.gathering_id == mail.gathering_id,
            )
        )
    }
    found: list[tuple[Invitation, int, str]] = []
    for one in tells.sessions:
        known = of_sessions.get((one.session_id, one.person_id))
        found.append((known or _to_session(session, one), one.sequence, one.told))
    for whole in tells.gathering:
        row = of_gathering.get(whole.person_id) or _to_gathering(session, mail, whole)
        found.append((row, whole.sequence, whole.told))
    return found


def _to_session(session: DbSession, one: SessionTold) -> Invitation:
    row = SessionInvitation(
        session_id=one.session_id,
        person_id=one.person_id,
        sequence=0,
        method="",
        partstat=PartStat.NEEDS_ACTION,
        sent="",
    )
    session.add(row)
    return row


def _to_gathering(session: DbSession, mail: Mail, whole: GatheringTold) -> Invitation:
    assert mail.gathering_id is not None  # every mail of these occasions has one
    row = GatheringInvitation(
        gathering_id=mail.gathering_id,
        person_id=whole.person_id,
        sequence=0,
        method="",
        partstat=PartStat.NEEDS_ACTION,
        sent="",
    )
    session.add(row)
    return row


def _step(session: DbSession, row: Invitation, method: str) -> None:
    by = actor_of(session)
    if row.state is InvitationState.UNDELIVERABLE and method == "REQUEST":
        take(INVITATION, row, "new_address", by=by)
    if row.state is InvitationState.NOT_SENT:
        take(INVITATION, row, "send", by=by)
        if method == "REQUEST":
            return
    if method == "CANCEL":
        if row.state is not InvitationState.CANCELLED:
            take(INVITATION, row, "session_cancelled", by=by)
    elif row.state is InvitationState.CANCELLED:
        take(INVITATION, row, "invite_again", by=by)
    else:
        take(INVITATION, row, "session_changed", by=by)
