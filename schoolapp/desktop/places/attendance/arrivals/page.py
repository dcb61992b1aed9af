"""The arrival desk: people coming and going, with what the gathering asks for, and cash."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, ltr, mark, plural
from schoolapp.base.safe_write import write_safely
from schoolapp.desktop.forms.form import D
from schoolapp.desktop.kit.host import ClosingHost
from schoolapp.desktop.kit.panel import FormPanel, SidePanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import BriefLine, button
from schoolapp.desktop.places.attendance import queries
from schoolapp.desktop.places.attendance.arrivals.panels import (
    arrival_panel,
    cash_panel,
    list_panel,
    owed_by,
)
from schoolapp.desktop.places.attendance.finding import found, owner_of, show_found
from schoolapp.desktop.tables import HANDED, Column, Kind, Table
from schoolapp.domain.arrivals import Check
from schoolapp.domain.documents import Receipt
from schoolapp.domain.money import Money
from schoolapp.domain.participation import ParticipationState
from schoolapp.operations.arrivals.listing import ArrivalRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A person at the desk as the table shows them."""

    id: int
    name: str
    state: str
    arrives: dt.datetime | None
    owed: Money | None
    key: str
    delegation: str
    warning: str
    search: str
    status: str | None
    unpriced: bool = False


def _expected(row: DeskLine) -> str:
    """When somebody is expected; midnight means a day without an hour."""
    if row.arrives is None:
        return ""
    if row.arrives.time() == dt.time():
        return formats.date(row.arrives, weekday=True)
    return formats.moment(row.arrives)


def _owed(row: DeskLine) -> str:
    """What somebody still has to pay, or that nobody knows how much: never nothing for that."""
    if row.unpriced:
        return _("No price yet")
    return "" if row.owed is None else formats.money(row.owed)


PEOPLE: tuple[Column[DeskLine], ...] = (
    Column.name(lambda row: row.name, mark("Name"), 22),
    Column.state(lambda row: row.state, mark("At the desk"), 10, "participation"),
    Column(lambda row: row.arrives, _expected, mark("Expected"), 14, Kind.MOMENT),
    Column(lambda row: row.owed, _owed, mark("Still to pay"), 9, Kind.MONEY),
    Column.code(lambda row: row.key, mark("Key"), 5, sparse=True),
    Column.text(lambda row: row.delegation, mark("Delegation"), 10, sparse=True),
    Column.text(lambda row: row.warning, mark("To settle"), 14, sparse=True),
)


class ArrivalPage(QWidget):
    """A few letters and Enter open the panel of a person, which checks them in, or out again."""

    def __init__(self, host: ClosingHost) -> None:
        super().__init__()
        self._host, self._desk = host, host.desk
        self._gathering_id = 0
        self.rows: dict[int, ArrivalRow] = {}
        self.checklist: Sequence[Check] = ()
        self._currency = ""
        self._lines: list[DeskLine] = []
        self.form_panel: SidePanel | None = None
        self.box, self.words = BriefLine(), Words(quiet=True)
        self.box.setObjectName("arrivals_box")
        self.box.setPlaceholderText(_("Two or three letters, or a badge, then Enter"))
        self.box.setAccessibleName(_("Find somebody at the desk"))
        self.box.textChanged.connect(self._show_lines)
        self.box.returnPressed.connect(self._enter)
        self.table = Table(self._desk.tasks, self._desk.look, PEOPLE, HANDED, _("Arrivals"))
        self.table.setObjectName("arrivals")
        self.table.opened.connect(self.open_person)
        top, layout = QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.box, 1)
        top.addWidget(button(self._desk.look, _("Cash"), self.take_cash, "wallet"))
        top.addWidget(button(self._desk.look, _("Checklist…"), self.set_list, "settings"))
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.box)

    def refresh(self, gathering_id: int) -> None:
        """Ask for the people who are expected or here."""
        self._gathering_id = gathering_id
        query = partial(queries.arrival_desk, gathering_id=gathering_id)
        self._desk.tasks.read(self, query, self._show)

    def open_person(self, key: int) -> None:
        """Check a person in, or out again."""
        row = self.rows[key]
        self._show_panel(arrival_panel(self._desk, row, self.checklist))

    def take_cash(self) -> None:
        """Record cash of the person who is chosen."""
        key = self.table.current_id()
        if key is not None:
            form_panel = cash_panel(self._desk, self.rows[key], self._currency)
            form_panel.created.connect(self._offer_receipt)
            self._show_panel(form_panel)

    def set_list(self) -> None:
        """Choose what this desk asks for."""
        if self._gathering_id:
            self._show_panel(list_panel(self._desk, self._gathering_id, self.checklist))

    def save_receipt(self, receipt: Receipt, path: str) -> None:
        """Write a receipt into a file."""
        work = partial(_write_receipt, receipt, Path(path))
        self._desk.tasks.work(self, work, self._receipt_written)

    def _show_panel(self, form_panel: FormPanel[D, T]) -> None:
        if self.form_panel is not None:
            self.form_panel.deleteLater()
        self.form_panel = form_panel
        form_panel.closed.connect(self._close)
        self._host.put_beside(form_panel)
        form_panel.open(form_panel.form.draft)

    def _close(self) -> None:
        self._host.put_beside(None)
        self.box.clear()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_receipt(self, receipt: Receipt) -> None:
        dialog = QFileDialog(self, _("Save the receipt"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{receipt.number}.pdf")
        dialog.fileSelected.connect(partial(self.save_receipt, receipt))
        dialog.open()

    def _receipt_written(self, path: Path) -> None:
        self._desk.say(_("The receipt is in {file}").format(file=ltr(path.name)))

    def _show(self, asked: queries.ArrivalDesk) -> None:
        self.checklist, self._currency = asked.checklist, asked.currency
        self.rows = {row.id: row for row in asked.rows}
        self._lines = [_line(row) for row in asked.rows]
        here = sum(row.state is ParticipationState.PRESENT for row in asked.rows)
        sentence = plural("{here} of {all} is here", "{here} of {all} are here", here)
        self.words.setText(
            sentence.format(here=formats.number(here), all=formats.number(len(asked.rows)))
        )
        self._show_lines()

    def _show_lines(self) -> None:
        show_found(self.table, self._lines, self.box.text().strip())

    def _enter(self) -> None:
        typed = self.box.text().strip()
        owner = owner_of(self.rows.values(), typed)
        hits = [owner.id] if owner is not None else [one.id for one in found(self._lines, typed)]
        if hits:
            self.table.select_id(hits[0])
            self.open_person(hits[0])
        elif typed:
            self._desk.say(_("Nobody here is called {name}").format(name=isolate(typed)))


def _line(row: ArrivalRow) -> DeskLine:
    here, gone = row.state is ParticipationState.PRESENT, row.state is ParticipationState.COMPLETED
    return DeskLine(
        id=row.id,
        name=row.name,
        state=row.state,
        arrives=row.arrives,
        owed=owed_by(row),
        unpriced=row.unpriced,
        key=row.key if here else "",
        delegation=row.delegation,
        warning="" if row.consent or gone else _("Minor: consent missing"),
        search=row.search,
        status=row.state if gone else None,
    )


def _write_receipt(receipt: Receipt, path: Path) -> Path:
    """Write the receipt of a payment, whole or not at all."""
    from schoolapp.exchange.papers.receipt import write_receipt  # typesets, in the worker

    write_safely(path, write_receipt(receipt, at=clock.now()))
    return path
