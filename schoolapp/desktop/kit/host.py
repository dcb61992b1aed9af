"""What the parts of a place may use of it: protocols, so that a part need not import its place."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.kit.panel import SidePanel
from schoolapp.desktop.tables import Table
from schoolapp.desktop.tables.columns import R


class PlaceHost(Protocol):
    """Any place."""

    @property
    def desk(self) -> Desk: ...
    @property
    def gathering(self) -> Gathering | None: ...
    @property
    def side(self) -> QWidget | None:
        """What is shown at the side now."""

    def put_beside(self, panel: QWidget | None) -> None:
        """Show a panel at the side, or none."""


class ClosingHost(PlaceHost, Protocol):
    """A place that knows where the focus goes when its side is closed."""

    def close_side(self) -> None:
        """Close what is at the side, and go back to the main view."""


class TableHost(ClosingHost, Protocol):
    """A place with a table."""

    def show_side(self, panel: SidePanel) -> None:
        """Show a panel at the side; what was edited in the one before is saved."""


class RowsHost(Protocol[R]):
    """A place whose list holds rows ``R``, for parts that work on them."""

    @property
    def desk(self) -> Desk: ...
    @property
    def gathering(self) -> Gathering | None: ...
    @property
    def table(self) -> Table[R]: ...
