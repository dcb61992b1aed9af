"""The place of attendance: the roll call, the arrival desk, the heat map and the certificates."""

from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.places.attendance.register.roll_call import RollCall
from schoolapp.desktop.places.attendance.reports.page import Exports
from schoolapp.desktop.places.attendance.views import ARRIVALS, CERTIFICATES, HEAT, ROLL, Views

CHIPS = (
    (ROLL, mark("Roll call")),
    (ARRIVALS, mark("Arrival desk")),
    (HEAT, mark("Heat map")),
    (CERTIFICATES, mark("Certificates")),
)
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
    }

    def build(self) -> None:
        """The roll call; other views and panels wait until they are wanted."""
        for key, words in CHIPS:
            self.chips.add(key, _(words))
        self.chips.chosen.connect(self.view)
        self.views = Views(self)
        self.roll.changed.connect(self.context_changed)
        self.body.set_main(self.views)
        self.body.main_characters = TWO_PANES
        self._of_roll = [self.add_action(f"attendance.{one}") for one in ("close", "all_present")]
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
        """The people who are selected on the roll."""
        return self.roll.selected_ids()

    def focus_target(self) -> QWidget:
        """The view; of the roll call the pane, whose box has the focus first."""
        return self.views.view if self.views.shown else self.roll.pane

    def view(self, key: str) -> None:
        """Show the roll (no key), the arrival desk, the heat map or the certificates."""
        self.chips.choose(key)
        self.put_beside(None)
        for action in self._of_roll:
            action.setVisible(not key)
        self.views.show_view(key)
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def export(self) -> None:
        """Choose a report or a paper; Enter takes the last one again."""
        self.exports.open()

    def close_side(self) -> None:
        """Go back from what is shown beside the roll."""
        self.put_beside(None)
        self.roll.pane.setFocus(Qt.FocusReason.OtherFocusReason)
