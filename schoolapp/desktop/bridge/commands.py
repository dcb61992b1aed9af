"""Everything a user can do, declared once: menus, shortcuts, palette and help read this."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtGui import QKeySequence

from schoolapp.base.language import _, mark


class Menu(Enum):
    """The menus of the window, in their order; the value is the title, marked."""

    FILE = mark("File")
    EDIT = mark("Edit")
    VIEW = mark("View")
    GO = mark("Go")
    PLACE = mark("Actions")
    HELP = mark("Help")


class Scope(Enum):
    """Where a shortcut works: in the whole window, or only while a list or grid has the focus."""

    WINDOW = "window"
    LIST = "list"


class Context(NamedTuple):
    """What decides whether a command can run now."""

    place: str = ""
    gathering: int | None = None
    selected: tuple[int, ...] = ()
    undo_title: str = ""
    redo_title: str = ""


def always(context: Context) -> bool:
    """Enabled whatever is open."""
    return True


def one_selected(context: Context) -> bool:
    """Enabled when exactly one row is selected."""
    return len(context.selected) == 1


def some_selected(context: Context) -> bool:
    """Enabled when rows are selected."""
    return bool(context.selected)


def in_gathering(context: Context) -> bool:
    """Enabled when one gathering is chosen."""
    return context.gathering is not None


P = TypeVar("P")


class Command(NamedTuple, Generic[P]):
    """One thing a user can do in ``P``, the window or a place.

    ``title`` and ``tip`` are marked for translation. ``run`` is the function itself, so that a
    renamed one is missed by the type checker: ``Programme.next_clash``, or with an argument
    ``lambda place: place.go(+7)``. ``shortcut`` is written as Qt reads it (``Ctrl+Shift+H``).
    """

    id: str
    title: str
    run: Callable[[P], object]
    tip: str
    menu: Menu = Menu.PLACE
    shortcut: str = ""
    scope: Scope = Scope.WINDOW
    icon: str = ""
    enabled: Callable[[Context], bool] = always

    def name(self, context: Context) -> str:
        """The title in the language in use; "Undo" and "Redo" say what."""
        return _(self.title).format(undo=context.undo_title, redo=context.redo_title).strip()

    def keys(self) -> str:
        """The shortcut as this platform writes it, or nothing."""
        sequence = QKeySequence(self.shortcut)
        return sequence.toString(QKeySequence.SequenceFormat.NativeText)


class ClashingCommand(ValueError):
    """A second command with the same id, or the same shortcut where both would work."""


AnyCommand = Command[Any]
"""A command of some place: only code that knows that the place is open may run it."""


class Registry:
    """All commands: those of the window and those of each place."""

    def __init__(self) -> None:
        self.window: list[AnyCommand] = []
        self.places: dict[str, list[AnyCommand]] = {}
        self._written: dict[str, str] = {}  # shortcuts as Qt writes them

    def add(self, commands: Iterable[AnyCommand], place: str = "") -> None:
        """Take in the commands of the window or of a place; ``ClashingCommand`` if one clashes."""
        home = self.places.setdefault(place, []) if place else self.window
        for command in commands:
            self._refuse_clash(command, place)
            home.append(command)

    def all(self) -> tuple[tuple[str, AnyCommand], ...]:
        """Every command with the key of its place, empty for the window's."""
        own = [("", command) for command in self.window]
        return (*own, *((key, one) for key, many in self.places.items() for one in many))

    def find(self, command_id: str) -> tuple[str, AnyCommand]:
        """A command by its id, with the key of its place; ``StopIteration`` if there is none."""
        return next((key, one) for key, one in self.all() if one.id == command_id)

    def of(self, place: str) -> tuple[AnyCommand, ...]:
        """What can be done in a place: its own commands, then the window's."""
        return (*self.places.get(place, ()), *self.window)

    def _refuse_clash(self, command: AnyCommand, place: str) -> None:
        wanted = self._keys(command)
        for key, other in self.all():
            if other.id == command.id:
                raise ClashingCommand(f"two commands are called {command.id}")
            together = not place or not key or key == place
            if wanted and together and self._keys(other) == wanted:
                raise ClashingCommand(f"{command.id} and {other.id} both want {wanted}")

    def _keys(self, command: AnyCommand) -> str:
        if command.shortcut not in self._written:
            self._written[command.shortcut] = QKeySequence(command.shortcut).toString()
        return self._written[command.shortcut]
