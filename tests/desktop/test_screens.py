"""Every screen, dialog and panel of the practice schools: nothing cut, nothing without a name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QWidget,
)

from schoolapp import app
from schoolapp.base import settings
from schoolapp.base.settings import Settings
from schoolapp.desktop.forms.form import FieldRow
from schoolapp.desktop.look.labels import ElidedWords
from schoolapp.desktop.starting.start import Desktop
from schoolapp.desktop.tables import Kind, Table
from schoolapp.desktop.tables.painter import INSET
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import Store
from tests.desktop.conftest import wait_for

INPUTS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)
TABS = (
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
)
OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
SCREENS = {
    "home": (
        "home.new", "home.edit", "home.copy", "home.centres", "window.history", "window.history",
    ),
    "applications": (
        "applications.edit", "applications.new", "applications.rules", "applications.meeting",
        "applications.planned", "applications.letters", "applications.delegations",
        "applications.minors", "applications.visas", "applications.columns",
    ),
    "people": (
        "people.new", "people.duplicates", "people.add_lecturer", "people.bedrooms",
        "people.teams", "people.tasks", "people.erase",
    ),
    "programme": (
        "programme.new", "programme.add_room", "programme.push", "programme.invite",
        "programme.answers", "programme.view", "programme.repeat", "programme.fetch_answers",
    ),
    "readings": ("readings.new", "readings.assign", "readings.translate", "readings.publications"),
    "attendance": (
        "attendance.export", "attendance.heads", "attendance.arrivals", "attendance.heat",
        "attendance.certificates", "attendance.days",
    ),
    "money": (
        "money.subsidy", "money.incoming", "money.gift", "money.fund", "money.claim",
        "money.campaign", "money.show_payments", "money.show_delegations", "money.show_claims",
        "money.show_gifts", "money.show_funds", "money.show_fees", "money.show_campaigns",
    ),
    "outbox": ("outbox.send",),
    "settings": (),
}  # fmt: skip
"""What opens each screen, by place; the place itself is checked first."""
Open = Callable[[str, float], Desktop]


@pytest.fixture
def opened(qapp: QApplication, practice_file: Path) -> Iterator[Open]:
    """Opens the whole window on the practice schools, 1280 by 800."""
    made: list[Desktop] = []

    def build(tag: str, size: float) -> Desktop:
        kept = Settings()
        for setting, value in (
            (settings.THEME, "light"),
            (settings.LANGUAGE, tag),
            (settings.TEXT_SIZE, size),
        ):
            kept.put(setting, value)
        store = Store(make_engine(practice_file))
        desktop = Desktop(qapp, kept, lambda: store, app.places(), app.gatherings)
        made.append(desktop)
        desktop.window.resize(1280, 800)
        desktop.tasks.begin()
        desktop.complete()
        wait_for(desktop.tasks)
        school = next(g for g in desktop.window.gatherings if "Justice" in g.title)
        desktop.window.choose(school.id)
        wait_for(desktop.tasks)
        return desktop

    yield build
    for desktop in made:
        desktop.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
    qapp.setStyleSheet("")


def screens(desktop: Desktop) -> Iterator[str]:
    """Open one after another; the name of each while it is shown."""
    window = desktop.window
    for key, commands in SCREENS.items():
        window.open_place(key)
        wait_for(desktop.tasks)
        yield key
        if hasattr(window.place, "table"):
            window.place.table.setCurrentIndex(window.place.table.model().index(0, 0))
        for command in commands:
            window.run(command)
            wait_for(desktop.tasks)
            yield command
            if not command.startswith("attendance."):
                leave(desktop)


def leave(desktop: Desktop) -> None:
    """Esc, from wherever the focus is, until the list has it again."""
    for _press in range(2):
        focus = desktop.window.focusWidget() or desktop.window
        QTest.keyClick(focus, Qt.Key.Key_Escape)
        wait_for(desktop.tasks)


def shown(window: QWidget, *kinds: type[Any]) -> list[Any]:
    """The visible widgets of some kinds, without the buttons that Qt puts into lines."""
    found = [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]
    return [one for one in found if type(one) is not QToolButton]


def cut(window: QWidget) -> list[str]:
    """Words that do not have the width they need, and cards wider than their visible part."""
    found = []
    for one in shown(window, QLabel, QAbstractButton):
        if isinstance(one, ElidedWords) or not one.text():
            continue
        words = one.text().split() if isinstance(one, QLabel) and one.wordWrap() else ()
        needs = max(map(one.fontMetrics().horizontalAdvance, words), default=0)
        if not words:
            needs = one.sizeHint().width()
        if needs > one.width():
            found.append(f"{one.text()!r} needs {needs} and has {one.width()}")
    for area in shown(window, QScrollArea):
        inside = area.widget()
        is_fixed = inside is not None and area.horizontalScrollBarPolicy() == OFF
        if is_fixed and inside.width() > area.viewport().width():
            found.append(f"{area.parentWidget()} is {inside.width()} wide")
    return found


def cut_names(window: QWidget) -> list[str]:
    """Names of people in tables that end in dots, or are in a column that is out of sight."""
    found = []
    for table in shown(window, Table):
        room = table.viewport().width()
        for number, column in enumerate(table.lazy.columns):
            if column.kind is not Kind.NAME or table.isColumnHidden(number):
                continue
            rows = filter(None, map(table.lazy.row, table.lazy.ids()))
            widths = [table.fontMetrics().horizontalAdvance(column.text_of(row)) for row in rows]
            needs = max(widths, default=0)
            has = min(table.columnWidth(number), room - table.columnViewportPosition(number))
            if needs + 2 * INSET > has:
                found.append(f"{table.objectName()}.{column.title} needs {needs} and has {has}")
    return found


def nameless(window: QWidget) -> list[str]:
    """What can have the focus and is not named for a screen reader."""
    return [
        f"{type(one).__name__} {one.objectName()} has no name"
        for one in shown(window, *INPUTS)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isEnabled()
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]


@pytest.mark.parametrize(("tag", "size"), [("en-XA", 1.0), ("en", 2.0)])
def test_nothing_is_cut_and_all_is_named(opened: Open, tag: str, size: float) -> None:
    """In a language 40 % longer and at twice the size; the window stays as wide as it was."""
    desktop = opened(tag, size)
    found = {}
    for name in screens(desktop):
        if said := cut(desktop.window) + nameless(desktop.window):
            found[name] = said
    assert found == {}
    desktop.window.run("window.history")  # beside the widest of all places
    wait_for(desktop.tasks)
    assert desktop.window.width() == 1280


def test_names_are_shown_whole(opened: Open) -> None:
    """At 1280 by 800 and the usual text size, beside an open panel too, no name ends in dots."""
    desktop = opened("en", 1.0)
    found = {}
    for name in screens(desktop):
        if said := cut_names(desktop.window):
            found[name] = said
    assert found == {}


def panel_of(desktop: Desktop) -> QWidget | None:
    """The panel at the side of the place that is shown."""
    side = desktop.window.place.body.side
    return side if side is not None and side.isVisible() else None


def stuck(panel: QWidget) -> list[str]:
    """What keeps the focus when Tab or Shift+Tab is pressed; fields that offer words, twice."""
    found = []
    for one in shown(panel, *INPUTS, QCheckBox):
        if not (one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()):
            continue
        offers = isinstance(one, QLineEdit) and one.completer() is not None
        for letters in ("", "e") if offers else ("",):
            for key, modifiers in TABS:
                one.setFocus()
                if letters:
                    before = one.text()
                    one.selectAll()
                    QTest.keyClicks(one, letters)
                QTest.keyClick(QApplication.activePopupWidget() or one, key, modifiers)
                if one.hasFocus():
                    found.append(f"{one.accessibleName()} after {letters!r}")
                if letters:
                    one.setText(before)
    return found


def uneven(panel: QWidget) -> list[str]:
    """Fields in one line whose editors do not begin at the same height."""
    rows = [row for row in shown(panel, FieldRow) if row.field.labelled]
    return [
        f"{one.field.name} and {two.field.name}"
        for one in rows
        for two in rows
        if one.parentWidget() is two.parentWidget()
        and (one.y() == two.y() and one.x() < two.x())
        and one.editor.y() != two.editor.y()
    ]


@pytest.mark.parametrize("tag", ["en", "ur"])
def test_fields_of_a_line_are_even_and_let_tab_go_on(opened: Open, tag: str) -> None:
    """A label of two lines or in a taller script beside one; Tab and Shift+Tab leave each field."""
    desktop = opened(tag, 1.0)
    found = {}
    for name in screens(desktop):
        if (panel := panel_of(desktop)) is not None:
            QApplication.processEvents()
            said = uneven(panel) + (stuck(panel) if tag == "en" else [])
            if said:
                found[name] = said
    assert found == {}


PAGES = (
    "applications.meeting", "applications.planned", "applications.letters",
    "applications.delegations", "applications.minors", "applications.visas",
    "people.duplicates", "programme.invite", "programme.answers",
)  # fmt: skip
"""Pages that are shown in place of a list and lose nothing when they are left."""


def test_every_page_is_left_by_the_same_word_and_key(opened: Open) -> None:
    """One "Back" in sight, no "Close" or "Cancel" beside it; it shows the list again."""
    desktop = opened("en", 1.0)
    for command in PAGES:
        desktop.window.run(command)
        wait_for(desktop.tasks)
        page = desktop.window.place.body.main  # a panel beside it has a "Cancel" of its own
        words = [one.text() for one in shown(page, QAbstractButton)]
        assert words.count("Back") == 1, command
        assert not {"Close", "Cancel"} & set(words), command
        (back,) = [one for one in shown(page, QAbstractButton) if one.text() == "Back"]
        assert back.toolTip() == "\u2066Esc\u2069"
        QTest.mouseClick(back, Qt.MouseButton.LeftButton)
        wait_for(desktop.tasks)
        if command == "applications.planned":  # it was opened over the decisions one by one
            leave(desktop)
        assert not back.isVisible(), command
