"""The people who are expected, here and gone, as the arrival desk sees them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.domain.arrivals import LENT, SIGNED, Check, is_minor
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.money import Money
from schoolapp.domain.participation import (
    Arrival,
    ArrivalItem,
    Badge,
    Participation,
    ParticipationState,
    Stay,
)
from schoolapp.domain.people import Person
from schoolapp.domain.text import words_of
from schoolapp.operations.funding.fees import paid_fees, waived_fees
from schoolapp.operations.people.prices import has_no_price
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A participant at the desk.

    ``state`` is ``expected``, ``present``, ``completed`` or ``cancelled``. ``consent`` is False
    for a minor whose parents did not sign yet. ``owed`` is the fee without what was paid and what a
    subsidy waives, None where a delegation pays or where nobody knows the fee yet (``unpriced``).
    ``lent`` is what was handed out and not returned, ``key`` the number of the key, ``code`` the
    one of the badge.
    """

    id: int
    name: str
    search: str
    delegation: str
    state: ParticipationState
    minor: bool
    consent: bool
    owed: Money | None
    unpriced: bool
    arrives: dt.datetime | None
    came_at: dt.datetime | None
    left_at: dt.datetime | None
    key: str
    lent: tuple[Check, ...]
    known: tuple[Check, ...]
    code: str


class _PersonRow(NamedTuple):
    """A participant with what the desk knows before the person comes."""

    id: int
    person_id: int
    state: ParticipationState
    minor_at_start: bool | None
    consent: str | None
    delegation_id: int | None
    name: str
    born: dt.date | None
    born_partly: str | None
    arrives: dt.datetime | None
    native_name: str
    delegation: str
    fee_minor: int | None
    fee_currency: str | None
    code: str
    waived: int
    alias: str
    unpriced: bool

    @property
    def own_fee(self) -> Money | None:
        """The fee where no delegation pays it."""
        if self.delegation_id is not None or self.fee_minor is None or self.fee_currency is None:
            return None
        return Money(self.fee_minor, self.fee_currency)


class _ArrivalRow(NamedTuple):
    """An arrival with one of its points; one without any is a row without ``item``."""

    participation_id: int
    came_at: dt.datetime
    left_at: dt.datetime | None
    item: str | None
    detail: str | None
    returned_at: dt.datetime | None


def arrival_rows(session: DbSession, *, gathering_id: int) -> tuple[ArrivalRow, ...]:
    """Everybody whom the desk may see come, by name; three statements."""
    paid = paid_fees(session, gathering_id)
    arrivals: dict[int, list[_ArrivalRow]] = {}
    for row in _arrivals(session, gathering_id):
        arrivals.setdefault(row.participation_id, []).append(row)
    return tuple(
        _row(one, arrivals.get(one.id, []), paid.get(one.person_id, 0))
        for one in _people(session, gathering_id)
    )


def _people(session: DbSession, gathering_id: int) -> list[_PersonRow]:
    p = Participation
    table = p.__table__.c
    first = (
        sa.select(sa.func.min(Stay.arrival))
        .where(Stay.participation_id == p.id)
        .correlate(p)
        .scalar_subquery()
    )
    text = sa.func.coalesce
    statement = (
        sa.select(
            p.id,
            p.person_id,
            p.state,
            p.minor_at_start,
            p.parental_consent,
            p.delegation_id,
            Person.display_name,
            Person.born,
            Person.born_partly,
            first,
            text(Person.native_name, ""),
            text(Delegation.name, ""),
            table.fee_minor,
            table.fee_currency,
            text(Badge.code, ""),
            waived_fees(),
            text(Person.badge_name, ""),
            has_no_price(),
        )
        .join(Person, Person.id == p.person_id)
        .outerjoin(Delegation, Delegation.id == p.delegation_id)
        .outerjoin(Badge, sa.and_(Badge.participation_id == p.id, Badge.lost_at.is_(None)))
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
        .order_by(Person.sort_name, Person.uid)
    )
    return [_PersonRow._make(row) for row in fetch(session, statement)]


def _arrivals(session: DbSession, gathering_id: int) -> list[_ArrivalRow]:
    statement = (
        sa.select(
            Arrival.participation_id,
            Arrival.came_at,
            Arrival.left_at,
            ArrivalItem.item,
            ArrivalItem.detail,
            ArrivalItem.returned_at,
        )
        .join(Participation, Participation.id == Arrival.participation_id)
        .outerjoin(ArrivalItem, ArrivalItem.arrival_id == Arrival.id)
        .where(Participation.gathering_id == gathering_id)
        .order_by(Arrival.id, ArrivalItem.id)
    )
    return [_ArrivalRow(*row) for row in fetch(session, statement)]


def _row(one: _PersonRow, arrivals: list[_ArrivalRow], paid: int) -> ArrivalRow:
    minor = one.arrives is not None and is_minor(
        one.born, one.arrives.date(), one.minor_at_start, one.born_partly
    )
    last = arrivals[-1] if arrivals else None
    here = [row for row in arrivals if last is not None and row.came_at == last.came_at]
    lent = tuple(_lent(here)) if last is not None and last.left_at is None else ()
    fee = one.own_fee
    known = {Check(row.item) for row in arrivals if row.item} - LENT
    signed = one.consent == SIGNED
    return ArrivalRow(
        id=one.id,
        name=one.name,
        search=" ".join(words_of(f"{one.name} {one.native_name} {one.alias} {one.delegation}")),
        delegation=one.delegation,
        state=one.state,
        minor=minor,
        consent=signed or not minor,
        owed=fee and Money(max(0, fee.minor - one.waived - paid), fee.currency),
        unpriced=bool(one.unpriced),
        arrives=one.arrives,
        came_at=last.came_at if last is not None else None,
        left_at=last.left_at if last is not None else None,
        key=next((row.detail or "" for row in here if row.item == Check.KEY), ""),
        lent=lent,
        known=tuple(sorted(known | ({Check.CONSENT} if signed else set()))),
        code=one.code,
    )


def _lent(items: Iterable[_ArrivalRow]) -> Iterable[Check]:
    for row in items:
        if row.item in LENT and row.returned_at is None:
            yield Check(row.item)
