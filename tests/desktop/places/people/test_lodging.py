"""Bedrooms, teams and the tasks of each day, made in the window from an empty file."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from schoolapp import app
from schoolapp.domain.participation import Participation, RotaTask, Team, most_at_night
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.lodging.bedrooms import bedroom_list
from schoolapp.operations.lodging.teams import task_rows, team_rows
from schoolapp.storage.opening import open_store
from tests.desktop.conftest import typed_out
from tests.desktop.real import CTRL, SHIFT, Driver

KEY = Qt.Key


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Driver]:
    """A school from the template, with three people who take part."""
    made = Driver(qapp, lambda: open_store(tmp_path / "school.db", None, actor="Ana"), app.places())
    made.make_school()
    made.press(KEY.Key_3, CTRL)
    for name in ("Ana Santos", "Bo Lind", "Cy Roth"):
        made.press(KEY.Key_N, CTRL)
        made.fill(name)
        made.press(KEY.Key_Return, CTRL)
    made.press(KEY.Key_Escape)
    yield made
    made.close()
    assert [one for one in made.failures if not isinstance(one, RuleBroken)] == []


def click(desk: Driver, name: str) -> None:
    """Press a button of the page or panel that is shown."""
    found = [b for b in desk.window.findChildren(QPushButton, name) if b.isVisible()]
    found[-1].click()
    desk.settle()


def fill_field(desk: Driver, name: str, text: str) -> None:
    desk.go_to(name)
    desk.fill(text)


def add_bedroom(desk: Driver, code: str, beds: str) -> None:
    click(desk, "new_bedroom")
    fill_field(desk, "Name or number", code)
    fill_field(desk, "Beds", beds)
    desk.press(KEY.Key_Return, CTRL)


def put_in(desk: Driver, name: str) -> None:
    """Put somebody into the bedroom or team of the panel that is open, by a few letters."""
    people = desk.place.side.people
    people.add()
    desk.settle()
    desk.go_to("Name")
    desk.fill(name[:3])
    typed_out(desk.desktop.tasks, people)
    popup = people.form.editor("participation_id").line.completer().popup()
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    desk.settle()
    desk.press(KEY.Key_Return, CTRL)


def open_line(desk: Driver, page: str) -> None:
    """Enter on the line of a page."""
    getattr(desk.place.pages, page).table.setFocus()
    desk.press(KEY.Key_Return)


def test_bedrooms_are_made_filled_and_emptied(desk: Driver) -> None:
    """Two beds hold two people; a third is refused in a sentence; who is taken out has no bed."""
    desk.window.run("people.bedrooms")
    desk.settle()
    assert "3 people without a bed" in desk.place.pages.bedrooms.summary.text()
    add_bedroom(desk, "Attic", "2")
    open_line(desk, "bedrooms")
    put_in(desk, "Ana Santos")
    put_in(desk, "Bo Lind")
    (row,) = desk.read(lambda s: bedroom_list(s, gathering_id=1)).rows
    assert (row.code, row.beds, row.names, row.most) == ("Attic", 2, ("Ana Santos", "Bo Lind"), 2)
    put_in(desk, "Cy Roth")
    assert desk.said().startswith("Attic has no bed left")
    desk.press(KEY.Key_Escape)
    assert desk.read(lambda s: bedroom_list(s, gathering_id=1)).without == 1
    click(desk, "remove_group")
    assert desk.said().startswith("People sleep in Attic.")
    people = desk.place.side.people
    for _one in range(2):
        people.list.setCurrentRow(0)
        people.list.setFocus()
        desk.press(KEY.Key_Delete)
    assert desk.read(lambda s: bedroom_list(s, gathering_id=1)).without == 3
    click(desk, "remove_group")
    assert desk.read(lambda s: bedroom_list(s, gathering_id=1)).rows == ()


def test_a_bedroom_is_chosen_in_the_persons_panel(desk: Driver) -> None:
    """The stay of a person names bedroom, team and wishes for the night."""
    desk.window.run("people.bedrooms")
    desk.settle()
    add_bedroom(desk, "Attic", "1")
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_Escape)
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    form = desk.place.panel.part_form
    form.put("bedroom_id", desk.read(lambda s: bedroom_list(s, gathering_id=1)).rows[0].id)
    fill_field(desk, "Wishes for the bedroom", "Not beside the kitchen")
    desk.press(KEY.Key_Return, CTRL)
    part = desk.read(lambda s: s.query(Participation).filter_by(bedroom_id=1).one().sleeping)
    assert part == "Not beside the kitchen"


def test_a_team_cooks_and_a_task_says_so(desk: Driver) -> None:
    """A team of one is given the cooking; it cannot be removed before its task and its people."""
    desk.window.run("people.teams")
    desk.settle()
    click(desk, "new_team")
    fill_field(desk, "Name", "Red")
    desk.press(KEY.Key_Return, CTRL)
    open_line(desk, "teams")
    put_in(desk, "Cy Roth")
    desk.window.run("people.tasks")
    desk.settle()
    click(desk, "new_task")
    fill_field(desk, "Task", "Cooking")
    fill_field(desk, "How many people", "4")
    form = desk.place.side.form
    form.editor("team_id").put(1)
    form.editor("team_id").edited.emit()
    desk.press(KEY.Key_Return, CTRL)
    (task,) = desk.read(lambda s: task_rows(s, gathering_id=1))
    assert (task.date, task.task, task.team, task.people) == (
        dt.date(2028, 10, 21), "Cooking", "Red", 4,
    )  # fmt: skip
    assert desk.place.pages.rota.lines[task.id].worker.strip("\u2068\u2069") == "Red"
    (team,) = desk.read(lambda s: team_rows(s, gathering_id=1))
    assert (team.code, team.tasks, team.names) == ("Red", 1, ("Cy Roth",))
    open_line(desk, "rota")
    fill_field(desk, "Task", "Washing up")
    desk.press(KEY.Key_Return, CTRL)
    open_line(desk, "rota")
    click(desk, "remove")
    assert desk.read(lambda s: s.query(RotaTask).count()) == 0
    desk.window.run("people.teams")
    desk.settle()
    open_line(desk, "teams")
    click(desk, "remove_group")
    assert desk.said().startswith("People or tasks belong to Red.")


def test_all_of_it_can_be_undone_and_done_again(desk: Driver) -> None:
    """A bedroom, somebody in it and a team go and come back by name."""
    desk.window.run("people.bedrooms")
    desk.settle()
    add_bedroom(desk, "Attic", "2")
    open_line(desk, "bedrooms")
    put_in(desk, "Ana Santos")
    desk.press(KEY.Key_Escape)
    for _step in range(2):
        desk.press(KEY.Key_Z, CTRL)
    assert desk.read(lambda s: bedroom_list(s, gathering_id=1)).rows == ()
    for _step in range(2):
        desk.press(KEY.Key_Z, CTRL | SHIFT)
    (row,) = desk.read(lambda s: bedroom_list(s, gathering_id=1)).rows
    assert row.names == ("Ana Santos",)
    assert desk.read(lambda s: s.query(Team).count()) == 0


DAY = st.integers(0, 20)


@given(st.lists(st.tuples(DAY, DAY).filter(lambda stay: stay[0] <= stay[1]), max_size=12))
def test_the_fullest_night_is_counted_night_by_night(stays: list[tuple[int, int]]) -> None:
    """A bed is free on the day somebody leaves; counted again night by night."""
    first = dt.datetime.combine(dt.date(2028, 10, 1), dt.time(12))
    spans = [(first + dt.timedelta(a), first + dt.timedelta(b, hours=-2)) for a, b in stays]
    spans = [(a, max(a, b)) for a, b in spans]
    each = [sum(a <= night < b for a, b in stays) for night in range(21)]
    assert most_at_night(spans) == max(each)
