"""A scale of the referees as the rules edit it: its name, and a sentence for each point."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from schoolapp.base.language import _, ltr
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import BriefLine, icon_button
from schoolapp.operations.applications import ScaleDraft


class ScaleLines(QWidget):
    """One scale; its draft has no key until it is kept."""

    dropped = Signal()

    def __init__(self, desk: Desk, scale: ScaleDraft) -> None:
        super().__init__()
        self._key = scale.id
        self.name = BriefLine()
        self.name.setText(scale.name)
        self.name.setPlaceholderText(_("What is scored, such as motivation"))
        self.name.setAccessibleName(_("Scale"))
        self.anchors: list[QLineEdit] = []
        top, lines = QHBoxLayout(), QGridLayout()
        top.addWidget(self.name, 1)
        top.addWidget(icon_button(desk.look, "x", _("Remove this scale"), self.dropped.emit))
        for number, anchor in enumerate(scale.anchors, 1):
            line = BriefLine()
            line.setText(anchor)
            line.setCursorPosition(0)
            line.setAccessibleName(_("What {points} points mean").format(points=number))
            self.anchors.append(line)
            lines.addWidget(Words(ltr(str(number)), quiet=True), number, 0)
            lines.addWidget(line, number, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 8)
        layout.addLayout(top)
        layout.addLayout(lines)

    def draft(self) -> ScaleDraft:
        """The scale as it is written here."""
        anchors = tuple(line.text() for line in self.anchors)
        return ScaleDraft(id=self._key, name=self.name.text(), anchors=anchors)
