"""What the parts of the programme need from their place."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.kit.panel import SidePanel
from schoolapp.desktop.places.programme.queries import SessionLine
from schoolapp.operations.programme import SessionRow


class SideHost(Protocol):
    """A place of one gathering with a side for panels."""

    @property
    def desk(self) -> Desk: ...
    @property
    def gathering(self) -> Gathering | None: ...
    @property
    def side(self) -> QWidget | None:
        """What is shown at the side now."""

    def show_side(self, panel: SidePanel) -> None:
        """Show a panel at the side."""

    def close_side(self) -> None:
        """Close what is at the side."""


class SessionsHost(Protocol):
    """A place of sessions, some of which are selected."""

    @property
    def desk(self) -> Desk: ...
    @property
    def is_day(self) -> bool:
        """Whether the timetable is shown, not the list."""

    def selected_ids(self) -> tuple[int, ...]:
        """The sessions that are selected."""

    def session_row(self, session_id: int) -> SessionRow | SessionLine | None:
        """A session of the view that is shown, if it has come."""
