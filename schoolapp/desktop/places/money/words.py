"""The names of ways of paying and of the steps of subsidies, travel claims and gifts."""

from schoolapp.base.language import _, mark
from schoolapp.desktop.look import formats
from schoolapp.domain import budget
from schoolapp.domain.money import Money

METHODS = (
    ("bank_transfer", mark("Bank transfer")),
    ("cash", mark("Cash")),
)
METHOD_WORDS = {
    **dict(METHODS),
    "fee_waiver": mark("Fee waived"),
    "travel_cap": mark("Travel"),
    "visa": mark("Visa"),
    "pocket_money": mark("Pocket money"),
    "other": mark("Other"),
    "card": mark("Card"),
    "paypal": mark("PayPal"),
    "platform": mark("Platform"),
}

PARTS = {kind: METHOD_WORDS[kind] for kind in budget.PARTS}
"""The parts of a subsidy, in the order in which a form asks for them."""
COSTS: dict[str, str] = {
    "flight": mark("Flight"),
    "train": mark("Train"),
    "bus": mark("Bus"),
    "ferry": mark("Ferry"),
    "airport train": mark("Train to or from the airport"),
    "taxi": mark("Taxi"),
    "visa fee": mark("Visa fee"),
    "other fare": mark("Other fare"),
}
"""What a line of a travel claim is for."""
CAMPAIGN_KINDS: dict[str, str] = {
    "fund_drive": mark("Fund drive"),
    "crowdfunding": mark("Crowdfunding"),
    "solidarity_fund": mark("Solidarity fund"),
    "other": mark("Other"),
}
NO_PRICE = mark("No price yet")
"""What stands where a fee would, as long as nobody knows it: never nothing, which reads as zero."""

SUBSIDY_STEPS: dict[str, str] = {
    "score": mark("Reviewed"),
    "grant": mark("Grant"),
    "refuse": mark("Refuse"),
    "postpone": mark("Postpone"),
    "accept": mark("It was accepted"),
    "decline": mark("It was declined"),
    "no_answer": mark("No answer came"),
    "withdraw": mark("It was withdrawn"),
    "claim_closed": mark("Ready to pay"),
    "person_withdrew": mark("The person withdrew"),
    "repaid": mark("It was paid back"),
    "written_off": mark("Write it off"),
}
"""The words of the steps that are taken by a button; payments take their steps themselves."""
CLAIM_STEPS: dict[str, str] = {
    "submit": mark("Submitted"),
    "ask": mark("Ask for what is missing"),
    "approve": mark("Approve"),
    "reject": mark("Decline"),
    "pay": mark("Partly paid"),
    "pay_all": mark("Paid in full"),
    "withdraw": mark("It was withdrawn"),
    "deadline": mark("The deadline has passed"),
    "reopen": mark("Open it again"),
}
GIFT_STEPS: dict[str, str] = {
    "match": mark("The giver is known"),
    "thank": mark("Thanked"),
    "reward_due": mark("A reward is due"),
    "send_reward": mark("The reward was sent"),
    "refund": mark("Refund"),
    "chargeback": mark("Charged back"),
    "money_in": mark("The money has come"),
    "unknown_giver": mark("The giver is not known"),
    "silence": mark("Nothing came"),
}


def cost_word(what: str) -> str:
    """The word for what a line of a claim is for; an unknown one as it is."""
    return _(COSTS[what]) if what in COSTS else what


def kind_word(kind: str) -> str:
    """The word for a kind of campaign; an unknown one as it is."""
    return _(CAMPAIGN_KINDS[kind]) if kind in CAMPAIGN_KINDS else kind.replace("_", " ")


def fee_words(fee: Money | None, unpriced: bool) -> str:
    """A fee, or that there is no price yet; nothing where a delegation pays."""
    return _(NO_PRICE) if unpriced else "" if fee is None else formats.money(fee)


def method_word(method: str) -> str:
    """The word for a way of paying or a part of a subsidy; an unknown one as it is."""
    return _(METHOD_WORDS[method]) if method in METHOD_WORDS else method
