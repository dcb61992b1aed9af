"""The roll of one session: its name, the box for letters and badges, the answer, the table."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.look.look import Heading, Words
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import BriefLine, ChipBar, Flow
from schoolapp.desktop.places.attendance import queries
from schoolapp.desktop.places.attendance.register.answer import Answer
from schoolapp.desktop.tables import HANDED, Column, Table

if TYPE_CHECKING:
    from schoolapp.desktop.kit.place import Place

PEOPLE = (
    Column.name(lambda row: row.name, mark("Name"), 22),
    Column.state(lambda row: row.status, mark("Mark"), 12, "attendance"),
    Column.code(lambda row: row.times, mark("There"), 11),
    Column.number(lambda row: row.minutes, mark("Minutes"), 4),
    Column.text(lambda row: row.group, mark("Group"), 8, sparse=True),
)
MARKING = ("present", "late", "left_early", "online", "excused", "absent", "not_applicable")
"""The statuses that the selected people can be given, each a command of the place."""
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class RollPane(QWidget):
    """Takes letters and badges from wherever the focus is in it; ``entered(text)`` on Enter."""

    entered = Signal(str)

    def __init__(self, place: "Place") -> None:
        super().__init__()
        desk = place.desk
        self.lines: list[queries.PersonLine] = []
        self.title, self.state = Heading(wrap=True), Words(quiet=True, wrap=True)
        self.box, self.answer = BriefLine(), Answer(desk.look)
        self.box.setObjectName("type_ahead")
        self.box.setPlaceholderText(_("Two or three letters, or a badge, then Enter"))
        self.box.setAccessibleName(_("Mark present by name or badge"))
        self.box.textChanged.connect(self.show_lines)
        self.box.returnPressed.connect(self._enter)
        self.direction = ChipBar(desk.look)
        self.direction.add("entry", _("Coming in"))
        self.direction.add("exit", _("Going out"))
        self.kind = "entry"
        self.direction.chosen.connect(self.turn)
        self.table = Table(desk.tasks, desk.look, PEOPLE, HANDED, _("Roll"))
        self.table.setObjectName("roll")
        for watched in (self.box, self.table):
            watched.installEventFilter(self)
        self._lay_out(place)
        self.setFocusProxy(self.box)

    def turn(self, kind: str) -> None:
        """Let a badge mean coming in or going out."""
        self.kind = kind
        self.direction.choose(kind)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_roll(self, title: str, state: str, lines: list[queries.PersonLine]) -> None:
        """Show a roll, or what there is instead of one."""
        self.title.setText(title)
        self.state.setText(state)
        self.lines = lines
        self.show_lines()

    def show_lines(self) -> None:
        """Show the people whom the letters name, or everybody."""
        typed = self.box.text().strip()
        shown = queries.found(self.lines, typed) if typed else self.lines
        rows = {line.id: line for line in shown}
        self.table.lazy.hand(rows)
        if typed and rows:
            self.table.selectRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the box to the roll, Escape empties it; letters go back to the box."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.box:
            return self._pressed_in_box(event)
        return self._typed_elsewhere(event)

    def _pressed_in_box(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            self._enter_roll()
            return True
        if event.key() == Qt.Key.Key_Escape and self.box.text():
            self.box.clear()
            return True
        return False

    def _typed_elsewhere(self, event: QKeyEvent) -> bool:
        """A letter that is no command begins a name, or is what a scanner types."""
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

    def _lay_out(self, place: "Place") -> None:
        typing, marking = QHBoxLayout(), Flow(6)
        typing.addWidget(self.box, 1)
        typing.addWidget(self.direction)
        for status in MARKING:
            made = place.command_button(f"attendance.{status}")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # for fingers: keys have their letters
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


def described(one: Any, words: Callable[[Any], str]) -> str:
    """When, where, and how far the register is."""
    from schoolapp.desktop.look import formats

    said = [formats.date(one.start, weekday=True), formats.span(one.start, one.end)]
    if one.room:
        said.append(isolate(one.room))
    said.append(
        state_look("attendance", "no_register").text if one.register.value == "lost" else words(one)
    )
    return " · ".join(said)
