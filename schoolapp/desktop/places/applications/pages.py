"""The pages that stand in place of the list: an import, the meeting, what it prepared, letters."""

from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from schoolapp.base.language import _, ltr
from schoolapp.desktop.kit.list_page import ListPage
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.applications.importing import ImportPage
from schoolapp.desktop.places.applications.letters.page import LettersPage
from schoolapp.desktop.places.applications.meeting import minutes
from schoolapp.desktop.places.applications.meeting.page import MeetingPage
from schoolapp.desktop.places.applications.meeting.planned import PlannedPage
from schoolapp.desktop.places.applications.meeting.rules_panel import RulesPanel
from schoolapp.desktop.places.applications.next_bar import NextBar


class Pages(TablePlace):
    """A list of applications and the pages that are opened over it, one at a time."""

    next_bar: NextBar

    @cached_property
    def page(self) -> ImportPage:
        """The page where a file of applications is read."""
        made = ImportPage(self.desk)
        made.closed.connect(self.close_page)
        self._stack.addWidget(made)
        return made

    @cached_property
    def meeting(self) -> MeetingPage:
        """Decide mode; the letters of the place work on its list too."""
        made = MeetingPage(self.desk)
        made.closed.connect(self.close_page)
        made.plan_wanted.connect(self.open_planned)
        made.list.addActions(self.table.actions())
        made.list.current_changed.connect(self.context_changed)
        self._stack.addWidget(made)
        return made

    @cached_property
    def planned(self) -> PlannedPage:
        """The prepared decisions together."""
        made = PlannedPage(self.desk)
        made.closed.connect(self.open_meeting)
        made.applied.connect(self.close_page)
        self._stack.addWidget(made)
        return made

    @cached_property
    def letters(self) -> LettersPage:
        """The letters that wait."""
        made = LettersPage(self.desk)
        made.closed.connect(self.close_page)
        self._stack.addWidget(made)
        return made

    @cached_property
    def rules(self) -> RulesPanel:
        """What was declared about the selection."""
        return RulesPanel(self.desk)

    @property
    def opened_page(self) -> QWidget | None:
        """The page that stands in place of the list, or None."""
        shown = self._stack.currentWidget()
        pages = (MeetingPage, PlannedPage, LettersPage, ImportPage, ListPage)
        return shown if isinstance(shown, pages) else None

    @property
    def is_deciding(self) -> bool:
        """Whether decisions are prepared, not taken at once."""
        return isinstance(self.opened_page, MeetingPage)

    def refresh_page(self) -> None:
        """Ask again for what the page shows; an import stays as it was looked at."""
        page = self.opened_page
        if isinstance(page, MeetingPage | PlannedPage | LettersPage):
            page.refresh()

    def open_file(self, path: str) -> None:
        """Show what importing a file would do."""
        if self.gathering is not None:
            self._show_page(self.page)
            self.page.open(path, self.gathering.id)

    def open_meeting(self) -> None:
        """Decide one by one, from where the cursor stands."""
        if self.gathering is not None:
            current = self.table.current_id()
            self._show_page(self.meeting)
            self.meeting.open(self.table.lazy.view, current)

    def open_planned(self) -> None:
        """See what is prepared."""
        if self.gathering is not None:
            self._show_page(self.planned)
            self.planned.open(self.gathering.id)

    def open_letters(self) -> None:
        """Look through the letters that wait."""
        if self.gathering is not None:
            self._show_page(self.letters)
            self.letters.open(self.gathering.id)

    def open_list(self, kind: type[ListPage]) -> None:
        """Show the delegations, the minors or the visas."""
        if self.gathering is not None:
            made = map(self._stack.widget, range(self._stack.count()))
            page = next((one for one in made if isinstance(one, kind)), None)
            if page is None:
                page = kind(self)
                self._stack.addWidget(page)
            self._show_page(page)
            page.open()

    def hide_private(self, hidden: bool) -> None:
        """Hide or show the private columns, of the lists over the applications too."""
        super().hide_private(hidden)
        for page in map(self._stack.widget, range(self._stack.count())):
            if isinstance(page, ListPage):
                page.table.hide_private(hidden)

    def open_rules(self) -> None:
        """Declare targets and the policy of the waiting list."""
        if self.gathering is not None:
            self.show_side(self.rules)  # type: ignore[arg-type]
            self.rules.open(self.gathering.id)

    def ask_minutes(self) -> None:
        """Ask where to, then write the minutes of the meeting."""
        if self.gathering is not None:
            name, _kind = QFileDialog.getSaveFileName(
                self, _("Minutes of the meeting"), "minutes.pdf", "PDF (*.pdf)"
            )
            if name:
                self.write_minutes(Path(name))

    def write_minutes(self, path: Path) -> None:
        """Write what was decided today."""
        assert self.gathering is not None
        query = partial(minutes.read_minutes, self.gathering.id)
        self.desk.tasks.read(self, query, partial(self._minutes_read, path))

    def _minutes_read(self, path: Path, read: Any) -> None:
        said = partial(self._minutes_written, path)
        self.desk.tasks.work(self, partial(minutes.write_minutes, path, read), said)

    def _minutes_written(self, path: Path, nothing: None) -> None:
        self.desk.say(_("The minutes are in {file}.").format(file=ltr(str(path))))

    def close_page(self) -> None:
        """Back to the list, at the application that was shown last."""
        current = self.meeting.list.current_id() if self.is_deciding else None
        self._show_filters(True)
        self._stack.setCurrentWidget(self.table)
        if current is not None:
            self.table.select_id(current)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context_changed.emit()

    def _ids_came(self, count: int) -> None:
        if self.opened_page is None:  # else the page stays, whatever the list says
            super()._ids_came(count)

    def _show_page(self, page: QWidget) -> None:
        self.leave()
        self.body.show_side(None)
        self._show_filters(False)
        self.next_bar.hide()
        self._stack.setCurrentWidget(page)
        self.context_changed.emit()

    def _show_filters(self, shown: bool) -> None:
        for widget in (self.chips, self.search):
            widget.setVisible(shown)
