"""What people wrote, in the window: read, corrected, ticked off, found, chosen as columns."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QListWidget, QPushButton, QWidget

from schoolapp.desktop.look.chips import Chip
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.applications import Application
from schoolapp.domain.gatherings import GatheringKind
from schoolapp.operations import applications
from schoolapp.operations.gatherings.templates import create_from_template, read_templates
from tests.databases import Place
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, Hands, school

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
WHY = "We organise at home. And we sing."
HEAD = ("Full name", "Email", "Date of birth", "Gender", "Diet", "Which modules?", "Delegation",
        "Motivation", "Do you bring a tent?")  # fmt: skip
ROWS = (
    ("Amina Khan", "amina@example.org", "1990-05-17", "Woman", "Vegetarian", "Module 1",
     "Lahore circle", WHY, "Yes, a small one"),
    ("Joana Alves", "joana@example.org", "1985-02-03", "Man", "", "all", "", "", ""),
)  # fmt: skip


@pytest.fixture
def hands(qapp: QApplication, file_place: Place, tmp_path: Path) -> Iterator[Hands]:
    """A school of one's own, into which two rows of a form were imported through the window."""
    store = file_place.open()
    template = next(one for one in read_templates() if one.kind is GatheringKind.SCHOOL)
    store.change("New", lambda s: create_from_template(
        s, template=template, title="Own school", start_date=dt.date(2027, 10, 23)))  # fmt: skip
    store.close()
    assert isinstance(file_place.where, Path)
    file = tmp_path / "form.csv"
    lines = [",".join(f'"{cell}"' for cell in row) for row in (HEAD, *ROWS)]
    file.write_text("\n".join(lines), "utf-8")
    with school(qapp, file_place.where, (Applications,), "Own school") as made:
        place(made).open_file(str(file))
        wait_for(made.desktop.tasks)
        made.press(Key.Key_Return, CONTROL)
        place(made).table.setFocus()
        choose(made, 0)
        yield made


def place(hands: Hands) -> Applications:
    """The place that is open."""
    shown = hands.window.place
    assert isinstance(shown, Applications)
    return shown


def choose(hands: Hands, at: int) -> None:
    """Show an application at the side."""
    place(hands).table.select_id(place(hands).table.lazy.row_id(at))
    place(hands).edit()
    wait_for(hands.desktop.tasks)


def stored(hands: Hands) -> Application:
    """The application of the first row, with what belongs to it."""

    def look(session: object) -> Application:
        found: Application = session.query(Application).order_by(Application.id).first()  # type: ignore[attr-defined]
        assert [*found.answers, *found.doubts, found.person] != []
        return found

    return hands.store.read(look)


