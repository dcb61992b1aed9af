"""The commands that open the lists over the applications: delegations, minors, visas."""

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Menu, in_gathering
from schoolapp.desktop.places.applications.delegations.page import DelegationsPage
from schoolapp.desktop.places.applications.minors.page import MinorsPage
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.desktop.places.applications.visas.page import VisasPage

LISTS: tuple[Command[Applications], ...] = (
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
