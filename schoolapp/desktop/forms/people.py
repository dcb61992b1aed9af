"""An editor of several people: a name is typed, and is somebody who is known or somebody new."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from schoolapp.base.language import _, isolate
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms.editors import Editor
from schoolapp.desktop.forms.name_search import Found, NameSearch, Search
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import icon_button
from schoolapp.domain.text import fold
from schoolapp.domain.who import Who

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

Names = Callable[["DbSession", Iterable[int]], Mapping[int, str]]
"""The names of people by key; it runs in the database worker."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MOST_SHOWN = 5


class _NameLine(QLineEdit):
    """A line whose Enter means what is typed, as long as something is."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_choosing: Callable[[], bool] = bool  # whether the list takes Enter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the name; in an empty line it goes on to the next field."""
        mine = event.key() in _ENTER and self.text().strip() and not event.modifiers()
        if mine and not self.is_choosing():
            self.entered.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class _Chosen(QListWidget):
    """The people so far; Del takes one out."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del and Backspace take out the person under the cursor."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def put(self, names: Iterable[str]) -> None:
        """Show people, and be as high as they are, up to a few."""
        row = self.fontMetrics().height() + 10
        self.clear()
        for name in names:
            QListWidgetItem(name, self).setSizeHint(QSize(0, row))
        self.setFixedHeight(min(self.count(), MOST_SHOWN) * row + 2 * self.frameWidth() + 2)
        self.setVisible(self.count() > 0)


class PeopleEditor(Editor[tuple[Who, ...]]):
    """People in order; the value holds keys, and the names of people who are to be made.

    Enter takes a name: the person who has exactly that name; else the list offers those with such
    a name and, as its last entry, a new person. A name that nobody has at all is a new person.
    Without ``new`` only people who are known are offered and taken.
    """

    def __init__(
        self, look: Look, tasks: Tasks, search: Search, names: Names, *, new: bool = True
    ) -> None:
        super().__init__()
        self._tasks, self._names, self._new = tasks, names, new
        self._people: tuple[Who, ...] = ()
        self._known: dict[int, str] = {}
        self._entering = False
        self.list, self.line = _Chosen(), _NameLine()
        self.line.setPlaceholderText(_("Type a name and press Enter"))
        self.search = NameSearch(self.line, tasks, search, _new_person if new else _nothing_more)
        self.search.chosen.connect(self._add)
        self.search.found.connect(self._came)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._enter)
        self.line.is_choosing = lambda: self.search.is_choosing
        self.list.removed.connect(self._remove)
        self.list.setAccessibleName(_("chosen, Del takes one out"))
        self._remove_button = icon_button(look, "x", _("Take this person out"), self._remove)
        self._lay_out()

    def value(self) -> tuple[Who, ...]:
        """Keys, and names of new people, in order."""
        return self._people

    def put(self, value: Sequence[Who] | None) -> None:
        """Show people; names that are not known yet are asked for."""
        self._people = tuple(value or ())
        self.line.clear()
        self._show()
        missing = [who for who in self._people if isinstance(who, int) and who not in self._known]
        if missing:
            query: Callable[[DbSession], Mapping[int, str]] = partial(_named, self._names, missing)
            self._tasks.read(self, query, self._learn)

    def problem(self) -> str:
        """That a name was typed and nobody taken."""
        if not self.line.text().strip():
            return ""
        return _("Press Enter to take this name, choose somebody from the list, or empty the line.")

    def _lay_out(self) -> None:
        column, top = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(4)
        top.addWidget(self.list, 1)
        top.addWidget(self._remove_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self.line)
        self.row.addLayout(column)
        self.parts = (self.line, self.list)
        self.setFocusProxy(self.line)
        self.setTabOrder(self.list, self._remove_button)
        self.setTabOrder(self._remove_button, self.line)
        self._show()

    def _show(self) -> None:
        at = self.list.currentRow()
        self.list.put(map(self._name, self._people))
        self.list.setCurrentRow(max(0, min(at, len(self._people) - 1)))
        self._remove_button.setVisible(bool(self._people))

    def _name(self, who: Who) -> str:
        if isinstance(who, int):
            return self._known.get(who, "…")
        return _("{name} (new)").format(name=isolate(who))

    def _learn(self, names: Mapping[int, str]) -> None:
        self._known |= names
        self._show()

    def _typed(self, text: str) -> None:
        self._entering = False
        self.search.typed(text)
        self.edited.emit()

    def _enter(self) -> None:
        self._entering = True
        self.search.ask()

    def _came(self, text: str, found: Found) -> None:
        if not self._entering:
            return
        self._entering = False
        same = [one for one in found if fold(one[1]) == fold(text)]
        if len(same) == 1:
            self._add(*same[0])
        elif not found and self._new:
            self._add(None, text)

    def _add(self, key: int | None, name: str) -> None:
        who: Who = name if key is None else key
        if key is not None:
            self._known[key] = name
        if who not in self._people:
            self._people = (*self._people, who)
        self.line.clear()
        self.search.hide()
        self._show()
        self.list.setCurrentRow(len(self._people) - 1)
        self.edited.emit()

    def _remove(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._people):
            self._people = self._people[:at] + self._people[at + 1 :]
            self._show()
            (self.list if self._people else self.line).setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()


def _new_person(text: str) -> str:
    return _("New person: {name}").format(name=isolate(text))


def _nothing_more(text: str) -> str:
    return ""


def _named(names: Names, people: Sequence[int], session: "DbSession") -> Mapping[int, str]:
    return names(session, people)
