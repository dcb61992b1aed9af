"""What the columns of a sheet mean and how the file was opened, to check and to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSpinBox, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.places.applications.importing.words import DELIMITERS, ENCODINGS, FIELDS
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.sheets import Opening

SAMPLES = 3
ASKS_NAME = mark(
    "Which column holds the names? None of these headings says so. Choose a column and press Enter."
)
ORDERS = {"dmy": mark("day first"), "mdy": mark("month first")}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: its heading, what it is taken for, the first values in it."""

    id: int
    heading: str
    field: str | None
    means: str
    samples: str


class ColumnsPart(QWidget):
    """Enter on a column offers what it can mean; above are encoding, delimiter and heading row."""

    meaning_chosen = Signal(str, object)  # heading, field or None
    opening_chosen = Signal(object)  # an Opening

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.lines: dict[int, SheetColumn] = {}
        columns: tuple[Column[SheetColumn], ...] = (
            Column.name(lambda row: row.heading, mark("Heading"), 28),
            Column.text(lambda row: row.means, mark("Read as"), 24),
            Column.text(lambda row: row.samples, mark("First values"), 40),
        )
        self.table = Table(desk.tasks, desk.look, columns, HANDED, _("Columns"))
        self.table.setObjectName("import_columns")
        self.table.opened.connect(self._offer)
        self.encoding, self.delimiter, self.row = QComboBox(), QComboBox(), QSpinBox()
        self.sheet = QComboBox()
        self._sheets = _labelled(_("Sheet"), self.sheet)
        self._of_text = (
            _labelled(_("Encoding"), self.encoding),
            _labelled(_("Delimiter"), self.delimiter),
        )
        self._row_chosen: int | None = None
        self.question = Heading(scale=1.0, wrap=True)
        self.form = Words(quiet=True, wrap=True)
        self._lay_out()

    def show_sheet(self, sheet: ImportedSheet) -> None:
        """Show how a sheet was understood."""
        self.lines = {line.id: line for line in _headings(sheet)}
        current = self.table.current_id()
        self.table.lazy.hand(self.lines)
        if self.lines:
            self.table.select_id(current if current in self.lines else next(iter(self.lines)))
        known = _("This form was imported before; its columns are read as they were then.")
        guessed = _(
            "The columns were guessed from their headings. What you choose is kept for next time."
        )
        self.form.setText(known if sheet.is_known_form else guessed)
        for box, value in ((self.encoding, sheet.encoding), (self.delimiter, sheet.delimiter)):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData((value or "").removesuffix("-sig")))
        for part in self._of_text:
            part.setVisible(sheet.encoding is not None)  # a workbook has neither
        with QSignalBlocker(self.row):
            self.row.setValue(sheet.header_row)
        self.question.setVisible(sheet.asks_name)
        self.question.setText(_(ASKS_NAME))
        self._show_previews(sheet)
        self._offer_sheets(sheet)

    def forget_choices(self) -> None:
        """Begin with another file, of which nothing was chosen."""
        self._row_chosen = None

    def _show_previews(self, sheet: ImportedSheet) -> None:
        """Each encoding with some words as it would read them, so that names decide."""
        for number, (value, words) in enumerate(ENCODINGS):
            seen = sheet.previews.get(value, "")
            shown = _("{encoding}: {words}").format(encoding=_(words), words=isolate(seen))
            self.encoding.setItemText(number, shown if seen else _(words))

    def _offer_sheets(self, sheet: ImportedSheet) -> None:
        """The sheets of a workbook, if it has several."""
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            self.sheet.addItem(_("All with the same headings"), None)
            for name in sheet.sheets:
                self.sheet.addItem(isolate(name), name)
            self.sheet.setCurrentIndex(max(0, self.sheet.findData(sheet.chosen_sheet)))
        self._sheets.setVisible(len(sheet.sheets) > 1)

    def _offer(self, number: int) -> None:
        """A menu of everything that a column can mean, at the column."""
        line = self.lines[number]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field, words in ((None, _("Leave this column out")), *_fields()):
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(field == line.field)
            action.triggered.connect(partial(self._chosen, line.heading, field))
            menu.addAction(action)
            if field == line.field:
                menu.setActiveAction(action)
        at = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _chosen(self, heading: str, field: str | None, checked: bool = False) -> None:
        self.meaning_chosen.emit(heading, field)

    def _opening_changed(self, *ignored: object) -> None:
        encoding, delimiter = self.encoding.currentData(), self.delimiter.currentData()
        sheet = self.sheet.currentData()
        self.opening_chosen.emit(Opening(encoding, delimiter, self._row_chosen, sheet))

    def _row_changed(self, row: int) -> None:
        self._row_chosen = row
        self._opening_changed()

    def _lay_out(self) -> None:
        for value, words in ENCODINGS:
            self.encoding.addItem(_(words), value)
        for value, words in DELIMITERS:
            self.delimiter.addItem(_(words), value)
        self.row.setRange(1, 50)
        self.row.setKeyboardTracking(False)
        self.encoding.activated.connect(self._opening_changed)
        self.delimiter.activated.connect(self._opening_changed)
        self.sheet.activated.connect(self._opening_changed)
        self.row.valueChanged.connect(self._row_changed)
        for box in (self.encoding, self.sheet):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.encoding.setMinimumContentsLength(36)
        self.sheet.setMinimumContentsLength(24)
        top = Flow(16)
        for part in (*self._of_text, _labelled(_("Row of the headings"), self.row), self._sheets):
            top.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.question)
        layout.addWidget(self.form)
        layout.addWidget(self.table, 1)


def _labelled(words: str, editor: QWidget) -> QWidget:
    """An editor behind its label, to be wrapped together."""
    both = QWidget()
    label = Words(words)
    label.setBuddy(editor)
    editor.setAccessibleName(words)
    layout = QHBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(label)
    layout.addWidget(editor)
    return both


def _fields() -> list[tuple[str, str]]:
    return sorted(((field, _(words)) for field, words in FIELDS.items()), key=lambda one: one[1])


def _headings(sheet: ImportedSheet) -> list[SheetColumn]:
    kept = [row.raw for row in sheet.rows if not row.skipped]
    return [
        SheetColumn(number, isolate(heading), field, _means(field, sheet), _samples(kept, heading))
        for number, (heading, field) in enumerate(sheet.mapping.columns.items(), 1)
    ]


def _means(field: str | None, sheet: ImportedSheet) -> str:
    if field is None:
        return _("Left out")
    words = _(FIELDS[field])
    if order := sheet.orders.get(field):
        return _("{field}, {order}").format(field=words, order=_(ORDERS[order]))
    return words


def _samples(rows: Sequence[Mapping[str, str]], heading: str) -> str:
    found = [row[heading] for row in rows if row.get(heading)]
    return " · ".join(isolate(text[:40]) for text in dict.fromkeys(found[:SAMPLES]))
