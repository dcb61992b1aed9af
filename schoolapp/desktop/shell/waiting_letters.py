"""The chip of the outbox in the rail: how many letters wait, seen from every place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from schoolapp.base.language import _, plural
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.look import formats
from schoolapp.desktop.shell.rail import Rail

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

PLACE = "outbox"
CONCERN = frozenset({"mail", "gathering"})


class WaitingLetters(QObject):
    """Asks again whenever letters change; in a rail without an outbox it asks nothing."""

    def __init__(self, rail: Rail, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._rail, self._tasks = rail, tasks
        if rail.has(PLACE):
            tasks.opened.connect(self._ask)
            tasks.changed.connect(self._changed)

    def _changed(self, tables: frozenset[str], initiator: object) -> None:
        if tables & CONCERN:
            self._ask()

    def _ask(self) -> None:
        self._tasks.read(self, _count, self._came, self._not_known)

    def _came(self, found: tuple[int, int]) -> None:
        waiting, troubled = found
        said = [_waits(waiting), _need_a_look(troubled)]
        tip = ", ".join(one for one in said if one) or _("Outbox")
        shown = waiting or troubled
        icon = "triangle-alert" if troubled else "mail"
        words = said[0] or said[1] or _("Outbox")
        self._rail.show_words(PLACE, words, tip, icon, formats.number(shown) if shown else "")

    def _not_known(self, trouble: BaseException) -> None:
        """The request that failed is reported elsewhere; the chip shows its title."""


def _waits(number: int) -> str:
    words = plural("{number} letter waiting", "{number} letters waiting", number)
    return words.format(number=formats.number(number)) if number else ""


def _need_a_look(number: int) -> str:
    words = plural("{number} letter needs a look", "{number} letters need a look", number)
    return words.format(number=formats.number(number)) if number else ""


def _count(session: "DbSession") -> tuple[int, int]:
    from schoolapp.operations.mail import waiting  # the first paint does without

    return waiting(session)
