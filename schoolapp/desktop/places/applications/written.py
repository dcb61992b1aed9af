"""What somebody wrote in the form, question by question, to be read beside a decision."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.places.applications.lines import heading
from schoolapp.operations.applications import Written

_LINES = 3  # of text that an arrow key scrolls


class WrittenBox(QWidget):
    """All answers under their questions; one stop for Tab, where the arrow keys scroll.

    A screen reader gets the whole as the description of the box.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("written")
        self.setAccessibleName(_("What they wrote"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: Sequence[Written] | None = None
        self._has_any = self._hidden = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(Heading(_("What they wrote")))
        inside = QWidget(self)
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        layout.addWidget(inside)

    def show_written(self, written: Sequence[Written]) -> None:
        """Show questions and answers; nothing to show hides the box."""
        self._has_any = bool(written)
        self.setVisible(self._has_any and not self._hidden)
        if written == self._shown:
            return
        self._shown = written
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for one in written:
            self._add(heading(one), one.answer)
        said = "\n".join(f"{heading(one)}\n{one.answer}" for one in written)
        self.setAccessibleDescription(said)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show all of it: people write about their health."""
        self._hidden = hidden
        self.setVisible(self._has_any and not hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll what is longer than its room."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        area = self._area()
        if area is None or event.key() not in steps:
            super().keyPressEvent(event)
            return
        bar = area.verticalScrollBar()
        by = _LINES * self.fontMetrics().lineSpacing()
        bar.setValue(bar.value() + steps[Qt.Key(event.key())] * by)

    def _add(self, question: str, answer: str) -> None:
        asked, said = Words(question, quiet=True, wrap=True), Words(answer, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setContentsMargins(0, 0, 0, 8)
        self._lines.addWidget(asked)
        self._lines.addWidget(said)

    def _area(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above
