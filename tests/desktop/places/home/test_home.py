"""Home by keyboard: a gathering from a template, its panel, its parts, its next step, its end."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from schoolapp import __version__
from schoolapp.desktop.places.home.place import Home
from schoolapp.operations import gatherings
from schoolapp.operations.applications import RulesDraft, rules_draft, save_rules
from tests import builders as b
from tests.databases import Place
from tests.desktop.practice import Practice
from tests.desktop.real import CTRL, Driver

KEY = Qt.Key


@pytest.fixture
def driver(qapp: QApplication, file_place: Place, clock: object) -> Iterator[Driver]:
    """A window on an empty database."""
    made = Driver(qapp, file_place.open)
    yield made
    made.close()


def test_a_school_from_a_template_takes_four_steps(driver: Driver) -> None:
    """T1: Ctrl+N, Enter, the first day, Ctrl+Enter; the window works in the new school."""
    driver.make_school()
    assert driver.steps == 4
    assert driver.failures == []
    assert driver.window.gathering.title == "Global Justice School 2028"
    (row,) = driver.read(gatherings.list_gatherings)
    assert (row.code, row.sessions) == ("gjs2028", 56)
    assert driver.said() == "Create Global Justice School 2028"


def test_an_empty_desk_can_try_the_practice_schools(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second button starts them in a window of their own, by what starts this program."""
    started: list[list[str]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda *words: started.append([*words]))
    driver.place.findChild(QPushButton, "home.practice").click()
    assert driver.failures == []
    ((start, (*words, last)),) = started
    assert last == "--practice"
    version = [start, *words, "--version"]
    said = subprocess.run(version, capture_output=True, text=True, check=True)
    assert __version__ in said.stdout


def test_undo_takes_the_school_away_and_redo_brings_it_back(driver: Driver) -> None:
    """One step each way; the window goes back to all schools and camps."""
    driver.make_school()
    driver.press(KEY.Key_Z, CTRL)
    assert driver.read(gatherings.list_gatherings) == ()
    assert driver.window.gathering is None
    driver.press(KEY.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(driver.read(gatherings.list_gatherings)) == 1


def test_the_title_follows_template_and_year_until_it_is_written(driver: Driver) -> None:
    """A title that somebody typed is never overwritten."""
    driver.press(KEY.Key_N, CTRL)
    form = driver.place.form_panel.form
    driver.press(KEY.Key_Down)
    assert form.draft.title == "Seminar 2028"
    driver.go_to("First day")
    driver.fill("2030-01-07")
    assert form.draft.title == "Seminar 2030"
    driver.go_to("Title")
    driver.fill("Women and debt")
    driver.go_to("Template")
    driver.press(KEY.Key_Down)
    assert form.draft.title == "Women and debt"


def test_a_school_begins_with_the_rules_of_last_year(driver: Driver) -> None:
    """The panel offers the gatherings there are; what is chosen is copied in the same step."""
    source = driver.make_school()

    def declare(session: Any) -> None:
        save_rules(session, draft=RulesDraft(gathering_id=source, offer_days=9))

    driver.desktop.tasks.change(driver.window, "Declare", declare)
    driver.settle()
    driver.window.choose(None)
    driver.press(KEY.Key_N, CTRL)
    driver.go_to("First day")
    driver.fill("2029-10-20")
    driver.go_to("Rules and letters of")
    driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return, CTRL)
    made = driver.window.gathering.id
    assert made != source
    rules = driver.read(lambda s: rules_draft(s, gathering_id=made))
    assert rules.offer_days == 9


def test_a_new_gathering_is_not_left_by_passing_over_another(driver: Driver) -> None:
    """The cursor may come to a row while the panel is open: only opening the row chooses it."""
    both = [driver.make_school(), driver.make_school("2029-10-20")]
    driver.window.choose(None)
    driver.settle()
    driver.press(KEY.Key_N, CTRL)
    for one in both:
        assert driver.place.table.select_id(one)
        driver.settle()
    assert driver.window.gathering is None
    assert driver.place.form_panel.isVisible()


def test_what_is_missing_is_said_and_nothing_is_made(driver: Driver) -> None:
    """Ctrl+Enter without a first day goes to it; Esc keeps what was typed."""
    driver.press(KEY.Key_N, CTRL)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.name() == "First day"
    assert driver.focus().accessibleDescription().startswith("Choose the first day")
    driver.fill("2029-01-08")
    driver.press(KEY.Key_Escape)
    driver.press(KEY.Key_N, CTRL)
    assert driver.place.form_panel.form.draft.start_date.year == 2029
    assert driver.read(gatherings.list_gatherings) == ()


def test_an_empty_home_offers_a_template(driver: Driver) -> None:
    """One sentence and one button."""
    assert driver.place._stack.currentWidget() is not driver.place.table


def test_enter_on_a_row_opens_the_gathering(qapp: QApplication, file_place: Place) -> None:
    """The table shows all of them; Enter chooses the one to work in."""
    store = file_place.open()
    store.change("Add", lambda s: b.gathering(s, title="Debt school").id)
    store.close()
    driver = Driver(qapp, file_place.open)
    driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return)
    assert driver.window.gathering.title == "Debt school"
    assert driver.place._pages.currentWidget() is driver.place.dashboard
    driver.close()


def test_the_panel_saves_when_one_leaves_it(driver: Driver) -> None:
    """F2, another title, Ctrl+Enter: one change with its name, shown in rail and table."""
    key = driver.make_school()
    driver.press(KEY.Key_F2)
    assert driver.name() == "Title"
    driver.fill("School of debt")
    driver.press(KEY.Key_Return, CTRL)
    draft = driver.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert draft.title == "School of debt"
    assert driver.window.gathering.title == "School of debt"
    assert driver.said() == "Edit School of debt"


