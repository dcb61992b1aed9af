"""Starts the window: checks the Qt of this Python, paints a first screen, then opens the store."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from schoolapp.base import language, settings
from schoolapp.base.language import _, mark
from schoolapp.base.settings import Settings
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.bridge.journal import History
from schoolapp.desktop.bridge.tasks import Query, Tasks
from schoolapp.desktop.kit.place import Listed
from schoolapp.desktop.look.look import FUSION, Look
from schoolapp.desktop.shell.parts import First, Parts
from schoolapp.desktop.shell.window import Window
from schoolapp.desktop.shell.window_commands import window_commands
from schoolapp.desktop.starting.collecting import Collector
from schoolapp.desktop.starting.first_paint import UNSEEN, FirstPaint
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from schoolapp.storage.store import Store

AFRESH = 75
"""What ``run`` answers when the practice schools are to be made again."""
QT_WORDS = {
    "OK": mark("OK"),
    "&OK": mark("OK"),
    "Cancel": mark("Cancel"),
    "&Cancel": mark("Cancel"),
    "Close": mark("Close"),
    "&Close": mark("Close"),
    "&Undo": mark("Undo"),
    "&Redo": mark("Redo"),
    "Cu&t": mark("Cut"),
    "&Copy": mark("Copy"),
    "&Paste": mark("Paste"),
    "Delete": mark("Delete"),
    "Select All": mark("Select all"),
}


def qt_is_sound() -> bool:
    """Whether this build of Qt gives back the references it borrows.

    PySide6 6.12.0 below Python 3.12 loses one to ``None`` at each void call; after about five
    thousand the process aborts.
    """
    thing, before = QObject(), (sys.getrefcount(None), sys.getrefcount(True))
    for _number in range(200):
        thing.setObjectName("x")
        thing.signalsBlocked()
    after = (sys.getrefcount(None), sys.getrefcount(True))
    return min(now - then for now, then in zip(after, before, strict=True)) > -50


class QtWords(QTranslator):
    """Qt's own few words from our catalogues: Qt has none for Urdu and Filipino."""

    def translate(
        self, context: str, source: str, note: str | None = None, n: int = -1
    ) -> str | None:
        """Our word, or None for one we do not have: an empty one would blank the button."""
        return _(QT_WORDS[source]) if source in QT_WORDS else None

    def isEmpty(self) -> bool:
        """There are words."""
        return False


class Desktop(QObject):
    """Holds the window; rebuilds it when another language is chosen."""

    def __init__(
        self,
        application: QApplication,
        kept: Settings,
        open_store: "Callable[[], Store]",
        places: Sequence[Listed],
        gatherings: Query[Sequence[Gathering]],
        first: First | None = None,
        history: History | None = None,
        practice: Path | None = None,
    ) -> None:
        super().__init__(application)
        self._application, self._kept = application, kept
        self._speak()
        self.look = Look(application, kept)
        self.tasks = Tasks(open_store, self)
        self.tasks.not_opened.connect(self._not_opened)
        self._collector = Collector(self)
        self.tasks.busy_changed.connect(self._rested)
        history = history or History()
        self._parts = Parts(self.tasks, kept, self.look, places, gatherings, history, practice)
        self.afresh = False
        self._words = QtWords(self)
        application.installTranslator(self._words)
        try:
            self.window = self._show(first)
        except BaseException:
            self.tasks.close()  # its thread waits for the first paint and would wait for ever
            self._collector.stop()
            raise

    def rebuild(self) -> None:
        """Close the window and open it again in the language chosen."""
        old = self.window
        old.keep_state()
        self._speak()
        self.window = self._show(None)
        self.complete()
        old.hide()
        old.deleteLater()

    def complete(self) -> None:
        """What the window can do without for its first paint."""
        from schoolapp.desktop.shell.busy import BusyBar
        from schoolapp.desktop.shell.dropping import Dropping
        from schoolapp.desktop.starting.ahead import Definitions

        BusyBar(self.window.desk)
        Dropping(self.window)
        Definitions(self.window)
        self.window.complete()

    def look_ahead(self) -> None:
        """Make the other places while nobody waits: they then open at once."""
        from schoolapp.desktop.starting.ahead import PlacesAhead

        PlacesAhead(self.window, self.tasks)

    def close(self) -> None:
        """Close the window and finish what is under way."""
        self.window.close()
        self.tasks.close()
        self._collector.stop()
        self._application.removeTranslator(self._words)

    def _show(self, first: First | None) -> Window:
        practised = self._parts.practice is not None
        window = Window(self._parts, window_commands(self._parts.places, practised), first)
        window.afresh_chosen.connect(self._start_afresh)
        window.language_chosen.connect(self.rebuild, Qt.ConnectionType.QueuedConnection)
        window.show()
        return window

    def _start_afresh(self) -> None:
        """Close the window; whoever has started it makes the practice schools again."""
        self.afresh = True
        self.window.close()

    def _speak(self) -> None:
        speak(self._application, self._kept)

    def _rested(self, under_way: int) -> None:
        if under_way == 0 and self.tasks.actor:  # the store is open, the places are imported
            self._collector.settle()

    def _not_opened(self, trouble: BaseException) -> None:
        if isinstance(trouble, RuleBroken):
            self.window.message_bar.warn(trouble.sentence())


def speak(running: QApplication, kept: Settings) -> None:
    """Use the language of the settings, in its direction."""
    language.use(kept.get(settings.LANGUAGE))
    right_to_left = language.direction() == "rtl"
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    running.setLayoutDirection(direction)


def run(
    kept: Settings,
    open_store: "Callable[[], Store]",
    places: Sequence[Listed],
    gatherings: Query[Sequence[Gathering]],
    first: First | None = None,
    painted: Callable[[], None] | None = None,
    practice: Path | None = None,
) -> int:
    """Show the window until it is closed; the exit status, ``AFRESH`` to make the practice schools
    again, whose forms lie in ``practice``, and to show them.

    ``open_store`` runs in the database worker after the first paint; ``first`` is known before.
    With ``painted`` the window only paints itself once, calls it and ends: for timing.
    """
    if not qt_is_sound():
        print(unsound_sentence(), file=sys.stderr)
        return 1
    running = application()
    desktop = Desktop(running, kept, open_store, places, gatherings, first, practice=practice)
    if painted is None:
        FirstPaint(desktop.window, partial(_go_on, desktop), UNSEEN)
    else:
        FirstPaint(desktop.window, partial(_end, desktop, painted))
    status = running.exec()
    desktop.close()
    return AFRESH if desktop.afresh else status


def unsound_sentence() -> str:
    """What to do about a Qt that would abort."""
    from PySide6 import __version__

    return _(
        "PySide6 {qt} cannot run on Python {python}: it would stop without warning. "
        "Use Python 3.12 or later, or PySide6-Essentials 6.11.3."
    ).format(qt=__version__, python=".".join(map(str, sys.version_info[:3])))


def application() -> QApplication:
    """The application, made when it is first asked for."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setDesktopFileName("org.iire.schoolapp")
    made = QApplication([os.path.basename(sys.argv[0]) or "schoolapp", "-style", "Fusion"])
    made.setProperty(FUSION, True)
    made.setApplicationName("schoolapp")
    return made


def _go_on(desktop: Desktop) -> None:
    """What waits for the first paint."""
    desktop.tasks.begin()
    desktop.look.load_name_fonts()
    desktop.complete()
    desktop.look_ahead()


def _end(desktop: Desktop, painted: Callable[[], None]) -> None:
    painted()
    desktop.window.close()
