"""The page of an import: what a sheet would change, row by row, before anything is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.desktop import formats
from schoolapp.desktop.desk import Desk
from schoolapp.desktop.look import Heading, Words
from schoolapp.desktop.tables import Column, Kind, Source, Table, View
from schoolapp.desktop.widgets import button
from schoolapp.language import _, isolate, mark, plural

FATES = {
    "new": mark("New person"),
    "known": mark("Known person"),
    "duplicate": mark("Same person, merged"),
    "changed": mark("Changed since the last import"),
    "same": mark("Imported before"),
    "left_out": mark("Left out"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet as the page shows it."""

    row: int
    name: str
    fate: str
    remarks: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A sheet that was read, its plan, and the lines to show."""

    sheet: Any
    plan: Any
    lines: Mapping[int, Line]


class ImportPage(QWidget):
    """Enter on a merged row keeps it apart; Ctrl+Enter imports; Esc leaves everything as it is."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._gathering = 0
        self._path = Path()
        self._apart: set[int] = set()
        self.planned: Planned | None = None
        self.title, self.summary = Heading(), Words(wrap=True)
        columns = (
            Column("row", mark("Row"), 4, Kind.NUMBER),
            Column("name", mark("Name"), 22, Kind.NAME),
            Column("fate", mark("What happens"), 20),
            Column("remarks", mark("Remarks"), 60),
        )
        self.table = Table(desk.tasks, desk.look, columns, Source(_none, _nothing), _("Rows"))
        self.table.setObjectName("import_rows")
        self.table.opened.connect(self._toggle_apart)
        self.import_button = button(desk.look, _("Import"), self.apply, "upload", primary=True)
        self.cancel_button = button(desk.look, _("Cancel"), self.close_page)
        self._lay_out()
        self._keys()

    def open(self, path: str, gathering_id: int) -> None:
        """Read a file and show what importing it would do."""
        self._path, self._gathering, self.planned = Path(path), gathering_id, None
        self._apart.clear()
        self.title.setText(_("Import {file}").format(file=isolate(self._path.name)))
        self.summary.setText(_("The sheet is being read…"))
        self.import_button.setEnabled(False)
        self.table.lazy.fill((), {})
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        query = partial(_known, gathering_id)
        self.desk.tasks.read(self, query, self._known_came, self._not_read)

    def apply(self) -> None:
        """Do what is shown, as one change."""
        if self.planned is None or not self.import_button.isEnabled():
            return
        self.import_button.setEnabled(False)
        planned = self.planned
        work = partial(_apply, self._gathering, planned, tuple(sorted(self._apart)))
        title = _("Import applications from {file}").format(file=isolate(self._path.name))
        self.desk.tasks.change(self, title, work, self._applied, self._not_applied)

    def close_page(self) -> None:
        """Leave without importing."""
        self.planned = None
        self.closed.emit()

    def _known_came(self, known: tuple[Any, Any]) -> None:
        work = partial(_read, self._path, *known)
        self.desk.tasks.work(self, work, self._sheet_came, self._not_read)

    def _sheet_came(self, sheet: Any) -> None:
        self._ask_plan(sheet)

    def _ask_plan(self, sheet: Any) -> None:
        query = partial(_plan, self._gathering, sheet, tuple(sorted(self._apart)))
        self.desk.tasks.read(self, query, self._show)

    def _show(self, planned: Planned) -> None:
        self.planned = planned
        current = self.table.current_id()
        self.table.lazy.fill(list(planned.lines), planned.lines)
        self.table.lazy.rows_landed.emit(list(planned.lines.values()))
        self.summary.setText(_summary(planned.plan))
        self.import_button.setEnabled(True)
        if planned.lines and (current is None or not self.table.select_id(current)):
            self.table.select_id(next(iter(planned.lines)))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_apart(self, row: int) -> None:
        if self.planned is None:
            return
        line = self.planned.lines[row]
        if line.fate == _(FATES["duplicate"]) or row in self._apart:
            self._apart ^= {row}
            self._ask_plan(self.planned.sheet)

    def _applied(self, done: Any) -> None:
        self.close_page()

    def _not_applied(self, trouble: BaseException) -> None:
        if self.planned is not None:
            self._ask_plan(self.planned.sheet)

    def _not_read(self, trouble: BaseException) -> None:
        self.close_page()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        foot = QHBoxLayout()
        hint = _("Enter on a merged row keeps it as another person. Ctrl+Enter imports.")
        foot.addWidget(Words(hint, quiet=True, wrap=True), 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.import_button)
        layout.addWidget(self.title)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def _keys(self) -> None:
        for keys, run in (
            ("Ctrl+Return", self.apply),
            ("Ctrl+Enter", self.apply),
            ("Esc", self.close_page),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)


def _summary(plan: Any) -> str:
    """The counts of a plan in one line."""
    from schoolapp.operations.applications import Fate

    said = [
        _("{count} new people").format(count=formats.number(plan.count(Fate.NEW))),
        _("{count} known people").format(count=formats.number(plan.count(Fate.KNOWN))),
        _("{count} merged").format(count=formats.number(plan.count(Fate.DUPLICATE))),
        _("{count} changed").format(count=formats.number(plan.count(Fate.CHANGED))),
        _("{count} imported before").format(count=formats.number(plan.count(Fate.SAME))),
        _("{count} left out").format(count=formats.number(plan.count(Fate.LEFT_OUT))),
        plural("{count} row with doubts", "{count} rows with doubts", plan.doubtful).format(
            count=formats.number(plan.doubtful)
        ),
    ]
    return " · ".join(said)


def _none(session: Any, view: View) -> Sequence[int]:
    return ()


def _nothing(session: Any, ids: Sequence[int]) -> Mapping[int, Line]:
    return {}


def _known(gathering_id: int, session: Any) -> tuple[Any, Any]:
    from schoolapp.domain.gatherings import Gathering
    from schoolapp.operations.applications import known_persons

    return known_persons(session), session.get_one(Gathering, gathering_id).start_date


def _read(path: Path, known: Any, first_day: Any) -> Any:
    from schoolapp.exchange.applications.importing import read_applications

    return read_applications(path.read_bytes(), path.name, known=known, reference_date=first_day)


def _plan(gathering_id: int, sheet: Any, apart: tuple[int, ...], session: Any) -> Planned:
    from schoolapp.operations.applications import plan_import

    plan = plan_import(session, gathering_id=gathering_id, sheet=sheet, apart=apart)
    rows = {row.row: row for row in sheet.rows}
    lines = {p.row: _line(p, rows[p.row]) for p in plan.rows}
    return Planned(sheet, plan, lines)


def _line(planned: Any, row: Any) -> Line:
    from schoolapp.exchange.applications.flags import sentence

    said = [_(row.why)] if row.why else []
    if planned.of_row is not None:
        said.append(_("Merged with row {row}.").format(row=planned.of_row))
    if planned.like:
        said.append(
            _("{name} is known already; only the name is the same.").format(
                name=isolate(planned.like)
            )
        )
    said += [sentence(issue) for issue in row.issues]
    return Line(planned.row, planned.name, _(FATES[planned.fate.value]), " ".join(said))


def _apply(gathering_id: int, planned: Planned, apart: tuple[int, ...], session: Any) -> Any:
    from schoolapp.operations.applications import apply_import

    return apply_import(
        session,
        gathering_id=gathering_id,
        sheet=planned.sheet,
        token=planned.plan.token,
        apart=apart,
    )
