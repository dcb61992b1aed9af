"""What a place shows that works in one gathering only, while all of them are chosen."""

from functools import partial

from PySide6.QtCore import Qt

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.stand_in import StandIn
from schoolapp.desktop.look.widgets import button


class Nowhere(StandIn):
    """Asks which gathering is meant: choose one, or make the first."""

    def __init__(self, desk: Desk) -> None:
        choose, new = partial(desk.run, "window.switch"), partial(desk.run, "home.new")
        self.choose_button = button(desk.look, _("Choose…"), choose, "tent", primary=True)
        self.choose_button.setObjectName("choose_gathering")
        super().__init__(
            _("This belongs to one school, seminar or camp: choose which."),
            self.choose_button,
            button(desk.look, _("New gathering"), new, "plus"),
        )

    def take_focus(self) -> None:
        """Let Enter and Space be the next step, if this is what one sees."""
        if self.isVisible():
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
