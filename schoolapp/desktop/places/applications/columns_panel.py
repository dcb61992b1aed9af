"""Choosing the columns of the list of applications: fields, and questions that were asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.host import RowsHost
from schoolapp.desktop.kit.panel import DraftPanel, SidePanel
from schoolapp.desktop.places.applications import more_columns
from schoolapp.desktop.tables import Column
from schoolapp.operations.applications import ApplicationRow, application_rows, asked_questions
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class ColumnsDraft:
    """The keys of the columns that are chosen."""

    keys: tuple[str, ...] = ()


FIELDS = (
    forms.many(
        "keys",
        mark("Besides the usual columns"),
        hint=mark("Space ticks a column. The questions of your own forms come last."),
    ),
)


class ColumnsHost(RowsHost[ApplicationRow], Protocol):
    """What the choice of columns needs from the place of the list."""

    def show_side(self, panel: SidePanel) -> None:
        """Show a panel at the side."""


class ColumnsPanel(DraftPanel[ColumnsDraft]):
    """What is chosen stays chosen at this desk, in every gathering that has the question."""

    chosen = Signal(tuple)  # of keys

    def __init__(self, desk: Desk) -> None:
        form: Form[ColumnsDraft] = Form(desk.tasks, desk.look, FIELDS)
        super().__init__(desk, _("Columns"), form, _("Show"))
        self._others: tuple[str, ...] = ()

    def choose(self, questions: tuple[str, ...]) -> None:
        """Begin with what is shown now, and what could be."""
        keys = more_columns.kept(self.desk.settings)
        offered = more_columns.offered(questions)
        here = {key for key, _words in offered}
        self._others = tuple(key for key in keys if key not in here)  # asked in other gatherings
        self.form.offer("keys", offered)
        self.form.show_draft(ColumnsDraft(tuple(key for key in keys if key in here)))
        self.open(self.form.draft)

    def finish(self) -> None:
        """Show the columns."""
        keys = (*self.form.draft.keys, *self._others)
        more_columns.keep(self.desk.settings, keys)
        self.chosen.emit(keys)
        self.closed.emit()


class ShownColumns(QObject):
    """The columns beside the usual ones, and the answers that they show."""

    def __init__(self, host: ColumnsHost, usual: Sequence[Column[ApplicationRow]]) -> None:
        super().__init__(host.desk.stage)
        self._host, self._usual = host, usual
        self._questions: tuple[str, ...] = ()

    @cached_property
    def panel(self) -> ColumnsPanel:
        """The choice at the side."""
        made = ColumnsPanel(self._host.desk)
        made.chosen.connect(self._show)
        return made

    def rows(self, session: DbSession, ids: Sequence[int]) -> Mapping[int, ApplicationRow]:
        """The lines of the list with these answers; runs in the database worker."""
        return application_rows(session, ids, self._questions)

    def choose(self) -> None:
        """Ask which columns the list shows."""
        self._ask(self._offer)

    def show_kept(self) -> None:
        """Show what was chosen at this desk, as far as the gathering has the question."""
        self._ask(self._came)

    def _ask(self, then: Callable[[tuple[str, ...]], None]) -> None:
        gathering = self._host.gathering
        if gathering is not None:
            query = partial(asked_questions, gathering_id=gathering.id)
            self._host.desk.tasks.read(self, query, then)

    def _offer(self, questions: tuple[str, ...]) -> None:
        self._host.show_side(self.panel)
        self.panel.choose(questions)

    def _came(self, questions: tuple[str, ...]) -> None:
        there = {key for key, _words in more_columns.offered(questions)}
        kept = more_columns.kept(self._host.desk.settings)
        self._show([key for key in kept if key in there])

    def _show(self, keys: Sequence[str]) -> None:
        self._questions = more_columns.questions_in(keys)
        wanted = [*self._usual, *more_columns.columns_of(keys, self._questions)]
        table = self._host.table
        if [one.title for one in wanted] != [one.title for one in table.lazy.columns]:
            table.take_columns(wanted)
