"""Choosing the columns of the list of applications: fields, and questions that were asked."""

from dataclasses import dataclass

from PySide6.QtCore import Signal

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.panel import DraftPanel
from schoolapp.desktop.places.applications import columns


@dataclass(frozen=True, slots=True)
class ColumnsDraft:
    """The keys of the columns that are chosen."""

    keys: tuple[str, ...] = ()


FIELDS = (
    forms.many(
        "keys",
        mark("Shown beside the usual columns"),
        hint=mark("Space ticks a column. Questions of your own forms stand at the end."),
    ),
)


class ColumnsPanel(DraftPanel[ColumnsDraft]):
    """What is chosen stays chosen at this desk, in every gathering that has the question."""

    chosen = Signal(tuple)  # of keys

    def __init__(self, desk: Desk) -> None:
        form: Form[ColumnsDraft] = Form(desk.tasks, desk.look, FIELDS)
        super().__init__(desk, _("Columns"), form, _("Show"))
        self._others: tuple[str, ...] = ()

    def choose(self, questions: tuple[str, ...]) -> None:
        """Begin with what is shown now, and what could be."""
        keys = columns.kept(self.desk.settings)
        offered = columns.offered(questions)
        here = {key for key, _words in offered}
        self._others = tuple(key for key in keys if key not in here)  # asked in other gatherings
        self.form.offer("keys", offered)
        self.form.show_draft(ColumnsDraft(tuple(key for key in keys if key in here)))
        self.open(self.form.draft)

    def finish(self) -> None:
        """Show the columns."""
        keys = (*self.form.draft.keys, *self._others)
        columns.keep(self.desk.settings, keys)
        self.chosen.emit(keys)
        self.closed.emit()
