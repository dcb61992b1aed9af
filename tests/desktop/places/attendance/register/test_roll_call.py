"""Badges, closed registers, the arrival desk and the heat map, by keyboard alone."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from schoolapp.base import clock
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.tokens import contrast
from schoolapp.desktop.places.attendance.arrivals.page import PEOPLE, DeskLine
from schoolapp.desktop.places.attendance.heat import SHARE, shade
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.tables.columns import Kind
from schoolapp.domain.attendance import AttendanceMark, AttendanceState, Scan
from schoolapp.operations import programme
from schoolapp.operations.arrivals.badges import badge_rows
from schoolapp.operations.arrivals.listing import arrival_rows
from schoolapp.operations.attendance import mark
from schoolapp.storage.store import DbSession
from tests.desktop.conftest import wait_for
from tests.desktop.schools import ALT, CONTROL, SHIFT, Hands, school

Key = Qt.Key
DURING = dt.datetime(2027, 10, 25, 8, 0, tzinfo=dt.UTC)  # 10:00 in Amsterdam, a lecture runs


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The registers of the Amsterdam school, while its third day runs; nobody is marked yet."""
    with (
        clock.at(DURING),
        school(qapp, practice_file, (Attendance,), "Global Justice School") as made,
    ):
        chosen = place(made).roll.chosen

        def clear(session: DbSession) -> None:
            for one in session.query(AttendanceMark).filter_by(session_id=chosen):
                session.delete(one)

        made.store.change("Clear", clear)
        place(made).refresh()
        wait_for(made.desktop.tasks)
        yield made


def place(hands: Hands) -> Attendance:
    """The place that is open."""
    shown = hands.window.place
    assert isinstance(shown, Attendance)
    return shown


def answer(hands: Hands) -> str:
    """What the large answer says, without marks of direction."""
    words = place(hands).roll.pane.answer.words.text()
    return words.replace("\u2068", "").replace("\u2069", "")


def scan(hands: Hands, code: str) -> None:
    """A scanner types: the code and Enter, wherever the focus is."""
    hands.type(code)
    hands.press(Key.Key_Return)


def badges(hands: Hands) -> dict[str, str]:
    """Give everybody a badge; the codes by name, of those on the roll."""
    place(hands).desk.run("attendance.badges")
    wait_for(hands.desktop.tasks)
    gathering = hands.window.place.gathering
    assert gathering is not None
    rows = hands.store.read(lambda s: badge_rows(s, gathering.id))
    there = {line.name for line in place(hands).roll.lines}
    return {row.name: row.code for row in rows if row.name in there}


def test_scanning_takes_no_click(hands: Hands) -> None:
    """S41: everybody is marked by badge, from the box or the roll; each answer has the name."""
    codes = badges(hands)
    assert len(codes) == 23
    for name, code in codes.items():
        scan(hands, code.lower())
        assert answer(hands).startswith(f"{name} comes in")
    # it began half an hour ago
    assert {line.status for line in place(hands).roll.lines} == {"late"}
    name, code = next(iter(codes.items()))
    hands.press(Key.Key_Down)
    assert hands.focus() is place(hands).roll.pane.table
    scan(hands, code)
    assert answer(hands).startswith(f"{name} is already marked")
    hands.press(Key.Key_X, CONTROL | SHIFT)
    with clock.at(DURING + dt.timedelta(minutes=30)):
        scan(hands, code)
    assert answer(hands) == f"{name} leaves: Left early"
    line = next(line for line in place(hands).roll.lines if line.name == name)
    assert (line.status, line.minutes) == ("left_early", 30)
    hands.undo()
    assert not place(hands).roll.pane.answer.isVisible()  # it was about what is no longer true
    count = sa.select(sa.func.count()).select_from(Scan)
    assert hands.store.read(lambda s: s.execute(count).scalar_one()) == 23
    scan(hands, "BBBBBBBBBBBB")
    assert "Nobody has this badge" in answer(hands)
    large = place(hands).roll.pane.answer
    assert large.accessibleName() == large.words.text()


