"""The page of possible duplicates: pairs of known people, each decided by a person with one key."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.comparing import REASONS, SideBySide
from schoolapp.desktop.kit.leaving import back_button
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.formats import country_name
from schoolapp.desktop.look.look import Heading, Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.tables import HANDED, Column, Table


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair as the table shows it."""

    id: int
    one: int
    other: int
    name: str
    other_name: str
    reasons: str


class DuplicatesPage(QWidget):
    """S makes two people one, T notes that they are two; Esc goes back to the list.

    The place refreshes it after every change, as it does its own table.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.lines: Mapping[int, PairLine] = {}
        self._sides: tuple[Any, Any] | None = None
        self.title, self.summary = Heading(_("Possible duplicates")), Words(wrap=True)
        columns = (
            Column.name(lambda row: row.name, mark("Name"), 24),
            Column.text(lambda row: row.other_name, mark("May be the same as"), 24),
            Column.text(lambda row: row.reasons, mark("Why"), 36),
        )
        self.table = Table(desk.tasks, desk.look, columns, HANDED, _("Possible duplicates"))
        self.table.setObjectName("duplicates")
        self.pair = SideBySide()
        look = desk.look
        self.same_button = button(look, _("Same person (S)"), self.join, "user")
        self.two_button = button(look, _("Two people (T)"), self.keep_apart, "users")
        self.back_button = back_button(look, self.closed.emit)
        self._lay_out()
        self.table.current_changed.connect(self._moved)
        for keys, run in (("S", self.join), ("T", self.keep_apart)):
            _shortcut(keys, self.table, Qt.ShortcutContext.WidgetShortcut, run)
        anywhere = Qt.ShortcutContext.WidgetWithChildrenShortcut
        _shortcut("Esc", self, anywhere, self.closed.emit)

    def refresh(self) -> None:
        """Compare everybody with everybody again."""
        self.desk.tasks.read(self, _pairs, self._show)

    def join(self) -> None:
        """Make the two of the pair one person; the one known longer stays."""
        if self._sides is None:
            return
        one, other = self._sides
        title = _("Join {name} and {other}").format(
            name=isolate(one.name), other=isolate(other.name)
        )
        work = partial(_merge, (one.id, one.version), (other.id, other.version))
        self.desk.tasks.change(self, title, work)

    def keep_apart(self) -> None:
        """Note that the two are two people."""
        if self._sides is None:
            return
        one, other = self._sides
        title = _("Keep {name} and {other} apart").format(
            name=isolate(one.name), other=isolate(other.name)
        )
        work = partial(_keep_apart, (one.id, other.id))
        self.desk.tasks.change(self, title, work)

    def _show(self, lines: Mapping[int, PairLine]) -> None:
        at = max(self.table.currentIndex().row(), 0)
        self.lines = lines
        self.table.lazy.hand(lines)
        self.summary.setText(
            plural("{count} pair to look at", "{count} pairs to look at", len(lines)).format(
                count=formats.number(len(lines))
            )
            if lines
            else _("Nobody seems to be known twice.")
        )
        if lines:
            ids = list(lines)
            self.table.select_id(ids[min(at, len(ids) - 1)])
        self._moved(self.table.current_id())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, row: int | None) -> None:
        line = self.lines.get(row) if row is not None else None
        self._sides = None
        for widget in (self.pair, self.same_button, self.two_button):
            widget.setVisible(line is not None)
        if line is not None:
            query = partial(_sides, line.one, line.other)
            self.desk.tasks.read(self, query, self._sides_came)

    def _sides_came(self, sides: tuple[Any, Any]) -> None:
        line = self.lines.get(self.table.current_id() or 0)
        if line is None or (sides[0].id, sides[1].id) != (line.one, line.other):
            return
        self._sides = one, other = sides
        lines = [
            (_("Name"), one.name, other.name),
            (_("Name in its own script"), one.native_name, other.native_name),
            (_("Born"), _born(one), _born(other)),
            (_("Country"), _country(one.country), _country(other.country)),
            (_("E-mail"), one.email, other.email),
            (_("Phone"), one.phone, other.phone),
        ]
        self.pair.show_pair(_("Stays"), _("Is joined to it"), lines)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        keys = QHBoxLayout()
        keys.addWidget(self.same_button)
        keys.addWidget(self.two_button)
        keys.addStretch(1)
        keys.addWidget(self.back_button)
        layout.addWidget(self.title)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.pair)
        layout.addLayout(keys)


def _shortcut(keys: str, at: QWidget, where: Qt.ShortcutContext, run: Any) -> None:
    shortcut = QShortcut(QKeySequence(keys), at)
    shortcut.setContext(where)
    shortcut.activated.connect(run)


def _born(side: Any) -> str:
    return formats.birth(side.born, side.born_partly)


def _country(code: str | None) -> str:
    return country_name(code) if code else ""


def _pairs(session: Any) -> Mapping[int, PairLine]:
    from schoolapp.operations.people.merging import alike_pairs

    return {
        number: PairLine(
            number,
            pair.one,
            pair.other,
            isolate(pair.one_name),
            isolate(pair.other_name),
            ", ".join(_(REASONS[reason]) for reason in pair.reasons),
        )
        for number, pair in enumerate(alike_pairs(session), 1)
    }


def _sides(one: int, other: int, session: Any) -> tuple[Any, Any]:
    from schoolapp.operations.people.merging import sides

    found = sides(session, [one, other])
    return found[one], found[other]


def _merge(kept: tuple[int, int], gone: tuple[int, int], session: Any) -> int:
    from schoolapp.operations.people.merging import merge_people

    return merge_people(session, kept=kept, gone=gone)


def _keep_apart(pair: tuple[int, int], session: Any) -> None:
    from schoolapp.operations.people.merging import keep_apart

    keep_apart(session, [pair])
