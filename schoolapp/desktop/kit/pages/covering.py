"""A page in place of all that a place shows below its title, its filters too."""

from functools import partial

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QWidget

from schoolapp.desktop.kit.place import Place


def cover(place: Place, page: QWidget, closed: SignalInstance) -> None:
    """Show a page until it reports that it is ``closed``; then what it hid is shown again."""
    place.leave()
    found = [place.filter_row.itemAt(n) for n in range(place.filter_row.count())]
    filters = [item.widget() for item in found if item is not None]
    shown = [one for one in (*filters, place.search) if one is not None]
    covered = [one for one in shown if one.isVisibleTo(place)]
    for one in covered:
        one.hide()
    closed.connect(partial(_uncover, place, page, covered))
    place.body.show_cover(page)


def _uncover(place: Place, page: QWidget, covered: list[QWidget]) -> None:
    place.body.show_cover(None)
    page.deleteLater()
    for one in covered:
        one.show()
    place.refresh()
    place.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
