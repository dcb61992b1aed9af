"""Home: all schools and camps as a table, or one of them with its figures and its next step."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from schoolapp.base.language import mark
from schoolapp.base.restarting import program
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.home import queries
from schoolapp.desktop.places.home.queries import Facts, HomeRow
from schoolapp.desktop.tables import Column, Source, View

if TYPE_CHECKING:  # what the first screen does not need is imported when it is made
    from schoolapp.desktop.places.home.centres_panel import CentresPanel
    from schoolapp.desktop.places.home.dashboard import Dashboard
    from schoolapp.desktop.places.home.open_gathering import OpenGathering
    from schoolapp.desktop.places.home.panels import NewGatheringPanel
    from schoolapp.desktop.places.home.steps import Steps
    from schoolapp.storage.first_screen import GatheringLine
    from schoolapp.storage.store import DbSession


class Home(TablePlace[HomeRow]):
    """The first place: it opens on what was read before the store was there."""

    key: ClassVar[str] = "home"
    title: ClassVar[str] = mark("Home")
    icon: ClassVar[str] = "house"
    SOON: ClassVar[tuple[str, ...]] = (
        "schoolapp.desktop.places.home.dashboard",
        "schoolapp.desktop.places.home.open_gathering",
        "schoolapp.desktop.places.home.steps",
    )
    SEARCH = mark("Search")
    SORT: ClassVar[str] = "start_date"
    MACHINE: ClassVar[str] = "gathering"
    EMPTY: ClassVar[str] = mark(
        "There is no school or camp yet. A template makes one in a minute."
        " Or try things out on the practice schools first: their people are"
        " made up."
    )
    EMPTY_COMMANDS: ClassVar[tuple[str, ...]] = ("home.new", "home.practice")
    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {
            "gathering", "module", "room", "deadline", "free_day", "price", "application",
            "participation", "session", "engagement", "subsidy", "blocked_time", "delegation",
            "centre",
        }
    )  # fmt: skip
    COLUMNS: tuple[Column[HomeRow], ...] = (
        Column.name(lambda row: row.title, mark("Title"), 28, sort="title"),
        Column.text(lambda row: row.kind, mark("Kind"), 10, sort="kind"),
        Column.date(lambda row: row.start_date, mark("First day"), 11, sort="start_date"),
        Column.date(lambda row: row.end_date, mark("Last day"), 11, sort="end_date"),
        Column.state(lambda row: row.state, mark("State"), 20, "gathering", sort="state"),
        Column.number(lambda row: row.applications, mark("Applied"), 7, sort="applications"),
        Column.number(lambda row: row.participants, mark("Take part"), 8, sort="participants"),
    )

    def source(self) -> Source[HomeRow]:
        """Gatherings from the store."""
        return Source(queries.ids, queries.rows)

    def counts(self, session: "DbSession", view: View) -> Mapping[str, int]:
        """How many gatherings are in each state."""
        return queries.counts(session, view)

    def build(self) -> None:
        """The table; the dashboard and the panels are made when they are first needed."""
        self.around_table = self._pages = QStackedWidget(self.body)
        super().build()
        self.view = View(sort=self.SORT, descending=True)
        self.table.lazy.view = self.view
        self.table.show_sorting()
        self._pages.addWidget(self._stack)
        self.body.set_main(self._pages)
        self._awaits_focus = False
        self._facts: Facts | None = None
        self.edit_button = self.add_action("home.edit")
        self.add_action("home.new", primary=True)

    @cached_property
    def dashboard(self) -> "Dashboard":
        """One gathering with its figures and its next step."""
        from schoolapp.desktop.places.home.dashboard import Dashboard

        # the steps are imported when one is taken
        made = Dashboard(self.desk, lambda step: self.steps.take(step), self._pages)
        self._pages.addWidget(made)
        return made

    @cached_property
    def opened(self) -> "OpenGathering":
        """The panel of the gathering that is chosen."""
        from schoolapp.desktop.places.home.open_gathering import OpenGathering

        return OpenGathering(self)

    @cached_property
    def steps(self) -> "Steps":
        """The steps of its workflow."""
        from schoolapp.desktop.places.home.steps import Steps

        return Steps(self)

    @cached_property
    def form_panel(self) -> "NewGatheringPanel":
        """The form for a new gathering."""
        from schoolapp.desktop.places.home.panels import NewGatheringPanel

        return NewGatheringPanel(self.desk)

    @cached_property
    def centres(self) -> "CentresPanel":
        """The centres, each with its mailbox."""
        from schoolapp.desktop.places.home.centres_panel import CentresPanel

        return CentresPanel(self.desk)

    @property
    def facts(self) -> Facts | None:
        """What is known of the gathering that is chosen; None until it was read."""
        known, chosen = self._facts, self.gathering
        return known if known is not None and chosen is not None and known.id == chosen.id else None

    @property
    def has_room(self) -> bool:
        """Whether a panel fits beside the figures."""
        return self.body.has_room

    def refresh(self) -> None:
        """Ask for the table, or for the gathering that is shown; and for the centres, if seen."""
        if "centres" in self.__dict__:  # else the panel is made when it is first asked for
            self.centres.refresh()
        if self.gathering is None:
            super().refresh()
        else:
            query = partial(queries.facts, gathering_id=self.gathering.id)
            self.desk.tasks.read(self, query, partial(self._facts_came, self.gathering.id))

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show one gathering, or the table of all."""
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        super().show_gathering(gathering)
        alone = gathering is not None
        self._awaits_focus = had_focus and alone
        for widget in (self.search, self.chips):
            widget.setVisible(not alone)
        self.edit_button.setVisible(alone)
        if alone:
            self.dashboard.clear()
            self._pages.setCurrentWidget(self.dashboard)
        else:
            self._pages.setCurrentIndex(0)
        if had_focus:
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_first(self, rows: "Sequence[GatheringLine]") -> None:
        """Show the gatherings that were read before the store was there, the newest first."""
        shown = [queries.row_of(line) for line in rows]
        shown.sort(key=lambda row: row.start_date, reverse=True)
        self.table.lazy.fill([row.id for row in shown], {row.id: row for row in shown})

    def show_row(self, row_id: int, row: HomeRow) -> None:
        """A row that was opened or asked for is the gathering to work in."""
        self.desk.choose(row_id)

    def _reached(self, row_id: int | None) -> None:
        """Nothing: passing over a gathering is not choosing it, also with a panel beside it."""

    def focus_target(self) -> QWidget:
        """The table, or what can be done next."""
        if self.gathering is None:
            return self.table
        return self.dashboard.first_step() or self.edit_button

    def new(self) -> None:
        """Open the panel for a new gathering."""
        from schoolapp.desktop.places.home.creating import new_gathering, offered

        self.show_side(self.form_panel)
        self.form_panel.open(new_gathering(self.desk.settings))
        self.desk.tasks.read(self, offered, self.form_panel.fields.offer_all)

    def open_centres(self) -> None:
        """Show the centres, to be added, changed and removed."""
        self.show_side(self.centres)
        self.centres.refresh()
        self.centres.focus_first()

    def open_practice(self) -> None:
        """Open the practice schools in a window of their own."""
        from PySide6.QtCore import QProcess  # the first paint does not need it

        start, *words = program()
        QProcess.startDetached(start, [*words, "--practice"])

    def reports(self) -> None:
        """Open the gallery of reports beside the registers."""
        self.desk.run("attendance.export")

    def close_side(self) -> None:
        """Close what is at the side; the dashboard takes the focus as the table does."""
        super().close_side()
        if self.gathering is not None:
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts_came(self, gathering_id: int, facts: Facts | None) -> None:
        if facts is None or self.gathering is None or self.gathering.id != gathering_id:
            return
        had_focus = self.dashboard.isAncestorOf(self.window().focusWidget() or self)
        self.dashboard.show_facts(facts)
        if had_focus or self._awaits_focus:
            self._awaits_focus = False
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        first, self._facts = self._facts is None or self._facts.id != gathering_id, facts
        if "opened" in self.__dict__:  # else it is made when it is needed: that takes a while
            self.opened.renew(facts)
        if first:
            # after the figures are painted: its modules are imported only then
            QTimer.singleShot(0, self, lambda: self.opened.offer())
