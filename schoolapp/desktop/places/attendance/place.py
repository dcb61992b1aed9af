"""The place of attendance: sessions with their registers, the roll, and a box for a few letters."""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.places.attendance import queries
from schoolapp.desktop.places.attendance.arrivals.page import ArrivalPage
from schoolapp.desktop.places.attendance.certificates import CertificatePage
from schoolapp.desktop.places.attendance.heat import HeatPage
from schoolapp.desktop.places.attendance.register.open_register import OpenRegister
from schoolapp.desktop.places.attendance.register.roll_pane import RollPane, described
from schoolapp.desktop.places.attendance.reports.page import Exports
from schoolapp.desktop.tables import HANDED, Column, Table

SESSIONS = (
    Column.text(lambda row: row.when, mark("When"), 16),
    Column.text(lambda row: row.title, mark("Session"), 14),
    Column.text(lambda row: row.status, mark("Register"), 9),
)
TITLES = {
    "present": mark("Mark {name} present"),
    "late": mark("Mark {name} late"),
    "left_early": mark("Note that {name} left early"),
    "excused": mark("Excuse {name}"),
    "absent": mark("Mark {name} absent"),
    "online": mark("Mark {name} present online"),
    "not_applicable": mark("Note that this session is not for {name}"),
}
TITLES_MANY = {
    "present": mark("Mark {count} people present"),
    "late": mark("Mark {count} people late"),
    "left_early": mark("Note that {count} people left early"),
    "excused": mark("Excuse {count} people"),
    "absent": mark("Mark {count} people absent"),
    "online": mark("Mark {count} people present online"),
    "not_applicable": mark("Note that this session is not for {count} people"),
}


TWO_PANES = 120  # characters that sessions and roll want beside a panel, else it lies over them
MARKS = frozenset({"attendance_mark", "scan", "register_change"})
"""The tables that marking changes: they alone renew the marks, not the whole roll."""


