"""The band over a window on the practice schools: nobody should take them for their own data."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QPushButton, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look


class PracticeBand(QFrame):
    """Says PRACTICE in words and colour, and offers to begin again."""

    def __init__(self, look: Look, afresh: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("practice_band")
        self._look = look
        self._name = Heading(_("PRACTICE"))
        self._words = Words(
            _("These people are made up: try everything. Your own schools are elsewhere.")
        )
        self.afresh = QPushButton(_("Start afresh…"))
        self.afresh.setObjectName("start_afresh")
        self.afresh.setToolTip(_("Set the dates of the practice schools around today again."))
        self.afresh.clicked.connect(afresh)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(12)
        layout.addWidget(self._name)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.afresh)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Practice schools"))
        look.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        """Take the colours of what waits, which no other part of the window's frame has."""
        pair = self._look.tokens.pair("waiting")
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(pair.ground))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(pair.ink))
        for one in (self, self._name, self._words):
            one.setPalette(palette)


def wants_afresh(over: QWidget) -> bool:
    """Ask whether what was practised may go; the answer that keeps it comes first."""
    box = QMessageBox(over)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(_("Start the practice schools afresh?"))
    box.setInformativeText(
        _(
            "Everything you changed in them is lost, and their dates are set"
            " around today again. Your own schools are not touched."
        )
    )
    keep = box.addButton(_("Keep them as they are"), QMessageBox.ButtonRole.RejectRole)
    again = box.addButton(_("Start afresh"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is again
