"""The tables of the money: their columns, and how their rows are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from schoolapp.base.language import _, mark
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.places.money import changing, drafts, listing, queries
from schoolapp.desktop.places.money.words import (
    GIFT_STEPS,
    cost_word,
    fee_words,
    kind_word,
    method_word,
)
from schoolapp.desktop.tables import Column, Kind, Source, View
from schoolapp.desktop.tables.columns import R
from schoolapp.desktop.tables.sheets import sheet_of
from schoolapp.exchange.sheets import Table as Sheet
from schoolapp.operations import funding
from schoolapp.operations.funding import (
    CampaignRow,
    ClaimLineRow,
    ClaimRow,
    DelegationBalance,
    FeeRow,
    FundRow,
    GiftRow,
    IncomeRow,
    IncomingRow,
    PaidRow,
    PartRow,
    RewardRow,
    SubsidyRow,
)
from schoolapp.storage.store import DbSession

CHUNK = 500
"""How many rows one statement reads for a spreadsheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached(Generic[R]):
    """A table that is exported with a ledger: what its rows are made of."""

    words: str
    columns: tuple[Column[R], ...]
    rows: Callable[[DbSession, Sequence[int]], Sequence[R]]

    def sheet(self, session: DbSession, ids: Sequence[int]) -> Sheet:
        """Its rows for these rows of the ledger."""
        return sheet_of(_(self.words), self.columns, self.rows(session, ids))


