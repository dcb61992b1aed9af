"""The roll call: sessions with their registers, the roll of one, and a box for a few letters."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _, isolate
from schoolapp.desktop.kit.host import ClosingHost
from schoolapp.desktop.places.attendance.finding import found, is_code
from schoolapp.desktop.places.attendance.register import marks
from schoolapp.desktop.places.attendance.register.lines import (
    SESSIONS,
    PersonLine,
    SessionLine,
    counted,
    described,
    person_line,
    session_line,
)
from schoolapp.desktop.places.attendance.register.marks import Mark
from schoolapp.desktop.places.attendance.register.open_register import OpenRegister
from schoolapp.desktop.places.attendance.register.roll_pane import RollPane
from schoolapp.desktop.tables import HANDED, Table
from schoolapp.domain.attendance import AttendanceState
from schoolapp.operations.attendance import (
    RegisterSession,
    RegisterState,
    Roll,
    RollNews,
    RollRow,
    Scanned,
    mark,
    register_sessions,
    roll,
    roll_news,
    scan_badge,
    session_at,
)


class RollHost(ClosingHost, Protocol):
    """What the roll call needs from the place."""

    def command_button(self, command_id: str) -> QPushButton:
        """A button for a command."""


class RollCall(QWidget):
    """Opens on the session that runs; ``changed`` when other people can be marked."""

    changed = Signal()

    def __init__(self, host: RollHost) -> None:
        super().__init__()
        self._host, self._desk = host, host.desk
        self.sessions: Sequence[RegisterSession] = ()
        self._session_lines: dict[int, SessionLine] = {}
        self.rows: dict[int, RollRow] = {}
        self.chosen: int | None = None
        self._answered: tuple[int, AttendanceState] | None = None
        self._tz = "UTC"
        self._wanted: int | None = None
        self.list = Table(self._desk.tasks, self._desk.look, SESSIONS, HANDED, _("Sessions"))
        self.list.setObjectName("sessions")
        self.list.current_changed.connect(self._session_reached)
        self.pane = RollPane(self._desk, host.command_button)
        self.pane.entered.connect(self._entered)
        self.pane.table.opened.connect(self._toggle_one)
        self.pane.table.selection_changed.connect(self.changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.list, 2)
        layout.addWidget(self.pane, 3)

    @cached_property
    def register(self) -> OpenRegister:
        """What can be done with the register that is open as a whole."""
        return OpenRegister(self._host, self)

    @property
    def lines(self) -> list[PersonLine]:
        """Everybody on the roll, whatever letters are typed."""
        return self.pane.lines

    def refresh(self, gathering_id: int) -> None:
        """Ask for the sessions, and for the roll of the one that is open."""
        query = partial(register_sessions, gathering_id=gathering_id)
        self._desk.tasks.read(self, query, self.show_sessions)

    def show_sessions(self, sessions: Sequence[RegisterSession]) -> None:
        """List sessions and open one: the one wanted, the one before, or the one that runs."""
        self.sessions = sessions
        self._list_sessions()
        ids = {one.id for one in sessions}
        wanted = next((one for one in (self._wanted, self.chosen) if one in ids), None)
        if wanted is None and (first := session_at(sessions, clock.now())) is not None:
            wanted = first.id
        self._wanted = None
        if wanted is None:
            self._show_roll(None)
        elif not self.list.select_id(wanted) or wanted == self.chosen:
            self._ask_roll(wanted)

    def renew_marks(self, gathering_id: int) -> None:
        """Ask for the marks alone, where nothing else changed."""
        if self.chosen is None:
            self.refresh(gathering_id)
            return
        query = partial(roll_news, session_id=self.chosen, gathering_id=gathering_id)
        self._desk.tasks.read(self, query, partial(self._show_news, self.chosen))

    def forget(self) -> None:
        """Another gathering is shown: open the session that is running."""
        self.chosen = None

    def open_row(self, row_id: int) -> None:
        """Open the register of a session."""
        self._wanted = row_id
        if self.list.select_id(row_id):
            self._wanted = None

    def open_session(self) -> RegisterSession | None:
        """The session whose roll is open; none while another view is shown."""
        if self.isHidden():
            return None
        return next((one for one in self.sessions if one.id == self.chosen), None)

    def selected_ids(self) -> tuple[int, ...]:
        """The people who are selected on the roll."""
        return self.pane.table.selected_ids()

    def selected_person(self) -> RollRow | None:
        """The first of the people who are selected."""
        return next((self.rows[row_id] for row_id in self.selected_ids()), None)

    def note(self, wanted: Mark) -> None:
        """Mark the selected people."""
        self._note(self.selected_ids(), wanted)

    def toggle(self) -> None:
        """Present becomes absent, everything else present."""
        for row_id in self.selected_ids()[:1]:
            self._toggle_one(row_id)

    def all_present(self) -> None:
        """Mark everybody without a mark as present; exceptions follow."""
        self._note([line.id for line in self.lines if line.status is None], marks.PRESENT)

    def next_session(self) -> None:
        """Open the next register."""
        self._step(1)

    def previous_session(self) -> None:
        """Open the register before."""
        self._step(-1)

    def say_trouble(self, sentence: str) -> None:
        """Say why nothing was noted."""
        self.pane.answer.say_trouble(sentence)

    def _step(self, step: int) -> None:
        at = self.list.currentIndex().row() + step
        if 0 <= at < self.list.lazy.rowCount():
            self.list.selectRow(at)

    def _note(self, people: Sequence[int], wanted: Mark) -> None:
        one = self.open_session()
        if one is None or not people:
            return
        name = self.rows[people[0]].name
        work = partial(
            mark,
            session_id=one.id,
            participation_ids=tuple(people),
            status=wanted.status,
            at=_now_inside(one) if wanted.is_timed else None,
            method=wanted.method,
        )
        said = partial(self._noted, people[0], name, wanted) if len(people) == 1 else None
        self.register.change(wanted.title(name, len(people)), work, said)

    def _noted(self, key: int, name: str, noted: Mark, count: int) -> None:
        self._answered = (key, noted.status)
        self.pane.answer.say(name, noted)

    def _scan(self, one: RegisterSession, code: str) -> None:
        title = _("Read a badge at {session}").format(session=isolate(one.title))
        work = partial(scan_badge, session_id=one.id, code=code, kind=self.pane.kind)
        self.register.change(title, work, self._scanned)

    def _scanned(self, scanned: Scanned) -> None:
        self._answered = (scanned.participation_id, scanned.status)
        self.pane.answer.say_scanned(scanned)

    def _toggle_one(self, row_id: int) -> None:
        present = self.rows[row_id].status is AttendanceState.PRESENT
        self._note([row_id], marks.ABSENT if present else marks.PRESENT)

    def _list_sessions(self) -> None:
        self._session_lines = {one.id: session_line(one) for one in self.sessions}
        self.list.lazy.hand(self._session_lines)

    def _session_reached(self, row_id: int | None) -> None:
        if row_id is not None and row_id != self.chosen:
            self.pane.answer.hide()
            self.pane.box.clear()
            self._ask_roll(row_id)

    def _ask_roll(self, session_id: int) -> None:
        self.chosen = session_id
        query = partial(roll, session_id=session_id)
        self._desk.tasks.read(self, query, self._show_roll, self._roll_gone)

    def _roll_gone(self, trouble: BaseException) -> None:
        self._show_roll(None)

    def _show_roll(self, shown: Roll | None) -> None:
        if shown is not None and shown.session.id != self.chosen:
            return
        if shown is None:
            self.rows = {}
            self.pane.show_roll(_("No session is open"), "", [])
            self.pane.box.setEnabled(False)
        else:
            self._tz = shown.session.tz
            self.rows = {row.id: row for row in shown.rows}
            lines = [person_line(row, self._tz) for row in shown.rows]
            self.pane.show_roll(shown.session.title, described(shown.session), lines)
            closed = (RegisterState.NOT_KEPT, RegisterState.LOST)
            self.pane.box.setEnabled(shown.session.register not in closed)
        self._forget_answer()
        self.changed.emit()

    def _show_news(self, session_id: int, news: RollNews) -> None:
        """Update the marks of the roll, line by line."""
        if session_id != self.chosen:
            return
        if news.marks.keys() - self.rows.keys():  # somebody came who was not expected
            if self._host.gathering is not None:
                self.refresh(self._host.gathering.id)
            return
        changed = {
            row.id: new for row in self.rows.values() if (new := news.brought(row)) is not row
        }
        self.rows |= changed
        self.pane.lines = [
            person_line(changed[line.id], self._tz) if line.id in changed else line
            for line in self.lines
        ]
        self.pane.show_lines()
        self._forget_answer()
        self._show_counts(news.counts)
        self.changed.emit()

    def _show_counts(self, counts: Mapping[int, int]) -> None:
        brought = tuple(counted(one, counts.get(one.id, 0)) for one in self.sessions)
        pairs = zip(brought, self.sessions, strict=True)
        changed = {new.id: session_line(new) for new, old in pairs if new is not old}
        if changed:
            self.sessions = brought
            self._session_lines |= changed
            self.list.lazy.hand(self._session_lines)
            one = self.open_session()
            if one is not None:
                self.pane.state.setText(described(one))

    def _forget_answer(self) -> None:
        """Remove the answer once its mark was undone or changed."""
        if self._answered is not None:
            key, status = self._answered
            row = self.rows.get(key)
            if row is not None and row.status != status:
                self._answered = None
                self.pane.answer.hide()

    def _entered(self, typed: str) -> None:
        one = self.open_session()
        if one is not None and is_code(typed):
            self._scan(one, typed)
            return
        hits = found(self.lines, typed)
        if hits:
            self._note([hits[0].id], marks.PRESENT)
        else:
            self.pane.answer.say_nobody(typed)


def _now_inside(one: RegisterSession) -> dt.datetime | None:
    """The present moment if the session runs, else None."""
    now = clock.now()
    return now if one.start_utc <= now <= one.end_utc else None
