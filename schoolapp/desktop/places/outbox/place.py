"""The outbox: every letter that waits, as its recipient will see it, and the way it leaves."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from schoolapp.base.language import _, mark
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.states import state_look, states_of
from schoolapp.desktop.places.outbox import queries, words
from schoolapp.desktop.places.outbox.deciding import Deciding
from schoolapp.desktop.places.outbox.filing import Filing
from schoolapp.desktop.places.outbox.panels import MailPanel
from schoolapp.desktop.places.outbox.queries import MailLine, Standing
from schoolapp.desktop.places.outbox.sending import Sending
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.exchange.mail.preview import MailSeen
from schoolapp.storage.store import DbSession


class Outbox(TablePlace[MailLine]):
    """Letters by state and occasion; nothing leaves before somebody decides so."""

    key: ClassVar[str] = "outbox"
    title: ClassVar[str] = mark("Outbox")
    icon: ClassVar[str] = "mail"
    WATCHES = frozenset({"mail", "mail_step", "gathering"})
    SEARCH = mark("Search letters")
    EMPTY = mark(
        "No letters are waiting. Decisions, invitations and visas write"
        " letters; they wait here for you."
    )
    CHIPS = (("", mark("Still open")),)
    COLUMNS: tuple[Column[MailLine], ...] = (
        Column.name(lambda row: row.name, mark("Person"), 18, sort="name"),
        Column.state(lambda row: row.state, mark("State"), 17, "mail", sort="state"),
        Column.text(lambda row: row.occasion, mark("Occasion"), 15, sort="occasion"),
        Column.languages(lambda row: row.language, mark("Language"), 8, sort="language"),
        Column.text(lambda row: row.subject, mark("Subject"), 24, sort="subject"),
        Column.text(lambda row: row.reason, mark("Why"), 24, sparse=True),
        Column.code(lambda row: row.address, mark("Address"), 22, sort="address", private=True),
    )

    def build(self) -> None:
        """The table, chips for the states, a filter by occasion, the strip, the buttons."""
        super().build()
        for state in states_of("mail"):
            look = state_look("mail", state)
            self.chips.add(state, look.text, look)
        self.occasion = self._make_occasions()
        self.add_filter(self.occasion)
        self.sending = Sending(self, self)
        self.deciding, self.filing = Deciding(self, self), Filing(self, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, self.sending.strip)
        for command in ("outbox.save", "outbox.approve"):
            self.add_action(command)
        self.add_action("outbox.send", primary=True)

    @cached_property
    def panel(self) -> MailPanel:
        """The mail that is chosen."""
        return MailPanel(self.desk)

    def source(self) -> Source[MailLine]:
        """The mails that are still open, or those of one state."""
        return Source(queries.ids, queries.rows)

    def counts(self, session: DbSession, view: View) -> Mapping[str, int]:
        """How many mails are in each state."""
        return queries.counts(session, view)

    def refresh(self) -> None:
        """Ask for the mails, and for the state of sending."""
        super().refresh()
        key = self.gathering.id if self.gathering else None
        query = partial(queries.standing, gathering_id=key)
        self.desk.tasks.read(self, query, self._stands)

    def clear_filters(self) -> None:
        """Show all open mails again."""
        self.occasion.setCurrentIndex(0)
        super().clear_filters()

    def show_row(self, row_id: int, row: MailLine) -> None:
        """Show a mail as its recipient will see it."""
        query = partial(queries.preview, mail_id=row_id)
        self.desk.tasks.read(self, query, partial(self._preview_came, row))

    def chosen_ids(self) -> tuple[int, ...]:
        """The mails that are selected, if there are several; none: all that are shown."""
        selected = self.selected_ids()
        return selected if len(selected) > 1 else ()

    def shown_ids(self) -> Sequence[int]:
        """All mails of the table, in its order."""
        return self.table.lazy.ids()

    def _make_occasions(self) -> CalmComboBox:
        made = CalmComboBox()
        made.setObjectName("filter_occasion")
        made.setAccessibleName(_("Occasion"))
        made.setMinimumContentsLength(14)
        made.activated.connect(self._occasion_chosen)
        return made

    def _preview_came(self, row: MailLine, found: MailSeen) -> None:
        self.show_side(self.panel)
        self.panel.show_mail(row, found)

    def _stands(self, found: Standing) -> None:
        held = self.view.text("occasion")
        self.occasion.clear()
        self.occasion.addItem(_("All occasions"), None)
        for key in found.occasions:
            self.occasion.addItem(words.occasion(key), key)
        self.occasion.setCurrentIndex(max(0, self.occasion.findData(held or None)))
        self.sending.show_standing(found)

    def _occasion_chosen(self, at: int) -> None:
        self.filter(occasion=self.occasion.currentData())
