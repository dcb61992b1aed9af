"""A youth camp of two delegations of one's own, from an empty file to the report for the funder."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget

from schoolapp.base import clock as program_clock
from schoolapp.desktop.kit.pages.list_page import ListPage
from schoolapp.desktop.tables import Table
from schoolapp.operations import funding
from schoolapp.operations.delegations import delegation_rows
from schoolapp.operations.lodging.bedrooms import bedroom_list
from schoolapp.operations.lodging.teams import task_rows, team_rows
from schoolapp.operations.minors import minors_of
from schoolapp.storage.opening import open_store
from tests.databases import KEY as SECRET
from tests.databases import contents
from tests.desktop.real import CTRL, SHIFT
from tests.stories.coordinator import KEY, Coordinator
from tests.stories.undoing import undone_and_done_again

FIRST = dt.date(2028, 7, 22)


def on(day: int) -> dt.datetime:
    """The n-th day of the camp (1 the first), as a workbook has it."""
    return dt.datetime.combine(FIRST + dt.timedelta(days=day - 1), dt.time())


@dataclass(frozen=True)
class Named:
    """Somebody whom a leader writes into the file."""

    name: str
    born: dt.date
    email: str


@dataclass(frozen=True)
class Group:
    """A delegation: its leader, who comes, what it owes and paid."""

    name: str
    country: str
    leader: str
    people: tuple[Named, ...]
    owes: str
    paid: str


SKANE = Group(
    "Skåne", "Sweden", "Bo Lind",
    (
        Named("Ebba Holm", dt.date(2011, 5, 2), "ebba@example.org"),
        Named("Nils Berg", dt.date(2003, 1, 9), "nils@example.org"),
    ),
    "420.00", "300.00",
)  # fmt: skip
MINHO = Group(
    "Minho", "Portugal", "Inês Duarte",
    (
        Named("Rui Sousa", dt.date(2012, 2, 29), "rui@example.org"),
        Named("Marta Reis", dt.date(2002, 11, 30), "marta@example.org"),
        Named("Tó Pires", dt.date(2001, 3, 4), "to@example.org"),
    ),
    "560.00", "560.00",
)  # fmt: skip
GROUPS = (SKANE, MINHO)
MINORS = {"Ebba Holm": "Bo Lind", "Rui Sousa": "Inês Duarte"}
"""Who is younger than 18 on 22 July 2028, and who answers for them on site."""
ABSENT = {1: ("Marta Reis",), 2: (), 3: ("Nils Berg", "Tó Pires"), 4: (), 5: ("Ebba Holm",)}
"""Who was not there on each day whose list was kept; the lists of days 6 and 7 were lost."""

HAND_COUNT = [
    [
        "Name", "First day recorded", "Last day recorded", "Days recorded", "Travel days",
        "Person-days recorded",
    ],
    ["Bo Lind", on(1), on(5), 5, 0, 5],
    ["Ebba Holm", on(1), on(4), 4, 0, 4],
    ["Inês Duarte", on(1), on(5), 5, 0, 5],
    ["Marta Reis", on(2), on(5), 4, 0, 4],
    ["Nils Berg", on(1), on(5), 4, 0, 4],
    ["Rui Sousa", on(1), on(5), 5, 0, 5],
    ["Tó Pires", on(1), on(5), 4, 0, 4],
]  # fmt: skip
"""The report: 31 person-days, 5 lists of 7 people without the 4 times that somebody was missed."""
STEPS = 47
"""The camp and 2 leaders; 5 for each delegation; 3 for minors; 20 for beds, teams and tasks;
2 payments; 9 for the day lists."""


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """The window on an encrypted file with nothing in it."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", SECRET, actor="Ana"))
    yield made
    made.close()


def make_the_camp(desk: Coordinator) -> None:
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"Template": "Youth camp of seven days", "First day": FIRST.isoformat()})
    desk.save()
    desk.go(3, "people")
    for group in GROUPS:
        desk.press(KEY.Key_N, CTRL)
        desk.fill(group.leader)
        desk.fill_in({"Country": group.country, "Born": "1985-04-04"})
        desk.save()
        desk.press(KEY.Key_Escape)


def announce(desk: Coordinator, group: Group) -> None:
    desk.go(2, "applications")
    desk.run("applications.delegations")
    desk.click("New delegation")
    desk.fill_in({"Name": group.name, "Country, if there is one": group.country})
    desk.pick("Leader", group.leader[:3])
    desk.fill_in({"Announced": str(len(group.people) + 1), "Owes for its people": group.owes})
    desk.save()
    desk.press(KEY.Key_Escape)


def open_line(desk: Coordinator, name: str) -> None:
    """Open the line of somebody or something on the page that is shown, with Enter."""
    (page,) = [one for one in desk.place.findChildren(ListPage) if one.isVisible()]
    open_row(desk, page.table, name)


