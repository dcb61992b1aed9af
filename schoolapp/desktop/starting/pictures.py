"""Pictures of every place of the window, taken without a screen: for the tour, for the manual."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QBuffer,
    QElapsedTimer,
    QEventLoop,
    QIODevice,
    QTimer,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from schoolapp.base import language, settings
from schoolapp.base.language import PSEUDO_RTL
from schoolapp.base.settings import Settings
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.kit.place import Listed
from schoolapp.desktop.starting.start import Desktop

if TYPE_CHECKING:
    from schoolapp.storage.store import Store

PATIENCE = 60_000  # milliseconds until a place must have shown its rows
QUIET = 60  # milliseconds without work after which a place is taken as finished


@dataclass(frozen=True, slots=True)
class Dress:
    """How the window looks in a series of pictures."""

    name: str
    theme: str
    language: str = "en"


DRESSES = (Dress("light", "light"), Dress("dark", "dark"), Dress("rtl", "light", PSEUDO_RTL))


class Unfinished(RuntimeError):
    """A place did not come to rest."""


def take(
    open_store: "Callable[[], Store]",
    places: Sequence[Listed],
    gatherings: Query[Sequence[Gathering]],
    gathering_id: int,
    keep: Callable[[str, bytes], None],
) -> None:
    """Take a picture of every place in every dress; ``keep(file name, PNG)`` for each.

    ``open_store`` runs in the database worker, as in the window; the pictures show the gathering.
    """
    application = QApplication.instance() or QApplication(["schoolapp"])
    assert isinstance(application, QApplication)
    spoken, told = language.current(), qInstallMessageHandler(_say_nothing)
    try:
        _take_dresses(application, open_store, places, gatherings, gathering_id, keep)
    finally:
        qInstallMessageHandler(told)
        language.use(spoken)


def _say_nothing(*_message: object) -> None:
    """The offscreen platform reports for each window that it has no size hints."""


def _take_dresses(
    application: QApplication,
    open_store: "Callable[[], Store]",
    places: Sequence[Listed],
    gatherings: Query[Sequence[Gathering]],
    gathering_id: int,
    keep: Callable[[str, bytes], None],
) -> None:
    for dress in DRESSES:
        kept = Settings()  # kept nowhere
        kept.put(settings.THEME, dress.theme)
        kept.put(settings.LANGUAGE, dress.language)
        kept.put(settings.LAST_GATHERING, gathering_id)
        desktop = Desktop(application, kept, open_store, places, gatherings)
        try:
            _take_all(desktop, dress, gathering_id, keep)
        finally:
            desktop.close()
            desktop.window.deleteLater()
            desktop.deleteLater()


def _take_all(
    desktop: Desktop, dress: Dress, gathering_id: int, keep: Callable[[str, bytes], None]
) -> None:
    window = desktop.window
    desktop.look.load_name_fonts()
    window.resize(1280, 800)
    desktop.tasks.begin()
    rest(desktop)
    window.choose(gathering_id)
    for place in window.places:
        window.open_place(place.key)
        rest(desktop)
        keep(f"{place.key}_{dress.name}.png", png(window.grab()))


def rest(desktop: Desktop) -> None:
    """Run the event loop until no work has been under way for a moment."""
    loop, timer, waited = QEventLoop(), QTimer(), QElapsedTimer()
    timer.setSingleShot(True)
    timer.setInterval(QUIET)
    timer.timeout.connect(loop.quit)

    def follow(busy: int) -> None:
        timer.stop() if busy else timer.start()

    desktop.tasks.busy_changed.connect(follow)
    waited.start()
    follow(desktop.tasks.busy)
    QTimer.singleShot(PATIENCE, loop, loop.quit)
    loop.exec()
    desktop.tasks.busy_changed.disconnect(follow)
    if waited.elapsed() >= PATIENCE:
        raise Unfinished


def png(pixmap: object) -> bytes:
    """A pixmap as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")  # type: ignore[attr-defined]
    return bytes(buffer.data().data())
