"""The programme in the window: days, moves, clashes, forms, by keyboard alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.places.programme.place import Programme
from schoolapp.domain.programme import SessionState
from schoolapp.operations import programme
from schoolapp.operations.programme import SessionRow, SessionView
from tests.desktop.practice import ALT, CONTROL, SHIFT, Practice

Key = Qt.Key
Open = Callable[..., Practice]


@pytest.fixture
def opened(qapp: QApplication, practice_file: Path) -> Iterator[Open]:
    made: list[Practice] = []

    def open_place(code: str = "gjs2027", tag: str = "en") -> Practice:
        made.append(Practice(practice_file, Programme, code, tag))
        return made[-1]

    yield open_place
    for one in made:
        one.close()


def found(desk: Practice, title: str) -> SessionRow:
    view = SessionView(gathering_id=desk.gathering, search=title)
    rows = desk.ask(lambda s: programme.session_rows(s, programme.session_ids(s, view)))
    row: SessionRow = next(row for row in rows.values() if row.title == title)
    return row


def test_the_first_day_is_shown_with_rooms_and_the_clashes_of_all(opened: Open) -> None:
    """Rooms are columns; the list beneath shows every clash of the school in a sentence."""
    desk = opened()
    timetable = desk.place.timetable
    assert [card.row.title for card in timetable.model.day.cards] == ["Introduction to the school"]
    assert [room.name for room in timetable.model.day.columns][:2] == [
        "Conference hall",
        "Meeting room 1",
    ]
    assert len(timetable.clash_list.clashes) == 2
    assert "14 seats" in "".join(one.sentence for one in timetable.clash_list.clashes)


def test_alt_arrows_move_a_session_and_undo_brings_it_back(opened: Open) -> None:
    """A quarter of an hour and a day; the day view follows the session."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    before = found(desk, "Introduction to the school")
    desk.press(Key.Key_Down, ALT)
    assert str(found(desk, before.title).start) == "2027-10-23 15:15:00"
    desk.press(Key.Key_Right, ALT)
    moved = found(desk, before.title)
    assert (str(moved.start), moved.minutes) == ("2027-10-24 15:15:00", before.minutes)
    assert desk.place.timetable.day == moved.start.date()
    assert desk.place.timetable.grid.current_id() == moved.id
    desk.press(Key.Key_Z, CONTROL)
    desk.press(Key.Key_Z, CONTROL)
    assert found(desk, before.title).start == before.start


def test_right_to_left_the_left_arrow_leads_to_the_next_day(opened: Open) -> None:
    """Arrows follow the direction of reading, and from right to left rooms begin at the right."""
    desk = opened(tag="ar-XB")
    timetable = desk.place.timetable
    timetable.grid.setFocus()
    first = timetable.grid.boxes(0)[0]
    assert first.left() > timetable.grid.viewport().width() // 2
    desk.press(Key.Key_Left, ALT)
    assert timetable.day.isoformat() == "2027-10-24"


def test_c_goes_from_clash_to_clash(opened: Open) -> None:
    """The day of the clash is shown and the session is the current one; hints come last."""
    desk = opened("camp2027")
    desk.place.timetable.grid.setFocus()
    reported = [clash.is_hint for clash in desk.place.timetable.clash_list.clashes]
    assert reported == [False] * 40 + [True] * 15  # who speaks while not on site
    for number in range(3):
        desk.press(Key.Key_C)
        clash = desk.place.timetable.clash_list.clashes[number]
        card = desk.place.timetable.model.card(desk.place.timetable.grid.currentIndex().row())
        assert card.row.uid in clash.uids
        assert clash.sentence in card.clashes


def test_a_hint_is_listed_and_no_card_is_hatched_for_it(opened: Open) -> None:
    """The list leads to the session of a hint; its card shows errors and warnings alone."""
    desk = opened("camp2027")
    timetable = desk.place.timetable
    hint = timetable.clash_list.clashes[-1]
    assert hint.is_hint
    timetable.clash_list.list.itemActivated.emit(timetable.clash_list.list.item(54))
    desk.wait()
    card = timetable.model.card(timetable.grid.currentIndex().row())
    assert card.row.uid in hint.uids
    assert hint.sentence not in card.clashes


def test_a_clash_made_by_a_move_is_reported_and_never_forbidden(opened: Open) -> None:
    """Two sessions in one hall at one time: both cards say so."""
    desk = opened()
    row = found(desk, "Report back: Historical materialism")
    desk.place.open_row(row.id)
    desk.wait()
    desk.press(Key.Key_Escape)
    desk.place.timetable.grid.setFocus()
    for _number in range(3):
        desk.press(Key.Key_Up, ALT)
    assert str(found(desk, row.title).start) == "2027-10-24 15:45:00"
    cards = {card.row.title: card for card in desk.place.timetable.model.day.cards}
    for title in (row.title, "Working groups: Historical materialism"):
        assert any("same time" in one for one in cards[title].clashes)


