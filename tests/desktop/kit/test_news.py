"""What a place offers is what there is, also when it changed while another place was shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from schoolapp.storage.opening import open_store
from tests.stories.coordinator import CTRL, KEY, Coordinator


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """A school from the template; all places were shown once."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", None, actor="Ana"))
    made.press(KEY.Key_N, CTRL)
    made.press(KEY.Key_Return)
    made.fill("2028-10-21")
    made.save()
    made.go(5, "readings")
    made.go(4, "programme")
    yield made
    made.close()


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
    assert "How to read a budget" in offered(desk.place.narrowing.sessions)


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
