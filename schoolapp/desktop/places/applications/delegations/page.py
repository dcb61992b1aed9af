"""The delegations of a gathering: three figures, quotas, balance, and what is done with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from schoolapp.base.language import _, isolate, ltr, mark, plural
from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.kit.pages.list_page import ListPage
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts, button
from schoolapp.desktop.places.applications.delegations import panels
from schoolapp.desktop.places.applications.delegations.gauges import GaugeBar, short
from schoolapp.desktop.places.applications.delegations.names_panel import NamesPanel
from schoolapp.desktop.tables import Column
from schoolapp.domain.delegations import DelegationState
from schoolapp.domain.documents import SheetFacts
from schoolapp.domain.money import Money
from schoolapp.operations.delegations import (
    DelegationDraft,
    DelegationMember,
    DelegationRow,
    delegation_rows,
    draft_of,
    members_of,
    sheet_facts,
    steps_of,
)
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Line:
    """A delegation as the table shows it."""

    name: str
    country: str
    state: DelegationState
    announced: int
    named: int
    arrived: int
    quotas: str
    balance: Money
    leader: str


class DelegationsPage(ListPage[tuple[DelegationRow, ...], Line]):
    """Announced, named and arrived are shown side by side and never mixed."""

    TITLE: ClassVar[str] = mark("Delegations")
    COLUMNS: tuple[Column[Line], ...] = (
        Column.name(lambda row: row.name, mark("Name"), 18),
        Column.number(lambda row: row.announced, mark("Announced"), 6),
        Column.number(lambda row: row.named, mark("Named"), 6),
        Column.number(lambda row: row.arrived, mark("Arrived"), 6),
        Column.money(lambda row: row.balance, mark("Balance"), 11),
        Column.state(lambda row: row.state, mark("Registration"), 15, "delegation_registration"),
        Column.text(lambda row: row.country, mark("Country"), 10),
        Column.text(lambda row: row.quotas, mark("Agreed numbers"), 20, sparse=True),
        Column.text(lambda row: row.leader, mark("Leader"), 18),
    )

    def __init__(self, host: PlaceHost) -> None:
        super().__init__(host)
        self.add_button("new_delegation", _("New delegation"), self.new, "plus", primary=True)

    def query(self, gathering_id: int, session: DbSession) -> tuple[DelegationRow, ...]:
        """All delegations."""
        return delegation_rows(session, gathering_id=gathering_id)

    def show_found(self, found: tuple[DelegationRow, ...]) -> Mapping[int, Line]:
        """The sums, and a line for each."""
        self.summary.setText(summary(found))
        panel = self.panel
        if isinstance(panel, DelegationPanel) and self.host.side is panel:
            row = next((row for row in found if row.id == panel.row.id), None)
            if row is not None and row != panel.row:
                self.open_row(row)
        return {row.id: _line(row) for row in found}

    def new(self) -> None:
        """Announce a delegation."""
        if self.host.gathering is not None:
            form_panel = panels.new_panel(self.desk, self.host.gathering.id)
            form_panel.created.connect(self._made)
            self.show_panel(form_panel)

    def open_line(self, key: int) -> None:
        """Show a delegation at the side."""
        self.open_row(next(row for row in self.found or () if row.id == key))

    def open_row(self, row: DelegationRow) -> None:
        """Show a delegation as it was read."""
        self.show_panel(DelegationPanel(self, row))

    def edit(self, key: int) -> None:
        """Edit a delegation."""
        self.desk.tasks.read(self, partial(draft_of, delegation_id=key), self._edit)

    def step(self, row: DelegationRow, step: str) -> None:
        """Take a step of the registration; a panel asks for what it needs."""
        if step in panels.ASKING:
            self.show_panel(panels.step_panel(self.desk, row, step))
        else:
            title, work = panels.stepping(panels.Asked(row.id, row.name, step))
            self.desk.tasks.change(self, title, work)

    def replace(self, key: int) -> None:
        """Give somebody's place to somebody else."""
        self.desk.tasks.read(self, partial(members_of, delegation_id=key), self._replace)

    def write_file(self, key: int) -> None:
        """Write the file for the leader."""
        self.desk.tasks.read(self, partial(sheet_facts, delegation_id=key), self._facts_came)

    def read_file(self, key: int) -> None:
        """Choose the file that came back."""
        dialog = QFileDialog(self, _("Read the names of a delegation"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Sheets ({patterns})").format(patterns="*.xlsx *.ods *.xls *.csv"))
        dialog.fileSelected.connect(partial(self.open_file, key))
        dialog.open()

    def open_file(self, key: int, path: str) -> None:
        """Show what a file that came back would change."""
        panel = NamesPanel(self.desk, key)
        self.show_panel(panel)
        panel.open(Path(path))

    def save_file(self, facts: SheetFacts, path: Path) -> None:
        """Write the leader's file."""
        self.desk.tasks.work(self, partial(panels.write_file, facts, path), self._written)

    def _made(self, key: int) -> None:
        self._wanted = key

    def _edit(self, draft: DelegationDraft) -> None:
        self.show_panel(panels.edit_panel(self.desk, draft))

    def _replace(self, people: tuple[DelegationMember, ...]) -> None:
        self.show_panel(panels.replace_panel(self.desk, people))

    def _facts_came(self, facts: SheetFacts) -> None:
        name = f"{facts.code}.xlsx"
        self.save_as(_("Save the file for the leader"), name, partial(self.save_file, facts))

    def _written(self, path: Path) -> None:
        self.say(_("The file for the leader is in {file}").format(file=ltr(path.name)))


class DelegationPanel(Panel[DelegationDraft]):
    """One delegation: figures, quotas as bars, and the steps that can be taken."""

    def __init__(self, page: DelegationsPage, row: DelegationRow) -> None:
        super().__init__(page.desk)
        self.row = row
        look = state_look("delegation_registration", row.state.value)
        self.show_item(row.id, row.name, _("Leader: {name}").format(name=isolate(row.leader)), look)
        for step in steps_of(row.state):
            made = button(page.desk.look, _(panels.STEPS[step]), partial(page.step, row, step))
            made.setObjectName(f"step_{step}")
            self.buttons.addWidget(made)
        facts = Facts()
        facts.show_facts((
            (_("Announced"), formats.number(row.announced)),
            (_("Named"), formats.number(row.named)),
            (_("Arrived"), formats.number(row.arrived)),
            (_("Balance"), formats.money(row.balance)),
        ))  # fmt: skip
        self.add(facts)
        for gauge in row.gauges:
            self.add(GaugeBar(page.desk.look, gauge))
        if not row.gauges:
            words = QLabel(_("No numbers have been agreed yet. Edit the delegation to add them."))
            words.setWordWrap(True)
            self.add(words)
        ways, self.ways = QWidget(), Flow(8)
        ways.setLayout(self.ways)
        self.add(ways)
        for name, said, run, icon in (
            ("edit", _("Edit"), page.edit, "pencil"),
            ("leaders_file", _("File for the leader…"), page.write_file, "download"),
            ("read_names", _("Read names…"), page.read_file, "upload"),
            ("replace", _("Replace a person…"), page.replace, "users"),
        ):
            made = button(page.desk.look, said, partial(run, row.id), icon)
            made.setObjectName(name)
            self.ways.addWidget(made)


def summary(rows: Sequence[DelegationRow]) -> str:
    """How many delegations there are, and the sums of their three figures."""
    words = plural("{count} delegation", "{count} delegations", len(rows))
    figures = _("{announced} announced · {named} named · {arrived} arrived").format(
        announced=formats.number(sum(row.announced for row in rows)),
        named=formats.number(sum(row.named for row in rows)),
        arrived=formats.number(sum(row.arrived for row in rows)),
    )
    return " · ".join((words.format(count=formats.number(len(rows))), figures))


def _line(row: DelegationRow) -> Line:
    return Line(
        name=row.name,
        country=formats.country_name(row.iso_country) if row.iso_country else "",
        state=row.state,
        announced=row.announced,
        named=row.named,
        arrived=row.arrived,
        quotas=" · ".join(short(gauge) for gauge in row.gauges if not gauge.is_kept),
        balance=row.balance,
        leader=row.leader,
    )
