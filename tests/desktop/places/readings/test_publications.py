"""Publications in the making, from an empty file, by keyboard and mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from schoolapp.operations.readings.publications import publication_detail, publication_rows
from schoolapp.storage.opening import open_store
from tests.desktop.real import CTRL, SHIFT
from tests.stories.coordinator import KEY, Coordinator


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """The readings of an empty file."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", None, actor="Ana"))
    made.go(5, "readings")
    made.run("readings.publications")
    yield made
    made.close()


def add_book(desk: Coordinator) -> None:
    desk.click("New publication")
    desk.fill_in({"Title": "Essays on strategy", "Planned for": "autumn 2028"})
    desk.fill_in({"Stages": "collect\ntranslate"})
    desk.save()


def test_a_book_has_parts_with_texts_and_can_be_taken_away(desk: Coordinator) -> None:
    """Made, given two parts, a text in two parts refused, a part removed, undone, all removed."""
    add_book(desk)
    desk.place.body.page.table.setFocus()
    desk.press(KEY.Key_Return)
    for part, texts in (("Old texts", "Theses\nThe Mole"), ("New texts", "On Fanon")):
        desk.click("Add to Parts")
        desk.fill_in({"Part": part, "Texts": texts})
        desk.save()
    (row,) = desk.ask(publication_rows)
    assert (row.title, row.aim, row.texts) == ("Essays on strategy", "autumn 2028", 3)
    found = desk.ask(lambda s: publication_detail(s, publication_id=row.id))
    assert found.draft.stages == "collect\ntranslate"
    assert [(part.name, part.texts) for part in found.parts] == [
        ("Old texts", "Theses\nThe Mole"), ("New texts", "On Fanon"),
    ]  # fmt: skip
    desk.click("Add to Parts")
    desk.fill_in({"Part": "More", "Texts": "The Mole"})
    desk.press(KEY.Key_Return, CTRL)
    assert desk.refused().startswith("“The Mole” is in the part “Old texts” already")
    desk.press(KEY.Key_Escape)
    desk.click("Remove from Parts")
    assert desk.ask(publication_rows)[0].texts == 1
    desk.press(KEY.Key_Z, CTRL)
    assert desk.ask(publication_rows)[0].texts == 3
    desk.click("Remove")
    assert desk.ask(publication_rows) == ()
    desk.press(KEY.Key_Escape)
    assert desk.place.search.isVisible()


def test_a_title_is_asked_for_and_edits_are_saved(desk: Coordinator) -> None:
    """Without a title nothing is made; what is typed in the panel is saved when it is left."""
    desk.click("New publication")
    desk.press(KEY.Key_Return, CTRL)
    assert desk.ask(publication_rows) == ()
    desk.press(KEY.Key_Escape)
    add_book(desk)
    desk.place.body.page.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.fill_in({"Replaces": "The book of 2009"})
    desk.save()
    (row,) = desk.ask(publication_rows)
    found = desk.ask(lambda s: publication_detail(s, publication_id=row.id))
    assert found.draft.replaces == "The book of 2009"
    for _step in range(2):
        desk.press(KEY.Key_Z, CTRL)
    assert desk.ask(publication_rows) == ()
    desk.press(KEY.Key_Z, CTRL | SHIFT)
    assert len(desk.ask(publication_rows)) == 1
