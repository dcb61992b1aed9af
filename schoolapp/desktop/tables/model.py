"""The lazy model: it holds ids, and the rows of the pages that were looked at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.tables.columns import Column, R, Source, View, heading

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
MANY = 20 * PAGE
"""More rows than these are forgotten with the next list: they were looked at long ago."""
WAITING = "…"
_TEXTS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class LazyModel(QAbstractTableModel, Generic[R]):
    """A table over a source of rows ``R``; 60,000 rows cost as much as 60.

    Sorting and filtering are asked of the source. ``about_to_reset`` and ``modelReset`` stand
    around a change of the list of ids; when only rows changed, the old ones stay until the new
    ones have come. ``tip`` answers what a cell says when the mouse rests on it.
    """

    rows_landed = Signal(list)  # of the rows that came
    ids_landed = Signal(int)  # how many there are

    def __init__(self, tasks: Tasks, columns: Sequence[Column[R]], source: Source[R]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.view = View()
        self._tasks, self._source = tasks, source
        self._ids: Sequence[int] = ()
        self._position: dict[int, int] = {}
        self._rows: dict[int, R] = {}
        self._asked: set[int] = set()
        self._wanted: set[int] = set()
        self._generation = 0
        self._answered = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._ask)
        self.tip: Callable[[R, Column[R]], str | None] = _no_tip

    def fill(self, ids: Sequence[int], rows: Mapping[int, R]) -> None:
        """Show what is known already, before the store is there."""
        self._rows = dict(rows)
        self._asked = set(rows)
        self._replace_ids(ids)

    def hand(self, rows: Mapping[int, R]) -> None:
        """Show these rows, which are all there are, in order; only changed ones are redrawn."""
        ids = list(rows)
        new = {one: row for one, row in rows.items() if self._rows.get(one) != row}
        if self._answered and ids == self._ids:
            self._rows |= new
            self._redraw_rows(new)
        else:
            self._rows = (self._rows if len(self._rows) <= MANY else {}) | dict(rows)
            self._asked = set(rows)
            self._replace_ids(ids)
        if new:
            self.rows_landed.emit(list(new.values()))

    def show(self, view: View) -> None:
        """Ask the source for another view; a list under way is dropped when it comes."""
        self.view = view
        self.refresh()

    def refresh(self) -> None:
        """Ask again; what is shown stays until the answer is here."""
        self._generation += 1
        self._tasks.read(
            self,
            partial(_ids_of, self._source, self.view),
            partial(self._ids_came, self._generation),
        )

    def take_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def row_id(self, row: int) -> int:
        """The id at a position."""
        return self._ids[row]

    def position(self, row_id: int) -> int | None:
        """Where an id stands, or None."""
        return self._position.get(row_id)

    def row(self, row_id: int) -> R | None:
        """The row of an id, if it has been fetched."""
        return self._rows.get(row_id)

    def row_at(self, position: int) -> R | None:
        """The row at a position; one that is missing is fetched."""
        row = self._rows.get(self._ids[position])
        if row is None or self._ids[position] not in self._asked:
            self._want(position)
        return row

    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        return self._ids

    @property
    def is_empty(self) -> bool:
        """Whether it is known that there are no rows."""
        return self._answered and not self._ids

    def texts(self, row: R) -> list[str]:
        """What the columns show of a row."""
        return [column.text_of(row) for column in self.columns]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The number of ids."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text for showing and speaking; the delegate asks ``row_at`` and goes round this."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _END if self.columns[index.column()].at_the_end else _START
        if role not in _TEXTS:
            return None
        row = self.row_at(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if row is None else self.tip(row, self.columns[index.column()])
        return WAITING if row is None else self.columns[index.column()].text_of(row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles of the columns; rows are numbered."""
        if (
            not 0
            <= section
            < (len(self.columns) if orientation == Qt.Orientation.Horizontal else len(self._ids))
        ):
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return heading(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _END if self.columns[section].at_the_end else _START
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the source for another order."""
        if column < 0 or not (key := self.columns[column].sort):
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.show(self.view._replace(sort=key, descending=descending))

    def _ids_came(self, generation: int, ids: Sequence[int]) -> None:
        if generation != self._generation:
            return
        self._asked = set()  # rows are asked again as they are shown; the old ones stay till then
        if self._answered and ids == self._ids:
            self._redraw(0, len(ids) - 1)
        else:
            if len(self._rows) > MANY:
                self._rows = {}
            self._replace_ids(ids)
        self.ids_landed.emit(len(ids))

    def _replace_ids(self, ids: Sequence[int]) -> None:
        self.beginResetModel()
        self._ids, self._answered = ids, True
        self._position = {one: at for at, one in enumerate(ids)}
        self.endResetModel()

    def _want(self, position: int) -> None:
        start = position // PAGE * PAGE
        new = set(self._ids[start : start + PAGE]) - self._asked
        if new:
            self._wanted |= new
            self._asked |= new
            if not self._timer.isActive():
                self._timer.start()

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, set()
        ids = [one for one in wanted if one in self._position]
        if ids:
            self._tasks.read(self, partial(_rows_of, self._source, ids), self._rows_came)

    def _rows_came(self, rows: Mapping[int, R]) -> None:
        # One worker answers in order: what is overtaken by a refresh is asked again when shown.
        self._rows.update(rows)
        if self._redraw_rows(rows):
            self.rows_landed.emit(list(rows.values()))

    def _redraw_rows(self, ids: Iterable[int]) -> bool:
        """Paint these rows again; whether any of them is shown."""
        at = [self._position[one] for one in ids if one in self._position]
        if at:
            self._redraw(min(at), max(at))
        return bool(at)

    def _redraw(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def _no_tip(row: R, column: Column[R]) -> None:
    """The view knows which texts do not fit."""


def _ids_of(source: Source[R], view: View, session: "DbSession") -> Sequence[int]:
    return source.ids(session, view)


def _rows_of(source: Source[R], ids: Sequence[int], session: "DbSession") -> Mapping[int, R]:
    return source.rows(session, ids)
