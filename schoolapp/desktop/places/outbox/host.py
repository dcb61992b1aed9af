"""What the parts of the outbox need from their place."""

from collections.abc import Sequence
from typing import Protocol

from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.panel import SidePanel
from schoolapp.desktop.tables import View


class OutboxHost(Protocol):
    """A place with a table of letters and a side."""

    @property
    def desk(self) -> Desk: ...
    @property
    def view(self) -> View: ...

    def selected_ids(self) -> tuple[int, ...]:
        """The letters that are selected."""

    def chosen_ids(self) -> tuple[int, ...]:
        """The letters that are selected, if there are several; none: all that are shown."""

    def shown_ids(self) -> Sequence[int]:
        """All letters of the table, in its order."""

    def show_side(self, panel: SidePanel) -> None:
        """Show a panel at the side."""

    def close_side(self) -> None:
        """Close what is at the side."""
