"""The place of applications: the list with its counts, decisions by one key, new ones, import."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from schoolapp.desktop.commands import Command, Menu, Scope, in_gathering, some_selected
from schoolapp.desktop.desk import Gathering
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.look import Words
from schoolapp.desktop.panel import Sheet
from schoolapp.desktop.places.applications import drafts
from schoolapp.desktop.places.applications.importing import SHEETS, ImportPage
from schoolapp.desktop.places.applications.lists import LISTS
from schoolapp.desktop.places.applications.panel import (
    ApplicationPanel,
    Case,
    left_of,
    read_case,
)
from schoolapp.desktop.places.applications.words import DONE, DONE_MANY, STEPS
from schoolapp.desktop.table_place import TablePlace
from schoolapp.desktop.tables import Column, Kind, Row, Source, View
from schoolapp.desktop.widgets import Chip
from schoolapp.language import _, isolate, mark

FILTERS = (
    ("asks_subsidy", mark("Asks for a subsidy")),
    ("needs_visa", mark("Needs a visa")),
    ("doubtful", mark("Doubtful")),
)


class Applications(TablePlace):
    """Decides on one application after another; the next one comes by itself."""

    key: ClassVar[str] = "applications"
    title: ClassVar[str] = mark("Applications")
    icon: ClassVar[str] = "inbox"
    OPENS: ClassVar[tuple[str, ...]] = SHEETS
    MACHINE = "application"
    SEARCH = mark("Search names")
    SORT = "name"
    EMPTY = mark("Nobody has applied yet. Import a sheet, or register somebody by hand.")
    EMPTY_COMMAND = "applications.import"
    WATCHES = frozenset(
        {"application", "application_step", "person", "participation", "gathering", "delegation"}
    )
    COLUMNS = (
        Column("name", mark("Name"), 24, Kind.NAME, sort="name"),
        Column("state", mark("State"), 16, Kind.STATE, sort="state", machine="application"),
        Column("country", mark("Country"), 4, Kind.CODE, sort="country"),
        Column("spoken", mark("Languages"), 8, Kind.CODE),
        Column("asks_subsidy", mark("Subsidy"), 4, Kind.YES_NO, sort="asks_subsidy"),
        Column("needs_visa", mark("Visa"), 4, Kind.YES_NO, sort="needs_visa", private=True),
        Column("waiting_rank", mark("Rank"), 3, Kind.NUMBER, sort="waiting_rank", sparse=True),
        Column("issues", mark("Doubts"), 3, Kind.NUMBER, sort="issues"),
        Column("submitted", mark("Submitted"), 9, Kind.DATE, sort="submitted"),
        Column("delegation", mark("Delegation"), 10, sort="delegation", sparse=True),
    )

    def build(self) -> None:
        """The table and filters with numbers; panel, sheet and the page of an import come later."""
        super().build()
        look = self.desk.look
        self._offers = Offers()
        self.table.current_changed.connect(self._cursor_moved)
        self.left = Words()
        self.left.setObjectName("places_left")
        self.left.setContentsMargins(0, 0, 0, 4)
        self._title_row.insertWidget(2, self.left, 0, Qt.AlignmentFlag.AlignBottom)
        self._toggles = {key: Chip(look, key, _(words)) for key, words in FILTERS}
        for key, chip in self._toggles.items():
            chip.setObjectName(key)
            chip.clicked.connect(partial(self._toggled, key))
            self.add_filter(chip)
        self.add_action("applications.import")
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
    def sheet(self) -> Sheet:
        """The form for a new application."""
        desk = self.desk
        form = Form(desk.tasks, desk.look, drafts.CREATED, drafts.check_new)
        self._offers.join(form)
        made = Sheet(desk, _("New application"), form, drafts.creating, _("Register"))
        made.created.connect(self.open_row)
        return made

    @cached_property
    def page(self) -> ImportPage:
        """The page where a file of applications is read."""
        made = ImportPage(self.desk)
        made.closed.connect(self._import_closed)
        self._stack.addWidget(made)
        return made

    def source(self) -> Source:
        """Ids and lines from the operations."""
        return Source(_ids, _rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        """The numbers on the chips."""
        from schoolapp.operations.applications import state_counts

        if view.gathering is None:
            return {}
        found = {s.value: n for s, n in state_counts(session, asked(view)).items()}
        return {**found, "": sum(found.values())}

    def refresh(self) -> None:
        """Ask for the list, the numbers, and what is left."""
        super().refresh()
        self.desk.tasks.read(self, partial(_figures, self.view), self._show_figures)
        if self.body.side is not None and self.body.side is self.panel and self.panel.key:
            self._read_case(self.panel.key)

    def show_row(self, row_id: int, row: Row) -> None:
        """Show an application at the side."""
        self.show_side(self.panel)
        self._read_case(row_id)

    def selected_ids(self) -> tuple[int, ...]:
        """The selected applications, else the one where the cursor stands."""
        current = self.table.current_id()
        return self.table.selected_ids() or (() if current is None else (current,))

    def clear_filters(self) -> None:
        """Show all applications again."""
        for chip in self._toggles.values():
            chip.setChecked(False)
        super().clear_filters()

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the applications of one gathering."""
        super().show_gathering(gathering)
        self.left.clear()

    def new(self) -> None:
        """Register an application by hand."""
        if self.gathering is not None:
            blank = drafts.NewApplication(gathering_id=self.gathering.id)
            self.show_side(self.sheet)
            self.sheet.open(blank)
            query = partial(_facts, self.gathering.id)
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

    def open_file(self, path: str) -> None:
        """Show what importing a file would do."""
        if self.gathering is not None:
            self.leave()
            self.body.show_side(None)
            self._show_filters(False)
            self._stack.setCurrentWidget(self.page)
            self.page.open(path, self.gathering.id)

    def remove(self) -> None:
        """Remove an application that was entered by mistake."""
        case = self.panel.case
        if case is None or self.selected_ids() != (case.detail.id,):
            return
        title = _("Remove the application of {name}").format(name=isolate(case.detail.name))
        removing = partial(_remove, case.detail.id, case.detail.version)
        self.desk.tasks.change(self, title, removing, self._removed)

    def decide(self, decision: str, reason: str = "") -> None:
        """Take a decision on the selected applications."""
        ids = self.selected_ids()
        if not ids:
            return
        self.leave()
        landed = partial(self._decided, ids)
        refused = partial(self._refused, partial(self.decide, decision))
        work = partial(_decide, ids, decision, reason)
        self.desk.tasks.change(self, self._title(decision, ids), work, landed, refused)

    def _title(self, decision: str, ids: tuple[int, ...]) -> str:
        row = self.table.lazy.row(ids[0])
        if len(ids) == 1 and row is not None:
            return _(DONE[decision]).format(name=isolate(row.name))
        return _(DONE_MANY[decision]).format(count=len(ids))

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
        work = partial(_move, case.detail.id, step, reason)
        refused = partial(self._refused, partial(self._take_step, step))
        self.leave()
        self.desk.tasks.change(self, title, work, failed=refused)

    def _decided(self, ids: tuple[int, ...], count: int) -> None:
        """Go on to the next one after a decision on one; the keys are the list's again."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        at = self.table.lazy.position(ids[0])
        if len(ids) == 1 and at is not None and at + 1 < self.table.lazy.rowCount():
            self.table.select_id(self.table.lazy.row_id(at + 1))

    def _refused(self, again: Any, trouble: BaseException) -> None:
        """Ask for a reason where one would help, of what is selected."""
        from schoolapp.domain.workflow import ReasonNeeded

        ids = self.selected_ids()
        if isinstance(trouble, ReasonNeeded) and ids:
            self.show_side(self.panel)
            then = partial(self._show_and_ask, trouble.sentence(), again)
            self.desk.tasks.read(self, partial(read_case, ids[0]), then, self._case_gone)

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

    def _show_figures(self, figures: Any) -> None:
        if figures is None:
            return
        places, counts = figures
        self.left.setText(left_of(places))
        for key, chip in self._toggles.items():
            chip.show_count(getattr(counts, key))

    def _toggled(self, key: str) -> None:
        self.filter(**{key: True if self._toggles[key].isChecked() else None})

    def _offer(self, facts: Any) -> None:
        self._offers.put("module_codes", facts.modules)
        self._offers.put("delegation_id", ((None, ""), *facts.delegations))

    def _removed(self, nothing: None) -> None:
        self.panel.case = None
        self.close_side()

    def _show_filters(self, shown: bool) -> None:
        for widget in (self.chips, self.search, *self._toggles.values()):
            widget.setVisible(shown)

    def _import_closed(self) -> None:
        self._show_filters(True)
        self._stack.setCurrentWidget(self.table)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    COMMANDS = (
        Command(
            "applications.new", mark("New application"), new,
            mark("Register an application that came by paper, mail or word of mouth."),
            Menu.FILE, "Ctrl+N", icon="plus", enabled=in_gathering,
        ),
        Command(
            "applications.import", mark("Import applications…"), import_sheet,
            mark("Read a sheet of any form, look at what it would change, then import it."),
            Menu.FILE, "Ctrl+I", icon="upload", enabled=in_gathering,
        ),
        Command(
            "applications.accept", mark("Accept"), partial(decide, decision="accept"),
            mark("Give a place to the selected people."),
            Menu.PLACE, "A", Scope.LIST, "circle-check", some_selected,
        ),
        Command(
            "applications.shortlist", mark("Shortlist"), partial(decide, decision="shortlist"),
            mark("Say that the selected people may be chosen."),
            Menu.PLACE, "S", Scope.LIST, "star", some_selected,
        ),
        Command(
            "applications.waitlist", mark("Waiting list"), partial(decide, decision="waitlist"),
            mark("Put the selected people at the end of the waiting list."),
            Menu.PLACE, "W", Scope.LIST, "hourglass", some_selected,
        ),
        Command(
            "applications.decline", mark("Decline"), partial(decide, decision="decline"),
            mark("Decline the selected applications."),
            Menu.PLACE, "D", Scope.LIST, "circle-x", some_selected,
        ),
        Command(
            "applications.confirm", mark("Confirm"), partial(decide, decision="confirm"),
            mark("Note that the selected people take their place."),
            Menu.PLACE, "C", Scope.LIST, "check", some_selected,
        ),
        Command(
            "applications.withdraw", mark("Withdraw"), partial(decide, decision="withdraw"),
            mark("Note that the selected people do not come."),
            Menu.PLACE, "X", Scope.LIST, "log-out", some_selected,
        ),
        Command(
            "applications.remove", mark("Remove the application"), remove,
            mark("Remove the application that is open at the side; it was entered by mistake."),
            Menu.PLACE, "Shift+Del", Scope.LIST, "trash-2", some_selected,
        ),
        *LISTS,
    )  # fmt: skip


def asked(view: View) -> Any:
    """What the operations understand of a view."""
    from schoolapp.domain.applications import ApplicationState
    from schoolapp.operations.applications import ApplicationView

    held = view.filters
    state = held.get("state")
    return ApplicationView(
        gathering_id=view.gathering or 0,
        search=view.search,
        states=frozenset({ApplicationState(state)}) if state else frozenset(),
        asks_subsidy=held.get("asks_subsidy"),
        needs_visa=held.get("needs_visa"),
        doubtful=bool(held.get("doubtful")),
        sort=view.sort or "name",
        descending=view.descending,
    )


def _ids(session: Any, view: View) -> Sequence[int]:
    from schoolapp.operations.applications import application_ids

    return application_ids(session, asked(view)) if view.gathering is not None else ()


def _rows(session: Any, ids: Sequence[int]) -> Mapping[int, Row]:
    from schoolapp.operations.applications import application_rows

    return application_rows(session, ids)


def _figures(view: View, session: Any) -> Any:
    from schoolapp.operations.applications import fact_counts, places

    if view.gathering is None:
        return None
    plain = view._replace(filters={k: v for k, v in view.filters.items() if k == "state"})
    return places(session, gathering_id=view.gathering), fact_counts(session, asked(plain))


def _facts(gathering_id: int, session: Any) -> Any:
    from schoolapp.operations.applications import application_facts

    return application_facts(session, gathering_id=gathering_id)


def _decide(ids: tuple[int, ...], decision: str, reason: str, session: Any) -> int:
    from schoolapp.operations.applications import Decision, decide_applications

    return decide_applications(
        session, application_ids=ids, decision=Decision(decision), reason=reason or None
    )


def _move(application_id: int, step: str, reason: str, session: Any) -> Any:
    from schoolapp.operations.applications import move_application

    return move_application(
        session, application_id=application_id, step=step, reason=reason or None
    )


def _remove(application_id: int, version: int, session: Any) -> None:
    from schoolapp.operations.applications import remove_application

    remove_application(session, application_id=application_id, version=version)
