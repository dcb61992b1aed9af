"""Pictures of the window on the practice schools: ``python -m tools.window_pictures``.

Needs no screen; writes ``docs/pictures/*.png``. The pages of Attendance have pictures of their own.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from schoolapp import app
from schoolapp.base import settings
from schoolapp.base.settings import Settings
from schoolapp.desktop.starting import pictures
from schoolapp.desktop.starting.start import Desktop, application
from schoolapp.operations.gatherings import gathering_row
from schoolapp.storage.opening import open_store
from tools.practice import PICTURES, SCHOOL, practice_database

PLACES = ("home", "applications", "programme", "money")
PAGES = {"": "roll_call", "heat": "heat_map", "certificates": "certificates"}


def shown(desktop: Desktop) -> Iterator[str]:
    """Show one screen after another in the window; the name of each."""
    window = desktop.window
    for key in PLACES:
        window.open_place(key)
        yield key
    window.open_place("attendance")
    for page, name in PAGES.items():
        window.place.view(page)  # type: ignore[attr-defined]
        yield name


def take(path: Path, school: int, keep: Callable[[str, bytes], object]) -> None:
    """Take all pictures of a database: ``keep(name, PNG)`` for each."""
    kept = Settings()  # kept nowhere
    kept.put(settings.THEME, "light")
    kept.put(settings.LAST_GATHERING, school)
    desktop = Desktop(application(), kept, lambda: open_store(path), app.places(), app.gatherings)
    try:
        desktop.look.load_name_fonts()
        desktop.window.resize(1280, 800)
        desktop.tasks.begin()
        desktop.complete()
        pictures.rest(desktop)
        desktop.window.choose(school)
        for name in shown(desktop):
            pictures.rest(desktop)
            keep(name, pictures.png(desktop.window.grab()))
    finally:
        desktop.close()


def main() -> None:
    """Write the pictures again."""
    with practice_database() as path:
        store = open_store(path)
        school = store.read(lambda s: gathering_row(s, code=SCHOOL)).id
        store.close()
        take(path, school, lambda name, data: (PICTURES / f"{name}.png").write_bytes(data))


if __name__ == "__main__":
    main()
