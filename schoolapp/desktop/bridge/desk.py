"""What every place is handed: bridge, look, settings and a way to speak to the window."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.base.settings import Settings
from schoolapp.desktop.bridge.commands import AnyCommand
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.look.look import Look


class Gathering(NamedTuple):
    """A school, seminar or camp as the window needs it; ``detail`` says when and where."""

    id: int
    title: str
    detail: str
    tz: str
    currency: str
    kind: str = "school"


class OpenPlace(Protocol):
    """Shows a place, and in it one row where an id is given."""

    def __call__(self, key: str, row_id: int | None = None) -> None: ...


class Desk(NamedTuple):
    """Handed to every place; it reaches the window only through these functions.

    ``say(sentence)`` shows a sentence in the message bar; ``run(id)`` runs a command as if it was
    chosen from a menu; ``choose(id or None)`` changes the gathering; ``speak()`` rebuilds
    the window in the language of the settings; ``command(id)`` is a declared command. ``stage``
    is the widget in which places are born, and in a place its panels: one that changed its parent
    later would be styled again by Qt, with all that is in it. ``practice`` is the folder with the
    forms of the practice schools, None where the data are somebody's own.
    """

    tasks: Tasks
    settings: Settings
    look: Look
    say: Callable[[str], None]
    open_place: OpenPlace
    run: Callable[[str], None]
    choose: Callable[[int | None], None]
    speak: Callable[[], None]
    command: Callable[[str], AnyCommand]
    stage: QWidget
    practice: Path | None = None
