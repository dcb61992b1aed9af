"""What one can do with money."""

from operator import methodcaller

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Scope, in_gathering, one_selected

COMMANDS = (
    Command(
        "money.new",
        mark("New entry"),
        methodcaller("new_entry"),
        mark("Records a subsidy, a payment or a gift, as the table that is shown."),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    Command(
        "money.subsidy",
        mark("Record a subsidy"),
        methodcaller("new_subsidy"),
        mark("Somebody asks for support out of a fund."),
        icon="hand-coins",
        enabled=in_gathering,
    ),
    Command(
        "money.incoming",
        mark("Record a payment that came in"),
        methodcaller("new_incoming"),
        mark("Money of a delegation or a person."),
        icon="wallet",
        enabled=in_gathering,
    ),
    Command(
        "money.pay",
        mark("Pay a subsidy"),
        methodcaller("pay_chosen"),
        mark("Records what was paid of the chosen subsidy, in whatever currency."),
        shortcut="P",
        scope=Scope.LIST,
        icon="wallet",
        enabled=one_selected,
    ),
    Command(
        "money.gift",
        mark("Record a gift"),
        methodcaller("new_gift"),
        mark("Money for a campaign."),
    ),
    Command(
        "money.remove",
        mark("Remove the entry"),
        methodcaller("remove_chosen"),
        mark("Removes a subsidy that is not decided, or a payment recorded by mistake."),
        shortcut="Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=one_selected,
    ),
    *(
        Command(
            f"money.show_{key}",
            title,
            methodcaller("show_ledger", key),
            mark("Shows this table of the money."),
        )
        for key, title in (
            ("subsidies", mark("Show subsidies")),
            ("payments", mark("Show payments")),
            ("delegations", mark("Show delegations")),
            ("claims", mark("Show travel claims")),
            ("gifts", mark("Show donations")),
        )
    ),
)
