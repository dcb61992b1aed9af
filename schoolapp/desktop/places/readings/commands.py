"""The commands of readings: menus, palette and keys are made from them."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Menu, Scope, in_gathering, one_selected
from schoolapp.desktop.kit.list_import import ListName, choose_list
from schoolapp.desktop.places.readings.place import Readings
from schoolapp.desktop.places.readings.publications import open_publications

DOING: tuple[Command[Readings], ...] = (
    Command(
        "readings.new",
        mark("New text"),
        Readings.new_edition,
        mark("Add an edition of a work in one language."),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    Command(
        "readings.translate",
        mark("Another language of this work"),
        Readings.new_language,
        mark("Add an edition in another language of the work that is chosen."),
        icon="languages",
        enabled=one_selected,
    ),
    Command(
        "readings.assign",
        mark("Put on a session's list"),
        lambda place: place.chosen.assign(),
        mark("Put the chosen text on the reading list of a session."),
        shortcut="A",
        scope=Scope.LIST,
        icon="calendar-plus",
        enabled=one_selected,
    ),
    Command(
        "readings.entry",
        mark("Change it on the session's list…"),
        lambda place: place.chosen.change_entry(),
        mark("Whether it must be read, which pages, and in which order, for the chosen session."),
        icon="pencil",
        enabled=one_selected,
    ),
    Command(
        "readings.unassign",
        mark("Take off the session's list"),
        lambda place: place.chosen.unassign(),
        mark("The session that was chosen above no longer asks for this text."),
        shortcut="Del",
        scope=Scope.LIST,
        enabled=one_selected,
    ),
    Command(
        "readings.remove",
        mark("Remove the text"),
        lambda place: place.chosen.remove(),
        mark("Removes an edition that is on no session's list."),
        shortcut="Shift+Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=one_selected,
    ),
    Command(
        "readings.import",
        mark("Import texts…"),
        lambda place: choose_list(place, ListName.TEXTS),
        mark("Import a list of texts with authors, titles and languages."),
        icon="upload",
        enabled=in_gathering,
    ),
    Command(
        "readings.publications",
        mark("Publications…"),
        open_publications,
        mark("Books in the making: their stages, and the texts of each part."),
        icon="book-open",
    ),
    Command(
        "readings.export",
        mark("Export the reading list"),
        lambda place: place.exporting.ask(),
        mark("Writes the list of this gathering as a web page, a PDF or a bibliography."),
        Menu.FILE,
        "Ctrl+E",
        icon="download",
        enabled=in_gathering,
    ),
)
STEPS = (
    ("found", mark("The text was found")),
    ("check_rights", mark("Its rights were checked")),
    ("clear", mark("It may be given out")),
    ("refuse", mark("It may only be referred to")),
    ("ask_translation", mark("Ask for a translation")),
    ("deliver", mark("The translation has come")),
    ("proofread", mark("It was proofread")),
    ("print", mark("It was printed")),
)


def _taking(step: str, title: str) -> Command[Readings]:
    def take(place: Readings) -> None:
        place.chosen.take_step(step)

    tip = mark("The next step of the chosen text.")
    return Command(f"readings.{step}", title, take, tip, enabled=one_selected)


COMMANDS = (*DOING, *(_taking(step, title) for step, title in STEPS))
