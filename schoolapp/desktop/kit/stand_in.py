"""What stands where there is nothing to show: one sentence in the middle, and the ways on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class StandIn(QWidget):
    """A sentence in the language in use, and the buttons of what can be done next."""

    def __init__(self, sentence: str, *buttons: QPushButton) -> None:
        super().__init__()
        words, ways = QLabel(sentence), QHBoxLayout()
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ways.addStretch(1)
        for one in buttons:
            ways.addWidget(one)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addLayout(ways)
        layout.addStretch(2)
