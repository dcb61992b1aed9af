"""The window: reached by keys alone, spoken, mirrored, never clipped, never stuck."""

import threading
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from schoolapp.base import settings
from schoolapp.base.shipped import table
from schoolapp.desktop.look.labels import ElidedWords
from schoolapp.desktop.places.settings.place import SettingsPlace
from schoolapp.desktop.shell.defect_report import ReportDialog, report_text
from schoolapp.desktop.starting.start import Desktop
from tests.desktop.conftest import Start, wait_for
from tests.desktop.memory import DemoPlace, EmptyPlace

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def keys(widget: QWidget | None, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def visible(desktop: Desktop, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in desktop.window.findChildren(kind) if one.isVisible()]


def tab_stops(desktop: Desktop) -> list[QWidget]:
    """What Tab reaches, from the first stop back to it."""
    window = desktop.window
    start = window.place.focus_target()
    start.setFocus()
    found: list[QWidget] = []
    for _step in range(200):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in found:
            return found
        found.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come round")


def open_panel(desktop: Desktop) -> DemoPlace:
    place = desktop.window.place
    assert isinstance(place, DemoPlace)
    place.table.select_id(1)
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    wait_for(desktop.tasks)
    return place


def test_only_the_place_that_is_open_is_built(start: Start) -> None:
    """The first paint pays for one place; the others are made when they are opened."""
    window = start().window
    assert len(window.findChildren(DemoPlace)) == 1
    assert window.findChildren(EmptyPlace) == []
    window.open_place("programme")
    assert len(window.findChildren(EmptyPlace)) == 1


def test_places_are_reached_by_number(desktop: Desktop) -> None:
    """Ctrl and a digit; Alt+Left goes back; the focus is in the place."""
    window = desktop.window
    keys(QApplication.focusWidget(), Qt.Key.Key_2, CONTROL)
    assert window.place.key == "people"
    assert QApplication.focusWidget() is window.place.focus_target()
    keys(QApplication.focusWidget(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.place.key == "applications"


def test_tab_reaches_everything_once(desktop: Desktop) -> None:
    """Rail, chips, table, panel: every control is on the way round."""
    place = open_panel(desktop)
    stops = tab_stops(desktop)
    assert place.table in stops
    assert place.search in stops
    form = place.panel.form
    assert form is not None
    for name in ("name", "born", "asks", "mentor", "vegan", "note"):
        assert form.editor(name).parts[0] in stops, name


def test_fields_follow_one_another_as_they_are_read(desktop: Desktop) -> None:
    """Tab goes down the form, and along a row before the next one."""
    place = open_panel(desktop)
    form = place.panel.form
    assert form is not None
    stops = [one for one in tab_stops(desktop) if form.isAncestorOf(one)]
    first = stops.index(form.editor("name").parts[0])
    order = [one.mapTo(form, one.rect().topLeft()) for one in stops[first:] + stops[:first]]
    assert all((a.y(), a.x()) < (b.y(), b.x()) for a, b in pairwise(order))


def test_everything_that_has_the_focus_is_named(desktop: Desktop) -> None:
    """A screen reader says what each control is."""
    open_panel(desktop)
    for stop in tab_stops(desktop):
        interface = QAccessible.queryAccessibleInterface(stop)
        assert interface.text(QAccessible.Text.Name), stop


def test_targets_are_large_enough(desktop: Desktop) -> None:
    """24 by 24 pixels at least (WCAG 2.2, 2.5.8)."""
    open_panel(desktop)
    for one in visible(desktop, QAbstractButton):
        assert min(one.width(), one.height()) >= 24, one.objectName() or one


def test_the_ring_shows_after_a_key_and_not_after_the_mouse(desktop: Desktop) -> None:
    """The frame is around what has the focus."""
    window = desktop.window
    ring = window.ring
    QTest.mouseClick(window.place.search, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()
    keys(window.place.search, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert ring.isVisible()
    corner = focus.mapTo(window, focus.rect().topLeft())
    assert ring.geometry().contains(corner)


def test_f6_goes_round_the_parts(desktop: Desktop) -> None:
    """Rail, list, panel, message bar and round again."""
    place = open_panel(desktop)
    window = desktop.window
    window.say("Accepted Amina", 1)
    seen = []
    for _press in range(4):
        keys(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
        focus = QApplication.focusWidget()
        roots = (place.table, place.panel, window.message_bar, window.rail)
        seen += [n for n, one in enumerate(roots) if one is focus or one.isAncestorOf(focus)]
    assert sorted(seen) == [0, 1, 2, 3]


def test_letters_decide_only_in_the_list(desktop: Desktop) -> None:
    """A accepts in the table, and is a letter in a field; undo takes it back."""
    place = open_panel(desktop)
    form = place.panel.form
    assert form is not None
    QTest.keyClicks(form.editor("note").parts[0], "a")
    place.table.setFocus()
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1).state == "eligible"
    QTest.keyClick(place.table, Qt.Key.Key_A)
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1).state == "accepted"
    keys(place.table, Qt.Key.Key_Z, CONTROL)
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1).state == "eligible"
    keys(place.table, Qt.Key.Key_Z, CONTROL | SHIFT)
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1).state == "accepted"


def test_undo_stands_in_the_menu_with_its_name(desktop: Desktop) -> None:
    """The Edit menu says what would be undone."""
    place = open_panel(desktop)
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_A)
    wait_for(desktop.tasks)
    action = desktop.window.actions_made.action("window.undo")
    assert action.text() == "Undo Accepted 1 applications"
    assert action.isEnabled()


def test_the_message_bar_undoes(desktop: Desktop) -> None:
    """The sentence says what was done; its Undo takes it back."""
    place = open_panel(desktop)
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_A)
    wait_for(desktop.tasks)
    bar = desktop.window.message_bar
    assert bar.words.text() == "Accepted 1 applications"
    QTest.mouseClick(bar.undo_button, Qt.MouseButton.LeftButton)
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1).state == "eligible"
    assert bar.words.text() == "Undone: Accepted 1 applications"


