"""A line in which a few letters of a name find people, offered in a list beneath it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit

from schoolapp.desktop.bridge.tasks import Tasks

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

Found = Sequence[tuple[int, str]]
"""Keys and names of people."""
Search = Callable[["DbSession", str], Found]
"""Finds people by a few letters; it runs in the database worker."""


class NameSearch(QObject):
    """Asks while one types, and offers what was found.

    ``more(text)`` is one more entry behind the people, which stands for no key: then the line keeps
    what was typed while one goes through the list, else it shows the name under the cursor.
    """

    chosen = Signal(object, str)  # key or None, name
    found = Signal(str, object)  # what was searched for, Found

    def __init__(
        self,
        line: QLineEdit,
        tasks: Tasks,
        search: Search,
        more: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(line)
        self._line, self._tasks, self._search, self._more = line, tasks, search, more
        self._found: Found = ()
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated[QModelIndex].connect(self._choose)  # type: ignore[index]
        if more is None:
            line.setCompleter(self._completer)
        else:
            self._completer.setWidget(line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.ask)

    @property
    def is_choosing(self) -> bool:
        """Whether an entry of the list is marked, which Enter takes."""
        return self.popup.isVisible() and self.popup.selectionModel().hasSelection()

    @property
    def popup(self) -> QAbstractItemView:
        """The list beneath the line."""
        popup = self._completer.popup()
        assert popup is not None, "a completer makes its list"
        return popup

    def typed(self, text: str) -> None:
        """Search once typing pauses."""
        self._pause.start() if text.strip() else self._pause.stop()

    def ask(self) -> None:
        """Search now."""
        self._pause.stop()
        text = self._line.text().strip()
        query: Callable[[DbSession], Found] = partial(_found, self._search, text)
        self._tasks.read(self, query, partial(self._came, text))

    def _came(self, text: str, found: Found) -> None:
        if text != self._line.text().strip():
            return
        self._found = found
        more = self._more(text) if self._more is not None and text else ""
        self._names.setStringList([*(name for _key, name in found), *filter(None, [more])])
        self.found.emit(text, found)  # somebody may take the name, and need no list
        if self._line.hasFocus() and self._line.text().strip() and self._names.rowCount():
            self._completer.complete()

    def hide(self) -> None:
        """Take the list away."""
        self._pause.stop()
        self.popup.hide()

    def _choose(self, index: QModelIndex) -> None:
        at = index.row()
        if at < len(self._found):
            self.chosen.emit(*self._found[at])
        else:
            self.chosen.emit(None, self._line.text().strip())


def _found(search: Search, text: str, session: "DbSession") -> Found:
    return tuple(search(session, text))
