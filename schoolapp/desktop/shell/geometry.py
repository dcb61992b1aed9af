"""Where the window was last time."""

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QMainWindow

from schoolapp.base import settings
from schoolapp.base.settings import Settings

USUAL = QSize(1280, 800)


def restore(window: QMainWindow, kept: Settings) -> None:
    """Put the window where it was, or give it its usual size."""
    window.resize(USUAL)
    stored = kept.get(settings.GEOMETRY)
    if stored:
        window.restoreGeometry(QByteArray.fromBase64(stored.encode("ascii")))


def remember(window: QMainWindow, kept: Settings) -> None:
    """Keep size and position for the next start."""
    encoded = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    kept.put(settings.GEOMETRY, encoded)
