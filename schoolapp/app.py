"""The composition root: it starts the window on a profile and knows every layer.

The order is what makes the start short: the first rows are read by the bare driver before Qt is
imported; SQLAlchemy and the rest come in the database worker after the first paint.
"""

import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from schoolapp.base import profiles, settings
from schoolapp.base.language import _, mark
from schoolapp.base.settings import Settings

if TYPE_CHECKING:
    from schoolapp.desktop.bridge.desk import Gathering
    from schoolapp.desktop.kit.place import Listed
    from schoolapp.storage.first_screen import GatheringLine
    from schoolapp.storage.store import DbSession, Store


def main(*, practice: bool, tour: Callable[[Path], int], until_painted: bool = False) -> int:
    """Open the window on the practice schools or on the profile of this desk; the exit status.

    ``tour`` does the main job into a folder: it stands in for a practice window that cannot be
    shown, and is handed in because the commands stand above this module.
    """
    gc.disable()  # what the start makes stays; the window then collects for itself
    try:
        return _open_window(practice, tour, until_painted)
    finally:
        gc.enable()


def _open_window(practice: bool, tour: Callable[[Path], int], until_painted: bool) -> int:
    if not has_display():
        if not until_painted:
            return without_display(practice, tour)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif lacks_window_library():
        return 1
    where = profiles.practice() if practice else profiles.current()
    kept = Settings(settings.usual_path())
    while True:
        status = _show_window(where, kept, practice, until_painted)
        if status is not None:
            return status
        where, practice = profiles.practice(), True
        forget_practice_schools()


def _show_window(where: Path, kept: Settings, practice: bool, until_painted: bool) -> int | None:
    """Show the window until it is closed; None if the practice schools are to be made again."""
    kept.use_profile(where.parent.name)
    at_home = kept.get(settings.LAST_PLACE) in ("", "home")
    rows = first_rows(where, kept.get(settings.LANGUAGE)) if practice and at_home else None
    try:
        from schoolapp.desktop.shell.parts import First
        from schoolapp.desktop.starting import start
    except ImportError:
        from schoolapp.base import system_libraries

        return system_libraries.explain_missing_qt()
    key = None
    if not practice:
        from schoolapp.desktop.starting import entrance

        admitted = entrance.admit(where, kept)
        if admitted is None:
            return 0
        where, key = admitted
        kept.use_profile(where.parent.name)
    status = start.run(
        kept,
        lambda: open_store(where, key),
        places(),
        gatherings,
        None if rows is None else First(None, rows),
        print_painted if until_painted else None,
        profiles.practice_forms() if where == profiles.practice() else None,
    )
    return None if status == start.AFRESH else status


def forget_practice_schools() -> None:
    """Put the practice schools aside, so that the next opening makes them again."""
    where = profiles.practice()
    os.replace(where, where.with_name("school-before.db"))
    for side in ("-wal", "-shm"):
        where.with_name(where.name + side).unlink(missing_ok=True)


def has_display() -> bool:
    """Whether a window can be shown: on Linux there must be a display server, or a Qt platform."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def lacks_window_library() -> bool:
    """Whether X11 libraries are missing, without which Qt would end the process; says which."""
    if not os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    from schoolapp.base import system_libraries

    advice = system_libraries.missing_libraries()
    if advice:
        print(advice, file=sys.stderr)
    return advice is not None


def without_display(practice: bool, tour: Callable[[Path], int]) -> int:
    """Do the main job without hands where no window can be shown, and say so."""
    if not practice:
        print(_("There is no display for the window. schoolapp --help lists the commands."))
        return 1
    folder = Path("out") / "tour"
    print(
        _("There is no display: instead of the window, the main job runs into {folder}.").format(
            folder=folder
        ),
        flush=True,
    )
    return tour(folder)


def first_rows(where: Path, language: str) -> "list[GatheringLine] | None":
    """The rows of the first screen; None if there is no database yet or it has another schema."""
    from schoolapp.storage import connection, first_screen

    if not where.exists():
        return None
    try:
        with closing(connection.connect(where)) as raw:
            return first_screen.gathering_lines(raw, language)
    except Exception:  # whatever it is, the store meets it again and says it in a sentence
        return None


def open_store(where: Path | str, key: bytes | None) -> "Store":
    """Open the database; a practice profile without a past is filled with the practice schools."""
    from schoolapp.storage.opening import open_store as opened

    store = opened(where, key, actor=profiles.actor())
    if where == profiles.practice() and store.news(0).last == 0:
        lay_practice_schools(store)
    return store


def lay_practice_schools(store: "Store") -> None:
    """Load the practice schools around today, and lay their forms beside them, to be imported."""
    from schoolapp.base import clock
    from schoolapp.base.shipped import folder
    from schoolapp.exchange.packages.today import read_for_today
    from schoolapp.operations.practising import load_for_today

    packages = read_for_today(folder("data") / "practice" / "events", clock.now().date())
    store.change(_("Load the practice schools"), lambda session: load_for_today(session, packages))
    forms = profiles.practice_forms()
    forms.mkdir(exist_ok=True)
    for sheet in (folder("data") / "practice" / "messy").iterdir():
        if sheet.suffix != ".json":  # the answers of the tests
            shutil.copyfile(sheet, forms / sheet.name)


def places() -> "Sequence[Listed]":
    """The places of the window, in the order of the rail; only the first is imported now."""
    from schoolapp.desktop.kit.place import KnownPlace, LaterPlace
    from schoolapp.desktop.places.home.commands import COMMANDS
    from schoolapp.desktop.places.home.place import Home

    def later(key: str, title: str, icon: str, name: str) -> LaterPlace:
        return LaterPlace(key, title, icon, f"schoolapp.desktop.places.{key}", name)

    return (
        KnownPlace(Home, COMMANDS),
        later("applications", mark("Applications"), "inbox", "Applications"),
        later("people", mark("People"), "users", "People"),
        later("programme", mark("Programme"), "calendar-days", "Programme"),
        later("readings", mark("Readings"), "book-open", "Readings"),
        later("attendance", mark("Attendance"), "clipboard-check", "Attendance"),
        later("money", mark("Money"), "wallet", "Money"),
        later("outbox", mark("Outbox"), "mail", "Outbox"),
        later("settings", mark("Settings"), "settings", "SettingsPlace"),
    )


def gatherings(session: "DbSession") -> "Sequence[Gathering]":
    """What the switcher offers."""
    from schoolapp.desktop.places.home.queries import gatherings_for_window

    return gatherings_for_window(session)


def print_painted() -> None:
    """What ``--until-painted`` prints: CPU seconds of the process and the modules imported."""
    print(json.dumps({"cpu_seconds": time.process_time(), "modules": sorted(sys.modules)}))