def test_free_days_deadlines_and_prices_are_edited_in_the_panel(driver: Driver) -> None:
    """Each field is reached by Tab under its own name and read back as it was intended."""
    key = driver.make_school()
    driver.press(KEY.Key_F2)
    for name, text in (
        ("Free days", "2028-10-28, 4.11.2028, 2028-11-05"),
        ("Deadlines, Visa letters", "2028-07-01"),
        ("Full price of each band, Band B", "450"),
    ):
        driver.go_to(name)
        driver.fill(text)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.failures == []
    draft = driver.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert [str(day) for day in draft.free_days] == ["2028-10-28", "2028-11-04", "2028-11-05"]
    assert str(dict(draft.deadlines)["visa_letter"]) == "2028-07-01"
    assert str(dict(draft.prices)["B"].amount) == "450.00"
    assert str(dict(draft.prices)["A"].amount) == "600.00"


def test_a_wrong_field_is_said_and_keeps_the_panel_open(driver: Driver) -> None:
    """The last day before the first: a sentence under the field, nothing saved."""
    key = driver.make_school()
    driver.press(KEY.Key_F2)
    driver.go_to("Last day")
    driver.fill("2028-01-01")
    driver.press(KEY.Key_Return, CTRL)
    assert driver.name() == "Last day"
    assert "Choose a later day" in driver.focus().accessibleDescription()
    draft = driver.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert draft.end_date.year == 2028
    assert draft.version == 1


def rooms(driver: Driver, key: int) -> list[str]:
    found = driver.read(lambda s: gatherings.rooms_of(s, gathering_id=key))
    return [room.name for room in found]


def test_rooms_are_added_edited_and_removed_by_keys(driver: Driver) -> None:
    """Add, Ctrl+Enter; Enter edits a line; Del removes it; each can be undone."""
    key = driver.make_school()
    before = rooms(driver, key)
    driver.press(KEY.Key_F2)
    driver.go_to("Add to Rooms")
    driver.press(KEY.Key_Space)
    assert driver.name() == "Name"
    driver.fill("Garden")
    driver.press(KEY.Key_Return, CTRL)
    assert rooms(driver, key) == [*before, "Garden"]
    assert driver.name() == "Rooms"
    driver.press(KEY.Key_End)
    driver.press(KEY.Key_Return)
    driver.fill("Rose garden")
    driver.press(KEY.Key_Escape)
    assert rooms(driver, key) == [*before, "Garden"]
    driver.press(KEY.Key_Delete)
    assert rooms(driver, key) == before
    driver.press(KEY.Key_Z, CTRL)
    assert rooms(driver, key) == [*before, "Garden"]


def test_a_module_that_overlaps_is_refused_with_a_sentence(driver: Driver) -> None:
    """The form stays open with what was typed."""
    key = driver.make_school()
    driver.press(KEY.Key_F2)
    driver.go_to("Add to Modules")
    driver.press(KEY.Key_Space)
    driver.fill("Land")
    driver.press(KEY.Key_Return)
    driver.fill("2028-10-22")
    driver.press(KEY.Key_Return)
    driver.fill("2028-10-23")
    driver.press(KEY.Key_Return, CTRL)
    assert "overlap" in driver.said()
    assert driver.place.opened.panel.modules.form.draft.title == "Land"
    assert len(driver.read(lambda s: gatherings.modules_of(s, gathering_id=key))) == 3


def test_the_next_step_is_a_button(driver: Driver) -> None:
    """The workflow moves on with Space; a step that needs a reason asks for it."""
    key = driver.make_school()
    for step in ("open", "close", "publish"):
        driver.place.focus_target().setFocus()
        assert driver.focus().objectName() == f"step_{step}"
        driver.press(KEY.Key_Space)
    cancel = driver.place.dashboard.findChild(QPushButton, "step_cancel")
    cancel.setFocus()
    driver.press(KEY.Key_Space)
    assert driver.name() == "Why"
    driver.fill("No visas")
    driver.press(KEY.Key_Return, CTRL)
    row = driver.read(lambda s: gatherings.gathering_rows(s, [key])[key])
    assert row.state.value == "cancelled"
    assert driver.place.dashboard.first_step() is None


def test_a_gathering_nobody_joined_is_removed(driver: Driver) -> None:
    """Without a question; undo brings it back."""
    driver.make_school()
    driver.window.run("home.remove")
    driver.settle()
    assert driver.read(gatherings.list_gatherings) == ()
    assert driver.window.gathering is None
    driver.press(KEY.Key_Z, CTRL)
    assert len(driver.read(gatherings.list_gatherings)) == 1


def test_the_first_screen_needs_no_store(driver: Driver) -> None:
    """Rows that were read without SQLAlchemy are shown, the newest gathering first."""
    rows = driver.read(lambda s: ())
    assert rows == ()
    driver.make_school()
    lines = driver.read(gatherings.list_gatherings)
    driver.window.choose(None)
    driver.place.show_first(lines)
    assert driver.place.table.lazy.ids() == [line.id for line in lines]


def test_a_school_that_is_over_has_given_its_places(
    qapp: QApplication, practice_file: Path
) -> None:
    """People who have completed had a place: not "0 of 25", though nobody holds one any more."""
    desk = Practice(practice_file, Home, "gjs2027")
    figure = desk.place.dashboard._places
    said = [label.text() for label in figure.findChildren(QLabel)]
    assert figure.number.text() == "25"
    assert said[said.index("Have completed") + 1] == "25"
    assert said[said.index("Hold a place now") + 1] == "0"
    assert not figure.meter.isVisible()
    desk.close()
