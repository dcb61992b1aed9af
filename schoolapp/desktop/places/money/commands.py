"""What one can do with money."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import (
    Command,
    Menu,
    Scope,
    in_gathering,
    one_selected,
    some_selected,
)
from schoolapp.desktop.places.money.ledgers import (
    CAMPAIGNS,
    CLAIMS,
    DELEGATIONS,
    FEES,
    FUNDS,
    GIFTS,
    PAYMENTS,
    SUBSIDIES,
    AnyLedger,
)
from schoolapp.desktop.places.money.place import Money

DOING: tuple[Command[Money], ...] = (
    Command(
        "money.new",
        mark("New entry"),
        lambda place: place.recording.new_entry(),
        mark("Adds an entry to the table that is shown: a subsidy, a fund, a payment and so on."),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    Command(
        "money.subsidy",
        mark("Record a subsidy"),
        lambda place: place.recording.new_subsidy(),
        mark("Somebody asks for support from a fund."),
        icon="hand-coins",
        enabled=in_gathering,
    ),
    Command(
        "money.fund",
        mark("Make a fund"),
        lambda place: place.recording.new_fund(),
        mark("A fund holds what came in; subsidies are granted from it."),
        icon="plus",
        enabled=in_gathering,
    ),
    Command(
        "money.claim",
        mark("Record a travel claim"),
        lambda place: place.recording.new_claim(),
        mark("What somebody paid for the journey, line by line, under a subsidy."),
        icon="plane",
        enabled=in_gathering,
    ),
    Command(
        "money.incoming",
        mark("Record a payment received"),
        lambda place: place.recording.new_incoming(),
        mark("Money from a delegation or a person."),
        icon="wallet",
        enabled=in_gathering,
    ),
    Command(
        "money.pay",
        mark("Pay a subsidy"),
        lambda place: place.recording.pay_chosen(),
        mark("Records what was paid of the chosen subsidy, in any currency."),
        shortcut="P",
        scope=Scope.LIST,
        icon="wallet",
        enabled=one_selected,
    ),
    Command(
        "money.gift",
        mark("Record a gift"),
        lambda place: place.recording.new_gift(),
        mark("Money for a campaign."),
    ),
    Command(
        "money.campaign",
        mark("Make a campaign"),
        lambda place: place.recording.new_campaign(),
        mark("A call for gifts, with a goal and a reward."),
    ),
    Command(
        "money.set_fees",
        mark("Set the missing fees"),
        lambda place: place.recording.set_missing_fees(),
        mark("Everybody with a fee band but no fee yet gets the price of the band."),
        enabled=in_gathering,
    ),
    Command(
        "money.band",
        mark("Give a fee band…"),
        lambda place: place.recording.ask_band(),
        mark("One band for all people chosen among the fees; their fees follow it."),
        shortcut="B",
        scope=Scope.LIST,
        enabled=some_selected,
    ),
    Command(
        "money.no_fee",
        mark("Ask no fee"),
        lambda place: place.recording.ask_no_fee(),
        mark("The people selected in the table of fees owe nothing."),
        enabled=some_selected,
    ),
    Command(
        "money.export",
        mark("Export this table…"),
        lambda place: place.exporting.ask(),
        mark("Writes all rows of the table as a spreadsheet: Excel, OpenDocument or csv."),
        Menu.FILE,
        "Ctrl+E",
        icon="download",
    ),
    Command(
        "money.remove",
        mark("Remove the entry"),
        lambda place: place.recording.remove_chosen(),
        mark("Removes the chosen row, if nothing depends on it and nothing was decided."),
        shortcut="Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=one_selected,
    ),
)
SHOWN: tuple[tuple[AnyLedger, str], ...] = (
    (SUBSIDIES, mark("Show subsidies")),
    (FUNDS, mark("Show funds")),
    (FEES, mark("Show fees")),
    (PAYMENTS, mark("Show payments")),
    (DELEGATIONS, mark("Show delegations")),
    (CLAIMS, mark("Show travel claims")),
    (GIFTS, mark("Show donations")),
    (CAMPAIGNS, mark("Show campaigns")),
)


def _showing(ledger: AnyLedger, title: str) -> Command[Money]:
    def show(place: Money) -> None:
        place.show_ledger(ledger)

    return Command(f"money.show_{ledger.key}", title, show, mark("Shows this table."))


COMMANDS = (*DOING, *(_showing(ledger, title) for ledger, title in SHOWN))
