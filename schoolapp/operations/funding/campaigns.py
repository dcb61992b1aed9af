"""Campaigns: what they raised, the people who earned a reward, and how they are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.donations import (
    KINDS,
    Campaign,
    Gift,
    GiftValue,
    earn_by_single_gift,
    earn_by_sum,
    raised,
)
from schoolapp.domain.money import UNKNOWN_CURRENCY, Money, is_currency
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.operations.funding.editing import free_code
from schoolapp.storage.store import DbSession, checked_out


class Earner(NamedTuple):
    """Somebody who earns a reward; ``name`` is empty for people who want no name shown."""

    person: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """A campaign in figures.

    ``by_one_gift`` and ``by_sum`` are the people who earn the reward under the two rules, by name;
    empty where there is no reward.
    """

    id: int
    version: int
    code: str
    kind: str
    title: str
    currency: str
    goal: Money | None
    raised: Money
    gifts: int
    reward: str | None
    threshold: Money | None
    by_one_gift: tuple[Earner, ...]
    by_sum: tuple[Earner, ...]


class RewardRow(NamedTuple):
    """Somebody who earns the reward of a campaign; ``by_one_gift`` as well as by the sum."""

    campaign: str
    name: str
    by_one_gift: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDraft:
    """A campaign as a form edits it; all its gifts are valued in ``currency``."""

    title: str = ""
    kind: str = KINDS[0]
    currency: str = "EUR"
    goal: Money | None = None
    reward: str = ""
    threshold: Money | None = None
    publication_id: int | None = None
    earmark: str = ""
    method: str = ""
    source: str = ""
    note: str = ""
    id: int | None = None
    version: int | None = None


class _Campaign(NamedTuple):
    """A campaign, without what was given."""

    id: int
    version: int
    code: str
    kind: str
    title: str
    currency: str
    goal: Money | None
    reward_item: str | None
    threshold: Money | None


def campaigns(session: DbSession) -> tuple[CampaignRow, ...]:
    """All campaigns with what they raised and the people who earn the reward."""
    statement = select(
        Campaign.id,
        Campaign.version,
        Campaign.code,
        Campaign.kind,
        Campaign.title,
        Campaign.currency,
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
    names = _names(session)
    return tuple(_row(row, gifts.get(row.id, []), names) for row in rows)


def _names(session: DbSession) -> dict[tuple[int, str], str]:
    """The names of givers by campaign; nobody is named who gave one of the gifts without a name."""
    found = select(Gift.campaign_id, Person.code, Person.display_name, Gift.anonymous)
    names: dict[tuple[int, str], str] = {}
    for campaign_id, giver, name, anonymous in session.execute(found.join(Gift.person)):
        known = names.get((campaign_id, giver), name)
        names[campaign_id, giver] = "" if anonymous else known
    return names


def _row(row: _Campaign, gifts: list[GiftValue], names: dict[tuple[int, str], str]) -> CampaignRow:
    threshold = row.threshold

    def named(people: list[str]) -> tuple[Earner, ...]:
        found = [Earner(one, names.get((row.id, one), "")) for one in people]
        return tuple(sorted(found, key=lambda one: (not one.name, fold(one.name))))

    return CampaignRow(
        id=row.id,
        version=row.version,
        code=row.code,
        kind=row.kind,
        title=row.title,
        currency=row.currency,
        goal=row.goal,
        raised=raised(gifts, row.currency),
        gifts=len(gifts),
        reward=row.reward_item,
        threshold=threshold,
        by_one_gift=named(earn_by_single_gift(gifts, threshold)) if threshold else (),
        by_sum=named(earn_by_sum(gifts, threshold)) if threshold else (),
    )


def campaign_ids(session: DbSession, *, search: str = "") -> list[int]:
    """The campaigns whose title holds these words, in their order."""
    words = fold(search).split()
    found = select(Campaign.id, Campaign.title).order_by(Campaign.position, Campaign.id)
    return [
        key for key, title in session.execute(found) if all(word in fold(title) for word in words)
    ]


def campaign_rows(session: DbSession, ids: Sequence[int]) -> dict[int, CampaignRow]:
    """These campaigns in figures."""
    return {row.id: row for row in campaigns(session) if row.id in ids}


def reward_rows(session: DbSession, ids: Sequence[int]) -> list[RewardRow]:
    """The people who earn the reward of these campaigns, by name."""
    return [
        RewardRow(row.title, one.name, one in row.by_one_gift)
        for row in campaigns(session)
        if row.id in ids
        for one in row.by_sum
    ]


def campaign_draft(session: DbSession, campaign_id: int) -> CampaignDraft | None:
    """A campaign as its form edits it; None if it is gone."""
    found = session.get(Campaign, campaign_id)
    if found is None:
        return None
    return CampaignDraft(
        id=found.id,
        version=found.version,
        title=found.title,
        kind=found.kind,
        currency=found.currency,
        goal=found.goal,
        reward=found.reward_item or "",
        threshold=found.reward_threshold,
        publication_id=found.publication_id,
        earmark=found.earmark or "",
        method=found.method or "",
        source=found.source or "",
        note=found.note or "",
    )


def check_campaign(draft: CampaignDraft) -> dict[str, str]:
    """What is wrong with a campaign: field to a sentence marked for translation."""
    wrong = {}
    if not draft.title.strip():
        wrong["title"] = mark("Give the campaign a title.")
    currency = draft.currency.strip().upper()
    if not is_currency(currency):
        return {**wrong, "currency": UNKNOWN_CURRENCY}
    for field, amount in (("goal", draft.goal), ("threshold", draft.threshold)):
        if amount is not None and amount.minor <= 0:
            wrong[field] = mark("Enter an amount above zero, or nothing.")
        elif amount is not None and amount.currency != currency:
            wrong[field] = mark("Enter this amount in the currency of the campaign.")
    if draft.reward.strip() and draft.threshold is None:
        wrong["threshold"] = mark("Enter the smallest gift that earns the reward.")
    return wrong


def save_campaign(session: DbSession, draft: CampaignDraft) -> int:
    """Save a new or changed campaign; the key.

    ``RuleBroken`` if something is wrong, or if the currency changes after gifts were valued in it.
    """
    for sentence in check_campaign(draft).values():
        raise RuleBroken(sentence)
    currency = draft.currency.strip().upper()
    if draft.id is None:
        campaign = _new(session, draft)
    else:
        campaign = checked_out(session, Campaign, draft.id, draft.version or 0)
    if campaign.currency != currency and _gifts(session, campaign):
        raise RuleBroken(
            mark("Gifts of this campaign are valued in {currency}: its currency stays."),
            currency=campaign.currency,
        )
    campaign.title, campaign.kind, campaign.currency = draft.title.strip(), draft.kind, currency
    campaign.goal, campaign.reward_threshold = draft.goal, draft.threshold
    campaign.reward_item = draft.reward.strip() or None
    campaign.earmark = draft.earmark.strip() or None
    campaign.method = draft.method.strip() or None
    campaign.publication_id = draft.publication_id
    campaign.source = draft.source.strip() or None
    campaign.note = draft.note.strip() or None
    session.flush()
    return campaign.id


def _new(session: DbSession, draft: CampaignDraft) -> Campaign:
    codes = session.scalars(select(Campaign.code)).all()
    campaign = Campaign(
        code=free_code("campaign-", codes),
        kind=draft.kind,
        title=draft.title,
        currency=draft.currency.strip().upper(),
        position=len(codes) + 1,
    )
    session.add(campaign)
    return campaign


def remove_campaign(session: DbSession, *, campaign_id: int, version: int) -> None:
    """Remove a campaign; ``RuleBroken`` as long as gifts were recorded for it."""
    campaign = checked_out(session, Campaign, campaign_id, version)
    if _gifts(session, campaign):
        raise RuleBroken(
            mark("Gifts were recorded for {title}. Remove them or give them another campaign."),
            title=campaign.title,
        )
    session.delete(campaign)


def _gifts(session: DbSession, campaign: Campaign) -> bool:
    if campaign.id is None:
        return False
    given = select(Gift.id).where(Gift.campaign_id == campaign.id).limit(1)
    return session.execute(given).first() is not None


def campaign_of(session: DbSession, campaign_id: int) -> Campaign:
    """The campaign; ``RuleBroken`` if it is gone."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise RuleBroken(mark("This campaign is no longer there."))
    return campaign
