"""The fields of ``donations.json``; who earned a reward is worked out, never taken over."""

from schoolapp.domain.donations import (
    Campaign,
    Gift,
    GiftState,
    GiftValue,
    Publication,
    PublicationPart,
    earn_by_single_gift,
    earn_by_sum,
    raised,
)
from schoolapp.domain.money import Money
from schoolapp.exchange.packages.codecs import (
    BOOLEAN,
    CURRENCY,
    DATE,
    DECIMAL,
    MONEY,
    TEXT,
    Known,
    Values,
    list_of,
    reference,
    states,
)
from schoolapp.exchange.packages.fields import Derived, Field, Nested, Record, entity
from schoolapp.exchange.packages.model import Donations
from schoolapp.exchange.packages.people import PERSON_REFERENCE

REWARDED = "bensaid-2025"
"""The campaign that ``expected`` is about."""
THRESHOLD = Money.of("60.00", "EUR")


def _gifts(donations: Donations) -> list[GiftValue]:
    return [
        GiftValue(gift.person.code if gift.person else None, gift.state, gift.value)
        for gift in donations.gifts
        if gift.campaign.code == REWARDED
    ]


def _threshold(donations: Donations) -> Money:
    rewards = {campaign.code: campaign.reward_threshold for campaign in donations.campaigns}
    return rewards.get(REWARDED) or THRESHOLD


def _publication(values: Values, known: Known) -> Publication:
    publication = Publication(**values)
    known.add("publications", publication.code, publication)
    return publication


def _campaign(values: Values, known: Known) -> Campaign:
    threshold, item = values.pop("reward", (None, None))
    return Campaign(reward_threshold=threshold, reward_item=item, **values)


def _donations(values: Values, known: Known) -> Donations:
    first = [values.pop("publication")] if "publication" in values else []
    return Donations(publications=first + values.pop("publications", []), **values)


PUBLICATION = Record(
    _publication,
    (
        Field("id", TEXT, "code"),
        Field("title", TEXT),
        Field("replaces", TEXT, null=True),
        Field("aim", TEXT, null=True),
        Field(
            "parts",
            Record(
                entity(PublicationPart),
                (Field("group", TEXT, "name"), Field("texts", list_of(TEXT))),
            ).listed(),
        ),
        Field("workflow", list_of(TEXT), "stages"),
    ),
)
REWARD = Record(
    lambda values, known: (values["threshold"], values["item"]),
    (
        Field("threshold", MONEY, get=lambda reward: reward[0]),
        Field("item", TEXT, null=True, get=lambda reward: reward[1]),
    ),
)


def _reward(campaign: Campaign) -> tuple[Money, str | None] | None:
    if campaign.reward_threshold is None:
        return None
    return campaign.reward_threshold, campaign.reward_item


CAMPAIGN = Record(
    _campaign,
    (
        Field("id", TEXT, "code"),
        Field("kind", TEXT),
        Field("title", TEXT),
        Field("goal", MONEY, null=True),
        Field("reward", REWARD.codec, optional=True, get=_reward),
        Field("publication", reference("publications"), optional=True),
        Field("source", TEXT, null=True),
        Field("method", TEXT, optional=True),
        Field("note", TEXT, optional=True),
        Field("earmark", TEXT, optional=True),
        # what the program knows beyond the format: where it is not EUR
        Field(
            "currency",
            CURRENCY,
            optional=True,
            get=lambda campaign: None if campaign.currency == "EUR" else campaign.currency,
        ),
    ),
)
GIFT = Record(
    entity(Gift),
    (
        Field("id", TEXT, "code"),
        Field("campaign", reference("campaigns")),
        Field("person", PERSON_REFERENCE, null=True),
        Field("anonymous", BOOLEAN),
        Field("amount", MONEY),
        Field("eur_at_date", MONEY, "value"),
        Field("date", DATE),
        Field("method", TEXT),
        Field("state", states(GiftState)),
        Field("platform_fee", MONEY, null=True),
        Field("note", TEXT, optional=True, null=True),
    ),
)
DONATIONS = Record(
    _donations,
    (
        # read before the campaigns, which name their publication
        Field(
            "publication",
            PUBLICATION.codec,
            optional=True,
            get=lambda donations: next(iter(donations.publications), None),
        ),
        # what the program knows beyond the format: the publications after the first
        Field(
            "publications",
            PUBLICATION.listed(),
            optional=True,
            get=lambda donations: donations.publications[1:],
        ),
        Field("campaigns", CAMPAIGN.listed(campaigns="code")),
        Field("gifts", GIFT.listed(gifts="code")),
        Nested(
            "expected",
            (
                Derived(
                    "book_single_gift",
                    list_of(TEXT),
                    lambda d: earn_by_single_gift(_gifts(d), _threshold(d)),
                    compare=sorted,
                ),
                Derived(
                    "book_cumulative",
                    list_of(TEXT),
                    lambda d: earn_by_sum(_gifts(d), _threshold(d)),
                    compare=sorted,
                ),
                Derived(
                    "raised_bensaid_settled_eur",
                    DECIMAL,
                    lambda d: raised(_gifts(d)).amount,
                ),
            ),
        ),
    ),
)