def test_somebody_who_was_not_expected_joins_the_roll(hands: Hands) -> None:
    """Another desk marks a person who is not on the roll: it shows them with their mark."""
    shown = place(hands)
    assert shown.gathering is not None
    assert shown.roll.chosen is not None
    key = shown.gathering.id
    there = {line.id for line in shown.roll.lines}
    rows = hands.store.read(lambda s: arrival_rows(s, gathering_id=key))
    other = next(row for row in rows if row.id not in there)
    work = partial(
        mark,
        session_id=shown.roll.chosen,
        participation_ids=(other.id,),
        status=AttendanceState.PRESENT,
    )
    hands.store.change("Mark", work)
    hands.desktop.tasks.changed.emit(frozenset({"attendance_mark"}), None)
    wait_for(hands.desktop.tasks)
    assert {line.name: line.status for line in shown.roll.lines}[other.name] == "present"


def test_a_lost_badge_is_replaced(hands: Hands) -> None:
    """The new badge marks its owner, the lost one says so and marks nobody; it can be undone."""
    old = badges(hands)
    current = place(hands).roll.pane.table.current_id() or place(hands).roll.lines[0].id
    place(hands).roll.pane.table.select_id(current)
    name = next(line.name for line in place(hands).roll.lines if line.id == current)
    place(hands).desk.run("attendance.new_badge")
    wait_for(hands.desktop.tasks)
    new = badges(hands)
    assert {one for one in old if old[one] != new[one]} == {name}
    scan(hands, old[name])
    assert not answer(hands).startswith(name)
    scan(hands, new[name])
    assert answer(hands).startswith(f"{name} comes in")


def test_a_closed_register_asks_why(hands: Hands) -> None:
    """S45: close, mark, give a reason; the history shows old, new, who and why; all is undoable."""
    shown = place(hands)
    hands.type("raf")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_K, CONTROL | SHIFT)
    assert "closed" in shown.roll.pane.state.text()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_A)
    assert shown.body.side is shown.roll.register.reason
    hands.press(Key.Key_Return, CONTROL)
    assert shown.body.side is shown.roll.register.reason  # nothing without a reason
    hands.type(" Was on the train ")
    hands.press(Key.Key_Return, CONTROL)
    assert answer(hands) == "Rafiq Akter: Absent"
    hands.press(Key.Key_Y, CONTROL | SHIFT)
    texts = [shown.roll.register.history.list.item(n).text() for n in range(2)]
    assert "Present → Absent" in texts[0]
    assert "\u2068Was on the train\u2069" in texts[0]
    assert texts[1].startswith("Register closed")
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_K, CONTROL | SHIFT)
    hands.type("Half was missing")
    hands.press(Key.Key_Return, CONTROL)
    assert "closed" not in shown.roll.pane.state.text()


def test_online_and_not_applicable_are_one_key(hands: Hands) -> None:
    """Present from elsewhere is present; not applicable counts nowhere."""
    hands.press(Key.Key_Down)
    hands.press(Key.Key_O)
    line = place(hands).roll.lines[0]
    assert (line.status, line.times) == ("present", "online")
    assert answer(hands).endswith("Present online")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_N)
    assert place(hands).roll.lines[1].status == "not_applicable"


def test_a_space_has_a_head_count(hands: Hands) -> None:
    """E19: nobody is marked; a number of heads is noted."""
    shown = place(hands)

    def make_space(session: DbSession) -> None:
        assert shown.roll.chosen is not None
        draft = programme.draft_of(session, shown.roll.chosen)
        programme.save_session(session, replace(draft, register=False))

    hands.store.change("Space", make_space)
    shown.refresh()
    wait_for(hands.desktop.tasks)
    assert not shown.roll.pane.box.isEnabled()
    shown.desk.run("attendance.heads")
    hands.type("17")
    hands.press(Key.Key_Return, CONTROL)
    assert "17 heads" in shown.roll.pane.state.text()
    hands.press(Key.Key_Down, ALT)
    assert shown.roll.pane.box.isEnabled()


