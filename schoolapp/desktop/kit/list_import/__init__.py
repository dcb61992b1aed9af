"""Taking over a list that somebody has already: a page that any place can open."""

from typing import TYPE_CHECKING

from schoolapp.exchange.lists.names import ListName

if TYPE_CHECKING:
    from schoolapp.desktop.kit.place import Place

__all__ = ["ListName", "choose_list"]


def choose_list(place: "Place", name: ListName, session_id: int | None = None) -> None:
    """Ask for a file, and show over the place what taking it over would do.

    ``session_id`` is the session of marks that name none. The page is imported when it is wanted.
    """
    from schoolapp.desktop.kit.list_import.page import ask_for_file
    from schoolapp.exchange.lists.kinds import KINDS

    ask_for_file(place, KINDS[name], session_id)
