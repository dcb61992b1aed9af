"""The money: funds and subsidies, fees and payments, travel claims, campaigns and gifts."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.forms import Offers
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.kit.table_stack import TableStack
from schoolapp.desktop.places.money import queries
from schoolapp.desktop.places.money.exporting import Exporting
from schoolapp.desktop.places.money.figures import Figures
from schoolapp.desktop.places.money.ledgers import LEDGERS, SUBSIDIES, AnyLedger, ledger_of
from schoolapp.desktop.places.money.new_panels import NewPanels
from schoolapp.desktop.places.money.panels import Panels, Way
from schoolapp.desktop.places.money.recording import Recording
from schoolapp.desktop.tables import Source, Table, View


@dataclass(slots=True)
class LedgerTable:
    """One of the tables with what replaces it when it is empty."""

    table: Table[Any]  # of the rows of its ledger
    stack: TableStack
    view: View


class Money(TablePlace[Any]):  # the ledger shown knows its rows: see AnyLedger
    """Several tables, one shown at a time; above it the funds, or what a campaign raised."""

    key: ClassVar[str] = "money"
    title: ClassVar[str] = mark("Money")
    icon: ClassVar[str] = "wallet"
    WATCHES = frozenset(
        {
            "subsidy", "subsidy_part", "subsidy_payment", "fund", "fund_income", "payment",
            "allocation",
            "delegation", "participation", "travel_claim", "claim_line", "campaign", "gift",
            "person", "gathering",
        }
    )  # fmt: skip
    SEARCH = mark("Search by name")
    COLUMNS = SUBSIDIES.columns
    EMPTY_COMMANDS = ("money.new",)

    def build(self) -> None:
        """The first table beneath the funds; each other one is made when it is shown."""
        self._made: dict[str, LedgerTable] = {}
        self.around_table = self._tables = QStackedWidget(self.body)
        self.ledger: AnyLedger = SUBSIDIES
        self.glance: queries.Glance | None = None
        super().build()
        self._tables.addWidget(self._stack)
        offers = Offers()
        self.panels, self.forms = Panels(self.desk, offers, self), NewPanels(self.desk, offers)
        self.recording = Recording(self, self.panels, self.forms, self)
        self.exporting = Exporting(self, self)
        whole = QWidget(self.body)
        self.figures = Figures(self.desk.look, whole)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.figures)
        layout.addWidget(self._tables, 1)
        self.body.set_main(whole)
        for ledger in LEDGERS:
            self.chips.add(ledger.key, _(ledger.words))
        self.add_action("money.new", primary=True)
        self._turn_to(self.ledger)

    def make_table(self) -> None:
        """Make the table of the ledger that is to be shown."""
        ledger = self.ledger
        self.COLUMNS = ledger.columns
        self.SORT = ledger.sort  # type: ignore[misc]  # other places have one table for good
        super().make_table()
        self.table.setObjectName(ledger.key)
        self.view = self.view._replace(gathering=self.gathering.id if self.gathering else None)
        self._made[ledger.key] = LedgerTable(self.table, self._stack, self.view)

    def source(self) -> Source[object]:
        """Where the rows of the ledger come from."""
        return self.ledger.source()

    def focus_target(self) -> QWidget:
        """The tables, of which the one that is shown takes the focus."""
        return self._tables

    def refresh(self) -> None:
        """Ask for the rows, and for the figures above them."""
        super().refresh()
        key = self.gathering.id if self.gathering else None
        query = partial(queries.glance, gathering_id=key)
        self.desk.tasks.read(self, query, self._glance_came)

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the money of a gathering."""
        for made in self._made.values():
            made.view = made.view._replace(gathering=gathering.id if gathering else None)
        super().show_gathering(gathering)

    def belongs_to_one(self) -> bool:
        """All but the tables that are the institute's."""
        return not self.ledger.everywhere

    def show_ledger(self, ledger: AnyLedger) -> None:
        """Show another of the tables."""
        self.leave()
        self.close_side()
        self._turn_to(ledger)
        self.ask_for_gathering()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_filters(self) -> None:
        """Show all rows of the table again."""
        super().clear_filters()
        self.chips.choose(self.ledger.key)

    def on_changed(self, tables: frozenset[str]) -> None:
        """Ask again, for what is at the side too."""
        self.refresh()
        way = self.panels.way(self.ledger.key)
        if self.body.side is way.panel and way.panel.key is not None:
            again = partial(self._row_again, way)
            self.desk.tasks.read(self, way.reading(way.panel.key), again)

    def show_row(self, row_id: int, row: object) -> None:
        """Show a row to edit."""
        way = self.panels.way(self.ledger.key)
        self.desk.tasks.read(self, way.reading(row_id), partial(self._row_came, way))

    def show_made(self, key: str, row_id: int) -> None:
        """Show a row that was made just now, in the table of this key."""
        if key != self.ledger.key:
            self.show_ledger(ledger_of(key))
        self.open_row(row_id)

    def chosen_row(self) -> object:
        """The row that is chosen; None if none is, or if it was not read yet."""
        return next((self.table.lazy.row(key) for key in self.selected_ids()[:1]), None)

    def _turn_to(self, ledger: AnyLedger) -> None:
        self._made[self.ledger.key].view = self.view
        self.ledger = ledger
        if ledger.key not in self._made:
            self.make_table()
            self._tables.addWidget(self._stack)
        made = self._made[ledger.key]
        self.table, self._stack, self.view = made.table, made.stack, made.view
        self.EMPTY = ledger.empty  # type: ignore[misc]  # other places have one table for good
        self._tables.setCurrentWidget(made.stack)
        self._lead_focus()
        self.chips.choose(ledger.key)
        self.context_changed.emit()
        if self.glance is not None:
            self.figures.show_glance(self.glance, ledger)

    def _ids_came(self, count: int) -> None:
        super()._ids_came(count)
        self._lead_focus()

    def _lead_focus(self) -> None:
        """Lead the focus to the table if it is shown: a hidden one would hold up Tab for good."""
        shown = self._stack.currentWidget() is self.table
        self._tables.setFocusProxy(self.table if shown else self._stack)

    def _chip_chosen(self, key: str) -> None:
        if key != self.ledger.key:
            self.show_ledger(ledger_of(key))

    def _row_came(self, way: Way, found: object) -> None:
        if found is None or way.panel is not self.panels.way(self.ledger.key).panel:
            return
        entering = self.body.side is not way.panel
        self.show_side(way.panel)
        way.show(found)
        if entering and way.panel.form and self.isAncestorOf(self.focusWidget() or self):
            way.panel.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_again(self, way: Way, found: object) -> None:
        if self.body.side is not way.panel:
            return
        if found is None:
            self.close_side()
        else:
            way.show(found)

    def _glance_came(self, found: queries.Glance) -> None:
        self.glance = found
        self.forms.offer(found, self.gathering.id if self.gathering else 0)
        self.figures.show_glance(found, self.ledger)