def open_row(desk: Coordinator, table: Table[Any], name: str) -> None:
    """Open the row of this name in a table, with Enter."""
    rows = {key: table.lazy.row(key) for key in table.lazy.ids()}
    found = [key for key, row in rows.items() if name in first_of(row)]
    assert len(found) == 1, (name, list(rows.values()))
    table.select_id(found[0])
    table.setFocus()
    desk.press(KEY.Key_Return)


def first_of(line: object) -> str:
    """What a line is called."""
    for field in ("display_name", "name", "code", "task"):
        if hasattr(line, field):
            return str(getattr(line, field))
    raise AssertionError(line)


def join_the_leader(desk: Coordinator, group: Group) -> None:
    """The leader is one of the delegation's people: chosen in the person's panel."""
    desk.go(3, "people")
    open_row(desk, desk.place.table, group.leader)
    desk.fill_in({"Delegation": group.name})
    desk.save()
    desk.press(KEY.Key_Escape)


def names_come_back(desk: Coordinator, group: Group, folder: Path) -> None:
    """The leader's file goes out, is filled in with a spreadsheet, and comes back in."""
    file = folder / f"{group.country}.xlsx"
    desk.go(2, "applications")
    desk.run("applications.delegations")
    open_line(desk, group.name)
    desk.click("Numbers given")
    desk.save()
    open_line(desk, group.name)
    desk.click("File for the leader…")
    desk.fill(str(file))
    desk.press(KEY.Key_Return)
    fill_in_the_file(file, group)
    desk.click("Read names…")
    desk.fill(str(file))
    desk.press(KEY.Key_Return)
    said = desk.place.body.side.subtitle.text()
    assert said.startswith(
        f"{len(group.people)} people get a place · {len(group.people) + 1} named"
    )
    assert said.endswith("0 lines with doubts")
    desk.save()
    open_line(desk, group.name)
    desk.click("Names given")


