"""What was made is taken away again, by keyboard and mouse, in a file that was empty."""

from pathlib import Path

from schoolapp.base import settings
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.readings import ReadingAssignment
from schoolapp.domain.reports import ReportTemplate
from tests.stories.coordinator import CTRL, KEY, SHIFT, Coordinator
from tests.stories.filling import add_person


def test_a_delegation_that_nothing_belongs_to(desk: Coordinator) -> None:
    """Its daily task is named first; without it the delegation goes, and comes back by undo."""
    add_person(desk, "Bo Lind")
    desk.go(2, "applications")
    desk.run("applications.delegations")
    desk.click("New delegation")
    desk.fill_in({"Name": "Skåne", "Country, if there is one": "Sweden"})
    desk.pick("Leader", "Bo")
    desk.save()
    desk.go(3, "people")
    desk.run("people.tasks")
    desk.click("New task")
    desk.fill_in({"Day": "2028-10-22", "Task": "Cooking", "Delegation": "Skåne"})
    desk.save()
    remove_the_delegation(desk)
    assert desk.refused() == "Skåne has daily tasks. Give them to others first."
    desk.press(KEY.Key_Escape)
    desk.go(3, "people")
    desk.run("people.tasks")
    page = desk.place.pages.rota
    page.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.click("Remove")
    remove_the_delegation(desk)
    desk.refuse_nothing()
    assert desk.ask(lambda s: s.query(Delegation).count()) == 0
    desk.press(KEY.Key_Z, CTRL)
    assert desk.ask(lambda s: s.query(Delegation).count()) == 1


def remove_the_delegation(desk: Coordinator) -> None:
    """Edit the only one, and press Remove."""
    desk.go(2, "applications")
    desk.run("applications.delegations")
    page = desk.place.pages.opened
    page.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.click("Edit")
    desk.click("Remove")


def test_a_report_that_was_kept(desk: Coordinator, tmp_path: Path) -> None:
    """It is offered under its name, and forgotten from there."""
    add_person(desk, "Cy Roth")
    desk.kept.put(settings.EXPORT_FOLDER, str(tmp_path))
    desk.go(6, "attendance")
    desk.press(KEY.Key_E, CTRL)
    desk.fill_in({"Report": "List of participants", "Keep as": "For the door"})
    desk.save()
    desk.press(KEY.Key_E, CTRL)
    desk.fill_in({"Report": "For the door"})
    desk.click("Forget this report")
    assert desk.ask(lambda s: s.query(ReportTemplate).count()) == 0
    desk.refuse_nothing()
    assert "For the door" not in [desk.focus().itemText(n) for n in range(desk.focus().count())]
    desk.press(KEY.Key_Z, CTRL)
    assert desk.ask(lambda s: s.query(ReportTemplate).count()) == 1


def test_a_text_goes_first_and_off_the_list(desk: Coordinator) -> None:
    """Two texts for one session: the second is put first and need not be read; one is taken off."""
    desk.go(5, "readings")
    for title in ("Reform or revolution", "The Mole"):
        desk.press(KEY.Key_N, CTRL)
        desk.enter(Author="Various", Title=title, Language="en")
        desk.save()
        desk.press(KEY.Key_Escape)
        desk.row(title)
        desk.press(KEY.Key_A)
        desk.enter(Session="Introduction to the school")
        desk.save()
        desk.press(KEY.Key_Escape)
    desk.row("The Mole")
    desk.run("readings.entry")
    assert desk.said() == "Choose a session above first, then a text on its list."
    desk.fill_in({"Session": "Introduction to the school"})
    desk.row("The Mole")
    desk.run("readings.entry")
    desk.go_to("Required reading")
    desk.press(KEY.Key_Space)
    desk.fill_in({"Pages": "1-12", "Place on the list": "1"})
    desk.save()
    listed = desk.ask(
        lambda s: sorted((one.order, one.required, one.pages) for one in s.query(ReadingAssignment))
    )
    assert listed == [(1, False, "1-12"), (2, True, None)]
    desk.row("Reform or revolution")
    desk.press(KEY.Key_Delete)
    assert desk.ask(lambda s: [one.order for one in s.query(ReadingAssignment)]) == [1]
    desk.row("The Mole")
    desk.press(KEY.Key_Delete, SHIFT)
    assert "still on the list of a session" in desk.refused()
