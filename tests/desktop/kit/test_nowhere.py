"""All schools and camps are chosen: places for one gathering ask which, and lead there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.places.applications.place import Applications
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.places.money.place import Money
from schoolapp.desktop.places.programme.place import Programme
from tests.desktop.practice import Practice

Open = Callable[[type[Any]], Practice]


@pytest.fixture
def opened(qapp: QApplication, practice_file: Path) -> Iterator[Open]:
    """Opens a place of the window on the Amsterdam school; it is closed at the end."""
    made: list[Practice] = []

    def open_place(place: type[Any]) -> Practice:
        made.append(Practice(practice_file, place, "gjs2027"))
        return made[-1]

    yield open_place
    for one in made:
        one.close()


@pytest.mark.parametrize("place", [Applications, Programme, Attendance, Money])
def test_without_a_gathering_one_key_leads_to_the_choice(opened: Open, place: type[Any]) -> None:
    """No empty table and no button that does nothing: the focus is on "Choose…", which offers all;
    with a gathering everything is shown again.
    """
    desk = opened(place)
    window = desk.desktop.window
    desk.place.focus_target().setFocus()
    window.choose(None)
    desk.wait()
    asking = desk.place._nowhere
    assert asking.isVisible()
    assert not desk.place.body.isVisible()
    asking.take_focus()
    assert desk.focus() is asking.choose_button
    desk.press(Qt.Key.Key_Space)
    assert window.finder.switcher.isVisible()
    window.finder.switcher.close_back()
    window.choose(desk.gathering)
    desk.wait()
    assert not asking.isVisible()
    assert desk.place.body.isVisible()
    assert desk.place.isAncestorOf(desk.focus())


def test_donations_belong_to_no_gathering(opened: Open) -> None:
    """They are shown and recorded while all gatherings are chosen."""
    desk = opened(Money)
    desk.desktop.window.choose(None)
    desk.desktop.window.run("money.show_gifts")
    desk.wait()
    assert desk.place.body.isVisible()
    assert desk.place.table.lazy.rowCount()


def test_answers_of_one_school_do_not_stay_over_the_next(opened: Open) -> None:
    """Another gathering is chosen: its programme is shown, not the page that was open before."""
    desk = opened(Programme)
    desk.place.invitations.show_answers()
    desk.wait()
    assert not desk.place.is_day
    other = next(g for g in desk.desktop.window.gatherings if g.detail == "camp2027")
    desk.desktop.window.choose(other.id)
    desk.wait()
    assert desk.place.is_day
    assert (desk.place.timetable.day.year, desk.place.timetable.day.month) == (2027, 7)
