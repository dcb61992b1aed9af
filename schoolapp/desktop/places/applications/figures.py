"""What is shown beside the chips of the states: facts with their numbers, places left, letters."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QPushButton

from schoolapp.base.language import _, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.chips import Chip, ChipBar
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.places.applications import queries
from schoolapp.desktop.places.applications.next_bar import NextBar
from schoolapp.desktop.places.applications.pages import Pages
from schoolapp.desktop.places.applications.panel import left_of
from schoolapp.desktop.tables import View
from schoolapp.desktop.tables.columns import Filter
from schoolapp.operations.applications import FactCounts

FACTS: tuple[tuple[str, str, Callable[[FactCounts], int]], ...] = (
    ("asks_subsidy", mark("Asks for a subsidy"), lambda counts: counts.asks_subsidy),
    ("needs_visa", mark("Needs a visa"), lambda counts: counts.needs_visa),
    ("doubtful", mark("Doubtful"), lambda counts: counts.doubtful),
)
"""The filters by facts: the key in a view, its words, and how many rows it stands for."""


class FiguresHost(Protocol):
    """What the figures need from the place in whose filter row they are shown."""

    @property
    def desk(self) -> Desk: ...
    @property
    def chips(self) -> ChipBar: ...
    @property
    def pages(self) -> Pages: ...

    def filter(self, **filters: Filter) -> None:
        """Narrow the list; None takes a filter away."""

    def command_button(self, command_id: str, primary: bool = False) -> QPushButton:
        """A button for a command of the place."""


class FiguresRow:
    """Asks for the figures of a view and shows them; quick changes of one view are asked once.

    The bar above the list that says whose turn it is belongs to them, as it is read with them.
    """

    def __init__(self, host: FiguresHost, next_bar: NextBar) -> None:
        self._host, self._next_bar = host, next_bar
        self._asked: View | None = None  # the view whose figures are on their way
        self.left = Words()
        self.left.setObjectName("places_left")
        self.toggles: dict[str, Chip] = {}
        for key, words, _count in FACTS:
            self.toggles[key] = self._make_toggle(key, words)
        self.left.setMinimumHeight(max(chip.sizeHint().height() for chip in self.toggles.values()))
        host.chips.add_beside(self.left)
        self.letters_button = host.command_button("applications.letters")
        host.chips.add_beside(self.letters_button)
        self.letters_button.hide()

    def ask(self, view: View) -> None:
        """Ask for the figures of a view."""
        if self._asked != view:
            self._asked = view
            query = partial(queries.figures, view)
            self._host.desk.tasks.read(self.left, query, self._show, self._failed)

    def uncheck(self) -> None:
        """Facts no longer filter the list."""
        for chip in self.toggles.values():
            chip.setChecked(False)

    def clear(self) -> None:
        """Another gathering is shown: remove what was shown of the one before."""
        self._next_bar.hide()
        self.left.clear()

    def _make_toggle(self, key: str, words: str) -> Chip:
        chip = Chip(self._host.desk.look, key, _(words))
        chip.setObjectName(key)
        chip.clicked.connect(partial(self._toggled, key))
        self._host.chips.add_beside(chip)
        return chip

    def _toggled(self, key: str) -> None:
        self._host.filter(**{key: True if self.toggles[key].isChecked() else None})

    def _show(self, figures: queries.Figures | None) -> None:
        self._asked = None
        if figures is None:
            return
        self.left.setText(left_of(figures.places))
        if self._host.pages.opened is None:
            self._next_bar.show_proposed(figures.proposed)
        for key, _words, count in FACTS:
            self.toggles[key].show_count(count(figures.counts))
        self._show_letters(figures.letters)

    def _show_letters(self, letters: int) -> None:
        count = formats.number(letters)
        self.letters_button.setText(count)
        name = plural("{count} letter waiting", "{count} letters waiting", letters)
        self.letters_button.setAccessibleName(name.format(count=count))
        self.letters_button.setVisible(bool(letters))

    def _failed(self, trouble: BaseException) -> None:
        self._asked = None
