"""A window on the practice schools says so, and begins again when it is meant."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from schoolapp import app
from schoolapp.base import clock, profiles
from schoolapp.base.settings import Settings
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.places.attendance.views import HEAT
from schoolapp.desktop.shell.practice_band import PracticeBand
from schoolapp.desktop.starting.start import Desktop
from schoolapp.operations.gatherings import list_gatherings
from schoolapp.storage.opening import open_store
from tests.desktop.conftest import wait_for

Open = Callable[..., Desktop]


@pytest.fixture
def opened(qapp: QApplication, practice_file: Path) -> Iterator[Open]:
    """Opens the window, on the practice schools or as if they were one's own."""
    made: list[Desktop] = []

    def open_window(practice: Path | None, kept: Settings | None = None) -> Desktop:
        kept = kept or Settings()
        kept.use_profile("default" if practice is None else "practice")
        desktop = Desktop(
            qapp, kept, lambda: open_store(practice_file), app.places(), app.gatherings,
            practice=practice,
        )  # fmt: skip
        made.append(desktop)
        desktop.tasks.begin()
        wait_for(desktop.tasks)
        return desktop

    yield open_window
    for desktop in made:
        desktop.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
    qapp.setStyleSheet("")


def answer(words: str) -> None:
    """Press a button of the question that comes up."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text() == words).click()

    QTimer.singleShot(0, press)


def test_the_band_and_the_title_say_practice(opened: Open, tmp_path: Path) -> None:
    """Nobody takes the practice schools for real ones, nor real ones for practice."""
    own = opened(None).window
    assert own.windowTitle() == "schoolapp"
    assert own.findChildren(PracticeBand) == []
    assert not any(command.id == "window.afresh" for _place, command in own._registry.all())
    window = opened(tmp_path).window
    assert "PRACTICE" in window.windowTitle()
    (band,) = window.findChildren(PracticeBand)
    assert band.isVisible()
    assert band.accessibleName() == "Practice schools"
    assert window.desk.practice == tmp_path


def test_starting_afresh_is_asked_for_first(opened: Open, tmp_path: Path) -> None:
    """The button and the command ask; only the answer that means it closes the window."""
    desktop = opened(tmp_path)
    button = desktop.window.findChild(QPushButton, "start_afresh")
    assert button is not None
    answer("Keep them as they are")
    button.click()
    assert (desktop.afresh, desktop.window.isVisible()) == (False, True)
    answer("Start afresh")
    desktop.window.run("window.afresh")
    assert (desktop.afresh, desktop.window.isVisible()) == (True, False)


def test_place_view_and_gathering_come_back_in_their_own_profile(
    opened: Open, tmp_path: Path
) -> None:
    """What was open last opens again, and only there: the other profile has its own."""
    kept = Settings(tmp_path / "settings.json")
    window = opened(None, kept).window
    window.choose(window.gatherings[1].id)
    window.open_place("attendance")
    assert isinstance(window.place, Attendance)
    window.place.view(HEAT)
    window.close()
    other = opened(tmp_path, Settings(tmp_path / "settings.json")).window
    assert (other.place.key, other.gathering) == ("home", None)
    again = opened(None, Settings(tmp_path / "settings.json"))
    place = again.window.place
    assert isinstance(place, Attendance)
    assert place.views.shown == HEAT
    assert again.window.gathering == again.window.gatherings[1]


def test_the_practice_schools_stay_until_they_begin_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made around the day of the first opening; a later day moves nothing, and afresh lays them
    around that day, with the forms to import beside them."""
    monkeypatch.setenv("SCHOOLAPP_DATA", str(tmp_path))

    def first_days(today: dt.date) -> dict[str, dt.date]:
        with clock.at(dt.datetime.combine(today, dt.time(12), dt.UTC)):
            store = app.open_store(profiles.practice(), None)
            found = store.read(list_gatherings)
            store.close()
        return {row.code: row.start_date for row in found}

    profiles.practice().parent.mkdir(parents=True)
    made = first_days(dt.date(2026, 12, 1))
    assert first_days(dt.date(2027, 2, 1)) == made
    assert sorted(path.name for path in profiles.practice_forms().iterdir()) == [
        "limesurvey_gjs.csv", "registration_merged.xlsx",
    ]  # fmt: skip
    app.forget_practice_schools()
    again = first_days(dt.date(2027, 2, 2))
    assert all(again[code] > made[code] for code in made)
    assert profiles.practice().with_name("school-before.db").exists()