def words_in(widget: QWidget) -> list[str]:
    """What the labels of a widget say."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def doubtful(hands: Hands) -> int:
    """The number on the chip "Doubtful"."""
    chips = hands.window.findChildren(Chip)
    chip = next(one for one in chips if one.key == "doubtful" and one.isVisible())
    return int(chip.accessibleName().rpartition(" ")[2])


def the(hands: Hands, kind: type[QWidget], name: str) -> QWidget:
    """The widget of the panel whose accessible name begins so."""
    panel = place(hands).panels.application
    return next(one for one in panel.findChildren(kind) if one.accessibleName().startswith(name))


def test_all_that_was_written_is_read_with_its_questions(hands: Hands) -> None:
    """Panel and decide mode show each question with its answer, whole, for screen readers too."""
    box = place(hands).panels.application.written
    assert box.accessibleName() == "What they wrote"
    said = box.accessibleDescription()
    assert "And we sing." in said
    assert "Do you bring a tent?" in said.replace("\u2068", "").replace("\u2069", "")
    hands.press(Key.Key_D, CONTROL)
    card = place(hands).pages.meeting.card
    assert WHY in words_in(card.written)
    assert "Yes, a small one" in words_in(card.written)


def test_a_doubt_leads_to_its_field_and_is_settled_by_correcting_it(hands: Hands) -> None:
    """By keyboard: "Correct", type, leave the field; the count goes down, undo brings it back."""
    before = doubtful(hands)
    assert before == 1
    the(hands, QPushButton, "Correct: This gathering has no delegation").setFocus()
    hands.press(Key.Key_Space)
    panel = place(hands).panels.application
    assert panel.form is not None
    assert hands.focus() in panel.form.editor("delegation_id").parts
    tick = the(hands, QCheckBox, "Looked at: This gathering has no delegation")
    tick.setFocus()
    hands.press(Key.Key_Space)
    assert doubtful(hands) == 0
    assert [doubt.settled_by for doubt in stored(hands).doubts] == [hands.store.actor]
    assert the(hands, QCheckBox, "Looked at: This gathering").isChecked()
    assert hands.focus().accessibleName().startswith("Looked at: ")
    hands.undo()
    assert doubtful(hands) == 1


def test_the_person_is_corrected_beside_the_application(hands: Hands) -> None:
    """One does not have to look for them in People to put a birth date right."""
    panel = place(hands).panels.application
    panel.correct("born")
    assert hands.focus() in panel.applicant.editor("born").parts
    QTest.keyClick(hands.focus(), Key.Key_A, CONTROL)
    hands.type("1991-06-18")
    panel.correct("gender")
    QTest.keyClick(hands.focus(), Key.Key_A, CONTROL)
    hands.type("agender")
    hands.press(Key.Key_Return, CONTROL)
    person = stored(hands).person
    assert (person.born, person.gender) == (dt.date(1991, 6, 18), "agender")


def test_an_answer_is_added_by_hand(hands: Hands) -> None:
    """What came by telephone stands under its question, and is found by the search."""
    panel = place(hands).panels.application
    panel.answers.add()
    form = panel.answers.form
    form.editor("question").setFocus()
    hands.type("Which instrument?")
    form.editor("answer").setFocus()
    hands.type("Drums")
    hands.press(Key.Key_Return, CONTROL)
    assert [a.answer for a in stored(hands).answers] == ["Yes, a small one", "Drums"]
    place(hands).searched("drums")
    wait_for(hands.desktop.tasks)
    assert place(hands).table.lazy.rowCount() == 1
    place(hands).clear_filters()
    wait_for(hands.desktop.tasks)
    assert panel.answers.list.count() == 2
    panel.answers.list.setCurrentRow(1)
    panel.answers.list.setFocus()
    hands.press(Key.Key_Delete)
    assert [a.answer for a in stored(hands).answers] == ["Yes, a small one"]


def test_hidden_names_are_hidden_in_what_was_written_too(hands: Hands) -> None:
    """A selection without names shows neither name nor address of the form."""
    hands.press(Key.Key_D, CONTROL)
    card = place(hands).pages.meeting.card
    assert "Amina Khan" in words_in(card.written)
    place(hands).hide_names()
    wait_for(hands.desktop.tasks)
    shown = "\n".join(words_in(card))
    assert "Amina" not in shown
    assert "amina@example.org" not in shown
    assert "Yes, a small one" in shown


def test_private_words_are_hidden_with_the_private_columns(hands: Hands) -> None:
    """Somebody looks over a shoulder: no diet and nothing that was written is in sight."""
    panel = place(hands).panels.application
    assert panel.form is not None
    hands.window.run("window.private")
    assert not panel.written.isVisible()
    assert not panel.form.editor("diet").isVisible()
    assert not panel.applicant.editor("gender").isVisible()
    hands.press(Key.Key_D, CONTROL)
    card = place(hands).pages.meeting.card
    assert not card.written.isVisible()
    assert "Vegetarian" not in "\n".join(words_in(card))
    hands.window.run("window.private")
    wait_for(hands.desktop.tasks)
    assert card.written.isVisible()


def test_a_doubt_is_ticked_off_in_decide_mode(hands: Hands) -> None:
    """A meeting settles it without leaving."""
    hands.press(Key.Key_D, CONTROL)
    card = place(hands).pages.meeting.card
    (tick,) = card.doubts.findChildren(QCheckBox)
    tick.setFocus()
    hands.press(Key.Key_Space)
    assert not card.doubts.isVisible()
    assert all(doubt.settled_at for doubt in stored(hands).doubts)


def test_columns_are_chosen_by_keyboard_and_kept(hands: Hands) -> None:
    """Gender, and the answers to a question of one's own; the choice stays at this desk."""
    here = place(hands)
    usual = len(here.table.lazy.columns)
    hands.window.run("applications.columns")
    wait_for(hands.desktop.tasks)
    items = here.shown_columns.panel.findChild(QListWidget)
    assert items is not None
    words = [items.item(n).text().strip("\u2068\u2069") for n in range(items.count())]
    for wanted in ("Gender", "Do you bring a tent?"):
        items.setCurrentRow(words.index(wanted))
        items.setFocus()
        hands.press(Key.Key_Space)
    hands.press(Key.Key_Return, CONTROL)
    titles = [column.title for column in here.table.lazy.columns]
    assert titles[usual:] == ["Gender", "Do you bring a tent?"]
    row = here.table.lazy.row(here.table.lazy.row_id(0))
    assert row is not None
    assert here.table.lazy.texts(row)[usual:] == ["Woman", "Yes, a small one"]
    gathering = hands.window.gathering
    assert gathering is not None
    here.show_gathering(None)
    here.show_gathering(gathering)
    wait_for(hands.desktop.tasks)
    assert [column.title for column in here.table.lazy.columns] == titles


def test_an_application_on_paper_holds_all_that_a_form_does(hands: Hands) -> None:
    """Registered by hand: phone, gender, days, needs and consent have their fields."""
    hands.press(Key.Key_N, CONTROL)
    form = place(hands).panels.new.form
    for name, words in (
        ("name", "Bilal Aziz"), ("phone", "+92 300 1234567"), ("gender", "Man"),
        ("organisation", "Home Net"), ("arrival", "2027-10-24"), ("diet", "No nuts"),
    ):  # fmt: skip
        form.editor(name).setFocus()
        hands.type(words)
    form.editor("consent").setFocus()
    hands.press(Key.Key_Y)
    hands.press(Key.Key_Return, CONTROL)
    listed = hands.store.read(lambda s: applications.stored_applications(s, gathering_id=1))
    bilal = next(one for one in listed if one["full_name"] == "Bilal Aziz")
    assert (bilal["phone"], bilal["gender"]) == ("+92 300 1234567", "man")
    assert (bilal["organisation"], bilal["arrival"]) == ("Home Net", "2027-10-24")
    assert (bilal["diet"], bilal["consent"]) == ("No nuts", True)
