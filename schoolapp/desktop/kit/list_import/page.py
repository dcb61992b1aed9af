"""The page of a list: what taking it over would change, row by row, before anything is changed."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.list_import import queries
from schoolapp.desktop.kit.list_import.naming import names_menu
from schoolapp.desktop.kit.list_import.queries import Around, Line, Planned, Read
from schoolapp.desktop.kit.list_import.words import COUNTED, OUTCOMES, SHEETS, TITLES, label
from schoolapp.desktop.kit.pages.covering import cover
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button, give_keys
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.domain.text import fold
from schoolapp.domain.who import Who
from schoolapp.exchange.applications.sheets import Sheets
from schoolapp.exchange.lists.kinds import ListKind
from schoolapp.operations.lists import apply_list

ROWS: tuple[Column[Line], ...] = (
    Column.number(lambda line: line.row, mark("Row"), 4),
    Column.name(lambda line: line.name, mark("Name"), 26),
    Column.text(lambda line: _(OUTCOMES[line.outcome]), mark("What happens"), 12),
    Column.text(lambda line: line.remarks, mark("Remarks"), 60),
)


class TakeOverPage(QWidget):
    """Ctrl+Enter takes the list over, Esc leaves; menus say what columns and who names mean."""

    closed = Signal()

    def __init__(
        self, desk: Desk, path: Path, kind: ListKind, gathering_id: int, session_id: int | None
    ) -> None:
        super().__init__()
        self.desk, self._path, self._kind = desk, path, kind
        self._gathering_id, self._session_id = gathering_id, session_id
        self._chosen: dict[str, str | None] = {}
        self._named: dict[str, Who | None] = {}
        self._facts: Around | None = None
        self.planned: Planned | None = None
        said = _(TITLES[kind.name]).format(file=isolate(path.name))
        self.title, self.summary = Heading(said), Words(wrap=True)
        self.table = Table(desk.tasks, desk.look, ROWS, HANDED, _("Rows"))
        self.table.setObjectName("list_rows")
        self.columns_button = button(desk.look, _("What the columns mean…"), self.choose, "pencil")
        said = _("Who the people are… (N)")
        self.names_button = button(desk.look, said, self.choose_people, "user")
        self.import_button = button(desk.look, _("Import"), self.apply, "upload", primary=True)
        self.cancel_button = button(desk.look, _("Cancel"), self.closed.emit)
        self._lay_out()
        self.table.opened.connect(lambda _row: self.next_question())
        self.table.current_changed.connect(lambda _row: self._moved())
        give_keys(self.table, {"N": self.choose_people}, inside=False)
        give_keys(self, {
            "Ctrl+Return": self.apply,
            "Ctrl+Enter": self.apply,
            "Ctrl+M": self.choose,
            "Esc": self.closed.emit,
        })  # fmt: skip

    def open(self) -> None:
        """Read the file and show what taking it over would do."""
        self._wait()
        query = partial(queries.around, gathering_id=self._gathering_id)
        self.desk.tasks.read(self, query, self._facts_came, self._not_read)

    def apply(self) -> None:
        """Do what is shown, as one change."""
        if self.planned is None or not self.import_button.isEnabled():
            return
        ready = self.planned
        self._wait()
        operation = partial(
            apply_list,
            gathering_id=self._gathering_id,
            found=ready.read.found,
            token=ready.plan.token,
            session_id=self._session_id,
            named=dict(self._named),
        )
        self.desk.tasks.change(self, self.title.text(), operation, self._applied, self._not_applied)

    def choose(self) -> None:
        """A menu of the columns, each with a menu of what it can mean."""
        if self.planned is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for heading, meant in self.planned.read.found.columns:
            means = label(self._kind, meant) if meant else _("Left out")
            words = _("{heading}: {meaning}").format(heading=isolate(heading), meaning=means)
            meanings = menu.addMenu(words.replace("&", "&&"))
            for name, said in self._meanings():
                action = QAction(said, meanings)
                action.setCheckable(True)
                action.setChecked(name == meant)
                action.triggered.connect(partial(self.take_as, heading, name))
                meanings.addAction(action)
        menu.popup(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    def take_as(self, heading: str, name: str | None, checked: bool = False) -> None:
        """Take a column as something else, which another column gives up, and read again."""
        assert self.planned is not None, "chosen from what is shown"
        held = dict(self.planned.read.found.columns)
        for other, meant in held.items():
            if meant == name:
                held[other] = None
        held[heading] = name
        self._chosen = held
        self._read(self.planned.read.sheets)

    def choose_people(self) -> None:
        """A menu of the people whom the row names, with whom each may be."""
        line = self._line()
        if line is None or not line.people:
            return
        menu = names_menu(self, line.people, self.take_name_as)
        menu.popup(self.names_button.mapToGlobal(self.names_button.rect().topLeft()))

    def take_name_as(self, name: str, who: Who | None) -> None:
        """Take a name, in all rows, as somebody known or new, or add nobody for it."""
        if self.planned is not None:
            self._named[fold(name)] = who
            self._wait()
            self._plan(self.planned.read)

    def next_question(self) -> None:
        """Go to the next row with a name of which it is not clear who it is."""
        lines = self.planned.lines if self.planned else {}
        asked = [row for row, line in lines.items() if line.is_open]
        current = self.table.current_id() or 0
        after = [row for row in asked if row > current] or asked
        if after:
            self.table.select_id(after[0])

    def _line(self) -> Line | None:
        current = self.table.current_id()
        return self.planned.lines.get(current) if self.planned and current else None

    def _moved(self) -> None:
        line = self._line()
        self.names_button.setEnabled(line is not None and bool(line.people))

    def _meanings(self) -> list[tuple[str | None, str]]:
        named = [(field.name, _(field.label)) for field in self._kind.fields]
        return [(None, _("Leave this column out")), *named]

    def _wait(self) -> None:
        self.summary.setText(_("The sheet is being read…"))
        self.import_button.setEnabled(False)

    def _facts_came(self, facts: Around) -> None:
        self._facts = facts
        self._read(None)

    def _read(self, sheets: Sheets | None) -> None:
        assert self._facts is not None, "asked for first"
        self._wait()
        chosen = dict(self._chosen)
        reading = partial(queries.read, self._path, self._kind, self._facts, sheets, chosen)
        self.desk.tasks.work(self, reading, self._plan, self._not_read)

    def _plan(self, read: Read) -> None:
        query = partial(
            queries.planned,
            gathering_id=self._gathering_id,
            read=read,
            session_id=self._session_id,
            named=dict(self._named),
        )
        self.desk.tasks.read(self, query, self._show)

    def _show(self, planned: Planned) -> None:
        self.planned = planned
        counts = [(_(words), planned.plan.count(one)) for one, words in COUNTED.items()]
        said = [words.format(count=formats.number(n)) for words, n in counts if n]
        if planned.read.found.other_tables:
            names = ", ".join(isolate(name) for name in planned.read.found.other_tables)
            said.append(_("not read: {tables}").format(tables=names))
        if planned.read.found.unread:
            names = ", ".join(isolate(name) for name in planned.read.found.unread)
            said.append(_("columns left out: {columns}").format(columns=names))
        if asked := sum(line.is_open for line in planned.lines.values()):
            words = plural("{count} row with a question", "{count} rows with a question", asked)
            said.append(words.format(count=formats.number(asked)))
        before = self.table.current_id()
        self.table.lazy.hand(planned.lines)
        if planned.lines and (before is None or not self.table.select_id(before)):
            self.table.select_id(next(iter(planned.lines)))
        self.summary.setText(" · ".join(said) or _("The sheet has no rows."))
        self._moved()
        self.import_button.setEnabled(True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _applied(self, count: int) -> None:
        self.closed.emit()

    def _not_applied(self, trouble: BaseException) -> None:
        if self.planned is not None:
            self._plan(self.planned.read)

    def _not_read(self, trouble: BaseException) -> None:
        if self.planned is None:
            self.closed.emit()
        else:
            self._chosen = dict(self.planned.read.found.columns)
            self._show(self.planned)

    def _lay_out(self) -> None:
        layout, foot = QVBoxLayout(self), QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        hint = _(
            "Nothing changes until you import. Enter goes to the next question."
            " Ctrl+M: what the columns mean. N: who the people of a row are."
        )
        foot.addWidget(Words(hint, quiet=True, wrap=True), 1)
        for one in (self.columns_button, self.names_button, self.cancel_button, self.import_button):
            foot.addWidget(one)
        layout.addWidget(self.title)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)


def ask_for_file(place: Place, kind: ListKind, session_id: int | None = None) -> None:
    """Ask for a file with a list, and show over the place what taking it over would do."""
    dialog = QFileDialog(place, _("Choose a sheet"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    patterns = " ".join(f"*{ending}" for ending in SHEETS)
    dialog.setNameFilter(_("Sheets ({patterns})").format(patterns=patterns))
    dialog.fileSelected.connect(partial(_open, place, kind, session_id))
    dialog.open()


def _open(place: Place, kind: ListKind, session_id: int | None, path: str) -> None:
    if place.gathering is None:
        return
    page = TakeOverPage(place.desk, Path(path), kind, place.gathering.id, session_id)
    cover(place, page, page.closed)
    page.open()
