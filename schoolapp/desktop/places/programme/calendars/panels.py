"""The panels of the programme for calendars of others: pushes to a server, rooms that are taken."""

from functools import cached_property

from PySide6.QtWidgets import QWidget

from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.places.programme.calendars.push_panel import PushPanel
from schoolapp.desktop.places.programme.calendars.room_busy import RoomBusy


class CalendarPanels:
    """Makes its panels when they are needed. ``widget`` is the place, which asks for files."""

    def __init__(self, host: TableHost, widget: QWidget) -> None:
        self._host, self._widget = host, widget

    @cached_property
    def push_panel(self) -> PushPanel:
        """Pushes the programme to a calendar server."""
        return PushPanel(self._host.desk)

    @cached_property
    def room_busy(self) -> RoomBusy:
        """Asks for a calendar and the room it belongs to."""
        made = RoomBusy(self._host.desk, self._widget)
        made.ready.connect(self._host.show_side)
        return made

    def push(self) -> None:
        """Push the programme to a calendar server."""
        if self._host.gathering is not None:
            self._host.show_side(self.push_panel)
            self.push_panel.ask(self._host.gathering.id)

    def read_room_calendar(self) -> None:
        """Note when a room is taken."""
        if self._host.gathering is not None:
            self.room_busy.ask(self._host.gathering.id)
