"""Writes down what people were told, at the moment a mail about it was delivered or came back."""

import datetime as dt
from typing import Any

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
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


def record_sent(session: DbSession, mail: Mail) -> None:
    """Note that the mail was delivered: from now on its people know what it tells.

    Mails of other occasions are left alone; the same mail twice changes nothing more.
    """
    if mail.occasion not in OCCASIONS:
        return
    stamp = dt.datetime.fromisoformat(mail.tells["stamp"])
    for row, sequence, told in _told_in(session, mail):
        if row.stamp is not None and (row.sequence, row.stamp) >= (sequence, stamp):
            continue
        _step(session, row, mail.tells["method"])
        if isinstance(row, SessionInvitation) and row.sent and row.told is None:
            row.beyond_stay = True
        row.sent = "bundle" if mail.occasion == Kind.PROGRAMME else "update"
        row.sequence, row.told = sequence, told
        row.stamp, row.address = stamp, mail.address
    session.flush()


def record_bounced(session: DbSession, mail: Mail, *, error: str) -> None:
    """Note that the mail came back: its people were not reached at this address."""
    if mail.occasion not in OCCASIONS:
        return
    for row, sequence, _told in _told_in(session, mail):
        if row.sequence == sequence and row.state in _STANDING:
            take(INVITATION, row, "bounce", by=actor_of(session))
            row.error = error
    session.flush()


_STANDING = {step.source for step in INVITATION.steps if step.name == "bounce"}


def _told_in(session: DbSession, mail: Mail) -> list[tuple[Invitation, int, str]]:
    """The rows that the mail speaks of, new ones too, with the SEQUENCE and what it tells."""
    tells: dict[str, Any] = mail.tells
    people = {entry[1] for entry in tells["sessions"]} | {entry[0] for entry in tells["gathering"]}
    slots = {entry[0] for entry in tells["sessions"]}
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
    for slot, person, sequence, told in tells["sessions"]:
        row: Invitation = of_sessions.get((slot, person)) or _new(
            session, SessionInvitation, session_id=slot, person_id=person
        )
        found.append((row, sequence, told))
    for person, sequence, told in tells["gathering"]:
        row = of_gathering.get(person) or _new(
            session, GatheringInvitation, gathering_id=mail.gathering_id, person_id=person
        )
        found.append((row, sequence, told))
    return found


def _new(session: DbSession, kind: type[Any], **keys: Any) -> Any:
    row = kind(sequence=0, method="", partstat=PartStat.NEEDS_ACTION, sent="", **keys)
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
