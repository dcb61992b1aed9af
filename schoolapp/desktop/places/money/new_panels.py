"""The forms that record money: what a table gets a new row by, and what a step asks for."""

from functools import cached_property

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.forms.form import Check, D
from schoolapp.desktop.kit.band_panel import BandPanel
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.money import changing, drafts, queries
from schoolapp.desktop.places.money.drafts import Approving, Deciding, Paying
from schoolapp.domain.funding import ClaimState, SubsidyState
from schoolapp.operations import funding
from schoolapp.operations.funding import CampaignDraft, ClaimDraft, FundDraft, SubsidyDraft


class NewPanels:
    """The forms that record money, each made when it is first opened."""

    def __init__(self, desk: Desk, offers: Offers) -> None:
        self._desk, self._offers = desk, offers
        self.gathering_id = 0

    @cached_property
    def subsidy(self) -> FormPanel[SubsidyDraft, int]:
        """Records a request for support."""
        form = self._form((drafts.PERSON, *drafts.SUBSIDY_FIELDS), drafts.check_subsidy)
        words = _("Record a subsidy")
        return FormPanel(self._desk, words, form, changing.creating, words)

    @cached_property
    def fund(self) -> FormPanel[FundDraft, int]:
        """Makes a fund."""
        form = self._form(drafts.FUND_FIELDS, drafts.said(funding.check_fund))
        return FormPanel(
            self._desk, _("New fund"), form, changing.creating_fund, _("Make the fund")
        )

    @cached_property
    def claim(self) -> FormPanel[ClaimDraft, int]:
        """Records a travel claim."""
        fields = (forms.choice("subsidy_id", mark("Whose subsidy")), *drafts.CLAIM_FIELDS)
        form = self._form(fields, drafts.said(funding.check_claim))
        words = _("Record the claim")
        return FormPanel(self._desk, _("New travel claim"), form, changing.creating_claim, words)

    @cached_property
    def campaign(self) -> FormPanel[CampaignDraft, int]:
        """Makes a campaign."""
        form = self._form(drafts.CAMPAIGN_FIELDS, drafts.said(funding.check_campaign))
        words = _("Make the campaign")
        return FormPanel(self._desk, _("New campaign"), form, changing.creating_campaign, words)

    @cached_property
    def decision(self) -> FormPanel[Deciding, SubsidyState]:
        """Records who decided on a subsidy, and why."""
        fields = (drafts.DECIDER, forms.text("reason", mark("Why")))
        form = self._form(fields, drafts.check_deciding)
        return FormPanel(self._desk, _("Decision"), form, changing.deciding, _("Decide"))

    @cached_property
    def approval(self) -> FormPanel[Approving, ClaimState]:
        """Records how much of a travel claim is approved."""
        hint = mark("Only if it is more than the proofs and the limit allow.")
        fields = (
            forms.money("approved", mark("Approved")),
            forms.text("reason", mark("Why"), hint=hint),
        )
        form = self._form(fields, drafts.check_approving)
        words = _("Approve")
        return FormPanel(self._desk, _("Approve a travel claim"), form, changing.approving, words)

    @cached_property
    def payment(self) -> FormPanel[Paying, SubsidyState]:
        """Records a payment of a subsidy."""
        form = self._form((*drafts.PAYING_FIELDS, drafts.RECEIPT), drafts.check_cash)
        words = _("Record the payment")
        return FormPanel(self._desk, _("Pay a subsidy"), form, changing.paying, words)

    @cached_property
    def incoming(self) -> FormPanel[Paying, int]:
        """Records a payment of a person or a delegation."""
        form = self._form(drafts.incoming_fields(self._desk.look), drafts.check_incoming)
        words = _("Record the payment")
        return FormPanel(self._desk, _("Payment received"), form, self._receiving, words)

    @cached_property
    def gift(self) -> FormPanel[Paying, int]:
        """Records a gift for a campaign."""
        fields = (
            forms.choice("campaign_id", mark("Campaign")),
            drafts.PERSON,
            forms.yes_no("anonymous", mark("Keep the name hidden")),
            *drafts.PAYING_FIELDS,
            forms.yes_no("pledged", mark("Only pledged so far")),
        )
        form = self._form(fields, drafts.check_gift)
        return FormPanel(self._desk, _("New gift"), form, changing.giving, _("Record the gift"))

    @cached_property
    def band(self) -> BandPanel:
        """Gives several people a band."""
        return BandPanel(self._desk)

    def offer(self, glance: queries.Glance, gathering_id: int) -> None:
        """Offer the funds, delegations, subsidies, campaigns and publications there are."""
        self.gathering_id = gathering_id
        funds = glance.overview.funds if glance.overview else ()
        self._offers.put("fund_id", [(fund.id, fund.name) for fund in funds])
        self._offers.put("delegation_id", [(None, ""), *glance.delegations])
        self._offers.put("campaign_id", [(one.id, one.title) for one in glance.campaigns])
        self._offers.put("subsidy_id", glance.claimable)
        self._offers.put("publication_id", [(None, ""), *glance.publications])

    def _form(self, fields: tuple[forms.Field, ...], check: Check[D]) -> Form[D]:
        return self._offers.join(Form(self._desk.tasks, self._desk.look, fields, check))

    def _receiving(self, draft: Paying) -> Change[int]:
        return changing.receiving(self.gathering_id, draft)
