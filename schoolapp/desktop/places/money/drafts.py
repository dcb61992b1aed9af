"""What the forms of the money edit, what is wrong with it, and the changes that save it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.money import queries
from schoolapp.desktop.places.money.words import METHODS, SUBSIDY_STEPS
from schoolapp.domain.budget import PaymentDraft, check_payment
from schoolapp.domain.funding import SubsidyState
from schoolapp.domain.money import Money
from schoolapp.operations import funding
from schoolapp.operations.people import editing

WITH_DECIDER = frozenset({"grant", "refuse"})
WITH_REASON = frozenset({"written_off", "no_answer"})
ASKING = WITH_DECIDER | WITH_REASON
"""The steps of a subsidy that ask for something before they are taken."""

PERSON = forms.person("person_id", mark("Person"), editing.find_people, editing.name_of)
DECIDER = forms.person("decided_by_id", mark("Who decides"), editing.find_people, editing.name_of)
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
    """A step of a subsidy that may ask who decides, or why."""

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
    """What is missing in a decision."""
    if draft.step in WITH_DECIDER and draft.decided_by_id is None:
        return {"decided_by_id": _("Say who decides on this subsidy.")}
    if draft.step in WITH_REASON and not draft.reason.strip():
        return {"reason": _("This step needs a reason. Say why in a few words.")}
    return {}


def check_subsidy(draft: funding.SubsidyDraft) -> dict[str, str]:
    """What is wrong with a subsidy."""
    return {name: _(words) for name, words in funding.check_subsidy(draft).items()}


def saving(draft: funding.SubsidyDraft) -> Change[funding.SubsidyDraft]:
    """The change that saves a subsidy."""
    return _("Change a subsidy"), partial(queries.save_subsidy, draft=draft)


def creating(draft: funding.SubsidyDraft) -> Change[int]:
    """The change that records a subsidy."""
    return _("Record a subsidy"), partial(funding.save_subsidy, draft=draft)


def deciding(draft: Deciding) -> Change[SubsidyState]:
    """The change that takes a step of a subsidy."""
    title = _("Subsidy: {step}").format(step=_(SUBSIDY_STEPS[draft.step]))
    return title, partial(
        funding.step_subsidy,
        subsidy_id=draft.subsidy_id,
        step=draft.step,
        decided_by_id=draft.decided_by_id,
        reason=draft.reason or None,
    )


def paying(draft: Paying) -> Change[SubsidyState]:
    """The change that records a payment of a subsidy."""
    assert draft.subsidy_id is not None
    payment = draft.payment()
    title = _("Pay {amount} of a subsidy").format(amount=formats.money(payment.paid_as))
    return title, partial(
        funding.pay_subsidy,
        subsidy_id=draft.subsidy_id,
        version=draft.version,
        payment=payment,
    )


def receiving(gathering_id: int, draft: Paying) -> Change[int]:
    """The change that records a payment that came in."""
    payment = draft.payment()
    incoming = funding.IncomingDraft(
        gathering_id=gathering_id,
        payment=payment,
        delegation_id=draft.delegation_id,
        person_id=draft.person_id,
        reference=draft.reference,
    )
    title = _("Record a payment of {amount}").format(amount=formats.money(payment.paid_as))
    return title, partial(funding.record_incoming, draft=incoming)


def giving(draft: Paying) -> Change[int]:
    """The change that records a gift."""
    assert draft.campaign_id is not None
    payment = draft.payment()
    gift = funding.GiftDraft(
        campaign_id=draft.campaign_id,
        payment=payment,
        person_id=draft.person_id,
        anonymous=draft.anonymous,
    )
    title = _("Record a gift of {amount}").format(amount=formats.money(payment.paid_as))
    return title, partial(funding.add_gift, draft=gift)
