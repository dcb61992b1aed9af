"""Lecturers, interpreters, staff and volunteers in People, in a school of one's own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.places.home.place import Home
from schoolapp.desktop.places.people.place import People
from schoolapp.desktop.places.programme.place import Programme
from schoolapp.desktop.places.settings.place import SettingsPlace
from schoolapp.domain.money import Money
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations.people import editing, engagements, participations
from schoolapp.storage.store import DbSession
from tests.databases import Place
from tests.desktop.entries import entries
from tests.desktop.real import CTRL, SHIFT, Driver

KEY = Qt.Key


@pytest.fixture
def driver(qapp: QApplication, file_place: Place, clock: object) -> Iterator[Driver]:
    """People of a school from the first template, in a window that was empty."""
    made = Driver(qapp, file_place.open, entries(Home, People, Programme, SettingsPlace))
    made.make_school()
    made.window.open_place("people")
    made.settle()
    yield made
    made.close()


def enter(driver: Driver, name: str) -> None:
    """Type a name where the focus is, and press Enter."""
    driver.fill(name)
    driver.press(KEY.Key_Return)


def work(driver: Driver, name: str) -> tuple[EngagementDraft, ...]:
    """The work of a person in the school."""
    here = driver.window.gathering.id

    def ask(session: DbSession) -> tuple[EngagementDraft, ...]:
        ((key, _name),) = editing.find_people(session, name)
        return engagements.engagements_of(session, gathering_id=here, person_id=key)

    found: tuple[EngagementDraft, ...] = driver.read(ask)
    return found


def takes_part(driver: Driver, name: str) -> bool:
    """Whether a person is a participant."""
    here = driver.window.gathering.id

    def ask(session: DbSession) -> bool:
        ((key, _name),) = editing.find_people(session, name)
        part = participations.participation_id(session, gathering_id=here, person_id=key)
        return part is not None

    return bool(driver.read(ask))


def shown(driver: Driver) -> list[tuple[str, str]]:
    """The names in the table with their parts."""
    lazy = driver.place.table.lazy
    return [(lazy.row(key).plain, lazy.row(key).roles) for key in lazy.ids()]


def test_two_lecturers_are_typed_with_days_languages_and_a_fee(driver: Driver) -> None:
    """Ctrl+Shift+L, two names: they work, and hold no place; one undo takes both away."""
    driver.press(KEY.Key_L, CTRL | SHIFT)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.place.body.side is driver.place.acting.work_panel, "nobody was named: it stays"
    enter(driver, "Ana Pérez")
    enter(driver, "Bilal Khan")
    for field, typed in (
        ("From", "2028-10-22"), ("To", "2028-10-28"), ("Works in these languages", "Urdu, en"),
        ("Fee", "250"),
    ):  # fmt: skip
        driver.go_to(field)
        driver.fill(typed)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.failures == []
    assert shown(driver) == [("Ana Pérez", "Lecturer"), ("Bilal Khan", "Lecturer")]
    (found,) = work(driver, "Bilal")
    assert (str(found.first_day), str(found.last_day)) == ("2028-10-22", "2028-10-28")
    assert (found.languages, found.fee) == (("ur", "en"), Money.of("250", "EUR"))
    assert not takes_part(driver, "Bilal")
    driver.press(KEY.Key_Z, CTRL)
    assert shown(driver) == []
    driver.press(KEY.Key_Z, CTRL | SHIFT)
    assert len(shown(driver)) == 2


def test_days_outside_the_gathering_are_refused(driver: Driver) -> None:
    """The sentence says which day is wrong, and what was typed stays."""
    driver.window.run("people.add_staff")
    driver.settle()
    enter(driver, "Carmen Cruz")
    driver.go_to("To")
    driver.fill("2029-01-01")
    driver.press(KEY.Key_Return, CTRL)
    (trouble,) = driver.failures
    assert "not one of the gathering's" in str(trouble)
    assert driver.place.acting.work_panel.form.draft.people == ("Carmen Cruz",)
    assert shown(driver) == []


def test_a_volunteer_takes_part_where_one_says_so(driver: Driver) -> None:
    """The switch gives a place as well; the list shows both parts, each chip its own."""
    driver.window.run("people.add_volunteer")
    driver.settle()
    enter(driver, "Dina Haddad")
    driver.go_to("Task")
    driver.fill("kitchen")
    driver.go_to("Also takes part, with a place and a fee")
    driver.press(KEY.Key_Space)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.failures == []
    assert shown(driver) == [("Dina Haddad", "Kitchen, Participant")]
    assert takes_part(driver, "Dina")
    labels = [c.accessibleName() for c in driver.place.chips._chips.values() if c.isVisible()]
    assert labels == [
        "In this gathering, 1", "Participants, 1", "Team, 1", "Volunteers, 1", "All known, 1",
    ]  # fmt: skip


def test_work_is_changed_and_taken_back_in_the_panel_of_a_person(driver: Driver) -> None:
    """A second list beside the first; what sessions still need is not taken back silently."""
    driver.press(KEY.Key_L, CTRL | SHIFT)
    enter(driver, "Ana Pérez")
    driver.press(KEY.Key_Return, CTRL)
    items = driver.place.panel.work.items
    items.list.setCurrentRow(0)
    items.list.setFocus()
    driver.press(KEY.Key_Return)
    driver.go_to("Fee")
    driver.fill("80")
    driver.press(KEY.Key_Return, CTRL)
    assert work(driver, "Ana")[0].fee == Money.of("80", "EUR")
    driver.go_to("Add to Work in this gathering")
    driver.press(KEY.Key_Space)
    driver.go_to("Works as")
    for _turn in range(2):
        driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return, CTRL)
    assert [one.list_name for one in work(driver, "Ana")] == ["lecturers", "staff"]
    driver.press(KEY.Key_Escape)
    speaks(driver, "Ana Pérez")
    driver.window.open_place("people")
    driver.settle()
    driver.place.open_row(driver.place.table.current_id())
    driver.settle()
    for left in (1, 1):  # the second is needed in a session
        items.list.setCurrentRow(0)
        items.list.setFocus()
        driver.press(KEY.Key_Delete)
        assert len(work(driver, "Ana")) == left
    assert "still named in “Introduction to the school”" in str(driver.failures[-1])


def speaks(driver: Driver, name: str) -> None:
    """Put a person on the first session, as its speaker."""
    driver.window.open_place("programme")
    driver.settle()
    driver.place.timetable.grid.setFocus()
    driver.press(KEY.Key_Home)
    driver.press(KEY.Key_Return)
    driver.go_to("Speakers")
    enter(driver, name)
    driver.press(KEY.Key_Escape)
    assert driver.failures == []
