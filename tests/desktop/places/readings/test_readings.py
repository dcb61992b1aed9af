"""The readings in the window: editions, filters, gaps, lists of sessions, export."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.look.chips import Chip
from schoolapp.desktop.places.readings.place import Readings
from schoolapp.domain.readings import ReadingState, Rights
from schoolapp.operations import readings
from schoolapp.operations.readings import EditionView
from tests.desktop.practice import CONTROL, SHIFT, Practice

Key = Qt.Key


@pytest.fixture
def desk(qapp: QApplication, practice_file: Path) -> Iterator[Practice]:
    made = Practice(practice_file, Readings, "eco-isb-2027")
    made.place.table.setFocus()
    yield made
    made.close()


def choose(desk: Practice, box: str, value: object) -> None:
    """Choose in a filter by keyboard."""
    combo = getattr(desk.place.narrowing, box)
    combo.setFocus()
    at = combo.findData(value)
    while combo.currentIndex() != at:
        desk.press(Key.Key_Down if combo.currentIndex() < at else Key.Key_Up)
    desk.wait()


def texts(desk: Practice) -> list[int]:
    return list(desk.place.table.lazy.ids())


def chip(desk: Practice, key: str) -> Chip:
    """The chip of a state."""
    return next(one for one in desk.place.findChildren(Chip) if one.key == key)


def new_text(desk: Practice, **values: str) -> int:
    """Add a text by keyboard and come back to the table with the cursor on it."""
    desk.press(Key.Key_N, CONTROL)
    for name, value in values.items():
        desk.type(value, desk.place.panels.new.form.editor(name))
    desk.press(Key.Key_Return, CONTROL)
    (key,) = desk.ask(lambda s: readings.edition_ids(s, EditionView(search=values["title"])))
    desk.press(Key.Key_Escape)
    reach(desk, key)
    return int(key)


def reach(desk: Practice, key: int) -> None:
    """Put the cursor on a text."""
    assert desk.place.table.select_id(key)
    desk.place.table.setFocus()
    desk.wait()


def test_all_texts_are_shown_and_filters_narrow_them(desk: Practice) -> None:
    """Language, rights and what this gathering asks for."""
    assert len(texts(desk)) == 116
    choose(desk, "languages", "ur")
    urdu = desk.ask(lambda s: readings.edition_ids(s, EditionView(languages=("ur",))))
    assert texts(desk) == urdu
    choose(desk, "languages", None)
    choose(desk, "rights", "open")
    free = desk.ask(lambda s: readings.edition_ids(s, EditionView(rights=(Rights.OPEN,))))
    assert texts(desk) == free
    choose(desk, "rights", None)
    choose(desk, "sessions", -1)
    assert 0 < len(texts(desk)) < 20


def test_chips_count_the_states_and_keep_their_numbers(desk: Practice) -> None:
    """A chip narrows to the state that it counts; the numbers beside it stay."""
    before = {one.key: one.accessibleName() for one in desk.place.findChildren(Chip)}
    ready = desk.ask(lambda s: readings.edition_ids(s, EditionView(states=(ReadingState.READY,))))
    assert before["ready"].endswith(f", {len(ready)}")
    chip(desk, "ready").setFocus()
    desk.press(Key.Key_Space)
    assert 0 < len(texts(desk)) < 116
    assert sorted(texts(desk)) == sorted(ready)
    assert {one.key: one.accessibleName() for one in desk.place.findChildren(Chip)} == before


def test_escape_takes_all_filters_away(desk: Practice) -> None:
    """The boxes say again that everything is shown."""
    choose(desk, "languages", "ur")
    desk.place.table.setFocus()
    desk.press(Key.Key_Escape)
    assert len(texts(desk)) == 116
    assert desk.place.narrowing.languages.currentData() is None


def test_another_language_of_a_work_is_another_edition_of_it(desk: Practice) -> None:
    """Author and work are taken over, title and language are not; the first edition stays."""
    key = new_text(desk, author="Faiz Ahmed Faiz", title="Dast-e-Saba", lang="ur")
    desk.desktop.window.run("readings.translate")
    desk.wait()
    form = desk.place.panels.new.form
    assert (form.draft.author, form.draft.title) == ("Faiz Ahmed Faiz", "")
    desk.type("Hand of the wind", form.editor("title"))
    desk.type("en", form.editor("lang"))
    desk.press(Key.Key_Return, CONTROL)
    assert desk.ask(lambda s: readings.draft_of(s, key)).title == "Dast-e-Saba"
    assert desk.ask(lambda s: readings.edition_rows(s, [key]))[key].also_in == ("en",)


def test_a_text_is_put_on_the_list_that_is_shown_and_taken_off(desk: Practice) -> None:
    """A offers the session chosen above; Del takes the text off and says so where none is."""
    key = new_text(desk, author="Faiz Ahmed Faiz", title="Dast-e-Saba", lang="ur")
    desk.press(Key.Key_Delete)
    assert "Choose a session above" in desk.desktop.window.message_bar.words.text()
    gap = next(row for row in desk.place.narrowing.gaps if row.missing)
    desk.place.narrowing.sessions.setFocus()
    choose(desk, "sessions", gap.session_id)
    before = texts(desk)
    reach(desk, before[0])
    desk.press(Key.Key_A)
    assert desk.place.panels.listing.form.draft.session_id == gap.session_id
    desk.press(Key.Key_Escape)
    reach(desk, before[0])
    desk.press(Key.Key_Delete)
    assert texts(desk) == before[1:]
    assert key in desk.ask(lambda s: readings.edition_ids(s, EditionView()))
    assert before[0] in desk.ask(lambda s: readings.edition_ids(s, EditionView()))


def test_a_text_takes_one_step_after_another(desk: Practice) -> None:
    """Each command takes its own step, and only one that follows."""
    key = new_text(desk, author="Faiz Ahmed Faiz", title="Dast-e-Saba", lang="ur")

    def state() -> ReadingState:
        return desk.ask(lambda s: readings.edition_rows(s, [key]))[key].state  # type: ignore[no-any-return]

    assert state() is ReadingState.WANTED
    for step, wanted in (
        ("readings.proofread", ReadingState.WANTED),
        ("readings.found", ReadingState.LOCATED),
        ("readings.check_rights", ReadingState.RIGHTS_CHECKED),
    ):
        desk.desktop.window.run(step)
        desk.wait()
        assert state() is wanted


def test_the_gap_is_shown_for_the_gathering_and_for_a_session(desk: Practice) -> None:
    """One lecture of Islamabad has no Urdu text."""
    assert "1 session is missing" in desk.place.narrowing.gap.text()
    gap = next(row for row in desk.place.narrowing.gaps if row.missing)
    choose(desk, "sessions", gap.session_id)
    assert desk.place.narrowing.gap.text() == "No text in Urdu."


def test_a_text_is_added_and_closes_a_gap_by_keyboard(desk: Practice) -> None:
    """Ctrl+N, the fields, Ctrl+Enter; A puts it on a session's list; one undo opens the gap."""
    gap = next(row for row in desk.place.narrowing.gaps if row.missing)
    desk.press(Key.Key_N, CONTROL)
    form = desk.place.panels.new.form
    desk.type("Faiz Ahmed Faiz", form.editor("author"))
    desk.type("دستِ صبا", form.editor("title"))
    desk.type("ur", form.editor("lang"))
    desk.press(Key.Key_Return, CONTROL)
    (key,) = desk.ask(lambda s: readings.edition_ids(s, EditionView(search="دست صبا")))
    desk.press(Key.Key_Escape)
    desk.place.table.select_id(key)
    desk.place.table.setFocus()
    desk.press(Key.Key_A)
    box = desk.place.panels.listing.form.editor("session_id").box
    wanted = [n for n in range(box.count()) if "missing" in box.itemText(n)]
    while box.currentIndex() != wanted[0]:
        desk.press(Key.Key_Down)
    desk.press(Key.Key_Return, CONTROL)
    listed = desk.ask(lambda s: readings.session_readings(s, gap.session_id))
    assert listed[-1].edition_id == key
    assert desk.place.narrowing.gap.text() == ""
    desk.desktop.window.run("window.undo")
    desk.wait()
    assert "1 session is missing" in desk.place.narrowing.gap.text()


