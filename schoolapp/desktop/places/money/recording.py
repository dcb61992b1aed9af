"""Recording money: the forms that are opened for it, and the steps of what was recorded."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from schoolapp.base import clock
from schoolapp.base.language import _, plural
from schoolapp.desktop.forms.form import D
from schoolapp.desktop.kit.editing import T
from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.money import queries
from schoolapp.desktop.places.money.drafts import ASKING, Approving, Deciding, Paying
from schoolapp.desktop.places.money.ledgers import (
    CAMPAIGNS,
    CLAIMS,
    DELEGATIONS,
    FEES,
    FUNDS,
    GIFTS,
    PAYMENTS,
    SUBSIDIES,
    AnyLedger,
    ledger_of,
)
from schoolapp.desktop.places.money.new_panels import NewPanels
from schoolapp.desktop.places.money.panels import REMOVING_PAYMENT, Panels
from schoolapp.desktop.places.money.queries import Glance
from schoolapp.operations.funding import (
    CampaignDraft,
    CampaignRow,
    ClaimDraft,
    FeeRow,
    FundDraft,
    SubsidyDraft,
    SubsidyRow,
    ask_no_fee,
)
from schoolapp.operations.people.prices import BandDraft, price_gathering


class MoneyHost(TableHost, Protocol):
    """What recording needs from the place."""

    @property
    def ledger(self) -> AnyLedger:
        """The table that is shown."""

    @property
    def glance(self) -> Glance | None:
        """The figures above it, once they were read."""

    def selected_ids(self) -> tuple[int, ...]:
        """The rows that are chosen in it."""

    def chosen_row(self) -> object:
        """The row that is chosen; None if none is, or if it was not read yet."""

    def show_made(self, key: str, row_id: int) -> None:
        """Show a row that was made just now, in the table of this key."""


class Recording(QObject):
    """Opens the form that belongs to the table shown, and takes steps."""

    def __init__(self, host: MoneyHost, panels: Panels, forms: NewPanels, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._panels, self._new = host, panels, forms
        panels.step_wanted.connect(self.take_step)
        panels.pay_wanted.connect(self.pay_chosen)
        self._shown: set[QObject] = set()

    def new_entry(self) -> None:
        """Record what the table that is shown holds."""
        ledger = self._host.ledger
        if ledger is GIFTS:
            self.new_gift()
        elif ledger is CAMPAIGNS:
            self.new_campaign()
        elif self._host.gathering is None:
            self._host.desk.say(_("Choose a school or camp first."))
        elif ledger is FUNDS:
            self.new_fund()
        elif ledger is CLAIMS:
            self.new_claim()
        elif ledger in (PAYMENTS, DELEGATIONS, FEES):
            self.new_incoming()
        else:
            self.new_subsidy()

    def new_subsidy(self) -> None:
        """Record a request for support; the first fund is made before."""
        gathering, glance = self._host.gathering, self._host.glance
        if gathering is None or glance is None or glance.overview is None:
            return
        if not glance.overview.funds:
            self._host.desk.say(
                _("There is no fund yet in this gathering. Make one first, and record its income.")
            )
            self.new_fund()
            return
        fund = glance.overview.funds[0]
        draft = SubsidyDraft(gathering_id=gathering.id, fund_id=fund.id)
        self._open(self._new.subsidy, draft, fund.currency)

    def new_fund(self) -> None:
        """Make a fund; what came into it is recorded in its panel."""
        gathering = self._host.gathering
        if gathering is not None:
            draft = FundDraft(gathering_id=gathering.id, currency=gathering.currency)
            self._open(self._new.fund, draft, gathering.currency)
            self._show_made(self._new.fund, FUNDS.key)

    def new_claim(self) -> None:
        """Record a travel claim, of the subsidy that is chosen if it is one that pays travel."""
        gathering, glance = self._host.gathering, self._host.glance
        if gathering is None or glance is None:
            return
        if not glance.claimable:
            self._host.desk.say(
                _("Travel is paid from a subsidy, and none is granted yet. Grant one first.")
            )
            return
        chosen = self._host.selected_ids() if self._host.ledger is SUBSIDIES else ()
        known = [key for key, _words in glance.claimable if key in chosen]
        draft = ClaimDraft(
            gathering_id=gathering.id, subsidy_id=known[0] if known else glance.claimable[0][0]
        )
        self._open(self._new.claim, draft, gathering.currency)
        self._show_made(self._new.claim, CLAIMS.key)

    def new_campaign(self) -> None:
        """Make a campaign."""
        gathering = self._host.gathering
        currency = gathering.currency if gathering else "EUR"
        self._open(self._new.campaign, CampaignDraft(currency=currency), currency)
        self._show_made(self._new.campaign, CAMPAIGNS.key)

    def new_incoming(self) -> None:
        """Record a payment; of the delegation or the participant that is chosen, if one is."""
        draft, chosen = self._paying(), self._host.selected_ids()
        if self._host.ledger is DELEGATIONS and chosen:
            draft = replace(draft, delegation_id=chosen[0])
        row = self._host.chosen_row()
        if isinstance(row, FeeRow):
            owed = row.owed if row.owed is not None and row.owed.minor else None
            draft = replace(draft, person_id=row.person_id, paid_as=owed)
        self._open(self._new.incoming, draft, draft.currency)

    def new_gift(self) -> None:
        """Record a gift; the first campaign is made before."""
        campaigns = self._host.glance.campaigns if self._host.glance else ()
        if not campaigns:
            self._host.desk.say(_("There is no campaign yet. Make one first: gifts are for one."))
            self.new_campaign()
            return
        row = self._host.chosen_row()
        chosen = [one for one in campaigns if isinstance(row, CampaignRow) and one.id == row.id]
        campaign = (chosen or campaigns)[0]
        draft = replace(self._paying(), currency=campaign.currency, campaign_id=campaign.id)
        self._open(self._new.gift, draft, campaign.currency)

    def pay_chosen(self) -> None:
        """Record a payment of the chosen subsidy."""
        if self._host.ledger is not SUBSIDIES or not self._host.selected_ids():
            return
        row = self._host.chosen_row()
        rest = row.rest if isinstance(row, SubsidyRow) else None
        if not isinstance(row, SubsidyRow) or rest is None or rest.minor == 0:
            self._host.desk.say(_("Nothing is left to pay of this subsidy."))
            return
        draft = replace(
            self._paying(),
            currency=rest.currency,
            paid_as=rest,
            subsidy_id=row.id,
            version=row.version,
        )
        self._open(self._new.payment, draft, rest.currency)

    def remove_chosen(self) -> None:
        """Remove the chosen rows, where the table's rows may be removed."""
        removing = self._host.ledger.removing
        if removing is None:
            self._host.desk.say(_("Entries of this table are not removed here."))
            return
        for key in self._host.selected_ids():
            title, operation = removing(key)
            self._host.desk.tasks.change(self, title, operation)

    def set_missing_fees(self) -> None:
        """Give everybody without a fee the price of their band."""
        gathering = self._host.gathering
        if gathering is not None:
            pricing = partial(price_gathering, gathering_id=gathering.id)
            title = _("Set the missing fees")
            self._host.desk.tasks.change(self, title, pricing, self._fees_set)

    def ask_band(self) -> None:
        """Ask for one band for the chosen participants."""
        gathering = self._host.gathering
        if self._host.ledger is not FEES or gathering is None:
            self._host.desk.say(_("Choose the people among the fees first."))
            return
        chosen = self._host.selected_ids()
        self._host.show_side(self._new.band)
        self._new.band.begin(BandDraft(participations=chosen, gathering_id=gathering.id))

    def ask_no_fee(self) -> None:
        """Set the fee of the chosen participants to nothing."""
        if self._host.ledger is not FEES:
            self._host.desk.say(_("Select the people in the table of fees first."))
            return
        chosen = self._host.selected_ids()
        asking = partial(ask_no_fee, participation_ids=chosen)
        self._host.desk.tasks.change(self, _("Ask no fee"), asking)

    def take_step(self, key: str, step: str, row_id: int) -> None:
        """Take a step of a row of a table; a form asks for what it needs to know."""
        ledger = ledger_of(key)
        if ledger is SUBSIDIES and step == REMOVING_PAYMENT:
            removing = partial(queries.remove_last_payment, subsidy_id=row_id)
            self._host.desk.tasks.change(self, _("Remove a payment of a subsidy"), removing)
        elif ledger is SUBSIDIES and step in ASKING:
            self._open(self._new.decision, Deciding(step, row_id))
        elif ledger is CLAIMS and step == "approve":
            allowed = self._panels.claim.allowed
            self._open(self._new.approval, Approving(step, row_id, allowed))
        elif ledger.stepping is not None:
            title, operation = ledger.stepping(step, row_id)
            self._host.desk.tasks.change(self, title, operation)

    def _fees_set(self, count: int) -> None:
        said = plural("{count} fee was set.", "{count} fees were set.", count)
        self._host.desk.say(said.format(count=formats.number(count)))

    def _open(self, panel: FormPanel[D, T], draft: D, currency: str = "") -> None:
        self._host.show_side(panel)
        panel.open(draft)
        if currency:
            panel.form.prefer_currency(currency)

    def _show_made(self, panel: FormPanel[D, int], key: str) -> None:
        """Show the row that this panel makes, so that its lines can be added at once."""
        if panel not in self._shown:
            self._shown.add(panel)
            panel.created.connect(partial(self._host.show_made, key))

    def _paying(self) -> Paying:
        gathering = self._host.gathering
        return Paying(currency=gathering.currency if gathering else "EUR", date=clock.now().date())
