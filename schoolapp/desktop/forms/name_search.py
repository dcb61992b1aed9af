"""A line in which a few letters of a name find people, offered in a list beneath it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from schoolapp.desktop.bridge.tasks import Tasks

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

Found = Sequence[tuple[int, str]]
"""Keys and names of people."""
Search = Callable[["DbSession", str], Found]
"""Finds people by a few letters; it runs in the database worker."""


class NameSearch(QObject):
    """Asks while one types, and offers what was found.

    ``more(text)`` is one more entry behind the people, which stands for no key, or nothing.
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
        line.setCompleter(self._completer)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.ask)

    @property
    def is_choosing(self) -> bool:
        """Whether an entry of the list is marked, which Enter takes."""
        popup = self._completer.popup()
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()

    def typed(self, text: str) -> None:
        """Search once typing pauses."""
        self._pause.start() if text.strip() else self._pause.stop()

    def ask(self) -> None:
        """Search now."""
        self._pause.stop()
        text = self._line.text().strip()
        query: Callable[[DbSession], Found] = partial(_found, self._search, text)
        self._tasks.read(self, query, partial(self._came, text))

    def offer(self) -> None:
        """Show the list again."""
        self._completer.complete()

    def _came(self, text: str, found: Found) -> None:
        if text != self._line.text().strip():
            return
        self._found = found
        more = self._more(text) if self._more is not None and text else ""
        self._names.setStringList([*(name for _key, name in found), *filter(None, [more])])
        if self._line.hasFocus() and self._names.rowCount():
            self._completer.complete()
        self.found.emit(text, found)

    def _choose(self, index: QModelIndex) -> None:
        at = index.row()
        if at < len(self._found):
            self.chosen.emit(*self._found[at])
        else:
            self.chosen.emit(None, self._line.text().strip())


def _found(search: Search, text: str, session: "DbSession") -> Found:
    return tuple(search(session, text))
