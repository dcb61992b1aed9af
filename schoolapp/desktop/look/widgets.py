"""The small widgets that places are made of: buttons, lines, boxes, facts."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look


def button(
    look: Look, words: str, run: Callable[[], object], icon: str = "", primary: bool = False
) -> QPushButton:
    """A push button with words in the language in use; one in a place may be ``primary``."""
    made = QPushButton(words)
    made.setProperty("primary", primary)
    made.setAutoDefault(False)
    made.clicked.connect(partial(_clicked, run))
    if icon:
        look.give_icon(made, icon, "on_accent" if primary else "text")
    return made


def icon_button(look: Look, icon: str, name: str, run: Callable[[], object]) -> QPushButton:
    """A button that is only an icon: for search, close and more; named for screen readers."""
    made = QPushButton()
    made.setProperty("flat", True)
    made.setAutoDefault(False)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.clicked.connect(partial(_clicked, run))
    look.give_icon(made, icon, "text2")
    return made


def scrolling(
    inside: QWidget, parent: QWidget | None = None, *, sideways: bool = False, framed: bool = True
) -> QScrollArea:
    """Lets a widget scroll where it is higher than its room; no key stops at the area itself."""
    area = QScrollArea(parent)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if not framed:
        area.setFrameShape(QFrame.Shape.NoFrame)
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return area


def titled(title: str, widget: QWidget) -> QWidget:
    """A widget under its heading."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(Heading(title))
    layout.addWidget(widget)
    return box


def _clicked(run: Callable[[], object], checked: bool = False) -> None:
    run()


class BriefLine(QLineEdit):
    """A line for a few letters: while it is empty, undo and redo mean the window's, not its own."""

    def event(self, event: QEvent) -> bool:
        """Claim undo and redo only when there is something written."""
        if event.type() == QEvent.Type.ShortcutOverride and not self.text():
            assert isinstance(event, QKeyEvent)
            if event.matches(QKeySequence.StandardKey.Undo) or event.matches(
                QKeySequence.StandardKey.Redo
            ):
                event.ignore()
                return False
        return super().event(event)


class Facts(QWidget):
    """What is known and not edited here: a label and a value on each line."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show pairs of label and value, both in the language in use; empty values are left out."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line, (label, value) in enumerate((one, two) for one, two in facts if two):
            name, said = Words(label, quiet=True), Words(value, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(name, line, 0, top)
            self._grid.addWidget(said, line, 1, top)


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
