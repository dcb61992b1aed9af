"""A place whose main view is a table: search, chips, sorting, empty states and the side panel."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, mark
from schoolapp.base.settings import HIDE_PRIVATE
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.kit.table_stack import TableStack
from schoolapp.desktop.look.states import state_look, states_of
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.tables import Column, Source, Table, View
from schoolapp.desktop.tables.columns import Filter, R

if TYPE_CHECKING:
    from schoolapp.desktop.kit.panel import AnyPanel, SidePanel
    from schoolapp.storage.store import DbSession


class TablePlace(Place, Generic[R]):
    """Over rows of type ``R``. Declare ``COLUMNS``, ``source``, and ``MACHINE`` with ``counts``.

    The last two are for chips with numbers, where they are wanted.
    ``show_row`` is called with the row that the cursor reaches, once the row has come.
    """

    SEARCH = mark("Search")
    COLUMNS: tuple[Column[R], ...]
    SORT: ClassVar[str] = ""  # the sort key of the first view
    MACHINE: ClassVar[str] = ""  # the workflow whose states are chips
    CHIPS: ClassVar[tuple[tuple[str, str], ...]] = ()  # or chips of its own: key and words, marked
    EMPTY: ClassVar[str] = mark("Nothing here yet.")
    EMPTY_COMMANDS: ClassVar[tuple[str, ...]] = ()  # the ids of those offered then, the usual first
    around_table: QWidget | None = None  # made by a place with its table in another widget

    def source(self) -> Source[R]:
        """Where ids and rows come from."""
        raise NotImplementedError

    def counts(self, session: "DbSession", view: View) -> Mapping[str, int]:
        """How many rows each state has, ``""`` for all; runs in the database worker."""
        return {}

    def show_row(self, row_id: int, row: R) -> None:
        """Show a row in the side panel."""

    def build(self) -> None:
        """The table and the chips; what stands in for an empty one is made when it is."""
        self._awaited: int | None = None
        self._panels: list[QWidget] = []
        self.make_table()
        if self.around_table is None:
            self.body.set_main(self._stack)
        self.chips.chosen.connect(self._chip_chosen)
        for key, words in self.CHIPS:
            self.chips.add(key, _(words))
        if self.MACHINE:
            self.chips.add("", _("All"))
            for state in states_of(self.MACHINE):
                look = state_look(self.MACHINE, state)
                self.chips.add(state, look.text, look)

    def make_table(self) -> None:
        """Make a table of the columns and the source declared, and the view it begins with."""
        desk, name = self.desk, _(self.title)
        around = self.around_table or self.body
        stack = self._stack = TableStack(around, self._make_empty, self._make_no_match)
        self.table = Table(desk.tasks, desk.look, self.COLUMNS, self.source(), name, stack)
        self.table.setObjectName("table")
        stack.take_table(self.table)
        self.view = View(sort=self.SORT)
        self.table.lazy.view = self.view
        self.table.show_sorting()
        self.table.hide_private(desk.settings.get(HIDE_PRIVATE))
        self._connect()

    def refresh(self) -> None:
        """Ask for the view again, and for the numbers on the chips."""
        self.table.lazy.show(self._sorted(self.view))
        if self.MACHINE or self.CHIPS:
            query = partial(_counts_of, self.counts, self.view)
            self.desk.tasks.read(self, query, self.chips.show_counts)

    def filter(self, **filters: Filter) -> None:
        """Narrow the view; None takes a filter away."""
        held = {k: v for k, v in {**self.view.filters, **filters}.items() if v is not None}
        self.view = self.view._replace(filters=held)
        self.refresh()

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the rows of one gathering, or of all."""
        self.leave()
        self.close_side()
        self.view = self.view._replace(gathering=gathering.id if gathering else None)
        super().show_gathering(gathering)

    def searched(self, text: str) -> None:
        """Show the rows that match."""
        self.view = self.view._replace(search=text)
        self.refresh()

    def clear_filters(self) -> None:
        """Show all rows again."""
        self.view = self.view._replace(search="", filters={})
        self.search.clear_silently()
        if self.MACHINE or self.CHIPS:
            self.chips.choose("")
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show the private columns."""
        self.table.hide_private(hidden)

    def open_row(self, row_id: int) -> None:
        """Put the cursor on a row, as soon as the table shows it."""
        self._awaited = row_id
        self._reach_awaited()

    def selected_ids(self) -> tuple[int, ...]:
        """The selected rows, in order."""
        return self.table.selected_ids()

    def focus_target(self) -> QWidget:
        """The table."""
        return self.table

    def show_side(self, panel: "SidePanel") -> None:
        """Show a panel at the side."""
        if panel not in self._panels:
            self._panels.append(panel)
            panel.closed.connect(self.close_side)
        if self.body.side is not panel:
            self.leave()
            self.body.show_side(panel)

    def close_side(self) -> None:
        """Close what is at the side and go back to the table."""
        had_focus = self.body.side is not None and self.body.side.isAncestorOf(
            self.focusWidget() or self
        )
        self.body.show_side(None)
        if had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Save what is being edited at the side."""
        if (panel := self._panel()) is not None:
            panel.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the side, then takes the filters away."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.body.side is not None:
            self.leave()
            self.close_side()
        elif self.view.is_narrowed:
            self.clear_filters()

    def _connect(self) -> None:
        table = self.table
        table.opened.connect(self._opened)
        table.current_changed.connect(self._reached)
        table.selection_changed.connect(self.context_changed)
        table.search_requested.connect(self.go_to_search)
        table.lazy.rows_landed.connect(self._rows_came)
        table.lazy.ids_landed.connect(self._ids_came)
        table.horizontalHeader().sectionClicked.connect(self._remember_sorting)

    def _sorted(self, view: View) -> View:
        held = self.table.lazy.view
        return view._replace(sort=held.sort, descending=held.descending)

    def _remember_sorting(self, number: int) -> None:
        self.view = self._sorted(self.view)

    def _chip_chosen(self, state: str) -> None:
        self.filter(state=state or None)

    def _reached(self, row_id: int | None) -> None:
        if row_id is None or self.body.side is None:
            return
        row = self.table.lazy.row(row_id)
        if row is not None:
            self.show_row(row_id, row)

    def _opened(self, row_id: int) -> None:
        row = self.table.lazy.row(row_id)
        if row is None:
            self.open_row(row_id)  # it is on its way
            return
        self.show_row(row_id, row)
        panel = self._panel()
        if panel is not None and panel.form is not None:
            panel.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows_came(self, rows: list[R]) -> None:
        self._reach_awaited()
        current = self.table.current_id()
        if current is not None and self._panel() is not None:
            self._reached(current)

    def _panel(self) -> "AnyPanel | None":
        if self.body.side is None:
            return None
        from schoolapp.desktop.kit.panel import Panel  # the first screen does without

        return self.body.side if isinstance(self.body.side, Panel) else None

    def _ids_came(self, count: int) -> None:
        self._stack.show_rows(count, self.view.is_narrowed)
        self._reach_awaited()

    def _reach_awaited(self) -> None:
        if self._awaited is None or not self.table.select_id(self._awaited):
            return
        row = self.table.lazy.row(self._awaited)
        if row is not None:
            row_id, self._awaited = self._awaited, None
            self.show_row(row_id, row)

    def _make_empty(self) -> QWidget:
        from schoolapp.desktop.kit.stand_in import StandIn  # the first screen does without

        ways = [
            self.command_button(one, primary=one == self.EMPTY_COMMANDS[0])
            for one in self.EMPTY_COMMANDS
        ]
        return StandIn(_(self.EMPTY), *ways)

    def _make_no_match(self) -> QWidget:
        from schoolapp.desktop.kit.stand_in import StandIn

        clear = button(self.desk.look, _("Clear filters"), self.clear_filters)
        return StandIn(_("No row matches your search."), clear)


def _counts_of(
    counts: "Callable[[DbSession, View], Mapping[str, int]]", view: View, session: "DbSession"
) -> Mapping[str, int]:
    return counts(session, view)
