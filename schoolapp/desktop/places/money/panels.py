"""The panels of the money: one for the rows of each table, each made when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from schoolapp.base.language import _, isolate, ltr, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.forms.form import Check, D
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.places.money import drafts, ledgers, lines, queries
from schoolapp.desktop.places.money.ledger_panel import LedgerPanel
from schoolapp.desktop.places.money.ledgers import AnyLedger
from schoolapp.desktop.places.money.listed_panels import ClaimPanel, FundPanel
from schoolapp.desktop.places.money.words import (
    GIFT_STEPS,
    SUBSIDY_STEPS,
    fee_words,
    kind_word,
)
from schoolapp.domain.donations import GIFT
from schoolapp.operations.funding import (
    CampaignDraft,
    CampaignRow,
    DelegationBalance,
    DueDraft,
    FeeDraft,
    FeeRow,
    GiftChange,
    GiftRow,
    IncomingChange,
    IncomingRow,
    SubsidyDraft,
)

F = TypeVar("F")
P = TypeVar("P", bound=LedgerPanel[Any])
REMOVING_PAYMENT = "payment_removed"


@dataclass(frozen=True, slots=True)
class Way(Generic[F]):
    """How a row of a table is shown: its panel, the query that reads it, what shows the answer."""

    panel: LedgerPanel[Any]  # of the draft that the panel edits
    reading: Callable[[int], Query[F | None]]
    show: Callable[[F], None]


AnyWay = Way[Any]
"""The way of whichever table is shown."""


class Panels(QObject):
    """Each table has a panel for its rows."""

    step_wanted = Signal(object, str, int)  # ledger, step, id
    pay_wanted = Signal()

    def __init__(self, desk: Desk, offers: Offers, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._offers = desk, offers

    def way(self, ledger: AnyLedger) -> AnyWay:
        """How the rows of a table are shown."""
        made: dict[str, Callable[[], AnyWay]] = {
            ledgers.SUBSIDIES.key: lambda: Way(
                self.subsidy, partial(_query, queries.subsidy), self._show_subsidy
            ),
            ledgers.FUNDS.key: lambda: Way(
                self.fund, partial(_query, queries.fund), self.fund.show_fund
            ),
            ledgers.FEES.key: lambda: Way(self.fee, partial(_query, queries.fee), self._show_fee),
            ledgers.PAYMENTS.key: lambda: Way(
                self.payment, partial(_query, queries.payment), self._show_payment
            ),
            ledgers.DELEGATIONS.key: lambda: Way(
                self.delegation, partial(_query, queries.delegation), self._show_delegation
            ),
            ledgers.CLAIMS.key: lambda: Way(
                self.claim, partial(_query, queries.claim), self.claim.show_claim
            ),
            ledgers.GIFTS.key: lambda: Way(
                self.gift, partial(_query, queries.gift), self._show_gift
            ),
            ledgers.CAMPAIGNS.key: lambda: Way(
                self.campaign, partial(_query, queries.campaign), self._show_campaign
            ),
        }
        return made[ledger.key]()

    @cached_property
    def subsidy(self) -> LedgerPanel[SubsidyDraft]:
        """A subsidy with its payments."""
        form = self._form(drafts.SUBSIDY_FIELDS, drafts.check_subsidy)
        return self._stepping(LedgerPanel(self._desk, form, drafts.saving), ledgers.SUBSIDIES)

    @cached_property
    def fund(self) -> FundPanel:
        """A fund with what came into it."""
        return FundPanel(self._desk)

    @cached_property
    def fee(self) -> LedgerPanel[FeeDraft]:
        """What a participant owes."""
        form = self._form(drafts.FEE_FIELDS, drafts.check_fee)
        return LedgerPanel(self._desk, form, drafts.saving_fee, removable=False)

    @cached_property
    def payment(self) -> LedgerPanel[IncomingChange]:
        """A payment that came in."""
        form = self._form(drafts.INCOMING_FIELDS, drafts.check_changed_incoming)
        return LedgerPanel(self._desk, form, drafts.saving_incoming)

    @cached_property
    def delegation(self) -> LedgerPanel[DueDraft]:
        """What a delegation owes."""
        form = self._form(drafts.DUE_FIELDS, drafts.check_due)
        return LedgerPanel(self._desk, form, drafts.saving_due, removable=False)

    @cached_property
    def claim(self) -> ClaimPanel:
        """A travel claim with its lines."""
        return self._stepping(ClaimPanel(self._desk), ledgers.CLAIMS)

    @cached_property
    def gift(self) -> LedgerPanel[GiftChange]:
        """A gift to a campaign."""
        form = self._form(drafts.GIFT_FIELDS, drafts.check_changed_gift)
        return self._stepping(LedgerPanel(self._desk, form, drafts.saving_gift), ledgers.GIFTS)

    @cached_property
    def campaign(self) -> LedgerPanel[CampaignDraft]:
        """A campaign."""
        form = self._form(drafts.CAMPAIGN_FIELDS, drafts.check_campaign)
        return LedgerPanel(self._desk, form, drafts.saving_campaign)

    def _show_subsidy(self, found: queries.Subsidy) -> None:
        row, steps = found.detail.row, found.detail.steps
        look = state_look("subsidy", row.state)
        self.subsidy.show_item(row.id, row.name, row.fund, look, found.draft)
        facts = [lines.payment_fact(payment) for payment in found.detail.payments]
        self.subsidy.show_sums(lines.granted_words(found.detail), facts)
        self.subsidy.show_steps(SUBSIDY_STEPS, steps)
        if {"pay", "pay_advance"} & set(steps):
            self.subsidy.add_step(_("Pay"), "pay", partial(self.pay_wanted.emit), "wallet")
        if row.paid is not None and row.paid.minor and REMOVING_PAYMENT in steps:
            run = partial(self.step_wanted.emit, ledgers.SUBSIDIES, REMOVING_PAYMENT, row.id)
            self.subsidy.add_step(_("Remove the last payment"), "unpay", run, "undo-2")

    def _show_fee(self, found: queries.Edited[FeeRow, FeeDraft]) -> None:
        row = found.row
        self.fee.show_item(row.id, row.name, row.delegation, None, found.draft)
        owed = fee_words(row.owed, row.unpriced)
        self.fee.show_sums(
            _("No price yet: choose a band that has a price, or write the fee.")
            if row.unpriced
            else "",
            [
                (_("Fee not asked for"), "" if row.waived is None else formats.money(row.waived)),
                (_("Paid"), "" if row.paid is None else formats.money(row.paid)),
                (_("Still to pay"), owed),
            ],
        )
        self.fee.offer_currency(found.draft.currency)

    def _show_payment(self, found: queries.Edited[IncomingRow, IncomingChange]) -> None:
        row = found.row
        counts = _("It counts {amount}.").format(amount=formats.money(row.amount))
        self.payment.show_item(row.id, row.payer or _("Not known"), row.code, None, found.draft)
        people = plural("{count} person", "{count} people", row.people)
        said = people.format(count=formats.number(row.people)) if row.people else ""
        self.payment.show_sums(counts, [(_("It is for"), said)])
        self.payment.offer_currency(row.amount.currency)

    def _show_delegation(self, found: queries.Edited[DelegationBalance, DueDraft]) -> None:
        row = found.row
        look = state_look("delegation_registration", row.state)
        self.delegation.show_item(row.id, row.name, row.leader, look, found.draft)
        self.delegation.show_sums(
            _("No price yet: say what the delegation owes.") if row.due is None else "",
            [
                (_("Fees of its people"), formats.money(found.draft.fees)),
                (_("Paid"), formats.money(row.paid)),
                (_("Balance"), "" if row.balance is None else formats.money(row.balance)),
            ],
        )
        self.delegation.offer_currency(found.draft.currency)

    def _show_gift(self, found: queries.Edited[GiftRow, GiftChange]) -> None:
        row = found.row
        look = state_look("donation", row.state)
        title = ledgers.GIFTS.name(row) or _("Not known")
        self.gift.show_item(row.id, title, row.campaign, look, found.draft)
        self.gift.show_sums("", [(_("Number"), ltr(row.code))])
        self.gift.show_steps(GIFT_STEPS, [step.name for step in GIFT.steps_from(row.state)])

    def _show_campaign(self, found: queries.Edited[CampaignRow, CampaignDraft]) -> None:
        row = found.row
        self.campaign.show_item(row.id, row.title, kind_word(row.kind), None, found.draft)
        gifts = plural("{count} gift", "{count} gifts", row.gifts)
        counted = gifts.format(count=formats.number(row.gifts))
        self.campaign.show_sums(lines.campaign_words(row), [(_("Recorded"), isolate(counted))])
        self.campaign.offer_currency(row.currency)

    def _form(self, fields: tuple[forms.Field, ...], check: Check[D]) -> Form[D]:
        return self._offers.join(Form(self._desk.tasks, self._desk.look, fields, check))

    def _stepping(self, panel: P, ledger: AnyLedger) -> P:
        panel.step_wanted.connect(partial(self.step_wanted.emit, ledger))
        return panel


def _query(query: Callable[..., F | None], row_id: int) -> Query[F | None]:
    return partial(query, row_id=row_id)
