"""What one can do with readings."""

from operator import methodcaller

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Menu, Scope, in_gathering, one_selected

COMMANDS = (
    Command(
        "readings.new",
        mark("New text"),
        methodcaller("new_edition"),
        mark("Add an edition of a work in one language."),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    Command(
        "readings.translate",
        mark("Another language of this work"),
        methodcaller("new_language"),
        mark("Add an edition in another language of the work that is chosen."),
        icon="languages",
        enabled=one_selected,
    ),
    Command(
        "readings.assign",
        mark("Put on a session's list"),
        methodcaller("assign_chosen"),
        mark("Let a session ask for the chosen text."),
        shortcut="A",
        scope=Scope.LIST,
        icon="calendar-plus",
        enabled=one_selected,
    ),
    Command(
        "readings.unassign",
        mark("Take off the session's list"),
        methodcaller("unassign_chosen"),
        mark("The session that was chosen above no longer asks for this text."),
        shortcut="Del",
        scope=Scope.LIST,
        enabled=one_selected,
    ),
    Command(
        "readings.remove",
        mark("Remove the text"),
        methodcaller("remove_chosen"),
        mark("Removes an edition that no session asks for."),
        shortcut="Shift+Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=one_selected,
    ),
    Command(
        "readings.export",
        mark("Export the reading list"),
        methodcaller("export"),
        mark("Writes the list of this gathering as a web page, a PDF or a bibliography."),
        Menu.FILE,
        "Ctrl+E",
        icon="download",
        enabled=in_gathering,
    ),
    *(
        Command(
            f"readings.{step}",
            title,
            methodcaller("step_chosen", step),
            mark("The next step of the chosen text."),
            enabled=one_selected,
        )
        for step, title in (
            ("found", mark("The text was found")),
            ("check_rights", mark("Its rights were checked")),
            ("clear", mark("It may be given out")),
            ("refuse", mark("It may only be referred to")),
            ("ask_translation", mark("Ask for a translation")),
            ("deliver", mark("The translation has come")),
            ("proofread", mark("It was proofread")),
            ("print", mark("It was printed")),
        )
    ),
)
