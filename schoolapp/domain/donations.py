"""Donations: campaigns, gifts, who gets a reward, and the publication a campaign pays for."""

import datetime as dt
import enum
from dataclasses import dataclass

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.base import Base, Keyed, StepTaken, Versioned, link, maybe, maybe_money, money
from schoolapp.domain.data_map import (
    BOOKS,
    FORMAT,
    ORDER,
    PLAIN,
    STAYS,
    Books,
    Plain,
    Words,
)
from schoolapp.domain.money import Money, total
from schoolapp.domain.people import Person
from schoolapp.domain.workflow import Step, Workflow


class GiftState(enum.StrEnum):
    """Where a gift stands between the pledge and the reward."""

    PLEDGED = "pledged"
    RECEIVED = "received"
    UNMATCHED = "unmatched"
    SETTLED = "settled"
    REWARD_DUE = "reward_due"
    REWARD_SENT = "reward_sent"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"
    EXPIRED = "expired"


class Publication(Versioned, Base):
    """A book in the making; ``stages`` are its workflow in order."""

    __tablename__ = "publication"
    code: Mapped[Plain[str]] = mapped_column(unique=True)
    title: Mapped[Words[str]]
    replaces: Mapped[Plain[str | None]] = mapped_column(default=None)
    aim: Mapped[Words[str | None]] = mapped_column(default=None)
    stages: Mapped[Plain[list[str]]] = mapped_column(default_factory=list)
    blanks: Mapped[Plain[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    parts: Mapped[list["PublicationPart"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="PublicationPart.position"
    )


class PublicationPart(Keyed, Base):
    """A group of texts of a publication; a text belongs to one group only."""

    __tablename__ = "publication_part"
    publication_id: Mapped[int] = link("publication.id")
    name: Mapped[Words[str]]
    texts: Mapped[Words[list[str]]] = mapped_column(default_factory=list)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class Campaign(Versioned, Base):
    """A call for gifts, with a goal, a reward or an earmark where it has one.

    All its gifts are valued in ``currency`` (ISO 4217) on the day they come.
    """

    __tablename__ = "campaign"
    code: Mapped[Plain[str]] = mapped_column(unique=True)
    kind: Mapped[Plain[str]]
    title: Mapped[Words[str]]
    currency: Mapped[Plain[str]] = mapped_column(String(3), default="EUR")
    goal: Mapped[Money | None] = maybe_money("goal", PLAIN)
    reward_threshold: Mapped[Money | None] = maybe_money("reward_threshold", PLAIN)
    reward_item: Mapped[Plain[str | None]] = mapped_column(default=None)
    publication_id: Mapped[int | None] = maybe("publication.id")
    earmark: Mapped[Plain[str | None]] = mapped_column(default=None)
    method: Mapped[Plain[str | None]] = mapped_column(default=None)
    source: Mapped[Words[str | None]] = mapped_column(default=None)
    note: Mapped[Words[str | None]] = mapped_column(default=None)
    blanks: Mapped[Plain[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    publication: Mapped[Publication | None] = relationship(default=None)


class GiftStep(StepTaken, Base):
    """A step of a gift."""

    __tablename__ = "gift_step"
    gift_id: Mapped[int] = link("gift.id", STAYS)


class Gift(Versioned, Base):
    """A gift; ``value`` is its worth in the campaign's currency on the day of receipt, frozen."""

    __tablename__ = "gift"
    code: Mapped[Books[str]] = mapped_column(unique=True)
    campaign_id: Mapped[int] = link("campaign.id")
    person_id: Mapped[int | None] = maybe("person.id", STAYS)
    anonymous: Mapped[Books[bool]] = mapped_column(default=False)
    amount: Mapped[Money] = money("amount", BOOKS)
    value: Mapped[Money] = money("value", BOOKS)
    date: Mapped[Books[dt.date]]
    method: Mapped[Books[str]]
    state: Mapped[Books[GiftState]] = mapped_column(default=GiftState.PLEDGED)
    platform_fee: Mapped[Money | None] = maybe_money("platform_fee", BOOKS)
    note: Mapped[Words[str | None]] = mapped_column(default=None)
    blanks: Mapped[Books[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    position: Mapped[Books[int]] = mapped_column(default=0, info=ORDER.info)
    campaign: Mapped[Campaign] = relationship(default=None)
    person: Mapped[Person | None] = relationship(default=None)
    steps: Mapped[list[GiftStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="GiftStep.position"
    )


S = GiftState
GIFT = Workflow(
    name="donation",
    initial=S.PLEDGED,
    record=GiftStep,
    steps=(
        Step(S.PLEDGED, "money_in", S.RECEIVED),
        Step(S.PLEDGED, "silence", S.EXPIRED),
        Step(S.RECEIVED, "match", S.SETTLED),
        Step(S.RECEIVED, "unknown_giver", S.UNMATCHED),
        Step(S.UNMATCHED, "match", S.SETTLED),
        Step(S.SETTLED, "thank", S.SETTLED),
        Step(S.SETTLED, "reward_due", S.REWARD_DUE),
        Step(S.SETTLED, "refund", S.REFUNDED),
        Step(S.SETTLED, "chargeback", S.CHARGED_BACK),
        Step(S.REWARD_DUE, "send_reward", S.REWARD_SENT),
        Step(S.REWARD_DUE, "refund", S.REFUNDED),
        Step(S.REWARD_SENT, "refund", S.REFUNDED),
    ),
)
KINDS = ("fund_drive", "crowdfunding", "solidarity_fund", "other")
"""The kinds of campaigns that are offered; a package may bring others."""
COUNTED = frozenset({S.SETTLED, S.REWARD_DUE, S.REWARD_SENT})
"""The states in which the money is there."""


@dataclass(frozen=True, slots=True)
class GiftValue:
    """What the reward rules check; ``person`` is None for a giver who is not known."""

    person: str | None
    state: GiftState
    value: Money


def raised(gifts: list[GiftValue], currency: str = "EUR") -> Money:
    """What a campaign raised: settled gifts at the rate of the day, platform fees apart."""
    return total([gift.value for gift in gifts if gift.state in COUNTED], currency)


def earn_by_single_gift(gifts: list[GiftValue], threshold: Money) -> list[str]:
    """The people who gave the threshold in one gift, in order of person."""
    return sorted(
        {g.person for g in gifts if g.person and g.state in COUNTED and threshold <= g.value}
    )


def earn_by_sum(gifts: list[GiftValue], threshold: Money) -> list[str]:
    """The people who gave the threshold in all, in order of person."""
    sums: dict[str, Money] = {}
    for gift in gifts:
        if gift.person and gift.state in COUNTED:
            sums[gift.person] = sums.get(gift.person, Money(0, threshold.currency)) + gift.value
    return sorted(person for person, given in sums.items() if threshold <= given)
