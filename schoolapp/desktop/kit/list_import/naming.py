"""The menu in which somebody says who a name of a list is."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from schoolapp.base.language import _, isolate
from schoolapp.desktop.look import formats
from schoolapp.domain.who import Who
from schoolapp.operations.lists import AskedName

Take = Callable[[str, Who | None], None]
"""Takes a name as somebody known or new, or as nobody."""


def names_menu(parent: QWidget, people: Sequence[AskedName], take: Take) -> QMenu:
    """The people whom a row names: each with a menu of its own, where there are several."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for one in people:
        inside = menu if len(people) == 1 else menu.addMenu(_shown(one.name))
        for who, words in _offers(one):
            action = QAction(_shown(words), inside)
            action.setCheckable(True)
            action.setChecked(who == one.who and not one.why)
            action.triggered.connect(partial(_chosen, take, one.name, who))
            inside.addAction(action)
    return menu


def _chosen(take: Take, name: str, who: Who | None, checked: bool = False) -> None:
    take(name, who)


def _offers(one: AskedName) -> Iterator[tuple[Who | None, str]]:
    for person in one.alike:
        country = formats.country_name(person.country) if person.country else ""
        told_by = filter(None, (person.name, person.email, country))
        yield person.id, " · ".join(isolate(words) for words in told_by)
    yield one.name, _("Add {name} as a new person").format(name=isolate(one.name))
    yield None, _("Add nobody for {name}").format(name=isolate(one.name))


def _shown(words: str) -> str:
    return words.replace("&", "&&")
