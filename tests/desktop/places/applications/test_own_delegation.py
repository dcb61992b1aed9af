"""A delegation of one's own, from an empty file: made, changed, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from schoolapp.domain.delegations import Delegation
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.storage.opening import open_store
from tests.desktop.real import CTRL
from tests.stories.coordinator import KEY, Coordinator


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """A camp from the template with one person."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", None, actor="Ana"))
    made.press(KEY.Key_N, CTRL)
    made.fill_in({"Template": "Youth camp of seven days", "First day": "2028-07-22"})
    made.save()
    made.go(3, "people")
    made.press(KEY.Key_N, CTRL)
    made.fill("Bo Lind")
    made.save()
    yield made
    made.close()


def test_a_delegation_owes_in_the_currency_of_the_camp(desk: Coordinator) -> None:
    """What it owes, where it is from and its currency at home are kept; others are refused."""
    desk.go(2, "applications")
    desk.run("applications.delegations")
    desk.click("New delegation")
    desk.fill_in({"Name": "Skåne", "Region, if it is not a country": "South of Sweden"})
    desk.fill_in({"Currency at home": "kronor"})
    desk.pick("Leader", "Bo")
    desk.fill_in({"Announced": "12", "Owes for its people": "1200"})
    desk.press(KEY.Key_Return, CTRL)
    assert desk.ask(lambda s: s.query(Delegation).count()) == 0
    desk.fill_in({"Currency at home": "sek"})
    desk.save()
    found = desk.ask(lambda s: s.query(Delegation).one())
    assert (found.name, found.origin, found.home_currency) == ("Skåne", "South of Sweden", "SEK")
    assert found.due == Money.of("1200", "EUR")


def test_where_a_person_is_from_is_typed(desk: Coordinator) -> None:
    """Region and currency at home are fields of the panel; an unknown currency is said at once."""
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.fill_in({"Region or community": "Skåne", "Currency at home": "SEK"})
    desk.save()
    person = desk.ask(lambda s: s.query(Person).one())
    assert (person.origin, person.home_currency) == ("Skåne", "SEK")
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.fill_in({"Currency at home": "crowns"})
    desk.press(KEY.Key_Return, CTRL)
    assert desk.ask(lambda s: s.query(Person).one()).home_currency == "SEK"


def test_a_camp_goes_while_its_delegations_are_shown(desk: Coordinator) -> None:
    """Undoing that it was made is said as that, and never as a failure of the list behind it."""
    desk.go(2, "applications")
    desk.run("applications.delegations")
    for _step in range(2):
        desk.press(KEY.Key_Z, CTRL)
    assert desk.failures == []
    assert "Create" in desk.said()
