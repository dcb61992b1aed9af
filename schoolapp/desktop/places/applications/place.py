"""The place of applications: the list with its counts, and the pages where one decides."""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Words
from schoolapp.desktop.look.widgets import Chip
from schoolapp.desktop.places.applications import drafts, queries
from schoolapp.desktop.places.applications.importing import SHEETS
from schoolapp.desktop.places.applications.next_bar import NextBar
from schoolapp.desktop.places.applications.pages import Pages
from schoolapp.desktop.places.applications.panel import (
    ApplicationPanel,
    Case,
    left_of,
    read_case,
)
from schoolapp.desktop.places.applications.words import DONE, DONE_MANY, STEPS
from schoolapp.desktop.tables import Column, Source, View

FILTERS = (
    ("asks_subsidy", mark("Asks for a subsidy")),
    ("needs_visa", mark("Needs a visa")),
    ("doubtful", mark("Doubtful")),
)


class Applications(Pages):
    """Decides on one application after another; the next one comes by itself."""

    key: ClassVar[str] = "applications"
    title: ClassVar[str] = mark("Applications")
    icon: ClassVar[str] = "inbox"
    OPENS: ClassVar[tuple[str, ...]] = SHEETS
    MACHINE, OF_ONE = "application", True
    SEARCH = mark("Search names")
    SORT = "name"
    EMPTY = mark("Nobody has applied yet. Import a sheet, or register somebody by hand.")
    EMPTY_COMMANDS = ("applications.import",)
    WATCHES = frozenset(
        {"application", "application_step", "person", "participation", "gathering", "delegation"}
        | {"pending_decision", "place_offer", "selection_rules", "selection_target", "mail"}
        | {"module", "stay", "module_attended", "letter_template", "score", "score_scale"}
    )
    COLUMNS = (
        Column.name(lambda row: row.name, mark("Name"), 24, sort="name"),
        Column.state(lambda row: row.state, mark("State"), 16, "application", sort="state"),
        Column.country(lambda row: row.country, mark("Country"), 10, sort="country"),
        Column.languages(lambda row: row.spoken, mark("Languages"), 12),
        Column.yes_no(lambda row: row.asks_subsidy, mark("Subsidy"), 4, sort="asks_subsidy"),
        Column.yes_no(lambda row: row.needs_visa, mark("Visa"), 4, sort="needs_visa", private=True),
        Column.number(
            lambda row: row.waiting_rank, mark("Rank"), 3, sort="waiting_rank", sparse=True
        ),
        Column.number(lambda row: row.issues, mark("Doubts"), 3, sort="issues"),
        Column.date(lambda row: row.submitted, mark("Submitted"), 9, sort="submitted"),
        Column.text(
            lambda row: row.delegation, mark("Delegation"), 10, sort="delegation", sparse=True
        ),
    )

    def build(self) -> None:
        """The table and filters with numbers; panel, sheet and the page of an import come later."""
        main = self.around_table = QWidget(self.body)
        super().build()
        look = self.desk.look
        self._offers = Offers()
        self._figures_of: View | None = None  # the view whose figures are on their way
        self.table.current_changed.connect(self._cursor_moved)
        self.left = Words()
        self.left.setObjectName("places_left")
        self.next_bar = NextBar(look)
        self.next_bar.offered.connect(self.offer_to)
        self.next_bar.ended.connect(self.end_offers)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.next_bar)
        column.addWidget(self._stack, 1)
        self.body.set_main(main)
        self.toggles = {key: Chip(look, key, _(words)) for key, words in FILTERS}
        for key, chip in self.toggles.items():
            chip.setObjectName(key)
            chip.clicked.connect(partial(self._toggled, key))
            self.chips.add_beside(chip)
        self.left.setMinimumHeight(chip.sizeHint().height())
        self.chips.add_beside(self.left)
        self.letters_button = self.command_button("applications.letters")
        self.chips.add_beside(self.letters_button)
        self.letters_button.hide()
        self.add_action("applications.import").setText(_("Import…"))
        self.add_action("applications.meeting").setText(_("Decide"))
        self.add_action("applications.new", primary=True)

    @cached_property
    def panel(self) -> ApplicationPanel:
        """The application that is chosen."""
        form = Form(self.desk.tasks, self.desk.look, drafts.EDITED)
        made = ApplicationPanel(self.desk, form, drafts.saving)
        made.decided.connect(self._decide_shown)
        made.step_wanted.connect(self._take_step)
        return made

    @cached_property
    def form_panel(self) -> FormPanel:
        """The form for a new application."""
        desk = self.desk
        form = Form(desk.tasks, desk.look, drafts.CREATED, drafts.check_new)
        self._offers.join(form)
        made = FormPanel(desk, _("New application"), form, drafts.creating, _("Register"))
        made.created.connect(self.open_row)
        return made

    def source(self) -> Source:
        """Ids and lines from the operations."""
        return Source(queries.ids, queries.rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        """The numbers on the chips."""
        from schoolapp.operations.applications import state_counts

        if view.gathering is None:
            return {}
        found = {s.value: n for s, n in state_counts(session, queries.asked(view)).items()}
        return {**found, "": sum(found.values())}

    def refresh(self) -> None:
        """Ask for the list, the numbers, and what is left; or for what the page shows."""
        if self._figures_of != self.view:  # quick changes one after another are counted once
            self._figures_of = self.view
            query = partial(queries.figures, self.view)
            self.desk.tasks.read(self, query, self._show_figures, self._no_figures)
        if self.opened_page is not None:
            self.refresh_page()
            return
        super().refresh()
        if self.body.side is not None and self.body.side is self.panel and self.panel.key:
            self._read_case(self.panel.key)

    def show_row(self, row_id: int, row: Any) -> None:
        """Show an application at the side."""
        self.show_side(self.panel)
        self._read_case(row_id)

    def selected_ids(self) -> tuple[int, ...]:
        """The selected applications, else the one where the cursor stands.

        None while a page without applications lies over the list: what is not seen is not changed.
        """
        if self.opened_page is not None and not self.is_deciding:
            return ()
        table = self.focus_target()
        current = table.current_id()
        return (() if self.is_deciding else table.selected_ids()) or (
            () if current is None else (current,)
        )

    def focus_target(self) -> Any:
        """The list, or that of the meeting."""
        return self.meeting.list if self.is_deciding else self.table

    def clear_filters(self) -> None:
        """Show all applications again."""
        for chip in self.toggles.values():
            chip.setChecked(False)
        super().clear_filters()

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the applications of one gathering."""
        self.next_bar.hide()
        if self.opened_page is not None:
            self.close_page()
        super().show_gathering(gathering)
        self.left.clear()

    def open_row(self, row_id: int) -> None:
        """Put the cursor on an application in the list."""
        if self.opened_page is not None:
            self.close_page()
        super().open_row(row_id)

    def new(self) -> None:
        """Register an application by hand."""
        if self.gathering is not None:
            blank = drafts.NewApplication(gathering_id=self.gathering.id)
            self.show_side(self.form_panel)
            self.form_panel.open(blank)
            query = partial(queries.facts, self.gathering.id)
            self.desk.tasks.read(self, query, self._offer)

    def import_sheet(self) -> None:
        """Choose a sheet to import."""
        dialog = QFileDialog(self, _("Import applications"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{ending}" for ending in SHEETS)
        dialog.setNameFilter(_("Sheets ({patterns})").format(patterns=patterns))
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def edit(self) -> None:
        """Open the application at the side."""
        current = self.focus_target().current_id()
        if current is not None:
            if self.opened_page is not None:
                self.close_page()
            super()._opened(current)

    def step(self, by: int) -> None:
        """Go to the next application, or to the one before."""
        table = self.focus_target()
        at = table.currentIndex().row() + by
        if 0 <= at < table.lazy.rowCount():
            table.select_id(table.lazy.row_id(at))

    def write_note(self) -> None:
        """Write a note on the application that is shown."""
        if not self.is_deciding:
            self.open_meeting()
        self.meeting.write_note()

    def score(self) -> None:
        """Score the application that is shown, as a referee."""
        if not self.is_deciding:
            self.open_meeting()
            return
        self.meeting.score()

    def hide_names(self) -> None:
        """Hide or show the names while one decides."""
        if self.is_deciding:
            self.meeting.hide_names()

    def offer(self) -> None:
        """Offer the selected person a free place."""
        for application_id in self.selected_ids()[:1]:
            self.offer_to(application_id)

    def offer_to(self, application_id: int, reason: str = "") -> None:
        """Hold a free place for somebody, and write to them."""
        title = self._named(application_id, _("Offer a place to {name}"))
        work = partial(queries.offer, application_id, reason)
        again = partial(self.offer_to, application_id)
        refused = partial(self._refused, application_id, again)
        self.desk.tasks.change(self, title, work, failed=refused)

    def end_offers(self) -> None:
        """End the offers that have run out."""
        if self.gathering is not None:
            work = partial(queries.end_offers, self.gathering.id)
            self.desk.tasks.change(self, _("End the offers that were not answered"), work)

    def remind(self) -> None:
        """Write reminders to those who have not answered a question yet."""
        if self.gathering is not None:
            work = partial(queries.remind, self.gathering.id)
            self.desk.tasks.change(self, _("Write reminders"), work, self._reminded)

    def _reminded(self, count: int) -> None:
        if not count:
            self.desk.say(_("Nobody has to be reminded now."))

    def move_in_line(self, by: int, reason: str = "") -> None:
        """Move the selected person on the waiting list, for a reason that is kept."""
        for application_id in self.selected_ids()[:1]:
            pattern = _("Move {name} up") if by < 0 else _("Move {name} down")
            title = self._named(application_id, pattern)
            work = partial(queries.move_in_line, application_id, by, reason)
            again = partial(self.move_in_line, by)
            self.desk.tasks.change(
                self, title, work, failed=partial(self._refused, application_id, again)
            )

    def remove(self) -> None:
        """Remove an application that was entered by mistake."""
        case = self.panel.case
        if case is None or self.selected_ids() != (case.detail.id,):
            return
        title = _("Remove the application of {name}").format(name=isolate(case.detail.name))
        removing = partial(queries.remove, case.detail.id, case.detail.version)
        self.desk.tasks.change(self, title, removing, self._removed)

    def decide(self, decision: str, reason: str = "") -> None:
        """Take a decision on the selected applications; in a meeting, prepare it."""
        ids = self.selected_ids()
        if self.is_deciding:
            self.meeting.decide(decision, reason)
            return
        if not ids:
            return
        self.leave()
        landed = partial(self._decided, ids)
        refused = partial(self._refused, ids[0], partial(self.decide, decision))
        work = partial(queries.decide, ids, decision, reason)
        self.desk.tasks.change(self, self._title(decision, ids), work, landed, refused)

    def _title(self, decision: str, ids: tuple[int, ...]) -> str:
        if len(ids) == 1:
            return self._named(ids[0], _(DONE[decision]))
        return _(DONE_MANY[decision]).format(count=len(ids))

    def _named(self, application_id: int, pattern: str) -> str:
        """A title with the name of an applicant, as the list shows it."""
        row = self.table.lazy.row(application_id)
        return pattern.format(name=isolate(row.name) if row else _("somebody"))

    def _opened(self, row_id: int) -> None:
        """Enter: decide, beginning here."""
        self.open_meeting()

    def _cursor_moved(self, row_id: int | None) -> None:
        self.context_changed.emit()

    def _decide_shown(self, decision: str, reason: str) -> None:
        if self.panel.key is not None:
            self.table.select_id(self.panel.key)
            self.decide(decision, reason)

    def _take_step(self, step: str, reason: str) -> None:
        case = self.panel.case
        if case is None:
            return
        title = _("{step}: {name}").format(step=_(STEPS[step]), name=isolate(case.detail.name))
        work = partial(queries.move, case.detail.id, step, reason)
        refused = partial(self._refused, case.detail.id, partial(self._take_step, step))
        self.leave()
        self.desk.tasks.change(self, title, work, failed=refused)

    def _decided(self, ids: tuple[int, ...], count: int) -> None:
        """Go on to the next one after a decision on one; the keys are the list's again."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        at = self.table.lazy.position(ids[0])
        if len(ids) == 1 and at is not None and at + 1 < self.table.lazy.rowCount():
            self.table.select_id(self.table.lazy.row_id(at + 1))

    def _refused(self, application_id: int, again: Any, trouble: BaseException) -> None:
        """Ask for a reason where one would help."""
        from schoolapp.domain.workflow import ReasonNeeded

        if isinstance(trouble, ReasonNeeded):
            self.show_side(self.panel)
            then = partial(self._show_and_ask, trouble.sentence(), again)
            query = partial(read_case, application_id)
            self.desk.tasks.read(self, query, then, self._case_gone)

    def _show_and_ask(self, sentence: str, again: Any, case: Case) -> None:
        self.panel.show_case(case)
        self.panel.ask_reason(sentence, again)

    def _read_case(self, application_id: int) -> None:
        query = partial(read_case, application_id)
        self.desk.tasks.read(self, query, self._show_case, self._case_gone)

    def _show_case(self, case: Case) -> None:
        current = self.table.current_id()
        if current in (None, case.detail.id):
            self.panel.show_case(case)

    def _case_gone(self, trouble: BaseException) -> None:
        self.close_side()

    def _no_figures(self, trouble: BaseException) -> None:
        self._figures_of = None

    def _show_figures(self, figures: Any) -> None:
        self._figures_of = None
        if figures is None:
            return
        places, counts, proposed, letters = figures
        self.left.setText(left_of(places))
        if self.opened_page is None:
            self.next_bar.show_proposed(proposed)
        count = formats.number(letters)
        self.letters_button.setText(count)
        name = plural("{count} letter waits", "{count} letters wait", letters)
        self.letters_button.setAccessibleName(name.format(count=count))
        self.letters_button.setVisible(bool(letters))
        for key, chip in self.toggles.items():
            chip.show_count(getattr(counts, key))

    def _toggled(self, key: str) -> None:
        self.filter(**{key: True if self.toggles[key].isChecked() else None})

    def _offer(self, facts: Any) -> None:
        self._offers.put("module_codes", facts.modules)
        self._offers.put("delegation_id", ((None, ""), *facts.delegations))

    def _removed(self, nothing: None) -> None:
        self.panel.case = None
        self.close_side()
