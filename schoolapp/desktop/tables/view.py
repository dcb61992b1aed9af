"""The table a place shows: keys, sorting, widths, copying, and the selection kept by id."""

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.tables.columns import Column, Kind, R, Source, heading
from schoolapp.desktop.tables.model import LazyModel
from schoolapp.desktop.tables.painter import INSET, CellPainter

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

_PICK = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Table(QTableView, Generic[R]):
    """A table over rows ``R``; Enter opens one, Space selects it, ``/`` goes to the search."""

    opened = Signal(int)  # id: Enter or double click
    current_changed = Signal(object)  # id or None
    selection_changed = Signal()
    search_requested = Signal()

    def __init__(
        self,
        tasks: Tasks,
        look: Look,
        columns: Sequence[Column[R]],
        source: Source[R],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_viewport()
        self.lazy = LazyModel(tasks, columns, source)
        self.lazy.setParent(self)
        self._tasks, self._look, self._source = tasks, look, source
        self._needed: dict[int, int] = {}
        self._filled: set[int] = set()  # the sparse columns in which something was seen
        self._filled_of: int | None = None  # in this gathering
        self._private_hidden = False
        self._kept: tuple[frozenset[int], int | None] = (frozenset(), None)
        self._spoken: int | None = None
        self.setAccessibleName(name)
        self.setModel(self.lazy)
        self._painter = CellPainter(look, self, self.lazy)
        self.lazy.tip = self._whole_text
        self._behave()
        self._connect()
        self._hide_columns()
        self.refresh_look()

    def _own_viewport(self) -> None:
        # To wrap one that Qt made, PySide first loads every kind of widget there is (40 ms).
        made = QWidget()
        made.setBackgroundRole(QPalette.ColorRole.Base)
        made.setAutoFillBackground(True)
        self.setViewport(made)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        self.horizontalHeader().sectionClicked.connect(self.sort_by_column)
        self.lazy.modelAboutToBeReset.connect(self._keep_selection)
        self.lazy.modelReset.connect(self._restore_selection)
        self.lazy.rows_landed.connect(self._measure)
        self.doubleClicked.connect(self._open_index)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self._look.changed.connect(self.refresh_look)

    def current_id(self) -> int | None:
        """The id of the row where the cursor stands."""
        at = self.currentIndex().row()
        return self.lazy.row_id(at) if 0 <= at < self.lazy.rowCount() else None

    def selected_ids(self) -> tuple[int, ...]:
        """The ids of the selected rows, in order."""
        picked = self.selectionModel().selection()
        ranges = [picked.at(number) for number in range(picked.count())]
        rows = sorted({r for one in ranges for r in range(one.top(), one.bottom() + 1)})
        return tuple(self.lazy.row_id(row) for row in rows)

    def selectRow(self, row: int) -> None:
        """Put the cursor on a position; Qt's own finds no column from right to left."""
        self.select_id(self.lazy.row_id(row))

    def select_id(self, row_id: int) -> bool:
        """Put the cursor on a row; False if the table does not show it."""
        at = self.lazy.position(row_id)
        if at is None:
            return False
        index = self.lazy.index(at, 0)
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        # Not selectRow: it would toggle while Ctrl is held for the shortcut that led here.
        self.selectionModel().setCurrentIndex(index, only | QItemSelectionModel.SelectionFlag.Rows)
        self.scrollTo(index)
        return True

    def sort_by_column(self, number: int) -> None:
        """Sort by a column; a second time turns the order round."""
        key = self.lazy.columns[number].sort
        if not key:
            return
        view = self.lazy.view
        descending = view.sort == key and not view.descending
        self.lazy.show(view._replace(sort=key, descending=descending))
        self.show_sorting()

    def show_sorting(self) -> None:
        """Show in the header what the rows are sorted by."""
        view, header = self.lazy.view, self.horizontalHeader()
        keys = [column.sort for column in self.lazy.columns]
        header.setSortIndicatorShown(bool(view.sort) and view.sort in keys)
        if header.isSortIndicatorShown():
            down = Qt.SortOrder.DescendingOrder
            order = down if view.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(keys.index(view.sort), order)

    def take_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns of the same rows."""
        self._needed.clear()
        self._filled.clear()
        self._filled_of = None
        self.lazy.take_columns(columns)
        self._painter.refresh()
        self._hide_columns()
        self._fit_columns()
        self.show_sorting()
        self.lazy.refresh()

    def hide_private(self, hidden: bool) -> None:
        """Hide or show the columns about needs, health and visas."""
        self._private_hidden = hidden
        self._hide_columns()
        self._fit_columns()

    def copy(self) -> None:
        """Put the selected rows on the clipboard as tab separated text."""
        ids = self.selected_ids()
        if ids:
            self._tasks.read(self, partial(_fetch, self._source, ids), partial(self._copied, ids))

    def refresh_look(self) -> None:
        """Take up theme, text size and density."""
        self._painter.refresh()
        height = self._look.row_height(self)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._needed.clear()
        self._fit_columns()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight, past the delegates of Qt."""
        painter = QPainter(self.viewport())
        self._painter.paint(painter, event.rect())
        if self.lazy.is_empty:  # a table in a stack is covered then by more words and a button
            self._painter.paint_nothing(painter, _("Nothing here yet."))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of every table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if (row_id := self.current_id()) is not None:
                self.opened.emit(row_id)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.selectionModel().select(
                self.currentIndex(),
                QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows,
            )
        elif event.text() == "/":
            self.search_requested.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would walk through every row; the search field asks the database."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_painter"):
            self.refresh_look()

    def _whole_text(self, row: R, column: Column[R]) -> str | None:
        """The tip of a cell whose text is cut. Rich text wraps; in a name nothing is markup."""
        text, room = column.text_of(row), self.columnWidth(self.lazy.columns.index(column))
        if column.machine or self._painter.width_of(text) <= room + 2:
            return None
        from html import escape  # not needed for the first paint

        return f"<p>{escape(text)}</p>"

    def _hide_columns(self) -> None:
        for number, column in enumerate(self.lazy.columns):
            empty = column.sparse and number not in self._filled
            self.setColumnHidden(number, empty or (column.private and self._private_hidden))

    def _fit_columns(self) -> None:
        header, columns = self.horizontalHeader(), self.lazy.columns
        shown = [n for n in range(len(columns)) if not self.isColumnHidden(n)]
        widths = {number: self._wanted_width(number) for number in shown}
        spare = self.viewport().width() - sum(widths.values())
        if spare < 0:
            self._give_way(widths, -spare)
        else:
            names = [number for number in shown if columns[number].kind is Kind.NAME]
            takers = names or sorted(shown, key=lambda n: columns[n].width)[-1:]
            for taker in takers:
                widths[taker] += spare // len(takers)
        for number, width in widths.items():
            header.resizeSection(number, width)

    def _give_way(self, widths: dict[int, int], missing: int) -> None:
        """Take what is missing from the columns that are wider than what was seen in them."""
        slack = {n: widths[n] - self._least_width(n) for n in widths if n in self._needed}
        part = min(1.0, missing / max(1, sum(slack.values())))
        for number, room in slack.items():
            widths[number] -= math.ceil(room * part) if part < 1 else room

    def _wanted_width(self, number: int) -> int:
        return max(self._head(number), self._asked(number), self._needed.get(number, 0))

    def _least_width(self, number: int) -> int:
        needed = self._needed[number]
        if self.lazy.columns[number].kind in (Kind.TEXT, Kind.CODE, Kind.COUNTRY, Kind.LANGUAGES):
            needed = min(needed, self._asked(number))
        return max(self._head(number), needed)

    def _head(self, number: int) -> int:
        column, metrics = self.lazy.columns[number], self.horizontalHeader().fontMetrics()
        beside = 36 if column.sort else 24  # the arrow of what is sorted by
        return round(metrics.horizontalAdvance(heading(column)) * 1.1 + beside)

    def _asked(self, number: int) -> int:
        return self.lazy.columns[number].width * self.fontMetrics().averageCharWidth() + 2 * INSET

    def _measure(self, rows: list[R]) -> None:
        # What a name column needs is known only from the names: it grows to the longest one seen.
        grown = self._notice_filled(rows)
        for number, column in enumerate(self.lazy.columns):
            wanted = self._most(column, rows)
            if wanted > self._needed.get(number, 0):
                self._needed[number] = wanted
                grown = True
        if grown:
            self._fit_columns()

    def _notice_filled(self, rows: list[R]) -> bool:
        if self.lazy.view.gathering != self._filled_of:
            self._filled_of = self.lazy.view.gathering
            self._filled.clear()
        before = set(self._filled)
        for number, column in enumerate(self.lazy.columns):
            if column.sparse and any(column.text_of(row) for row in rows):
                self._filled.add(number)
        self._hide_columns()
        return self._filled != before

    def _most(self, column: Column[R], rows: list[R]) -> int:
        if column.kind is Kind.STATE:
            states = {state for row in rows if (state := column.state_of(row))}
            return max((self._painter.width_of_chip(column, one) for one in states), default=0)
        longest = sorted({column.text_of(row) for row in rows}, key=_by_length)[-12:]
        wanted = max((self._painter.width_of(text) for text in longest), default=0)
        if column.kind in (Kind.NAME, Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.TIME):
            return wanted  # half a date or amount would be a wrong one
        return min(wanted, 2 * column.width * self.fontMetrics().averageCharWidth() + 2 * INSET)

    def _keep_selection(self) -> None:
        self._kept = (frozenset(self.selected_ids()), self.current_id())

    def _restore_selection(self) -> None:
        ids, current = self._kept
        model = self.selectionModel()
        at = self.lazy.position(current) if current is not None else None
        if at is not None:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            model.setCurrentIndex(self.lazy.index(at, 0), flag)
        rows = sorted(p for one in ids if (p := self.lazy.position(one)) is not None)
        selection = QItemSelection()
        last = self.lazy.columnCount() - 1
        for first, end in _runs(rows):
            selection.select(self.lazy.index(first, 0), self.lazy.index(end, last))
        model.select(selection, _PICK)
        self._tell_current()

    def _tell_current(self, *_indexes: object) -> None:
        current = self.current_id()
        if current != self._spoken:
            self._spoken = current
            self.current_changed.emit(current)

    def _tell_selection(self, *_selections: object) -> None:
        self.selection_changed.emit()

    def _open_index(self, *_indexes: object) -> None:
        if (row_id := self.current_id()) is not None:
            self.opened.emit(row_id)

    def _copied(self, ids: tuple[int, ...], rows: dict[int, R]) -> None:
        shown = [c for n, c in enumerate(self.lazy.columns) if not self.isColumnHidden(n)]
        lines = [[heading(column) for column in shown]]
        lines += [[column.text_of(rows[one]) for column in shown] for one in ids if one in rows]
        text = "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
        QGuiApplication.clipboard().setText(text)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy")).triggered.connect(self._copy_chosen)
        menu.addSeparator()
        for number, column in enumerate(self.lazy.columns):
            if column.sort:
                action = menu.addAction(_("Sort by {column}").format(column=heading(column)))
                action.triggered.connect(partial(self._sort_chosen, number))
        menu.addActions(self.actions())
        menu.popup(self.viewport().mapToGlobal(at))

    def _copy_chosen(self, checked: bool = False) -> None:
        self.copy()

    def _sort_chosen(self, number: int, checked: bool = False) -> None:
        self.sort_by_column(number)


def _fetch(source: Source[R], ids: Sequence[int], session: "DbSession") -> dict[int, R]:
    return dict(source.rows(session, ids))


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    # Neighbouring rows as one range each: a selection of 60,000 single rows would take seconds.
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text  # texts of one length in one order, else widths differ at each start