class Attendance(Place):
    """Opens on the session that runs; everything can be done by a few keys."""

    key: ClassVar[str] = "attendance"
    title: ClassVar[str] = mark("Attendance")
    icon: ClassVar[str] = "clipboard-check"
    OF_ONE: ClassVar[bool] = True
    WATCHES = MARKS | {
        *("session", "register", "participation", "stay", "module_attended", "person"),
        *("arrival", "arrival_item", "arrival_check", "payment", "certificate"),
    }

    def build(self) -> None:
        """The list of sessions and the roll; other views and sheets wait until they are wanted."""
        desk = self.desk
        self.chips.add("", _("Roll call"))
        self.chips.add("arrivals", _("Arrival desk"))
        self.chips.add("heat", _("Heat map"))
        self.chips.add("certificates", _("Certificates"))
        self.chips.chosen.connect(self.view)
        self.shown = ""
        self.sessions: Sequence[Any] = ()
        self._session_lines: dict[int, queries.SessionLine] = {}
        self.rows: dict[int, Any] = {}
        self.chosen: int | None = None
        self._answered: tuple[int, str] | None = None
        self._tz = "UTC"
        self._wanted: int | None = None
        self.list = Table(desk.tasks, desk.look, SESSIONS, HANDED, _("Sessions"))
        self.list.setObjectName("sessions")
        self.list.current_changed.connect(self._session_reached)
        self.pane = RollPane(self)
        self.pane.entered.connect(self._entered)
        self.pane.table.opened.connect(self._toggle_one)
        self.pane.table.selection_changed.connect(self.context_changed)
        main, layout = QWidget(), QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.list, 2)
        layout.addWidget(self.pane, 3)
        main.setLayout(layout)
        self.views = QStackedWidget()
        self.roll_view = main
        self.views.addWidget(main)
        self.body.set_main(self.views)
        self.body.main_characters = TWO_PANES
        self._of_roll = [self.add_action(f"attendance.{one}") for one in ("close", "all_present")]
        self.add_action("attendance.export", primary=True)

    @cached_property
    def exports(self) -> Exports:
        """The gallery of reports and papers, made when it is first wanted."""
        made = Exports(self)
        made.form_panel.closed.connect(self.close_side)
        return made

    @cached_property
    def heat(self) -> HeatPage:
        """The heat map, made when it is first wanted."""
        made = HeatPage(self.desk)
        self.views.addWidget(made)
        return made

    @cached_property
    def arrivals(self) -> ArrivalPage:
        """The arrival desk, made when it is first wanted."""
        made = ArrivalPage(self)
        self.views.addWidget(made)
        return made

    @cached_property
    def certificates(self) -> CertificatePage:
        """Who has earned a certificate, made when it is first wanted."""
        made = CertificatePage(self)
        self.views.addWidget(made)
        return made

    @cached_property
    def register(self) -> OpenRegister:
        """What can be done with the register that is open as a whole."""
        return OpenRegister(self)

    @property
    def lines(self) -> list[queries.PersonLine]:
        """Everybody on the roll, whatever letters are typed."""
        return self.pane.lines

    def refresh(self) -> None:
        """Ask for the sessions, and for the roll of the one that is open."""
        if self.gathering is None:
            self._show_sessions(())
            return
        if self.shown:
            self.page().refresh(self.gathering.id)
            return
        query = partial(queries.sessions_of, self.gathering.id)
        self.desk.tasks.read(self, query, self._show_sessions)

    def on_changed(self, tables: frozenset[str]) -> None:
        """Renew the marks alone where nothing else changed: scans come one after another."""
        if self.shown or self.chosen is None or tables & self.WATCHES - MARKS:
            self.refresh()
            return
        assert self.gathering is not None, "a roll is open"
        query = partial(queries.news_of, self.chosen, self.gathering.id)
        self.desk.tasks.read(self, query, partial(self._show_news, self.chosen))

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Take the registers of another gathering."""
        self.chosen = None
        super().show_gathering(gathering)

    def open_row(self, row_id: int) -> None:
        """Open the register of a session."""
        self._wanted = row_id
        if self.list.select_id(row_id):
            self._wanted = None

    def selected_ids(self) -> tuple[int, ...]:
        """The people who are selected on the roll."""
        return self.pane.table.selected_ids()

    def focus_target(self) -> QWidget:
        """The pane of the roll; its box has the focus first."""
        return self.page() if self.shown else self.pane

    def page(self) -> HeatPage | ArrivalPage | CertificatePage:
        """The view that is shown instead of the roll."""
        if self.shown == "certificates":
            return self.certificates
        return self.heat if self.shown == "heat" else self.arrivals

    def view(self, key: str) -> None:
        """Show the roll (no key), the arrival desk, the heat map or the certificates."""
        self.shown = key
        self.chips.choose(key)
        self.body.show_side(None)
        for action in self._of_roll:
            action.setVisible(not key)
        self.views.setCurrentWidget(self.page() if key else self.roll_view)
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def note(self, status: str) -> None:
        """Note a status for the selected people."""
        self._note(self.selected_ids(), status)

    def toggle(self) -> None:
        """Present becomes absent, everything else present."""
        for row_id in self.selected_ids()[:1]:
            self._toggle_one(row_id)

    def all_present(self) -> None:
        """Mark everybody present of whom nothing is known; exceptions follow."""
        self._note([line.id for line in self.lines if line.status is None], "present")

    def turn_round(self) -> None:
        """Let badges mean the other direction."""
        self.pane.turn("entry" if self.pane.kind == "exit" else "exit")

    def export(self) -> None:
        """Choose a report or a paper; Enter takes the last one again."""
        self.body.show_side(self.exports.form_panel)
        self.exports.open()

    def next_session(self) -> None:
        """Open the next register."""
        self._step(1)

    def previous_session(self) -> None:
        """Open the register before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        at = self.list.currentIndex().row() + step
        if 0 <= at < self.list.lazy.rowCount():
            self.list.selectRow(at)

    def open_session(self) -> Any:
        """The session whose roll is open; none while another view is shown."""
        if self.shown:
            return None
        return next((one for one in self.sessions if one.id == self.chosen), None)

    def close_side(self) -> None:
        """Go back from what stands beside the roll."""
        self.body.show_side(None)
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self, people: Sequence[int], status: str) -> None:
        one = self.open_session()
        if one is None or not people:
            return
        at = queries.moment_inside(one) if status in ("late", "left_early") else None
        name = self.rows[people[0]].name
        if len(people) == 1:
            title = _(TITLES[status]).format(name=isolate(name))
        else:
            title = _(TITLES_MANY[status]).format(count=len(people))
        work = partial(queries.mark, one.id, tuple(people), status, at)
        said = partial(self._noted, people[0], name, status) if len(people) == 1 else None
        self.register.change(title, work, said)

    def _noted(self, key: int, name: str, status: str, count: int) -> None:
        self._answered = (key, "present" if status == queries.ONLINE else status)
        self.pane.answer.say(name, status)

    def _scan(self, one: Any, code: str) -> None:
        title = _("Read a badge at {session}").format(session=isolate(one.title))
        self.register.change(
            title, partial(queries.scan, one.id, code, self.pane.kind), self._scanned
        )

    def _scanned(self, scanned: Any) -> None:
        self._answered = (scanned.participation_id, scanned.status.value)
        self.pane.answer.say_scanned(scanned)

    def _toggle_one(self, row_id: int) -> None:
        status = self.rows[row_id].status
        self._note([row_id], "absent" if status == "present" else "present")

    def _show_sessions(self, sessions: Sequence[Any]) -> None:
        self.sessions = sessions
        self._list_sessions()
        ids = {one.id for one in sessions}
        known = self.chosen if self.chosen in ids else None
        first = queries.opened_first(sessions) if known is None else None
        wanted = self._wanted if self._wanted in ids else known or (first and first.id)
        self._wanted = None
        if wanted is None:
            self._show_roll(None)
        elif not self.list.select_id(wanted) or wanted == self.chosen:
            self._ask_roll(wanted)

    def _list_sessions(self) -> None:
        self._session_lines = {one.id: queries.session_line(one) for one in self.sessions}
        self.list.lazy.hand(self._session_lines)

    def _session_reached(self, row_id: int | None) -> None:
        if row_id is not None and row_id != self.chosen:
            self.pane.answer.hide()
            self.pane.box.clear()
            self._ask_roll(row_id)

    def _ask_roll(self, session_id: int) -> None:
        self.chosen = session_id
        query = partial(queries.roll_of, session_id)
        self.desk.tasks.read(self, query, self._show_roll, self._roll_gone)

    def _roll_gone(self, trouble: BaseException) -> None:
        self._show_roll(None)

    def _show_roll(self, roll: Any) -> None:
        if roll is not None and roll.session.id != self.chosen:
            return
        if roll is None:
            self.rows = {}
            self.pane.show_roll(_("No session is open"), "", [])
        else:
            self._tz = roll.session.tz
            self.rows = {row.id: row for row in roll.rows}
            lines = [queries.person_line(row, self._tz) for row in roll.rows]
            self.pane.show_roll(roll.session.title, _described(roll.session), lines)
        kept = roll is not None and roll.session.register.value not in ("not_kept", "lost")
        self.pane.box.setEnabled(kept)
        self._forget_answer()
        self.context_changed.emit()

    def _show_news(self, session_id: int, news: Any) -> None:
        """Bring the marks of the roll up to date, line by line."""
        if session_id != self.chosen:
            return
        if news.marks.keys() - self.rows.keys():  # somebody came who was not expected
            self.refresh()
            return
        changed = {
            row.id: new for row in self.rows.values() if (new := news.brought(row)) is not row
        }
        self.rows |= changed
        self.pane.lines = [
            queries.person_line(changed[line.id], self._tz) if line.id in changed else line
            for line in self.lines
        ]
        self.pane.show_lines()
        self._forget_answer()
        self._show_counts(news.counts)
        self.context_changed.emit()

    def _show_counts(self, counts: dict[int, int]) -> None:
        brought = tuple(queries.counted(one, counts.get(one.id, 0)) for one in self.sessions)
        pairs = zip(brought, self.sessions, strict=True)
        changed = {new.id: queries.session_line(new) for new, old in pairs if new is not old}
        if changed:
            self.sessions = brought
            self._session_lines |= changed
            self.list.lazy.hand(self._session_lines)
            self.pane.state.setText(_described(self.open_session()))

    def _forget_answer(self) -> None:
        """Take the answer away once its mark was undone or changed."""
        if self._answered is not None:
            key, status = self._answered
            row = self.rows.get(key)
            if row is not None and row.status != status:
                self._answered = None
                self.pane.answer.hide()

    def _entered(self, typed: str) -> None:
        one = self.open_session()
        if one is not None and queries.is_code(typed):
            self._scan(one, typed)
            return
        hits = queries.found(self.lines, typed)
        if hits:
            self._note([hits[0].id], "present")
        else:
            self.pane.answer.say_nobody(typed)


def _described(one: Any) -> str:
    return described(one, queries.register_words)
