"""The money: subsidies within their funds, payments, delegations, travel claims, donations."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Words
from schoolapp.desktop.places.money import drafts, queries
from schoolapp.desktop.places.money.fund_bar import FundBar
from schoolapp.desktop.places.money.ledgers import LEDGERS, Ledger
from schoolapp.desktop.places.money.panels import Panels
from schoolapp.desktop.tables import Source, Table, View
from schoolapp.operations import funding


@dataclass(slots=True)
class Page:
    """One of the tables with what stands in for it when it is empty."""

    ledger: Ledger
    table: Table
    stack: QStackedWidget
    view: View


class Money(TablePlace):
    """Five tables of which one is shown; above them the funds, or what a campaign raised."""

    key: ClassVar[str] = "money"
    title: ClassVar[str] = mark("Money")
    icon: ClassVar[str] = "wallet"
    WATCHES = frozenset(
        {
            "subsidy", "subsidy_part", "subsidy_payment", "fund", "payment", "allocation",
            "delegation", "participation", "travel_claim", "claim_line", "campaign", "gift",
            "person", "gathering",
        }
    )  # fmt: skip
    SEARCH = mark("Search by name")
    COLUMNS = LEDGERS[0].columns
    EMPTY_COMMANDS = ("money.new",)

    def build(self) -> None:
        """The first table beneath the funds; each other one is made when it is shown."""
        self._pages: dict[str, Page] = {}
        self.around_table = self._tables = QStackedWidget(self.body)
        self.ledger = LEDGERS[0]
        super().build()
        self._tables.addWidget(self._stack)
        self.panels = Panels(self.desk, self)
        self.fees = Words(wrap=True)
        self.fees.setObjectName("fees")
        self._funds = QVBoxLayout()
        self._funds.setSpacing(4)
        self._currency = "EUR"
        self._glance: queries.Glance | None = None
        whole = QWidget(self.body)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.fees)
        layout.addLayout(self._funds)
        layout.addWidget(self._tables, 1)
        self.body.set_main(whole)
        for ledger in LEDGERS:
            self.chips.add(ledger.key, _(ledger.words))
        self.add_action("money.new", primary=True)
        self.panels.step_wanted.connect(self._take_step)
        self.panels.pay_wanted.connect(self.pay_chosen)
        self._turn_to(LEDGERS[0].key)

    def make_table(self) -> None:
        """Make the table of the ledger that is to be shown."""
        ledger = self.ledger
        self.COLUMNS, self.SORT = ledger.columns, ledger.sort  # type: ignore[misc]
        super().make_table()
        self.table.setObjectName(ledger.key)
        self.view = self.view._replace(gathering=self.gathering.id if self.gathering else None)
        self._pages[ledger.key] = Page(ledger, self.table, self._stack, self.view)

    def source(self) -> Source:
        """Where the rows of the ledger come from."""
        return self.ledger.source()

    def focus_target(self) -> QWidget:
        """The table that is shown."""
        return self._tables

    def refresh(self) -> None:
        """Ask for the rows, and for the figures above them."""
        super().refresh()
        key = self.gathering.id if self.gathering else None
        self.desk.tasks.read(self, partial(queries.glance, key), self._glance_came)

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the money of a gathering."""
        for page in self._pages.values():
            page.view = page.view._replace(gathering=gathering.id if gathering else None)
        self._currency = gathering.currency if gathering else "EUR"
        super().show_gathering(gathering)

    def belongs_to_one(self) -> bool:
        """All but the tables that are the institute's."""
        return not self.ledger.everywhere

    def show_ledger(self, key: str) -> None:
        """Show another of the tables."""
        self.leave()
        self.close_side()
        self._turn_to(key)
        self.ask_for_gathering()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_filters(self) -> None:
        """Show all rows of the table again."""
        super().clear_filters()
        self.chips.choose(self.ledger.key)

    def on_changed(self, tables: frozenset[str]) -> None:
        """Ask again, for what is at the side too."""
        self.refresh()
        if self.body.side is None:
            return
        key = self.panels.subsidy.key
        if self.body.side is self.panels.subsidy and key is not None:
            self.desk.tasks.read(self, partial(queries.subsidy, key), self._subsidy_again)

    def show_row(self, row_id: int, row: Any) -> None:
        """Show a subsidy to edit, or what there is to know of another row."""
        if self.ledger.key == "subsidies":
            self.desk.tasks.read(self, partial(queries.subsidy, row_id), self._subsidy_came)
        else:
            self.show_side(self.panels.facts)
            self.panels.show_row(self.ledger.key, row_id, row)

    def new_entry(self) -> None:
        """Record what the table holds that is shown."""
        if self.ledger.key == "gifts":
            self.new_gift()
        elif self.gathering is None:
            self.desk.say(_("Choose a school or camp first."))
        elif self.ledger.key in ("payments", "delegations"):
            self.new_incoming()
        else:
            self.new_subsidy()

    def new_subsidy(self) -> None:
        """Record that somebody asks for support."""
        overview = self._glance.overview if self._glance else None
        if self.gathering is None or overview is None:
            return
        if not overview.funds:
            self.desk.say(_("There is no fund yet in this gathering."))
            return
        draft = funding.SubsidyDraft(gathering_id=self.gathering.id, fund_id=overview.funds[0].id)
        self._open(self.panels.new_subsidy, draft)

    def new_incoming(self) -> None:
        """Record a payment; of the delegation that is chosen, if one is."""
        chosen = self.selected_ids() if self.ledger.key == "delegations" else ()
        draft = replace(self._paying(), delegation_id=chosen[0] if chosen else None)
        self._open(self.panels.incoming, draft)

    def new_gift(self) -> None:
        """Record a gift for a campaign."""
        campaigns = self._glance.campaigns if self._glance else ()
        draft = replace(
            self._paying(), currency="EUR", campaign_id=campaigns[0].id if campaigns else None
        )
        self._open(self.panels.gift, draft)

    def pay_chosen(self) -> None:
        """Record a payment of the chosen subsidy."""
        if self.ledger.key != "subsidies":
            return
        for key in self.selected_ids()[:1]:
            row = self.table.lazy.row(key)
            if row is None or row.rest is None or row.rest.minor == 0:
                self.desk.say(_("Nothing is left to pay of this subsidy."))
            else:
                draft = replace(
                    self._paying(),
                    currency=row.granted.currency,
                    paid_as=row.rest,
                    subsidy_id=key,
                    version=row.version,
                )
                self._open(self.panels.payment, draft)

    def remove_chosen(self) -> None:
        """Remove subsidies that are not decided, or payments recorded by mistake."""
        removing = {"subsidies": queries.remove_subsidy, "payments": queries.remove_incoming}
        operation = removing.get(self.ledger.key)
        if operation is None:
            self.desk.say(_("Entries of this table are not removed here."))
            return
        for key in self.selected_ids():
            self.desk.tasks.change(self, _("Remove an entry"), partial(operation, key))

    def _open(self, form_panel: FormPanel, draft: Any) -> None:
        self.show_side(form_panel)
        form_panel.open(draft)

    def _paying(self) -> drafts.Paying:
        return drafts.Paying(currency=self._currency, date=clock.now().date())

    def _turn_to(self, key: str) -> None:
        self._pages[self.ledger.key].view = self.view
        self.ledger = next(one for one in LEDGERS if one.key == key)
        if key not in self._pages:
            self.make_table()
            self._tables.addWidget(self._stack)
        page = self._pages[key]
        self.table, self._stack, self.view = page.table, page.stack, page.view
        self.EMPTY = self.ledger.empty  # type: ignore[misc]
        self._tables.setCurrentWidget(page.stack)
        self._tables.setFocusProxy(page.table)
        self.chips.choose(key)
        self.context_changed.emit()
        if self._glance is not None:
            self._show_figures(self._glance)

    def _chip_chosen(self, key: str) -> None:
        if key != self.ledger.key:
            self.show_ledger(key)

    def _take_step(self, ledger: str, step: str, row_id: int) -> None:
        if ledger == "subsidies":
            draft = drafts.Deciding(step, row_id)
            if step in drafts.WITH_DECIDER | drafts.WITH_REASON:
                self._open(self.panels.decision, draft)
                return
            words, operation = drafts.SUBSIDY_STEPS[step], partial(queries.decide, draft)
            title = _("Subsidy: {step}").format(step=_(words))
        elif ledger == "claims":
            operation = partial(queries.step_claim, step, row_id)
            title = _("Travel claim: {step}").format(step=_(drafts.CLAIM_STEPS[step]))
        else:
            operation = partial(queries.step_gift, step, row_id)
            title = _("Gift: {step}").format(step=_(drafts.GIFT_STEPS[step]))
        self.desk.tasks.change(self, title, operation)

    def _subsidy_came(self, found: queries.Subsidy | None) -> None:
        if found is None:
            return
        entering = self.body.side is not self.panels.subsidy
        self.show_side(self.panels.subsidy)
        self.panels.show_subsidy(found)
        if entering and self.isAncestorOf(self.focusWidget() or self):
            self.panels.subsidy_form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _subsidy_again(self, found: queries.Subsidy | None) -> None:
        if found is None:
            self.close_side()
        elif self.body.side is self.panels.subsidy and self.panels.subsidy.key == found.draft.id:
            self.panels.show_subsidy(found)

    def _glance_came(self, found: queries.Glance) -> None:
        self._glance = found
        self.panels.offer(found, self.gathering.id if self.gathering else 0)
        self._show_figures(found)

    def _show_figures(self, found: queries.Glance) -> None:
        while item := self._funds.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        overview = found.overview
        if self.ledger.key == "gifts":
            self.fees.setText("\n".join(_campaign(one) for one in found.campaigns))
        elif overview is not None:
            self.fees.setText(
                _("Fees: {due} due, {paid} came in.").format(
                    due=formats.money(overview.fees_due), paid=formats.money(overview.fees_paid)
                )
            )
            for fund in overview.funds if self.ledger.key in ("subsidies", "claims") else ():
                self._funds.addWidget(FundBar(self.desk.look, fund))
        else:
            self.fees.setText("")
        self.fees.setVisible(bool(self.fees.text()))


def _campaign(row: funding.CampaignRow) -> str:
    values = {"title": isolate(row.title), "raised": formats.money(row.raised)}
    if row.goal is not None:
        words = _("{title}: {raised} raised of {goal}.").format(
            **values, goal=formats.money(row.goal)
        )
    else:
        words = _("{title}: {raised} raised.").format(**values)
    if row.reward is None:
        return words
    single, summed = len(row.by_one_gift), len(row.by_sum)
    earned = plural(
        "{number} giver earns the reward by one gift, {summed} by the sum.",
        "{number} givers earn the reward by one gift, {summed} by the sum.",
        single,
    ).format(number=formats.number(single), summed=formats.number(summed))
    return _("{campaign} {rewards}").format(campaign=words, rewards=earned)
