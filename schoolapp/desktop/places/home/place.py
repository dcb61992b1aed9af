"""Home: all schools and camps as a table, or one of them with its figures and its next step."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from schoolapp.base.language import _, mark
from schoolapp.base.restarting import program
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.home import queries
from schoolapp.desktop.tables import Column, Source, View

if TYPE_CHECKING:  # what the first screen does not need is imported when it is made
    from schoolapp.desktop.forms import Form
    from schoolapp.desktop.kit.editing import Operation
    from schoolapp.desktop.kit.panel import FormPanel
    from schoolapp.desktop.places.home.dashboard import Dashboard
    from schoolapp.desktop.places.home.gathering_panel import GatheringPanel


class Home(TablePlace):
    """The first place: it opens on what was read before the store was there."""

    key: ClassVar[str] = "home"
    title: ClassVar[str] = mark("Home")
    icon: ClassVar[str] = "house"
    SOON: ClassVar[tuple[str, ...]] = (
        "schoolapp.desktop.places.home.dashboard",
        "schoolapp.desktop.places.home.gathering_panel",
        "schoolapp.desktop.places.home.panels",
    )
    SEARCH = mark("Search")
    SORT: ClassVar[str] = "start_date"
    MACHINE: ClassVar[str] = "gathering"
    EMPTY: ClassVar[str] = mark(
        "There is no school or camp yet. A template makes one in a minute. Or try things on the"
        " practice schools first: their people are made up."
    )
    EMPTY_COMMANDS: ClassVar[tuple[str, ...]] = ("home.new", "home.practice")
    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {
            "gathering", "module", "room", "deadline", "free_day", "price", "application",
            "participation", "session", "engagement", "subsidy",
        }
    )  # fmt: skip
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column.name(lambda row: row.title, mark("Title"), 28, sort="title"),
        Column.text(lambda row: row.kind, mark("Kind"), 10, sort="kind"),
        Column.date(lambda row: row.start_date, mark("First day"), 11, sort="start_date"),
        Column.date(lambda row: row.end_date, mark("Last day"), 11, sort="end_date"),
        Column.state(lambda row: row.state, mark("State"), 20, "gathering", sort="state"),
        Column.number(lambda row: row.applications, mark("Applied"), 7, sort="applications"),
        Column.number(lambda row: row.participants, mark("Take part"), 8, sort="participants"),
    )

    def source(self) -> Source:
        """Gatherings from the store."""
        return Source(queries.ids, queries.rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        """How many gatherings are in each state."""
        return queries.counts(session, view)

    def build(self) -> None:
        """The table; dashboard, panel and sheets are made when they are first wanted."""
        self.around_table = self._pages = QStackedWidget(self.body)
        super().build()
        self.view = View(sort=self.SORT, descending=True)
        self.table.lazy.view = self.view
        self.table.show_sorting()
        self._pages.addWidget(self._stack)
        self.body.set_main(self._pages)
        self._awaits_focus = False
        self._facts: queries.Facts | None = None
        self.edit_button = self.add_action("home.edit")
        self.add_action("home.new", primary=True)

    @cached_property
    def dashboard(self) -> "Dashboard":
        """One gathering with its figures and its next step."""
        from schoolapp.desktop.places.home.dashboard import Dashboard

        made = Dashboard(self.desk, self._take_step, self._pages)
        self._pages.addWidget(made)
        return made

    @cached_property
    def panel(self) -> "GatheringPanel":
        """The form of the gathering."""
        from schoolapp.desktop.places.home.gathering_panel import GatheringPanel

        return GatheringPanel(self.desk, self._form)

    @cached_property
    def _form(self) -> "Form":
        from schoolapp.desktop.places.home.gathering_panel import gathering_form

        return gathering_form(self.desk)

    @cached_property
    def form_panel(self) -> "FormPanel":
        """The form for a new gathering."""
        from schoolapp.desktop.places.home.panels import new_gathering_panel

        return new_gathering_panel(self.desk)

    @cached_property
    def reason_panel(self) -> "FormPanel":
        """Asks why a step is taken that needs a reason."""
        from schoolapp.desktop.places.home.panels import reason_panel

        return reason_panel(self.desk, self._step_of)

    def refresh(self) -> None:
        """Ask for the table, or for the gathering that is shown."""
        if self.gathering is None:
            super().refresh()
        else:
            query = partial(queries.facts, self.gathering.id)
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

    def show_first(self, rows: Sequence[Any]) -> None:
        """Show the gatherings that were read before the store was there, the newest first."""
        shown = [queries.row_of(line) for line in rows]
        shown.sort(key=lambda row: row.start_date, reverse=True)
        self.table.lazy.fill([row.id for row in shown], {row.id: row for row in shown})

    def show_row(self, row_id: int, row: Any) -> None:
        """A row that was opened or asked for is the gathering to work in."""
        self.desk.choose(row_id)

    def _reached(self, row_id: int | None) -> None:
        """Nothing: passing over a gathering is not choosing it, also with a sheet beside it."""

    def focus_target(self) -> QWidget:
        """The table, or what can be done next."""
        if self.gathering is None:
            return self.table
        return self.dashboard.first_step() or self.edit_button

    def new(self) -> None:
        """Open the sheet for a new gathering."""
        from schoolapp.desktop.places.home.creating import earlier, new_gathering

        self.show_side(self.form_panel)
        self.form_panel.open(new_gathering(self.desk.settings))
        self.desk.tasks.read(self, earlier, partial(self.form_panel.form.offer, "like"))

    def open_practice(self) -> None:
        """Open the practice schools in a window of their own."""
        from PySide6.QtCore import QProcess  # the first paint does without

        start, *words = program()
        QProcess.startDetached(start, [*words, "--practice"])

    def reports(self) -> None:
        """Open the gallery of reports beside the registers."""
        self.desk.run("attendance.export")

    def edit(self) -> None:
        """Open the gathering's panel."""
        if self._fill_panel():
            self.show_side(self.panel)
            assert self.panel.form is not None
            self.panel.form.first_field().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def remove(self) -> None:
        """Remove the gathering."""
        if self.gathering is None or not self._fill_panel():
            return
        self.panel.leave()
        title = _("Remove {name}").format(name=self.gathering.title)
        removing = partial(queries.remove, self.gathering.id, self.panel.version)
        self.desk.tasks.change(self, title, removing)

    def close_side(self) -> None:
        """Close what is at the side; the dashboard takes the focus as the table does."""
        super().close_side()
        if self.gathering is not None:
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts_came(self, gathering_id: int, facts: queries.Facts | None) -> None:
        if facts is None or self.gathering is None or self.gathering.id != gathering_id:
            return
        had_focus = self.dashboard.isAncestorOf(self.window().focusWidget() or self)
        self.dashboard.show_facts(facts)
        if had_focus or self._awaits_focus:
            self._awaits_focus = False
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        first, self._facts = self._facts is None or self._facts.id != gathering_id, facts
        if "panel" in self.__dict__:  # else it is made when it is wanted: that takes a while
            self.panel.show_gathering(facts)
        if first:
            QTimer.singleShot(0, self, self._offer_panel)  # after the figures are painted

    def _offer_panel(self) -> None:
        """Show the form beside the figures where there is room for both."""
        if self.body.side is not None or not self.body.has_room:
            return
        for part in ("_form", "panel"):  # each is made in a turn of its own
            if part not in self.__dict__ and getattr(self, part):
                QTimer.singleShot(0, self, self._offer_panel)
                return
        if self._fill_panel():
            self.show_side(self.panel)

    def _fill_panel(self) -> bool:
        """Have the panel show the gathering that is chosen; False while nothing is known of it."""
        facts = self._facts
        if facts is None or self.gathering is None or facts.id != self.gathering.id:
            return False
        if self.panel.key != facts.id:
            self.panel.show_gathering(facts)
        return True

    def _take_step(self, step: str, needs_reason: bool) -> None:
        if needs_reason:
            from schoolapp.desktop.places.home.panels import show_reason

            self.show_side(self.reason_panel)
            show_reason(self.reason_panel, step)
        else:
            title, operation = self._step_of(step, "")
            self.desk.tasks.change(self, title, operation)

    def _step_of(self, step: str, reason: str) -> "tuple[str, Operation]":
        assert self.gathering is not None
        moving = partial(queries.move, self.gathering.id, step, reason or None)
        return _(queries.STEPS[step]), moving
