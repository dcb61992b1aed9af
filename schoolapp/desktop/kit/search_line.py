"""The search field of a place."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, ltr
from schoolapp.desktop.look.widgets import BriefLine

LETTERS = 32
"""How many letters it has room for, at most."""
PAUSE = 150
"""Milliseconds without a key after which the letters are searched for."""


class SearchLine(BriefLine):
    """Says what to search once no key was pressed for a moment.

    It is never narrower than what it says while it is empty.
    """

    searched = Signal(str)  # the letters, without spaces around them

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setVisible(bool(words))
        if words:
            self._ask_for(words)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(self._typed)

    def search_now(self) -> None:
        """Search without waiting for a pause."""
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def clear_silently(self) -> None:
        """Empty the field without searching."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def minimumSizeHint(self) -> QSize:
        """Room for the words that stand in it."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + 48, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for a name, if there is any."""
        wanted = LETTERS * self.fontMetrics().averageCharWidth()
        return self.minimumSizeHint().expandedTo(QSize(wanted, super().sizeHint().height()))

    def _ask_for(self, words: str) -> None:
        keys = ltr(QKeySequence("Ctrl+F").toString(QKeySequence.SequenceFormat.NativeText))
        self.setObjectName("search")
        self.setPlaceholderText(_("{search} ({keys})").format(search=words, keys=keys))
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)

    def _typed(self, text: str) -> None:
        self._pause.start()
