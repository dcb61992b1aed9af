"""The panels at the side of a place: one edits a row, the other creates one."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.forms import Form
from schoolapp.desktop.forms.form import D
from schoolapp.desktop.kit.editing import AnyEditing, Editing, Saving, T
from schoolapp.desktop.look.boxes import scrolling
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.paint import StateChip
from schoolapp.desktop.look.states import StateLook
from schoolapp.desktop.look.widgets import button, give_keys, icon_button

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

E = TypeVar("E", bound="DataclassInstance")


class SidePanel(QFrame):
    """What is shown at the side: a header, a part that scrolls, a foot."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self.desk = desk
        self.hide()
        self.setProperty("card", True)
        self.title, self.chip = Heading(wrap=True), StateChip(desk.look)
        self.subtitle = Words(quiet=True, wrap=True)
        self.close_button = icon_button(desk.look, "x", _("Close"), self.close_side)
        self._lay_out()
        give_keys(self, {
            "Esc": self.close_side,
            "Ctrl+Return": self.finish,
            "Ctrl+Enter": self.finish,
        })  # fmt: skip

    def close_side(self) -> None:
        """Go away and keep what was typed."""
        raise NotImplementedError

    def finish(self) -> None:
        """Ctrl+Enter: done with the form."""
        raise NotImplementedError

    def add(self, widget: QWidget) -> None:
        """Add something beneath what is there, in the part that scrolls."""
        self._content.insertWidget(self._content.count() - 1, widget)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        layout.addWidget(self.subtitle)
        layout.addWidget(self.chip)
        self.buttons = Flow(8)
        layout.addLayout(self.buttons)
        inside = QWidget(self)
        self._content = QVBoxLayout(inside)
        self._content.setContentsMargins(2, 4, 8, 4)
        self._content.setSpacing(16)
        self._content.addStretch(1)
        layout.addWidget(scrolling(inside, self), 1)
        self.foot = QHBoxLayout()
        layout.addLayout(self.foot)


def in_a_row(*buttons: QPushButton) -> QWidget:
    """Buttons beneath the words of a panel, each as wide as its words."""
    row, flow = QWidget(), Flow(8)
    row.setLayout(flow)
    for one in buttons:
        flow.addWidget(one)
    return row


class Panel(SidePanel, Generic[D]):
    """Shows one row and edits it; what was edited is saved as one change when one leaves it.

    ``saving(draft)`` answers the change's title and its operation, which must return the draft as
    stored, with its new version. A draft that cannot be saved is kept and shown again.
    """

    saved = Signal(object)  # the draft as stored

    def __init__(
        self, desk: Desk, form: Form[D] | None = None, saving: Saving[D, D] | None = None
    ) -> None:
        super().__init__(desk)
        self.form = form
        self.key: int | None = None
        self._main: Editing[D] | None = None
        self._parts: list[AnyEditing] = []
        self._state = Words(quiet=True, wrap=True)
        self.foot.addWidget(self._state, 1)
        if form is not None:
            self._main = self.add_form(form, saving)
            self._main.saved.connect(self.saved)

    def add_form(self, form: Form[E], saving: Saving[E, E] | None) -> Editing[E]:
        """A form beneath what is there, saved on its own when one leaves it."""
        part = Editing(self.desk, form, saving)
        part.said.connect(self._state.setText)
        self._parts.append(part)
        self.add(form)
        return part

    def show_item(
        self,
        key: int,
        title: str,
        subtitle: str = "",
        state: StateLook | None = None,
        draft: D | None = None,
    ) -> None:
        """Show a row; the one shown before is saved first."""
        if key != self.key:
            self.leave()
            self._state.clear()
        self.key = key
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.chip.show_state(state)
        if self._main is not None:
            self._main.show(key, draft)

    def leave(self) -> None:
        """Save what was edited, each form as one change."""
        for part in self._parts:
            part.leave()

    def close_side(self) -> None:
        """Save and close."""
        self.leave()
        self.closed.emit()

    def finish(self) -> None:
        """Check everything and save; stay at the first problem."""
        if all(part.form.confirm() for part in self._parts if part.form.isVisible()):
            self.leave()
            self.closed.emit()


class DraftPanel(SidePanel, Generic[D]):
    """A form with Cancel and one more button, which ``finish`` belongs to.

    Esc hides it and keeps what was typed. ``danger`` is for what cannot be undone: its button is
    red, as nothing else is.
    """

    def __init__(
        self, desk: Desk, title: str, form: Form[D], words: str, danger: bool = False
    ) -> None:
        super().__init__(desk)
        self.form = form
        self.title.setText(title)
        self.subtitle.hide()
        self._create = button(desk.look, words, self.finish, primary=True)
        self._create.setProperty("danger", danger)
        self._create.setToolTip(
            QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        )
        self._cancel = button(desk.look, _("Cancel"), self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self._cancel)
        self.foot.addWidget(self._create)
        self.add(form)

    def open(self, draft: D) -> None:
        """Begin with a draft, or go on with what was typed before."""
        if not self.form.has_draft or not self.form.is_dirty:
            self.form.show_draft(draft)
        self._create.setEnabled(True)
        self.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field and presses a button; it never sends half a form."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        else:
            self.focusNextChild()

    def close_side(self) -> None:
        """Hide; what was typed comes back."""
        self.closed.emit()

    def cancel(self) -> None:
        """Hide and forget what was typed."""
        self.form.show_draft(self.form.original)
        self.closed.emit()


class FormPanel(DraftPanel[D], Generic[D, T]):
    """Creates a row. ``final`` when something leaves the program by it: then there is no undo."""

    created = Signal(object)  # what the operation answered

    def __init__(
        self,
        desk: Desk,
        title: str,
        form: Form[D],
        creating: Saving[D, T],
        words: str = "",
        *,
        danger: bool = False,
        final: bool = False,
    ) -> None:
        super().__init__(desk, title, form, words or _("Create"), danger)
        self._creating, self._final = creating, final

    def finish(self) -> None:
        """Create it, or go to the first problem."""
        if self._create.isEnabled() and self.form.confirm():
            self._create.setEnabled(False)
            title, operation = self._creating(self.form.draft)
            self.desk.tasks.change(
                self, title, operation, self._made, self._not_made, final=self._final
            )

    def offer_removal(self, title: str, operation: Query[None]) -> None:
        """Offer to remove what is edited, at the other end of the foot."""

        def remove() -> None:
            self.desk.tasks.change(self, title, operation, lambda _nothing: self.closed.emit())

        made = button(self.desk.look, _("Remove"), remove, "trash-2")
        made.setObjectName("remove")
        made.setProperty("danger", True)
        self.foot.insertWidget(0, made)

    def _made(self, value: T) -> None:
        self._create.setEnabled(True)
        self.form.show_draft(self.form.original)
        self.closed.emit()
        self.created.emit(value)

    def _not_made(self, trouble: BaseException) -> None:
        self._create.setEnabled(True)


AnyPanel = Panel[Any]
"""A panel of any draft, for code that only shows and closes it."""
