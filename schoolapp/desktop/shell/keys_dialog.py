"""F1 or ?: the keys of this screen, read from the commands themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.commands import AnyCommand, Context
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button

TABLE_KEYS = (
    ("↑ ↓", mark("Go from row to row")),
    ("Enter", mark("Open the row")),
    ("Space", mark("Select the row or take it out of the selection")),
    ("Ctrl+A", mark("Select all rows")),
    ("Ctrl+C", mark("Copy the selected rows, for a spreadsheet")),
    ("/", mark("Go to the search field")),
    ("Tab", mark("Leave the table")),
    ("Ctrl+Enter", mark("Finish the form at the side")),
    ("Esc", mark("Close the panel at the side, then clear the filters; nothing typed is lost")),
)


class KeysDialog(QDialog):
    """Lists what can be done here, with its keys; Esc closes it."""

    def __init__(
        self,
        look: Look,
        title: str,
        commands: Sequence[AnyCommand],
        context: Context,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys: {place}").format(place=title))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(24)
        lines = [(c.keys(), c.name(context), _(c.tip)) for c in commands if c.shortcut]
        lines += [(keys, _(words), "") for keys, words in TABLE_KEYS]
        for row, (keys, name, tip) in enumerate(lines):
            self._add(grid, row, keys, name, tip)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.addWidget(Heading(self.windowTitle()))
        layout.addWidget(area)
        close = button(look, _("Close"), self.accept, primary=True)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
        letters = self.fontMetrics().averageCharWidth()
        room = parent.size()
        self.resize(min(90 * letters, room.width() - 40), room.height() - 80)
        close.setFocus()

    def _add(self, grid: QGridLayout, row: int, keys: str, name: str, tip: str) -> None:
        words = QLabel(keys)
        words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        said = Words(name, wrap=True)
        said.setToolTip(tip)
        grid.addWidget(said, row, 1)
