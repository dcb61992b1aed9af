"""The place of applications: the list with its counts, and deciding on them."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.applications import queries
from schoolapp.desktop.places.applications.columns_panel import ShownColumns
from schoolapp.desktop.places.applications.deciding import Deciding
from schoolapp.desktop.places.applications.figures import FiguresRow
from schoolapp.desktop.places.applications.importing import SHEETS
from schoolapp.desktop.places.applications.meeting.minutes import MinutesWriter
from schoolapp.desktop.places.applications.next_bar import NextBar
from schoolapp.desktop.places.applications.pages import Pages
from schoolapp.desktop.places.applications.panels import Panels
from schoolapp.desktop.tables import Column, Source, Table, View
from schoolapp.operations.applications import (
    ApplicationRow,
    MeetingRow,
    state_counts,
)
from schoolapp.storage.store import DbSession


class Applications(TablePlace[ApplicationRow]):
    """Decides on one application after another; the next one follows by itself."""

    key: ClassVar[str] = "applications"
    title: ClassVar[str] = mark("Applications")
    icon: ClassVar[str] = "inbox"
    OPENS: ClassVar[tuple[str, ...]] = SHEETS
    MACHINE, OF_ONE = "application", True
    SEARCH = mark("Search names and answers")
    SORT = "name"
    EMPTY = mark("Nobody has applied yet. Import a sheet, or register somebody by hand.")
    EMPTY_COMMANDS = ("applications.import",)
    WATCHES = frozenset(
        {"application", "application_step", "person", "participation", "gathering", "delegation"}
        | {"pending_decision", "place_offer", "selection_rules", "selection_target", "mail"}
        | {"application_answer", "application_doubt", "person_language"}
        | {"module", "stay", "module_attended", "letter_template", "score", "score_scale"}
    )
    COLUMNS: tuple[Column[ApplicationRow], ...] = (
        Column.name(lambda row: row.name, mark("Name"), 24, sort="name"),
        Column.state(lambda row: row.state, mark("State"), 16, "application", sort="state"),
        Column.country(lambda row: row.country, mark("Country"), 10, sort="country"),
        Column.languages(lambda row: row.spoken, mark("Languages"), 12),
        Column.yes_no(lambda row: row.asks_subsidy, mark("Subsidy"), 4, sort="asks_subsidy"),
        Column.yes_no(lambda row: row.needs_visa, mark("Visa"), 4, sort="needs_visa", private=True),
        Column.number(
            lambda row: row.waiting_rank, mark("Rank"), 3, sort="waiting_rank", sparse=True
        ),
        Column.number(lambda row: row.issues, mark("Doubts"), 3, sort="issues"),
        Column.date(lambda row: row.submitted, mark("Submitted"), 9, sort="submitted"),
        Column.text(
            lambda row: row.delegation, mark("Delegation"), 10, sort="delegation", sparse=True
        ),
    )

    def build(self) -> None:
        """The table with the bar above it, and the figures beside the chips."""
        main = self.around_table = QWidget(self.body)
        super().build()
        self.pages = Pages(self, self._stack)
        self.deciding = Deciding(self)
        self.panels = Panels(self, self.deciding.decide_shown, self.deciding.take_step)
        self.minutes = MinutesWriter(self, self.desk)
        self.table.current_changed.connect(self._cursor_moved)
        self.next_bar = NextBar(self.desk.look)
        self.next_bar.offered.connect(self.deciding.offer_to)
        self.next_bar.ended.connect(self.deciding.end_offers)
        self.figures = FiguresRow(self, self.next_bar)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.next_bar)
        column.addWidget(self._stack, 1)
        self.body.set_main(main)
        self.add_action("applications.import").setText(_("Import…"))
        self.add_action("applications.meeting").setText(_("Decide"))
        self.add_action("applications.new", primary=True)

    def source(self) -> Source[ApplicationRow]:
        """Ids and lines from the operations, with the answers that are shown as columns."""
        self.shown_columns = ShownColumns(self, self.COLUMNS)
        return Source(queries.ids, self.shown_columns.rows)

    def counts(self, session: DbSession, view: View) -> Mapping[str, int]:
        """The numbers on the chips."""
        if view.gathering is None:
            return {}
        found = state_counts(session, queries.asked(view))
        numbers = {state.value: count for state, count in found.items()}
        return {**numbers, "": sum(numbers.values())}

    def refresh(self) -> None:
        """Ask for the list, the numbers, and what is left; or for what the page shows."""
        self.figures.ask(self.view)
        if self.pages.opened is not None:
            self.pages.refresh()
            return
        super().refresh()
        self.panels.refresh()

    def show_row(self, row_id: int, row: ApplicationRow) -> None:
        """Show an application at the side."""
        self.panels.show_application(row_id)

    def selected_ids(self) -> tuple[int, ...]:
        """The selected applications, else the one under the cursor.

        None while a page without applications covers the list: what is not shown is not changed.
        """
        if self.pages.is_deciding:
            return _one(self.pages.meeting.list.current_id())
        if self.pages.opened is not None:
            return ()
        return self.table.selected_ids() or _one(self.table.current_id())

    def focus_target(self) -> Table[ApplicationRow] | Table[MeetingRow]:
        """The list, or that of the meeting."""
        return self.pages.meeting.list if self.pages.is_deciding else self.table

    def clear_filters(self) -> None:
        """Show all applications again."""
        self.figures.uncheck()
        super().clear_filters()

    def hide_private(self, hidden: bool) -> None:
        """Hide or show the private columns, of the lists over the applications too."""
        super().hide_private(hidden)
        self.panels.hide_private(hidden)
        self.pages.hide_private(hidden)

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the applications of one gathering."""
        self._uncover()
        super().show_gathering(gathering)
        self.figures.clear()
        self.shown_columns.show_kept()

    def open_row(self, row_id: int) -> None:
        """Put the cursor on an application in the list."""
        self._uncover()
        super().open_row(row_id)

    def open_file(self, path: str) -> None:
        """Show what importing a file would do."""
        self.pages.open_file(path)

    def import_sheet(self) -> None:
        """Choose a sheet to import."""
        dialog = QFileDialog(self, _("Import applications"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self.desk.practice is not None:
            dialog.setDirectory(str(self.desk.practice))  # its forms lie ready there
        patterns = " ".join(f"*{ending}" for ending in SHEETS)
        dialog.setNameFilter(_("Sheets ({patterns})").format(patterns=patterns))
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def edit(self) -> None:
        """Open the application at the side."""
        current = self.focus_target().current_id()
        if current is not None:
            self._uncover()
            super()._opened(current)

    def step(self, by: int) -> None:
        """Go to the next application, or to the one before."""
        table = self.focus_target()
        at = table.currentIndex().row() + by
        if 0 <= at < table.lazy.rowCount():
            table.select_id(table.lazy.row_id(at))

    def write_note(self) -> None:
        """Write a note on the application that is shown."""
        if not self.pages.is_deciding:
            self.pages.open_meeting()
        self.pages.meeting.write_note()

    def score(self) -> None:
        """Score the application that is shown, as a referee."""
        if self.pages.is_deciding:
            self.pages.meeting.score()
        else:
            self.pages.open_meeting()

    def hide_names(self) -> None:
        """Hide or show the names while deciding."""
        if self.pages.is_deciding:
            self.pages.meeting.hide_names()

    def write_minutes(self) -> None:
        """Ask where to, then write what was decided today."""
        if self.gathering is not None:
            self.minutes.ask(self.gathering.id)

    def page_opens(self) -> None:
        """A page is about to cover the list: hide what belongs only to the list."""
        self.leave()
        self.put_beside(None)
        self._show_filters(False)
        self.next_bar.hide()

    def page_closed(self, application_id: int | None) -> None:
        """The list is back, at the application that the page has shown last."""
        self._show_filters(True)
        if application_id is not None:
            self.table.select_id(application_id)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncover(self) -> None:
        if self.pages.opened is not None:
            self.pages.close_page()

    def _show_filters(self, shown: bool) -> None:
        for widget in (self.chips, self.search):
            widget.setVisible(shown)

    def _opened(self, row_id: int) -> None:
        """Enter: decide, beginning here."""
        self.pages.open_meeting()

    def _cursor_moved(self, row_id: int | None) -> None:
        self.context_changed.emit()


def _one(current: int | None) -> tuple[int, ...]:
    return () if current is None else (current,)
