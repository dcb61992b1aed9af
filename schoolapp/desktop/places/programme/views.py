"""The stack of the programme: the timetable, the list, and the pages shown in their place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.look.chips import ChipBar
from schoolapp.desktop.look.look import Look

DAY, LIST = "day", "list"


class Views(QStackedWidget):
    """Two views with chips to switch between them; a page that is closed leads back to one."""

    switched = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = DAY
        self._targets: dict[str, QWidget] = {}
        self._views: dict[str, QWidget] = {}
        self.switch = ChipBar(look)
        self.switch.add(DAY, _("Day by rooms"))
        self.switch.add(LIST, _("List"))
        self.switch.chosen.connect(self.show_view)

    def take_view(self, key: str, view: QWidget, target: QWidget) -> None:
        """Add a view; ``target`` has the focus while it is shown."""
        self._views[key], self._targets[key] = view, target
        self.addWidget(view)

    @property
    def is_day(self) -> bool:
        """Whether the timetable is shown, not the list or a page."""
        return self.currentWidget() is self._views[DAY]

    @property
    def is_page(self) -> bool:
        """Whether a page is shown in place of the views."""
        return self.currentWidget() not in self._views.values()

    def show_view(self, key: str) -> None:
        """Show the timetable or the list."""
        self._key = key
        self.setCurrentWidget(self._views[key])
        self.switch.choose(key)
        self.setFocusProxy(self._targets[key])
        self.switched.emit()

    def turn(self) -> None:
        """From day to list and back."""
        self.show_view(LIST if self.is_day else DAY)
        self.take_focus()

    def leave_page(self) -> None:
        """Show again the view that a page replaced."""
        self.show_view(self._key)

    def close_page(self) -> None:
        """Go back from a page, with the focus."""
        self.leave_page()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the view the focus."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
