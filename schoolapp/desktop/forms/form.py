"""One form for everything: declared fields over a frozen draft, checked as fields are left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.forms.choosing import ChoiceEditor, ManyEditor
from schoolapp.desktop.forms.editors import AnyEditor, MoneyEditor, V
from schoolapp.desktop.forms.fields import Field
from schoolapp.desktop.forms.several import NamedEditor
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


D = TypeVar("D", bound="DataclassInstance")
"""A draft: a frozen dataclass."""
Check = Callable[[D], Mapping[str, str]]
"""Says of a draft, by the name of each field that is wrong, the sentence what is."""


def nothing_wrong(draft: object) -> Mapping[str, str]:
    """The check of a draft that has no rules of its own."""
    return {}


class FieldRow(QWidget):
    """A label, its editor, and the line beneath: what is wrong, or what was understood."""

    def __init__(self, field: Field, editor: AnyEditor, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.field, self.editor, self._look = field, editor, look
        self.was_edited = False  # since it was shown: only then it says what it understood
        self._beside: FieldRow | None = None
        self._editor_names()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.label = Words(_(field.label), quiet=True, wrap=True)
        self.label.setBuddy(editor.parts[0])
        self.label.setAlignment(self.label.alignment() & ~Qt.AlignmentFlag.AlignVertical_Mask)
        self.label.setAlignment(self.label.alignment() | Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self.label)
        self.label.setVisible(field.labelled)  # only now: without a parent it would be a window
        layout.addWidget(editor)
        self._icon, self._line = QLabel(), Words(wrap=True)
        self._beneath = QWidget(self)
        beneath = QHBoxLayout(self._beneath)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(6)
        beneath.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        beneath.addWidget(self._line, 1)
        layout.addWidget(self._beneath)
        self.say("")

    def stand_beside(self, other: "FieldRow") -> None:
        """Share a line with another field: both editors begin at the same height."""
        self._beside, other._beside = other, self

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A label that wraps, or is in a taller script, pushes the editor beside it down too."""
        super().resizeEvent(event)
        if self._beside is not None:
            labels = [self.label, self._beside.label]
            height = max(one.heightForWidth(one.width()) for one in labels)
            for one in labels:
                one.setMinimumHeight(height)

    def say(self, problem: str) -> None:
        """Show a problem; without one, what was understood or the hint."""
        understood = self.editor.understood() if self.was_edited else ""
        words = problem or understood or (_(self.field.hint) if self.field.hint else "")
        self._line.setProperty("quiet", not problem)  # before it is polished, here or below
        self._line.setText(words)
        self._beneath.setVisible(bool(words))
        self._icon.setVisible(bool(problem))
        if problem:
            tokens = self._look.tokens
            self._icon.setPixmap(self._look.pixmap("triangle-alert", tokens.danger, self))
        for part in self.editor.parts:
            part.setAccessibleDescription(words)
        if bool(self._line.property("problem")) != bool(problem):
            for widget in (self._line, *self.editor.parts):
                widget.setProperty("problem", bool(problem))
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _editor_names(self) -> None:
        self.editor.setObjectName(self.field.name)
        label = _(self.field.label)
        for part in self.editor.parts:  # an editor of several parts has named all but perhaps one
            name = part.accessibleName()
            part.setAccessibleName(f"{label}, {name}" if name else label)


