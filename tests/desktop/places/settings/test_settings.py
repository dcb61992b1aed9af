"""The place of settings: what is chosen or typed holds at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from schoolapp.base import settings
from schoolapp.base.language import OWN_NAMES
from schoolapp.base.settings import Setting, Settings
from schoolapp.desktop.places.home.place import Home
from tests.desktop.practice import Practice

Key = Qt.Key


@pytest.fixture
def desk(qapp: QApplication, practice_file: Path) -> Iterator[Practice]:
    """The settings are open."""
    made = Practice(practice_file, Home, "gjs2027")
    made.desktop.window.open_place("settings")
    made.wait()
    yield made
    made.close()


def kept(desk: Practice) -> Settings:
    """The settings of the window."""
    found: Settings = desk.desktop.window.desk.settings
    return found


def choose(desk: Practice, setting: Setting[str], words: str) -> None:
    """Choose a value as the mouse or the keys would."""
    box = desk.place.findChild(QComboBox, setting.key)
    at = box.findText(words)
    assert at >= 0, words
    box.setCurrentIndex(at)
    box.activated.emit(at)
    desk.wait()


def test_another_theme_is_painted_at_once(desk: Practice) -> None:
    """There is no button to save it."""
    assert desk.desktop.look.tokens.name == "light"
    choose(desk, settings.THEME, "Dark")
    assert kept(desk).get(settings.THEME) == "dark"
    assert desk.desktop.look.tokens.name == "dark"


def test_another_language_is_spoken_at_once(desk: Practice) -> None:
    """The window is built anew, from right to left for Urdu, with the settings open in it."""
    before = desk.desktop.window
    choose(desk, settings.LANGUAGE, OWN_NAMES["ur"])
    assert desk.desktop.window is not before
    assert desk.desktop.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert kept(desk).get(settings.LANGUAGE) == "ur"
    assert desk.place.key == "settings"


def test_mail_settings_are_kept_as_typed(desk: Practice) -> None:
    """A value that a setting does not allow is reset."""
    lines = {line.objectName(): line for line in desk.place.findChildren(QLineEdit)}
    for name, text, value in (
        ("mail_server", "smtp.example.org", "smtp.example.org"),
        ("mail_port", "465", 465),
        ("mail_port", "many", 465),
        ("mail_per_minute", "0", 60),
    ):
        desk.type(text, lines[name])
        desk.press(Key.Key_Return)
        found = {one.key: one for one in settings.ALL}[name]
        assert kept(desk).get(found) == value
        assert lines[name].text() == str(value)
