"""Fills every field of a form by keyboard: what is not said is made up for the kind of field."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import func, select

from schoolapp.desktop.forms.choosing import ChoiceEditor, ManyEditor, YesNoEditor
from schoolapp.desktop.forms.editors import Editor, LineEditor, LongTextEditor, MoneyEditor
from schoolapp.desktop.forms.form import FieldRow, Form
from schoolapp.desktop.forms.lookups import PersonEditor
from schoolapp.storage.tables import journal_step
from tests.stories.coordinator import CTRL, Coordinator

KEY = Qt.Key
WORDS = (
    "Words", "French", "France", "2028-10-23", "10:30", "3", "ana@example.org", "EUR",
    "Europe/Paris", "52.3676, 4.9041",
)  # fmt: skip
"""What is typed into a line, one after the other, until the form has nothing to say to it."""


def fill_every(desk: Coordinator, form: Form[Any], /, **said: str) -> list[str]:
    """Fill each field that is shown, with what is ``said`` or made up; the names of the fields.

    A field of which an empty text is said stays as it is.
    """
    names = []
    for row in form.findChildren(FieldRow):
        editor, name = row.editor, row.field.name
        if said.get(name) == "" or not row.isVisible():  # another field may have hidden it
            continue
        names.append(name)
        _reach(desk, editor.parts[0])
        if isinstance(editor, PersonEditor):
            if name in said:
                desk.pick(desk.name(), said[name])
        else:
            _fill(desk, form, editor, said.get(name))
    desk.settle()
    return names


def _reach(desk: Coordinator, field: QWidget) -> None:
    """Tab until the field has the focus."""
    for _turn in range(150):
        if desk.focus() is field:
            return
        QTest.keyClick(desk.focus(), KEY.Key_Tab)
    raise AssertionError(f"{field.accessibleName()} cannot be reached by Tab")


def _fill(desk: Coordinator, form: Form[Any], editor: Editor[Any], said: str | None) -> None:
    if isinstance(editor, YesNoEditor):
        desk.press(KEY.Key_Space)
    elif isinstance(editor, ChoiceEditor):
        _choose(desk, editor, said)
    elif isinstance(editor, ManyEditor):
        desk.press(KEY.Key_Home)
        desk.press(KEY.Key_Space)
    elif isinstance(editor, MoneyEditor):
        desk.fill(said or "12.50")
    elif isinstance(editor, LineEditor | LongTextEditor):
        _type(desk, form, editor, (said,) if said else WORDS)


def _choose(desk: Coordinator, editor: ChoiceEditor[Any], said: str | None) -> None:
    """By its words; else the last entry."""
    words = [editor.box.itemText(at) for at in range(editor.box.count())]
    if said is None:
        desk.press(KEY.Key_End)
    elif words:
        desk.fill_in({desk.name(): said})


def _type(
    desk: Coordinator, form: Form[Any], editor: Editor[Any], offered: tuple[str, ...]
) -> None:
    """The first of the texts that is understood."""
    for text in offered:
        desk.fill(text)
        if editor.objectName() not in form.problems():
            return
    raise AssertionError(f"{editor.objectName()}: {form.problems()[editor.objectName()]}")


def add_person(desk: Coordinator, name: str) -> None:
    """A participant of whom the name is known; the cursor is in the panel."""
    desk.go(3, "people")
    desk.press(KEY.Key_N, CTRL)
    desk.fill(name)
    desk.save()


def keep(desk: Coordinator, form: Form[Any]) -> None:
    """Save the form: there is a step more in the journal, and nothing was refused."""
    before, problems = _steps(desk), form.problems()
    desk.press(KEY.Key_Return, CTRL)
    assert not desk.failures, [str(one) for one in desk.failures]
    assert _steps(desk) > before, (problems, desk.said())


def _steps(desk: Coordinator) -> int:
    return int(desk.ask(lambda session: session.scalar(select(func.max(journal_step.c.id))) or 0))
