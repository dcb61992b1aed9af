"""Gifts to campaigns: recorded, changed, taken back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import case, func, select

from schoolapp.base.language import mark
from schoolapp.domain.budget import PaymentDraft, counted
from schoolapp.domain.donations import GIFT, Campaign, Gift, GiftState
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.domain.workflow import take
from schoolapp.operations.funding.campaigns import campaign_of
from schoolapp.operations.funding.editing import free_code
from schoolapp.storage.journal import actor_of
from schoolapp.storage.selecting import AnyColumn, fetch
from schoolapp.storage.store import DbSession, checked_out

KEPT = frozenset({GiftState.REWARD_SENT, GiftState.REFUNDED, GiftState.CHARGED_BACK})
"""The states of gifts that the books keep, also if somebody wants to remove them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftView:
    """What the table of gifts was asked to show."""

    campaign_id: int | None = None
    search: str = ""
    states: tuple[GiftState, ...] = ()
    sort: str = "date"
    descending: bool = False


class GiftRow(NamedTuple):
    """A gift in a table; ``giver`` is empty for one who is not known or wants no name shown."""

    id: int
    version: int
    code: str
    campaign: str
    giver: str
    anonymous: bool
    date: dt.date
    amount: Money
    value: Money
    method: str
    state: GiftState


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftDraft:
    """A gift as a form records it; ``pledged`` if the money has not come yet."""

    campaign_id: int
    payment: PaymentDraft
    person_id: int | None = None
    anonymous: bool = False
    pledged: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftChange:
    """A gift as a form changes it; ``value`` is its worth in the campaign's currency."""

    id: int
    version: int
    campaign_id: int | None
    person_id: int | None
    anonymous: bool
    amount: Money | None
    value: Money | None
    date: dt.date | None
    method: str
    platform_fee: Money | None
    note: str | None


def gift_ids(session: DbSession, view: GiftView) -> list[int]:
    """The gifts that a view shows, in its order; anonymous givers are not found by name."""
    columns: dict[str, AnyColumn] = {
        "value": Gift.__table__.c["value_minor"],
        "state": Gift.state,
        "campaign": Campaign.title,
        "giver": Person.sort_name,
    }
    column = columns.get(view.sort, Gift.date)
    found = (
        select(
            Gift.id,
            Gift.code,
            Gift.anonymous,
            Person.display_name,
        )
        .join(Gift.campaign)
        .outerjoin(Person, Person.id == Gift.person_id)
    )
    if view.campaign_id is not None:
        found = found.where(Gift.campaign_id == view.campaign_id)
    if view.states:
        found = found.where(Gift.state.in_(view.states))
    order = column.desc() if view.descending else column.asc()
    words = fold(view.search).split()
    return [
        key
        for key, code, anonymous, name in fetch(session, found.order_by(order, Gift.id))
        if all(word in fold(f"{code} {'' if anonymous else name or ''}") for word in words)
    ]


def gift_rows(session: DbSession, ids: Sequence[int]) -> dict[int, GiftRow]:
    """The rows of these gifts."""
    giver = case((Gift.anonymous, ""), else_=func.coalesce(Person.display_name, ""))
    statement = (
        select(
            Gift.id,
            Gift.version,
            Gift.code,
            Campaign.title,
            giver,
            Gift.anonymous,
            Gift.date,
            Gift.amount,
            Gift.value,
            Gift.method,
            Gift.state,
        )
        .join(Gift.campaign)
        .outerjoin(Person, Person.id == Gift.person_id)
        .where(Gift.id.in_(ids))
    )
    found = (GiftRow._make(row) for row in session.execute(statement))
    return {row.id: row for row in found}


