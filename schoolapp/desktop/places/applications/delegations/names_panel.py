"""What a leader's file would change, line by line with every doubtful cell, before it is taken."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.applications.delegations import queries
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.importing import read_applications
from schoolapp.operations.delegations import (
    DelegationDraft,
    NamedRow,
    NameOutcome,
    NamesPlan,
    apply_names,
    plan_names,
)

OUTCOMES = {
    NameOutcome.NEW: mark("new person, gets a place"),
    NameOutcome.KNOWN: mark("known person, gets a place"),
    NameOutcome.MEMBER: mark("as known"),
    NameOutcome.CHANGED: mark("will be corrected"),
    NameOutcome.OTHER_PERSON: mark(
        "stands over somebody else's line: replace that person as a step"
    ),
    NameOutcome.ELSEWHERE: mark("takes part otherwise already; nothing changes"),
    NameOutcome.TWICE: mark("stands there twice; the second one is left out"),
    NameOutcome.LEFT_OUT: mark("left out: no name can be read"),
}


class NamesPanel(Panel[DelegationDraft]):
    """Ctrl+Enter takes the names; Esc leaves everything as it is."""

    def __init__(self, desk: Desk, delegation_id: int) -> None:
        super().__init__(desk)
        self._key = delegation_id
        self._read: tuple[ImportedSheet, NamesPlan] | None = None
        self.title.setText(_("Names of a delegation"))
        self.subtitle.setText(_("The sheet is being read…"))
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(_("Lines of the file"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(14 * desk.look.row_height(self))
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
        sheet, plan = self._read
        title = _("Take the names of {name}").format(name=isolate(plan.delegation))
        work = partial(apply_names, delegation_id=self._key, sheet=sheet, token=plan.token)
        self.desk.tasks.change(self, title, work, self._taken, self._not_taken)

    def _known_came(self, path: Path, known: queries.Known) -> None:
        work = partial(_read, path, known)
        self.desk.tasks.work(self, work, self._sheet_came, self._failed)

    def _sheet_came(self, sheet: ImportedSheet) -> None:
        then = partial(self._show, sheet)
        query = partial(plan_names, delegation_id=self._key, sheet=sheet)
        self.desk.tasks.read(self, query, then)

    def _show(self, sheet: ImportedSheet, plan: NamesPlan) -> None:
        self._read = (sheet, plan)
        self.title.setText(_("Names of {name}").format(name=isolate(plan.delegation)))
        self.subtitle.setText(_summary(plan))
        self.list.clear()
        for row in sorted(plan.rows, key=_is_quiet):  # what needs attention comes first
            self.list.addItem(_line(row))
        for name in plan.absent:
            words = _("{name} is not in the file and keeps the place.")
            self.list.addItem(words.format(name=isolate(name)))
        self.list.setCurrentRow(0)
        self.take_button.setEnabled(bool(plan.rows))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, count: int) -> None:
        self.closed.emit()

    def _not_taken(self, trouble: BaseException) -> None:
        if self._read is not None:
            self._sheet_came(self._read[0])

    def _failed(self, trouble: BaseException) -> None:
        self.closed.emit()


def _summary(plan: NamesPlan) -> str:
    said = [
        plural("{count} person gets a place", "{count} people get a place", plan.added).format(
            count=formats.number(plan.added)
        ),
        _("{count} named then").format(count=formats.number(plan.named)),
    ]
    if plan.seats is not None and plan.named > plan.seats:
        words = _("{seats} seats were agreed: {count} too many")
        over = formats.number(plan.named - plan.seats)
        said.append(words.format(seats=formats.number(plan.seats), count=over))
    doubtful = sum(bool(row.troubles) for row in plan.rows)
    words = plural("{count} line with doubts", "{count} lines with doubts", doubtful)
    return " · ".join((*said, words.format(count=formats.number(doubtful))))


def _is_quiet(row: NamedRow) -> bool:
    return row.outcome is NameOutcome.MEMBER and not row.troubles


def _line(row: NamedRow) -> str:
    first = _("{name}: {fate}").format(name=isolate(row.name), fate=_(OUTCOMES[row.outcome]))
    return "\n".join((first, *row.troubles))


def _read(path: Path, known: queries.Known) -> ImportedSheet:
    return read_applications(
        path.read_bytes(), path.name, known=known.persons, reference_date=known.first_day
    )
