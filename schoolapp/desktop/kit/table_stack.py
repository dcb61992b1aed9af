"""A table, and what stands in for it while it has no rows."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget


class TableStack(QStackedWidget):
    """Shows the table; without rows a widget that is made when it is first needed.

    ``empty`` makes what says that there is nothing yet, ``no_match`` what says that the search or
    a filter hides all. Another page that a place has opened over them stays.
    """

    def __init__(
        self,
        parent: QWidget,
        empty: Callable[[], QWidget],
        no_match: Callable[[], QWidget],
    ) -> None:
        super().__init__(parent)
        self._make = {False: empty, True: no_match}
        self._table: QWidget | None = None
        self._instead: dict[bool, QWidget] = {}  # by whether the view is narrowed

    def take_table(self, table: QWidget) -> None:
        """Show this table where there are rows."""
        self._table = table
        self.addWidget(table)

    def show_rows(self, count: int, is_narrowed: bool) -> None:
        """Show the table, or what stands in for one without rows."""
        assert self._table is not None, "the table is there before its rows"
        if self.currentWidget() in (self._table, *self._instead.values()):  # no other page
            self.setCurrentWidget(self._table if count else self._stand_in(is_narrowed))

    def _stand_in(self, is_narrowed: bool) -> QWidget:
        if is_narrowed not in self._instead:
            made = self._instead[is_narrowed] = self._make[is_narrowed]()
            self.addWidget(made)
        return self._instead[is_narrowed]
