"""A file dropped on the window goes to the place that opens its kind."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from schoolapp.desktop.kit.place import known

if TYPE_CHECKING:
    from schoolapp.desktop.shell.window import Window


class Dropping(QObject):
    """Looks at what is dragged over the window and takes one file that a place can open."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept the file while it hovers; open it where it belongs when it falls."""
        if isinstance(event, QDragEnterEvent):
            if self._target(event.mimeData()) is not None:
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            target = self._target(event.mimeData())
            if target is not None:
                event.acceptProposedAction()
                self._open(*target)
                return True
        return False

    def _target(self, data: QMimeData) -> tuple[str, str] | None:
        """(key of the place, path of the file), if one place opens such files."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if len(paths) != 1:
            return None
        ending = Path(paths[0]).suffix.lower()
        for listed in self._window.places:
            if ending in known(listed).kind.OPENS:
                return listed.key, paths[0]
        return None

    def _open(self, place: str, path: str) -> None:
        self._window.open_place(place)
        self._window.place.open_file(path)
