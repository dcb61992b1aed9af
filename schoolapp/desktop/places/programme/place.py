"""The programme: a day by rooms, or a list; sessions are planned and moved, clashes are shown."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.programme import queries
from schoolapp.desktop.places.programme.calendars.panels import CalendarPanels
from schoolapp.desktop.places.programme.deciding import Deciding
from schoolapp.desktop.places.programme.invitations.pages import InvitationPages
from schoolapp.desktop.places.programme.panels import Panels
from schoolapp.desktop.places.programme.queries import SessionLine
from schoolapp.desktop.places.programme.timetable.day_view import DayView
from schoolapp.desktop.places.programme.views import DAY, LIST, Views
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.domain.scheduling import SessionDraft
from schoolapp.operations.programme import SessionRow
from schoolapp.storage.store import DbSession

MORNING = dt.time(9, 30)


class Programme(TablePlace[SessionLine]):
    """Sessions by day and room, or as a list, with their clashes."""

    key: ClassVar[str] = "programme"
    title: ClassVar[str] = mark("Programme")
    icon: ClassVar[str] = "calendar-days"
    OF_ONE: ClassVar[bool] = True
    WATCHES = frozenset(
        {
            "session", "speaker", "session_group", "interpretation", "interpreter_duty", "room",
            "reading_assignment", "participation", "stay", "blocked_time", "free_day", "module",
            "gathering", "engagement", "invite", "held_reply", "busy_time", "delegation",
        }
    )  # fmt: skip
    SEARCH = mark("Search sessions")
    SORT = "start"
    MACHINE = "session"
    EMPTY = mark("No sessions here. Choose a school or camp, or plan the first session.")
    EMPTY_COMMANDS = ("programme.new",)
    COLUMNS: tuple[Column[SessionLine], ...] = (
        Column.name(lambda row: row.title, mark("Title"), 26, sort="title"),
        Column.moment(lambda row: row.start, mark("When"), 22, sort="start"),
        Column.time(lambda row: row.end, mark("Until"), 6),
        Column.text(lambda row: row.kind, mark("Kind"), 15, sort="kind"),
        Column.text(lambda row: row.room, mark("Room"), 16, sort="room"),
        Column.text(lambda row: row.speakers, mark("Speakers"), 15),
        Column.text(lambda row: row.languages, mark("Languages"), 11),
        Column.state(lambda row: row.state, mark("State"), 13, "session", sort="state"),
        Column.text(lambda row: row.clash, mark("Clash"), 7),
    )

    def build(self) -> None:
        """The timetable and the table, one shown at a time."""
        self._listing = queries.Listing()
        self.around_table = self.views = Views(self.desk.look, self.body)
        self.switch = self.views.switch
        super().build()
        self.timetable = DayView(self.desk.look, self.views)
        self.views.take_view(DAY, self.timetable, self.timetable.grid)
        self.views.take_view(LIST, self._stack, self.table)
        self.body.set_main(self.views)
        self.panels = Panels(self, self)
        self.deciding = Deciding(self, self.timetable, self)
        self.calendars = CalendarPanels(self, self)
        self.invitations = InvitationPages(self, self.views, self)
        self.setAcceptDrops(True)
        self.add_filter(self.timetable.days)
        self.add_filter(self.views.switch)
        self.add_action("programme.new", primary=True)
        self._connect_parts()
        self.views.show_view(DAY)

    @property
    def is_day(self) -> bool:
        """Whether the timetable is shown, not the list."""
        return self.views.is_day

    def source(self) -> Source[SessionLine]:
        """The sessions of the gathering."""
        return Source(self._listing.ids, self._listing.rows)

    def counts(self, session: DbSession, view: View) -> Mapping[str, int]:
        """How many sessions there are in each state."""
        return queries.counts(session, view)

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the programme of a gathering, from today or its first day on."""
        self.timetable.forget()
        super().show_gathering(gathering)
        if self.views.is_page:  # letters and answers belonged to the one before
            self.views.leave_page()
        if gathering is not None:
            self.panels.ask_for_choices(gathering.id)

    def refresh(self) -> None:
        """Ask for the day or for the list."""
        if not self.is_day:
            super().refresh()
        elif self.gathering is not None:
            day, key = self.timetable.day, self.gathering.id
            query = partial(queries.find_day, gathering_id=key, day=day)
            self.desk.tasks.read(self, query, self._day_came)

    def on_changed(self, tables: frozenset[str]) -> None:
        """Ask again; rooms, modules and people may have changed too."""
        if self.gathering is not None and tables & {"room", "module", "gathering", "delegation"}:
            self.panels.ask_for_choices(self.gathering.id)
        self.refresh()
        self.panels.reload()

    def searched(self, text: str) -> None:
        """Search in the list."""
        if text and self.is_day:
            self.views.show_view(LIST)
        super().searched(text)

    def selected_ids(self) -> tuple[int, ...]:
        """The session under the cursor, or the rows chosen in the list."""
        return self.timetable.selected_ids() if self.is_day else super().selected_ids()

    def session_row(self, session_id: int) -> SessionRow | SessionLine | None:
        """A session of the day or of the list, whichever is shown."""
        return self.timetable.row(session_id) if self.is_day else self.table.lazy.row(session_id)

    def focus_target(self) -> QWidget:
        """The view that is shown."""
        return self.views

    def show_row(self, row_id: int, row: SessionLine) -> None:
        """Show a session in the panel."""
        self.panels.open(row_id)

    def open_row(self, row_id: int) -> None:
        """Show a session's day and its panel."""
        self.panels.open(row_id)
        query = partial(queries.place_of, session_id=row_id)
        self.desk.tasks.read(self, query, self.timetable.go_to)

    def close_side(self) -> None:
        """Close what is at the side and go back to the view."""
        held = self.body.side is not None and self.body.side.isAncestorOf(
            self.focusWidget() or self
        )
        super().close_side()
        if held:
            self.views.take_focus()

    def next_clash(self) -> None:
        """Go to the next clash."""
        if not self.is_day:
            self.views.show_view(DAY)
        self.timetable.clash_list.next()

    def new_session(self) -> None:
        """Plan a session on the day shown."""
        if self.gathering is not None:
            day = self.timetable.day or clock.now().date()
            self.panels.new_session(self.gathering.id, dt.datetime.combine(day, MORNING))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept mails and calendars."""
        if self.invitations.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the answers in what was dropped."""
        if self.invitations.dropped(event.mimeData()):
            event.acceptProposedAction()

    def _connect_parts(self) -> None:
        grid = self.timetable.grid
        self.views.switched.connect(self._switched)
        self.timetable.day_wanted.connect(self._day_wanted)
        self.timetable.day_shown.connect(self.context_changed)
        grid.opened.connect(self.panels.open)
        grid.reached.connect(self._reached_on_day)
        grid.move_wanted.connect(self.deciding.move_one)
        grid.search_requested.connect(self.go_to_search)
        self.panels.created.connect(self.open_row)
        self.panels.saved.connect(self._saved)

    def _switched(self) -> None:
        self.timetable.days.setVisible(self.is_day)
        self.chips.setVisible(not self.is_day)
        self.context_changed.emit()
        if self.isVisible():
            self.refresh()

    def _day_wanted(self) -> None:
        if self.is_day:
            self.refresh()

    def _day_came(self, found: queries.Found) -> None:
        if self.gathering is not None:
            self.timetable.show_found(found)

    def _reached_on_day(self, session_id: int | None) -> None:
        self.context_changed.emit()
        if session_id is not None and self.panels.is_open:
            self.panels.open(session_id)

    def _saved(self, stored: SessionDraft | None) -> None:
        if stored is not None and self.panels.panel.key == stored.id:
            self.timetable.expect_nothing()
