"""Registers, badges, busy times and people known twice, by keyboard, from an empty file."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from schoolapp.base import clock as program_clock
from schoolapp.base import settings
from schoolapp.domain.attendance import Register, RegisterChange, Scan
from schoolapp.domain.calendars import BusyTime
from schoolapp.domain.participation import Badge
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import Session
from schoolapp.domain.reports import ReportTemplate
from tests.stories.coordinator import CTRL, KEY, SHIFT, Coordinator
from tests.stories.filling import add_person

DURING = dt.datetime(2028, 10, 23, 7, 45, tzinfo=dt.UTC)  # a quarter past the first lecture
BUSY = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Dentist\r\n"
    b"DTSTART:20281023T060000Z\r\nDTEND:20281023T220000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_closed_register_is_changed_for_a_reason(desk: Coordinator) -> None:
    """Closed, then somebody was absent after all: old, new and why are kept."""
    add_person(desk, "Cy Roth")
    with program_clock.at(DURING):
        desk.go(6, "attendance")
        desk.run("attendance.roll")
        desk.fill("cy")
        desk.press(KEY.Key_Return)
        desk.press(KEY.Key_K, CTRL | SHIFT)
        desk.place.roll.pane.table.setFocus()
        desk.press(KEY.Key_A)
        desk.fill("Was on the train")
        desk.save()
    change = desk.ask(
        lambda s: [(c.old, c.new, c.reason) for c in s.query(RegisterChange) if c.participation_id]
    )
    assert [(new, why) for _old, new, why in change] == [("absent", "Was on the train")]
    assert change[0][0] is not None


def test_a_register_is_lost(desk: Coordinator) -> None:
    """Nobody can be marked in it until it is found."""
    add_person(desk, "Cy Roth")
    with program_clock.at(DURING):
        desk.go(6, "attendance")
        desk.run("attendance.roll")
        desk.press(KEY.Key_L, CTRL | SHIFT)
    assert desk.ask(lambda s: sum(s.scalars(select(Session.register_lost)))) == 1


def test_heads_are_counted_where_no_register_is_kept(desk: Coordinator) -> None:
    """A film in the open: seventeen people."""
    add_person(desk, "Cy Roth")
    desk.go(4, "programme")
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"Title": "Film", "Starts": "2028-10-23 20:00"})
    desk.go_to("Attendance is taken")
    desk.press(KEY.Key_Space)
    desk.save()
    with program_clock.at(DURING.replace(hour=19)):
        desk.go(6, "attendance")
        desk.run("attendance.roll")
        for _turn in range(60):
            desk.run("attendance.previous")
        for _turn in range(60):
            if "Film" in desk.place.roll.pane.title.text():
                break
            desk.run("attendance.next")
        desk.run("attendance.heads")
        desk.fill("17")
        desk.save()
    assert desk.ask(lambda s: [one.head_count for one in s.query(Register)]) == [17]


def test_a_lost_badge_is_replaced_and_the_new_one_scanned(desk: Coordinator) -> None:
    """A scanner types the code of the new badge."""
    add_person(desk, "Cy Roth")
    with program_clock.at(DURING):
        desk.go(6, "attendance")
        desk.run("attendance.roll")
        desk.run("attendance.badges")
        desk.place.roll.pane.table.select_id(desk.place.roll.lines[0].id)
        desk.run("attendance.new_badge")
        codes = desk.ask(lambda s: {one.lost_at is None: one.code for one in s.query(Badge)})
        assert set(codes) == {True, False}
        desk.run("attendance.roll")
        desk.fill(codes[True])
        desk.press(KEY.Key_Return)
    assert desk.ask(lambda s: [one.kind for one in s.query(Scan)]) == ["entry"]


def test_a_report_keeps_its_cut(desk: Coordinator, tmp_path: Path) -> None:
    """From a day on, kept under a name."""
    add_person(desk, "Cy Roth")
    desk.kept.put(settings.EXPORT_FOLDER, str(tmp_path))
    desk.go(6, "attendance")
    desk.press(KEY.Key_E, CTRL)
    desk.fill_in({"Report": "Attendance: each person", "From": "2028-10-23", "Keep as": "Late"})
    desk.save()
    kept = desk.ask(lambda s: [one.filters for one in s.query(ReportTemplate)])
    assert kept == [{"first": "2028-10-23"}]


@pytest.fixture
def calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the file dialog answers: a calendar with an appointment."""
    file = tmp_path / "own.ics"
    file.write_bytes(BUSY)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(file), ""))
    return file


def test_a_person_and_a_room_are_busy(desk: Coordinator, calendar: Path) -> None:
    """Read from a calendar each; what the appointment is about is not kept."""
    add_person(desk, "Cy Roth")
    desk.press(KEY.Key_Escape)
    desk.row("Cy Roth")
    desk.place.acting.read_calendar()
    desk.settle()
    desk.go(4, "programme")
    desk.run("programme.room_busy")
    desk.save()
    busy = desk.ask(
        lambda s: [
            (one.person_id is not None, one.room_id is not None, one.source)
            for one in s.query(BusyTime)
        ]
    )
    assert busy == [(True, False, "own.ics"), (False, True, "own.ics")]


def test_somebody_known_twice_is_one_person(desk: Coordinator) -> None:
    """Typed twice with one address: joined by a key; the languages have their level."""
    for name in ("Ana Perez", "Anna Perez"):
        desk.window.choose(None)
        add_person(desk, name)
        desk.place.table.setFocus()
        desk.press(KEY.Key_Return)
        desk.fill_in({"E-mail": "ana@example.org", "Country": "Mexico", "Languages": "es C2"})
        desk.save()
        desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_D, CTRL | SHIFT)
    desk.press(KEY.Key_S)
    desk.refuse_nothing()
    joined = desk.ask(lambda s: [one.merged_into_id for one in s.query(Person)])
    assert sorted(map(bool, joined)) == [False, True]
    assert "C2" in desk.ask(lambda s: [one.level for one in s.query(PersonLanguage)])
