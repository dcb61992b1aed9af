"""What the views of attendance may ask of the place in which they are shown."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.desktop.bridge.desk import Desk


class SideHost(Protocol):
    """Has a side where panels are shown."""

    @property
    def desk(self) -> Desk: ...

    def put_beside(self, panel: QWidget | None) -> None:
        """Show a panel at the side, or none."""

    def close_side(self) -> None:
        """Close what is shown at the side, and go back to the view."""
