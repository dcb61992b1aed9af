"""What the forms of the money edit, what is wrong with it, and the changes that save it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from schoolapp.base.language import _, mark
from schoolapp.base.shipped import minor_units
from schoolapp.desktop import forms
from schoolapp.desktop.forms.form import Check, D
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.places.money.words import (
    CAMPAIGN_KINDS,
    COSTS,
    METHOD_WORDS,
    METHODS,
    PARTS,
)
from schoolapp.domain.budget import PaymentDraft, check_payment, need_parts_add_up
from schoolapp.domain.money import Money
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import funding
from schoolapp.operations.people import editing, engagements

WITH_DECIDER = frozenset({"grant", "refuse"})
WITH_REASON = frozenset({"written_off", "no_answer"})
ASKING = WITH_DECIDER | WITH_REASON
"""The steps of a subsidy that ask for something before they are taken."""

PERSON = forms.person("person_id", mark("Person"), editing.find_people, editing.name_of)
DECIDER = forms.person("decided_by_id", mark("Who decides"), editing.find_people, editing.name_of)
RATE_HINT = mark("Units of that currency for one of yours. Leave empty if it is the same.")
WAYS = tuple(
    (way, METHOD_WORDS[way]) for way in ("bank_transfer", "cash", "card", "paypal", "platform")
)
SUBSIDY_FIELDS = (
    forms.choice("fund_id", mark("Fund")),
    forms.money("requested", mark("Asked for")),
    forms.money("granted", mark("To grant"), hint=mark("Left empty, it is the sum of the parts.")),
    forms.named_money("parts", mark("Parts of the grant"), PARTS),
    forms.long_text("note", mark("Note"), lines=3),
)
CURRENCIES = tuple((code, code) for code in sorted(minor_units()))
FUND_FIELDS = (
    forms.text("name", mark("Name")),
    forms.choice("currency", mark("Currency"), CURRENCIES),
    forms.money(
        "allocated",
        mark("Set aside for grants"),
        hint=mark("If an amount was decided. It is shown but limits nothing."),
    ),
)
INCOME_FIELDS = (
    forms.text("giver", mark("From")),
    forms.money("amount", mark("Amount")),
    forms.date("date", mark("On")),
    forms.text("earmark", mark("Earmarked for"), hint=mark("If the giver named a purpose.")),
)
CLAIM_FIELDS = (
    forms.money(
        "cap",
        mark("Limit for fares"),
        hint=mark("Left empty, it is what the subsidy gives for travel."),
    ),
)
LINE_FIELDS = (
    forms.choice("what", mark("What"), tuple(COSTS.items())),
    forms.date("date", mark("On")),
    forms.money("paid", mark("What was paid")),
    forms.decimal("rate", mark("Rate"), hint=RATE_HINT, half=True),
    forms.text("rate_source", mark("Source of the rate"), half=True),
    forms.yes_no("receipt", mark("There is a receipt")),
    forms.yes_no("boarding_pass", mark("There is a boarding pass")),
)
CAMPAIGN_FIELDS = (
    forms.text("title", mark("Title")),
    forms.choice("kind", mark("Kind"), tuple(CAMPAIGN_KINDS.items()), half=True),
    forms.choice("currency", mark("Currency"), CURRENCIES, half=True),
    forms.money("goal", mark("Goal")),
    forms.text("reward", mark("Reward"), hint=mark("What people get for their gift, if anything.")),
    forms.money("threshold", mark("For gifts from")),
    forms.choice("publication_id", mark("For the publication")),
    forms.text("earmark", mark("Earmarked for")),
    forms.text("method", mark("How people give")),
    forms.text(
        "source", mark("Call for gifts"), hint=mark("Where people are asked: a letter, a page.")
    ),
    forms.long_text("note", mark("Note"), lines=3),
)
GIFT_FIELDS = (
    forms.choice("campaign_id", mark("Campaign")),
    PERSON,
    forms.yes_no("anonymous", mark("Keep the name hidden")),
    forms.money("amount", mark("Given")),
    forms.money("value", mark("Value on that day")),
    forms.date("date", mark("On"), half=True),
    forms.choice("method", mark("How"), WAYS, half=True),
    forms.money("platform_fee", mark("Fee of the platform")),
    forms.text("note", mark("Note")),
)
FEE_FIELDS = (
    forms.fee_band(
        "band",
        mark("Fee band"),
        hint=mark("With a band, an empty fee means the price of the band."),
    ),
    forms.money("fee", mark("Fee")),
)
DUE_FIELDS = (forms.money("due", mark("Owes")),)
PAYING_FIELDS = (
    forms.money("paid_as", mark("What was paid")),
    forms.choice("method", mark("How"), METHODS, half=True),
    forms.date("date", mark("On"), half=True),
    forms.decimal("rate", mark("Rate"), hint=RATE_HINT, half=True),
    forms.text("rate_source", mark("Source of the rate"), half=True),
)
RECEIPT = forms.yes_no("signed_receipt", mark("There is a signed receipt"))


def incoming_fields(look: Look) -> tuple[forms.Field, ...]:
    """The fields of a payment that comes in."""
    return (
        forms.choice("delegation_id", mark("Delegation")),
        PERSON,
        *PAYING_FIELDS,
        forms.text("reference", mark("Reference")),
        forms.people(
            "allocated_to",
            mark("Paid for"),
            look,
            editing.find_people,
            engagements.names_of,
            new=False,
            hint=mark("Several people share it evenly. Empty: for whoever paid."),
        ),
    )


@dataclass(frozen=True, slots=True)
class Deciding:
    """A step of a subsidy that may ask who decides, or why."""

    step: str
    subsidy_id: int
    decided_by_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Approving:
    """A step of a travel claim; ``approve`` asks how much, and why if it is more than allowed."""

    step: str
    claim_id: int
    approved: Money | None = None
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
    allocated_to: tuple[int, ...] = ()
    campaign_id: int | None = None
    anonymous: bool = False
    pledged: bool = False

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
    """What is missing in a decision."""
    if draft.step in WITH_DECIDER and draft.decided_by_id is None:
        return {"decided_by_id": _("Say who decides on this subsidy.")}
    if draft.step in WITH_REASON and not draft.reason.strip():
        return {"reason": _("This step needs a reason. Say why in a few words.")}
    return {}


def check_approving(draft: Approving) -> dict[str, str]:
    """What is missing in an approval; the rules themselves are asked when it is saved."""
    if draft.approved is None or draft.approved.minor <= 0:
        return {"approved": _("Say how much is approved: an amount above zero.")}
    return {}


def check_subsidy(draft: funding.SubsidyDraft) -> dict[str, str]:
    """What is wrong with a subsidy."""
    wrong = translated(funding.check_subsidy(draft))
    if not draft.decided:
        try:
            need_parts_add_up(draft.granted, draft.parts)
        except RuleBroken as trouble:
            wrong["parts"] = trouble.sentence()
    return wrong


def translated(wrong: Mapping[str, str]) -> dict[str, str]:
    """The sentences of a check in the language in use."""
    return {name: _(words) for name, words in wrong.items()}


def said(check: Callable[[D], Mapping[str, str]]) -> Check[D]:
    """A check of the operations for a form: its sentences in the language in use."""

    def checked(draft: D) -> Mapping[str, str]:
        return translated(check(draft))

    return checked
