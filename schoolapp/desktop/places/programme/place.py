"""The programme: a day by rooms, or a list; sessions are planned, moved, and their clashes told."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.widgets import ChipBar
from schoolapp.desktop.places.programme import panels, queries
from schoolapp.desktop.places.programme.calendars.panels import CalendarPanels
from schoolapp.desktop.places.programme.invitations.pages import InvitationPages
from schoolapp.desktop.places.programme.timetable.clash_list import ClashList
from schoolapp.desktop.places.programme.timetable.day_model import DayModel, make_day
from schoolapp.desktop.places.programme.timetable.days import DayBar
from schoolapp.desktop.places.programme.timetable.grid import DAY, DayGrid
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.domain.scheduling import SessionDraft, day_of
from schoolapp.operations.gatherings import RoomDraft
from schoolapp.operations.programme import Clash, Rearranged

MORNING = dt.time(9, 30)


class Programme(CalendarPanels):
    """Sessions by day and room, or as a list, with their clashes."""

    key: ClassVar[str] = "programme"
    title: ClassVar[str] = mark("Programme")
    icon: ClassVar[str] = "calendar-days"
    OF_ONE: ClassVar[bool] = True
    WATCHES = frozenset(
        {
            "session", "speaker", "session_group", "interpretation", "interpreter_duty", "room",
            "reading_assignment", "participation", "stay", "blocked_time", "free_day", "module",
            "gathering", "engagement", "invite", "held_reply", "busy_time",
        }
    )  # fmt: skip
    SEARCH = mark("Search sessions")
    SORT = "start"
    MACHINE = "session"
    EMPTY = mark("No sessions here. Choose a school or camp, or plan the first session.")
    EMPTY_COMMANDS = ("programme.new",)
    COLUMNS = (
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
        """The timetable and the table, one behind the other."""
        self._listing = queries.Listing()
        self.around_table = self._views = QStackedWidget(self.body)
        super().build()
        look = self.desk.look
        self.model, self.days, self.clash_list = DayModel(), DayBar(look), ClashList(look)
        self.model.setParent(self)
        self.grid = DayGrid(look, self.model)
        self.panels = panels.Panels(self.desk, self)
        self.day: dt.date | None = None
        self._wanted: str | None = None
        page = QFrame()
        page.setProperty("card", True)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.grid, 1)
        whole = QWidget(self._views)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(page, 1)
        rows.addWidget(self.clash_list)
        self._views.addWidget(whole)
        self._views.addWidget(self._stack)
        self.body.set_main(self._views)
        self.invitations = InvitationPages(self.desk, self, self._views)
        self.invitations.closed.connect(self._page_closed)
        self.setAcceptDrops(True)
        self._switch = ChipBar(look)
        self._switch.add("day", _("Day by rooms"))
        self._switch.add("list", _("List"))
        self._switch.chosen.connect(self._show_view)
        self.add_filter(self.days)
        self.add_filter(self._switch)
        self.add_action("programme.new", primary=True)
        self._connect_day()
        self._show_view("day")

    @property
    def is_day(self) -> bool:
        """Whether the timetable is shown, not the list."""
        return self._views.currentIndex() == 0

    def source(self) -> Source:
        """The sessions of the gathering."""
        return Source(self._listing.ids, self._listing.rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        """How many sessions there are in each state."""
        rows = self._listing.all_states(session, view)
        return {"": len(rows), **{state: rows.count(state) for state in set(rows)}}

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the programme of a gathering, from today or its first day on."""
        self.day = None
        self.clash_list.say("")
        super().show_gathering(gathering)
        if self._views.currentIndex() > 1:  # letters and answers were those of the one before
            self._show_view("day" if self._switch_is_day else "list")
        if gathering is not None:
            ask = partial(panels.offered, gathering.id)
            self.desk.tasks.read(self, ask, partial(self.panels.offer, gathering.id))

    def refresh(self) -> None:
        """Ask for the day or for the list."""
        if not self.is_day:
            super().refresh()
        elif self.gathering is not None:
            query = partial(queries.find_day, self.gathering.id, self.day)
            self.desk.tasks.read(self, query, self._day_came)

    def on_changed(self, tables: frozenset[str]) -> None:
        """Ask again; rooms, modules and people may be others too."""
        if self.gathering is not None and tables & {"room", "module", "gathering", "engagement"}:
            ask = partial(panels.offered, self.gathering.id)
            self.desk.tasks.read(self, ask, partial(self.panels.offer, self.gathering.id))
        self.refresh()
        self._reload_panel()

    def searched(self, text: str) -> None:
        """Search in the list."""
        if text and self.is_day:
            self._show_view("list")
        super().searched(text)

    def selected_ids(self) -> tuple[int, ...]:
        """The session where the cursor stands, or the rows chosen in the list."""
        if not self.is_day:
            return super().selected_ids()
        chosen = self.grid.current_id()
        return () if chosen is None else (chosen,)

    def focus_target(self) -> QWidget:
        """The view that is shown."""
        return self._views

    def show_row(self, row_id: int, row: Any) -> None:
        """Show a session in the panel."""
        self.desk.tasks.read(self, partial(panels.details, row_id), self._details_came)

    def open_row(self, row_id: int) -> None:
        """Show a session's day and its panel."""
        self.show_row(row_id, None)
        self.desk.tasks.read(self, partial(queries.place_of, row_id), self._go_to)

    def close_side(self) -> None:
        """Close what is at the side and go back to the view."""
        held = self.body.side is not None and self.body.side.isAncestorOf(
            self.focusWidget() or self
        )
        super().close_side()
        if held:
            self._views.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_view(self) -> None:
        """From day to list and back."""
        self._show_view("list" if self.is_day else "day")
        self._views.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, days: int) -> None:
        """Show another day."""
        self.days.go(days)

    def next_clash(self) -> None:
        """Go to the next clash."""
        if not self.is_day:
            self._show_view("day")
        self.clash_list.next()

    def new_session(self) -> None:
        """Plan a session on the day shown."""
        if self.gathering is None:
            return
        day = self.day or clock.now().date()
        start = dt.datetime.combine(day, MORNING)
        query = partial(queries.new_draft, self.gathering.id, start)
        self.show_side(self.panels.form_panel)
        self.desk.tasks.read(self, query, self.panels.form_panel.open)

    def new_room(self) -> None:
        """Add a room."""
        self.show_side(self.panels.room_panel)
        self.panels.room_panel.open(RoomDraft())

    def move_chosen(self, by: dt.timedelta) -> None:
        """Move the chosen session in time."""
        for session_id in self.selected_ids():
            self._move(session_id, by)

    def step_chosen(self, step: str) -> None:
        """Confirm or publish the chosen session."""
        titles = {
            "confirm": _("Confirm {title}"),
            "publish": _("Publish {title}"),
        }
        self._change(titles[step], partial(queries.step, step))

    def cancel_chosen(self) -> None:
        """Cancel the chosen session."""
        self._change(_("Cancel {title}"), queries.cancel)

    def bring_back_chosen(self) -> None:
        """Plan a cancelled session again."""
        self._change(_("Bring back {title}"), queries.bring_back)

    def remove_chosen(self) -> None:
        """Remove a session that nobody knows of."""
        self._change(_("Remove {title}"), queries.remove)

    def send_invitations(self) -> None:
        """Show who must be told what."""
        if self.gathering is not None:
            self.invitations.send(self.gathering)

    def remind_chosen(self) -> None:
        """Remind those who did not answer for the chosen session."""
        self._change(_("Remind who did not answer for {title}"), queries.remind)

    def show_answers(self) -> None:
        """Show the answers that wait for a look."""
        self.invitations.show_answers()

    def choose_answers(self) -> None:
        """Choose mails or calendars with answers."""
        self.invitations.choose()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take mails and calendars."""
        if self.invitations.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the answers in what was dropped."""
        if self.invitations.dropped(event.mimeData()):
            event.acceptProposedAction()

    def _page_closed(self) -> None:
        self._show_view("day" if self._switch_is_day else "list")
        self._views.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect_day(self) -> None:
        self.days.chosen.connect(self._show_day)
        self.grid.opened.connect(self._open_from_day)
        self.grid.reached.connect(self._reached_on_day)
        self.grid.move_wanted.connect(self._move)
        self.grid.search_requested.connect(self.go_to_search)
        self.clash_list.wanted.connect(self._go_to_clash)
        self.panels.created.connect(self.open_row)
        self.panels.saved.connect(self._saved)

    def _show_view(self, key: str) -> None:
        self._views.setCurrentIndex(0 if key == "day" else 1)
        self._switch.choose(key)
        self._switch_is_day = key == "day"
        self._views.setFocusProxy(self.grid if key == "day" else self.table)
        self.days.setVisible(key == "day")
        self.chips.setVisible(key == "list")
        self.context_changed.emit()
        if self.isVisible():
            self.refresh()

    def _show_day(self, day: dt.date) -> None:
        self.day = day
        self.clash_list.say("")
        self.refresh()

    def _day_came(self, found: queries.Found) -> None:
        if self.gathering is None:
            return
        chosen = self.grid.current_id()
        sentences: dict[str, tuple[str, ...]] = {}
        for clash in found.clashes:
            for uid in () if clash.is_hint else clash.uids:
                sentences[uid] = (*sentences.get(uid, ()), clash.sentence)
        self.day = found.programme.day
        self.days.show_days(found.programme.days, self.day)
        self.model.show(make_day(found.programme, sentences))
        self.clash_list.show_clashes(found.clashes)
        self._reach(chosen)

    def _reach(self, chosen: int | None) -> None:
        day = self.model.day
        wanted, self._wanted = self._wanted, None
        panels = day.cards if day else ()
        found = next((one.row.id for one in panels if one.row.uid == wanted), chosen)
        if panels and (found is None or not self.grid.select_id(found)):
            self.grid.select_id(panels[0].row.id)
        self.context_changed.emit()

    def _go_to_clash(self, clash: Clash) -> None:
        self._go_to((day_of(clash.start), clash.uids[0]))

    def _go_to(self, place: tuple[dt.date, str]) -> None:
        self.day, self._wanted = place
        if self.is_day:
            self.refresh()

    def _open_from_day(self, session_id: int) -> None:
        self.show_row(session_id, None)

    def _reached_on_day(self, session_id: int | None) -> None:
        self.context_changed.emit()
        if session_id is not None and self.body.side and self.body.side is self.panels.panel:
            self.show_row(session_id, None)

    def _details_came(self, found: panels.Details) -> None:
        entering = self.body.side is not self.panels.panel
        self.show_side(self.panels.panel)
        self.panels.show(found)
        if entering and self.isAncestorOf(self.focusWidget() or self):
            self.panels.edit_form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _reload_panel(self) -> None:
        if self.body.side is None:
            return
        key = self.panels.panel.key
        if self.body.side is self.panels.panel and key is not None:
            self.desk.tasks.read(self, partial(queries.details_if_there, key), self._details_again)

    def _details_again(self, found: panels.Details | None) -> None:
        if found is None:
            self.close_side()
        elif self.body.side is self.panels.panel and self.panels.panel.key == found.draft.id:
            self.panels.show(found)

    def _saved(self, stored: SessionDraft | None) -> None:
        if stored is not None and self.panels.panel.key == stored.id:
            self._wanted = None

    def _move(self, session_id: int, by: dt.timedelta) -> None:
        row = self._row(session_id)
        if row is None:
            return
        start = row.start + by
        title = _("Move {title} to {time}").format(title=row.title, time=formats.moment(start))
        operation = partial(queries.put, session_id, start)
        if abs(by) >= DAY and self.is_day:
            self.day, self._wanted = day_of(start), row.uid
        self.desk.tasks.change(self, title, operation, self._moved)

    def _moved(self, done: Rearranged) -> None:
        self.clash_list.say(" ".join(done.warnings))

    def _change(self, title: str, operation: Any) -> None:
        for session_id in self.selected_ids():
            row = self._row(session_id)
            name = row.title if row else ""
            self.desk.tasks.change(self, title.format(title=name), partial(operation, session_id))

    def _row(self, session_id: int) -> Any:
        if not self.is_day:
            return self.table.lazy.row(session_id)
        at = self.model.position(session_id)
        found = None if at is None else self.model.card(at)
        return found.row if found else None