def test_the_arrival_desk_by_keyboard(hands: Hands) -> None:
    """S41: letters and Enter open the panel; what is missing is shown; undo takes it back."""
    shown = place(hands)
    hands.press(Key.Key_D, CONTROL | SHIFT)
    desk = shown.views.arrivals
    key = next(row.id for row in desk.rows.values() if row.name == "Rafiq Akter")

    def expect(session: DbSession) -> None:
        from schoolapp.domain.participation import Participation

        session.get_one(Participation, key).state = "expected"

    hands.store.change("Expect", expect)
    shown.refresh()
    wait_for(hands.desktop.tasks)
    hands.type("raf")
    hands.press(Key.Key_Return)
    form_panel = desk.form_panel
    assert form_panel is not None
    hands.press(Key.Key_Return, CONTROL)
    assert shown.body.side is form_panel  # the identity was not checked yet
    points = form_panel.form.editor("done").list
    assert hands.focus() is points
    for number in range(points.count()):
        if points.item(number).checkState() is not Qt.CheckState.Checked:
            hands.press(Key.Key_Space)
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Return, CONTROL)
    assert shown.body.side is None
    assert desk.rows[key].state == "present"
    assert hands.focus() is desk.box
    hands.undo()
    assert desk.rows[key].state == "expected"


def test_the_heat_map_is_read_with_arrows(hands: Hands) -> None:
    """A number in each cell, a sentence for screen readers, and the whole map as a table.

    The current cell is framed and never filled: a filled cell says that somebody was there.
    """
    shown = place(hands)
    hands.press(Key.Key_M, CONTROL | SHIFT)
    table, model = shown.views.heat.table, shown.views.heat.model
    assert hands.focus() is table
    assert (model.rowCount(), model.columnCount()) == (25, 57)
    hands.press(Key.Key_Right)
    cell = table.currentIndex()
    assert (cell.row(), cell.column()) == (0, 1)
    assert cell.data() == "116"
    assert not table.selectionModel().hasSelection()
    spoken = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Rafiq Akter" in spoken
    assert "116 of 120 minutes" in spoken
    hands.press(Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 26
    assert lines[1].split("\t")[:3] == ["Rafiq Akter", "0", "116"]
    shown.views.heat.choose("day")
    wait_for(hands.desktop.tasks)
    assert model.index(1, 0).data() == "22"
    assert 0.9 < model.index(1, 0).data(SHARE) < 1
    hands.press(Key.Key_R, CONTROL | SHIFT)
    assert hands.focus() is shown.roll.pane.box


@pytest.mark.parametrize("share", [n / 10 for n in range(11)])
def test_numbers_can_be_read_on_every_shade(look: Look, share: float) -> None:
    """Black or white by contrast: 4.5:1 at least (WCAG 2.2, 1.4.3)."""
    ground, ink = shade(look, share)
    assert contrast(ground, ink) >= 4.5


def test_who_comes_at_an_hour_not_known_is_expected_on_a_day() -> None:
    """Midnight is not a time of arrival: the day alone is shown."""
    expected = next(one for one in PEOPLE if one.kind is Kind.MOMENT)
    line = partial(
        DeskLine,
        1,
        "Ana",
        "expected",
        owed=None,
        key="",
        delegation="",
        warning="",
        search="",
        status=None,
    )
    day = dt.datetime.combine(dt.date(2027, 10, 23), dt.time())
    assert expected.text_of(line(arrives=day)) == "Sat 23 Oct 2027"
    assert "12:00" in expected.text_of(line(arrives=day.replace(hour=12)))
    assert expected.text_of(line(arrives=None)) == ""
