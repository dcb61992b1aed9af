"""The chip of the outbox in the rail: how many letters wait, seen from every place."""

from typing import Any

from PySide6.QtCore import QObject

from schoolapp.desktop import formats
from schoolapp.desktop.rail import Rail
from schoolapp.desktop.tasks import Tasks
from schoolapp.language import plural

PLACE = "outbox"
CONCERN = frozenset({"mail", "gathering"})


class WaitingLetters(QObject):
    """Asks again whenever letters change."""

    def __init__(self, rail: Rail, tasks: Tasks, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._rail, self._tasks, self._title = rail, tasks, title
        tasks.opened.connect(self._ask)
        tasks.changed.connect(self._changed)

    def _changed(self, tables: frozenset[str], initiator: object) -> None:
        if tables & CONCERN:
            self._ask()

    def _ask(self) -> None:
        self._tasks.read(self, _count, self._came, self._not_known)

    def _came(self, found: tuple[int, int]) -> None:
        waiting, troubled = found
        words = plural("{number} letter waits", "{number} letters wait", waiting)
        words = words.format(number=formats.number(waiting)) if waiting else self._title
        if troubled:
            words = plural("{number} letter needs a look", "{number} letters need a look", troubled)
            words = words.format(number=formats.number(troubled))
        shown = troubled or waiting
        self._rail.show_words(PLACE, words, formats.number(shown) if shown else "")

    def _not_known(self, trouble: BaseException) -> None:
        """Whoever asked for more tells what is wrong; the chip shows its title."""


def _count(session: Any) -> tuple[int, int]:
    from schoolapp.operations.mail import waiting  # the first paint does without

    return waiting(session)
