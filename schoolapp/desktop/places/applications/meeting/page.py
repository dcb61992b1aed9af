"""Decide mode: one large application, one key for each decision, places and balance in view."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.pages.leaving import back_button
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.boxes import scrolling
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button, give_keys
from schoolapp.desktop.places.applications import queries
from schoolapp.desktop.places.applications.drafts import ticking
from schoolapp.desktop.places.applications.meeting.bars import BalanceBars, MissedTargets
from schoolapp.desktop.places.applications.meeting.case_card import CaseCard
from schoolapp.desktop.places.applications.panel import left_in_parts, places_left
from schoolapp.desktop.places.applications.words import PREPARED
from schoolapp.desktop.tables import Column, Source, Table, View
from schoolapp.domain.selection import Decision
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.operations.applications import (
    MeetingCase,
    MeetingRow,
    forget_decision,
    give_scores,
    meeting_case,
    meeting_rows,
    note_application,
    prepare_decision,
)

LIST_CHARACTERS, MOST_CHARACTERS, BOARD_CHARACTERS = 34, 62, 31
CARD_CHARACTERS = 32  # else the board goes beneath the list


class MeetingPage(QWidget):
    """Decisions are prepared here and change nothing until they are applied together.

    The letters of the place work on the list; Ctrl+Enter shows what is prepared, Esc goes back.
    """

    closed = Signal()
    plan_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.view = View()
        self.names_hidden = False
        self._asking = False  # the board is on its way, after all changes made so far
        self._asked: Decision | None = None  # waits for a reason
        columns: tuple[Column[MeetingRow], ...] = (
            Column.code(lambda row: row.number, mark("No."), 5),
            Column.name(lambda row: row.name, mark("Name"), 13, private=True),
            Column.state(lambda row: row.standing, mark("State"), 10, "meeting"),
        )
        source = Source(queries.ids, meeting_rows)
        self.list = Table(desk.tasks, desk.look, columns, source, _("Applications"))
        self.list.setObjectName("meeting_list")
        self.list.current_changed.connect(self._reached)
        self.card = CaseCard(desk)
        self.card.reasoned.connect(self._reasoned)
        self.card.noted.connect(self._noted)
        self.card.scored.connect(self._scored)
        self.card.ticked.connect(self._tick)
        self.left, self.prepared = Heading(scale=1.1, wrap=True), Words(quiet=True, wrap=True)
        self.parts, self.missed = Words(quiet=True, wrap=True), MissedTargets(desk.look)
        self.bars = BalanceBars(desk.look)
        self.left.setObjectName("meeting_places")
        self._lay_out()
        give_keys(self, {
            "Esc": self.close_page,
            "Ctrl+Return": self.plan_wanted.emit,
            "Ctrl+Enter": self.plan_wanted.emit,
        })  # fmt: skip

    def open(self, view: View, application_id: int | None) -> None:
        """Begin with a view of the list, at one application."""
        self.view = view
        self._asking = False
        self._awaited = application_id
        self.list.lazy.ids_landed.connect(self._ids_came, Qt.ConnectionType.SingleShotConnection)
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the list, the board and the application again; once for many quick changes."""
        if self._asking or self.view.gathering is None:
            return
        self._asking = True
        self.list.lazy.show(self.view)
        query = partial(queries.meeting_board, self.view.gathering)
        self.desk.tasks.read(self, query, self._show_board, self._board_failed)
        if (current := self.list.current_id()) is not None:
            self._read(current)

    def decide(self, decision: Decision, reason: str = "") -> None:
        """Prepare a decision on the one that is shown, and go on to the next at once.

        Keys may come faster than the database answers: one that is refused is shown again.
        """
        current = self.list.current_id()
        if current is None or decision not in PREPARED:
            return
        row = self.list.lazy.row(current)
        name = isolate(row.number if self.names_hidden else row.name) if row else ""
        title = _(PREPARED[decision]).format(name=name)
        work = partial(
            prepare_decision, application_id=current, decision=decision, reason=reason or None
        )
        refused = partial(self._refused, current, decision)
        self.desk.tasks.change(self, title, work, failed=refused)
        self.step(+1)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next or the one before."""
        at = self.list.currentIndex().row() + by
        if 0 <= at < self.list.lazy.rowCount():
            self.list.select_id(self.list.lazy.row_id(at))

    def write_note(self) -> None:
        """Put the cursor into the note."""
        self.card.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def score(self) -> None:
        """Score the one that is shown, as a referee."""
        if not self.card.ask_scores():
            self.desk.say(_("This gathering has no scales. Add them in its rules."))

    def forget(self) -> None:
        """Take back what is prepared for the one that is shown."""
        current = self.list.current_id()
        if current is not None:
            title = _("Take a prepared decision back")
            forget = partial(forget_decision, application_id=current)
            self.desk.tasks.change(self, title, forget)

    def hide_names(self) -> None:
        """Hide or show the names; the number stays."""
        self.names_hidden = not self.names_hidden
        self.list.hide_private(self.names_hidden)
        self.card.hide_names(self.names_hidden)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show needs and what was written."""
        self.card.hide_private(hidden)

    def close_page(self) -> None:
        """From a note, reason or score back to the list; from there out of decide mode."""
        if self.card.is_writing():
            self.card.stop_writing()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Distribute the width; if three parts do not fit side by side, the board goes beneath."""
        super().resizeEvent(event)
        letters = self.fontMetrics().averageCharWidth()
        all_three = LIST_CHARACTERS + CARD_CHARACTERS + BOARD_CHARACTERS
        is_narrow = self.width() < all_three * letters
        (self._beside if is_narrow else self._row).addWidget(self._board, 1 if is_narrow else 0)
        self._board.setMinimumWidth((LIST_CHARACTERS if is_narrow else BOARD_CHARACTERS) * letters)
        self._board.setMaximumWidth((MOST_CHARACTERS if is_narrow else BOARD_CHARACTERS) * letters)
        self.list.setMinimumWidth(LIST_CHARACTERS * letters)
        self.list.setMaximumWidth(MOST_CHARACTERS * letters)

    def _lay_out(self) -> None:
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(2, 0, 8, 0)
        for widget in (self.left, self.parts, self.prepared, self.missed, self.bars):
            column.addWidget(widget)
        column.addStretch(1)
        self._board = scrolling(board, framed=False)
        self._row, self._beside = QHBoxLayout(), QVBoxLayout()
        self._row.setSpacing(12)
        self._beside.addWidget(self.list, 1)
        self._row.addLayout(self._beside, 4)  # whole names matter more than a wide card
        self._row.addWidget(self.card, 3)
        self._row.addWidget(self._board)
        self.plan_button = button(
            self.desk.look, _("See what is prepared"), self.plan_wanted.emit, primary=True
        )
        self.plan_button.setToolTip(
            QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        )
        hint = _("Nothing changes for anybody until the prepared decisions are applied.")
        foot = QHBoxLayout()
        foot.addWidget(Words(hint, quiet=True, wrap=True), 1)
        foot.addWidget(back_button(self.desk.look, self.close_page))
        foot.addWidget(self.plan_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._row, 1)
        layout.addLayout(foot)

    def _ids_came(self, count: int) -> None:
        if count and (self._awaited is None or not self.list.select_id(self._awaited)):
            self.list.select_id(self.list.lazy.row_id(0))

    def _reached(self, application_id: int | None) -> None:
        if application_id is not None:
            self.card.stop_asking()
            self._read(application_id)

    def _read(self, application_id: int) -> None:
        by = self.desk.tasks.actor
        query = partial(meeting_case, application_id=application_id, by=by)
        self.desk.tasks.read(self, query, self._show, self._gone)

    def _show(self, case: MeetingCase) -> None:
        if case.detail.id == self.list.current_id():
            self.card.show_case(case)

    def _gone(self, trouble: BaseException) -> None:
        self.list.lazy.refresh()

    def _show_board(self, found: queries.MeetingBoard) -> None:
        board = found.board
        self.left.setText(places_left(found.capacity, found.left))
        self.parts.setText(left_in_parts(found.parts))
        self.parts.setVisible(bool(self.parts.text()))
        total = sum(board.prepared.values())
        sentence = plural("{count} decision prepared", "{count} decisions prepared", total)
        self.prepared.setText(sentence.format(count=formats.number(total)))
        self.missed.show_missed(board.missed)
        self.bars.show_balance(board.balance)
        self.plan_button.setEnabled(bool(total))
        self._asking = False

    def _board_failed(self, trouble: BaseException) -> None:
        self._asking = False

    def _refused(self, application_id: int, decision: Decision, trouble: BaseException) -> None:
        """Go back to the one that could not be decided; ask for a reason if one would help."""
        self.list.select_id(application_id)
        if isinstance(trouble, ReasonNeeded):
            self._asked = decision
            self.card.ask_reason(trouble.sentence())

    def _reasoned(self, reason: str) -> None:
        if self._asked is not None:
            self.decide(self._asked, reason)

    def _scored(self, points: dict[int, int]) -> None:
        current = self.list.current_id()
        if current is not None:
            work = partial(give_scores, application_id=current, points=points)
            self.desk.tasks.change(self, _("Score an application"), work)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self, doubt_id: int, settled: bool) -> None:
        self.desk.tasks.change(self, *ticking(doubt_id, settled))

    def _noted(self, words: str) -> None:
        current = self.list.current_id()
        if current is not None:
            work = partial(note_application, application_id=current, note=words)
            self.desk.tasks.change(self, _("Write a note on an application"), work)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
