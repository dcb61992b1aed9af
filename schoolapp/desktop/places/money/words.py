"""The names of ways of paying and of the steps of subsidies, travel claims and gifts."""

from schoolapp.base.language import _, mark

METHODS = (
    ("bank_transfer", mark("Bank transfer")),
    ("cash", mark("Cash")),
)
METHOD_WORDS = {
    **dict(METHODS),
    "fee_waiver": mark("Fee not asked for"),
    "travel_cap": mark("Travel, at most"),
    "visa": mark("Visa"),
    "pocket_money": mark("Pocket money"),
    "card": mark("Card"),
    "paypal": mark("PayPal"),
    "platform": mark("Platform"),
}

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


def method_word(method: str) -> str:
    """The word for a way of paying or a part of a subsidy; an unknown one as it is."""
    return _(METHOD_WORDS[method]) if method in METHOD_WORDS else method
