"""A form that edits stored rows: each row's draft is saved as one change when one leaves it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.forms import Form
from schoolapp.desktop.forms.form import D
from schoolapp.desktop.look import formats

T = TypeVar("T")
Change = tuple[str, Query[T]]
"""The title of a change and the operation that makes it."""
Saving = Callable[[D], Change[T]]
"""Says of a draft the title of its change and the operation that makes it."""


class Editing(QObject, Generic[D]):
    """Keeps the drafts that could not be saved yet, by row, and shows them again.

    ``saving(draft)`` answers the change's title and its operation, which must return the draft as
    stored, with its new version.
    """

    saved = Signal(object)  # the draft as stored
    said = Signal(str)  # whether the row shown is saved

    def __init__(self, desk: Desk, form: Form[D], saving: Saving[D, D] | None) -> None:
        super().__init__(form)
        self.form = form
        self.key: int | None = None
        self._desk, self._saving = desk, saving
        self._kept: dict[int, tuple[D, D]] = {}  # key: original, draft
        self._sent: D | None = None
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def show(self, key: int, draft: D | None) -> None:
        """Show a row's draft; what is being typed into the same row is newer and stays."""
        if key == self.key and self.form.is_dirty:
            return
        if key != self.key:
            self.leave()
        self.key = key
        if draft is not None:
            original, kept = self._kept.pop(key, (draft, draft))
            self.form.show_draft(kept, original)

    def leave(self) -> None:
        """Save what was edited, as one change."""
        if self.key is None or not self.form.is_dirty:
            return
        draft = self.form.draft
        self._kept[self.key] = (self.form.original, draft)
        problems = self.form.problems()
        if problems:
            sentence = _("Not saved yet. {problem}").format(problem=next(iter(problems.values())))
            self.said.emit(sentence)
            self._desk.say(sentence)
        elif self._saving is not None and draft != self._sent:
            self._sent = draft
            title, operation = self._saving(draft)
            landed = partial(self._stored, self.key, draft)
            self._desk.tasks.change(self, title, operation, landed, self._not_stored)

    def _stored(self, key: int, sent: D, stored: D | None) -> None:
        self._kept.pop(key, None)
        self._sent = None
        if key == self.key and stored is not None:
            self.form.accept_saved(sent, stored)
            now = formats.time(dt.datetime.now().time())  # noqa: DTZ005 - the clock on the wall
            self.said.emit(_("Saved {time}").format(time=now))
        self.saved.emit(stored)

    def _not_stored(self, trouble: BaseException) -> None:
        self._sent = None
        self.said.emit(_("Not saved yet. What you typed is kept."))

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or QApplication.activePopupWidget() is not None:
            return
        if self.form.isAncestorOf(old) and not self.form.isAncestorOf(new):
            self.leave()


AnyEditing = Editing[Any]
"""The editing of any draft: one panel may hold several forms."""
