"""The roll of one session: its name, the box for letters and badges, the answer, the table."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.chips import ChipBar
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import BriefLine
from schoolapp.desktop.places.attendance.finding import show_found
from schoolapp.desktop.places.attendance.register.answer import Answer
from schoolapp.desktop.places.attendance.register.lines import PEOPLE, PersonLine
from schoolapp.desktop.places.attendance.register.marks import MARKS
from schoolapp.desktop.tables import HANDED, Table
from schoolapp.domain.scanning import ScanKind

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class RollPane(QWidget):
    """Takes letters and badges from wherever the focus is in it; ``entered(text)`` on Enter.

    ``command_button(id)`` makes a button for a command.
    """

    entered = Signal(str)

    def __init__(self, desk: Desk, command_button: Callable[[str], QPushButton]) -> None:
        super().__init__()
        self.lines: list[PersonLine] = []
        self.title, self.state = Heading(wrap=True), Words(quiet=True, wrap=True)
        self.box, self.answer = BriefLine(), Answer(desk.look)
        self.box.setObjectName("type_ahead")
        self.box.setPlaceholderText(_("Two or three letters, or a badge, then Enter"))
        self.box.setAccessibleName(_("Mark present by name or badge"))
        self.box.textChanged.connect(self.show_lines)
        self.box.returnPressed.connect(self._enter)
        self.direction = ChipBar(desk.look)
        self.direction.add(ScanKind.ENTRY.value, _("Coming in"))
        self.direction.add(ScanKind.EXIT.value, _("Going out"))
        self.kind = ScanKind.ENTRY
        self.direction.chosen.connect(self._turn_chosen)
        self.table = Table(desk.tasks, desk.look, PEOPLE, HANDED, _("Roll"))
        self.table.setObjectName("roll")
        for watched in (self.box, self.table):
            watched.installEventFilter(self)
        self._lay_out(command_button)
        self.setFocusProxy(self.box)

    def turn(self, kind: ScanKind) -> None:
        """Let a badge mean coming in or going out."""
        self.kind = kind
        self.direction.choose(kind)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_round(self) -> None:
        """Let badges mean the other direction."""
        self.turn(ScanKind.ENTRY if self.kind is ScanKind.EXIT else ScanKind.EXIT)

    def show_roll(self, title: str, state: str, lines: list[PersonLine]) -> None:
        """Show a roll, or words in its place."""
        self.title.setText(title)
        self.state.setText(state)
        self.lines = lines
        self.show_lines()

    def show_lines(self) -> None:
        """Show the people whom the letters name, or everybody."""
        show_found(self.table, self.lines, self.box.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the box to the roll, Escape empties it; letters go back to the box."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.box:
            return self._pressed_in_box(event)
        return self._typed_elsewhere(event)

    def _turn_chosen(self, key: str) -> None:
        self.turn(ScanKind(key))

    def _pressed_in_box(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            self._enter_roll()
            return True
        if event.key() == Qt.Key.Key_Escape and self.box.text():
            self.box.clear()
            return True
        return False

    def _typed_elsewhere(self, event: QKeyEvent) -> bool:
        """A letter that is not a command begins a name, or is what a scanner types."""
        text = event.text()
        if event.modifiers() not in _PLAIN or not text.isalpha() or not self.box.isEnabled():
            return False
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.insert(text)
        return True

    def _enter_roll(self) -> None:
        """Move the focus to the roll, on a person that the next key can mark."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.table.selected_ids() and (row_id := self.table.current_id()) is not None:
            self.table.select_id(row_id)

    def _enter(self) -> None:
        typed = self.box.text().strip()
        self.box.clear()
        if typed:
            self.entered.emit(typed)

    def _lay_out(self, command_button: Callable[[str], QPushButton]) -> None:
        typing, marking = QHBoxLayout(), Flow(6)
        typing.addWidget(self.box, 1)
        typing.addWidget(self.direction)
        for one in MARKS:
            made = command_button(f"attendance.{one.key}")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # for touch: keys have their letters
            marking.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.state)
        layout.addLayout(typing)
        layout.addWidget(self.answer)
        layout.addWidget(self.table, 1)
        layout.addLayout(marking)
