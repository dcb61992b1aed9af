"""Calendars in the window: a push to a server, and when speakers and rooms are busy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from schoolapp.desktop.places.people.place import People
from schoolapp.desktop.places.programme.place import Programme
from tests.calendar_server import PATH, USER, Radicale, calendar_server
from tests.desktop.practice import CONTROL, Practice

Key = Qt.Key
BUSY = b"""BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Dentist\r\n\
DTSTART:20271025T060000Z\r\nDTEND:20271025T220000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\n\
END:VCALENDAR\r\n"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    """An empty calendar."""
    with calendar_server(tmp_path / "radicale") as made:
        yield made


@pytest.fixture
def opened(qapp: QApplication, practice_file: Path) -> Iterator[Callable[..., Practice]]:
    """Opens a place of the window; it is closed at the end."""
    made: list[Practice] = []

    def open_place(place: type[Any], code: str) -> Practice:
        made.append(Practice(practice_file, place, code))
        return made[-1]

    yield open_place
    for one in made:
        one.close()


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the file dialog answers: a calendar."""
    file = tmp_path / "own.ics"
    file.write_bytes(BUSY)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(file), ""))
    return file


def test_a_programme_is_pushed_and_conflicts_are_decided(
    opened: Callable[..., Practice], server: Radicale
) -> None:
    """By keyboard: compare, push, and later decide about what somebody else changed there."""
    desk = opened(Programme, "eco2027")
    place = desk.place
    place.calendars.push()
    desk.wait()
    panel = place.calendars.push_panel
    panel.address.setText(server.address)
    panel.user.setText(USER)
    QTest.keyClicks(panel.password, "x")
    QTest.keyClick(panel.password, Key.Key_Return)
    desk.wait()
    total = int(panel.said.text().split()[0])
    assert panel.said.text() == f"{total} new"
    assert panel.go_button.text() == f"Push {total} changes"
    QTest.keyClick(panel.go_button, Key.Key_Return, CONTROL)
    desk.wait()
    assert panel.said.text() == "The calendar now matches the programme."
    assert server.whole().count(b"BEGIN:VEVENT") == total
    href = server.ask("PROPFIND", PATH, Depth="1")[1].split(b".ics")[0].split(b"<href>")[-1]
    path = href.decode() + ".ics"
    body = server.ask("GET", path)[1]
    assert server.ask("PUT", path, body.replace(b"SUMMARY:", b"SUMMARY:Not "))[0] in (201, 204)
    panel.finish()
    desk.wait()
    assert "Somebody changed 1 session there" in panel.said.text()
    assert not panel.go_button.isEnabled()
    assert "Theirs: \u2068Not " in panel.list.item(0).text()
    QTest.mouseClick(panel.theirs_button, Qt.MouseButton.LeftButton)
    assert "Theirs is kept" in panel.list.item(0).text()
    QTest.mouseClick(panel.ours_button, Qt.MouseButton.LeftButton)
    assert panel.go_button.text() == "Push 1 change"
    panel.finish()
    desk.wait()
    assert b"SUMMARY:Not " not in server.whole()
    panel.finish()
    desk.wait()
    assert "nothing to do" in panel.said.text()
    panel.address.setText("http://127.0.0.1:1/")
    panel.address.textEdited.emit("")
    panel.finish()
    desk.wait()
    assert panel.go_button.text() == "Compare"


def test_the_calendars_of_a_user_are_found_on_the_server(
    opened: Callable[..., Practice], server: Radicale
) -> None:
    """By keyboard: the name of the server, a list, Enter; then it is compared in the language that
    is chosen. An address without a server is reported.
    """
    desk = opened(Programme, "eco2027")
    desk.place.calendars.push()
    desk.wait()
    panel = desk.place.calendars.push_panel
    assert panel.language.currentData() == "en"
    panel.address.setText(f"http://127.0.0.1:{server.port}")
    panel.user.setText(USER)
    QTest.keyClicks(panel.password, "x")
    panel.finder.find_button.setFocus()
    desk.press(Key.Key_Space)
    assert panel.finder.said.text() == "1 calendar is there."
    assert "Programme" in panel.finder.list.item(0).text()
    desk.press(Key.Key_Return)
    assert panel.address.text() == server.address
    assert panel.finder.list.isHidden()
    panel.language.setCurrentIndex(panel.language.findData("fil"))
    desk.press(Key.Key_Space)
    assert panel.said.text().endswith(" new")
    panel.finish()
    desk.wait()
    assert b"LANGUAGE=fil:" in server.whole()
    panel.address.setText("127.0.0.1:1")
    panel.finder.find_button.setFocus()
    desk.press(Key.Key_Space)
    assert panel.finder.list.isHidden()
    assert "127.0.0.1" in desk.desktop.window.message_bar.words.text()


def test_busy_times_are_noted_and_reported_beside_the_clashes(
    opened: Callable[..., Practice], chosen: Path
) -> None:
    """A room's calendar makes hints in the programme; a file without a calendar changes nothing."""
    desk = opened(Programme, "gjs2027")
    place = desk.place
    before = len(place.timetable.clash_list.clashes)
    place.calendars.read_room_calendar()
    desk.wait()
    form_panel = place.calendars.room_busy.form_panel
    assert "3 busy times" in form_panel.subtitle.text()
    form_panel.finish()
    desk.wait()
    hints = [one for one in place.timetable.clash_list.clashes if one.is_hint]
    assert len(place.timetable.clash_list.clashes) == before + len(hints)
    assert hints
    assert "own.ics" in hints[0].sentence
    assert "hint" in place.timetable.clash_list._title.text()
    chosen.write_bytes(b"no calendar")
    place.calendars.read_room_calendar()
    desk.wait()
    assert len(place.timetable.clash_list.clashes) == before + len(hints)


def test_a_person_s_calendar_is_read(opened: Callable[..., Practice], chosen: Path) -> None:
    """The chosen person is busy at three times; it is one step to undo."""
    desk = opened(People, "gjs2027")
    desk.place.table.select_id(desk.place.table.lazy.ids()[0])
    desk.place.acting.read_calendar()
    desk.wait()
    assert "is busy" in (desk.store.next_titles()[0] or "")
