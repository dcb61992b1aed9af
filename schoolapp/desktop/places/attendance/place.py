"""The place of attendance: sessions with their registers, the roll, and a box for a few letters."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.desktop.commands import Command, Menu, Scope, in_gathering, some_selected
from schoolapp.desktop.desk import Gathering
from schoolapp.desktop.look import Heading, Words
from schoolapp.desktop.place import Place
from schoolapp.desktop.places.attendance import queries
from schoolapp.desktop.places.attendance.answer import Answer
from schoolapp.desktop.places.attendance.export import ExportSheet, Wish
from schoolapp.desktop.states import state_look
from schoolapp.desktop.tables import Column, Kind, Source, Table
from schoolapp.desktop.widgets import BriefLine
from schoolapp.language import _, isolate, ltr, mark

SESSIONS = (
    Column("when", mark("When"), 15),
    Column("status", mark("Register"), 9),
    Column("title", mark("Session"), 14),
)
PEOPLE = (
    Column("name", mark("Name"), 22, Kind.NAME),
    Column("status", mark("Mark"), 12, Kind.STATE, machine="attendance"),
    Column("times", mark("There"), 11, Kind.CODE),
    Column("minutes", mark("Minutes"), 4, Kind.NUMBER),
    Column("group", mark("Group"), 8, sparse=True),
)
TITLES = {
    "present": mark("Mark {name} present"),
    "late": mark("Mark {name} late"),
    "left_early": mark("Note that {name} left early"),
    "excused": mark("Excuse {name}"),
    "absent": mark("Mark {name} absent"),
}
TITLES_MANY = {
    "present": mark("Mark {count} people present"),
    "late": mark("Mark {count} people late"),
    "left_early": mark("Note that {count} people left early"),
    "excused": mark("Excuse {count} people"),
    "absent": mark("Mark {count} people absent"),
}


class RollPane(QWidget):
    """The roll of one session: its name, the box, the answer, the table."""

    def __init__(self, place: "Attendance") -> None:
        super().__init__()
        desk = place.desk
        self.title, self.state = Heading(wrap=True), Words(quiet=True, wrap=True)
        self.box, self.answer = BriefLine(), Answer(desk.look)
        self.box.setObjectName("type_ahead")
        self.box.setPlaceholderText(_("Two or three letters, then Enter marks present"))
        self.box.setAccessibleName(_("Mark present by name"))
        source = Source(queries.none, queries.nothing)
        self.table = Table(desk.tasks, desk.look, PEOPLE, source, _("Roll"))
        self.table.setObjectName("roll")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.state)
        layout.addWidget(self.box)
        layout.addWidget(self.answer)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.box)


class Attendance(Place):
    """Opens on the session that runs; everything can be done by a few keys."""

    key: ClassVar[str] = "attendance"
    title: ClassVar[str] = mark("Attendance")
    icon: ClassVar[str] = "clipboard-check"
    WATCHES = frozenset(
        {"attendance_mark", "session", "participation", "stay", "module_attended", "person"}
    )

    def build(self) -> None:
        """The list of sessions, the roll, and the sheet of the export."""
        desk = self.desk
        self.chips.hide()
        self.sessions: Sequence[Any] = ()
        self.lines: list[queries.PersonLine] = []
        self.chosen: int | None = None
        self._tz = "UTC"
        self._wanted: int | None = None
        source = Source(queries.none, queries.nothing)
        self.list = Table(desk.tasks, desk.look, SESSIONS, source, _("Sessions"))
        self.list.setObjectName("sessions")
        self.list.current_changed.connect(self._session_reached)
        self.pane = RollPane(self)
        self.pane.box.textChanged.connect(self._typed)
        self.pane.box.returnPressed.connect(self._entered)
        self.pane.box.installEventFilter(self)
        self.pane.table.opened.connect(self._toggle_one)
        self.pane.table.selection_changed.connect(self.context_changed)
        main, layout = QWidget(), QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.list, 2)
        layout.addWidget(self.pane, 3)
        main.setLayout(layout)
        self.body.set_main(main)
        self.sheet = ExportSheet(desk)
        self.sheet.closed.connect(self._close_sheet)
        self.sheet.created.connect(self._choose_file)
        self.add_action("attendance.lost")
        self.add_action("attendance.all_present")
        self.add_action("attendance.export", primary=True)

    def refresh(self) -> None:
        """Ask for the sessions, and for the roll of the one that is open."""
        if self.gathering is None:
            self._show_sessions(())
            return
        query = partial(queries.sessions_of, self.gathering.id)
        self.desk.tasks.read(self, query, self._show_sessions)

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
        return self.pane

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the box to the roll, Escape empties the box."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self._enter_roll()
                return True
            if event.key() == Qt.Key.Key_Escape and self.pane.box.text():
                self.pane.box.clear()
                return True
        return False

    def _enter_roll(self) -> None:
        """Move the focus to the roll, on a person that the next key can mark."""
        table = self.pane.table
        table.setFocus(Qt.FocusReason.TabFocusReason)
        if not table.selected_ids() and (row_id := table.current_id()) is not None:
            table.select_id(row_id)

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

    def lose(self) -> None:
        """Say that the register is lost, or that it was found."""
        one = self._open_session()
        if one is None:
            return
        lost = one.register.value != "lost"
        sentence = (
            mark("Note that the register of {session} is lost")
            if lost
            else mark("Note that the register of {session} was found")
        )
        title = _(sentence).format(session=isolate(one.title))
        self.desk.tasks.change(self, title, partial(queries.mark_lost, one.id, lost))

    def export(self) -> None:
        """Choose shape and format of the report."""
        self.body.show_side(self.sheet)
        self.sheet.open(Wish())

    def next_session(self) -> None:
        """Open the next register."""
        self._step(1)

    def previous_session(self) -> None:
        """Open the register before."""
        self._step(-1)

    def save(self, wish: Wish, path: str) -> None:
        """Write the report into a file."""
        if self.gathering is not None:
            query = partial(queries.report_of, self.gathering.id, wish.by)
            self.desk.tasks.read(self, query, partial(self._write, wish, Path(path)))

    def _step(self, step: int) -> None:
        at = self.list.currentIndex().row() + step
        if 0 <= at < self.list.lazy.rowCount():
            self.list.selectRow(at)

    def _open_session(self) -> Any:
        return next((one for one in self.sessions if one.id == self.chosen), None)

    def _note(self, people: Sequence[int], status: str) -> None:
        one = self._open_session()
        if one is None or not people:
            return
        at = queries.moment_inside(one) if status in ("late", "left_early") else None
        names = {line.id: line.name for line in self.lines}
        if len(people) == 1:
            title = _(TITLES[status]).format(name=isolate(names[people[0]]))
        else:
            title = _(TITLES_MANY[status]).format(count=len(people))
        work = partial(queries.mark, one.id, tuple(people), status, at)
        said = partial(self._noted, names[people[0]], status) if len(people) == 1 else None
        self.desk.tasks.change(self, title, work, said)

    def _noted(self, name: str, status: str, count: int) -> None:
        self.pane.answer.say(name, status)

    def _toggle_one(self, row_id: int) -> None:
        status = next((line.status for line in self.lines if line.id == row_id), None)
        self._note([row_id], "absent" if status == "present" else "present")

    def _show_sessions(self, sessions: Sequence[Any]) -> None:
        self.sessions = sessions
        lines = {one.id: queries.session_line(one) for one in sessions}
        self.list.lazy.fill(list(lines), lines)
        self.list.lazy.rows_landed.emit(list(lines.values()))
        known = self.chosen if self.chosen in lines else None
        first = queries.opened_first(sessions) if known is None else None
        wanted = self._wanted if self._wanted in lines else known or (first and first.id)
        self._wanted = None
        if wanted is None:
            self._show_roll(None)
        elif not self.list.select_id(wanted) or wanted == self.chosen:
            self._ask_roll(wanted)

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
        self.lines = []
        if roll is None:
            self.pane.title.setText(_("No session is open"))
            self.pane.state.clear()
        else:
            self._tz = roll.session.tz
            self.pane.title.setText(roll.session.title)
            self.pane.state.setText(_described(roll.session))
            self.lines = [queries.person_line(row, self._tz) for row in roll.rows]
        kept = roll is not None and roll.session.register.value not in ("not_kept", "lost")
        self.pane.box.setEnabled(kept)
        self._show_lines()

    def _show_lines(self) -> None:
        typed = self.pane.box.text().strip()
        shown = queries.found(self.lines, typed) if typed else self.lines
        rows = {line.id: line for line in shown}
        table = self.pane.table
        table.lazy.fill(list(rows), rows)
        table.lazy.rows_landed.emit(list(rows.values()))
        if typed and rows:
            table.selectRow(0)
        self.context_changed.emit()

    def _typed(self, text: str) -> None:
        self._show_lines()

    def _entered(self) -> None:
        typed = self.pane.box.text().strip()
        hits = queries.found(self.lines, typed) if typed else []
        if hits:
            self._note([hits[0].id], "present")
        elif typed:
            self.pane.answer.say_nobody(typed)
        self.pane.box.clear()

    def _close_sheet(self) -> None:
        self.body.show_side(None)
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_file(self, wish: Wish) -> None:
        dialog = QFileDialog(self, _("Export attendance"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(wish.form)
        dialog.selectFile(f"attendance-{wish.by}.{wish.form}")
        dialog.fileSelected.connect(partial(self.save, wish))
        dialog.open()

    def _write(self, wish: Wish, path: Path, report: Any) -> None:
        work = partial(queries.write_report, report, wish.form, path)
        self.desk.tasks.work(self, work, self._written)

    def _written(self, path: Path) -> None:
        self.desk.say(_("The report is in {file}").format(file=ltr(path.name)))

    COMMANDS = (
        Command(
            "attendance.export", mark("Export…"), export,
            mark("Write the attendance report as a sheet or a PDF."),
            Menu.FILE, "Ctrl+E", icon="download", enabled=in_gathering,
        ),
        Command(
            "attendance.all_present", mark("All present"), all_present,
            mark("Mark everybody present of whom nothing is known yet."),
            Menu.PLACE, "Ctrl+Shift+A", icon="users", enabled=in_gathering,
        ),
        Command(
            "attendance.lost", mark("Register lost"), lose,
            mark("Say that this register is lost, which is not absent; again when it is found."),
            Menu.PLACE, "Ctrl+Shift+L", icon="file-text", enabled=in_gathering,
        ),
        Command(
            "attendance.toggle", mark("Present or absent"), toggle,
            mark("Present becomes absent, everything else present."),
            Menu.PLACE, "Space", Scope.LIST, "check", some_selected,
        ),
        Command(
            "attendance.present", mark("Present"), partial(note, status="present"),
            mark("Mark the selected people present."),
            Menu.PLACE, "P", Scope.LIST, "circle-check", some_selected,
        ),
        Command(
            "attendance.late", mark("Late"), partial(note, status="late"),
            mark("Mark the selected people late; they came now if the session runs."),
            Menu.PLACE, "L", Scope.LIST, "clock", some_selected,
        ),
        Command(
            "attendance.left_early", mark("Left early"), partial(note, status="left_early"),
            mark("Note that the selected people left; they left now if the session runs."),
            Menu.PLACE, "E", Scope.LIST, "log-out", some_selected,
        ),
        Command(
            "attendance.excused", mark("Excused"), partial(note, status="excused"),
            mark("Note that the selected people are excused."),
            Menu.PLACE, "X", Scope.LIST, "info", some_selected,
        ),
        Command(
            "attendance.absent", mark("Absent"), partial(note, status="absent"),
            mark("Mark the selected people absent."),
            Menu.PLACE, "A", Scope.LIST, "circle-x", some_selected,
        ),
        Command(
            "attendance.next", mark("Next session"), next_session,
            mark("Open the next register."), Menu.PLACE, "Alt+Down", icon="chevron-down",
        ),
        Command(
            "attendance.previous", mark("Previous session"), previous_session,
            mark("Open the register before."), Menu.PLACE, "Alt+Up", icon="chevron-up",
        ),
    )  # fmt: skip


def _described(one: Any) -> str:
    """When, where, and how far the register is."""
    from schoolapp.desktop import formats

    said = [formats.date(one.start, weekday=True), formats.span(one.start, one.end)]
    if one.room:
        said.append(isolate(one.room))
    said.append(
        state_look("attendance", "no_register").text
        if one.register.value == "lost"
        else queries.register_words(one)
    )
    return " · ".join(said)
