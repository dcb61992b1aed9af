"""The outbox as it is read: its table, its numbers, and what is waited for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from schoolapp.domain.mail import UNSENT, Mail, MailPart, MailState, MailStep
from schoolapp.domain.people import Person
from schoolapp.storage.selecting import AnyColumn, fetch
from schoolapp.storage.store import DbSession

Cells = TypeVarTuple("Cells")
S = MailState
OPEN = (*sorted(UNSENT), S.SENDING, S.UNSURE, S.FAILED)
"""The states in which a mail still needs something: time, or a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxView:
    """What the table was asked to show; without ``states`` what is still open."""

    gathering_id: int | None = None
    search: str = ""
    states: tuple[MailState, ...] = ()
    occasion: str = ""
    sort: str = "made"
    descending: bool = False


class MailRow(NamedTuple):
    """A mail in a table; ``reason`` is that of its last step, ``retry_at`` is UTC."""

    id: int
    version: int
    name: str
    address: str
    subject: str
    occasion: str
    language: str
    state: MailState
    files: int
    reason: str
    retry_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The numbers before sending.

    ``changed`` report a change to what their recipient was sent before; those
    ``without_address`` stay.
    """

    letters: int
    addresses: int
    changed: int
    without_address: int


def mail_ids(session: DbSession, view: OutboxView) -> list[int]:
    """The mails that a view shows, in its order."""
    columns: dict[str, AnyColumn] = {
        "name": Person.sort_name,
        "address": Mail.address,
        "subject": Mail.subject,
        "occasion": Mail.occasion,
        "language": Mail.language,
        "state": Mail.state,
    }
    column = columns.get(view.sort, Mail.id)
    order = column.desc() if view.descending else column.asc()
    found = select(Mail.id).outerjoin(Person, Person.id == Mail.person_id)
    found = found.where(Mail.state.in_(view.states or OPEN), *_filters(view))
    return list(session.scalars(found.order_by(column.is_(None), order, Mail.id)))


def mail_rows(session: DbSession, ids: Sequence[int]) -> dict[int, MailRow]:
    """The rows of these mails."""
    files = select(func.count()).where(MailPart.mail_id == Mail.id).scalar_subquery()
    reason = select(MailStep.reason).where(MailStep.mail_id == Mail.id)
    reason = reason.order_by(MailStep.position.desc()).limit(1)
    statement = (
        select(
            Mail.id,
            Mail.version,
            func.coalesce(Person.display_name, ""),
            Mail.address,
            Mail.subject,
            Mail.occasion,
            Mail.language,
            Mail.state,
            files,
            func.coalesce(reason.scalar_subquery(), ""),
            Mail.retry_at,
        )
        .outerjoin(Person, Person.id == Mail.person_id)
        .where(Mail.id.in_(ids))
    )
    found = (MailRow._make(row) for row in fetch(session, statement))
    return {row.id: row for row in found}


def mail_counts(session: DbSession, view: OutboxView) -> Mapping[str, int]:
    """How many mails are in each state, ``""`` for what is still open."""
    counted = select(Mail.state, func.count()).where(*_filters(view)).group_by(Mail.state)
    found = dict(fetch(session, _with_person(counted, view)))
    by_state = {state.value: count for state, count in found.items()}
    return {"": sum(found.get(state, 0) for state in OPEN), **by_state}


def occasions(session: DbSession, *, gathering_id: int | None) -> tuple[str, ...]:
    """For which occasions there is any mail, in order."""
    view = OutboxView(gathering_id=gathering_id)
    found = select(Mail.occasion).where(*_filters(view)).distinct().order_by(Mail.occasion)
    return tuple(session.scalars(found))


class Waiting(NamedTuple):
    """How many mails have not gone yet, and how many have trouble that nobody has looked into."""

    unsent: int
    troubled: int


def waiting(session: DbSession) -> Waiting:
    """How many mails have not gone yet, and how many have trouble that nobody has looked into."""
    counted = select(Mail.state, func.count()).group_by(Mail.state)
    found = dict(fetch(session, counted))
    troubled = sum(found.get(state, 0) for state in (S.UNSURE, S.FAILED))
    return Waiting(sum(found.get(state, 0) for state in UNSENT), troubled)


def outgoing(session: DbSession, *, ids: Sequence[int]) -> Outgoing:
    """The numbers of what would go if these mails were sent."""
    earlier = aliased(Mail)
    sent_before = exists().where(
        earlier.person_id == Mail.person_id,
        earlier.gathering_id == Mail.gathering_id,
        earlier.state == S.SENT,
        MailPart.mail_id == earlier.id,
        MailPart.media_type.like("text/calendar%"),
    )
    invites = exists().where(MailPart.mail_id == Mail.id, MailPart.method.is_not(None))
    rows = session.execute(
        select(func.lower(Mail.address), sent_before & invites).where(
            Mail.id.in_(ids), Mail.state.in_((S.DRAFT, S.APPROVED))
        )
    ).all()
    going = [(address, changed) for address, changed in rows if address]
    return Outgoing(
        letters=len(going),
        addresses=len({address for address, _changed in going}),
        changed=sum(bool(changed) for _address, changed in going),
        without_address=len(rows) - len(going),
    )


def _with_person(found: Select[*Cells], view: OutboxView) -> Select[*Cells]:
    return found.outerjoin(Person, Person.id == Mail.person_id) if view.search else found


def _filters(view: OutboxView) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    for word in view.search.split():
        places = (Person.display_name, Mail.address, Mail.subject)
        terms.append(or_(*(place.icontains(word, autoescape=True) for place in places)))
    if view.gathering_id is not None:
        terms.append(Mail.gathering_id == view.gathering_id)
    if view.occasion:
        terms.append(Mail.occasion == view.occasion)
    return terms