def add_gift(session: DbSession, draft: GiftDraft) -> int:
    """Record a gift; its value in the campaign's currency is frozen at the rate of its day (E40).

    One that was only promised is pledged, any other has come in.
    """
    campaign = campaign_of(session, draft.campaign_id)
    codes = session.scalars(select(Gift.code)).all()
    gift = Gift(
        code=free_code("G", codes, 3),
        campaign_id=campaign.id,
        person_id=draft.person_id,
        anonymous=draft.anonymous,
        amount=draft.payment.paid_as,
        value=counted(draft.payment, campaign.currency),
        date=draft.payment.date,
        method=draft.payment.method,
        note=draft.note,
        position=len(codes) + 1,
    )
    session.add(gift)
    if not draft.pledged:
        take(GIFT, gift, "money_in", by=actor_of(session))
        known = draft.person_id or draft.anonymous
        take(GIFT, gift, "match" if known else "unknown_giver", by=actor_of(session))
    session.flush()
    return gift.id


def gift_change(session: DbSession, gift_id: int) -> GiftChange | None:
    """A gift as its form changes it; None if it is gone."""
    gift = session.get(Gift, gift_id)
    if gift is None:
        return None
    return GiftChange(
        id=gift.id,
        version=gift.version,
        campaign_id=gift.campaign_id,
        person_id=gift.person_id,
        anonymous=gift.anonymous,
        amount=gift.amount,
        value=gift.value,
        date=gift.date,
        method=gift.method,
        platform_fee=gift.platform_fee,
        note=gift.note,
    )


def check_gift(draft: GiftChange) -> dict[str, str]:
    """What is wrong with a gift: field to a sentence marked for translation."""
    wrong = {}
    if draft.campaign_id is None:
        wrong["campaign_id"] = mark("Say which campaign it is for.")
    for field, amount in (("amount", draft.amount), ("value", draft.value)):
        if amount is None or amount.minor <= 0:
            wrong[field] = mark("Say how much it is: an amount above zero.")
    if draft.date is None:
        wrong["date"] = mark("Say on which day.")
    if draft.platform_fee is not None and draft.platform_fee.minor < 0:
        wrong["platform_fee"] = mark("An amount is never below zero.")
    if not wrong and draft.amount is not None and draft.value is not None:
        same = draft.amount.currency == draft.value.currency
        if same and draft.amount != draft.value:
            wrong["value"] = mark("In the same currency a gift is worth what was given.")
    return wrong


def save_gift(session: DbSession, draft: GiftChange) -> int:
    """Change a gift; the key. One whose giver is known now is settled.

    ``RuleBroken`` for the first thing that is wrong.
    """
    for sentence in check_gift(draft).values():
        raise RuleBroken(sentence)
    assert draft.amount is not None
    assert draft.value is not None
    assert draft.date is not None
    gift = checked_out(session, Gift, draft.id, draft.version)
    campaign = campaign_of(session, draft.campaign_id or 0)
    if draft.value.currency != campaign.currency:
        raise RuleBroken(
            mark("The gifts of this campaign are valued in {currency}. Enter the worth in it."),
            currency=campaign.currency,
        )
    gift.campaign_id, gift.person_id = campaign.id, draft.person_id
    gift.anonymous, gift.amount, gift.value = draft.anonymous, draft.amount, draft.value
    gift.date, gift.method, gift.platform_fee = draft.date, draft.method, draft.platform_fee
    gift.note = draft.note or None
    if gift.state is GiftState.UNMATCHED and (gift.person_id or gift.anonymous):
        take(GIFT, gift, "match", by=actor_of(session))
    session.flush()
    return gift.id


def remove_gift(session: DbSession, *, gift_id: int, version: int) -> None:
    """Remove a gift recorded by mistake; what went out again or earned a reward stays."""
    gift = checked_out(session, Gift, gift_id, version)
    if gift.state in KEPT:
        raise RuleBroken(
            mark(
                "A reward was sent for this gift, or its money went back: the books keep it."
                " Only a gift without either can be removed."
            )
        )
    session.delete(gift)


def step_gift(
    session: DbSession, *, gift_id: int, step: str, reason: str | None = None
) -> GiftState:
    """Take a step of a gift: thank, refund, send the reward, ..."""
    gift = session.get(Gift, gift_id)
    if gift is None:
        raise RuleBroken(mark("This gift is no longer there."))
    take(GIFT, gift, step, by=actor_of(session), reason=reason)
    return gift.state
