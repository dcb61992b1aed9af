"""What a leader's file would change, line by line with every doubtful cell, before it is taken."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.widgets import button

OUTCOMES = {
    "new": mark("new person, gets a place"),
    "known": mark("known person, gets a place"),
    "member": mark("as known"),
    "changed": mark("will be corrected"),
    "other_person": mark("stands over somebody else's line: replace that person as a step"),
    "elsewhere": mark("takes part otherwise already; nothing changes"),
    "twice": mark("stands there twice; the second one is left out"),
    "left_out": mark("left out: no name can be read"),
}


class NamesPanel(Panel):
    """Ctrl+Enter takes the names; Esc leaves everything as it is."""

    def __init__(self, desk: Desk, delegation_id: int) -> None:
        super().__init__(desk)
        self._key = delegation_id
        self._read: tuple[Any, Any] | None = None
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
        self.desk.tasks.read(self, partial(_known, self._key), then, self._failed)

    def finish(self) -> None:
        """Take the names, as one change."""
        if self._read is None or not self.take_button.isEnabled():
            return
        self.take_button.setEnabled(False)
        sheet, plan = self._read
        title = _("Take the names of {name}").format(name=isolate(plan.delegation))
        work = partial(_apply, self._key, sheet, plan.token)
        self.desk.tasks.change(self, title, work, self._taken, self._not_taken)

    def _known_came(self, path: Path, known: tuple[Any, Any]) -> None:
        work = partial(_read, path, *known)
        self.desk.tasks.work(self, work, self._sheet_came, self._failed)

    def _sheet_came(self, sheet: Any) -> None:
        then = partial(self._show, sheet)
        self.desk.tasks.read(self, partial(_plan, self._key, sheet), then)

    def _show(self, sheet: Any, plan: Any) -> None:
        self._read = (sheet, plan)
        self.title.setText(_("Names of {name}").format(name=isolate(plan.delegation)))
        self.subtitle.setText(_summary(plan))
        self.list.clear()
        for row in sorted(plan.rows, key=_is_quiet):  # what needs a look stands first
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


def _summary(plan: Any) -> str:
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


def _is_quiet(row: Any) -> bool:
    return row.outcome.value == "member" and not row.troubles


def _line(row: Any) -> str:
    first = _("{name}: {fate}").format(name=isolate(row.name), fate=_(OUTCOMES[row.outcome.value]))
    return "\n".join((first, *row.troubles))


def _known(key: int, session: Any) -> tuple[Any, Any]:
    from schoolapp.domain.delegations import Delegation
    from schoolapp.domain.gatherings import Gathering
    from schoolapp.operations.people.editing import known_persons

    delegation = session.get_one(Delegation, key)
    first = session.get_one(Gathering, delegation.gathering_id).start_date
    return known_persons(session), first


def _read(path: Path, known: Any, first_day: Any) -> Any:
    from schoolapp.exchange.applications.importing import read_applications

    return read_applications(path.read_bytes(), path.name, known=known, reference_date=first_day)


def _plan(key: int, sheet: Any, session: Any) -> Any:
    from schoolapp.operations.delegations import plan_names

    return plan_names(session, delegation_id=key, sheet=sheet)


def _apply(key: int, sheet: Any, token: str, session: Any) -> int:
    from schoolapp.operations.delegations import apply_names

    return apply_names(session, delegation_id=key, sheet=sheet, token=token)
