"""The list of clashes beneath the timetable; a click or Enter leads to the session."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from schoolapp.base.language import _, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look
from schoolapp.operations.programme import ClashRow

LINES = 4


class ClashList(QWidget):
    """All clashes of the gathering in order of time; hidden if there is none."""

    wanted = Signal(object)  # clash

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.clashes: tuple[ClashRow, ...] = ()
        self._at = -1
        self._title, self.hint, self.list = Heading(scale=1.0), Words(wrap=True), QListWidget()
        self.hint.hide()
        self.list.setObjectName("clashes")
        self.list.setAccessibleName(_("Clashes"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.hint)
        layout.addWidget(self._title)
        layout.addWidget(self.list)

    def show_clashes(self, clashes: Sequence[ClashRow]) -> None:
        """Show these; the one that was reached last stays the current one if it is there."""
        self.clashes = tuple(clashes)
        count = len(self.clashes)
        self._title.setText(_counted(self.clashes))
        self.list.clear()
        for clash in self.clashes:
            words = _("{time}: {sentence}").format(
                time=formats.moment(clash.start), sentence=clash.sentence
            )
            name, colour = ("info", "text2") if clash.is_hint else ("triangle-alert", "danger")
            item = QListWidgetItem(self._look.icon(name, colour), words)
            self.list.addItem(item)
        line = self.list.fontMetrics().height() + 12
        self.list.setFixedHeight(min(LINES, max(count, 1)) * line + 6)
        self._title.setVisible(count > 0)
        self.list.setVisible(count > 0)

    def say(self, words: str) -> None:
        """Show a sentence about the last move; an empty one takes it away."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def next(self) -> None:
        """Go to the next clash, after the last to the first."""
        if self.clashes:
            self._at = (self._at + 1) % len(self.clashes)
            self.list.setCurrentRow(self._at)
            self.wanted.emit(self.clashes[self._at])

    def _activated(self, item: QListWidgetItem) -> None:
        self._at = self.list.row(item)
        self.wanted.emit(self.clashes[self._at])


def _counted(clashes: Sequence[ClashRow]) -> str:
    """How many clashes and how many hints there are."""
    hints = sum(clash.is_hint for clash in clashes)
    said = []
    if number := len(clashes) - hints:
        words = plural("{number} clash", "{number} clashes", number)
        said.append(words.format(number=formats.number(number)))
    if hints:
        words = plural("{number} hint", "{number} hints", hints)
        said.append(words.format(number=formats.number(hints)))
    return " · ".join(said)
