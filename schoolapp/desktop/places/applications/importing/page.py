"""The page of an import: what a sheet would change, row by row, before anything is changed."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.chips import ChipBar
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button, give_keys
from schoolapp.desktop.places.applications.importing import queries
from schoolapp.desktop.places.applications.importing.cell_lines import cells_of
from schoolapp.desktop.places.applications.importing.lines import Line
from schoolapp.desktop.places.applications.importing.meanings import ColumnsPart
from schoolapp.desktop.places.applications.importing.queries import Planned, Read, Wanted
from schoolapp.desktop.places.applications.importing.review import Review
from schoolapp.desktop.places.applications.importing.words import GROUPS
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.exchange.applications.flags import passed_over
from schoolapp.exchange.applications.mapping import ANSWER, may_share
from schoolapp.exchange.applications.sheets import Opening, Sheets
from schoolapp.operations.applications import Imported, ImportPlan, Outcome, apply_import


class ImportPage(QWidget):
    """Enter goes to the next open question, letters answer it; Ctrl+Enter imports; Esc leaves."""

    closed = Signal()
    progressed = Signal(int, int)  # rows that are ready, of how many; from any thread

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._gathering = 0
        self._path = Path()
        self._facts: queries.Facts | None = None
        self._group = ""
        self._stopping = queries.Stopping(self.progressed.emit)
        self.wanted, self._shown = Wanted(), Wanted()
        self.planned: Planned | None = None
        self.title, self.summary, self.chips = Heading(), Words(wrap=True), ChipBar(desk.look)
        columns: tuple[Column[Line], ...] = (
            Column.number(lambda row: row.row, mark("Row"), 4),
            Column.name(lambda row: row.name, mark("Name"), 22),
            Column.text(lambda row: row.outcome, mark("What happens"), 20),
            Column.text(lambda row: row.remarks, mark("Remarks"), 60),
        )
        self.table = Table(desk.tasks, desk.look, columns, HANDED, _("Rows"))
        self.table.setObjectName("import_rows")
        self.review, self.columns = Review(desk), ColumnsPart(desk)
        self.import_button = button(desk.look, _("Import"), self.apply, "upload", primary=True)
        self.cancel_button = button(desk.look, _("Cancel"), self.close_page)
        self._lay_out()
        self._connect()
        self._keys()

    def open(self, path: str, gathering_id: int) -> None:
        """Read a file and show what importing it would do."""
        self._path, self._gathering, self.planned = Path(path), gathering_id, None
        self.wanted = self._shown = Wanted()
        self.title.setText(_("Import {file}").format(file=isolate(self._path.name)))
        self.table.lazy.hand({})
        self.columns.forget_choices()
        self.review.show_line(None)
        self._choose_group("")
        self._wait()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        query = partial(queries.facts, gathering_id=gathering_id)
        self.desk.tasks.read(self, query, self._facts_came, self._not_read)

    def apply(self) -> None:
        """Do what is shown, as one change."""
        if self.planned is None or not self.import_button.isEnabled():
            return
        if self.review.cells.commit():
            return  # what was typed is read and shown before anything is imported
        ready = self.planned
        self._wait()
        operation = partial(
            apply_import,
            gathering_id=self._gathering,
            sheet=ready.read.sheet,
            token=ready.plan.token,
            apart=self.wanted.apart,
            joined=self.wanted.joined,
            progress=self._stopping,
        )
        title = _("Import applications from {file}").format(file=isolate(self._path.name))
        self.desk.tasks.change(self, title, operation, self._applied, self._not_applied)

    def close_page(self) -> None:
        """Leave without importing; what is under way is stopped."""
        self._stopping.stop()
        self.planned = None
        self.closed.emit()

    def accept(self) -> None:
        """Take over the suggestions of the row, or take that back."""
        if (line := self._line()) is None:
            return
        offers = frozenset(doubt.field for doubt in line.doubts if doubt.suggestion)
        held = dict(self.wanted.accepted)
        if not held.pop(line.row, frozenset()) and offers:
            held[line.row] = offers
        self._want(replace(self.wanted, accepted=held))

    def choose_order(self, order: str) -> None:
        """Say for a whole column whether the day or the month comes first."""
        line = self._line()
        asked = {doubt.field for doubt in line.doubts if doubt.orders} if line else set()
        if asked:
            orders = {**self.wanted.date_order, **dict.fromkeys(asked, order)}
            self._want(replace(self.wanted, date_order=orders))

    def decide(self, same: bool) -> None:
        """Say that the row is one person with the other of its pair, or that they are two."""
        line = self._line()
        if line is None or line.duplicate is None:
            return
        joined, apart = set(self.wanted.joined), set(self.wanted.apart)
        mine, others = (joined, apart) if same else (apart, joined)
        mine ^= {line.row}
        others -= {line.row}
        self._want(
            replace(self.wanted, joined=frozenset(joined), apart=frozenset(apart)), reread=False
        )

    def next_question(self) -> None:
        """Go to the next row in which something is to be decided."""
        if self.planned is None:
            return
        ids = list(self.table.lazy.ids())
        current = self.table.current_id()
        start = ids.index(current) + 1 if current in ids else 0
        for row in (*ids[start:], *ids[:start]):
            if self.planned.lines[row].is_open:
                self.table.select_id(row)
                return

    def correct(self, row: int, field: str, words: str | None) -> None:
        """Read what somebody typed in place of a cell; ``None`` reads the cell again."""
        self._want(self.wanted.corrected(row, field, words))

    def toggle_columns(self) -> None:
        """Show what the columns mean, or the rows again."""
        self._choose_group("" if self._group == "columns" else "columns")

    def _line(self) -> Line | None:
        current = self.table.current_id()
        return self.planned.lines.get(current) if self.planned and current else None

    def _want(self, wanted: Wanted, *, reread: bool = True) -> None:
        """Understand the sheet again as wanted; without ``reread`` only its plan."""
        if self.planned is None:
            return
        self.wanted = wanted
        if not reread:
            self._ask_plan(self.planned.read)
            return
        now, before = wanted.opening, self._shown.opening
        opened = (now.encoding, now.delimiter) == (before.encoding, before.delimiter)
        self._understand(self.planned.read.sheets if opened else None)

    def _wait(self) -> None:
        self._stopping = queries.Stopping(self.progressed.emit)
        self.summary.setText(_("The sheet is being read…"))
        self.import_button.setEnabled(False)

    def _facts_came(self, facts: queries.Facts) -> None:
        self._facts = facts
        self._understand(None)

    def _understand(self, sheets: Sheets | None) -> None:
        assert self._facts is not None
        self._wait()
        reading = partial(
            queries.understood, self._path, sheets, self._facts, self.wanted, self._stopping
        )
        self.desk.tasks.work(self, reading, self._ask_plan, self._not_read)

    def _ask_plan(self, read: Read) -> None:
        query = partial(
            queries.planned,
            gathering_id=self._gathering,
            read=read,
            wanted=self.wanted,
            stopping=self._stopping,
        )
        self.desk.tasks.read(self, query, self._show)

    def _show(self, planned: Planned) -> None:
        if self._stopping.is_stopped:
            return
        self.planned, self._shown = planned, self.wanted
        sheet = planned.read.sheet
        self.summary.setText("\n".join((_summary(planned.plan), *passed_over(sheet))))
        counts = {
            key: sum(key in line.groups for line in planned.lines.values()) for key, _w in GROUPS
        }
        headings = len(sheet.mapping.columns)
        self.chips.show_counts(counts | {"": len(planned.lines), "columns": headings})
        self.columns.show_sheet(sheet)
        self.import_button.setEnabled(not sheet.asks_name)
        self._fill()
        if sheet.asks_name:
            self._choose_group("columns")

    def _fill(self) -> None:
        """The rows of the chip that is on, with the cursor where it was."""
        lines = self.planned.lines if self.planned else {}
        current = self.table.current_id()
        chosen = {k: v for k, v in lines.items() if self._group in ("", "columns", *v.groups)}
        self.table.lazy.hand(chosen)
        if chosen and (current is None or not self.table.select_id(current)):
            self.table.select_id(next(iter(chosen)))
        self._show_row()

    def _choose_group(self, key: str) -> None:
        self._group = key
        self.chips.choose(key)
        shows_columns = key == "columns"
        self._stack.setCurrentIndex(int(shows_columns))
        self._fill()
        shown = self.columns.table if shows_columns else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _meaning_chosen(self, heading: str, field: str | None) -> None:
        if self.planned is None:
            return
        held = dict(self.planned.read.sheet.mapping.columns)
        names = list(held)
        heading = next(name for name in names if isolate(name) == heading)
        for name in names:
            if field and held[name] == field and not may_share(name, heading, field):
                held[name] = ANSWER  # a column can be taken from another one, which keeps its words
        held[heading] = field
        self._want(replace(self.wanted, columns=held))

    def _opening_chosen(self, opening: Opening) -> None:
        same = opening.header_row in (None, self._header_row())
        same = same and opening.sheet == self.wanted.opening.sheet
        held = self.wanted if same else Wanted()  # rows count from there
        self._want(replace(held, opening=opening, columns=None))

    def _header_row(self) -> int:
        return self.planned.read.sheet.header_row if self.planned else 0

    def _applied(self, done: Imported) -> None:
        self.close_page()

    def _not_applied(self, trouble: BaseException) -> None:
        if self.planned is not None:
            self._ask_plan(self.planned.read)

    def _not_read(self, trouble: BaseException) -> None:
        if self.planned is None or self.wanted == self._shown:
            self.close_page()
            return
        self.wanted = self._shown  # what was tried does not fit the file
        self._show(self.planned)

    def _progressed(self, done: int, total: int) -> None:
        said = _("{done} of {total} rows").format(
            done=formats.number(done), total=formats.number(total)
        )
        self.summary.setText(said)

    def _moved(self, row: int | None) -> None:
        self._show_row()

    def _show_row(self) -> None:
        line = self._line()
        cells = cells_of(self.planned.read.sheet, line) if self.planned else ()
        self.review.show_line(line, cells)

    def _left_cells(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.table.opened.connect(lambda _row: self.next_question())
        self.table.current_changed.connect(self._moved)
        self.chips.chosen.connect(self._choose_group)
        self.review.accepted.connect(self.accept)
        self.review.order_chosen.connect(self.choose_order)
        self.review.decided.connect(self.decide)
        self.review.corrected.connect(self.correct)
        self.review.left.connect(self._left_cells)
        self.columns.meaning_chosen.connect(self._meaning_chosen)
        self.columns.opening_chosen.connect(self._opening_chosen)
        self.progressed.connect(self._progressed, Qt.ConnectionType.QueuedConnection)

    def _lay_out(self) -> None:
        for key, words in GROUPS:
            self.chips.add(key, _(words))
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setChildrenCollapsible(False)
        rows.addWidget(self.table)
        rows.addWidget(self.review)
        rows.setSizes([300, 260])
        self._stack = QStackedWidget()
        self._stack.addWidget(rows)
        self._stack.addWidget(self.columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        foot = QHBoxLayout()
        hint = _(
            "Enter goes to the next question. E corrects a cell. Ctrl+M shows the columns."
            " Ctrl+Enter imports."
        )
        foot.addWidget(Words(hint, quiet=True, wrap=True), 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.import_button)
        layout.addWidget(self.title)
        layout.addWidget(self.summary)
        layout.addWidget(self.chips)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)

    def _keys(self) -> None:
        give_keys(self, {
            "Ctrl+Return": self.apply,
            "Ctrl+Enter": self.apply,
            "Ctrl+M": self.toggle_columns,
            "Esc": self.close_page,
        })  # fmt: skip
        give_keys(self.table, {
            "A": self.accept,
            "D": partial(self.choose_order, "dmy"),
            "E": self.review.edit,
            "M": partial(self.choose_order, "mdy"),
            "S": partial(self.decide, True),
            "T": partial(self.decide, False),
        }, inside=False)  # fmt: skip


def _summary(plan: ImportPlan) -> str:
    """The counts of a plan in one line."""
    merged = sum(row.merged for row in plan.rows)
    new, known = plan.count(Outcome.NEW), plan.count(Outcome.KNOWN)
    counted = (
        (plural("{count} new person", "{count} new people", new), new),
        (plural("{count} known person", "{count} known people", known), known),
        (_("{count} perhaps twice"), plan.count(Outcome.DUPLICATE) - merged),
        (_("{count} merged"), merged),
        (_("{count} changed"), plan.count(Outcome.CHANGED)),
        (_("{count} imported before"), plan.count(Outcome.SAME)),
        (_("{count} left out"), plan.count(Outcome.LEFT_OUT)),
    )
    said = [words.format(count=formats.number(count)) for words, count in counted if count]
    if plan.doubtful:
        doubts = plural("{count} row with doubts", "{count} rows with doubts", plan.doubtful)
        said.append(doubts.format(count=formats.number(plan.doubtful)))
    return " · ".join(said) or _("The sheet has no rows.")
