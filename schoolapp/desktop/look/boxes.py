"""Boxes around widgets: one that scrolls, one under a heading."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from schoolapp.desktop.look.labels import Heading


def scrolling(
    inside: QWidget, parent: QWidget | None = None, *, sideways: bool = False, framed: bool = True
) -> QScrollArea:
    """Lets a widget scroll where it is higher than its room; no key stops at the area itself."""
    area = QScrollArea(parent)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if not framed:
        area.setFrameShape(QFrame.Shape.NoFrame)
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return area


def show_whole(widget: QWidget) -> None:
    """Scroll the box around a widget until all of it is in sight."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget)


def titled(title: str, widget: QWidget) -> QWidget:
    """A widget under its heading."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(Heading(title))
    layout.addWidget(widget)
    return box
