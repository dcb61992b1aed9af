"""Labels that follow direction, script and the size of the user's text."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel

from schoolapp.base.language import isolate


class Words(QLabel):
    """A label that stands at the start side of the window, whatever script its words are in.

    Qt would put a Latin name at the left of a window that runs from right to left.
    """

    def __init__(self, text: str = "", quiet: bool = False, wrap: bool = False) -> None:
        super().__init__(text)
        right_to_left = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        middle = Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | middle)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a name may hold anything
        self.setWordWrap(wrap)
        if quiet:
            self.setProperty("quiet", True)


class ElidedWords(Words):
    """A line that gives way where there is no room, down to some letters; its tip says it all."""

    def __init__(self, text: str = "", quiet: bool = False, letters: int = 2) -> None:
        super().__init__(text, quiet)
        self._whole, self._letters = text, letters

    def show_words(self, text: str) -> None:
        """Show other words."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The whole line."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 4
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The letters that always stay."""
        least = self._letters * self.fontMetrics().averageCharWidth() + 8
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        end = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._whole, end, self.width())
        self.setText(shown if shown == self._whole else isolate(shown))


class Heading(Words):
    """A label whose letters are a multiple of the application's, whatever size the user sets."""

    def __init__(
        self, text: str = "", scale: float = 1.2, bold: bool = True, wrap: bool = False
    ) -> None:
        super().__init__(text, wrap=wrap)
        self._scale = scale
        self._weight = QFont.Weight.DemiBold if bold else QFont.Weight.Normal
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the application's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()

    def _fit(self) -> None:
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * self._scale)
        font.setWeight(self._weight)
        self.setFont(font)
