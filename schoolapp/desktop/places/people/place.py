"""People: everybody who is known, or who has a part in the gathering, and one person's panel."""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt

from schoolapp.base.language import _, mark
from schoolapp.base.settings import HIDE_PRIVATE
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.busy_calendars import BusyCalendars, BusyFound, take
from schoolapp.desktop.kit.editing import Operation
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.people import queries
from schoolapp.desktop.places.people.duplicates import DuplicatesPage
from schoolapp.desktop.places.people.erasing import ErasePanel, facts_of
from schoolapp.desktop.places.people.person_panel import CORE, PersonPanel
from schoolapp.desktop.tables import Column, Source, View


class People(TablePlace):
    """Search as one types; the chips tell who has which part in the gathering."""

    key: ClassVar[str] = "people"
    title: ClassVar[str] = mark("People")
    icon: ClassVar[str] = "users"
    SEARCH = mark("Search by name or e-mail")
    SORT: ClassVar[str] = "name"
    EMPTY: ClassVar[str] = mark("Nobody is here yet.")
    EMPTY_COMMANDS = ("people.new",)
    CHIPS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("", mark("In this gathering")),
        ("participants", mark("Participants")),
        ("staff", mark("Staff")),
        ("lecturers", mark("Lecturers")),
        ("interpreters", mark("Interpreters")),
        ("known", mark("All known")),
    )
    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {
            "person", "person_language", "person_address", "participation", "stay",
            "module_attended", "engagement", "application", "gathering", "module", "delegation",
            "two_people",
        }
    )  # fmt: skip
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column.name(lambda row: row.name, mark("Name"), 26, sort="name"),
        Column.text(lambda row: row.country, mark("Country"), 11, sort="country"),
        Column.text(lambda row: row.languages, mark("Languages"), 9, sort="language"),
        Column.number(lambda row: row.age, mark("Age"), 4, sort="born", private=True),
        Column.text(lambda row: row.roles, mark("Part"), 11),
        Column.code(lambda row: row.email, mark("E-mail"), 19, private=True),
    )

    def source(self) -> Source:
        """People from the store; age and part are those in the gathering."""
        return Source(queries.ids, self._rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        """How many people each chip stands for."""
        return queries.counts(session, view)

    def build(self) -> None:
        """The table; panel and sheet are made when they are first wanted."""
        super().build()
        self.add_action("people.duplicates")
        self.add_action("people.new", primary=True)

    @cached_property
    def panel(self) -> PersonPanel:
        """The form of a person."""
        made = PersonPanel(self.desk)
        made.hide_private(self.desk.settings.get(HIDE_PRIVATE))
        return made

    @cached_property
    def form_panel(self) -> FormPanel:
        """The form for a new person."""
        form = Form(self.desk.tasks, self.desk.look, CORE, queries.check)
        made = FormPanel(self.desk, _("New person"), form, self._creating)
        made.created.connect(self.open_row)
        return made

    @cached_property
    def duplicates(self) -> DuplicatesPage:
        """The page of people who may be known twice."""
        made = DuplicatesPage(self.desk)
        made.closed.connect(self._duplicates_closed)
        self._stack.addWidget(made)
        return made

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show who has a part in one gathering, or everybody."""
        self.chips.setVisible(gathering is not None)
        self.chips.choose("")
        self.view = self.view._replace(filters={})
        super().show_gathering(gathering)

    def show_row(self, row_id: int, row: Any) -> None:
        """Show a person at the side."""
        gathering_id = self.gathering.id if self.gathering else None
        query = partial(queries.facts, row_id, gathering_id)
        self.desk.tasks.read(self, query, partial(self._facts_came, row.name))

    def open_row(self, row_id: int) -> None:
        """Show a person, whatever was looked for before."""
        if self.table.lazy.position(row_id) is None and self.view.is_narrowed:
            self.clear_filters()
        self.show_side(self.panel)
        super().open_row(row_id)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show dates of birth, needs and contacts."""
        super().hide_private(hidden)
        if "panel" in self.__dict__:  # else it is made so
            self.panel.hide_private(hidden)

    def new(self) -> None:
        """Open the sheet for a new person."""
        self.show_side(self.form_panel)
        self.form_panel.open(queries.new_person())

    def refresh(self) -> None:
        """Ask for the list again, and for the pairs while they are shown."""
        super().refresh()
        if self._stack.currentWidget() is self.__dict__.get("duplicates"):
            self.duplicates.refresh()

    def find_duplicates(self) -> None:
        """Show pairs of people who may be one."""
        self.leave()
        self.body.show_side(None)
        self._show_filters(False)
        self._stack.setCurrentWidget(self.duplicates)
        self.duplicates.refresh()

    def join(self) -> None:
        """Make the two selected people one; the one known longer stays."""
        one, other = sorted(self.selected_ids())
        self.leave()
        title = _("Join {name} and {other}").format(name=self._name(one), other=self._name(other))
        self.desk.tasks.change(self, title, partial(queries.join, one, other), self._removed)

    def add_to(self) -> None:
        """Let the selected person take part in the gathering."""
        if self.gathering is not None:
            (person_id,) = self.selected_ids()
            title = _("Add {name} to {gathering}").format(
                name=self._name(person_id), gathering=self.gathering.title
            )
            adding = partial(queries.add_to, self.gathering.id, person_id)
            self.desk.tasks.change(self, title, adding)

    @cached_property
    def calendars(self) -> BusyCalendars:
        """Reads calendars of people."""
        return BusyCalendars(self.desk, self)

    def read_calendar(self) -> None:
        """Note when the selected person is busy."""
        if self.gathering is not None:
            (person_id,) = self.selected_ids()
            self.calendars.ask(self.gathering.id, partial(self._calendar_came, person_id))

    def _calendar_came(self, person_id: int, found: BusyFound) -> None:
        title = _("Note when {name} is busy").format(name=self._name(person_id))
        operation = partial(take, found, person_id, None)
        self.desk.tasks.change(self, title, operation, partial(self._busy_noted, found))

    def _busy_noted(self, found: BusyFound, number: int) -> None:
        self.desk.say(found.sentence())

    def take_out(self) -> None:
        """Take the selected person out of the gathering."""
        self._with_facts(self._take_out)

    def remove(self) -> None:
        """Remove the selected person."""
        self._with_facts(self._remove)

    @cached_property
    def erasing(self) -> ErasePanel:
        """Says what erasing does, and asks why."""
        made = ErasePanel(self.desk)
        made.created.connect(self._removed)
        made.setParent(self.body)
        return made

    def erase(self) -> None:
        """Show what erasing the selected person would do."""
        (person_id,) = self.selected_ids()
        self.leave()
        self.desk.tasks.read(self, partial(facts_of, person_id), self._ask_erase)

    def _ask_erase(self, facts: Any) -> None:
        self.show_side(self.erasing)
        self.erasing.ask(facts)

    def _with_facts(self, run: Any) -> None:
        (person_id,) = self.selected_ids()
        gathering_id = self.gathering.id if self.gathering else None
        self.leave()
        self.desk.tasks.read(self, partial(queries.facts, person_id, gathering_id), run)

    def _take_out(self, facts: queries.PersonFacts) -> None:
        if facts.part is None:
            self.desk.say(_("This person does not take part in this gathering."))
            return
        title = _("Take {name} out of the gathering").format(name=facts.draft.display_name)
        removing = partial(queries.take_out, facts.part.id, facts.part.version)
        self.desk.tasks.change(self, title, removing)

    def _remove(self, facts: queries.PersonFacts) -> None:
        title = _("Remove {name}").format(name=facts.draft.display_name)
        removing = partial(queries.remove, facts.draft.id, facts.draft.version)
        self.desk.tasks.change(self, title, removing, self._removed)

    def _show_filters(self, shown: bool) -> None:
        self.search.setVisible(shown)
        self.chips.setVisible(shown and self.gathering is not None)

    def _duplicates_closed(self) -> None:
        self._show_filters(True)
        self._stack.setCurrentWidget(self.table)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _removed(self, nothing: object) -> None:
        self.close_side()

    def _facts_came(self, title: str, facts: queries.PersonFacts) -> None:
        if facts.draft.id == self.table.current_id():
            self.panel.show_person(facts, title)
            if self.body.side is None:
                self.show_side(self.panel)

    def _creating(self, draft: Any) -> tuple[str, Operation]:
        gathering_id = self.gathering.id if self.gathering else None
        title = _("Add {name}").format(name=draft.display_name.strip())
        return title, partial(queries.create, draft, gathering_id)

    def _name(self, person_id: int) -> str:
        row = self.table.lazy.row(person_id)
        return row.plain if row is not None else ""

    def _rows(self, session: Any, wanted: Any) -> Mapping[int, queries.PersonLine]:
        gathering_id = self.view.gathering
        return queries.rows(gathering_id, session, wanted)
