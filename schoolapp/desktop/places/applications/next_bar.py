"""Says that a place is free and whose turn it is, with one button to offer it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from schoolapp.base.language import _, isolate, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button
from schoolapp.operations.applications import Proposed


class NextBar(QWidget):
    """Shown only while there is something to say."""

    offered = Signal(int)  # the application that is proposed
    ended = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._proposed: int | None = None
        self.setObjectName("next_in_line")
        self.words = Words(wrap=True)
        self.offer_button = button(look, _("Offer the place"), self._offer, "mail")
        self.end_button = button(look, _("End the offers"), self.ended.emit, "clock")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.end_button)
        layout.addWidget(self.offer_button)
        self.hide()

    def show_proposed(self, proposed: Proposed) -> None:
        """Show the person who is next, and how many offers have run out."""
        self._proposed = proposed.application_id
        said = []
        if proposed.overdue:
            sentence = plural(
                "{count} offer was not answered in time.",
                "{count} offers were not answered in time.",
                proposed.overdue,
            )
            said.append(sentence.format(count=formats.number(proposed.overdue)))
        if proposed.application_id is not None:
            why = _(proposed.message).format(rank=formats.number(proposed.rank or 0))
            sentence = _("A place is free for {name}, {why}.")
            said.append(sentence.format(name=isolate(proposed.name), why=why))
        self.words.setText(" ".join(said))
        self.offer_button.setVisible(proposed.application_id is not None)
        self.end_button.setVisible(bool(proposed.overdue))
        self.setVisible(bool(said))

    def _offer(self) -> None:
        if self._proposed is not None:
            self.offered.emit(self._proposed)
