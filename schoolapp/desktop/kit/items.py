"""A short list inside a panel, such as rooms, whose lines are added, edited and removed at once."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.forms.form import D
from schoolapp.desktop.kit.editing import Saving
from schoolapp.desktop.look.labels import Heading
from schoolapp.desktop.look.widgets import button, icon_button

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Lines(QListWidget):
    """A list that wraps its lines and is as high as all of them."""

    def fit(self) -> None:
        """Give every line its room."""
        self.doItemsLayout()
        last = self.item(self.count() - 1)
        end = self.visualItemRect(last).bottom() + self.verticalOffset() + 1 if last else 0
        self.setFixedHeight(end + self.spacing() + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower means higher."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it has the letters of the style: before, lines that wrap were measured short."""
        super().showEvent(event)
        self.fit()


class Items(QWidget, Generic[D]):
    """Lines with a form that opens beneath for one of them or a new one.

    ``blank()`` is the draft of a new one, ``words(draft)`` what its line says. Enter edits a line,
    Del removes it, Ctrl+Enter saves the form, Esc leaves it. ``saving`` and ``removing`` answer
    the title of the change and its operation.
    """

    opened = Signal()  # the form shows a line, or a new one

    def __init__(
        self,
        desk: Desk,
        title: str,
        form: Form[D],
        words: Callable[[D], str],
        blank: Callable[[], D],
        saving: Saving[D, object],
        removing: Saving[D, object],
    ) -> None:
        super().__init__()
        self._desk, self.form, self._words, self._blank = desk, form, words, blank
        self._saving, self._removing = saving, removing
        self._drafts: Sequence[D] = ()
        self.list = _Lines()
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._activated)
        self._lay_out(title)

    def show_items(self, drafts: Sequence[D]) -> None:
        """Show lines; the form that is open stays."""
        at = self.list.currentRow()
        self._drafts = drafts
        self.list.clear()
        for draft in drafts:
            QListWidgetItem(self._words(draft), self.list)
        self.list.setCurrentRow(min(at, len(drafts) - 1))
        self.list.setVisible(bool(drafts))
        self.list.fit()
        self._remove.setEnabled(bool(drafts))

    def add(self) -> None:
        """Open the form for a new line."""
        self._open(self._blank())

    def edit(self) -> None:
        """Open the form for the line where the cursor stands."""
        if 0 <= self.list.currentRow() < len(self._drafts):
            self._open(self._drafts[self.list.currentRow()])

    def remove(self) -> None:
        """Remove the line where the cursor stands."""
        if 0 <= self.list.currentRow() < len(self._drafts):
            title, operation = self._removing(self._drafts[self.list.currentRow()])
            self._desk.tasks.change(self, title, operation)

    def save(self) -> None:
        """Save the form, or go to what is wrong in it."""
        if self._save.isEnabled() and self.form.confirm():
            self._save.setEnabled(False)
            title, operation = self._saving(self.form.draft)
            self._desk.tasks.change(self, title, operation, self._saved, self._not_saved)

    def close_form(self) -> None:
        """Leave the form without saving."""
        self.hide_form()
        self._back()

    def hide_form(self) -> None:
        """Take the form away, and the focus nowhere: the lines are those of something else now."""
        self._box.hide()

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Enter and Esc for the open form before the panel's shortcuts see them."""
        mine = isinstance(event, QKeyEvent) and self._is_for_form(event)
        if mine and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the form, and Del in the list."""
        if self._is_for_form(event):
            self.close_form() if event.key() == Qt.Key.Key_Escape else self.save()
        elif event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.remove()
        elif event.key() in _ENTER and self._box.isVisible():
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _is_for_form(self, event: QKeyEvent) -> bool:
        finishes = event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return self._box.isVisible() and (bool(finishes) or event.key() == Qt.Key.Key_Escape)

    def _lay_out(self, title: str) -> None:
        look = self._desk.look
        add = icon_button(look, "plus", _("Add to {list}").format(list=title), self.add)
        self._remove = icon_button(
            look, "trash-2", _("Remove from {list}").format(list=title), self.remove
        )
        self._save = button(look, _("Save"), self.save, primary=True)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(Heading(title), 1)
        top.addWidget(self._remove)
        top.addWidget(add)
        foot.addStretch(1)
        foot.addWidget(button(look, _("Cancel"), self.close_form))
        foot.addWidget(self._save)
        self._box = QWidget()
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.addWidget(self.form)
        inside.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.list)
        layout.addWidget(self._box)
        self._box.hide()

    def _open(self, draft: D) -> None:
        self.form.show_draft(draft)
        self.opened.emit()
        self._save.setEnabled(True)
        self._box.show()
        self.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._show_form)  # its height is known only then

    def _show_form(self) -> None:
        """Scroll the panel to the form; to its first field with its label where not all fits."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self._box)
            first = self.form.first_field()
            around.ensureWidgetVisible(first.parentWidget() or first)

    def _activated(self, item: QListWidgetItem) -> None:
        self.edit()

    def _saved(self, value: object) -> None:
        self.close_form()

    def _not_saved(self, trouble: BaseException) -> None:
        self._save.setEnabled(True)

    def _back(self) -> None:
        target = self.list if self._drafts else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)
