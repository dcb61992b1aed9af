"""The page of possible duplicates: pairs of known people, each decided by a person with one key."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.comparing import REASONS, Compared, SideBySide
from schoolapp.desktop.kit.pages.leaving import back_button
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button, give_keys
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.operations.people.merging import (
    AlikePair,
    Side,
    alike_pairs,
    keep_apart,
    merge_people,
    sides,
)

COLUMNS: tuple[Column[AlikePair], ...] = (
    Column.name(lambda pair: isolate(pair.one_name), mark("Name"), 24),
    Column.text(lambda pair: isolate(pair.other_name), mark("May be the same as"), 24),
    Column.text(lambda pair: _reasons(pair), mark("Why"), 36),
)


class DuplicatesPage(QWidget):
    """S makes two people one, T notes that they are two; Esc goes back to the list.

    The place refreshes it after every change, as it does its own table.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pairs: Mapping[int, AlikePair] = {}
        self._sides: tuple[Side, Side] | None = None
        self.title, self.summary = Heading(_("Possible duplicates")), Words(wrap=True)
        self.table = Table(desk.tasks, desk.look, COLUMNS, HANDED, _("Possible duplicates"))
        self.table.setObjectName("duplicates")
        self.pair = SideBySide()
        look = desk.look
        self.same_button = button(look, _("Same person (S)"), self.join, "user")
        self.two_button = button(look, _("Two people (T)"), self.keep_apart, "users")
        self.back_button = back_button(look, self.closed.emit)
        self._lay_out()
        self.table.current_changed.connect(self._moved)
        give_keys(self.table, {"S": self.join, "T": self.keep_apart}, inside=False)
        give_keys(self, {"Esc": self.closed.emit})

    def refresh(self) -> None:
        """Compare everybody with everybody again."""
        self.desk.tasks.read(self, alike_pairs, self._show)

    def join(self) -> None:
        """Make the two of the pair one person; the one known longer stays."""
        if self._sides is None:
            return
        one, other = self._sides
        title = _("Join {name} and {other}").format(
            name=isolate(one.name), other=isolate(other.name)
        )
        kept, gone = (one.id, one.version), (other.id, other.version)
        self.desk.tasks.change(self, title, partial(merge_people, kept=kept, gone=gone))

    def keep_apart(self) -> None:
        """Note that the two are two people."""
        if self._sides is None:
            return
        one, other = self._sides
        title = _("Keep {name} and {other} apart").format(
            name=isolate(one.name), other=isolate(other.name)
        )
        self.desk.tasks.change(self, title, partial(keep_apart, pairs=[(one.id, other.id)]))

    def _show(self, pairs: Sequence[AlikePair]) -> None:
        at = max(self.table.currentIndex().row(), 0)
        self.pairs = dict(enumerate(pairs, 1))
        self.table.lazy.hand(self.pairs)
        self.summary.setText(
            plural("{count} pair to look at", "{count} pairs to look at", len(pairs)).format(
                count=formats.number(len(pairs))
            )
            if pairs
            else _("Nobody seems to be listed twice.")
        )
        if pairs:
            self.table.select_id(min(at + 1, len(pairs)))
        self._moved(self.table.current_id())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, row: int | None) -> None:
        pair = self.pairs.get(row) if row is not None else None
        self._sides = None
        for widget in (self.pair, self.same_button, self.two_button):
            widget.setVisible(pair is not None)
        if pair is not None:
            query = partial(sides, ids=(pair.one, pair.other))
            self.desk.tasks.read(self, query, partial(self._sides_came, pair))

    def _sides_came(self, pair: AlikePair, found: Mapping[int, Side]) -> None:
        if self.pairs.get(self.table.current_id() or 0) != pair or len(found) < 2:
            return  # the cursor is elsewhere, or one of them is gone
        self._sides = one, other = found[pair.one], found[pair.other]
        headings = _("Stays"), _("Is joined with it")
        self.pair.show_pair(headings, _compared(one), _compared(other))

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


def _reasons(pair: AlikePair) -> str:
    return ", ".join(_(REASONS[reason]) for reason in pair.reasons)


def _compared(side: Side) -> Compared:
    return Compared(
        name=side.name,
        native_name=side.native_name or "",
        born=formats.birth(side.born, side.born_partly),
        country=formats.country_name(side.country) if side.country else "",
        email=side.email or "",
        phone=side.phone or "",
    )
