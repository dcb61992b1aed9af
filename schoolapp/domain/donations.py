"""Donations: campaigns, gifts, who gets a reward, and the publication a campaign pays for."""

import datetime as dt
import enum
from dataclasses import dataclass

from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.base import Base, Keyed, StepTaken, Versioned, link, maybe, maybe_money, money
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
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    replaces: Mapped[str | None] = mapped_column(default=None)
    aim: Mapped[str | None] = mapped_column(default=None)
    stages: Mapped[list[str]] = mapped_column(default_factory=list)
    blanks: Mapped[list[str]] = mapped_column(default_factory=list)
    parts: Mapped[list["PublicationPart"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="PublicationPart.position"
    )


class PublicationPart(Keyed, Base):
    """A group of texts of a publication; a text stands in one group only."""

    __tablename__ = "publication_part"
    publication_id: Mapped[int] = link("publication.id")
    name: Mapped[str]
    texts: Mapped[list[str]] = mapped_column(default_factory=list)
    position: Mapped[int] = mapped_column(default=0)


class Campaign(Versioned, Base):
    """A call for gifts, with a goal, a reward or an earmark where it has one."""

    __tablename__ = "campaign"
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    goal: Mapped[Money | None] = maybe_money("goal")
    reward_threshold: Mapped[Money | None] = maybe_money("reward_threshold")
    reward_item: Mapped[str | None] = mapped_column(default=None)
    publication_id: Mapped[int | None] = maybe("publication.id")
    earmark: Mapped[str | None] = mapped_column(default=None)
    method: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    blanks: Mapped[list[str]] = mapped_column(default_factory=list)
    position: Mapped[int] = mapped_column(default=0)
    publication: Mapped[Publication | None] = relationship(default=None)


class GiftStep(StepTaken, Base):
    """A step of a gift."""

    __tablename__ = "gift_step"
    gift_id: Mapped[int] = link("gift.id")


class Gift(Versioned, Base):
    """A gift; ``value`` is its worth in EUR on the day of receipt, frozen."""

    __tablename__ = "gift"
    code: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[int] = link("campaign.id")
    person_id: Mapped[int | None] = maybe("person.id")
    anonymous: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[Money] = money("amount")
    value: Mapped[Money] = money("value")
    date: Mapped[dt.date]
    method: Mapped[str]
    state: Mapped[GiftState] = mapped_column(default=GiftState.PLEDGED)
    platform_fee: Mapped[Money | None] = maybe_money("platform_fee")
    note: Mapped[str | None] = mapped_column(default=None)
    blanks: Mapped[list[str]] = mapped_column(default_factory=list)
    position: Mapped[int] = mapped_column(default=0)
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
COUNTED = frozenset({S.SETTLED, S.REWARD_DUE, S.REWARD_SENT})
"""The states in which the money is there."""


@dataclass(frozen=True, slots=True)
class GiftValue:
    """What the reward rules look at; ``person`` is None for a giver who is not known."""

    person: str | None
    state: GiftState
    value: Money


def raised(gifts: list[GiftValue], currency: str = "EUR") -> Money:
    """What a campaign raised: settled gifts at the rate of the day, platform fees apart."""
    return total([gift.value for gift in gifts if gift.state in COUNTED], currency)


def earn_by_single_gift(gifts: list[GiftValue], threshold: Money) -> list[str]:
    """Who gave the threshold in one gift, in order of person."""
    return sorted(
        {g.person for g in gifts if g.person and g.state in COUNTED and threshold <= g.value}
    )


def earn_by_sum(gifts: list[GiftValue], threshold: Money) -> list[str]:
    """Who gave the threshold in all, in order of person."""
    sums: dict[str, Money] = {}
    for gift in gifts:
        if gift.person and gift.state in COUNTED:
            sums[gift.person] = sums.get(gift.person, Money(0, threshold.currency)) + gift.value
    return sorted(person for person, given in sums.items() if threshold <= given)
