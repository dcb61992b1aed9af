"""What a place shows that works in one gathering only, while all of them are chosen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from schoolapp.desktop.desk import Desk
from schoolapp.desktop.widgets import button
from schoolapp.language import _


class Nowhere(QWidget):
    """One sentence, and the two ways on: choose a gathering, or make the first one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        words = QLabel(_("This belongs to one school, seminar or camp: choose which."))
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose_button = button(
            desk.look, _("Choose…"), lambda: desk.run("window.switch"), "tent", primary=True
        )
        self.choose_button.setObjectName("choose_gathering")
        new = button(desk.look, _("New gathering"), lambda: desk.run("home.new"), "plus")
        ways = QHBoxLayout()
        ways.addStretch(1)
        ways.addWidget(self.choose_button)
        ways.addWidget(new)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addLayout(ways)
        layout.addStretch(2)

    def take_focus(self) -> None:
        """Let Enter and Space be the next step, if this is what one sees."""
        if self.isVisible():
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