def test_a_new_session_is_planned_by_keyboard(opened: Open) -> None:
    """Ctrl+N, a title, Ctrl+Enter: after the lecture of the day shown, its panel open."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_Period)
    desk.press(Key.Key_N, CONTROL)
    desk.press(Key.Key_Return, CONTROL)  # without a title it stays and says why
    assert desk.place.body.side is desk.place.panels.form_panel
    desk.type("How to read a budget")
    desk.press(Key.Key_Return, CONTROL)
    row = found(desk, "How to read a budget")
    assert (str(row.start), row.state) == ("2027-10-24 11:30:00", SessionState.PLANNED)
    assert desk.place.body.side is desk.place.panels.panel
    assert desk.place.timetable.grid.current_id() == row.id


def test_the_panel_saves_when_it_is_left(opened: Open) -> None:
    """Enter opens it, what is typed is saved as one change on leaving."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_Return)
    desk.type("Welcome", desk.place.panels.edit_form.editor("title"))
    desk.press(Key.Key_Escape)
    assert found(desk, "Welcome").no == 1
    assert desk.place.timetable.grid.hasFocus()


def test_delete_cancels_and_the_list_still_shows_it(opened: Open) -> None:
    """A cancelled session leaves the day and stays in the list, and can be planned again."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    old = found(desk, "Introduction to the school")
    desk.press(Key.Key_Delete)
    assert found(desk, old.title).state is SessionState.CANCELLED
    assert desk.place.timetable.model.rowCount() == 0
    desk.press(Key.Key_V)
    assert desk.place.table.lazy.rowCount() == 60
    desk.place.table.select_id(old.id)
    desk.desktop.window.run("programme.bring_back")
    desk.wait()
    view = SessionView(gathering_id=desk.gathering, search=old.title)
    rows = desk.ask(lambda s: programme.session_rows(s, programme.session_ids(s, view)))
    assert {row.state for row in rows.values()} == {SessionState.CANCELLED, SessionState.PLANNED}


def test_a_session_that_people_know_is_not_removed(opened: Open) -> None:
    """The window says why and keeps the session."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_Delete, SHIFT)
    assert found(desk, "Introduction to the school").state is not SessionState.CANCELLED


def test_a_new_room_becomes_a_column(opened: Open) -> None:
    """Rooms are added where they are needed."""
    desk = opened()
    desk.desktop.window.run("programme.add_room")
    desk.wait()
    desk.type("Attic")
    desk.press(Key.Key_Return, CONTROL)
    assert [room.name for room in desk.place.timetable.model.day.columns][-1] == "Attic"


def test_another_gathering_closes_the_page_of_the_one_before(opened: Open) -> None:
    """Its invitations are not shown over the timetable of another."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_I, CONTROL | SHIFT)
    assert desk.place.invitations.sending.isVisible()
    other = next(one for one in desk.desktop.window.gatherings if one.id != desk.gathering)
    desk.desktop.window.choose(other.id)
    desk.wait()
    assert desk.place.is_day
    assert not desk.place.invitations.sending.isVisible()


def test_screen_readers_hear_each_session(opened: Open) -> None:
    """The day is a list; each card is an item with its words and its clash."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_C)
    grid = desk.place.timetable.grid
    spoken = QAccessible.queryAccessibleInterface(grid)
    assert spoken.role() == QAccessible.Role.List
    words = [spoken.child(n).text(QAccessible.Text.Name) for n in range(spoken.childCount())]
    lecture = next(one for one in words if one.startswith("Women's movements"))
    assert "Meeting room 1" in lecture
    assert "14 seats" in lecture


def test_a_card_is_found_where_it_is_painted(opened: Open) -> None:
    """A click on a card chooses it; groups fill the columns of their rooms."""
    desk = opened()
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_Period)
    grid, model = desk.place.timetable.grid, desk.place.timetable.model
    groups = next(n for n, card in enumerate(model.day.cards) if card.row.in_groups)
    box = grid.boxes(groups)[0]
    assert box.width() > 2 * grid.column_width()
    grid.setCurrentIndex(model.index(groups))
    inside = QPoint(grid.boxes(groups)[0].center())
    assert grid.indexAt(inside).row() == groups
    assert not grid.indexAt(QPoint(inside.x(), 5)).isValid()  # the heads cover what scrolls
