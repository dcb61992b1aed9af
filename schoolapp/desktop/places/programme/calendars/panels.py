"""The sheets of the programme for servers and calendars of others: pushes, answers, rooms."""

from functools import cached_property, partial
from typing import Any

from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.programme.calendars.room_busy import RoomBusy


class CalendarPanels(TablePlace):
    """A place that pushes its sessions to a calendar server, fetches answers out of a mailbox and
    reads when rooms are taken.
    """

    @cached_property
    def push_card(self) -> Any:
        """The panel that pushes to a calendar server; made, and its parts read, on first use."""
        from schoolapp.desktop.places.programme.calendars.push_panel import PushPanel

        return PushPanel(self.desk)

    @cached_property
    def fetch_card(self) -> Any:
        """The panel that fetches answers; made, and its parts read, on first use."""
        from schoolapp.desktop.places.programme.invitations.fetch_panel import FetchPanel

        made = FetchPanel(self.desk)
        made.to_answers.connect(partial(self.desk.run, "programme.answers"))
        made.to_settings.connect(partial(self.desk.open_place, "settings"))
        return made

    @cached_property
    def room_busy(self) -> RoomBusy:
        """Asks for a calendar and the room it belongs to."""
        made = RoomBusy(self.desk, self)
        made.ready.connect(self.show_side)
        return made

    def push(self) -> None:
        """Push the programme to a calendar server."""
        if self.gathering is not None:
            self.show_side(self.push_card)
            self.push_card.ask(self.gathering.id)

    def fetch_answers(self) -> None:
        """Fetch answers out of the mailbox of the settings."""
        self.show_side(self.fetch_card)
        self.fetch_card.ask()

    def read_room_calendar(self) -> None:
        """Note when a room is taken."""
        if self.gathering is not None:
            self.room_busy.ask(self.gathering.id)
