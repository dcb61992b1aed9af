"""What one can do at Home."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import (
    Command,
    in_gathering,
)
from schoolapp.desktop.places.home.place import Home

COMMANDS: tuple[Command[Home], ...] = (
    Command(
        "home.new",
        mark("New gathering"),
        Home.new,
        mark("Make a school, seminar or camp from a template."),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    Command(
        "home.edit",
        mark("Edit this gathering"),
        lambda place: place.opened.edit(),
        mark("Title, dates, venue, languages, deadlines, prices, rooms and modules."),
        shortcut="F2",
        icon="pencil",
        enabled=in_gathering,
    ),
    Command(
        "home.reports",
        mark("Reports and papers…"),
        Home.reports,
        mark("Reports, sign-in sheets, lists and badges of this gathering."),
        shortcut="Ctrl+E",
        icon="download",
        enabled=in_gathering,
    ),
    Command(
        "home.copy",
        mark("Copy this gathering…"),
        lambda place: place.opened.copy(),
        mark(
            "To other dates: rooms, rules, prices, deadlines, the programme and the team, without"
            " the people who took part."
        ),
        icon="copy",
        enabled=in_gathering,
    ),
    Command(
        "home.centres",
        mark("Centres…"),
        Home.open_centres,
        mark(
            "Name, address, time zone and currency of each centre, and the mailbox of its letters."
        ),
        icon="mail",
    ),
    Command(
        "home.practice",
        mark("Open the practice schools"),
        Home.open_practice,
        mark("Schools with made-up people, in a window of their own."),
        icon="tent",
    ),
    Command(
        "home.remove",
        mark("Remove this gathering"),
        lambda place: place.opened.remove(),
        mark("Remove a gathering that nobody takes part in; it can be undone."),
        icon="trash-2",
        enabled=in_gathering,
    ),
)
