"""What one can do with letters that wait."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Menu, Scope, one_selected, some_selected
from schoolapp.desktop.places.outbox.place import Outbox

COMMANDS: tuple[Command[Outbox], ...] = (
    Command(
        "outbox.send",
        mark("Send…"),
        lambda place: place.sending.ask_to_send(),
        mark("Shows the numbers first; then there are ten seconds to call the letters back."),
        shortcut="Ctrl+Shift+S",
        icon="mail",
    ),
    Command(
        "outbox.approve",
        mark("Approve"),
        lambda place: place.deciding.approve(),
        mark("The chosen letters may be sent; if none is chosen, all drafts that are shown."),
        shortcut="A",
        scope=Scope.LIST,
        icon="check",
    ),
    Command(
        "outbox.back_to_draft",
        mark("Back to draft"),
        lambda place: place.deciding.back_to_draft(),
        mark("Takes the approval of the chosen letters back."),
        enabled=some_selected,
    ),
    Command(
        "outbox.to_myself",
        mark("Send copies to yourself"),
        lambda place: place.sending.ask_to_try(),
        mark("A dry run: nobody else gets anything, and the letters stay as they are."),
        icon="user",
    ),
    Command(
        "outbox.save",
        mark("Save as files"),
        lambda place: place.filing.save(),
        mark("Writes letters as .eml files that every mail program opens as drafts."),
        Menu.FILE,
        "Ctrl+E",
        icon="download",
    ),
    Command(
        "outbox.open",
        mark("Open in the mail program"),
        lambda place: place.filing.open_draft(),
        mark("Saves the chosen letter as a file and opens it as a draft in your mail program."),
        enabled=one_selected,
    ),
    Command(
        "outbox.sent_elsewhere",
        mark("Sent from elsewhere"),
        lambda place: place.deciding.note_sent_elsewhere(),
        mark("The chosen letters were sent from your own mail program."),
        enabled=some_selected,
    ),
    Command(
        "outbox.send_again",
        mark("Send once more"),
        lambda place: place.sending.send_again(),
        mark("For letters that were refused, or that nobody found after the connection broke."),
        icon="refresh-cw",
        enabled=some_selected,
    ),
    Command(
        "outbox.found_sent",
        mark("It has arrived"),
        lambda place: place.deciding.note_arrived(),
        mark("Somebody saw that the chosen letters arrived although the connection broke."),
        enabled=some_selected,
    ),
    Command(
        "outbox.came_back",
        mark("It bounced…"),
        lambda place: place.deciding.ask_why_it_came_back(),
        mark("A mail server sent the chosen letters back: they reached nobody."),
        icon="undo-2",
        enabled=some_selected,
    ),
    Command(
        "outbox.discard",
        mark("Discard"),
        lambda place: place.deciding.discard(),
        mark("The chosen letters are never sent; they stay here to be read."),
        shortcut="Del",
        scope=Scope.LIST,
        icon="trash-2",
        enabled=some_selected,
    ),
)
