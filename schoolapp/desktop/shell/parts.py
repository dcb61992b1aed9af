"""What a window is made of, and what is known before its store is open."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schoolapp.base.settings import Settings
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.bridge.journal import History
from schoolapp.desktop.bridge.tasks import Query, Tasks
from schoolapp.desktop.kit.place import Listed
from schoolapp.desktop.look.look import Look

if TYPE_CHECKING:
    from schoolapp.storage.first_screen import GatheringLine


class First(NamedTuple):
    """What is known before the store is open: the gathering and the first place's rows."""

    gathering: Gathering | None
    rows: "Sequence[GatheringLine]"


class Parts(NamedTuple):
    """What the window is made of; ``gatherings`` runs in the database worker.

    ``practice`` is the folder with the forms of the practice schools, if it shows those.
    """

    tasks: Tasks
    settings: Settings
    look: Look
    places: Sequence[Listed]
    gatherings: "Query[Sequence[Gathering]]"
    history: History = History()
    practice: Path | None = None
