"""The cells of a row as lines to type in: what is corrected is read like the cell itself."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.applications.importing.cell_lines import CellLine


class CellEditor(QLineEdit):
    """One cell: Enter reads what was typed, Esc takes it back; both leave the line."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""

    def show_words(self, words: str) -> None:
        """Show the words of a cell, from their beginning."""
        self.shown = " ".join(words.split())
        self.setText(self.shown)
        self.setCursorPosition(0)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not read yet."""
        return self.text() != self.shown

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the page, which would close."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.setText(self.shown)
                self.left.emit()
            event.accept()
            return True
        return super().event(event)


class CellEditors(QWidget):
    """The doubtful cells of a row, or all of them, each with what it was read as."""

    corrected = Signal(int, str, object)  # row, field, words or None for the cell's own
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._row, self._shows_all = 0, False
        self._cells: dict[str, CellLine] = {}
        self.editors: dict[str, CellEditor] = {}
        self.values: dict[str, Words] = {}
        self._labels: dict[str, Words] = {}
        self.all_button = button(desk.look, _("Show all cells"), self.toggle_all, "pencil")
        self._lay_out()

    def show_cells(self, row: int, cells: Sequence[CellLine]) -> None:
        """Show the cells of a row; what was typed into another one is read first."""
        if row != self._row:
            self.commit()
        self._row, self._cells = row, {cell.field: cell for cell in cells}
        for cell in cells:
            self._show_cell(cell)
        self._choose_visible()

    def edit(self) -> QWidget | None:
        """Go to the first doubtful cell, or to the first of all if none is; the line gone to."""
        doubtful = [cell.field for cell in self._cells.values() if cell.doubts]
        if not doubtful:
            self._shows_all = True
            self._choose_visible()
        shown = (name for name in doubtful or self._cells if name in self.editors)
        first = next((self.editors[name] for name in shown), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
            first.selectAll()
        return first

    def commit(self) -> bool:
        """Have read what was typed; whether there was something."""
        changed = [name for name, editor in self.editors.items() if editor.is_changed]
        for name in changed:
            self._typed(name)
        return bool(changed)

    def toggle_all(self) -> None:
        """Show the cells without a doubt as well, or the doubtful ones only."""
        self._shows_all = not self._shows_all
        self._choose_visible()

    def _show_cell(self, cell: CellLine) -> None:
        if cell.field not in self.editors:
            self._add(cell.field)
        editor, value = self.editors[cell.field], self.values[cell.field]
        if not (editor.hasFocus() and editor.is_changed):
            editor.show_words(cell.words)
        self._labels[cell.field].setText(cell.label)
        editor.setAccessibleName(cell.label)
        read = _("Read as {value}").format(value=isolate(cell.value)) if cell.value else ""
        unread = _("Not understood") if cell.words.strip() else ""
        value.setText(read or unread)
        editor.setAccessibleDescription("\n".join((*cell.doubts, value.text())))
        editor.setToolTip("\n".join(cell.doubts))

    def _choose_visible(self) -> None:
        for name, editor in self.editors.items():
            cell = self._cells.get(name)
            shown = cell is not None and (
                self._shows_all or bool(cell.doubts) or cell.typed is not None
            )
            for widget in (editor, self._labels[name], self.values[name]):
                widget.setVisible(shown)
        words = _("Show doubtful cells only") if self._shows_all else _("Show all cells")
        self.all_button.setText(words)
        self.all_button.setVisible(bool(self._cells))

    def _typed(self, name: str) -> None:
        editor, cell = self.editors[name], self._cells.get(name)
        if not editor.is_changed or cell is None:
            return
        words = editor.text()
        editor.shown = words
        own = " ".join(cell.written.split()) == words
        self.corrected.emit(self._row, name, None if own else words)

    def _add(self, name: str) -> None:
        label, editor, value = Words(), CellEditor(), Words(quiet=True, wrap=True)
        label.setBuddy(editor)
        editor.editingFinished.connect(partial(self._typed, name))
        editor.returnPressed.connect(self.left)
        editor.left.connect(self.left)
        at = self._grid.rowCount()
        for column, widget in enumerate((label, editor, value)):
            self._grid.addWidget(widget, at, column)
        self._labels[name], self.editors[name], self.values[name] = label, editor, value

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
