"""F6: the focus goes round the parts of the window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from schoolapp.desktop.kit.place import Place
    from schoolapp.desktop.shell.rail import Rail


class Pane(NamedTuple):
    """A part of the window; ``target`` gets the focus, else the first widget that can have it."""

    root: QWidget
    target: QWidget | None = None

    def holds(self, widget: QWidget | None) -> bool:
        """Whether a widget is in this part."""
        return widget is not None and (widget is self.root or self.root.isAncestorOf(widget))

    def enter(self) -> None:
        """Put the focus here."""
        target = self.target or _first_focusable(self.root)
        target.setFocus(Qt.FocusReason.TabFocusReason)


def panes_of(place: "Place", rail: "Rail", *others: QWidget | None) -> list[Pane]:
    """The parts of a window that can be seen, from the rail to the message bar."""
    button = next(one for one in rail.buttons() if one.isChecked())
    panes = [Pane(rail, button), Pane(place.focus_target(), place.focus_target())]
    more = (place.body.side, *others)
    return panes + [Pane(one) for one in more if one is not None and one.isVisible()]


def move_between(panes: Sequence[Pane], step: int) -> None:
    """Go ``step`` panes on from the one that has the focus."""
    focus = QApplication.focusWidget()
    at = [number for number, pane in enumerate(panes) if pane.holds(focus)]
    panes[((at[-1] if at else 0) + step) % len(panes)].enter()


def _first_focusable(widget: QWidget) -> QWidget:
    tab = Qt.FocusPolicy.TabFocus
    inside = [one for one in widget.findChildren(QWidget) if one.focusPolicy() & tab]
    return next((one for one in inside if one.isVisible() and one.isEnabled()), widget)
