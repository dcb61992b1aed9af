"""A combo box that the wheel leaves alone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)


class CalmComboBox(QComboBox):
    """A combo box that the wheel leaves alone; what does not fit ends in dots, its list never."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()

    def showPopup(self) -> None:
        """Open the list, wide enough for what stands in it."""
        words = self.view().sizeHintForColumn(0) + 2 * self.view().frameWidth() + 16
        self.view().setMinimumWidth(min(words, self.window().width() // 2))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten what does not fit: the style would cut it off."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part, style = QStyle.SubControl.SC_ComboBoxEditField, self.style()
        room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        words, end = option.currentText, Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(words, end, room - 4)
        self.setToolTip("" if option.currentText == words else words)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
