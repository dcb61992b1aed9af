"""What a gathering declares before it selects: policy, offers, and a small table of targets."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.boxes import scrolling
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import BriefLine, button, give_keys, icon_button
from schoolapp.desktop.places.applications.meeting.scale_lines import ScaleLines
from schoolapp.desktop.places.applications.words import GROUPS_OF, MEASURES, SIDES, group_name
from schoolapp.domain.referees import ANCHORS
from schoolapp.domain.selection import Measure, Side
from schoolapp.domain.waiting import Policy
from schoolapp.operations.applications import (
    RulesDraft,
    ScaleDraft,
    TargetDraft,
    rules_draft,
    save_rules,
)

POLICIES = {
    Policy.STRICT: mark("In the order of the list"),
    Policy.FILL: mark("Whoever helps the targets most"),
}


class RulesPanel(QFrame):
    """Ctrl+Enter keeps what is declared, as one change; Esc leaves it as it was."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self.desk = desk
        self._gathering = 0
        self.lines: list[TargetLine] = []
        self.scales: list[ScaleLines] = []
        self.hide()
        self.setProperty("card", True)
        self.policy, self.days = CalmComboBox(), _number(60)
        self.endorsement = QCheckBox(_("Delegations endorse their people"))
        self.policy.setAccessibleName(_("Who is next on the waiting list"))
        self.days.setAccessibleName(_("Days that an offer holds a place"))
        for policy, words in POLICIES.items():
            self.policy.addItem(_(words), policy.value)
        self._lay_out()
        give_keys(self, {
            "Esc": self.closed.emit,
            "Ctrl+Return": self.save,
            "Ctrl+Enter": self.save,
        })  # fmt: skip

    def open(self, gathering_id: int) -> None:
        """Show what a gathering has declared."""
        self._gathering = gathering_id
        self.desk.tasks.read(self, partial(rules_draft, gathering_id=gathering_id), self._show)
        self.policy.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_target(self) -> None:
        """A new line: at least half women, until it says something else."""
        self._add(TargetDraft())
        self.lines[-1].side.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_scale(self) -> None:
        """A new scale, with sentences to begin with."""
        self._add_scale(ScaleDraft(anchors=tuple(_(anchor) for anchor in ANCHORS)))
        self.scales[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep what is declared."""
        draft = RulesDraft(
            gathering_id=self._gathering,
            policy=Policy(self.policy.currentData()),
            offer_days=_whole(self.days),
            targets=tuple(line.draft() for line in self.lines),
            endorsement=self.endorsement.isChecked(),
            scales=tuple(scale.draft() for scale in self.scales),
        )
        title = _("Set the rules of the selection")
        self.desk.tasks.change(self, title, partial(save_rules, draft=draft), self._saved)

    def _show(self, draft: RulesDraft) -> None:
        self.policy.setCurrentIndex(self.policy.findData(draft.policy.value))
        self.days.setText(str(draft.offer_days))
        self.endorsement.setChecked(draft.endorsement)
        while self.lines:
            self._drop(self.lines[-1])
        while self.scales:
            self._drop_scale(self.scales[-1])
        for scale in draft.scales:
            self._add_scale(scale)
        for target in draft.targets:
            self._add(target)

    def _saved(self, nothing: None) -> None:
        self.closed.emit()

    def _add(self, target: TargetDraft) -> None:
        line = TargetLine(self.desk, target)
        line.dropped.connect(partial(self._drop, line))
        self.lines.append(line)
        self._targets.addWidget(line)

    def _drop(self, line: "TargetLine") -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()

    def _add_scale(self, scale: ScaleDraft) -> None:
        lines = ScaleLines(self.desk, scale)
        lines.dropped.connect(partial(self._drop_scale, lines))
        self.scales.append(lines)
        self._scales.addWidget(lines)

    def _drop_scale(self, scale: ScaleLines) -> None:
        self.scales.remove(scale)
        scale.hide()
        scale.deleteLater()

    def _lay_out(self) -> None:
        look = self.desk.look
        inside = QWidget()
        content = QVBoxLayout(inside)
        content.setContentsMargins(2, 4, 8, 4)
        hint = _("A target warns with numbers while you decide. It never keeps anybody out.")
        blind = _("Referees see the points of others only after giving their own.")
        for label, widget in (
            (_("Who is next on the waiting list"), self.policy),
            (_("Days that an offer holds a place"), self.days),
        ):
            content.addWidget(Words(label, quiet=True, wrap=True))
            content.addWidget(widget)
        content.addWidget(self.endorsement)
        self._targets, self._scales = QVBoxLayout(), QVBoxLayout()
        self.add_button = button(look, _("Add a target"), self.add_target, "plus")
        self.scale_button = button(look, _("Add a scale"), self.add_scale, "plus")
        for title, words, lines, more in (
            (_("Targets"), hint, self._targets, self.add_button),
            (_("Scales of the referees"), blind, self._scales, self.scale_button),
        ):
            content.addWidget(Heading(title))
            content.addWidget(Words(words, quiet=True, wrap=True))
            content.addLayout(lines)
            content.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)
        content.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(look, _("Cancel"), self.closed.emit))
        self.save_button = button(look, _("Save"), self.save, primary=True)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(Heading(_("Rules of the selection"), wrap=True))
        layout.addWidget(scrolling(inside, sideways=True), 1)
        layout.addLayout(foot)


class TargetLine(QWidget):
    """One target: side, group, how it is counted, and the number."""

    dropped = Signal()

    def __init__(self, desk: Desk, target: TargetDraft) -> None:
        super().__init__()
        self.side, self.group, self.measure = CalmComboBox(), CalmComboBox(), CalmComboBox()
        self.number = _number(999)
        for side, words in SIDES.items():
            self.side.addItem(_(words), side.value)
        for measure, words in MEASURES.items():
            self.measure.addItem(_(words), measure.value)
        for widget, name in (
            (self.side, _("Side")),
            (self.group, _("Group")),
            (self.measure, _("Counted")),
            (self.number, _("Number")),
        ):
            widget.setAccessibleName(name)
        self.side.setCurrentIndex(self.side.findData(target.side.value))
        self.side.currentIndexChanged.connect(self._offer_groups)
        self._offer_groups()
        if self.group.findData(target.group) < 0:
            self.group.addItem(group_name(target.side, target.group), target.group)
        self.group.setCurrentIndex(self.group.findData(target.group))
        self.measure.setCurrentIndex(self.measure.findData(target.measure.value))
        self.number.setText("" if target.number is None else str(target.number))
        remove = icon_button(desk.look, "x", _("Remove this target"), self.dropped.emit)
        above, beneath = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.side, 1)
        above.addWidget(self.group, 1)
        above.addWidget(remove)
        beneath.addWidget(self.measure, 1)
        beneath.addWidget(self.number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 8)
        layout.addLayout(above)
        layout.addLayout(beneath)

    def draft(self) -> TargetDraft:
        """The target as it is written here."""
        return TargetDraft(
            side=Side(self.side.currentData()),
            group=str(self.group.currentData()),
            measure=Measure(self.measure.currentData()),
            number=_whole(self.number),
        )

    def _offer_groups(self, index: int = 0) -> None:
        side = Side(self.side.currentData())
        self.group.clear()
        self.group.addItem(_("Each of them"), "")
        for group in GROUPS_OF.get(side, ()):
            self.group.addItem(group_name(side, group), group)


def _number(largest: int) -> QLineEdit:
    made = BriefLine()
    made.setValidator(QIntValidator(0, largest, made))
    made.setMaximumWidth(8 * made.fontMetrics().averageCharWidth() + 16)
    return made


def _whole(line: QLineEdit) -> int | None:
    return int(line.text()) if line.text().isdecimal() else None
