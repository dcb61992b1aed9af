"""The changes that forms and buttons of the money make: their titles and their operations."""

from functools import partial

from schoolapp.base.language import _
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.money import queries
from schoolapp.desktop.places.money.drafts import Approving, Deciding, Paying
from schoolapp.desktop.places.money.words import CLAIM_STEPS, SUBSIDY_STEPS
from schoolapp.domain.funding import ClaimState, SubsidyState
from schoolapp.operations import funding


def saving(draft: funding.SubsidyDraft) -> Change[funding.SubsidyDraft]:
    """The change that saves a subsidy."""
    return _("Change a subsidy"), partial(queries.save_subsidy, draft=draft)


def saving_fund(draft: funding.FundDraft) -> Change[funding.FundDraft]:
    """The change that saves a fund."""
    return _("Change the fund {name}").format(name=draft.name), partial(
        queries.save_fund, draft=draft
    )


def saving_claim(draft: funding.ClaimDraft) -> Change[funding.ClaimDraft]:
    """The change that saves a travel claim."""
    return _("Change a travel claim"), partial(queries.save_claim, draft=draft)


def saving_campaign(draft: funding.CampaignDraft) -> Change[funding.CampaignDraft]:
    """The change that saves a campaign."""
    return _("Change the campaign {title}").format(title=draft.title), partial(
        queries.save_campaign, draft=draft
    )


def saving_gift(draft: funding.GiftChange) -> Change[funding.GiftChange]:
    """The change that saves a gift."""
    return _("Change a gift"), partial(queries.save_gift, draft=draft)


def saving_fee(draft: funding.FeeDraft) -> Change[funding.FeeDraft]:
    """The change that saves a fee."""
    return _("Change a fee"), partial(queries.save_fee, draft=draft)


def saving_incoming(draft: funding.IncomingChange) -> Change[funding.IncomingChange]:
    """The change that saves a payment that came in."""
    return _("Change a payment"), partial(queries.save_incoming, draft=draft)


def saving_due(draft: funding.DueDraft) -> Change[funding.DueDraft]:
    """The change that saves what a delegation owes."""
    return _("Change what a delegation owes"), partial(queries.save_due, draft=draft)


def creating_fund(draft: funding.FundDraft) -> Change[int]:
    """The change that makes a fund."""
    return _("Make the fund {name}").format(name=draft.name), partial(
        funding.save_fund, draft=draft
    )


def creating_claim(draft: funding.ClaimDraft) -> Change[int]:
    """The change that makes a travel claim."""
    return _("Record a travel claim"), partial(funding.save_claim, draft=draft)


def creating_campaign(draft: funding.CampaignDraft) -> Change[int]:
    """The change that makes a campaign."""
    return _("Make the campaign {title}").format(title=draft.title), partial(
        funding.save_campaign, draft=draft
    )


def approving(draft: Approving) -> Change[ClaimState]:
    """The change that takes a step of a travel claim."""
    title = _("Travel claim: {step}").format(step=_(CLAIM_STEPS[draft.step]))
    return title, partial(
        funding.step_claim,
        claim_id=draft.claim_id,
        step=draft.step,
        approved=draft.approved,
        reason=draft.reason or None,
    )


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
        allocated_to=draft.allocated_to,
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
        pledged=draft.pledged,
    )
    title = _("Record a gift of {amount}").format(amount=formats.money(payment.paid_as))
    return title, partial(funding.add_gift, draft=gift)