def test_the_palette_finds_does_and_returns(desktop: Desktop) -> None:
    """A few letters, Enter; Esc gives the focus back."""
    window = desktop.window
    before = QApplication.focusWidget()
    keys(before, Qt.Key.Key_K, CONTROL)
    assert "\u2066Ctrl++\u2069" in {one.keys for one in window.finder.palette._entries}
    line = QApplication.focusWidget()
    keys(line, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget() is before
    keys(before, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "progr")
    keys(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert window.place.key == "programme"


def test_the_switcher_changes_the_gathering(desktop: Desktop) -> None:
    """Ctrl+O, letters, Enter; it is remembered."""
    window = desktop.window
    keys(QApplication.focusWidget(), Qt.Key.Key_O, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "youth")
    keys(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    wait_for(desktop.tasks)
    assert window.gathering is not None
    assert window.gathering.id == 2
    assert window.desk.settings.get(settings.LAST_GATHERING) == 2
    assert isinstance(window.place, DemoPlace)
    assert window.place.table.lazy.view.gathering == 2


def test_history_shows_and_undoes_steps(desktop: Desktop) -> None:
    """The newest step first, with who and when."""
    place = open_panel(desktop)
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_A)
    wait_for(desktop.tasks)
    keys(QApplication.focusWidget(), Qt.Key.Key_H, CONTROL)
    wait_for(desktop.tasks)
    history = desktop.window.history
    assert history.list.item(0).text().startswith("\u2068Accepted 1 applications\u2069\n")
    history.list.setCurrentRow(0)
    history.undo_button.click()
    wait_for(desktop.tasks)
    assert place.table.lazy.row(1).state == "eligible"


def test_a_hidden_place_asks_again_only_when_it_is_shown(desktop: Desktop) -> None:
    """News cost nothing where they are not shown."""
    window = desktop.window
    window.open_place("people")
    wait_for(desktop.tasks)
    people = window.place
    window.open_place("applications")
    place = open_panel(desktop)
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_A)
    wait_for(desktop.tasks)
    assert people.is_stale
    window.open_place("people")
    assert not people.is_stale
    wait_for(desktop.tasks)


def test_no_match_offers_to_clear(desktop: Desktop) -> None:
    """Not a blank table: a sentence and a way back."""
    place = desktop.window.place
    assert isinstance(place, DemoPlace)
    place.search.setText("nobody at all")
    place.searched("nobody at all")
    wait_for(desktop.tasks)
    assert not place.table.isVisible()
    place.clear_filters()
    wait_for(desktop.tasks)
    assert place.table.isVisible()
    assert place.search.text() == ""


def test_settings_work_at_once(desktop: Desktop, qapp: QApplication) -> None:
    """Colours and text size change at once; the text never shrinks with the rows."""
    window = desktop.window
    keys(QApplication.focusWidget(), Qt.Key.Key_Comma, CONTROL)
    assert isinstance(window.place, SettingsPlace)
    before = qapp.font().pointSizeF()
    keys(QApplication.focusWidget(), Qt.Key.Key_Plus, CONTROL)
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.1)
    window.desk.settings.put(settings.THEME, "dark")
    desktop.look.apply()
    assert desktop.look.tokens.name == "dark"
    assert qapp.palette().window().color().name().upper() == desktop.look.tokens.window


