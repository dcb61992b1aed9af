"""The five tables of the money: their columns, and how their rows are read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.look.states import StateLook, state_look
from schoolapp.desktop.places.money import queries
from schoolapp.desktop.places.money.drafts import Deciding, deciding
from schoolapp.desktop.places.money.words import CLAIM_STEPS, GIFT_STEPS, method_word
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.desktop.tables.columns import R
from schoolapp.domain.donations import GIFT
from schoolapp.domain.funding import CLAIM
from schoolapp.domain.workflow import State, Step
from schoolapp.operations import funding
from schoolapp.operations.funding import (
    ClaimRow,
    DelegationBalance,
    GiftRow,
    IncomingRow,
    SubsidyRow,
)
from schoolapp.storage.store import DbSession

Steps = Mapping[str, str]
"""Steps that may be taken, by name, with their words, marked."""


def _no_state(row: object) -> StateLook | None:
    return None


def _no_steps(row: object) -> Steps:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(Generic[R]):
    """One table of the money with all that is known of its rows ``R``.

    ``name`` is a row's heading at the side, ``state`` the state shown there, ``steps`` what
    can be done with it. ``stepping`` gives, for a step and a row's id, the change that takes it,
    ``removing`` what removes a row; without it none is removed here. ``everywhere`` for a table
    that is not about one gathering.
    """

    key: str
    words: str
    columns: tuple[Column[R], ...]
    ids: Callable[[DbSession, View], Sequence[int]]
    rows: Callable[[DbSession, Sequence[int]], Mapping[int, R]]
    sort: str
    empty: str
    name: Callable[[R], str]
    state: Callable[[R], StateLook | None] = _no_state
    steps: Callable[[R], Steps] = _no_steps
    stepping: Callable[[str, int], Change[object]] | None = None
    removing: Callable[[int], Query[None]] | None = None
    everywhere: bool = False

    def source(self) -> Source[R]:
        """Where the table gets its rows."""
        return Source(self._ids, self.rows)

    def facts(self, row: R) -> list[tuple[str, str]]:
        """Title and value of each column for a row; its state is shown as a chip."""
        return [(_(c.title), c.text_of(row)) for c in self.columns if not c.machine]

    def _ids(self, session: DbSession, view: View) -> Sequence[int]:
        if view.gathering is None and not self.everywhere:
            return []
        return self.ids(session, view)


AnyLedger = Ledger[Any]
"""Whichever table is shown. The place holds one of five kinds of rows; its table, its source and
what is shown at the side come from the same ledger, so that each knows the rows it is given."""


def _subsidies(session: DbSession, view: View) -> list[int]:
    asked = funding.SubsidyView(
        gathering_id=view.gathering or 0,
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
    return funding.subsidy_ids(session, asked)


def _payments(session: DbSession, view: View) -> list[int]:
    asked = funding.IncomingView(
        gathering_id=view.gathering or 0,
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
    return funding.incoming_ids(session, asked)


def _delegations(session: DbSession, view: View) -> list[int]:
    found = funding.delegation_balances(session, gathering_id=view.gathering or 0)
    words = view.search.casefold()
    return [row.id for row in found if words in row.name.casefold()]


def _claims(session: DbSession, view: View) -> list[int]:
    asked = funding.ClaimView(gathering_id=view.gathering or 0, search=view.search)
    return funding.claim_ids(session, asked)


def _gifts(session: DbSession, view: View) -> list[int]:
    asked = funding.GiftView(search=view.search, sort=view.sort, descending=view.descending)
    return funding.gift_ids(session, asked)


def _giver(row: GiftRow) -> str:
    return _("Anonymous") if row.anonymous else row.giver


def _offered(words: Steps, lawful: Iterable[Step[State]]) -> Steps:
    names = {step.name for step in lawful}
    return {step: said for step, said in words.items() if step in names}


def _step_subsidy(step: str, subsidy_id: int) -> Change[object]:
    return deciding(Deciding(step, subsidy_id))


def _step_claim(step: str, claim_id: int) -> Change[object]:
    title = _("Travel claim: {step}").format(step=_(CLAIM_STEPS[step]))
    return title, partial(funding.step_claim, claim_id=claim_id, step=step)


def _step_gift(step: str, gift_id: int) -> Change[object]:
    title = _("Gift: {step}").format(step=_(GIFT_STEPS[step]))
    return title, partial(funding.step_gift, gift_id=gift_id, step=step)


def _remove_subsidy(subsidy_id: int) -> Query[None]:
    return partial(queries.remove_subsidy, subsidy_id=subsidy_id)


def _remove_payment(payment_id: int) -> Query[None]:
    return partial(queries.remove_incoming, payment_id=payment_id)


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
    ids=_subsidies,
    rows=funding.subsidy_rows,
    sort="name",
    empty=mark("No subsidies here yet."),
    name=lambda row: row.name,
    stepping=_step_subsidy,
    removing=_remove_subsidy,
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
    ids=_payments,
    rows=funding.incoming_rows,
    sort="date",
    empty=mark("No payments came in yet."),
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
        Column.money(lambda row: row.due, mark("Owes"), 14),
        Column.money(lambda row: row.paid, mark("Paid"), 14),
        Column.money(lambda row: row.balance, mark("Balance"), 12),
    ),
    ids=_delegations,
    rows=funding.balance_rows,
    sort="",
    empty=mark("No delegations here."),
    name=lambda row: row.name,
    state=lambda row: state_look("delegation_registration", row.state),
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
    ids=_claims,
    rows=funding.claim_rows,
    sort="",
    empty=mark("No travel claims here."),
    name=lambda row: row.name,
    state=lambda row: state_look("travel_claim", row.state),
    steps=lambda row: _offered(CLAIM_STEPS, CLAIM.steps_from(row.state)),
    stepping=_step_claim,
)
GIFTS: Ledger[GiftRow] = Ledger(
    key="gifts",
    words=mark("Donations"),
    columns=(
        Column.date(lambda row: row.date, mark("Date"), 12, sort="date"),
        Column.name(_giver, mark("From"), 20, sort="giver"),
        Column.text(lambda row: row.campaign, mark("Campaign"), 24, sort="campaign"),
        Column.money(lambda row: row.amount, mark("Given"), 12),
        Column.money(lambda row: row.value, mark("Worth that day"), 14, sort="value"),
        Column.text(lambda row: method_word(row.method), mark("How"), 12),
        Column.state(lambda row: row.state, mark("State"), 13, "donation", sort="state"),
    ),
    ids=_gifts,
    rows=funding.gift_rows,
    sort="date",
    empty=mark("No gifts yet."),
    name=_giver,
    state=lambda row: state_look("donation", row.state),
    steps=lambda row: _offered(GIFT_STEPS, GIFT.steps_from(row.state)),
    stepping=_step_gift,
    everywhere=True,
)
LEDGERS: tuple[AnyLedger, ...] = (SUBSIDIES, PAYMENTS, DELEGATIONS, CLAIMS, GIFTS)
"""In the order of their chips."""


def ledger_of(key: str) -> AnyLedger:
    """The table of this name, which is the key of its chip."""
    return next(one for one in LEDGERS if one.key == key)
