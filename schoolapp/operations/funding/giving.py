"""Donations: campaigns with what they raised and the people who earned a reward, and the gifts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import case, func, select

from schoolapp.base.language import mark
from schoolapp.domain.budget import PaymentDraft, counted
from schoolapp.domain.donations import (
    GIFT,
    Campaign,
    Gift,
    GiftState,
    GiftValue,
    earn_by_single_gift,
    earn_by_sum,
    raised,
)
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.domain.workflow import take
from schoolapp.operations.funding.subsidies import free_code
from schoolapp.storage.journal import actor_of
from schoolapp.storage.selecting import AnyColumn, fetch
from schoolapp.storage.store import DbSession

VALUED_IN = "EUR"
"""What all gifts are valued in on the day they come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """A campaign in figures.

    ``by_one_gift`` and ``by_sum`` are the persons (package codes) who earn the reward under the
    two rules; empty where there is no reward.
    """

    id: int
    code: str
    title: str
    goal: Money | None
    raised: Money
    gifts: int
    reward: str | None
    threshold: Money | None
    by_one_gift: tuple[str, ...]
    by_sum: tuple[str, ...]


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
    """A gift as a form records it."""

    campaign_id: int
    payment: PaymentDraft
    person_id: int | None = None
    anonymous: bool = False
    note: str | None = None


def campaigns(session: DbSession) -> tuple[CampaignRow, ...]:
    """All campaigns with what they raised and the people who earn the reward."""
    statement = select(
        Campaign.id,
        Campaign.code,
        Campaign.title,
        Campaign.goal,
        Campaign.reward_item,
        Campaign.reward_threshold,
    ).order_by(Campaign.position, Campaign.id)
    rows = [_Campaign(*row) for row in session.execute(statement)]
    gifts: dict[int, list[GiftValue]] = {}
    found = select(
        Gift.campaign_id,
        Person.code,
        Gift.state,
        Gift.value,
    ).outerjoin(Person, Person.id == Gift.person_id)
    for campaign_id, giver, state, value in session.execute(found):
        gifts.setdefault(campaign_id, []).append(GiftValue(giver, state, value))
    return tuple(_campaign(row, gifts.get(row.id, [])) for row in rows)


class _Campaign(NamedTuple):
    """A campaign, without what was given."""

    id: int
    code: str
    title: str
    goal: Money | None
    reward_item: str | None
    threshold: Money | None


def _campaign(row: _Campaign, gifts: list[GiftValue]) -> CampaignRow:
    threshold = row.threshold
    return CampaignRow(
        id=row.id,
        code=row.code,
        title=row.title,
        goal=row.goal,
        raised=raised(gifts, VALUED_IN),
        gifts=len(gifts),
        reward=row.reward_item,
        threshold=threshold,
        by_one_gift=tuple(earn_by_single_gift(gifts, threshold)) if threshold else (),
        by_sum=tuple(earn_by_sum(gifts, threshold)) if threshold else (),
    )


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
    """Record a gift that came in; its value in EUR is frozen at the rate of that day (E40)."""
    if session.get(Campaign, draft.campaign_id) is None:
        raise RuleBroken(mark("This campaign is no longer there."))
    codes = session.scalars(select(Gift.code)).all()
    gift = Gift(
        code=free_code("G", codes, 3),
        campaign_id=draft.campaign_id,
        person_id=draft.person_id,
        anonymous=draft.anonymous,
        amount=draft.payment.paid_as,
        value=counted(draft.payment, VALUED_IN),
        date=draft.payment.date,
        method=draft.payment.method,
        note=draft.note,
        position=len(codes) + 1,
    )
    session.add(gift)
    take(GIFT, gift, "money_in", by=actor_of(session))
    take(
        GIFT, gift, "match" if draft.person_id or draft.anonymous else "unknown_giver",
        by=actor_of(session),
    )  # fmt: skip
    session.flush()
    return gift.id


def step_gift(
    session: DbSession, *, gift_id: int, step: str, reason: str | None = None
) -> GiftState:
    """Take a step of a gift: thank, refund, send the reward, ..."""
    gift = session.get(Gift, gift_id)
    if gift is None:
        raise RuleBroken(mark("This gift is no longer there."))
    take(GIFT, gift, step, by=actor_of(session), reason=reason)
    return gift.state
