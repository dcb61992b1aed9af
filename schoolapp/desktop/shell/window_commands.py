"""The commands of the window itself, those that work in every place."""

from collections.abc import Callable, Sequence

from schoolapp.base import settings
from schoolapp.base.language import mark
from schoolapp.desktop.bridge.commands import Command, Context, Menu
from schoolapp.desktop.kit.place import Listed
from schoolapp.desktop.shell.window import FOOT, Window

TEXT_STEP = 0.1


def can_undo(context: Context) -> bool:
    """Whether there is a step to undo."""
    return bool(context.undo_title)


def can_redo(context: Context) -> bool:
    """Whether there is a step to do again."""
    return bool(context.redo_title)


def undo(window: Window) -> None:
    """Undo the newest own step."""
    window.desk.tasks.undo(window)


def redo(window: Window) -> None:
    """Do the last undone step again."""
    window.desk.tasks.redo(window)


def larger_text(window: Window) -> None:
    """All text one step larger."""
    _text_size(window, window.desk.settings.get(settings.TEXT_SIZE) + TEXT_STEP)


def smaller_text(window: Window) -> None:
    """All text one step smaller."""
    _text_size(window, window.desk.settings.get(settings.TEXT_SIZE) - TEXT_STEP)


def usual_text(window: Window) -> None:
    """All text in its usual size."""
    _text_size(window, settings.TEXT_SIZE.default)


def _text_size(window: Window, size: float) -> None:
    setting = settings.TEXT_SIZE
    bounded = min(max(size, setting.lowest or size), setting.highest or size)
    window.desk.settings.put(setting, round(bounded, 2))
    window.desk.look.apply()


def hide_private(window: Window) -> None:
    """Hide or show the private columns in every place."""
    hidden = not window.desk.settings.get(settings.HIDE_PRIVATE)
    window.desk.settings.put(settings.HIDE_PRIVATE, hidden)
    window.hide_private(hidden)


def search(window: Window) -> None:
    """Go to the search field of the place."""
    window.place.go_to_search()


def quit_window(window: Window) -> None:
    """Close the window."""
    window.close()


COMMANDS: tuple[Command[Window], ...] = (
    Command(
        "window.quit",
        mark("Quit"),
        quit_window,
        mark("Save what is being edited and close the window."),
        Menu.FILE,
        "Ctrl+Q",
    ),
    Command(
        "window.undo",
        mark("Undo {undo}"),
        undo,
        mark("Take back the last thing you did; it can be done again."),
        Menu.EDIT,
        "Ctrl+Z",
        icon="undo-2",
        enabled=can_undo,
    ),
    Command(
        "window.redo",
        mark("Redo {redo}"),
        redo,
        mark("Do again what was undone last."),
        Menu.EDIT,
        "Ctrl+Shift+Z",
        icon="redo-2",
        enabled=can_redo,
    ),
    Command(
        "window.search",
        mark("Search in this place"),
        search,
        mark("Show only the rows that hold some letters."),
        Menu.EDIT,
        "Ctrl+F",
        icon="search",
    ),
    Command(
        "window.history",
        mark("History"),
        Window.show_history,
        mark("Show what was done, by whom and when; undo any step."),
        Menu.VIEW,
        "Ctrl+H",
        icon="history",
    ),
    Command(
        "window.private",
        mark("Hide or show private columns"),
        hide_private,
        mark("Hide needs, health and visa columns while others look on."),
        Menu.VIEW,
        "Ctrl+Shift+H",
        icon="eye-off",
    ),
    Command(
        "window.larger",
        mark("Larger text"),
        larger_text,
        mark("Make all text larger, up to twice its usual size."),
        Menu.VIEW,
        "Ctrl++",
    ),
    Command(
        "window.smaller",
        mark("Smaller text"),
        smaller_text,
        mark("Make all text smaller."),
        Menu.VIEW,
        "Ctrl+-",
    ),
    Command(
        "window.usual",
        mark("Usual text size"),
        usual_text,
        mark("Give all text its usual size again."),
        Menu.VIEW,
        "Ctrl+0",
    ),
    Command(
        "window.palette",
        mark("Find anything"),
        Window.show_palette,
        mark("A few letters of what you want to do or where you want to go."),
        Menu.GO,
        "Ctrl+K",
        icon="search",
    ),
    Command(
        "window.switch",
        mark("Change the gathering"),
        Window.show_switcher,
        mark("Choose another school, seminar or camp, or all of them."),
        Menu.GO,
        "Ctrl+O",
        icon="tent",
    ),
    Command(
        "window.back",
        mark("Back"),
        Window.go_back,
        mark("Return to the place that was open before."),
        Menu.GO,
        "Alt+Left",
        icon="arrow-left",
    ),
    Command(
        "window.next_pane",
        mark("Next part of the window"),
        lambda window: window.move_pane(+1),
        mark("Move between rail, list, side panel and message bar."),
        Menu.GO,
        "F6",
    ),
    Command(
        "window.previous_pane",
        mark("Previous part of the window"),
        lambda window: window.move_pane(-1),
        mark("Move between the parts of the window, the other way round."),
        Menu.GO,
        "Shift+F6",
    ),
    Command(
        "window.help",
        mark("Keys of this screen"),
        Window.show_help,
        mark("List everything that can be done here, with its keys."),
        Menu.HELP,
        "F1",
        icon="keyboard",
    ),
    Command(
        "window.help_too",
        mark("Keys"),
        Window.show_help,
        mark("The same as F1."),
        Menu.HELP,
        "?",
        icon="keyboard",
    ),
)


AFRESH: Command[Window] = Command(
    "window.afresh",
    mark("Start afresh…"),
    Window.start_afresh,
    mark(
        "Set the dates of the practice schools around today again; what you"
        " changed in them is lost."
    ),
    Menu.FILE,
    icon="tent",
)
"""There in the practice schools only."""


def window_commands(places: Sequence[Listed], practice: bool = False) -> list[Command[Window]]:
    """What can be done in every place, and a command that opens each place."""
    of_practice = [AFRESH] if practice else []
    return [
        *of_practice,
        *COMMANDS,
        *(_go_command(number, place) for number, place in enumerate(places, 1)),
    ]


def _go_command(number: int, place: Listed) -> Command[Window]:
    """Opens a place: Ctrl and its number, Ctrl+comma for the one at the foot of the rail."""
    keys = "Ctrl+," if place.key == FOOT else f"Ctrl+{number}" if number < 10 else ""
    tip = mark("Open this place.")
    return Command(
        f"go.{place.key}", place.title, _opening(place.key), tip, Menu.GO, keys, icon=place.icon
    )


def _opening(key: str) -> Callable[[Window], None]:
    return lambda window: window.open_place(key)
