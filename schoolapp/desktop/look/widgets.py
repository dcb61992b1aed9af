"""The small widgets that places are made of: buttons, lines, boxes, facts."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from schoolapp.desktop.look.labels import Words
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
    made.setProperty("icon_alone", True)
    made.setAutoDefault(False)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.clicked.connect(partial(_clicked, run))
    look.give_icon(made, icon, "text2")
    return made


def give_keys(
    widget: QWidget, keys: Mapping[str, Callable[[], object]], *, inside: bool = True
) -> None:
    """Keys that run something while the focus is on a widget, or anywhere ``inside`` it."""
    alone, within = Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
    for sequence, run in keys.items():
        shortcut = QShortcut(QKeySequence(sequence), widget)
        shortcut.setContext(within if inside else alone)
        shortcut.activated.connect(run)


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