def fill_in_the_file(file: Path, group: Group) -> None:
    """Write the people beneath the leader, as a spreadsheet would."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    assert sheet.cell(3, 1).value == group.leader
    for number, one in enumerate(group.people, start=4):
        born = dt.datetime.combine(one.born, dt.time())
        for column, value in enumerate((one.name, born, one.email), start=1):
            sheet.cell(number, column).value = value
    book.save(file)


def note_the_minors(desk: Coordinator) -> None:
    """Two papers are asked; each minor has them, and an adult who answers on site."""
    desk.run("applications.minors")
    desk.click("Required papers…")
    check(desk, "Required papers", "Insurance")
    desk.save()
    for name, adult in MINORS.items():
        open_line(desk, name)
        check(desk, "Papers received", "Consent of the parents", "Insurance")
        desk.fill_in({
            "Adult on site": adult, "Parent or guardian at home": f"Mother of {name}",
            "How to reach them": "+46 70 5550 000", "Consent signed on": "2028-06-30",
        })  # fmt: skip
        desk.save()
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_Escape)


def check(desk: Coordinator, label: str, *words: str) -> None:
    """Check values of a list with the arrows and the space bar."""
    desk.go_to(label)
    found = desk.focus()
    assert isinstance(found, QListWidget)
    for wanted in words:
        (item,) = found.findItems(wanted, Qt.MatchFlag.MatchExactly)
        desk.press(KEY.Key_Home)
        while found.currentItem() is not item:
            desk.press(KEY.Key_Down)
        desk.press(KEY.Key_Space)


def give_beds_and_work(desk: Coordinator) -> None:
    """A bedroom and a team for each delegation, and a task for each team."""
    desk.go(3, "people")
    desk.run("people.bedrooms")
    for group in GROUPS:
        desk.click("New bedroom")
        desk.fill_in({"Name or number": f"Tent {group.name}", "Beds": "4"})
        desk.save()
        open_line(desk, group.name)
        put_in(desk, group)
    desk.run("people.teams")
    for group in GROUPS:
        desk.click("New team")
        desk.fill_in({"Name": f"Team {group.name}"})
        desk.save()
        open_line(desk, group.name)
        put_in(desk, group)
    desk.run("people.tasks")
    for group, task in zip(GROUPS, ("Cooking", "Night watch"), strict=True):
        desk.click("New task")
        desk.fill_in({"Day": "2028-07-23", "Task": task, "How many people": "3"})
        desk.fill_in({"Team": f"Team {group.name}"})
        desk.save()
    desk.press(KEY.Key_Escape)


def put_in(desk: Coordinator, group: Group) -> None:
    """Put the whole delegation into the bedroom or team that is open, by letters of the names."""
    for name in names_of(group):
        desk.go_to("Add to People")
        desk.press(KEY.Key_Space)
        desk.pick("Name", name[:4])
        desk.save()
    desk.press(KEY.Key_Escape)


def names_of(group: Group) -> list[str]:
    """The leader and the people of a delegation."""
    return [group.leader, *(one.name for one in group.people)]


def receive(desk: Coordinator, group: Group) -> None:
    """What a delegation paid, recorded at its line of the money."""
    desk.window.open_place("money")
    desk.settle()
    desk.run("money.show_delegations")
    open_row(desk, desk.place.table, group.name)
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"What was paid": group.paid, "Reference": group.country})
    desk.save()
    desk.press(KEY.Key_Escape)


def keep_the_day_lists(desk: Coordinator) -> None:
    """Each evening all are present but those who are missed."""
    desk.go(6, "attendance")
    for day, absent in ABSENT.items():
        with program_clock.at(on(day).replace(hour=20, tzinfo=dt.UTC)):
            desk.run("attendance.days")
            days = desk.place.views.view.list
            days.select_id(on(day).toordinal())
            desk.settle()
            table = desk.place.views.view.table
            for name in absent:
                (key,) = [one for one in table.lazy.ids() if table.lazy.row(one).name == name]
                table.select_id(key)
                table.setFocus()
                desk.press(KEY.Key_A)
            desk.press(KEY.Key_A, CTRL | SHIFT)


def person_days(desk: Coordinator, folder: Path) -> list[list[object]]:
    """The report of person-days, as another library reads it."""
    file = folder / "person_days.xlsx"
    desk.press(KEY.Key_E, CTRL)
    desk.fill_in({"Report": "Person-days for the funder", "Format": "Excel (xlsx)"})
    desk.press(KEY.Key_Return, CTRL)
    desk.fill(str(file))
    desk.press(KEY.Key_Return)
    desk.refuse_nothing()
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def look_at_the_people(desk: Coordinator) -> None:
    """Announced, named and arrived are three figures; no minor is without papers or an adult."""
    rows = desk.ask(lambda s: delegation_rows(s, gathering_id=1))
    figures = [(row.name, row.iso_country, row.announced, row.named, row.arrived) for row in rows]
    assert figures == [("Skåne", "SE", 3, 3, 3), ("Minho", "PT", 4, 4, 4)]
    minors = desk.ask(lambda s: minors_of(s, gathering_id=1)).rows
    assert {row.name: row.adult for row in minors} == MINORS
    assert {row.age_on_arrival for row in minors} == {16, 17}
    assert [row.missing or row.adult_problem for row in minors] == [None, None]


def look_at_beds_and_work(desk: Coordinator) -> None:
    """Everybody has a bed and a team, and each team its task."""
    beds = desk.ask(lambda s: bedroom_list(s, gathering_id=1))
    teams = desk.ask(lambda s: team_rows(s, gathering_id=1))
    assert beds.without == 0
    for row, team, group in zip(beds.rows, teams, GROUPS, strict=True):
        assert (row.beds, row.most) == (4, len(names_of(group)))
        assert set(row.names) == set(team.names) == set(names_of(group))
    tasks = desk.ask(lambda s: task_rows(s, gathering_id=1))
    assert [(row.task, row.team) for row in tasks] == [
        ("Cooking", "Team Skåne"),
        ("Night watch", "Team Minho"),
    ]


def look_at_the_money(desk: Coordinator) -> None:
    """Skåne paid 300 of 420, Minho all of 560."""
    rows = desk.ask(lambda s: funding.delegation_balances(s, gathering_id=1))
    assert [(row.name, str(row.due), str(row.paid), str(row.balance)) for row in rows] == [
        ("Skåne", "420.00 EUR", "300.00 EUR", "-120.00 EUR"),
        ("Minho", "560.00 EUR", "560.00 EUR", "0.00 EUR"),
    ]


def test_a_camp_of_two_delegations(desk: Coordinator, tmp_path: Path) -> None:
    """Announced, named, housed, counted and paid as by hand; undone to nothing and done again."""
    assert desk.store is not None
    start = contents(desk.store)
    make_the_camp(desk)
    for group in GROUPS:
        announce(desk, group)
        join_the_leader(desk, group)
        names_come_back(desk, group, tmp_path)
    note_the_minors(desk)
    give_beds_and_work(desk)
    for group in GROUPS:
        receive(desk, group)
    keep_the_day_lists(desk)
    look_at_the_people(desk)
    look_at_beds_and_work(desk)
    look_at_the_money(desk)
    assert person_days(desk, tmp_path) == HAND_COUNT
    again = undone_and_done_again(desk, start)
    assert len(again) == STEPS
    look_at_the_people(desk)
