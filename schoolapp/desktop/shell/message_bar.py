"""The bar at the foot of the window that says what was done, with Undo, or what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel

from schoolapp.base.language import _
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button

STAYS = 8000  # milliseconds; longer while the mouse or the focus is on it


class MessageBar(QFrame):
    """One sentence at a time. ``undo(step)`` is called by its Undo button."""

    def __init__(self, look: Look, undo: Callable[[int], object]) -> None:
        super().__init__()
        self._look, self._undo_step = look, undo
        self._step: int | None = None
        self.setProperty("bar", True)
        self._icon, self.words = QLabel(), Words(wrap=True)
        self.undo_button = button(look, _("Undo"), self._undo)
        self.close_button = button(look, _("Close"), self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.addWidget(self._icon)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.undo_button)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_is_up)
        self.hide()

    def say(self, sentence: str, step: int | None = None) -> None:
        """Say what was done; with the journal step there is an Undo."""
        self._show(sentence, step, "info")
        self._timer.start(STAYS)

    def warn(self, sentence: str) -> None:
        """Say what is wrong; it stays until it is closed or something else is said."""
        self._show(sentence, None, "triangle-alert")
        self._timer.stop()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go some time after the mouse has left."""
        if self._step is not None and self.isVisible():
            self._timer.start(STAYS)
        super().leaveEvent(event)

    def _show(self, sentence: str, step: int | None, icon: str) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # slow to load

        self._step = step
        self._icon.setPixmap(self._look.pixmap(icon, self._look.tokens.bar.ink, self))
        self.words.setText(sentence)
        self.undo_button.setVisible(step is not None)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _undo(self) -> None:
        step, self._step = self._step, None
        self.hide()
        if step is not None:
            self._undo_step(step)

    def _time_is_up(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(STAYS)
        else:
            self.hide()
