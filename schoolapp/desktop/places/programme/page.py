"""A page that is shown in place of the programme: a title, a table, a text, buttons."""

from collections.abc import Mapping, Sequence
from typing import Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import give_keys
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.desktop.tables.columns import R


class Page(QWidget, Generic[R]):
    """Esc closes it; Ctrl+Enter is its first button. The text is about the current row ``R``."""

    closed = Signal()

    def __init__(self, desk: Desk, columns: Sequence[Column[R]], name: str) -> None:
        super().__init__()
        self.desk = desk
        self.title, self.summary = Heading(), Words(wrap=True)
        self.table = Table(desk.tasks, desk.look, tuple(columns), HANDED, name)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumWidth(self.text.fontMetrics().averageCharWidth() * 44)

    def lay_out(self, text_name: str, *buttons: QPushButton) -> None:
        """Put everything in its place; the last button is the main one."""
        self.text.setAccessibleName(text_name)
        middle, foot, whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        middle.addWidget(self.table, 3)
        middle.addWidget(self.text, 2)
        foot.addStretch(1)
        for one in buttons:
            foot.addWidget(one)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.title)
        whole.addWidget(self.summary)
        whole.addLayout(middle, 1)
        whole.addLayout(foot)
        give_keys(self, {
            "Ctrl+Return": buttons[-1].click,
            "Ctrl+Enter": buttons[-1].click,
            "Esc": self.close_page,
        })  # fmt: skip

    def fill(self, rows: Mapping[int, R]) -> None:
        """Show these rows, and the first of them where none was current."""
        current = self.table.current_id()
        self.table.lazy.hand(rows)
        if rows and (current is None or not self.table.select_id(current)):
            self.table.select_id(next(iter(rows)))
        if not rows:
            self.text.clear()

    def focus(self) -> None:
        """Give the table the focus."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_page(self) -> None:
        """Leave without doing anything."""
        self.closed.emit()
