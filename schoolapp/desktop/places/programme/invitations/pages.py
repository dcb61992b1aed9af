"""What the programme shows of invitations: the page of sending and the page of answers."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.places.programme.invitations.answers import AnswersPage, files_of
from schoolapp.desktop.places.programme.invitations.sending import SendingPage


class InvitationPages(QObject):
    """Makes its pages when they are wanted and puts them before the programme."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget, views: QStackedWidget) -> None:
        super().__init__(parent)
        self._desk, self._place, self._views = desk, parent, views

    @cached_property
    def sending(self) -> SendingPage:
        """Who gets what."""
        made = SendingPage(self._desk)
        self._add(made)
        return made

    @cached_property
    def answers(self) -> AnswersPage:
        """What waits for a look."""
        made = AnswersPage(self._desk)
        self._add(made)
        return made

    def send(self, gathering: Gathering) -> None:
        """Show what is due in a gathering."""
        self._views.setCurrentWidget(self.sending)
        self.sending.open(gathering)

    def show_answers(self) -> None:
        """Show what waits for a look."""
        self._views.setCurrentWidget(self.answers)
        self.answers.open()

    def choose(self) -> None:
        """Ask for files with answers and read them."""
        dialog = QFileDialog(self._place, _("Read answers to invitations"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_("Mails and calendars") + " (*.eml *.ics)")
        dialog.filesSelected.connect(self.read)
        dialog.open()

    def takes(self, dropped: QMimeData) -> bool:
        """Whether there are mails or calendars among what is dropped."""
        return bool(files_of(dropped.urls()))

    def dropped(self, dropped: QMimeData) -> bool:
        """Read the answers in what was dropped; whether there was anything to read."""
        paths = files_of(dropped.urls())
        if paths:
            self.read(paths)
        return bool(paths)

    def read(self, paths: list[str]) -> None:
        """Read answers out of files and show what waits then."""
        self._views.setCurrentWidget(self.answers)
        self.answers.read_files(paths)

    def _add(self, page: Any) -> None:
        self._views.addWidget(page)
        page.closed.connect(self.closed)
