"""What a leader's file would change, line by line with every doubtful cell, before it is taken."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem

from schoolapp.base.language import _, isolate, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.applications.delegations import queries
from schoolapp.desktop.places.applications.delegations.name_lines import (
    lines_of,
    notes_of,
    summary,
)
from schoolapp.exchange.sheets.names_returned import ReturnedNames, read_returned_names
from schoolapp.operations.delegations import (
    DelegationDraft,
    NamesPlan,
    apply_names,
    plan_names,
)


class NamesPanel(Panel[DelegationDraft]):
    """Ctrl+Enter takes the names; Esc leaves everything as it is."""

    def __init__(self, desk: Desk, delegation_id: int) -> None:
        super().__init__(desk)
        self._key = delegation_id
        self._read: tuple[ReturnedNames, NamesPlan] | None = None
        self.title.setText(_("Names of a delegation"))
        self.subtitle.setText(_("The sheet is being read…"))
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setAccessibleName(_("Lines of the file"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(14 * desk.look.row_height(self))
        self.unchanged = QCheckBox()
        self.unchanged.setVisible(False)
        self.unchanged.toggled.connect(self._show_unchanged)
        self.notes = Words(wrap=True)
        self.add(self.notes)
        self.add(self.unchanged)
        self.add(self.list)
        self.take_button = button(desk.look, _("Take these names"), self.finish, primary=True)
        self.take_button.setEnabled(False)
        self.foot.addWidget(self.take_button)
        self.setFocusProxy(self.list)

    def open(self, path: Path) -> None:
        """Read a file and show what it would change."""
        then = partial(self._known_came, path)
        query = partial(queries.known, self._key)
        self.desk.tasks.read(self, query, then, self._failed)

    def finish(self) -> None:
        """Take the names, as one change."""
        if self._read is None or not self.take_button.isEnabled():
            return
        self.take_button.setEnabled(False)
        returned, plan = self._read
        title = _("Take the names of {name}").format(name=isolate(plan.delegation))
        work = partial(apply_names, delegation_id=self._key, sheet=returned.sheet, token=plan.token)
        self.desk.tasks.change(self, title, work, self._taken, self._not_taken)

    def _known_came(self, path: Path, known: queries.Known) -> None:
        work = partial(_read, path, known)
        self.desk.tasks.work(self, work, self._sheet_came, self._failed)

    def _sheet_came(self, returned: ReturnedNames) -> None:
        then = partial(self._show, returned)
        query = partial(plan_names, delegation_id=self._key, sheet=returned.sheet)
        self.desk.tasks.read(self, query, then)

    def _show(self, returned: ReturnedNames, plan: NamesPlan) -> None:
        self._read = (returned, plan)
        self.title.setText(_("Names of {name}").format(name=isolate(plan.delegation)))
        self.subtitle.setText(summary(plan))
        notes = "\n".join(notes_of(returned, plan))
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        count = sum(row.is_quiet for row in plan.rows)
        words = plural("Show {count} unchanged line", "Show {count} unchanged lines", count)
        self.unchanged.setText(words.format(count=formats.number(count)))
        self.unchanged.setVisible(count > 0)
        self._fill(plan)
        self.take_button.setEnabled(bool(plan.rows))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, plan: NamesPlan) -> None:
        """What needs attention, then what changes, then who is new; the rest only if wanted."""
        self.list.clear()
        look = self.desk.look
        for line in lines_of(plan, with_unchanged=self.unchanged.isChecked()):
            item = QListWidgetItem(look.icon(line.icon, line.ink), line.words)
            item.setToolTip(line.words)
            if line.is_quiet:
                item.setForeground(self.palette().placeholderText())
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _show_unchanged(self, _on: bool) -> None:
        if self._read is not None:
            self._fill(self._read[1])

    def _taken(self, count: int) -> None:
        self.closed.emit()

    def _not_taken(self, trouble: BaseException) -> None:
        if self._read is not None:
            self._sheet_came(self._read[0])

    def _failed(self, trouble: BaseException) -> None:
        self.closed.emit()


def _read(path: Path, known: queries.Known) -> ReturnedNames:
    return read_returned_names(
        path.read_bytes(), path.name, known=known.persons, reference_date=known.first_day
    )
