"""The five tables of the money: their columns, and how their rows are asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolapp.base.language import _, mark
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.operations import funding

METHODS = (
    ("bank_transfer", mark("Bank transfer")),
    ("cash", mark("Cash")),
)
METHOD_WORDS = {
    **dict(METHODS),
    "fee_waiver": mark("Fee not asked for"),
    "travel_cap": mark("Travel, at most"),
    "visa": mark("Visa"),
    "pocket_money": mark("Pocket money"),
    "card": mark("Card"),
    "paypal": mark("PayPal"),
    "platform": mark("Platform"),
}


def method_word(method: str) -> str:
    """The word for a way of paying or a part of a subsidy; an unknown one as it is."""
    return _(METHOD_WORDS[method]) if method in METHOD_WORDS else method


@dataclass(frozen=True, slots=True)
class Ledger:
    """One table of the money; ``everywhere`` if it is not about one gathering."""

    key: str
    words: str
    columns: tuple[Column, ...]
    ids: Callable[[Any, View], Sequence[int]]
    rows: Callable[[Any, Sequence[int]], Mapping[int, Any]]
    sort: str
    empty: str
    everywhere: bool = False

    def source(self) -> Source:
        """Where the table gets its rows."""
        return Source(self._ids, self.rows)

    def _ids(self, session: Any, view: View) -> Sequence[int]:
        if view.gathering is None and not self.everywhere:
            return []
        return self.ids(session, view)


def _subsidies(session: Any, view: View) -> list[int]:
    asked = funding.SubsidyView(
        gathering_id=view.gathering or 0,
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
    return funding.subsidy_ids(session, asked)


def _payments(session: Any, view: View) -> list[int]:
    asked = funding.IncomingView(
        gathering_id=view.gathering or 0,
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
    return funding.incoming_ids(session, asked)


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """A payment in words."""

    date: Any
    payer: str
    method: str
    amount: Any
    paid_as: Any
    reference: str
    people: int | None


def _payment_rows(session: Any, ids: Sequence[int]) -> dict[int, IncomingLine]:
    return {
        key: IncomingLine(
            row.date,
            row.payer,
            method_word(row.method),
            row.amount,
            row.paid_as,
            row.reference,
            row.people or None,
        )
        for key, row in funding.incoming_rows(session, ids).items()
    }


def _delegations(session: Any, view: View) -> list[int]:
    found = funding.delegation_balances(session, gathering_id=view.gathering or 0)
    words = view.search.casefold()
    return [row.id for row in found if words in row.name.casefold()]


def _claims(session: Any, view: View) -> list[int]:
    asked = funding.ClaimView(gathering_id=view.gathering or 0, search=view.search)
    return funding.claim_ids(session, asked)


def _gifts(session: Any, view: View) -> list[int]:
    asked = funding.GiftView(search=view.search, sort=view.sort, descending=view.descending)
    return funding.gift_ids(session, asked)


@dataclass(frozen=True, slots=True)
class GiftLine:
    """A gift in words."""

    date: Any
    giver: str
    campaign: str
    amount: Any
    value: Any
    method: str
    state: str


def _gift_rows(session: Any, ids: Sequence[int]) -> dict[int, GiftLine]:
    return {
        key: GiftLine(
            row.date,
            _("Anonymous") if row.anonymous else row.giver,
            row.campaign,
            row.amount,
            row.value,
            method_word(row.method),
            row.state.value,
        )
        for key, row in funding.gift_rows(session, ids).items()
    }


def _balances(session: Any, ids: Sequence[int]) -> dict[int, Any]:
    return funding.balance_rows(session, ids)


LEDGERS = (
    Ledger(
        "subsidies",
        mark("Subsidies"),
        (
            Column.name(lambda row: row.name, mark("Name"), 22, sort="name"),
            Column.country(lambda row: row.country, mark("Country"), 9, sort="country"),
            Column.state(lambda row: row.state, mark("State"), 14, "subsidy", sort="state"),
            Column.money(lambda row: row.requested, mark("Asked for"), 13, sort="requested"),
            Column.money(lambda row: row.granted, mark("Granted"), 13, sort="granted"),
            Column.money(lambda row: row.paid, mark("Paid"), 13),
            Column.money(lambda row: row.rest, mark("To pay"), 12),
            Column.text(lambda row: row.decided_by, mark("Decided by"), 16),
        ),
        _subsidies,
        funding.subsidy_rows,
        "name",
        mark("No subsidies here yet."),
    ),
    Ledger(
        "payments",
        mark("Payments"),
        (
            Column.date(lambda row: row.date, mark("Date"), 13, sort="date"),
            Column.name(lambda row: row.payer, mark("From"), 24, sort="payer"),
            Column.text(lambda row: row.method, mark("How"), 14),
            Column.money(lambda row: row.amount, mark("Amount"), 16, sort="amount"),
            Column.money(lambda row: row.paid_as, mark("Handed over"), 18),
            Column.code(lambda row: row.reference, mark("Reference"), 22),
            Column.number(lambda row: row.people, mark("For people"), 10),
        ),
        _payments,
        _payment_rows,
        "date",
        mark("No payments came in yet."),
    ),
    Ledger(
        "delegations",
        mark("Delegations"),
        (
            Column.name(lambda row: row.name, mark("Delegation"), 24),
            Column.name(lambda row: row.leader, mark("Leader"), 18),
            Column.state(lambda row: row.state, mark("State"), 14, "delegation_registration"),
            Column.number(lambda row: row.confirmed, mark("People"), 9),
            Column.money(lambda row: row.due, mark("Owes"), 14),
            Column.money(lambda row: row.paid, mark("Paid"), 14),
            Column.money(lambda row: row.balance, mark("Balance"), 12),
        ),
        _delegations,
        _balances,
        "",
        mark("No delegations here."),
    ),
    Ledger(
        "claims",
        mark("Travel claims"),
        (
            Column.name(lambda row: row.name, mark("Name"), 24),
            Column.state(lambda row: row.state, mark("State"), 14, "travel_claim"),
            Column.number(lambda row: row.lines, mark("Lines"), 8),
            Column.money(lambda row: row.claimed, mark("Claimed"), 16),
            Column.money(lambda row: row.cap, mark("At most"), 16),
            Column.money(lambda row: row.approved, mark("Approved"), 16),
            Column.number(lambda row: row.without_pass, mark("Boarding passes missing"), 20),
        ),
        _claims,
        funding.claim_rows,
        "",
        mark("No travel claims here."),
    ),
    Ledger(
        "gifts",
        mark("Donations"),
        (
            Column.date(lambda row: row.date, mark("Date"), 12, sort="date"),
            Column.name(lambda row: row.giver, mark("From"), 20, sort="giver"),
            Column.text(lambda row: row.campaign, mark("Campaign"), 24, sort="campaign"),
            Column.money(lambda row: row.amount, mark("Given"), 12),
            Column.money(lambda row: row.value, mark("Worth that day"), 14, sort="value"),
            Column.text(lambda row: row.method, mark("How"), 12),
            Column.state(lambda row: row.state, mark("State"), 13, "donation", sort="state"),
        ),
        _gifts,
        _gift_rows,
        "date",
        mark("No gifts yet."),
        everywhere=True,
    ),
)
