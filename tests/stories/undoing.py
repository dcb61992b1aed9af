"""All that was done taken back with Ctrl+Z and done again with Ctrl+Shift+Z, by its titles."""

from PySide6.QtCore import Qt

from tests.databases import Tables, contents
from tests.desktop.real import CTRL
from tests.stories.coordinator import KEY, SHIFT, Coordinator

MOST = 200
"""More steps than any story takes: a step that cannot be undone would be pressed for ever."""


def undone_and_done_again(desk: Coordinator, start: Tables) -> list[str]:
    """Take back all steps, which must lead to ``start``, and do them again; their titles.

    The same contents as before stand in the database then.
    """
    assert desk.store is not None
    end = contents(desk.store)
    done = _pressed(desk, "window.undo", CTRL)
    assert contents(desk.store) == start
    again = _pressed(desk, "window.redo", CTRL | SHIFT)
    assert again == done[::-1]
    assert contents(desk.store) == end
    return again


def _pressed(desk: Coordinator, command: str, modifiers: Qt.KeyboardModifier) -> list[str]:
    """Press Z until the command has nothing any more; the titles it had."""
    titles: list[str] = []
    action = desk.window.actions_made.action(command)
    while action.isEnabled():
        assert len(titles) < MOST, titles
        titles.append(action.text().partition(" ")[2])
        desk.press(KEY.Key_Z, modifiers)
        assert desk.failures == [], (titles[-1], [repr(one) for one in desk.failures], desk.said())
    return titles
