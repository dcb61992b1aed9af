"""The large answer after a mark: icon, name and what was noted, in the colours of the state."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from schoolapp.base.language import _, isolate
from schoolapp.desktop.look.labels import Heading
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.places.attendance.register.marks import ONLINE_PRESENT, Mark
from schoolapp.domain.scanning import ScanKind
from schoolapp.operations.attendance import Scanned


class Answer(QFrame):
    """Names the person who was marked, large enough to be read from across the table."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon, self.words = QLabel(), Heading(scale=1.6, wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.addWidget(self._icon)
        layout.addWidget(self.words, 1)
        self.setAutoFillBackground(True)
        self.hide()

    def say(self, name: str, noted: Mark) -> None:
        """Show a name with its new status, to screen readers too."""
        state = state_look("attendance", noted.status)
        words = _("Present online") if noted is ONLINE_PRESENT else state.text
        sentence = _("{name}: {state}").format(name=isolate(name), state=words)
        self._show(sentence, state.look, state.icon)

    def say_scanned(self, scanned: Scanned) -> None:
        """Show whose badge was read, and whether the person comes or goes."""
        name = isolate(scanned.name)
        if scanned.again:
            sentence = _("{name} is already marked: {state}")
        elif scanned.kind is ScanKind.EXIT:
            sentence = _("{name} leaves: {state}")
        else:
            sentence = _("{name} comes in: {state}")
        state = state_look("attendance", scanned.status)
        self._show(sentence.format(name=name, state=state.text), state.look, state.icon)

    def say_nobody(self, typed: str) -> None:
        """Show that nobody has this name."""
        self.say_trouble(_("Nobody on this roll is called {name}").format(name=isolate(typed)))

    def say_trouble(self, sentence: str) -> None:
        """Show in red why nothing was noted."""
        self._show(sentence, "declined", "circle-x")

    def _show(self, sentence: str, look: str, icon: str) -> None:
        pair = self._look.tokens.pair(look)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(pair.ground))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(pair.ink))
        self.setPalette(palette)
        self.words.setPalette(palette)
        self._icon.setPixmap(self._look.pixmap(icon, pair.ink, self))
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
