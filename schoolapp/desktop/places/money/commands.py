"""What one can do with money."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Scope, in_gathering, one_selected
from schoolapp.desktop.places.money.ledgers import (
    CLAIMS,
    DELEGATIONS,
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
        mark("Records a subsidy, a payment or a gift, as the table that is shown."),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    Command(
        "money.subsidy",
        mark("Record a subsidy"),
        lambda place: place.recording.new_subsidy(),
        mark("Somebody asks for support out of a fund."),
        icon="hand-coins",
        enabled=in_gathering,
    ),
    Command(
        "money.incoming",
        mark("Record a payment that came in"),
        lambda place: place.recording.new_incoming(),
        mark("Money of a delegation or a person."),
        icon="wallet",
        enabled=in_gathering,
    ),
    Command(
        "money.pay",
        mark("Pay a subsidy"),
        lambda place: place.recording.pay_chosen(),
        mark("Records what was paid of the chosen subsidy, in whatever currency."),
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
        "money.remove",
        mark("Remove the entry"),
        lambda place: place.recording.remove_chosen(),
        mark("Removes a subsidy that is not decided, or a payment recorded by mistake."),
        shortcut="Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=one_selected,
    ),
)
SHOWN: tuple[tuple[AnyLedger, str], ...] = (
    (SUBSIDIES, mark("Show subsidies")),
    (PAYMENTS, mark("Show payments")),
    (DELEGATIONS, mark("Show delegations")),
    (CLAIMS, mark("Show travel claims")),
    (GIFTS, mark("Show donations")),
)


def _showing(ledger: AnyLedger, title: str) -> Command[Money]:
    def show(place: Money) -> None:
        place.show_ledger(ledger)

    return Command(f"money.show_{ledger.key}", title, show, mark("Shows this table of the money."))


COMMANDS = (*DOING, *(_showing(ledger, title) for ledger, title in SHOWN))
