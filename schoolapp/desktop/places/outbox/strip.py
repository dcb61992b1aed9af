"""The strip above the list: letters about to leave, on their way, or left behind."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from schoolapp.base.language import _
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button


class Strip(QFrame):
    """One sentence, and buttons for what can be done; hidden while nothing leaves."""

    def __init__(
        self,
        look: Look,
        go: Callable[[], object],
        call_back: Callable[[], object],
        stop: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setObjectName("strip")
        self.words = Words(wrap=True)
        self.go_button = button(look, _("Send now"), go)
        self.back_button = button(look, _("Keep in outbox"), call_back)
        self.stop_button = button(look, _("Stop"), stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.addWidget(self.words, 1)
        for one in (self.back_button, self.go_button, self.stop_button):
            layout.addWidget(one)
        self.hide()

    def say(self, sentence: str, *, held: bool) -> None:
        """Show the progress; what is ``held`` can go or be called back, else it can be stopped."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.go_button.setVisible(held)
        self.back_button.setVisible(held)
        self.stop_button.setVisible(not held)
        self.show()