def test_an_incomplete_text_is_not_added(desk: Practice) -> None:
    """The panel stays and goes to the first field that is wrong."""
    desk.press(Key.Key_N, CONTROL)
    desk.press(Key.Key_Return, CONTROL)
    assert desk.place.body.side is desk.place.panels.new
    assert desk.focus() in desk.place.panels.new.form.editor("author").parts
    desk.press(Key.Key_Escape)
    assert desk.place.body.side is None


def test_a_text_that_a_session_asks_for_is_not_removed(desk: Practice) -> None:
    """Shift+Del says why; nothing is gone."""
    choose(desk, "sessions", -1)
    desk.place.table.select_id(texts(desk)[0])
    desk.place.table.setFocus()
    desk.press(Key.Key_Delete, SHIFT)
    assert "still on the list" in desk.desktop.window.message_bar.words.text()
    assert len(desk.ask(lambda s: readings.edition_ids(s, EditionView()))) == 116


def test_the_panel_saves_what_was_edited(desk: Practice) -> None:
    """Enter, another title, Esc: saved as one change."""
    key = texts(desk)[0]
    desk.place.table.select_id(key)
    desk.press(Key.Key_Return)
    desk.type("Other words", desk.place.panels.text.form.editor("title"))
    desk.press(Key.Key_Escape)
    assert desk.ask(lambda s: readings.draft_of(s, key)).title == "Other words"


@pytest.mark.parametrize(
    ("ending", "beginning"), [(".html", b"<!"), (".pdf", b"%PDF"), (".bib", b"@")]
)
def test_the_list_is_exported(
    desk: Practice, tmp_path: Path, ending: str, beginning: bytes
) -> None:
    """The ending of the file decides the format."""
    path = tmp_path / f"list{ending}"
    desk.place.exporting.export_to(path)
    desk.wait()
    assert path.read_bytes().lstrip().startswith(beginning)
