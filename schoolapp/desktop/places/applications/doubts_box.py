"""The doubts about an application: each in words, to be corrected or ticked off."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.applications.lines import doubt_words, made_of
from schoolapp.operations.applications import ApplicationDetail, DoubtRow


class DoubtsBox(QWidget):
    """A tick says that somebody has looked; "Correct" goes to the field that it is about.

    ``corrigible`` are the fields that can be corrected where the box stands.
    """

    ticked = Signal(int, bool)  # the doubt, and whether it is settled
    correct_wanted = Signal(str)  # the field of the form

    def __init__(self, look: Look, corrigible: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName("doubts")
        self._look, self._corrigible = look, frozenset(corrigible)
        self._shown: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._heading = Heading(_("Doubts"))
        layout.addWidget(self._heading)
        self._source = Words(quiet=True, wrap=True)
        layout.addWidget(self._source)
        inside = QWidget(self)
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        layout.addWidget(inside)

    def show_doubts(self, detail: ApplicationDetail) -> None:
        """Show the doubts of an application; without any the box says only where it came from."""
        self._heading.setVisible(bool(detail.doubts))
        self._source.setText(_source(detail))
        self._source.setVisible(bool(detail.source_file))
        self.setVisible(bool(detail.source_file or detail.doubts))
        shown = [(doubt, made_of(doubt, detail)) for doubt in detail.doubts]
        if shown == self._shown:
            return
        focus = self.focusWidget()
        again = focus.objectName() if focus is not None else ""
        self._shown = shown
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                for part in widget.findChildren(QWidget):
                    part.setObjectName("")  # its name is taken over by a new one
                widget.deleteLater()
        for doubt, made in shown:
            self._lines.addWidget(self._line(doubt, made))
        if again and (found := self.findChild(QWidget, again)) is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, doubt: DoubtRow, made: str) -> QWidget:
        line, words = QWidget(), doubt_words(doubt)
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(2)
        tick = QCheckBox()
        tick.setObjectName(f"doubt_{doubt.id}")
        tick.setAccessibleName(_("Looked at: {doubt}").format(doubt=words))
        tick.setToolTip(_("Tick it off once you have looked at it."))
        tick.setChecked(doubt.settled)
        tick.toggled.connect(partial(self._clicked, doubt.id))
        grid.addWidget(tick, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Words(words, quiet=doubt.settled, wrap=True), 0, 1)
        beneath = _settled(doubt) if doubt.settled else made
        if beneath:
            grid.addWidget(Words(beneath, quiet=True, wrap=True), 1, 1)
        if doubt.field in self._corrigible and not doubt.settled:
            grid.addLayout(self._correct(doubt, words), 2, 1)
        return line

    def _clicked(self, doubt_id: int, settled: bool) -> None:
        self.ticked.emit(doubt_id, settled)

    def _correct(self, doubt: DoubtRow, words: str) -> QHBoxLayout:
        made = button(self._look, _("Correct"), partial(self.correct_wanted.emit, doubt.field))
        made.setObjectName(f"correct_{doubt.id}")
        made.setAccessibleName(_("Correct: {doubt}").format(doubt=words))
        row = QHBoxLayout()
        row.addWidget(made)
        row.addStretch(1)
        return row


def _source(detail: ApplicationDetail) -> str:
    if not detail.source_file:
        return ""
    file = isolate(detail.source_file)
    return _("From row {row} of {file}").format(row=detail.source_row, file=file)


def _settled(doubt: DoubtRow) -> str:
    if doubt.settled_at is None:
        return ""
    return _("Looked at by {who}, {day}").format(
        who=isolate(doubt.settled_by or ""), day=isolate(formats.date(doubt.settled_at.date()))
    )
