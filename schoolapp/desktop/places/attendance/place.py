"""The place of attendance: the roll call, the arrival desk, the heat map and the certificates."""

from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.place import MAIN_CHARACTERS, Place
from schoolapp.desktop.places.attendance.register import marks
from schoolapp.desktop.places.attendance.register.marks import Mark
from schoolapp.desktop.places.attendance.register.roll_call import RollCall
from schoolapp.desktop.places.attendance.reports.page import Exports
from schoolapp.desktop.places.attendance.views import (
    ARRIVALS,
    CERTIFICATES,
    DAYS,
    HEAT,
    ROLL,
    Views,
)
from schoolapp.operations.attendance import close_registers

CHIPS = (
    (ROLL, mark("Roll call")),
    (ARRIVALS, mark("Arrival desk")),
    (DAYS, mark("Day list")),
    (HEAT, mark("Heat map")),
    (CERTIFICATES, mark("Certificates")),
)
ON_A_LIST = {marks.PRESENT: True, marks.ABSENT: False}
"""What the marks of a register mean on a day list."""
TWO_PANES = 120  # characters that sessions and roll need beside a panel, else it covers them
MARKS = frozenset({"attendance_mark", "scan", "register_change"})
"""The tables that marking changes: changes in them alone renew the marks, not the whole roll."""


class Attendance(Place):
    """Opens on the session that is running; everything can be done by a few keys."""

    key: ClassVar[str] = "attendance"
    title: ClassVar[str] = mark("Attendance")
    icon: ClassVar[str] = "clipboard-check"
    OF_ONE: ClassVar[bool] = True
    WATCHES = MARKS | {
        "session",
        "register",
        "participation",
        "stay",
        "module_attended",
        "person",
        "arrival",
        "arrival_item",
        "arrival_check",
        "payment",
        "certificate",
        "day_presence",
    }

    def build(self) -> None:
        """The roll call; other views and panels wait until they are wanted."""
        for key, words in CHIPS:
            self.chips.add(key, _(words))
        self.chips.chosen.connect(self.view)
        self.views = Views(self)
        self.roll.changed.connect(self.context_changed)
        self.body.set_main(self.views)
        self._ask_for_room()
        self._of_roll = [self.add_action(f"attendance.{one}") for one in ("close", "all_present")]
        self._noticed = False
        self.add_action("attendance.export", primary=True)

    @property
    def roll(self) -> RollCall:
        """The roll call."""
        return self.views.roll

    @cached_property
    def exports(self) -> Exports:
        """The gallery of reports and papers, made when it is first needed."""
        return Exports(self)

    def refresh(self) -> None:
        """Ask for what the view shows."""
        if self.gathering is None:
            self.roll.show_sessions(())
        else:
            self.views.view.refresh(self.gathering.id)

    def on_changed(self, tables: frozenset[str]) -> None:
        """Renew the marks alone where nothing else changed: scans come one after another."""
        if self.gathering is None or self.views.shown or tables & self.WATCHES - MARKS:
            self.refresh()
        else:
            self.roll.renew_marks(self.gathering.id)

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Take the registers of another gathering."""
        self.roll.forget()
        super().show_gathering(gathering)

    def open_row(self, row_id: int) -> None:
        """Open the register of a session."""
        self.roll.open_row(row_id)

    def selected_ids(self) -> tuple[int, ...]:
        """The people who are selected on the roll or on the day list."""
        return self.views.days.selected_ids() if self._on_day_list else self.roll.selected_ids()

    def focus_target(self) -> QWidget:
        """The view; of the roll call the pane, whose box has the focus first."""
        return self.views.view if self.views.shown else self.roll.pane

    def view(self, key: str) -> None:
        """Show the roll (no key), the arrival desk, the day list, the heat map or certificates."""
        self.chips.choose(key)
        self.put_beside(None)
        for action in self._of_roll:
            action.setVisible(not key)
        self.views.show_view(key)
        self._ask_for_room()
        if self._on_day_list and not self._noticed:
            self._noticed = True
            self.views.days.changed.connect(self.context_changed)
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _ask_for_room(self) -> None:
        """A panel covers the two panes of a roll and a day list; it stands beside one table."""
        is_one = self.views.shown in (ARRIVALS, HEAT, CERTIFICATES)
        self.body.main_characters = MAIN_CHARACTERS if is_one else TWO_PANES

    def note(self, wanted: Mark) -> None:
        """Mark the selected people: in the open register, or on the list of the day."""
        if not self._on_day_list:
            self.roll.note(wanted)
        elif wanted in ON_A_LIST:
            self.views.days.note(ON_A_LIST[wanted])
        else:
            self.desk.say(_("A day list says present, absent or nothing. Use P, A or U."))

    def note_nothing(self) -> None:
        """Take the selected people off the list of the day; a register keeps its marks."""
        if self._on_day_list:
            self.views.days.note(None)
        else:
            self.roll.say_trouble(_("A mark in a register is corrected, not removed."))

    def toggle(self) -> None:
        """Present becomes absent, everything else present."""
        (self.views.days if self._on_day_list else self.roll).toggle()

    def all_present(self) -> None:
        """Mark everybody present of whom nothing is known yet."""
        (self.views.days if self._on_day_list else self.roll).all_present()

    def close_registers(self) -> None:
        """Close the registers of all sessions that are over, as one step."""
        if self.gathering is not None:
            work = partial(close_registers, gathering_id=self.gathering.id)
            self.desk.tasks.change(self, _("Close all registers"), work)

    @property
    def _on_day_list(self) -> bool:
        return self.views.shown == DAYS

    def export(self) -> None:
        """Choose a report or a paper; Enter takes the last one again."""
        self.exports.open()

    def close_side(self) -> None:
        """Go back from what is shown beside the roll."""
        self.put_beside(None)
        self.roll.pane.setFocus(Qt.FocusReason.OtherFocusReason)
