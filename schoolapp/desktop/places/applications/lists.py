"""The commands that open the lists over the applications: delegations, minors, visas."""

from typing import Any

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Menu, in_gathering


def open_delegations(place: Any) -> None:
    """Show the delegations."""
    from schoolapp.desktop.places.applications.delegations.page import DelegationsPage

    place.open_list(DelegationsPage)


def open_papers(place: Any) -> None:
    """Show the minors."""
    from schoolapp.desktop.places.applications.minors.page import PapersPage

    place.open_list(PapersPage)


def open_visas(place: Any) -> None:
    """Show who needs a visa."""
    from schoolapp.desktop.places.applications.visas.page import VisasPage

    place.open_list(VisasPage)


LISTS = (
    Command(
        "applications.delegations", mark("Delegations"), open_delegations,
        mark("Announced, named and arrived; agreed numbers, names from the leader, replacing."),
        Menu.PLACE, "Ctrl+Shift+G", icon="users", enabled=in_gathering,
    ),
    Command(
        "applications.minors", mark("Minors and their papers"), open_papers,
        mark("Who is a minor, which papers are missing, and who answers for whom."),
        Menu.PLACE, "Ctrl+Shift+J", icon="file-text", enabled=in_gathering,
    ),
    Command(
        "applications.visas", mark("Visas"), open_visas,
        mark("Who needs a visa, by the days left; numbered letters of invitation."),
        Menu.PLACE, "Ctrl+Shift+V", icon="plane", enabled=in_gathering,
    ),
)  # fmt: skip
