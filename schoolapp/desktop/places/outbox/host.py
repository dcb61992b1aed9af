"""What the parts of the outbox need from their place."""

from collections.abc import Sequence
from typing import Protocol

from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.tables import View


class OutboxHost(TableHost, Protocol):
    """A place with a table of letters."""

    @property
    def view(self) -> View: ...

    def selected_ids(self) -> tuple[int, ...]:
        """The letters that are selected."""

    def chosen_ids(self) -> tuple[int, ...]:
        """The letters that are selected, if there are several; none: all that are shown."""

    def shown_ids(self) -> Sequence[int]:
        """All letters of the table, in its order."""
