"""The delegations of a gathering: announced, named, arrived, quotas and balance."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.domain.delegations import (
    Delegation,
    DelegationQuota,
    DelegationState,
    Gauge,
    Member,
    Quota,
    balance,
    gauge,
)
from schoolapp.domain.documents import KnownLine, SheetFacts
from schoolapp.domain.funding import Payment
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.minors import known_age
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation, ParticipationState, Stay
from schoolapp.domain.people import Person
from schoolapp.operations.arrivals.seen import has_arrived
from schoolapp.operations.recipients import language_for
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


class _QuotaRow(NamedTuple):
    """A delegation with one of its quotas; one without quotas is a row without ``kind``."""

    id: int
    version: int
    name: str
    iso_country: str | None
    state: DelegationState
    announced: int
    due_minor: int | None
    leader: str
    currency: str
    kind: Quota | None
    number: int
    age: int | None


class _MemberRow(NamedTuple):
    """A place of a delegation with what quotas count; ``day`` is the one on which ages count."""

    delegation_id: int | None
    arrived: bool
    first_time: bool | None
    gender: str | None
    born: dt.date | None
    born_partly: str | None
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationRow:
    """A delegation; ``announced``, ``named`` and ``arrived`` are three figures (E31).

    ``iso_country`` is empty for one that is not a country; two may have the same (E30). ``balance``
    above zero is overpaid, below still due (E32).
    """

    id: int
    version: int
    name: str
    iso_country: str
    leader: str
    state: DelegationState
    announced: int
    named: int
    arrived: int
    gauges: tuple[Gauge, ...]
    balance: Money


@dataclass(frozen=True, slots=True)
class DelegationMember:
    """Somebody who has a place of the delegation."""

    participation_id: int
    person_id: int
    name: str
    state: ParticipationState


def delegation_rows(session: DbSession, *, gathering_id: int) -> tuple[DelegationRow, ...]:
    """The delegations of a gathering in their order; three statements whatever their number."""
    quotas: dict[int, list[_QuotaRow]] = {}
    for one in _quotas(session, gathering_id):
        quotas.setdefault(one.id, []).append(one)
    members: dict[int | None, list[_MemberRow]] = {}
    for member in _members(session, gathering_id):
        members.setdefault(member.delegation_id, []).append(member)
    paid = _paid(session, gathering_id)
    return tuple(
        _row(rows, members.get(key, []), paid.get(key, [])) for key, rows in quotas.items()
    )


def _paid(session: DbSession, gathering_id: int) -> dict[int, list[Money]]:
    paid: dict[int, list[Money]] = {}
    table = Payment.__table__.c
    payments = sa.select(table.delegation_id, table.amount_minor, table.amount_currency).where(
        table.gathering_id == gathering_id, table.delegation_id.is_not(None)
    )
    for key, minor, currency in fetch(session, payments):
        paid.setdefault(key, []).append(Money(minor, currency))
    return paid


def members_of(session: DbSession, *, delegation_id: int) -> tuple[DelegationMember, ...]:
    """The people who have a place of a delegation, by name."""
    p = Participation
    rows = fetch(
        session,
        sa.select(p.id, p.person_id, Person.display_name, p.state)
        .join(Person, Person.id == p.person_id)
        .where(p.delegation_id == delegation_id, p.state != ParticipationState.CANCELLED)
        .order_by(Person.sort_name, Person.uid),
    )
    return tuple(DelegationMember(*row) for row in rows)


def sheet_facts(session: DbSession, *, delegation_id: int) -> SheetFacts:
    """What the file for a delegation's leader holds; in the language that the leader reads."""
    delegation = session.get_one(Delegation, delegation_id)
    gathering = session.get_one(Gathering, delegation.gathering_id)
    leader = delegation.leader
    return SheetFacts(
        language=language_for(session, leader, gathering_id=gathering.id),
        gathering=dict(gathering.titles),
        delegation=delegation.name,
        code=delegation.code,
        start=gathering.start_date,
        end=gathering.end_date,
        lines=_lines(session, delegation_id),
        announced=delegation.announced,
    )


def _lines(session: DbSession, delegation_id: int) -> tuple[KnownLine, ...]:
    p = Participation
    rows = fetch(
        session,
        sa.select(
            Person.code,
            Person.display_name,
            Person.born,
            Person.email,
            p.needs_visa,
            p.first_time,
            Person.born_partly,
            sa.func.min(Stay.arrival),
            sa.func.max(Stay.departure),
        )
        .join(Person, Person.id == p.person_id)
        .outerjoin(Stay, Stay.participation_id == p.id)
        .where(p.delegation_id == delegation_id, p.state != ParticipationState.CANCELLED)
        .group_by(p.id, Person.id)
        .order_by(Person.sort_name, Person.uid),
    )
    return tuple(
        KnownLine(code, name, born, email or "", visa, _day(arrives), _day(leaves), first, partly)
        for code, name, born, email, visa, first, partly, arrives, leaves in rows
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else moment.date()


def _quotas(session: DbSession, gathering_id: int) -> list[_QuotaRow]:
    d = Delegation
    statement = (
        sa.select(
            d.id,
            d.version,
            d.name,
            d.iso_country,
            d.state,
            d.announced,
            d.__table__.c.due_minor,
            Person.display_name,
            Gathering.currency,
            DelegationQuota.kind,
            DelegationQuota.number,
            DelegationQuota.age,
        )
        .join(Person, Person.id == d.leader_id)
        .join(Gathering, Gathering.id == d.gathering_id)
        .outerjoin(DelegationQuota, DelegationQuota.delegation_id == d.id)
        .where(d.gathering_id == gathering_id)
        .order_by(d.position, d.id, DelegationQuota.id)
    )
    return [_QuotaRow._make(row) for row in fetch(session, statement)]


def _members(session: DbSession, gathering_id: int) -> list[_MemberRow]:
    p = Participation
    statement = (
        sa.select(
            p.delegation_id,
            has_arrived(),
            p.first_time,
            Person.gender,
            Person.born,
            Person.born_partly,
            sa.func.coalesce(Gathering.age_reference_date, Gathering.start_date),
        )
        .join(Person, Person.id == p.person_id)
        .join(Gathering, Gathering.id == p.gathering_id)
        .where(
            p.gathering_id == gathering_id,
            p.delegation_id.is_not(None),
            p.state != ParticipationState.CANCELLED,
        )
    )
    return [_MemberRow(*row) for row in fetch(session, statement)]


def _row(rows: Sequence[_QuotaRow], here: Sequence[_MemberRow], paid: list[Money]) -> DelegationRow:
    """A delegation from the rows of its quotas, of its members and of what it paid."""
    first = rows[0]
    people = [_member(one) for one in here]
    owed = None if first.due_minor is None else Money(first.due_minor, first.currency)
    return DelegationRow(
        id=first.id,
        version=first.version,
        name=first.name,
        iso_country=first.iso_country or "",
        leader=first.leader,
        state=first.state,
        announced=first.announced,
        named=len(here),
        arrived=sum(one.arrived for one in here),
        gauges=tuple(gauge(q.kind, q.number, q.age, people) for q in rows if q.kind),
        balance=balance(owed, paid, first.currency),
    )


def _member(one: _MemberRow) -> Member:
    age = known_age(one.born, one.day, one.born_partly)
    return Member(None if one.gender is None else one.gender == "woman", age, one.first_time)
