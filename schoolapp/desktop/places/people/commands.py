"""The commands of people: menus, palette and keys are made from them."""

from collections.abc import Callable

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import (
    Command,
    Context,
    Scope,
    in_gathering,
    one_selected,
    some_selected,
)
from schoolapp.desktop.kit.list_import import ListName, choose_list
from schoolapp.desktop.places.people.place import People
from schoolapp.domain.participation import INTERPRETERS, LECTURERS, STAFF, VOLUNTEERS


def one_in_gathering(context: Context) -> bool:
    """Enabled when a gathering is chosen and one person."""
    return context.gathering is not None and one_selected(context)


def _engage(list_name: str) -> Callable[[People], None]:
    return lambda place: place.acting.engage(list_name)


def two_selected(context: Context) -> bool:
    """Enabled when exactly two people are selected."""
    return len(context.selected) == 2


COMMANDS: tuple[Command[People], ...] = (
    Command(
        "people.new",
        mark("New person"),
        People.new,
        mark("Add a person; with a gathering chosen, as a participant."),
        shortcut="Ctrl+N",
        icon="user-plus",
    ),
    Command(
        "people.add_lecturer",
        mark("Add as lecturer…"),
        _engage(LECTURERS),
        mark("Type names of known people or new ones who speak in sessions."),
        shortcut="Ctrl+Shift+L",
        icon="user-plus",
        enabled=in_gathering,
    ),
    Command(
        "people.add_interpreter",
        mark("Add as interpreter…"),
        _engage(INTERPRETERS),
        mark("Type names of known people or new ones who interpret."),
        icon="user-plus",
        enabled=in_gathering,
    ),
    Command(
        "people.add_staff",
        mark("Add as staff…"),
        _engage(STAFF),
        mark("Type names of known people or new ones who run the gathering."),
        icon="user-plus",
        enabled=in_gathering,
    ),
    Command(
        "people.add_volunteer",
        mark("Add as volunteer…"),
        _engage(VOLUNTEERS),
        mark("Type names of known people or new ones who help without pay."),
        icon="user-plus",
        enabled=in_gathering,
    ),
    Command(
        "people.add_to",
        mark("Add as participant"),
        lambda place: place.acting.add_to(),
        mark("Let the person take part from the first day to the last, with a place and a fee."),
        shortcut="Ctrl+Shift+A",
        icon="user-plus",
        enabled=one_in_gathering,
    ),
    Command(
        "people.take_out",
        mark("Take out of this gathering"),
        lambda place: place.acting.take_out(),
        mark(
            "The person stays among all known people; only their part in this gathering is removed."
        ),
        icon="log-out",
        enabled=one_in_gathering,
    ),
    Command(
        "people.import",
        mark("Import people…"),
        lambda place: choose_list(place, ListName.PEOPLE),
        mark("Import a list of people you have already: contacts, lecturers, volunteers."),
        icon="upload",
        enabled=in_gathering,
    ),
    Command(
        "people.duplicates",
        mark("Possible duplicates…"),
        lambda place: place.pages.open_duplicates(),
        mark("Look at people who may be listed twice, and say whether they are the same."),
        shortcut="Ctrl+Shift+D",
        icon="users",
    ),
    Command(
        "people.bedrooms",
        mark("Bedrooms…"),
        lambda place: place.pages.open_list(place.pages.bedrooms),
        mark("Make the bedrooms, and say who sleeps where."),
        icon="bed",
        enabled=in_gathering,
    ),
    Command(
        "people.teams",
        mark("Teams…"),
        lambda place: place.pages.open_list(place.pages.teams),
        mark("Make teams that cook and clean in turn, and say who is in them."),
        icon="users",
        enabled=in_gathering,
    ),
    Command(
        "people.tasks",
        mark("Tasks of each day…"),
        lambda place: place.pages.open_list(place.pages.rota),
        mark("Write down what is to be done each day, and which team or delegation does it."),
        icon="clipboard-check",
        enabled=in_gathering,
    ),
    Command(
        "people.band",
        mark("Give a fee band…"),
        lambda place: place.acting.ask_band(),
        mark("One band for all selected people; their fees in the gathering follow it."),
        shortcut="B",
        scope=Scope.LIST,
        enabled=some_selected,
    ),
    Command(
        "people.join",
        mark("Join two people"),
        lambda place: place.acting.join(),
        mark("Join the two selected people if they are the same person; it can be undone."),
        icon="user",
        enabled=two_selected,
    ),
    Command(
        "people.busy",
        mark("Read their calendar"),
        lambda place: place.acting.read_calendar(),
        mark("Note from an .ics file when the person is busy; only the times are kept."),
        icon="calendar-days",
        enabled=one_in_gathering,
    ),
    Command(
        "people.remove",
        mark("Remove this person"),
        lambda place: place.acting.remove(),
        mark("Remove a person who has no part in any gathering; it can be undone."),
        icon="trash-2",
        enabled=one_selected,
    ),
    Command(
        "people.too_long",
        mark("Show people kept too long"),
        People.show_kept_too_long,
        mark("Who is past the months for which the centre keeps data; nothing is erased by it."),
        icon="clock",
        enabled=in_gathering,
    ),
    Command(
        "people.erase",
        mark("Erase this person for good…"),
        lambda place: place.acting.erase(),
        mark("Remove everything about the person from all tables and the history."),
        icon="trash-2",
        enabled=one_selected,
    ),
)
