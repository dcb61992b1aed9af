"""Forms over frozen drafts: checked when left, saved as one change, never losing a text."""

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from schoolapp.base import language
from schoolapp.base.language import mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms import Form
from schoolapp.desktop.forms.choosing import ChoiceEditor, ManyEditor
from schoolapp.desktop.forms.editors import LineEditor, MoneyEditor
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.starting.start import Desktop
from schoolapp.domain.money import Money
from tests.desktop.conftest import typed_out, wait_for
from tests.desktop.memory import FIELDS, DemoPlace, check, person


@pytest.fixture
def form(tasks: Tasks, look: Look, qapp: QApplication):
    """A form with a person, in a window with another field beside it."""
    window = QWidget()
    layout = QVBoxLayout(window)
    made = Form(tasks, look, FIELDS, check)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    window.show()
    window.activateWindow()
    made.show_draft(person(1))
    wait_for(tasks)
    yield made
    window.close()
    window.deleteLater()


@dataclass(frozen=True)
class Born:
    """A draft of one date."""

    born: dt.date | None = None


@dataclass(frozen=True)
class Comes:
    """A draft of one fact."""

    comes: bool = False


def line(form: Form, name: str) -> QLineEdit:
    editor = form.editor(name)
    assert isinstance(editor, LineEditor | MoneyEditor)
    return editor.line


def type_into(form: Form, name: str, text: str) -> QLineEdit:
    field = line(form, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    return field


def beneath(form: Form, name: str) -> str:
    return line(form, name).accessibleDescription()


def test_showing_a_draft_is_not_an_edit(form: Form) -> None:
    """Only the user makes a form dirty."""
    heard: list[bool] = []
    form.edited.connect(lambda: heard.append(True))
    form.show_draft(person(2))
    assert heard == []
    assert not form.is_dirty
    assert form.draft == person(2)


def test_typing_makes_a_new_draft(form: Form) -> None:
    """The original stays; the draft keeps the version it was read with."""
    type_into(form, "name", "Ana Santos")
    type_into(form, "asks", "1.234,50")
    type_into(form, "languages", "Urdu, tagalog, en")
    assert form.is_dirty
    assert form.draft == replace(
        person(1),
        name="Ana Santos",
        asks=Money.of("1234.50", "EUR"),
        languages=("ur", "fil", "en"),
    )
    assert form.original == person(1)


def test_names_of_data_are_never_translated(qtbot: QtBot) -> None:
    """Words of the program follow the language; a room called "Library" keeps its name."""
    language.use(language.PSEUDO_LONG)
    for kind in (ChoiceEditor, ManyEditor):
        editor = kind([("", mark("None"))])
        qtbot.addWidget(editor)
        assert offered(editor)[0] not in ("", "None")
        editor.set_choices([(1, "Library")])
        assert offered(editor) == ["Library"]


def offered(editor: ChoiceEditor | ManyEditor) -> list[str]:
    """What can be chosen."""
    if isinstance(editor, ChoiceEditor):
        return [editor.box.itemText(n) for n in range(editor.box.count())]
    return [editor.list.item(n).text() for n in range(editor.list.count())]


def test_a_field_is_checked_when_it_is_left(form: Form) -> None:
    """Nothing is reported while typing; afterwards the sentence is shown under the field."""
    type_into(form, "born", "1 2 2020")
    assert "Too young" not in beneath(form, "born")
    line(form, "name").setFocus()
    assert "Too young" in beneath(form, "born")
    assert line(form, "born").property("problem")


def test_a_mended_field_says_so_at_once(form: Form) -> None:
    """The problem disappears with the letter that corrects it."""
    type_into(form, "born", "1 2 2020")
    line(form, "name").setFocus()
    type_into(form, "born", "1 2 1990")
    assert beneath(form, "born") == "Thu 1 Feb 1990"


def test_a_hint_is_as_quiet_after_a_problem_as_before(
    tasks: Tasks, look: Look, qtbot: QtBot
) -> None:
    """It comes back in the colour that it had: a dark one would look like a remark."""
    fields = (forms.date("born", mark("Born"), hint=mark("As in the passport.")),)
    made = Form(tasks, look, fields)
    qtbot.addWidget(made)
    made.show_draft(Born())
    made.show()
    row = made.editor("born").parentWidget()
    (hint,) = [one for one in row.findChildren(QLabel) if one.text() == "As in the passport."]
    hint.ensurePolished()
    quiet = hint.palette().color(hint.foregroundRole())
    QTest.keyClicks(line(made, "born"), "soon")
    made.confirm()
    assert hint.palette().color(hint.foregroundRole()) != quiet
    line(made, "born").selectAll()
    QTest.keyClick(line(made, "born"), Qt.Key.Key_Delete)
    assert hint.text() == "As in the passport."
    assert hint.palette().color(hint.foregroundRole()) == quiet


def test_an_example_is_not_taken_for_a_value(tasks: Tasks, look: Look, qtbot: QtBot) -> None:
    """Seen and spoken, an empty field says that what it shows is an example."""
    made = Form(tasks, look, (forms.date("born", mark("Born")), forms.money("fee", mark("Fee"))))
    qtbot.addWidget(made)
    assert line(made, "born").placeholderText() == "e.g. 29 6 2027"
    assert line(made, "fee").placeholderText() == "", "nothing is not 0.00"


def test_a_check_box_wraps_its_words_and_is_checked_by_them(
    tasks: Tasks, look: Look, qtbot: QtBot
) -> None:
    """However long the language, the panel stays as wide as it is."""
    words = mark("Takes part too, with a place, a fee, a bed, a badge and a certificate")
    made = Form(tasks, look, (forms.yes_no("comes", words),))
    qtbot.addWidget(made)
    made.show_draft(Comes())
    made.resize(made.fontMetrics().averageCharWidth() * 20, 400)
    made.show()
    found = [one for one in made.findChildren(QLabel) if one.isVisible()]
    (label,) = [one for one in found if one.text() == words]
    assert made.minimumSizeHint().width() <= made.width()
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert made.draft.comes
    assert made.editor("comes").parts[0].accessibleName() == words


def test_what_cannot_be_read_is_said_and_not_lost(form: Form) -> None:
    """The text stays in the field, the form is dirty, the draft keeps its last valid value."""
    field = type_into(form, "score", "many")
    line(form, "name").setFocus()
    assert "whole number" in beneath(form, "score")
    assert field.text() == "many"
    assert form.is_dirty
    assert form.confirm() is False


def test_confirm_goes_to_the_first_problem(form: Form) -> None:
    """The button is never disabled: it leads to what is wrong."""
    type_into(form, "name", " ")
    type_into(form, "born", "1 2 2020")
    assert form.confirm() is False
    assert QApplication.focusWidget() is line(form, "name")
    assert list(form.problems()) == ["name", "born"]


def test_a_person_is_found_by_letters(form: Form, tasks: Tasks, qapp: QApplication) -> None:
    """A name alone names nobody: one of the list must be chosen."""
    field = type_into(form, "mentor", "amina")
    assert form.problems() == {"mentor": "Choose a person from the list."}
    typed_out(tasks, form)
    popup = field.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form.draft.mentor is not None
    assert form.problems() == {}
    assert field.text().startswith("Amina")


def test_every_field_has_a_name_for_screen_readers(form: Form) -> None:
    """The label is the field's buddy and its accessible name."""
    for field in FIELDS:
        for part in form.editor(field.name).parts:
            assert part.accessibleName(), field.name


def open_first(desktop: Desktop) -> DemoPlace:
    place = desktop.window.place
    assert isinstance(place, DemoPlace)
    place.table.setFocus()
    place.table.select_id(1)
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    wait_for(desktop.tasks)
    return place


def test_leaving_the_panel_saves_once(desktop: Desktop) -> None:
    """One change with a title, whatever number of fields were edited; undo brings both back."""
    place = open_first(desktop)
    form = place.panel.form
    assert form is not None
    type_into(form, "name", "Ana Santos")
    type_into(form, "score", "7")
    place.table.setFocus()
    wait_for(desktop.tasks)
    assert desktop.window.message_bar.words.text() == "Changed Ana Santos"
    row = place.table.lazy.row(1)
    assert (row.name, row.score, row.version) == ("Ana Santos", 7, 2)
    assert form.draft.version == 2
    assert not form.is_dirty
    desktop.window.run("window.undo")
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1) == person(1)


