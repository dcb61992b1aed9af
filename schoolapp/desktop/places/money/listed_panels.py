"""The panels whose rows hold a list: a fund with its incomes, a travel claim with its lines."""

from functools import partial

from schoolapp.base.language import _, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.places.money import changing, drafts
from schoolapp.desktop.places.money.ledger_panel import LedgerPanel
from schoolapp.desktop.places.money.lines import (
    claim_words,
    fund_words,
    income_words,
    line_words,
)
from schoolapp.desktop.places.money.words import CLAIM_STEPS
from schoolapp.domain.money import Money
from schoolapp.operations import funding
from schoolapp.operations.funding import (
    ClaimDetail,
    ClaimDraft,
    FundDetail,
    FundDraft,
    IncomeDraft,
    LineDraft,
)


class FundPanel(LedgerPanel[FundDraft]):
    """Edits a fund, and line by line what came into it."""

    def __init__(self, desk: Desk) -> None:
        form = Form(desk.tasks, desk.look, drafts.FUND_FIELDS, drafts.said(funding.check_fund))
        super().__init__(desk, form, changing.saving_fund)
        self._currency = "EUR"
        self.incomes = Items(
            desk,
            _("Income"),
            Form(desk.tasks, desk.look, drafts.INCOME_FIELDS, self._check),
            income_words,
            IncomeDraft,
            self._saving_income,
            _removing_income,
        )
        self.incomes.setObjectName("incomes")
        self.incomes.opened.connect(self._offer_again)
        self.add(self.incomes)

    def show_fund(self, found: FundDetail) -> None:
        """Show a fund as it is stored; what is being typed stays."""
        row = found.row
        self._currency = row.currency
        used = plural("{count} subsidy", "{count} subsidies", row.subsidies)
        self.show_item(row.id, row.name, "", None, found.draft)
        self.show_sums(
            fund_words(row),
            [(_("Granted from it"), used.format(count=formats.number(row.subsidies)))],
        )
        self.incomes.show_items(found.incomes)
        self.offer_currency(row.currency)

    def _offer_again(self) -> None:
        self.incomes.form.prefer_currency(self._currency)

    def _check(self, draft: IncomeDraft) -> dict[str, str]:
        return drafts.translated(funding.check_income(draft, self._currency))

    def _saving_income(self, draft: IncomeDraft) -> Change[int]:
        assert draft.amount is not None, "the form asks for it"
        sentence = _("Record {amount} of income") if draft.id is None else _("Change income")
        saving = partial(funding.save_income, fund_id=self.key or 0, draft=draft)
        return sentence.format(amount=formats.money(draft.amount)), saving


def _removing_income(draft: IncomeDraft) -> Change[None]:
    removing = partial(funding.remove_income, income_id=draft.id or 0, version=draft.version or 0)
    return _("Remove income"), removing


class ClaimPanel(LedgerPanel[ClaimDraft]):
    """Edits a travel claim line by line, and shows what the proofs allow."""

    def __init__(self, desk: Desk) -> None:
        form = Form(desk.tasks, desk.look, drafts.CLAIM_FIELDS, drafts.said(funding.check_claim))
        super().__init__(desk, form, changing.saving_claim)
        self._currency = "EUR"
        self.allowed: Money | None = None
        self.lines = Items(
            desk,
            _("Lines"),
            Form(desk.tasks, desk.look, drafts.LINE_FIELDS, self._check),
            line_words,
            LineDraft,
            self._saving_line,
            _removing_line,
        )
        self.lines.setObjectName("lines")
        self.lines.opened.connect(self._offer_again)
        self.add(self.lines)

    def show_claim(self, found: ClaimDetail) -> None:
        """Show a claim as it is stored; what is being typed stays."""
        row = found.row
        self._currency = found.currency
        self.allowed = None if found.worth is None else found.worth.allowed
        self.show_item(
            row.id, row.name, row.code, state_look("travel_claim", row.state), found.draft
        )
        claimed = "" if row.claimed is None else formats.money(row.claimed)
        self.show_sums(claim_words(found), [(_("Claimed"), claimed)])
        self.show_steps(CLAIM_STEPS, found.steps)
        self.lines.show_items(found.lines)
        self.offer_currency(found.currency)

    def _offer_again(self) -> None:
        self.lines.form.prefer_currency(self._currency)

    def _check(self, draft: LineDraft) -> dict[str, str]:
        return drafts.translated(funding.check_line(draft, self._currency))

    def _saving_line(self, draft: LineDraft) -> Change[int]:
        title = _("Add a line to a claim") if draft.id is None else _("Change a line of a claim")
        return title, partial(funding.save_line, claim_id=self.key or 0, draft=draft)


def _removing_line(draft: LineDraft) -> Change[None]:
    removing = partial(funding.remove_line, line_id=draft.id or 0, version=draft.version or 0)
    return _("Remove a line of a claim"), removing