AnyAttached = Attached[Any]
"""Whichever table goes out beside a ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(Generic[R]):
    """One table of the money with all that is known of its rows ``R``.

    ``name`` is a row's heading at the side. ``stepping`` gives, for a step and a row's id, the
    change that takes it, ``removing`` what removes a row; without it none is removed here.
    ``everywhere`` for a table that is not about one gathering. ``more`` are tables that go out with
    it when it is exported.
    """

    key: str
    words: str
    columns: tuple[Column[R], ...]
    ids: Callable[[DbSession, View], Sequence[int]]
    rows: Callable[[DbSession, Sequence[int]], Mapping[int, R]]
    sort: str
    empty: str
    name: Callable[[R], str]
    stepping: Callable[[str, int], Change[object]] | None = None
    removing: Callable[[int], Change[None]] | None = None
    everywhere: bool = False
    more: tuple[AnyAttached, ...] = ()

    def source(self) -> Source[R]:
        """Where the table gets its rows."""
        return Source(self._ids, self.rows)

    def sheets(self, session: DbSession, view: View) -> list[Sheet]:
        """The rows of a view as a spreadsheet, with what goes out beside it."""
        ids = self._ids(session, view)
        found: dict[int, R] = {}
        for start in range(0, len(ids), CHUNK):
            found |= self.rows(session, ids[start : start + CHUNK])
        own = sheet_of(_(self.words), self.columns, [found[key] for key in ids if key in found])
        return [own, *(one.sheet(session, ids) for one in self.more)]

    def _ids(self, session: DbSession, view: View) -> Sequence[int]:
        if view.gathering is None and not self.everywhere:
            return []
        return self.ids(session, view)


AnyLedger = Ledger[Any]
"""Whichever table is shown. The place holds one of five kinds of rows; its table, its source and
what is shown at the side come from the same ledger, so that each knows the rows it is given."""


def _giver(row: GiftRow) -> str:
    return _("Anonymous") if row.anonymous else row.giver


def _step_gift(step: str, gift_id: int) -> Change[object]:
    title = _("Gift: {step}").format(step=_(GIFT_STEPS[step]))
    return title, partial(funding.step_gift, gift_id=gift_id, step=step)


def _step_claim(step: str, claim_id: int) -> Change[object]:
    return changing.approving(drafts.Approving(step, claim_id))


def _step_subsidy(step: str, subsidy_id: int) -> Change[object]:
    return changing.deciding(drafts.Deciding(step, subsidy_id))


def _remove_subsidy(key: int) -> Change[None]:
    return _("Remove a subsidy"), partial(queries.remove_subsidy, subsidy_id=key)


def _remove_fund(key: int) -> Change[None]:
    return _("Remove a fund"), partial(queries.remove_fund, fund_id=key)


def _remove_payment(key: int) -> Change[None]:
    return _("Remove a payment"), partial(queries.remove_incoming, payment_id=key)


def _remove_claim(key: int) -> Change[None]:
    return _("Remove a travel claim"), partial(queries.remove_claim, claim_id=key)


def _remove_gift(key: int) -> Change[None]:
    return _("Remove a gift"), partial(queries.remove_gift, gift_id=key)


def _remove_campaign(key: int) -> Change[None]:
    return _("Remove a campaign"), partial(queries.remove_campaign, campaign_id=key)


def _fee(row: FeeRow) -> str:
    return fee_words(row.fee, row.unpriced)


def _owed(row: FeeRow) -> str:
    return fee_words(row.owed, row.unpriced)


def _due(row: DelegationBalance) -> str:
    return fee_words(row.due, row.due is None)


PARTS: Attached[PartRow] = Attached(
    words=mark("Parts"),
    columns=(
        Column.code(lambda row: row.subsidy, mark("Subsidy"), 12),
        Column.name(lambda row: row.name, mark("Name"), 22),
        Column.text(lambda row: method_word(row.kind), mark("Part"), 14),
        Column.money(lambda row: row.amount, mark("Amount"), 14),
    ),
    rows=funding.part_rows,
)
PAID: Attached[PaidRow] = Attached(
    words=mark("Payments"),
    columns=(
        Column.code(lambda row: row.subsidy, mark("Subsidy"), 12),
        Column.name(lambda row: row.name, mark("Name"), 22),
        Column.date(lambda row: row.payment.rate_date, mark("Date"), 12),
        Column.text(lambda row: method_word(row.payment.kind), mark("How"), 14),
        Column.money(lambda row: row.payment.amount, mark("Amount"), 14),
        Column.money(lambda row: row.payment.paid_as, mark("Handed over"), 14),
        Column.number(lambda row: row.payment.rate, mark("Rate"), 9),
        Column.text(lambda row: row.payment.rate_source, mark("Source of the rate"), 12),
        Column.yes_no(lambda row: row.payment.signed_receipt, mark("Receipt signed"), 9),
    ),
    rows=funding.paid_rows,
)
SUBSIDIES: Ledger[SubsidyRow] = Ledger(
    key="subsidies",
    words=mark("Subsidies"),
    columns=(
        Column.name(lambda row: row.name, mark("Name"), 22, sort="name"),
        Column.country(lambda row: row.country, mark("Country"), 9, sort="country"),
        Column.state(lambda row: row.state, mark("State"), 14, "subsidy", sort="state"),
        Column.money(lambda row: row.requested, mark("Asked for"), 13, sort="requested"),
        Column.money(lambda row: row.granted, mark("Granted"), 13, sort="granted"),
        Column.money(lambda row: row.paid, mark("Paid"), 13),
        Column.money(lambda row: row.rest, mark("To pay"), 12),
        Column.text(lambda row: row.decided_by, mark("Decided by"), 16),
    ),
    ids=listing.subsidies,
    rows=funding.subsidy_rows,
    sort="name",
    empty=mark("No subsidies here yet."),
    name=lambda row: row.name,
    stepping=_step_subsidy,
    removing=_remove_subsidy,
    more=(PARTS, PAID),
)
INCOMES: Attached[IncomeRow] = Attached(
    words=mark("Income"),
    columns=(
        Column.name(lambda row: row.fund, mark("Fund"), 20),
        Column.date(lambda row: row.income.date, mark("Date"), 12),
        Column.text(lambda row: row.income.giver, mark("From"), 20),
        Column.money(lambda row: row.income.amount, mark("Amount"), 14),
        Column.text(lambda row: row.income.earmark, mark("Earmarked for"), 20),
    ),
    rows=funding.income_rows,
)
FUNDS: Ledger[FundRow] = Ledger(
    key="funds",
    words=mark("Funds"),
    columns=(
        Column.name(lambda row: row.name, mark("Name"), 16),
        Column.money(lambda row: row.income, mark("Came in"), 12),
        Column.money(lambda row: row.allocated, mark("Set aside"), 12),
        Column.money(lambda row: row.reserved, mark("Promised"), 12),
        Column.money(lambda row: row.paid, mark("Paid"), 12),
        Column.money(lambda row: row.free, mark("Free"), 12),
        Column.number(lambda row: row.subsidies, mark("Subsidies"), 9),
    ),
    ids=listing.funds,
    rows=funding.fund_rows,
    sort="",
    empty=mark("No fund yet. A fund holds what came in, and subsidies are granted from it."),
    name=lambda row: row.name,
    removing=_remove_fund,
    more=(INCOMES,),
)
FEES: Ledger[FeeRow] = Ledger(
    key="fees",
    words=mark("Fees"),
    columns=(
        Column.name(lambda row: row.name, mark("Name"), 22),
        Column.text(lambda row: row.delegation, mark("Delegation"), 16, sparse=True),
        Column.text(lambda row: row.band, mark("Fee band"), 9),
        Column(lambda row: row.fee, _fee, mark("Fee"), 14, Kind.MONEY),
        Column.money(lambda row: row.waived, mark("Fee waived"), 14),
        Column.money(lambda row: row.paid, mark("Paid"), 14),
        Column(lambda row: row.owed, _owed, mark("Still to pay"), 14, Kind.MONEY),
    ),
    ids=listing.fees,
    rows=funding.fee_rows,
    sort="",
    empty=mark("Nobody takes part yet: there are no fees."),
    name=lambda row: row.name,
)
PAYMENTS: Ledger[IncomingRow] = Ledger(
    key="payments",
    words=mark("Payments"),
    columns=(
        Column.date(lambda row: row.date, mark("Date"), 13, sort="date"),
        Column.name(lambda row: row.payer, mark("From"), 24, sort="payer"),
        Column.text(lambda row: method_word(row.method), mark("How"), 14),
        Column.money(lambda row: row.amount, mark("Amount"), 16, sort="amount"),
        Column.money(lambda row: row.paid_as, mark("Handed over"), 18),
        Column.code(lambda row: row.reference, mark("Reference"), 22),
        Column.number(lambda row: row.people or None, mark("For people"), 10),
    ),
    ids=listing.payments,
    rows=funding.incoming_rows,
    sort="date",
    empty=mark("No payments received yet."),
    name=lambda row: row.payer,
    removing=_remove_payment,
)
DELEGATIONS: Ledger[DelegationBalance] = Ledger(
    key="delegations",
    words=mark("Delegations"),
    columns=(
        Column.name(lambda row: row.name, mark("Delegation"), 24),
        Column.name(lambda row: row.leader, mark("Leader"), 18),
        Column.state(lambda row: row.state, mark("State"), 14, "delegation_registration"),
        Column.number(lambda row: row.confirmed, mark("People"), 9),
        Column(lambda row: row.due, _due, mark("Owes"), 14, Kind.MONEY),
        Column.money(lambda row: row.paid, mark("Paid"), 14),
        Column.money(lambda row: row.balance, mark("Balance"), 12),
    ),
    ids=listing.delegations,
    rows=funding.balance_rows,
    sort="",
    empty=mark("No delegations here."),
    name=lambda row: row.name,
)
CLAIM_LINES: Attached[ClaimLineRow] = Attached(
    words=mark("Lines"),
    columns=(
        Column.code(lambda row: row.claim, mark("Claim"), 12),
        Column.name(lambda row: row.name, mark("Name"), 22),
        Column.text(lambda row: cost_word(row.line.what), mark("What"), 14),
        Column.date(lambda row: row.line.date, mark("Date"), 12),
        Column.money(lambda row: row.line.paid, mark("Paid"), 14),
        Column.number(lambda row: row.line.rate, mark("Rate"), 9),
        Column.text(lambda row: row.line.rate_source, mark("Source of the rate"), 12),
        Column.money(lambda row: row.line.value, mark("Worth"), 14),
        Column.yes_no(lambda row: row.line.receipt, mark("Receipt"), 9),
        Column.yes_no(lambda row: row.line.boarding_pass, mark("Boarding pass"), 9),
        Column.yes_no(lambda row: row.line.rejected, mark("Does not count"), 9),
    ),
    rows=funding.claim_line_rows,
)
CLAIMS: Ledger[ClaimRow] = Ledger(
    key="claims",
    words=mark("Travel claims"),
    columns=(
        Column.name(lambda row: row.name, mark("Name"), 24),
        Column.state(lambda row: row.state, mark("State"), 14, "travel_claim"),
        Column.number(lambda row: row.lines, mark("Lines"), 8),
        Column.money(lambda row: row.claimed, mark("Claimed"), 16),
        Column.money(lambda row: row.cap, mark("At most"), 16),
        Column.money(lambda row: row.approved, mark("Approved"), 16),
        Column.number(lambda row: row.without_pass, mark("Boarding passes missing"), 20),
    ),
    ids=listing.claims,
    rows=funding.claim_rows,
    sort="",
    empty=mark("No travel claims here."),
    name=lambda row: row.name,
    stepping=_step_claim,
    removing=_remove_claim,
    more=(CLAIM_LINES,),
)
GIFTS: Ledger[GiftRow] = Ledger(
    key="gifts",
    words=mark("Donations"),
    columns=(
        Column.date(lambda row: row.date, mark("Date"), 12, sort="date"),
        Column.name(_giver, mark("From"), 20, sort="giver"),
        Column.text(lambda row: row.campaign, mark("Campaign"), 24, sort="campaign"),
        Column.money(lambda row: row.amount, mark("Given"), 12),
        Column.money(lambda row: row.value, mark("Value on that day"), 14, sort="value"),
        Column.text(lambda row: method_word(row.method), mark("How"), 12),
        Column.state(lambda row: row.state, mark("State"), 13, "donation", sort="state"),
    ),
    ids=listing.gifts,
    rows=funding.gift_rows,
    sort="date",
    empty=mark("No gifts yet."),
    name=_giver,
    stepping=_step_gift,
    removing=_remove_gift,
    everywhere=True,
)
REWARDS: Attached[RewardRow] = Attached(
    words=mark("Rewards"),
    columns=(
        Column.text(lambda row: row.campaign, mark("Campaign"), 24),
        Column.name(lambda row: row.name or _("Anonymous"), mark("Name"), 22),
        Column.yes_no(lambda row: row.by_one_gift, mark("With one gift"), 9),
    ),
    rows=funding.reward_rows,
)
CAMPAIGNS: Ledger[CampaignRow] = Ledger(
    key="campaigns",
    words=mark("Campaigns"),
    columns=(
        Column.name(lambda row: row.title, mark("Title"), 26),
        Column.text(lambda row: kind_word(row.kind), mark("Kind"), 14),
        Column.money(lambda row: row.goal, mark("Goal"), 14),
        Column.money(lambda row: row.raised, mark("Raised"), 14),
        Column.number(lambda row: row.gifts, mark("Gifts"), 7),
        Column.text(lambda row: row.reward, mark("Reward"), 18),
        Column.money(lambda row: row.threshold, mark("From"), 12),
    ),
    ids=listing.campaigns,
    rows=funding.campaign_rows,
    sort="",
    empty=mark("No campaign yet. A campaign asks for gifts, and gifts are recorded for it."),
    name=lambda row: row.title,
    removing=_remove_campaign,
    everywhere=True,
    more=(REWARDS,),
)
LEDGERS: tuple[AnyLedger, ...] = (
    SUBSIDIES,
    FUNDS,
    FEES,
    PAYMENTS,
    DELEGATIONS,
    CLAIMS,
    GIFTS,
    CAMPAIGNS,
)
"""In the order of their chips."""


def ledger_of(key: str) -> AnyLedger:
    """The table of this name, which is the key of its chip."""
    return next(one for one in LEDGERS if one.key == key)
