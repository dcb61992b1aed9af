"""Commands: declared once, found everywhere, never clashing."""

import pytest

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import ClashingCommand, Command, Context, Menu, Registry
from schoolapp.desktop.kit.place import known
from schoolapp.desktop.shell.window_commands import COMMANDS, window_commands
from schoolapp.desktop.starting.start import Desktop
from tests.desktop.memory import PLACES, DemoPlace


def registry() -> Registry:
    made = Registry()
    made.add(window_commands(PLACES))
    for place in map(known, PLACES):
        made.add(place.commands, place.key)
    return made


def nothing(target: object) -> None:
    """Does nothing."""


def test_every_command_says_what_it_does() -> None:
    """A title and a tip that is a sentence."""
    for _place, command in registry().all():
        assert command.title
        assert command.tip.endswith("."), command.id


def test_every_command_is_in_a_menu(desktop: Desktop) -> None:
    """Commands with a shortcut can also be found without it."""
    window = desktop.window
    listed = {
        action.objectName()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()
    }
    assert listed == {command.id for _place, command in registry().all()}


def test_a_second_command_of_one_name_is_refused() -> None:
    """Ids are permanent."""
    made = registry()
    with pytest.raises(ClashingCommand, match=r"window\.undo"):
        made.add([Command("window.undo", mark("Again"), nothing, mark("Again."))])


@pytest.mark.parametrize("keys", ["Ctrl+K", "ctrl+k"])
def test_a_shortcut_of_the_window_is_refused_to_a_place(keys: str) -> None:
    """Qt would run neither of two commands with the same shortcut."""
    made = registry()
    with pytest.raises(ClashingCommand, match=r"window\.palette"):
        made.add([Command("x", mark("X"), nothing, mark("X."), shortcut=keys)], "people")


def test_two_places_may_use_the_same_letter() -> None:
    """Only one place hears it at a time."""
    made = registry()
    made.add([Command("x", mark("X"), nothing, mark("X."), shortcut="A")], "people")
    with pytest.raises(ClashingCommand, match=r"demo\.accept"):
        made.add([Command("y", mark("Y"), nothing, mark("Y."), shortcut="A")], DemoPlace.key)


def test_undo_says_what_it_undoes() -> None:
    """The menu names the step."""
    undo = next(one for one in COMMANDS if one.id == "window.undo")
    assert undo.name(Context(undo_title="Accepted Amina")) == "Undo Accepted Amina"
    assert not undo.enabled(Context())
    assert undo.name(Context()) == "Undo"


def test_the_keyboard_map_holds() -> None:
    """The promised shortcuts are there."""
    chords = {command.shortcut for _place, command in registry().all()}
    promised = "Ctrl+K Ctrl+O Ctrl+F Ctrl+Z Ctrl+Shift+Z F6 Shift+F6 F1 ? Ctrl++ Ctrl+- Ctrl+0"
    assert set(promised.split()) <= chords
    assert {"Alt+Left", "Ctrl+Shift+H", "Ctrl+1", "Ctrl+2", "Ctrl+3"} <= chords


def test_no_chord_is_lost_to_the_third_level_of_a_keyboard() -> None:
    """Ctrl+Alt is AltGr on many keyboards: letters would be lost."""
    for _place, command in registry().all():
        assert not {"Ctrl", "Alt"} <= set(command.shortcut.split("+")), command.id


def test_menus_know_only_known_menus() -> None:
    """Every menu has a title."""
    assert all(menu.value for menu in Menu)
