"""The list of calendars that a server has for a user, to choose the one to push to."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, ltr, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import button
from schoolapp.exchange.caldav import FoundCalendar, Login, find_calendars

ADDRESS = Qt.ItemDataRole.UserRole


class CalendarFinder(QWidget):
    """A button that runs ``find``, and once the server has answered, a list to choose from.

    ``find`` belongs to the panel around it, which knows user and password and calls ``ask``.
    """

    chosen = Signal(str)  # the address of a calendar

    def __init__(self, desk: Desk, find: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self.find_button = button(desk.look, _("Find my calendars"), find, "search")
        self.said = Words(wrap=True, quiet=True)
        self.list = QListWidget()
        self.list.setObjectName("found_calendars")
        self.list.setAccessibleName(_("Calendars on the server"))
        self.list.setWordWrap(True)
        self.list.setFixedHeight(4 * desk.look.row_height(self))
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.find_button, 0, Qt.AlignmentFlag.AlignLeading)
        rows.addWidget(self.said)
        rows.addWidget(self.list)
        self.clear()

    def clear(self) -> None:
        """Show nothing but the button."""
        self.list.clear()
        self.list.hide()
        self.said.clear()
        self.said.hide()

    def ask(self, login: Login, password: str) -> None:
        """Ask the server that was typed, or that of the calendar that was typed."""
        self.clear()
        self._say(_("Asking the server for your calendars…"))
        self.find_button.setEnabled(False)
        work = partial(find_calendars, login, password)
        self._desk.tasks.work(self, work, self._came, self._failed)

    def _came(self, found: tuple[FoundCalendar, ...]) -> None:
        self.find_button.setEnabled(True)
        counted = plural("{number} calendar is there.", "{number} calendars are there.", len(found))
        self._say(counted.format(number=len(found)))
        for one in found:
            item = QListWidgetItem(f"{isolate(one.name)}\n{ltr(one.address)}")
            item.setData(ADDRESS, one.address)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, trouble: BaseException) -> None:
        self.find_button.setEnabled(True)
        self.clear()  # the message bar says why

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _activated(self, item: QListWidgetItem) -> None:
        address = str(item.data(ADDRESS))
        self.clear()
        self.chosen.emit(address)
