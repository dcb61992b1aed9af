"""The panels of the money: a subsidy with its payments, and the forms that record money."""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Never

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from schoolapp.base.language import _, isolate, ltr, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.forms.form import Check, D
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import AnyPanel, FormPanel, Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts, button
from schoolapp.desktop.places.money import drafts, queries
from schoolapp.desktop.places.money.drafts import Deciding, Paying
from schoolapp.desktop.places.money.ledgers import SUBSIDIES, AnyLedger, Ledger
from schoolapp.desktop.places.money.words import SUBSIDY_STEPS, method_word
from schoolapp.desktop.tables.columns import R
from schoolapp.domain.funding import SubsidyState
from schoolapp.operations.funding import PaymentRow, SubsidyDraft


class Panels(QObject):
    """The panels of the money, each made when it is first shown."""

    step_wanted = Signal(object, str, int)  # ledger, step, id
    pay_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offers = Offers()
        self.gathering_id = 0
        self._steps: dict[AnyPanel, list[QPushButton]] = {}

    @cached_property
    def subsidy(self) -> Panel[SubsidyDraft]:
        """The subsidy that is chosen, with its payments."""
        made = Panel(self._desk, self.subsidy_form, drafts.saving)
        self._granted, self._paid = Facts(), Facts()
        self._paid_heading = Heading(_("Payments"))
        for widget in (Heading(_("Granted")), self._granted, self._paid_heading, self._paid):
            made.add(widget)
        return made

    @cached_property
    def subsidy_form(self) -> Form[SubsidyDraft]:
        """The form of the subsidy's panel."""
        return self._form(drafts.SUBSIDY_FIELDS, drafts.check_subsidy)

    @cached_property
    def facts(self) -> Panel[Never]:
        """The facts of a row that is not edited."""
        made = Panel[Never](self._desk)
        self._facts = Facts()
        made.add(self._facts)
        return made

    @cached_property
    def new_subsidy(self) -> FormPanel[SubsidyDraft, int]:
        """Records a request for support."""
        form = self._form((drafts.PERSON, *drafts.SUBSIDY_FIELDS), drafts.check_subsidy)
        words = _("Record a subsidy")
        return FormPanel(self._desk, words, form, drafts.creating, words)

    @cached_property
    def decision(self) -> FormPanel[Deciding, SubsidyState]:
        """Records who decided on a subsidy, and why."""
        fields = (drafts.DECIDER, forms.text("reason", mark("Why")))
        form = self._form(fields, drafts.check_deciding)
        return FormPanel(self._desk, _("Decision"), form, drafts.deciding, _("Decide"))

    @cached_property
    def payment(self) -> FormPanel[Paying, SubsidyState]:
        """Records a payment of a subsidy."""
        form = self._form((*drafts.PAYING_FIELDS, drafts.RECEIPT), drafts.check_cash)
        return FormPanel(
            self._desk, _("Pay a subsidy"), form, drafts.paying, _("Record the payment")
        )

    @cached_property
    def incoming(self) -> FormPanel[Paying, int]:
        """Records a payment of a person or a delegation."""
        fields = (
            forms.choice("delegation_id", mark("Delegation")),
            drafts.PERSON,
            *drafts.PAYING_FIELDS,
            forms.text("reference", mark("Reference")),
        )
        form = self._form(fields, drafts.check_incoming)
        words = _("Record the payment")
        return FormPanel(self._desk, _("A payment came in"), form, self._receiving, words)

    @cached_property
    def gift(self) -> FormPanel[Paying, int]:
        """Records a gift for a campaign."""
        fields = (
            forms.choice("campaign_id", mark("Campaign")),
            drafts.PERSON,
            forms.yes_no("anonymous", mark("No name is shown")),
            *drafts.PAYING_FIELDS,
        )
        form = self._form(fields, drafts.check_gift)
        return FormPanel(self._desk, _("New gift"), form, drafts.giving, _("Record the gift"))

    def offer(self, glance: queries.Glance, gathering_id: int) -> None:
        """Offer the funds, delegations and campaigns there are."""
        self.gathering_id = gathering_id
        funds = glance.overview.funds if glance.overview else ()
        self._offers.put("fund_id", [(fund.id, fund.name) for fund in funds])
        self._offers.put("delegation_id", [(None, ""), *glance.delegations])
        self._offers.put("campaign_id", [(one.id, one.title) for one in glance.campaigns])

    def show_subsidy(self, found: queries.Subsidy) -> None:
        """Show a subsidy with its payments and the steps that may be taken."""
        row = found.detail.row
        look = state_look("subsidy", row.state)
        self.subsidy.show_item(row.id, row.name, row.fund, look, found.draft)
        facts = [(method_word(kind), formats.money(amount)) for kind, amount in found.detail.parts]
        if row.rest is not None:
            facts.append((_("Left to pay"), formats.money(row.rest)))
        self._granted.show_facts(facts)
        self._paid.show_facts([_payment_fact(payment) for payment in found.detail.payments])
        self._paid_heading.setVisible(bool(found.detail.payments))
        steps = {s: w for s, w in SUBSIDY_STEPS.items() if s in found.detail.steps}
        self._show_steps(self.subsidy, SUBSIDIES, row.id, steps)
        if {"pay", "pay_advance"} & set(found.detail.steps):
            pay = button(self._desk.look, _("Pay"), self.pay_wanted.emit, "wallet")
            self._steps[self.subsidy].append(pay)
            self.subsidy.buttons.addWidget(pay)

    def show_row(self, ledger: Ledger[R], row_id: int, row: R) -> None:
        """Show a row that is not edited here, with the steps that may be taken."""
        title = ledger.name(row) or _("Not known")
        self.facts.show_item(row_id, title, "", ledger.state(row))
        self._facts.show_facts(ledger.facts(row))
        self._show_steps(self.facts, ledger, row_id, ledger.steps(row))

    def _show_steps(
        self, panel: AnyPanel, ledger: AnyLedger, row_id: int, steps: Mapping[str, str]
    ) -> None:
        for old in self._steps.get(panel, ()):
            panel.buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._steps[panel] = []
        for step, words in steps.items():
            run = partial(self.step_wanted.emit, ledger, step, row_id)
            made = button(self._desk.look, _(words), run)
            made.setObjectName(f"step_{step}")
            self._steps[panel].append(made)
            panel.buttons.addWidget(made)

    def _form(self, fields: tuple[forms.Field, ...], check: Check[D]) -> Form[D]:
        return self._offers.join(Form(self._desk.tasks, self._desk.look, fields, check))

    def _receiving(self, draft: Paying) -> Change[int]:
        return drafts.receiving(self.gathering_id, draft)


def _payment_fact(payment: PaymentRow) -> tuple[str, str]:
    words = [formats.money(payment.amount)]
    if payment.paid_as is not None and payment.paid_as.currency != payment.amount.currency:
        words.append(formats.money(payment.paid_as))
    if payment.rate is not None:
        words.append(_("at {rate}").format(rate=ltr(str(payment.rate))))
    if payment.rate_date is not None:
        words.append(formats.date(payment.rate_date))
    if payment.rate_source:
        words.append(isolate(payment.rate_source))
    if payment.signed_receipt:
        words.append(_("receipt signed"))
    if payment.pending:
        words.append(_("not paid yet"))
    return method_word(payment.kind), " · ".join(words)