def test_another_row_saves_the_one_before(desktop: Desktop) -> None:
    """Arrows in the table lose nothing."""
    place = open_first(desktop)
    assert place.panel.form is not None
    type_into(place.panel.form, "name", "Ana Santos")
    place.table.select_id(2)
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1).name == "Ana Santos"
    assert place.panel.form.draft.id == 2


def test_esc_never_loses_text(desktop: Desktop) -> None:
    """A draft that cannot be saved is kept, and shown again with its row."""
    place = open_first(desktop)
    form = place.panel.form
    assert form is not None
    type_into(form, "name", "Ana Santos")
    field = type_into(form, "born", "1 2 2020")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    wait_for(desktop.tasks)
    assert not place.panel.isVisible()
    assert "Too young" in desktop.window.message_bar.words.text()
    for one in (2, 1):
        place.table.select_id(one)
        QTest.keyClick(place.table, Qt.Key.Key_Return)
        wait_for(desktop.tasks)
        assert form.draft.id == one
    assert form.draft.name == "Ana Santos"
    assert line(form, "born").text() == "2020-02-01"


def test_a_change_at_another_desk_keeps_what_was_typed(desktop: Desktop) -> None:
    """The rule is shown, the text stays."""
    place = open_first(desktop)
    form = place.panel.form
    assert form is not None
    type_into(form, "name", "Ana Santos")
    desktop.tasks.change(desktop, "Elsewhere", Raise())
    wait_for(desktop.tasks)
    place.table.setFocus()
    wait_for(desktop.tasks)
    assert "another desk" in desktop.window.message_bar.words.text()
    assert form.draft.name == "Ana Santos"
    assert form.is_dirty


class Raise:
    """Raises the version of the first person, as another desk would."""

    def __call__(self, memory: object) -> None:
        people = memory.people  # type: ignore[attr-defined]
        people[1] = replace(people[1], version=people[1].version + 1)


def test_a_sheet_creates_with_one_chord(desktop: Desktop) -> None:
    """Ctrl+N, a name, Ctrl+Enter: the person is there, the panel is closed."""
    window = desktop.window
    window.run("demo.new")
    place = window.place
    assert isinstance(place, DemoPlace)
    field = line(place.form_panel.form, "name")
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "Zara Malik")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(desktop.tasks)
    assert not place.form_panel.isVisible()
    assert place.table.lazy.position(900000) is not None


def test_a_sheet_hidden_by_esc_comes_back_as_it_was(desktop: Desktop) -> None:
    """Esc keeps what was typed, Cancel forgets it."""
    window = desktop.window
    window.run("demo.new")
    place = window.place
    assert isinstance(place, DemoPlace)
    field = line(place.form_panel.form, "name")
    QTest.keyClicks(field, "Zara")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not place.form_panel.isVisible()
    window.run("demo.new")
    assert field.text() == "Zara"
    place.form_panel.cancel()
    window.run("demo.new")
    assert field.text() == ""
