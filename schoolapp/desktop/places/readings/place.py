"""The readings: editions of works, what sessions ask for, what is missing, and their export."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.readings import queries
from schoolapp.desktop.places.readings.chosen import Chosen
from schoolapp.desktop.places.readings.exporting import Exporting
from schoolapp.desktop.places.readings.narrowing import Narrowing
from schoolapp.desktop.places.readings.panels import Panels
from schoolapp.desktop.places.readings.words import RIGHTS
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.domain.readings import EditionDraft
from schoolapp.operations import readings
from schoolapp.operations.readings import EditionRow
from schoolapp.storage.store import DbSession

_RIGHTS = dict(RIGHTS)


class Readings(TablePlace[EditionRow]):
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
    COLUMNS: tuple[Column[EditionRow], ...] = (
        Column.text(lambda row: row.author, mark("Author"), 16, sort="author"),
        Column.text(lambda row: isolate(row.title), mark("Title"), 28, sort="title"),
        Column.code(lambda row: row.year, mark("Year"), 7, sort="year"),
        Column.languages(lambda row: row.lang, mark("Language"), 9, sort="lang"),
        Column.text(
            lambda row: formats.language_names(row.also_in), mark("Also in"), 11, sparse=True
        ),
        Column.text(lambda row: _(_RIGHTS[row.rights]), mark("Rights"), 13, sort="rights"),
        Column.state(lambda row: row.state, mark("State"), 15, "reading_item", sort="state"),
        Column.number(lambda row: row.sessions, mark("Sessions"), 4),
    )

    def build(self) -> None:
        """The table, filters by language, rights and session, and the gap of the session."""
        super().build()
        self.narrowing = Narrowing(self)
        self.panels = Panels(self.desk, self.open_row)
        self.chosen = Chosen(self, self, self.panels, self.narrowing)
        self.exporting = Exporting(self, self)
        self.add_action("readings.assign")
        self.add_action("readings.export")
        self.add_action("readings.new", primary=True)

    def source(self) -> Source[EditionRow]:
        """All editions, or those that sessions ask for."""
        return Source(queries.ids, self._rows)

    def counts(self, session: DbSession, view: View) -> Mapping[str, int]:
        """How many texts are in each state."""
        others = {k: v for k, v in view.filters.items() if k != queries.STATE}
        keys = queries.ids(session, view._replace(filters=others))
        states = [row.state.value for row in readings.edition_rows(session, keys).values()]
        return {"": len(states), **{state: states.count(state) for state in set(states)}}

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Offer the sessions of a gathering."""
        super().show_gathering(gathering)
        self._ask_gaps()

    def on_changed(self, tables: frozenset[str]) -> None:
        """Ask again, for the gaps too."""
        super().on_changed(tables)
        self._ask_gaps()

    def show_row(self, row_id: int, row: EditionRow) -> None:
        """Show an edition in the panel."""
        query = partial(readings.draft_of, edition_id=row_id)
        self.desk.tasks.read(self, query, partial(self._draft_came, row))

    def clear_filters(self) -> None:
        """Show all texts again."""
        self.narrowing.clear()
        super().clear_filters()
        self.narrowing.show_gap()

    def title_of(self, edition_id: int) -> str:
        """The title of a text, isolated from the words around it; empty until it was read."""
        row = self.table.lazy.row(edition_id)
        return isolate(row.title) if row else ""

    def new_edition(self) -> None:
        """Add an edition."""
        self._open_new(EditionDraft())

    def new_language(self) -> None:
        """Add an edition of the same work in another language."""
        for key in self.selected_ids()[:1]:
            query = partial(readings.draft_of, edition_id=key)
            self.desk.tasks.read(self, query, self._open_language)

    def _open_language(self, draft: EditionDraft) -> None:
        self._open_new(replace(draft, id=None, version=None, title="", lang="", pages=None))

    def _open_new(self, draft: EditionDraft) -> None:
        self.show_side(self.panels.new)
        self.panels.new.open(draft)

    def _draft_came(self, row: EditionRow, draft: EditionDraft) -> None:
        panel = self.panels.text
        entering = self.body.side is not panel
        self.show_side(panel)
        self.panels.show_text(row, draft)
        if entering and self.isAncestorOf(self.focusWidget() or self) and panel.form:
            panel.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_gaps(self) -> None:
        query = partial(queries.gaps, gathering_id=self.gathering.id if self.gathering else None)
        self.desk.tasks.read(self, query, self._gaps_came)

    def _gaps_came(self, found: queries.Found) -> None:
        self.panels.offer_sessions(self.narrowing.offer(found, self.gathering is not None))

    def _rows(self, session: DbSession, ids: Sequence[int]) -> Mapping[int, EditionRow]:
        gathering_id = self.gathering.id if self.gathering else None
        return readings.edition_rows(session, ids, gathering_id=gathering_id)
