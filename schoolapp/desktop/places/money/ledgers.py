"""The five tables of the money: their columns, and how their rows are asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolapp.base.language import _, mark
from schoolapp.desktop.tables import Column, Kind, Source, View
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
            Column("name", mark("Name"), 22, Kind.NAME, "name"),
            Column("country", mark("Country"), 9, Kind.COUNTRY, "country"),
            Column("state", mark("State"), 14, Kind.STATE, "state", "subsidy"),
            Column("requested", mark("Asked for"), 13, Kind.MONEY, "requested"),
            Column("granted", mark("Granted"), 13, Kind.MONEY, "granted"),
            Column("paid", mark("Paid"), 13, Kind.MONEY),
            Column("rest", mark("To pay"), 12, Kind.MONEY),
            Column("decided_by", mark("Decided by"), 16),
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
            Column("date", mark("Date"), 13, Kind.DATE, "date"),
            Column("payer", mark("From"), 24, Kind.NAME, "payer"),
            Column("method", mark("How"), 14),
            Column("amount", mark("Amount"), 16, Kind.MONEY, "amount"),
            Column("paid_as", mark("Handed over"), 18, Kind.MONEY),
            Column("reference", mark("Reference"), 22, Kind.CODE),
            Column("people", mark("For people"), 10, Kind.NUMBER),
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
            Column("name", mark("Delegation"), 24, Kind.NAME),
            Column("leader", mark("Leader"), 18, Kind.NAME),
            Column("state", mark("State"), 14, Kind.STATE, "", "delegation_registration"),
            Column("confirmed", mark("People"), 9, Kind.NUMBER),
            Column("due", mark("Owes"), 14, Kind.MONEY),
            Column("paid", mark("Paid"), 14, Kind.MONEY),
            Column("balance", mark("Balance"), 12, Kind.MONEY),
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
            Column("name", mark("Name"), 24, Kind.NAME),
            Column("state", mark("State"), 14, Kind.STATE, "", "travel_claim"),
            Column("lines", mark("Lines"), 8, Kind.NUMBER),
            Column("claimed", mark("Claimed"), 16, Kind.MONEY),
            Column("cap", mark("At most"), 16, Kind.MONEY),
            Column("approved", mark("Approved"), 16, Kind.MONEY),
            Column("without_pass", mark("Boarding passes missing"), 20, Kind.NUMBER),
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
            Column("date", mark("Date"), 12, Kind.DATE, "date"),
            Column("giver", mark("From"), 20, Kind.NAME, "giver"),
            Column("campaign", mark("Campaign"), 24, Kind.TEXT, "campaign"),
            Column("amount", mark("Given"), 12, Kind.MONEY),
            Column("value", mark("Worth that day"), 14, Kind.MONEY, "value"),
            Column("method", mark("How"), 12),
            Column("state", mark("State"), 13, Kind.STATE, "state", "donation"),
        ),
        _gifts,
        _gift_rows,
        "date",
        mark("No gifts yet."),
        everywhere=True,
    ),
)
