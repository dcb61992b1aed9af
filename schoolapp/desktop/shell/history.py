"""The history panel: what was done, by whom, when; a step can be undone from here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from schoolapp.base.language import _, isolate
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.journal import History
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading
from schoolapp.desktop.look.widgets import button, give_keys, icon_button

if TYPE_CHECKING:
    from schoolapp.operations.history import StepRow


class HistoryPanel(QFrame):
    """Stands at the end side of the window while it is wanted."""

    closed = Signal()

    def __init__(self, desk: Desk, history: History) -> None:
        super().__init__()
        self.hide()
        self._desk, self._history = desk, history
        self.setProperty("card", True)
        self._steps: Sequence[StepRow] = ()
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.list.setWordWrap(True)
        self.list.setSpacing(4)  # a step is two lines: what lies between says where it ends
        self.list.setAccessibleName(_("History"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._reached)
        self.undo_button = button(desk.look, _("Undo this step"), self._undo, "undo-2")
        top, layout = QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(Heading(_("History")), 1)
        top.addWidget(icon_button(desk.look, "x", _("Close"), self.closed.emit))
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.undo_button)
        self.setFixedWidth(32 * self.fontMetrics().averageCharWidth())
        give_keys(self, {"Esc": self.closed.emit})
        self._reached(-1)

    def refresh(self) -> None:
        """Ask for the newest steps."""
        self._desk.tasks.read(self, self._history.newest, self.show_steps)

    def show_steps(self, steps: "Sequence[StepRow]") -> None:
        """Show steps, the newest first."""
        self._steps = steps
        self.list.clear()
        for step in steps:
            item = QListWidgetItem(_line(step), self.list)
            font = item.font()
            font.setStrikeOut(step.undone_by is not None)
            item.setFont(font)
        self._reached(self.list.currentRow())

    def _reached(self, row: int) -> None:
        step = self._steps[row] if 0 <= row < len(self._steps) else None
        self.undo_button.setEnabled(step is not None and not step.final and not step.undone_by)

    def _undo(self) -> None:
        step = self._steps[self.list.currentRow()]
        self._desk.tasks.undo(self, step.id)


def _line(step: "StepRow") -> str:
    moment = formats.moment(step.at.astimezone())
    facts = [_("{actor}, {moment}").format(actor=isolate(step.actor), moment=moment)]
    if step.undone_by is not None:
        facts.append(_("undone"))
    if step.final:
        facts.append(_("cannot be undone"))
    return "\n".join((isolate(step.title), " · ".join(facts)))
