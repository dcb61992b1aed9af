"""What a place offers is what there is, also when it changed while another place was shown."""

import pytest
from PySide6.QtWidgets import QComboBox

from tests.stories.coordinator import CTRL, KEY, Coordinator


@pytest.fixture
def desk(desk: Coordinator) -> Coordinator:
    """All places were shown once."""
    desk.go(5, "readings")
    desk.go(4, "programme")
    return desk


def offered(box: QComboBox) -> list[str]:
    """The words of a box."""
    return [box.itemText(number) for number in range(box.count())]


def test_a_session_that_was_planned_elsewhere_can_get_readings(desk: Coordinator) -> None:
    """Readings offer it in their filter, without another choice of the gathering."""
    desk.press(KEY.Key_N, CTRL)
    desk.fill("How to read a budget")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.go(5, "readings")
    words = offered(desk.place.narrowing.sessions)
    assert any("How to read a budget" in one for one in words)


def test_a_room_that_was_added_elsewhere_can_be_chosen(desk: Coordinator) -> None:
    """The form of a session offers it."""
    desk.go(1, "home")
    desk.run("home.edit")
    desk.click("Add to Rooms")
    desk.enter(Name="Garden room")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.go(4, "programme")
    desk.press(KEY.Key_N, CTRL)
    desk.go_to("Room")
    box = desk.focus()
    assert isinstance(box, QComboBox)
    assert "Garden room" in offered(box)
