"""People: everybody who is known, or who has a part in the gathering, and one person's panel."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtCore import Qt

from schoolapp.base.language import _, mark
from schoolapp.base.settings import HIDE_PRIVATE
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.places.people import queries
from schoolapp.desktop.places.people.acting import Acting
from schoolapp.desktop.places.people.pages import Pages
from schoolapp.desktop.places.people.person_panel import CORE, PersonPanel, check
from schoolapp.desktop.places.people.queries import PersonFacts, PersonLine
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.domain.people import PersonDraft
from schoolapp.storage.store import DbSession


class People(TablePlace[PersonLine]):
    """Search while typing; the chips narrow to a part in the gathering, with their numbers."""

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
        ("team", mark("Team")),
        ("lecturers", mark("Lecturers")),
        ("interpreters", mark("Interpreters")),
        ("staff", mark("Staff")),
        ("volunteers", mark("Volunteers")),
        ("too_long", mark("Kept too long")),
        ("known", mark("All known")),
    )
    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {
            "person", "person_language", "person_address", "participation", "stay",
            "module_attended", "engagement", "application", "gathering", "module", "delegation",
            "two_people", "centre",
        }
    )  # fmt: skip
    COLUMNS: tuple[Column[PersonLine], ...] = (
        Column.name(lambda row: row.name, mark("Name"), 26, sort="name"),
        Column.text(lambda row: row.country, mark("Country"), 11, sort="country"),
        Column.text(lambda row: row.languages, mark("Languages"), 9, sort="language"),
        Column.number(lambda row: row.age, mark("Age"), 4, sort="born", private=True),
        Column.text(lambda row: row.roles, mark("Part"), 11),
        Column.code(lambda row: row.email, mark("E-mail"), 19, private=True),
    )

    def source(self) -> Source[PersonLine]:
        """People from the store; age and part are those in the gathering."""
        return Source(queries.ids, self._rows)

    def counts(self, session: DbSession, view: View) -> Mapping[str, int]:
        """How many people each chip stands for."""
        return queries.counts(session, view)

    def build(self) -> None:
        """The table; panels and the page of duplicates are made when they are first needed."""
        super().build()
        self.acting = Acting(self, self)
        self.add_action("people.duplicates")
        self.add_action("people.new", primary=True)

    @property
    def gathering_id(self) -> int | None:
        """The key of the gathering that is shown, None for all."""
        return self.gathering.id if self.gathering else None

    @cached_property
    def panel(self) -> PersonPanel:
        """The form of a person."""
        made = PersonPanel(self.desk)
        made.hide_private(self.desk.settings.get(HIDE_PRIVATE))
        return made

    @cached_property
    def form_panel(self) -> FormPanel[PersonDraft, int]:
        """The form for a new person."""
        form = Form(self.desk.tasks, self.desk.look, CORE, check)
        made = FormPanel(self.desk, _("New person"), form, self._creating)
        made.created.connect(self.open_row)
        return made

    @cached_property
    def pages(self) -> Pages:
        """The pages shown in place of the list."""
        return Pages(self, self._stack, self.table)

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Show the people with a part in one gathering, or everybody."""
        self.chips.setVisible(gathering is not None)
        self.chips.choose("")
        self.view = self.view._replace(filters={})
        self.pages.leave_gathering()
        super().show_gathering(gathering)

    def show_row(self, row_id: int, row: PersonLine) -> None:
        """Show a person at the side."""
        query = partial(queries.facts, person_id=row_id, gathering_id=self.gathering_id)
        self.desk.tasks.read(self, query, partial(self._facts_came, row.name))

    def open_row(self, row_id: int) -> None:
        """Show a person, whatever was searched for before."""
        if self.table.lazy.position(row_id) is None and self.view.is_narrowed:
            self.clear_filters()
        self.show_side(self.panel)
        super().open_row(row_id)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show dates of birth, needs and contacts."""
        super().hide_private(hidden)
        if "panel" in self.__dict__:  # otherwise it is made with the setting
            self.panel.hide_private(hidden)

    def show_kept_too_long(self) -> None:
        """Show who is past the time for which the centre keeps data; each can be erased there."""
        self.chips.choose("too_long")
        self.chips.chosen.emit("too_long")

    def new(self) -> None:
        """Open the form for a new person."""
        self.show_side(self.form_panel)
        self.form_panel.open(PersonDraft())

    def refresh(self) -> None:
        """Ask for the list again, and for the pairs while they are shown."""
        super().refresh()
        self.pages.refresh()

    def name_of(self, person_id: int) -> str:
        """The name of a person in the table, as it is kept."""
        row = self.table.lazy.row(person_id)
        return row.plain if row is not None else ""

    def _show_filters(self, shown: bool) -> None:
        self.search.setVisible(shown)
        self.chips.setVisible(shown and self.gathering is not None)

    def page_opens(self) -> None:
        """A page is about to cover the list: hide what belongs only to the list."""
        self.leave()
        self.put_beside(None)
        self._show_filters(False)

    def page_closed(self) -> None:
        """The list is back."""
        self._show_filters(True)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts_came(self, title: str, facts: PersonFacts) -> None:
        if facts.id == self.table.current_id():
            self.panel.show_person(facts, title)
            if self.body.side is None:
                self.show_side(self.panel)

    def _creating(self, draft: PersonDraft) -> Change[int]:
        title = _("Add {name}").format(name=draft.display_name.strip())
        return title, partial(queries.create, draft=draft, gathering_id=self.gathering_id)

    def _rows(self, session: DbSession, wanted: Sequence[int]) -> Mapping[int, PersonLine]:
        return queries.rows(session, wanted, gathering_id=self.view.gathering)
