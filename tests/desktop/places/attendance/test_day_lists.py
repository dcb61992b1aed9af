"""The day list in the window, by keyboard, on a school made by operations."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolapp.base import clock
from schoolapp.desktop.places.attendance.day_lists import DayListPage
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.operations.attendance import note_day
from tests.databases import Place
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, SHIFT, Hands, school
from tests.operations.attendance.own_school import OwnSchool, date, on

Key = Qt.Key


@pytest.fixture
def hands(qapp: QApplication, file_place: Place) -> Iterator[Hands]:
    """The day lists of a school on its second day."""
    store = file_place.open()
    OwnSchool(store, sessions=(1,))
    store.close()
    with clock.at(on(2)), school(qapp, file_place.where, (Attendance,), "School") as made:
        made.press(Key.Key_J, CONTROL | SHIFT)
        wait_for(made.desktop.tasks)
        yield made


def page(hands: Hands) -> DayListPage:
    """The view that is open."""
    shown = hands.window.place
    assert isinstance(shown, Attendance)
    assert isinstance(shown.views.view, DayListPage)
    return shown.views.view


def listed(hands: Hands) -> dict[str, str | None]:
    """What the list says of each person."""
    wait_for(hands.desktop.tasks)
    lines = (page(hands).table.lazy.row(key) for key in page(hands).table.lazy.ids())
    return {line.name.split()[0]: line.status for line in lines if line is not None}


def test_it_opens_on_today_and_one_key_marks_one_person(hands: Hands) -> None:
    """P present, A absent, U not known; each is a step of its own that can be undone."""
    assert page(hands).date == date(2)
    assert listed(hands) == {"Ana": None, "Bilal": None, "Chiara": None}
    hands.press(Key.Key_Down)
    hands.press(Key.Key_P)
    assert listed(hands) == {"Ana": "present", "Bilal": None, "Chiara": None}
    hands.press(Key.Key_A)
    assert listed(hands)["Ana"] == "absent"
    hands.press(Key.Key_U)
    assert listed(hands)["Ana"] is None
    hands.press(Key.Key_Z, CONTROL)
    assert listed(hands)["Ana"] == "absent"
    hands.press(Key.Key_Z, CONTROL)
    hands.press(Key.Key_Z, CONTROL)
    assert listed(hands) == {"Ana": None, "Bilal": None, "Chiara": None}


def test_all_present_then_the_exceptions(hands: Hands) -> None:
    """One chord for everybody of whom nothing is known, letters for the others; days keep apart."""
    hands.type("bil")
    hands.press(Key.Key_Return)
    assert listed(hands)["Bilal"] == "present"
    hands.press(Key.Key_Down)
    hands.press(Key.Key_A)
    hands.press(Key.Key_A, CONTROL | SHIFT)
    assert sorted(map(str, listed(hands).values())) == ["absent", "present", "present"]
    page(hands).list.selectRow(0)
    assert listed(hands) == {"Ana": None, "Bilal": None, "Chiara": None}
    assert page(hands).date == date(1)
    words = [page(hands).list.lazy.row(key).words for key in page(hands).list.lazy.ids()]  # type: ignore[union-attr]
    assert "2 present, 1 absent" in words[1]
    assert "nothing noted" in words[0]


def test_commands_of_the_menu_mean_the_list_that_is_shown(hands: Hands) -> None:
    """Present and absent note the day, late is explained, and the roll keeps its own marks."""
    hands.press(Key.Key_Down)
    hands.window.desk.run("attendance.absent")
    assert listed(hands)["Ana"] == "absent"
    hands.window.desk.run("attendance.late")
    assert listed(hands)["Ana"] == "absent"
    assert "P, A or U" in hands.window.message_bar.words.text()
    hands.window.desk.run("attendance.not_known")
    assert listed(hands)["Ana"] is None


def test_a_change_from_another_desk_is_shown(hands: Hands) -> None:
    """What somebody else notes on the same list appears."""
    store = hands.store
    key = next(iter(page(hands).rows))
    store.change(
        "Note",
        lambda s: note_day(
            s, gathering_id=hands.window.gathering.id, date=date(2), participation_ids=[key],
            on_site=True,
        ),
    )  # fmt: skip
    hands.window.place.on_changed(frozenset({"day_presence"}))
    assert "present" in listed(hands).values()
