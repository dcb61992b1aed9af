"""The decisions of a meeting as a table, seen together before they are applied as one step."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base.language import _, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.pages.leaving import back_button
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button, give_keys
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.operations.applications import (
    DecisionPlan,
    PlannedDecision,
    apply_decisions,
    forget_decision,
    plan_decisions,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A prepared decision as the table shows it."""

    name: str
    state: str
    decision: str
    reason: str
    letter: str
    trouble: str


class PlannedPage(QWidget):
    """Ctrl+Enter applies all of them; Delete takes one back; Esc returns to the meeting."""

    closed = Signal()
    applied = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._gathering = 0
        self._plan: DecisionPlan | None = None
        columns: tuple[Column[Line], ...] = (
            Column.name(lambda row: row.name, mark("Name"), 22),
            Column.state(lambda row: row.state, mark("Now"), 14, "application"),
            Column.state(lambda row: row.decision, mark("Decision"), 16, "meeting"),
            Column.languages(lambda row: row.letter, mark("Letter in"), 8),
            Column.text(lambda row: row.reason, mark("Reason"), 24),
            Column.text(lambda row: row.trouble, mark("Trouble"), 24, sparse=True),
        )
        self.table = Table(desk.tasks, desk.look, columns, HANDED, _("Prepared decisions"))
        self.table.setObjectName("planned")
        self.title, self.summary = Heading(_("Prepared decisions")), Words(wrap=True)
        self.apply_button = button(desk.look, _("Apply all"), self.apply, "check", primary=True)
        self.apply_button.setObjectName("apply_decisions")
        self._lay_out()
        give_keys(self, {
            "Esc": self.closed.emit,
            "Del": self.forget,
            "Ctrl+Return": self.apply,
            "Ctrl+Enter": self.apply,
        })  # fmt: skip

    def open(self, gathering_id: int) -> None:
        """Show what is prepared for a gathering."""
        self._gathering, self._plan = gathering_id, None
        self.table.lazy.hand({})
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the plan again."""
        self.apply_button.setEnabled(False)
        query = partial(plan_decisions, gathering_id=self._gathering)
        self.desk.tasks.read(self, query, self._show)

    def apply(self) -> None:
        """Apply what is shown, as one change."""
        if self._plan is None or not self.apply_button.isEnabled():
            return
        self.apply_button.setEnabled(False)
        count = len(self._plan.rows)
        sentence = plural("Apply {count} decision", "Apply {count} decisions", count)
        work = partial(apply_decisions, gathering_id=self._gathering, token=self._plan.token)
        title = sentence.format(count=formats.number(count))
        self.desk.tasks.change(self, title, work, self._applied, self._not_applied)

    def forget(self) -> None:
        """Take one decision back."""
        current = self.table.current_id()
        if current is not None:
            title = _("Take a prepared decision back")
            forget = partial(forget_decision, application_id=current)
            self.desk.tasks.change(self, title, forget)

    def _show(self, plan: DecisionPlan) -> None:
        self._plan = plan
        lines = {row.application_id: _line(row) for row in plan.rows}
        current = self.table.current_id()
        self.table.lazy.hand(lines)
        if lines and (current is None or not self.table.select_id(current)):
            self.table.select_id(next(iter(lines)))
        self.summary.setText(_summary(plan))
        self.apply_button.setEnabled(bool(lines) and not plan.troubles)

    def _applied(self, count: int) -> None:
        self.applied.emit()

    def _not_applied(self, trouble: BaseException) -> None:
        self.refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        foot = QHBoxLayout()
        hint = _("Ctrl+Enter applies all. Delete takes one back. Letters wait in the outbox.")
        foot.addWidget(Words(hint, quiet=True, wrap=True), 1)
        foot.addWidget(back_button(self.desk.look, self.closed.emit))
        foot.addWidget(self.apply_button)
        for widget in (self.title, self.summary):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)


def _summary(plan: DecisionPlan) -> str:
    if not plan.rows:
        return _("No decisions are prepared. Go back and decide one by one.")
    letters = sum(bool(row.language) for row in plan.rows)
    silent = sum(bool(row.language) and not row.address for row in plan.rows)
    said = [
        plural("{count} decision", "{count} decisions", len(plan.rows)).format(
            count=formats.number(len(plan.rows))
        ),
        plural("{count} letter", "{count} letters", letters).format(count=formats.number(letters)),
    ]
    if silent:
        sentence = plural(
            "{count} of them without an address", "{count} of them without an address", silent
        )
        said.append(sentence.format(count=formats.number(silent)))
    if plan.troubles:
        sentence = plural(
            "{count} cannot be applied: take it back or give a reason",
            "{count} cannot be applied: take them back or give a reason",
            plan.troubles,
        )
        said.append(sentence.format(count=formats.number(plan.troubles)))
    return " · ".join(said)


def _line(row: PlannedDecision) -> Line:
    return Line(
        row.name,
        row.state.value,
        f"to_{row.decision.value}",
        row.reason or "",
        row.language,
        _(row.trouble) if row.trouble else "",
    )
