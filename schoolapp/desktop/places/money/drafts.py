"""The forms of the money: a subsidy, a decision, a payment out, a payment in, a gift."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.places.money.ledgers import METHODS
from schoolapp.domain.budget import PaymentDraft, check_payment
from schoolapp.domain.money import Money
from schoolapp.operations import funding
from schoolapp.operations.people import editing

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
WITH_DECIDER = frozenset({"grant", "refuse"})
WITH_REASON = frozenset({"written_off", "no_answer"})


def _find(session: Any, text: str) -> list[tuple[int, str]]:
    return editing.find_people(session, text)


def _name(session: Any, person_id: int) -> str:
    return editing.draft_of(session, person_id=person_id).display_name


PERSON = forms.person("person_id", mark("Person"), _find, _name)
DECIDER = forms.person("decided_by_id", mark("Who decides"), _find, _name)
SUBSIDY_FIELDS = (
    forms.choice("fund_id", mark("Fund")),
    forms.money("requested", mark("Asked for")),
    forms.money("granted", mark("To grant")),
    forms.long_text("note", mark("Note"), lines=3),
)
PAYING_FIELDS = (
    forms.money("paid_as", mark("What was paid")),
    forms.choice("method", mark("How"), METHODS, half=True),
    forms.date("date", mark("On"), half=True),
    forms.decimal(
        "rate",
        mark("Rate"),
        hint=mark("Units of the other currency for one. Empty in the same currency."),
        half=True,
    ),
    forms.text("rate_source", mark("Whose rate"), half=True),
)
RECEIPT = forms.yes_no("signed_receipt", mark("There is a signed receipt"))


@dataclass(frozen=True, slots=True)
class Deciding:
    """A step of a subsidy that needs to know who, or why."""

    step: str
    subsidy_id: int
    decided_by_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paying:
    """Money that changes hands, as typed; ``currency`` is what it counts in."""

    currency: str
    date: dt.date | None
    paid_as: Money | None = None
    method: str = "bank_transfer"
    rate: Decimal | None = None
    rate_source: str = ""
    signed_receipt: bool = False
    subsidy_id: int | None = None
    version: int = 0
    delegation_id: int | None = None
    person_id: int | None = None
    reference: str = ""
    campaign_id: int | None = None
    anonymous: bool = False

    def payment(self) -> PaymentDraft:
        """What the operations take; only after ``check_paying`` found nothing."""
        assert self.paid_as is not None
        assert self.date is not None
        return PaymentDraft(
            paid_as=self.paid_as,
            method=self.method,
            date=self.date,
            rate=self.rate,
            rate_source=self.rate_source,
            signed_receipt=self.signed_receipt,
        )


def check_paying(draft: Paying) -> dict[str, str]:
    """What is wrong with money that changes hands."""
    wrong = {}
    if draft.paid_as is None:
        wrong["paid_as"] = _("Say how much was paid.")
    if draft.date is None:
        wrong["date"] = _("Say on which day.")
    if wrong:
        return wrong
    found = check_payment(draft.payment(), draft.currency)
    return {("paid_as" if name == "amount" else name): _(words) for name, words in found.items()}


def check_cash(draft: Paying) -> dict[str, str]:
    """What is wrong with a payment that goes out."""
    wrong = check_paying(draft)
    if draft.method == "cash" and not draft.signed_receipt:
        wrong["signed_receipt"] = _("Cash needs a signed receipt.")
    return wrong


def check_incoming(draft: Paying) -> dict[str, str]:
    """What is wrong with a payment that comes in."""
    wrong = check_paying(draft)
    if (draft.delegation_id is None) == (draft.person_id is None):
        wrong["delegation_id"] = _("Say who paid: a delegation, or a person.")
    return wrong


def check_gift(draft: Paying) -> dict[str, str]:
    """What is wrong with a gift."""
    wrong = check_paying(draft)
    if draft.campaign_id is None:
        wrong["campaign_id"] = _("Say which campaign it is for.")
    return wrong


def check_deciding(draft: Deciding) -> dict[str, str]:
    """What a decision lacks."""
    if draft.step in WITH_DECIDER and draft.decided_by_id is None:
        return {"decided_by_id": _("Say who decides on this subsidy.")}
    if draft.step in WITH_REASON and not draft.reason.strip():
        return {"reason": _("This step needs a reason. Say why in a few words.")}
    return {}


def check_subsidy(draft: funding.SubsidyDraft) -> dict[str, str]:
    """What is wrong with a subsidy."""
    return {name: _(words) for name, words in funding.check_subsidy(draft).items()}
