"""The fees of a gathering person by person: what is owed, what was paid, who has no price yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.funding import GIVEN, Allocation, Payment, Subsidy
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.funding.balances import paid_and_waived
from schoolapp.operations.people.prices import has_no_price, usual_fee
from schoolapp.storage.search import person_matches
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """What a participant owes; ``owed`` is the fee without what was paid and what is waived.

    ``fee`` and ``owed`` are None where a delegation pays, or where the person is ``unpriced``:
    nobody knows yet what it costs.
    """

    id: int
    person_id: int
    name: str
    delegation: str
    band: str | None
    fee: Money | None
    waived: Money | None
    paid: Money | None
    owed: Money | None
    unpriced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeDraft:
    """A fee as a form edits it, with the band of the person that it usually follows."""

    id: int
    version: int
    person_version: int
    band: str | None
    fee: Money | None
    currency: str


class _Fee(NamedTuple):
    """A participant with fee and waiver in minor units."""

    id: int
    person_id: int
    gathering_id: int
    name: str
    delegation: str
    band: str | None
    fee: int | None
    fee_currency: str | None
    waived: int
    unpriced: bool
    currency: str


def fee_ids(session: DbSession, *, gathering_id: int, search: str = "") -> list[int]:
    """The participants of a gathering, those without a price first, then by name."""
    p = Participation
    found = (
        sa.select(p.id)
        .join(Person, Person.id == p.person_id)
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
        .where(person_matches(session, search))
        .order_by(~has_no_price(), Person.sort_name, p.id)
    )
    return list(session.scalars(found))


def fee_rows(session: DbSession, ids: Sequence[int]) -> dict[int, FeeRow]:
    """What these participants owe; two statements."""
    p, table = Participation, Participation.__table__.c
    statement = (
        sa.select(
            p.id,
            p.person_id,
            p.gathering_id,
            Person.display_name,
            sa.func.coalesce(Delegation.name, ""),
            sa.func.coalesce(Delegation.fee_band, Person.fee_band),
            table.fee_minor,
            table.fee_currency,
            waived_fees(),
            has_no_price(),
            Gathering.currency,
        )
        .join(Person, Person.id == p.person_id)
        .join(Gathering, Gathering.id == p.gathering_id)
        .outerjoin(Delegation, Delegation.id == p.delegation_id)
        .where(p.id.in_(ids))
    )
    found = [_Fee._make(row) for row in session.execute(statement)]
    paid = paid_fees(session, found[0].gathering_id) if found else {}
    return {row.id: _row(row, paid.get(row.person_id, 0)) for row in found}


def _row(row: _Fee, paid: int) -> FeeRow:
    fee = owed = None
    if row.fee is not None:
        fee = Money(row.fee, row.fee_currency or row.currency)
        owed = Money(max(0, row.fee - row.waived - paid), fee.currency)
    return FeeRow(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        delegation=row.delegation,
        band=row.band,
        fee=fee,
        waived=Money(row.waived, row.currency) if row.waived else None,
        paid=Money(paid, row.currency) if paid else None,
        owed=owed,
        unpriced=bool(row.unpriced),
    )


def waived_fees() -> sa.ScalarSelect[int]:
    """What the subsidies that a participant was granted take off the fee, in minor units."""
    _paid_out, waived = paid_and_waived()
    granted = Subsidy.__table__.c
    return (
        sa.select(sa.func.coalesce(sa.func.sum(waived), 0))
        .select_from(Subsidy)
        .where(
            Subsidy.gathering_id == Participation.gathering_id,
            Subsidy.person_id == Participation.person_id,
            Subsidy.state.in_(GIVEN),
            granted.granted_currency == Participation.__table__.c.fee_currency,
        )
        .correlate(Participation)
        .scalar_subquery()
    )


def paid_fees(session: DbSession, gathering_id: int) -> dict[int, int]:
    """What was paid for each person, in minor units; a payment for several is shared evenly."""
    table = Payment.__table__.c
    rows = fetch(
        session,
        sa.select(
            Payment.id,
            table.amount_minor,
            Payment.person_id,
            Allocation.person_id,
        )
        .outerjoin(Allocation, Allocation.payment_id == Payment.id)
        .where(Payment.gathering_id == gathering_id),
    )
    people: dict[int, list[int]] = {}
    amounts: dict[int, int] = {}
    for key, amount, payer, receiver in rows:
        amounts[key] = amount
        person = receiver or payer
        if person is not None:
            people.setdefault(key, []).append(person)
    total: dict[int, int] = {}
    for key, receivers in people.items():
        for person in receivers:
            total[person] = total.get(person, 0) + amounts[key] // len(receivers)
    return total


def fee_draft(session: DbSession, participation_id: int) -> FeeDraft | None:
    """A fee as its form edits it; None if the person takes no part any more."""
    part = session.get(Participation, participation_id)
    if part is None:
        return None
    person = session.get_one(Person, part.person_id)
    return FeeDraft(
        id=part.id,
        version=part.version,
        person_version=person.version,
        band=person.fee_band,
        fee=part.fee,
        currency=session.get_one(Gathering, part.gathering_id).currency,
    )


def check_fee(draft: FeeDraft) -> dict[str, str]:
    """What is wrong with a fee: field to a sentence marked for translation."""
    if draft.fee is None:
        return {}
    if draft.fee.minor < 0:
        return {"fee": mark("An amount is never below zero.")}
    if draft.fee.currency != draft.currency:
        return {"fee": mark("Enter the fee in the currency of the gathering.")}
    return {}


def save_fee(session: DbSession, draft: FeeDraft) -> int:
    """Set somebody's band and fee; the key.

    Where the fee was left as it was, and was the usual one or not known, it follows the band.
    """
    for sentence in check_fee(draft).values():
        raise RuleBroken(sentence)
    part = checked_out(session, Participation, draft.id, draft.version)
    person = session.get_one(Person, part.person_id)
    usual = part.fee is None or part.fee == usual_fee(session, part)
    untouched = draft.fee == part.fee
    if person.fee_band != draft.band:
        person = checked_out(session, Person, part.person_id, draft.person_version)
        person.fee_band = draft.band
        session.flush()
    part.fee = usual_fee(session, part) if untouched and usual else draft.fee
    session.flush()
    return part.id


def ask_no_fee(session: DbSession, *, participation_ids: Sequence[int]) -> None:
    """Set the fee of these participants to nothing: they are priced, and owe nothing."""
    for key in participation_ids:
        part = session.get_one(Participation, key)
        part.fee = Money(0, session.get_one(Gathering, part.gathering_id).currency)
