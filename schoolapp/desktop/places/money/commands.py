"""What one can do with money."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Scope, in_gathering, one_selected
from schoolapp.desktop.places.money.place import Money

DOING: tuple[Command[Money], ...] = (
    Command(
        "money.new",
        mark("New entry"),
        Money.new_entry,
        mark("Records a subsidy, a payment or a gift, as the table that is shown."),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    Command(
        "money.subsidy",
        mark("Record a subsidy"),
        Money.new_subsidy,
        mark("Somebody asks for support out of a fund."),
        icon="hand-coins",
        enabled=in_gathering,
    ),
    Command(
        "money.incoming",
        mark("Record a payment that came in"),
        Money.new_incoming,
        mark("Money of a delegation or a person."),
        icon="wallet",
        enabled=in_gathering,
    ),
    Command(
        "money.pay",
        mark("Pay a subsidy"),
        Money.pay_chosen,
        mark("Records what was paid of the chosen subsidy, in whatever currency."),
        shortcut="P",
        scope=Scope.LIST,
        icon="wallet",
        enabled=one_selected,
    ),
    Command(
        "money.gift",
        mark("Record a gift"),
        Money.new_gift,
        mark("Money for a campaign."),
    ),
    Command(
        "money.remove",
        mark("Remove the entry"),
        Money.remove_chosen,
        mark("Removes a subsidy that is not decided, or a payment recorded by mistake."),
        shortcut="Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=one_selected,
    ),
)
LEDGERS = (
    ("subsidies", mark("Show subsidies")),
    ("payments", mark("Show payments")),
    ("delegations", mark("Show delegations")),
    ("claims", mark("Show travel claims")),
    ("gifts", mark("Show donations")),
)


def _showing(key: str, title: str) -> Command[Money]:
    def show(place: Money) -> None:
        place.show_ledger(key)

    return Command(f"money.show_{key}", title, show, mark("Shows this table of the money."))


COMMANDS = (*DOING, *(_showing(key, title) for key, title in LEDGERS))
