"""The panels of the money: one for the rows of each table, each made when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from schoolapp.base.language import _, isolate, ltr, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.forms.form import Check, D
from schoolapp.desktop.kit.panel import AnyPanel, Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.places.money import changing, drafts, ledgers, lines, queries
from schoolapp.desktop.places.money.ledger_panel import LedgerPanel
from schoolapp.desktop.places.money.listed_panels import ClaimPanel, FundPanel
from schoolapp.desktop.places.money.words import (
    GIFT_STEPS,
    SUBSIDY_STEPS,
    fee_words,
    kind_word,
)
from schoolapp.domain.donations import GIFT
from schoolapp.operations import funding
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
from schoolapp.storage.store import DbSession

F = TypeVar("F")
F_co = TypeVar("F_co", covariant=True)
REMOVING_PAYMENT = "payment_removed"


class Reading(Protocol[F_co]):
    """A query for one row of a table; it runs in the database worker."""

    def __call__(self, session: DbSession, *, row_id: int) -> F_co | None: ...


@dataclass(frozen=True, slots=True)
class Way:
    """How a row of a table is shown: its panel, the query that reads it, what shows the answer."""

    panel: AnyPanel
    reading: Callable[[int], Query[object]]
    show: Callable[[object], None]


def way_of(panel: Panel[D], query: Reading[F], show: Callable[[F], None]) -> Way:
    """A way; that the panel shows what the query reads is checked here."""

    def shown(found: object) -> None:
        show(cast(F, found))

    return Way(panel, lambda row_id: partial(query, row_id=row_id), shown)


class Panels(QObject):
    """Each table has a panel for its rows."""

    step_wanted = Signal(str, str, int)  # key of the table, step, id of the row
    pay_wanted = Signal()

    def __init__(self, desk: Desk, offers: Offers, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._offers = desk, offers

    def way(self, key: str) -> Way:
        """How the rows of a table, by its key, are shown."""
        make: dict[str, Callable[[], Way]] = {
            "subsidies": lambda: way_of(self.subsidy, queries.subsidy, self._show_subsidy),
            "funds": lambda: way_of(self.fund, queries.fund, self.fund.show_fund),
            "fees": lambda: way_of(self.fee, queries.fee, self._show_fee),
            "payments": lambda: way_of(self.payment, queries.payment, self._show_payment),
            "delegations": lambda: way_of(
                self.delegation, queries.delegation, self._show_delegation
            ),
            "claims": lambda: way_of(self.claim, queries.claim, self.claim.show_claim),
            "gifts": lambda: way_of(self.gift, queries.gift, self._show_gift),
            "campaigns": lambda: way_of(self.campaign, queries.campaign, self._show_campaign),
        }
        return make[key]()

    @cached_property
    def subsidy(self) -> LedgerPanel[SubsidyDraft]:
        """A subsidy with its payments."""
        form = self._form(drafts.SUBSIDY_FIELDS, drafts.check_subsidy)
        made = LedgerPanel(self._desk, form, changing.saving)
        self._take_steps(made, ledgers.SUBSIDIES.key)
        return made

    @cached_property
    def fund(self) -> FundPanel:
        """A fund with what came into it."""
        return FundPanel(self._desk)

    @cached_property
    def fee(self) -> LedgerPanel[FeeDraft]:
        """What a participant owes."""
        form = self._form(drafts.FEE_FIELDS, drafts.said(funding.check_fee))
        return LedgerPanel(self._desk, form, changing.saving_fee, removable=False)

    @cached_property
    def payment(self) -> LedgerPanel[IncomingChange]:
        """A payment that came in."""
        form = self._form(
            drafts.incoming_fields(self._desk.look), drafts.said(funding.check_incoming)
        )
        return LedgerPanel(self._desk, form, changing.saving_incoming)

    @cached_property
    def delegation(self) -> LedgerPanel[DueDraft]:
        """What a delegation owes."""
        form = self._form(drafts.DUE_FIELDS, drafts.said(funding.check_due))
        return LedgerPanel(self._desk, form, changing.saving_due, removable=False)

    @cached_property
    def claim(self) -> ClaimPanel:
        """A travel claim with its lines."""
        made = ClaimPanel(self._desk)
        self._take_steps(made, ledgers.CLAIMS.key)
        return made

    @cached_property
    def gift(self) -> LedgerPanel[GiftChange]:
        """A gift to a campaign."""
        form = self._form(drafts.GIFT_FIELDS, drafts.said(funding.check_gift))
        made = LedgerPanel(self._desk, form, changing.saving_gift)
        self._take_steps(made, ledgers.GIFTS.key)
        return made

    @cached_property
    def campaign(self) -> LedgerPanel[CampaignDraft]:
        """A campaign."""
        form = self._form(drafts.CAMPAIGN_FIELDS, drafts.said(funding.check_campaign))
        return LedgerPanel(self._desk, form, changing.saving_campaign)

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
            run = partial(self.step_wanted.emit, ledgers.SUBSIDIES.key, REMOVING_PAYMENT, row.id)
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
                (_("Fee waived"), "" if row.waived is None else formats.money(row.waived)),
                (_("Paid"), "" if row.paid is None else formats.money(row.paid)),
                (_("Still to pay"), owed),
            ],
        )
        self.fee.offer_currency(found.draft.currency)

    def _show_payment(self, found: queries.Edited[IncomingRow, IncomingChange]) -> None:
        row = found.row
        counts = _("It counts as {amount}.").format(amount=formats.money(row.amount))
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
        facts = [
            (_("Recorded"), isolate(counted)),
            (_("Reward with one gift"), lines.earner_words(row.by_one_gift)),
            (_("Reward with the sum"), lines.earner_words(row.by_sum)),
        ]
        self.campaign.show_sums(lines.campaign_words(row), facts)
        self.campaign.offer_currency(row.currency)

    def _form(self, fields: tuple[forms.Field, ...], check: Check[D]) -> Form[D]:
        return self._offers.join(Form(self._desk.tasks, self._desk.look, fields, check))

    def _take_steps(self, panel: LedgerPanel[D], key: str) -> None:
        panel.step_wanted.connect(partial(self.step_wanted.emit, key))
