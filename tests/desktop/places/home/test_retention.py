"""What is kept too long is told at Home, and leads to the erasing."""

from schoolapp.domain.people import Person
from tests.desktop.real import CTRL
from tests.stories.coordinator import KEY, Coordinator


def test_who_is_kept_too_long_is_told_and_erased(old_school: Coordinator) -> None:
    """By keyboard: the months of the centre, the button at Home, the list, the erasing."""
    desk = old_school
    desk.go(1, "home")
    too_long = desk.place.dashboard.too_long
    assert not too_long.isVisible()
    desk.run("home.centres")
    desk.line("Centres", 0)
    desk.enter(Months_to_keep_personal_data="12")
    desk.save()
    desk.go(3, "people")
    desk.go(1, "home")
    assert too_long.text() == "2 people are kept longer than the centre intends"
    too_long.setFocus()
    desk.press(KEY.Key_Space)
    assert desk.place.key == "people"
    assert desk.place.table.lazy.rowCount() == 2
    desk.row("Ana Ruiz")
    desk.press(KEY.Key_Return)
    desk.run("people.erase")
    desk.enter(Why="kept too long")
    desk.press(KEY.Key_Return, CTRL)
    desk.refuse_nothing()
    assert desk.ask(lambda s: [p.display_name for p in s.query(Person)]) == [
        "Erased person",
        "Bo Lind",
    ]
    desk.go(1, "home")
    assert too_long.text() == "1 person is kept longer than the centre intends"
