"""The heat map of attendance: numbers in coloured cells, read with the arrow keys."""

from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base.language import _, isolate, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.chips import ChipBar
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.tokens import contrast
from schoolapp.desktop.look.widgets import button
from schoolapp.operations.attendance.heat import Cell, HeatBy, HeatMap, HeatSession, heat_map

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
STEPS = 20  # how many colours there are between nothing and all
SHARE = Role.UserRole


def shade(look: Look, share: float) -> tuple[str, str]:
    """Ground and ink of a cell: from the surface to the accent, black or white by contrast."""
    tokens = look.tokens
    part = round(min(max(share, 0.0), 1.0) * STEPS) / STEPS
    pairs = zip(_channels(tokens.surface2), _channels(tokens.accent), strict=True)
    ground = "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)
    return ground, max(("#000000", "#FFFFFF"), key=partial(contrast, ground))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


class HeatModel(QAbstractTableModel):
    """The cells of a heat map; what a screen reader hears is a whole sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.map: HeatMap | None = None

    def show_map(self, heat: HeatMap) -> None:
        """Show a heat map."""
        self.beginResetModel()
        self.map = heat
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """People or days."""
        return 0 if self.map is None or parent.isValid() else len(self.map.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Sessions, or the most that one day has."""
        if self.map is None or parent.isValid():
            return 0
        return max((len(row) for row in self.map.cells), default=0)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Number, share, alignment, and the sentence of a cell."""
        if self.map is None:
            return None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        row = self.map.cells[index.row()]
        cell = row[index.column()] if index.column() < len(row) else None
        if role == Role.DisplayRole:
            return "" if cell is None else formats.number(cell[0])
        if role == SHARE:
            return None if cell is None else cell[1]
        if role in (Role.AccessibleTextRole, Role.ToolTipRole) and index.column() < len(row):
            return _sentence(self.map, index.row(), index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Names or days at the side; sessions, or their number in the day, above."""
        if self.map is None or role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            days = self.map.days
            return formats.day(days[section]) if days else self.map.names[section]
        if self.map.by == "day":
            return formats.number(section + 1)
        slot = self.map.sessions[section]
        if role == Role.ToolTipRole:
            return slot.title
        return f"{formats.day(slot.start)}\n{formats.time(slot.start)}"

    def as_text(self) -> str:
        """The whole map with tabs and lines, as spreadsheets paste it."""
        columns, rows = range(self.columnCount()), range(self.rowCount())
        heads = (str(self.headerData(n, Qt.Orientation.Horizontal)) for n in columns)
        lines = [["", *(head.replace("\n", " ") for head in heads)]]
        for row in rows:
            cells = (str(self.data(self.index(row, n))) for n in columns)
            lines.append([str(self.headerData(row, Qt.Orientation.Vertical)), *cells])
        return "\n".join("\t".join(line) for line in lines)


def _sentence(heat: HeatMap, row: int, column: int) -> str:
    by_day = heat.by == "day"
    slot = heat.slots[row][column] if by_day else heat.sessions[column]
    start = _("{date}, {time}").format(
        date=isolate(formats.day(slot.start)), time=formats.time(slot.start)
    )
    said = [isolate(slot.title), start, _known(heat.cells[row][column], slot, by_day)]
    return " · ".join(said if by_day else [isolate(heat.names[row]), *said])


def _known(cell: Cell, slot: HeatSession, by_day: bool) -> str:
    """What is known of a session: how many came, or how long one person was there."""
    if cell is None:
        return _("nothing known")
    if by_day:
        people = plural("{number} person", "{number} people", cell[0])
        return people.format(number=formats.number(cell[0]))
    return _("{number} of {all} minutes").format(
        number=formats.number(cell[0]), all=formats.number(slot.minutes)
    )


class HeatPainter(QStyledItemDelegate):
    """Paints a cell in its shade with its number."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, number, and a frame round the current cell."""
        share = index.data(SHARE)
        rect = option.rect
        if share is not None:
            ground, ink = shade(self._look, share)
            painter.fillRect(rect.adjusted(0, 0, -1, -1), QColor(ground))
            painter.setPen(QColor(ink))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, index.data())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # a pale line inside it, so that the frame shows among cells of its own colour
            painter.setPen(QColor(self._look.tokens.surface))
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
            painter.setPen(QPen(QColor(self._look.tokens.focus), 2))
            painter.drawRect(rect.adjusted(2, 2, -3, -3))


class HeatTable(QTableView):
    """The cells; Ctrl+C copies the whole map."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy as a table; else as every table view."""
        model = self.model()
        if event.matches(QKeySequence.StandardKey.Copy) and isinstance(model, HeatModel):
            QGuiApplication.clipboard().setText(model.as_text())
            return
        super().keyPressEvent(event)


class HeatPage(QWidget):
    """The heat map with its two ways of reading it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._gathering_id = desk, 0
        self.by: HeatBy = "person"
        self.ways, self.words = ChipBar(desk.look), Words(quiet=True, wrap=True)
        self.ways.add("person", _("People and sessions"))
        self.ways.add("day", _("Days and sessions"))
        self.ways.chosen.connect(self.choose)
        self.model, self.table = HeatModel(), HeatTable()
        self.table.setModel(self.model)
        self.table.setItemDelegate(HeatPainter(desk.look, self.table))
        self.table.setAccessibleName(_("Heat map of attendance"))
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        # a filled cell says how long somebody was there: only the frame marks the current cell
        self.table.setSelectionMode(QTableView.SelectionMode.NoSelection)
        top, layout = QHBoxLayout(), QVBoxLayout(self)
        copy = button(desk.look, _("Copy as table"), self._copy, "copy")
        top.addWidget(self.ways, 1)
        top.addWidget(copy)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def choose(self, by: str) -> None:
        """Read it by person or by day."""
        self.by = "day" if by == "day" else "person"
        self.refresh(self._gathering_id)

    def refresh(self, gathering_id: int) -> None:
        """Ask for the map of a gathering."""
        self._gathering_id = gathering_id
        query = partial(heat_map, gathering_id=gathering_id, by=self.by)
        self._desk.tasks.read(self, query, self._show)

    def _show(self, heat: HeatMap) -> None:
        if heat.by != self.by:
            return
        self.model.show_map(heat)
        self.words.setText(
            _(
                "Minutes that each person was there. An empty cell: nothing is"
                " known, or the session was not for them."
            )
            if heat.by == "person"
            else _("How many came. The first column is the first session of the day.")
        )
        letters = self.fontMetrics().averageCharWidth()
        self.table.horizontalHeader().setDefaultSectionSize(13 * letters)
        self.table.verticalHeader().setDefaultSectionSize(self._desk.look.row_height(self))
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.model.as_text())
        self._desk.say(_("The heat map was copied."))
