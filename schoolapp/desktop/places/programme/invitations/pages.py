"""What the programme shows about invitations: sending, answers, and the mailbox they come from."""

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.places.programme.invitations.answers import AnswersPage, files_of
from schoolapp.desktop.places.programme.invitations.due_page import SendingPage
from schoolapp.desktop.places.programme.invitations.fetch_panel import FetchPanel
from schoolapp.desktop.places.programme.views import Views


class InvitationPages:
    """Makes its pages when they are needed and shows them in place of the programme.

    ``widget`` is the place, over which files are chosen.
    """

    def __init__(self, host: TableHost, views: Views, widget: QWidget) -> None:
        self._host, self._views, self._widget = host, views, widget

    @cached_property
    def sending(self) -> SendingPage:
        """Who gets what."""
        made = SendingPage(self._host.desk, self._host.show_side)
        self._views.addWidget(made)
        made.closed.connect(self._views.close_page)
        return made

    @cached_property
    def answers(self) -> AnswersPage:
        """The answers that wait to be checked."""
        made = AnswersPage(self._host.desk)
        self._views.addWidget(made)
        made.closed.connect(self._views.close_page)
        return made

    @cached_property
    def fetch_panel(self) -> FetchPanel:
        """Fetches answers from the mailbox of the settings."""
        made = FetchPanel(self._host.desk)
        made.to_answers.connect(partial(self._host.desk.run, "programme.answers"))
        made.to_settings.connect(partial(self._host.desk.open_place, "settings"))
        return made

    def send(self) -> None:
        """Show what is due in the gathering."""
        if self._host.gathering is not None:
            self._views.setCurrentWidget(self.sending)
            self.sending.open(self._host.gathering)

    def show_answers(self) -> None:
        """Show the answers that wait to be checked."""
        self._views.setCurrentWidget(self.answers)
        self.answers.open()

    def fetch(self) -> None:
        """Fetch answers from the mailbox of the settings."""
        self._host.show_side(self.fetch_panel)
        self.fetch_panel.ask()

    def choose(self) -> None:
        """Ask for files with answers and read them."""
        dialog = QFileDialog(self._widget, _("Read answers to invitations"))
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

    def read(self, paths: Sequence[str]) -> None:
        """Read answers from files and show what waits then."""
        self._views.setCurrentWidget(self.answers)
        self.answers.read_files(paths)