def test_the_centre_of_the_first_run_can_be_changed(desktop: Desktop) -> None:
    """In Settings, by keys; it is kept, and nothing else of the window changes."""
    window = desktop.window
    keys(QApplication.focusWidget(), Qt.Key.Key_Comma, CONTROL)
    for _turn in range(40):
        if QApplication.focusWidget().accessibleName() == "Centre":
            break
        keys(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget().accessibleName() == "Centre"
    keys(QApplication.focusWidget(), Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier)
    keys(QApplication.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    codes = [row["code"] for row in table("centres")]
    assert window.desk.settings.get(settings.CENTRE) == codes[-2]
    assert desktop.window is window


def test_another_language_builds_the_window_anew(desktop: Desktop, qapp: QApplication) -> None:
    """Settings stays open; everything runs from right to left."""
    old = desktop.window
    old.open_place("settings")
    old.desk.settings.put(settings.LANGUAGE, "ar-XB")
    old.desk.speak()
    wait_for(desktop.tasks)
    assert desktop.window is not old
    assert desktop.window.place.key == "settings"
    assert desktop.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    rail, place = desktop.window.rail, desktop.window.place
    corner = rail.rect().topLeft()
    assert rail.mapTo(desktop.window, corner).x() > place.mapTo(desktop.window, corner).x()


@pytest.mark.parametrize(
    ("tag", "size"), [("en", 1.0), ("en-XA", 1.0), ("ar-XB", 1.0), ("en", 2.0)]
)
def test_no_word_is_cut(start: Start, tag: str, size: float) -> None:
    """Labels and buttons have the room they ask for, in longer languages and larger text too."""
    desktop = start(tag=tag, size=size)
    desktop.window.resize(1280, 800)
    open_panel(desktop)
    desktop.window.say("Accepted Amina", 1)
    wait_for(desktop.tasks)
    for key in ("applications", "people", "programme", "settings"):
        desktop.window.open_place(key)
        wait_for(desktop.tasks)
        cut = [
            one.text()
            for one in visible(desktop, QLabel) + visible(desktop, QAbstractButton)
            if not isinstance(one, ElidedWords) and is_cut(one)
        ]
        assert cut == []


def is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height()
    hint = widget.sizeHint()
    return hint.width() > widget.width() or hint.height() > widget.height()


@pytest.mark.parametrize(("tag", "size"), [("en", 1.0), ("en-XA", 1.0), ("en", 2.0)])
def test_the_window_fits_a_small_screen(start: Start, tag: str, size: float) -> None:
    """1024 by 700 is enough, and no sentence makes the window wider."""
    desktop = start(tag=tag, size=size)
    window = desktop.window
    open_panel(desktop)
    window.message_bar.warn("A long sentence about what went wrong, " * 8)
    hint = window.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 700


def test_on_a_small_screen_the_panel_lies_over_the_list(desktop: Desktop) -> None:
    """The list keeps its width; beside it, on a larger one."""
    place = open_panel(desktop)
    desktop.window.resize(1024, 700)
    wait_for(desktop.tasks)
    assert place.body.is_overlaid
    assert place.body.main.width() == place.body.width()
    desktop.window.resize(1280, 800)
    wait_for(desktop.tasks)
    assert not place.body.is_overlaid
    assert place.body.main.width() + place.panel.width() < place.body.width()


def test_a_report_holds_no_personal_data(desktop: Desktop) -> None:
    """Type, file and line; never the text of the error."""
    try:
        raise KeyError("Ana Santos, born 1990")
    except KeyError as trouble:
        text = report_text(trouble)
        dialog = ReportDialog(desktop.look, trouble, desktop.window)
    assert "KeyError" in text
    assert "test_window.py:" in text
    assert "Ana" not in text
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == text
    dialog.deleteLater()


def test_help_lists_the_keys_of_this_screen(desktop: Desktop) -> None:
    """F1: the commands themselves, those of the place first."""
    keys(QApplication.focusWidget(), Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    form_panel = QApplication.activeModalWidget()
    assert form_panel is not None
    words = [label.text() for label in form_panel.findChildren(QLabel)]
    assert "Accept" in words
    assert "Find anything" in words
    form_panel.close()


def test_the_window_answers_while_the_store_works(desktop: Desktop) -> None:
    """A query waits for a timer of the window: it would wait for ever if it blocked the window."""
    ticked = threading.Event()
    QTimer.singleShot(0, ticked.set)
    answers: list[bool] = []
    desktop.tasks.read(desktop, lambda session: ticked.wait(10), answers.append)
    wait_for(desktop.tasks)
    assert answers == [True]