class Form(QWidget, Generic[D]):
    """Shows a draft, a frozen dataclass, and makes a new one at each edit.

    ``check(draft)`` is the domain's; a field is checked when it is left, never while typing, and
    all are checked by ``confirm``.
    """

    edited = Signal()

    def __init__(
        self, tasks: Tasks, look: Look, fields: Sequence[Field], check: Check[D] = nothing_wrong
    ) -> None:
        super().__init__()
        self._check = check
        self._draft: D | None = None
        self._original: D | None = None
        self._visited: set[str] = set()
        self._rows = {f.name: FieldRow(f, f.make(tasks), look, self) for f in fields}
        self._lay_out(fields)
        for name, row in self._rows.items():
            row.editor.edited.connect(partial(self._edited, name))
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    @property
    def has_draft(self) -> bool:
        """Whether a draft was shown yet."""
        return self._draft is not None

    @property
    def draft(self) -> D:
        """The draft as it is now, with the version it was read with."""
        assert self._draft is not None, "a draft is shown before it is asked for"
        return self._draft

    @property
    def original(self) -> D:
        """The draft as it was shown, before anything was typed."""
        assert self._original is not None, "a draft is shown before it is asked for"
        return self._original

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not in the original."""
        unread = any(row.editor.problem() for row in self._rows.values())
        return bool(self._draft != self._original or unread)

    def show_draft(self, draft: D, original: D | None = None) -> None:
        """Show a draft; an unsaved one comes with the ``original`` it was made from."""
        self._draft, self._original = draft, draft if original is None else original
        self._visited.clear()
        for name, row in self._rows.items():
            row.editor.put(getattr(draft, name))
            row.was_edited = False
            row.say("")

    def accept_saved(self, sent: D, stored: D) -> None:
        """Go on from what was stored; what was typed since it was sent stays."""
        if self._draft == sent:
            self.show_draft(stored)
            return
        self._original = stored
        if hasattr(stored, "version"):
            self._draft = replace(self.draft, **{"version": stored.version})

    def put(self, name: str, value: object) -> None:
        """Change one field of the draft as if it had been edited, without a signal."""
        self._draft = replace(self.draft, **{name: value})
        self._rows[name].editor.put(value)
        self._rows[name].say("")

    def editor(self, name: str) -> AnyEditor:
        """The editor of a field."""
        return self._rows[name].editor

    def has(self, name: str) -> bool:
        """Whether there is a field of this name."""
        return name in self._rows

    def offer(self, name: str, choices: Choices[V]) -> None:
        """Offer other values in a choice field; their words are shown as they are."""
        editor = self._rows[name].editor
        assert isinstance(editor, ChoiceEditor | ManyEditor), f"{name} offers no choice"
        editor.set_choices(choices)
        if self._draft is not None:
            editor.put(getattr(self._draft, name))

    def prefer_currency(self, currency: str) -> None:
        """Offer a currency in every amount that is empty."""
        for row in self._rows.values():
            if isinstance(row.editor, MoneyEditor | NamedEditor):
                row.editor.prefer(currency)

    def set_hidden(self, name: str, hidden: bool) -> None:
        """Take a field out of sight, or bring it back."""
        self._rows[name].setVisible(not hidden)

    def problems(self) -> dict[str, str]:
        """The sentence of each field that is wrong, in the order of the fields."""
        unread = {n: p for n, row in self._rows.items() if (p := row.editor.problem())}
        found = {**self._check(self.draft), **unread}
        order = {name: at for at, name in enumerate(self._rows)}
        return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))

    def confirm(self) -> bool:
        """Check everything; go to the first problem, or answer True."""
        found = self.problems()
        self._visited.update(self._rows)
        self._say(found)
        for name in found:
            if name in self._rows:
                self._rows[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)
                break
        return not found

    def first_field(self) -> AnyEditor:
        """The editor where work begins."""
        return next(iter(self._rows.values())).editor

    def _lay_out(self, fields: Sequence[Field]) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        line = -1
        first: FieldRow | None = None  # of two that share a line
        for field in fields:
            row = self._rows[field.name]
            if field.section:
                line, first = line + 1, None
                grid.addWidget(Heading(_(field.section)), line, 0, 1, 2)
            if field.half and first is not None:
                grid.addWidget(row, line, 1, Qt.AlignmentFlag.AlignTop)
                row.stand_beside(first)
                first = None
                continue
            line += 1
            first = row if field.half else None
            self._place(grid, row, line, 1 if field.half else 2)

    def _place(self, grid: QGridLayout, row: FieldRow, line: int, columns: int) -> None:
        if columns == 2:
            grid.addWidget(row, line, 0, 1, 2)
        else:
            grid.addWidget(row, line, 0, Qt.AlignmentFlag.AlignTop)

    def _edited(self, name: str) -> None:
        row = self._rows[name]
        row.was_edited = True
        self._draft = replace(self.draft, **{name: row.editor.value()})
        if name in self._visited and name not in self.problems():
            row.say("")  # a problem goes at once; a new one waits until the field is left
        elif not row.editor.problem():
            row.say("")
        self.edited.emit()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or self._draft is None or not self.isAncestorOf(old):
            return
        for name, row in self._rows.items():
            editor = row.editor
            stays = new in editor.parts or QApplication.activePopupWidget() is not None
            if old in editor.parts and not stays:
                self._visited.add(name)
                self._say(self.problems())

    def _say(self, found: Mapping[str, str]) -> None:
        for name in self._visited:
            self._rows[name].say(found.get(name, ""))


AnyForm = Form[Any]
"""A form of any draft, for code that only asks for its fields by name."""
