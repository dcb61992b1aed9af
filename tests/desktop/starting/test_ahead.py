"""Places are made beforehand, while nobody is waiting for them."""

from pytestqt.qtbot import QtBot

from tests.desktop import memory
from tests.desktop.conftest import Start, wait_for


def test_places_are_there_before_they_are_opened(start: Start, qtbot: QtBot) -> None:
    """They are made by themselves, and know the gathering that was chosen since."""
    desktop = start()
    window = desktop.window
    hidden = memory.EmptyPlace
    assert not window.findChildren(hidden)
    desktop.look_ahead()
    qtbot.waitUntil(lambda: bool(window.findChildren(hidden)))
    (made,) = window.findChildren(hidden)
    window.choose(2)
    window.open_place(hidden.key)
    wait_for(desktop.tasks)
    assert window.place is made
    assert made.gathering.id == 2
