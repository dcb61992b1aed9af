"""Recording money: the forms that are opened for it, and the steps of what was recorded."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.desktop.forms.form import D
from schoolapp.desktop.kit.editing import T
from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.money.drafts import ASKING, Deciding, Paying
from schoolapp.desktop.places.money.ledgers import (
    DELEGATIONS,
    GIFTS,
    PAYMENTS,
    SUBSIDIES,
    AnyLedger,
)
from schoolapp.desktop.places.money.panels import Panels
from schoolapp.desktop.places.money.queries import Glance
from schoolapp.operations.funding import SubsidyDraft, SubsidyRow


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

    def chosen_subsidy(self) -> SubsidyRow | None:
        """The subsidy that is chosen, if it was read already."""


class Recording(QObject):
    """Opens the form that belongs to the table shown, and takes steps."""

    def __init__(self, host: MoneyHost, panels: Panels, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._panels = host, panels
        panels.step_wanted.connect(self.take_step)
        panels.pay_wanted.connect(self.pay_chosen)

    def new_entry(self) -> None:
        """Record what the table that is shown holds."""
        if self._host.ledger is GIFTS:
            self.new_gift()
        elif self._host.gathering is None:
            self._host.desk.say(_("Choose a school or camp first."))
        elif self._host.ledger in (PAYMENTS, DELEGATIONS):
            self.new_incoming()
        else:
            self.new_subsidy()

    def new_subsidy(self) -> None:
        """Record a request for support."""
        gathering, glance = self._host.gathering, self._host.glance
        if gathering is None or glance is None or glance.overview is None:
            return
        if not glance.overview.funds:
            self._host.desk.say(_("There is no fund yet in this gathering."))
            return
        fund = glance.overview.funds[0]
        draft = SubsidyDraft(gathering_id=gathering.id, fund_id=fund.id)
        self._open(self._panels.new_subsidy, draft)

    def new_incoming(self) -> None:
        """Record a payment; of the delegation that is chosen, if one is."""
        chosen = self._host.selected_ids() if self._host.ledger is DELEGATIONS else ()
        draft = replace(self._paying(), delegation_id=chosen[0] if chosen else None)
        self._open(self._panels.incoming, draft)

    def new_gift(self) -> None:
        """Record a gift for a campaign."""
        campaigns = self._host.glance.campaigns if self._host.glance else ()
        draft = replace(
            self._paying(), currency="EUR", campaign_id=campaigns[0].id if campaigns else None
        )
        self._open(self._panels.gift, draft)

    def pay_chosen(self) -> None:
        """Record a payment of the chosen subsidy."""
        if self._host.ledger is not SUBSIDIES or not self._host.selected_ids():
            return
        row = self._host.chosen_subsidy()
        if row is None or row.granted is None or row.rest is None or row.rest.minor == 0:
            self._host.desk.say(_("Nothing is left to pay of this subsidy."))
            return
        draft = replace(
            self._paying(),
            currency=row.granted.currency,
            paid_as=row.rest,
            subsidy_id=row.id,
            version=row.version,
        )
        self._open(self._panels.payment, draft)

    def remove_chosen(self) -> None:
        """Remove subsidies that are not decided, or payments recorded by mistake."""
        removing = self._host.ledger.removing
        if removing is None:
            self._host.desk.say(_("Entries of this table are not removed here."))
            return
        for key in self._host.selected_ids():
            self._host.desk.tasks.change(self, _("Remove an entry"), removing(key))

    def take_step(self, ledger: AnyLedger, step: str, row_id: int) -> None:
        """Take a step of a row; a form asks for what it needs to know."""
        if ledger is SUBSIDIES and step in ASKING:
            self._open(self._panels.decision, Deciding(step, row_id))
        elif ledger.stepping is not None:
            title, operation = ledger.stepping(step, row_id)
            self._host.desk.tasks.change(self, title, operation)

    def _open(self, panel: FormPanel[D, T], draft: D) -> None:
        self._host.show_side(panel)
        panel.open(draft)

    def _paying(self) -> Paying:
        gathering = self._host.gathering
        return Paying(currency=gathering.currency if gathering else "EUR", date=clock.now().date())
