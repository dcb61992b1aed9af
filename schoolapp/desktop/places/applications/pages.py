"""The pages shown in place of the list: an import, the meeting, what it prepared, letters."""

from functools import cached_property
from typing import Protocol, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from schoolapp.base.language import _
from schoolapp.base.settings import HIDE_PRIVATE
from schoolapp.desktop.kit.host import RowsHost
from schoolapp.desktop.kit.pages.list_page import F, ListPage
from schoolapp.desktop.places.applications.importing import ImportPage
from schoolapp.desktop.places.applications.letters.page import LettersPage
from schoolapp.desktop.places.applications.meeting.page import MeetingPage
from schoolapp.desktop.places.applications.meeting.planned import PlannedPage
from schoolapp.desktop.tables.columns import R
from schoolapp.operations.applications import ApplicationRow

W = TypeVar("W", bound=QWidget)


class PagesHost(RowsHost[ApplicationRow], Protocol):
    """What the pages need from the place over whose list they are opened."""

    @property
    def side(self) -> QWidget | None: ...
    @property
    def context_changed(self) -> SignalInstance: ...

    def put_beside(self, panel: QWidget | None) -> None:
        """Show a panel at the side, or none."""

    def page_opens(self) -> None:
        """A page is about to cover the list."""

    def page_closed(self, application_id: int | None) -> None:
        """The list is back; the page has shown this application last."""


class Pages:
    """One is open at a time; each is made when it is first opened, and kept."""

    def __init__(self, host: PagesHost, stack: QStackedWidget) -> None:
        self._host, self._stack = host, stack
        self._made: list[QWidget] = []

    @cached_property
    def importing(self) -> ImportPage:
        """The page where a file of applications is read."""
        made = ImportPage(self._host.desk)
        made.closed.connect(self.close_page)
        return self._keep(made)

    @cached_property
    def meeting(self) -> MeetingPage:
        """Decide mode; the letters of the place work on its list too."""
        made = MeetingPage(self._host.desk)
        made.closed.connect(self.close_page)
        made.plan_wanted.connect(self.open_planned)
        made.list.addActions(self._host.table.actions())
        made.hide_private(self._host.desk.settings.get(HIDE_PRIVATE))
        made.list.current_changed.connect(self._moved)
        return self._keep(made)

    @cached_property
    def planned(self) -> PlannedPage:
        """The prepared decisions together."""
        made = PlannedPage(self._host.desk)
        made.closed.connect(self.open_meeting)
        made.applied.connect(self.close_page)
        return self._keep(made)

    @cached_property
    def letters(self) -> LettersPage:
        """The letters that wait."""
        made = LettersPage(self._host.desk, self._host.put_beside)
        made.closed.connect(self.close_page)
        return self._keep(made)

    @property
    def opened(self) -> QWidget | None:
        """The page that is shown in place of the list, or None."""
        shown = self._stack.currentWidget()
        return shown if shown in self._made else None

    @property
    def is_deciding(self) -> bool:
        """Whether decisions are prepared, not taken at once."""
        return isinstance(self.opened, MeetingPage)

    def refresh(self) -> None:
        """Ask again for what the page shows; an import stays as it was shown."""
        page = self.opened
        if isinstance(page, MeetingPage | PlannedPage | LettersPage):
            page.refresh()

    def open_file(self, path: str) -> None:
        """Show what importing a file would do."""
        gathering = self._host.gathering
        if gathering is None:
            sentence = _("Choose the gathering first that these applications are for.")
            self._host.desk.say(sentence)
            return
        self._show(self.importing)
        self.importing.open(path, gathering.id)

    def open_meeting(self) -> None:
        """Decide one by one, beginning under the cursor."""
        if self._host.gathering is not None:
            current = self._host.table.current_id()
            self._show(self.meeting)
            self.meeting.open(self._host.table.lazy.view, current)

    def open_planned(self) -> None:
        """See what is prepared."""
        gathering = self._host.gathering
        if gathering is not None:
            self._show(self.planned)
            self.planned.open(gathering.id)

    def open_letters(self) -> None:
        """Look through the letters that wait."""
        gathering = self._host.gathering
        if gathering is not None:
            self._show(self.letters)
            self.letters.open(gathering.id)

    def open_list(self, kind: type[ListPage[F, R]]) -> None:
        """Show the delegations, the minors or the visas."""
        if self._host.gathering is not None:
            found = (page for page in self._made if isinstance(page, kind))
            page = next(found, None) or self._make_list(kind)
            self._show(page)
            page.open()

    def hide_private(self, hidden: bool) -> None:
        """Hide or show the private columns of the lists."""
        for page in self._made:
            if isinstance(page, ListPage):
                page.table.hide_private(hidden)
            elif isinstance(page, MeetingPage):
                page.hide_private(hidden)

    def close_page(self) -> None:
        """Back to the list, at the application that was shown last."""
        current = self.meeting.list.current_id() if self.is_deciding else None
        self._stack.setCurrentWidget(self._host.table)
        self._host.page_closed(current)
        self._host.context_changed.emit()

    def _make_list(self, kind: type[ListPage[F, R]]) -> ListPage[F, R]:
        made = kind(self._host)
        made.closed.connect(self.close_page)
        return self._keep(made)

    def _keep(self, page: W) -> W:
        self._made.append(page)
        self._stack.addWidget(page)
        return page

    def _show(self, page: QWidget) -> None:
        self._host.page_opens()
        self._stack.setCurrentWidget(page)
        self._host.context_changed.emit()

    def _moved(self, row_id: int | None) -> None:
        self._host.context_changed.emit()
