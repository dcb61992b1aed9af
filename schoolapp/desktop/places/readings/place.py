"""The readings: editions of works, what sessions ask for, what is missing, and their export."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from schoolapp.base.language import _, isolate, ltr, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.forms.editors import CalmComboBox
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Words
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts
from schoolapp.desktop.places.readings import queries
from schoolapp.desktop.places.readings.words import FIELDS, FORMATS, RIGHTS
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.domain.readings import EditionDraft
from schoolapp.exchange.reading_list.values import ReadingList
from schoolapp.operations import readings
from schoolapp.operations.readings import GapRow

LISTED = (
    forms.choice("session_id", mark("Session")),
    forms.yes_no("required", mark("Required reading")),
    forms.text("pages", mark("Pages"), half=True),
)


class Readings(TablePlace):
    """Editions with their rights, and for each session what is there and what is missing."""

    key: ClassVar[str] = "readings"
    title: ClassVar[str] = mark("Readings")
    icon: ClassVar[str] = "book-open"
    WATCHES = frozenset({"edition", "work", "reading_assignment", "session", "gathering"})
    SEARCH = mark("Search authors and titles")
    SORT = "author"
    MACHINE = "reading_item"
    EMPTY = mark("No text yet.")
    EMPTY_COMMANDS = ("readings.new",)
    COLUMNS = (
        Column.text(lambda row: row.author, mark("Author"), 16, sort="author"),
        Column.text(lambda row: row.title, mark("Title"), 28, sort="title"),
        Column.code(lambda row: row.year, mark("Year"), 7, sort="year"),
        Column.languages(lambda row: row.lang, mark("Language"), 9, sort="lang"),
        Column.text(lambda row: row.also_in, mark("Also in"), 11, sparse=True),
        Column.text(lambda row: row.rights, mark("Rights"), 13, sort="rights"),
        Column.state(lambda row: row.state, mark("State"), 15, "reading_item", sort="state"),
        Column.number(lambda row: row.sessions, mark("Sessions"), 4),
    )

    def build(self) -> None:
        """The table, filters by language, rights and session, and the gap of the session."""
        super().build()
        self.languages = self._filter_box(_("Language"), "lang")
        self.rights = self._filter_box(_("Rights"), "rights")
        self.sessions = self._filter_box(_("Session"), "session")
        _fill(self.rights, _("All rights"), [(str(key), _(words)) for key, words in RIGHTS])
        _fill(self.languages, _("All languages"), [])
        _fill(self.sessions, _("All texts"), [])
        self.gap = Words(quiet=True)
        self.gap.setObjectName("gap")
        self.gaps: tuple[GapRow, ...] = ()
        self._offers = Offers()
        self._listed: tuple[int, str] = (0, "")
        self.add_filter(self.gap)
        self.add_action("readings.assign")
        self.add_action("readings.export")
        self.add_action("readings.new", primary=True)

    @cached_property
    def panel(self) -> Panel:
        """The text that is chosen."""
        form = Form(self.desk.tasks, self.desk.look, FIELDS, queries.check)
        made = Panel(self.desk, form, queries.saving)
        made.add(self.facts)
        return made

    @cached_property
    def facts(self) -> Facts:
        """What is known of the text and not edited."""
        return Facts()

    @cached_property
    def form_panel(self) -> FormPanel:
        """The form for a new text."""
        form = Form(self.desk.tasks, self.desk.look, FIELDS, queries.check)
        made = FormPanel(self.desk, _("New text"), form, queries.creating, _("Add text"))
        made.created.connect(self.open_row)
        return made

    @cached_property
    def list_panel(self) -> FormPanel:
        """Puts the text on the list of a session."""
        form = Form(self.desk.tasks, self.desk.look, LISTED, queries.check_listing)
        words = _("Put on the list")
        return FormPanel(self.desk, words, self._offers.join(form), self._listing, words)

    def source(self) -> Source:
        """All editions, or those that sessions ask for."""
        return Source(queries.ids, self._rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        """How many texts are in each state."""
        bare = view._replace(filters={k: v for k, v in view.filters.items() if k != "state"})
        rows = readings.edition_rows(session, queries.ids(session, bare)).values()
        states = [row.state.value for row in rows]
        return {"": len(states), **{state: states.count(state) for state in set(states)}}

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Offer the sessions of a gathering."""
        super().show_gathering(gathering)
        self._ask_gaps()

    def on_changed(self, tables: frozenset[str]) -> None:
        """Ask again, for the gaps too."""
        super().on_changed(tables)
        self._ask_gaps()

    def show_row(self, row_id: int, row: Any) -> None:
        """Show an edition in the panel."""
        self.desk.tasks.read(self, partial(queries.draft, row_id), partial(self._draft_came, row))

    def new_edition(self) -> None:
        """Add an edition."""
        self.show_side(self.form_panel)
        self.form_panel.open(EditionDraft())

    def new_language(self) -> None:
        """Add an edition of the same work in another language."""
        for key in self.selected_ids()[:1]:
            self.desk.tasks.read(self, partial(queries.draft, key), self._open_language)

    def assign_chosen(self) -> None:
        """Let a session ask for the chosen text."""
        for key in self.selected_ids()[:1]:
            row = self.table.lazy.row(key)
            self._listed = (key, row.title if row else "")
            self.show_side(self.list_panel)
            self.list_panel.open(queries.Listing(self._session_chosen()))

    def unassign_chosen(self) -> None:
        """Take the chosen text off the list of the session chosen in the filter."""
        session_id = self._session_chosen()
        if session_id is None:
            self.desk.say(_("Choose a session above first, then a text on its list."))
            return
        self._change(_("Take {title} off the list"), partial(queries.unassign, session_id))

    def remove_chosen(self) -> None:
        """Remove an edition that no session asks for."""
        self._change(_("Remove {title}"), queries.remove)

    def step_chosen(self, step: str) -> None:
        """Take a step of the chosen text."""
        self._change(_("Next step of {title}"), partial(queries.step, step))

    def export(self) -> None:
        """Ask where to, then write the reading list."""
        if self.gathering is None:
            return
        named = [(_(words), end) for end, words in FORMATS.items()]
        kinds = ";;".join(f"{words} (*{end})" for words, end in named)
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Export the reading list"), "readings.html", kinds
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the reading list; the ending says how."""
        assert self.gathering is not None
        query = partial(queries.reading_list, self.gathering.id)
        self.desk.tasks.read(self, query, partial(self._write, path))

    def _write(self, path: Path, made: ReadingList) -> None:
        said = partial(self._written, path)
        self.desk.tasks.work(self, partial(queries.write, path, made), said)

    def _written(self, path: Path, nothing: None) -> None:
        self.desk.say(_("The reading list is in {file}.").format(file=ltr(str(path))))

    def _change(self, title: str, operation: Any) -> None:
        for key in self.selected_ids():
            row = self.table.lazy.row(key)
            name = row.title if row else ""
            self.desk.tasks.change(self, title.format(title=name), partial(operation, key))

    def _filter_box(self, name: str, key: str) -> CalmComboBox:
        box = CalmComboBox()
        box.setObjectName(f"filter_{key}")
        box.setAccessibleName(name)
        box.setMinimumContentsLength(14)
        box.activated.connect(partial(self._filtered, box, key))
        self.add_filter(box)
        return box

    def _filtered(self, box: CalmComboBox, key: str, at: int) -> None:
        value = box.currentData()
        self.filter(**{key: value or None})
        if key == "session":
            self._show_gap()

    def clear_filters(self) -> None:
        """Show all texts again."""
        for box in (self.languages, self.rights, self.sessions):
            box.setCurrentIndex(0)
        super().clear_filters()
        self._show_gap()

    def _session_chosen(self) -> int | None:
        value = self.view.filters.get("session")
        return value if isinstance(value, int) and value > 0 else None

    def _ask_gaps(self) -> None:
        key = self.gathering.id if self.gathering else None
        self.desk.tasks.read(self, partial(queries.gaps, key), self._gaps_came)

    def _gaps_came(self, found: queries.Found) -> None:
        self.gaps = found.gaps
        names = [(tag, formats.language_name(tag)) for tag in found.languages]
        _fill(self.languages, _("All languages"), sorted(names, key=lambda one: one[1]))
        missing = {row.session_id: row.missing for row in found.gaps}
        offered = [(key, _with_gap(title, missing.get(key, ()))) for key, title in found.sessions]
        asked = [(-1, _("What this gathering asks for"))] if self.gathering else []
        _fill(self.sessions, _("All texts"), [*asked, *offered])
        self._offers.put("session_id", [(None, ""), *offered])
        self._show_gap()

    def _show_gap(self) -> None:
        key = self._session_chosen()
        lacking = [row for row in self.gaps if row.missing and key in (None, row.session_id)]
        if key is not None:
            words = (
                _("No text in {languages}.").format(
                    languages=formats.language_names(lacking[0].missing)
                )
                if lacking
                else ""
            )
        else:
            number = len(lacking)
            words = plural(
                "{number} session lacks a language.", "{number} sessions lack a language.", number
            ).format(number=formats.number(number))
            words = words if number else ""
        self.gap.setText(words)
        self.gap.setVisible(bool(words))

    def _draft_came(self, row: Any, draft: EditionDraft) -> None:
        assert draft.id is not None
        entering = self.body.side is not self.panel
        self.show_side(self.panel)
        look = state_look("reading_item", row.state) if row is not None else None
        self.panel.show_item(draft.id, draft.title, draft.author, look, draft)
        also = [(_("Also in"), row.also_in)] if row is not None else []
        self.facts.show_facts(also)
        if entering and self.isAncestorOf(self.focusWidget() or self) and self.panel.form:
            self.panel.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_language(self, draft: EditionDraft) -> None:
        self.show_side(self.form_panel)
        fresh = replace(draft, id=None, version=None, title="", lang="", pages=None)
        self.form_panel.open(fresh)

    def _listing(self, draft: queries.Listing) -> tuple[str, Any]:
        key, title = self._listed
        words = _("Put {title} on a session's list").format(title=title)
        return words, partial(queries.assign, key, draft)

    def _rows(self, session: Any, ids: Sequence[int]) -> Mapping[int, queries.ListRow]:
        return queries.rows(self.gathering.id if self.gathering else None, session, ids)


def _fill(box: CalmComboBox, everything: str, choices: Sequence[tuple[Any, str]]) -> None:
    held = box.currentData()
    box.clear()
    box.addItem(everything, None)
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(held)))


def _with_gap(title: str, missing: Sequence[str]) -> str:
    if not missing:
        return title
    return _("{title} (missing: {languages})").format(
        title=isolate(title), languages=isolate(formats.language_names(missing))
    )
