"""The side of the money: a subsidy with its payments, and the sheets that record money."""

from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from schoolapp.base.language import _, isolate, ltr, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Heading
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts, button
from schoolapp.desktop.places.money import drafts, queries
from schoolapp.desktop.places.money.ledgers import method_word
from schoolapp.domain.donations import GIFT, GiftState
from schoolapp.domain.funding import CLAIM, ClaimState
from schoolapp.operations import funding
from schoolapp.operations.funding import PaymentRow


class Panels(QObject):
    """The panels and sheets of the money."""

    step_wanted = Signal(str, str, int)  # ledger, step, id
    pay_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offers = Offers()
        self.gathering_id = 0
        self._steps: dict[Panel, list[QPushButton]] = {}

    @cached_property
    def subsidy(self) -> Panel:
        """The subsidy that is chosen, with its payments."""
        made = Panel(self._desk, self.subsidy_form, _saving)
        self._granted, self._paid = Facts(), Facts()
        self._paid_heading = Heading(_("Payments"))
        for widget in (Heading(_("Granted")), self._granted, self._paid_heading, self._paid):
            made.add(widget)
        return made

    @cached_property
    def subsidy_form(self) -> Form:
        """The form of the subsidy's panel."""
        return self._form(drafts.SUBSIDY_FIELDS, drafts.check_subsidy)

    @cached_property
    def facts(self) -> Panel:
        """What there is to know of a row that is not edited."""
        made = Panel(self._desk)
        self._facts = Facts()
        made.add(self._facts)
        return made

    @cached_property
    def new_subsidy(self) -> FormPanel:
        """Records that somebody asks for support."""
        form = self._form((drafts.PERSON, *drafts.SUBSIDY_FIELDS), drafts.check_subsidy)
        words = _("Record a subsidy")
        return FormPanel(self._desk, words, form, _creating, words)

    @cached_property
    def decision(self) -> FormPanel:
        """Records who decided on a subsidy, and why."""
        fields = (drafts.DECIDER, forms.text("reason", mark("Why")))
        form = self._form(fields, drafts.check_deciding)
        return FormPanel(self._desk, _("Decision"), form, _deciding, _("Decide"))

    @cached_property
    def payment(self) -> FormPanel:
        """Records a payment of a subsidy."""
        form = self._form((*drafts.PAYING_FIELDS, drafts.RECEIPT), drafts.check_cash)
        return FormPanel(self._desk, _("Pay a subsidy"), form, _paying, _("Record the payment"))

    @cached_property
    def incoming(self) -> FormPanel:
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
    def gift(self) -> FormPanel:
        """Records a gift for a campaign."""
        fields = (
            forms.choice("campaign_id", mark("Campaign")),
            drafts.PERSON,
            forms.yes_no("anonymous", mark("No name is shown")),
            *drafts.PAYING_FIELDS,
        )
        form = self._form(fields, drafts.check_gift)
        return FormPanel(self._desk, _("New gift"), form, _giving, _("Record the gift"))

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
        look = state_look("subsidy", row.state.value)
        self.subsidy.show_item(row.id, row.name, row.fund, look, found.draft)
        facts = [(method_word(kind), formats.money(amount)) for kind, amount in found.detail.parts]
        if row.rest is not None:
            facts.append((_("Left to pay"), formats.money(row.rest)))
        self._granted.show_facts(facts)
        self._paid.show_facts([_payment_fact(payment) for payment in found.detail.payments])
        self._paid_heading.setVisible(bool(found.detail.payments))
        steps = {s: w for s, w in drafts.SUBSIDY_STEPS.items() if s in found.detail.steps}
        self._show_steps(self.subsidy, "subsidies", row.id, steps)
        if {"pay", "pay_advance"} & set(found.detail.steps):
            pay = button(self._desk.look, _("Pay"), self.pay_wanted.emit, "wallet")
            self._steps[self.subsidy].append(pay)
            self.subsidy.buttons.addWidget(pay)

    def show_row(self, ledger: str, row_id: int, row: Any) -> None:
        """Show a row that is not edited here, with the steps that may be taken."""
        titles = {"payments": "payer", "gifts": "giver"}
        title = getattr(row, titles.get(ledger, "name"))
        self.facts.show_item(row_id, title or _("Not known"), "", _state(ledger, row))
        self._facts.show_facts(_facts(ledger, row))
        self._show_steps(self.facts, ledger, row_id, _steps(ledger, row))

    def _show_steps(self, panel: Panel, ledger: str, row_id: int, steps: dict[str, str]) -> None:
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

    def _form(self, fields: tuple[forms.Field, ...], check: Any) -> Form:
        return self._offers.join(Form(self._desk.tasks, self._desk.look, fields, check))

    def _receiving(self, draft: drafts.Paying) -> tuple[str, Any]:
        amount = formats.money(draft.payment().paid_as)
        title = _("Record a payment of {amount}").format(amount=amount)
        return title, partial(queries.receive, self.gathering_id, draft)


def _steps(ledger: str, row: Any) -> dict[str, str]:
    if ledger == "claims":
        lawful = {step.name for step in CLAIM.steps_from(ClaimState(row.state))}
        return {step: words for step, words in drafts.CLAIM_STEPS.items() if step in lawful}
    if ledger == "gifts":
        lawful = {step.name for step in GIFT.steps_from(GiftState(row.state))}
        return {step: words for step, words in drafts.GIFT_STEPS.items() if step in lawful}
    return {}


def _state(ledger: str, row: Any) -> Any:
    machines = {
        "claims": "travel_claim",
        "gifts": "donation",
        "delegations": "delegation_registration",
    }
    return state_look(machines[ledger], str(row.state)) if ledger in machines else None


def _facts(ledger: str, row: Any) -> list[tuple[str, str]]:
    from schoolapp.desktop.places.money.ledgers import LEDGERS

    columns = next(one.columns for one in LEDGERS if one.key == ledger)
    return [(_(c.title), c.text_of(row)) for c in columns if not c.machine]


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


def _saving(draft: funding.SubsidyDraft) -> tuple[str, Any]:
    return _("Change a subsidy"), partial(queries.save_subsidy, draft)


def _creating(draft: funding.SubsidyDraft) -> tuple[str, Any]:
    return _("Record a subsidy"), partial(queries.create_subsidy, draft)


def _deciding(draft: drafts.Deciding) -> tuple[str, Any]:
    step = _(drafts.SUBSIDY_STEPS[draft.step])
    return _("Subsidy: {step}").format(step=step), partial(queries.decide, draft)


def _paying(draft: drafts.Paying) -> tuple[str, Any]:
    amount = formats.money(draft.payment().paid_as)
    return _("Pay {amount} of a subsidy").format(amount=amount), partial(queries.pay, draft)


def _giving(draft: drafts.Paying) -> tuple[str, Any]:
    amount = formats.money(draft.payment().paid_as)
    return _("Record a gift of {amount}").format(amount=amount), partial(queries.give, draft)
