"""The commands of applications: menus, palette and keys are made from them."""

from collections.abc import Callable

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import (
    Command,
    Context,
    Menu,
    Scope,
    in_gathering,
    one_selected,
    some_selected,
)
from schoolapp.desktop.places.applications.delegations.page import DelegationsPage
from schoolapp.desktop.places.applications.minors.page import MinorsPage
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.desktop.places.applications.visas.page import VisasPage
from schoolapp.desktop.places.applications.words import DECISION_KEYS
from schoolapp.domain.selection import Decision


def _decide(decision: Decision) -> Callable[[Applications], None]:
    return lambda place: place.deciding.decide(decision)


def _undo(place: Applications) -> None:
    place.desk.run("window.undo")


def _can_undo(context: Context) -> bool:
    return bool(context.undo_title)


COMMANDS: tuple[Command[Applications], ...] = (
    Command(
        "applications.new", mark("New application"), lambda place: place.panels.register(),
        mark("Register an application that came on paper, by mail or by word of mouth."),
        Menu.FILE, "Ctrl+N", icon="plus", enabled=in_gathering,
    ),
    Command(
        "applications.import", mark("Import applications…"), Applications.import_sheet,
        mark("Read a sheet of any form, look at what it would change, then import it."),
        Menu.FILE, "Ctrl+I", icon="upload", enabled=in_gathering,
    ),
    Command(
        "applications.meeting", mark("Decide one by one"), lambda place: place.pages.open_meeting(),
        mark("Show one application large and prepare decisions; Enter on a row does the same."),
        Menu.PLACE, "Ctrl+D", icon="clipboard-check", enabled=in_gathering,
    ),
    Command(
        "applications.planned", mark("Prepared decisions…"),
        lambda place: place.pages.open_planned(),
        mark("See all prepared decisions together and apply them as one step."),
        Menu.PLACE, "Ctrl+Shift+D", enabled=in_gathering,
    ),
    Command(
        "applications.letters", mark("Letters"), lambda place: place.pages.open_letters(),
        mark("Look through the waiting letters, change their texts, make them ready."),
        Menu.PLACE, "Ctrl+L", icon="mail", enabled=in_gathering,
    ),
    Command(
        "applications.minutes", mark("Minutes of the meeting…"), Applications.write_minutes,
        mark("Write what was decided today, with its reasons and the balance, as a PDF."),
        Menu.FILE, icon="download", enabled=in_gathering,
    ),
    Command(
        "applications.remind", mark("Write reminders"), lambda place: place.deciding.remind(),
        mark("Write once to everybody whose answer to a question is due within"
" five days."),
        Menu.PLACE, enabled=in_gathering,
    ),
    Command(
        "applications.rules", mark("Rules of the selection…"),
        lambda place: place.panels.declare_rules(),
        mark("Set targets, scales, endorsement, the order of the waiting list,"
" and offers."),
        Menu.PLACE, "Ctrl+Shift+R", enabled=in_gathering,
    ),
    Command(
        "applications.columns", mark("Columns…"), lambda place: place.shown_columns.choose(),
        mark("Choose what the list shows: gender, diet, organisation, answers to your questions."),
        Menu.VIEW, enabled=in_gathering,
    ),
    Command(
        "applications.accept", mark("Accept"), _decide(Decision.ACCEPT),
        mark("Give a place to the selected people."),
        Menu.PLACE, DECISION_KEYS[Decision.ACCEPT], Scope.LIST, "circle-check", some_selected,
    ),
    Command(
        "applications.shortlist", mark("Shortlist"), _decide(Decision.SHORTLIST),
        mark("Say that the selected people may be chosen."),
        Menu.PLACE, DECISION_KEYS[Decision.SHORTLIST], Scope.LIST, "star", some_selected,
    ),
    Command(
        "applications.waitlist", mark("Waiting list"), _decide(Decision.WAITLIST),
        mark("Put the selected people at the end of the waiting list."),
        Menu.PLACE, DECISION_KEYS[Decision.WAITLIST], Scope.LIST, "hourglass", some_selected,
    ),
    Command(
        "applications.decline", mark("Decline"), _decide(Decision.DECLINE),
        mark("Decline the selected applications."),
        Menu.PLACE, DECISION_KEYS[Decision.DECLINE], Scope.LIST, "circle-x", some_selected,
    ),
    Command(
        "applications.confirm", mark("Confirm"), _decide(Decision.CONFIRM),
        mark("Note that the selected people accept their place."),
        Menu.PLACE, DECISION_KEYS[Decision.CONFIRM], Scope.LIST, "check", some_selected,
    ),
    Command(
        "applications.withdraw", mark("Withdraw"), _decide(Decision.WITHDRAW),
        mark("Note that the selected people are not coming."),
        Menu.PLACE, DECISION_KEYS[Decision.WITHDRAW], Scope.LIST, "log-out", some_selected,
    ),
    Command(
        "applications.edit", mark("Edit the application"), Applications.edit,
        mark("Open the application at the side, with its steps, its history and its form."),
        Menu.PLACE, "F2", Scope.LIST, "pencil", one_selected,
    ),
    Command(
        "applications.next", mark("Next application"), lambda place: place.step(+1),
        mark("Go to the next application without deciding."),
        Menu.PLACE, "J", Scope.LIST, enabled=in_gathering,
    ),
    Command(
        "applications.previous", mark("Application before"), lambda place: place.step(-1),
        mark("Go back to the application before."),
        Menu.PLACE, "K", Scope.LIST, enabled=in_gathering,
    ),
    Command(
        "applications.note", mark("Write a note"), Applications.write_note,
        mark("Write a note on the application that is shown."),
        Menu.PLACE, "N", Scope.LIST, enabled=some_selected,
    ),
    Command(
        "applications.score", mark("Score"), Applications.score,
        mark("Score the application that is shown; the points of others are shown"
" only after that."),
        Menu.PLACE, "R", Scope.LIST, "star", some_selected,
    ),
    Command(
        "applications.undo", mark("Undo"), _undo,
        mark("Take back the last decision."),
        Menu.PLACE, "U", Scope.LIST, enabled=_can_undo,
    ),
    Command(
        "applications.anonymous", mark("Hide names"), Applications.hide_names,
        mark("Hide or show who they are while you decide; the numbers stay."),
        Menu.PLACE, "H", Scope.LIST, "eye-off", in_gathering,
    ),
    Command(
        "applications.offer", mark("Offer a place"), lambda place: place.deciding.offer(),
        mark("Hold a free place for the selected person for some days and write to them."),
        Menu.PLACE, "O", Scope.LIST, enabled=one_selected,
    ),
    Command(
        "applications.take_offer_back", mark("Take the offer back"),
        lambda place: place.deciding.take_offer_back(),
        mark("The selected person stays where they were on the waiting list; the place is free."),
        Menu.PLACE, enabled=one_selected,
    ),
    Command(
        "applications.line_up", mark("Move up on the waiting list"),
        lambda place: place.deciding.move_in_line(-1),
        mark("Move the selected person one place up; a reason is asked for and kept."),
        Menu.PLACE, "Alt+Up", Scope.LIST, "chevron-up", one_selected,
    ),
    Command(
        "applications.line_down", mark("Move down on the waiting list"),
        lambda place: place.deciding.move_in_line(+1),
        mark("Move the selected person one place down; a reason is asked for and kept."),
        Menu.PLACE, "Alt+Down", Scope.LIST, "chevron-down", one_selected,
    ),
    Command(
        "applications.remove", mark("Remove the application"),
        lambda place: place.deciding.remove(),
        mark("Remove the application that is open at the side; it was entered by mistake."),
        Menu.PLACE, "Shift+Del", Scope.LIST, "trash-2", some_selected,
    ),
    Command(
        "applications.delegations", mark("Delegations"),
        lambda place: place.pages.open_list(DelegationsPage),
        mark("Announced, named and arrived; agreed numbers, names from the leader, replacing."),
        Menu.PLACE, "Ctrl+Shift+G", icon="users", enabled=in_gathering,
    ),
    Command(
        "applications.minors", mark("Minors and their papers"),
        lambda place: place.pages.open_list(MinorsPage),
        mark("Who is a minor, which papers are missing, and who answers for whom."),
        Menu.PLACE, "Ctrl+Shift+J", icon="file-text", enabled=in_gathering,
    ),
    Command(
        "applications.visas", mark("Visas"), lambda place: place.pages.open_list(VisasPage),
        mark("Who needs a visa, by the days left; numbered letters of invitation."),
        Menu.PLACE, "Ctrl+Shift+V", icon="plane", enabled=in_gathering,
    ),
)  # fmt: skip
