"""People by keyboard: finding, adding, editing, stays and modules, private columns."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QLabel

from schoolapp.desktop.places.people.person_panel import FIELDS
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import DRAFT_FIELDS
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations import history
from schoolapp.operations.people import editing, participations
from schoolapp.operations.people.engagements import save_engagement
from schoolapp.storage.store import DbSession
from tests import builders as b
from tests.databases import Place
from tests.desktop.real import CTRL, SHIFT, Driver

KEY = Qt.Key


def fill(session: DbSession) -> None:
    """A school with three modules, a guest, a lecturer, and a person without a part."""
    at = b.gathering(session, modules=3, title="Debt school")
    guest = b.person(session, name="Ana Pérez", mother_tongue="es", country="MX")
    born = dt.date(1990, 5, 1)
    lecturer = b.person(session, name="Bilal Khan", native_name="بلال خان", born=born)
    b.person(session, name="Carmen Cruz")
    b.participation(session, guest, at)
    save_engagement(session, EngagementDraft(gathering_id=at.id, people=(lecturer.id,)))


@pytest.fixture
def driver(qapp: QApplication, file_place: Place) -> Iterator[Driver]:
    """The people of a school."""
    store = file_place.open()
    store.change("Fill", fill)
    store.close()
    made = Driver(qapp, file_place.open)
    made.window.choose(made.window.gatherings[0].id)
    made.settle()
    made.press(KEY.Key_2, CTRL)
    yield made
    made.close()


def test_the_panel_edits_each_field_of_the_draft() -> None:
    """What a draft of a person holds has one editor; only the row's own key has none."""
    edited = sorted(field.name for field in FIELDS)
    assert edited == sorted((*DRAFT_FIELDS, "languages"))


def shown(driver: Driver) -> list[str]:
    """The names in the table."""
    lazy = driver.place.table.lazy
    return [lazy.row(key).plain for key in lazy.ids()]


def find(driver: Driver, text: str) -> None:
    """Search, and wait as long as the search waits for more letters."""
    driver.press(KEY.Key_F, CTRL)
    driver.fill(text)
    driver.place.search.search_now()
    driver.settle()


def part_of(driver: Driver, name: str) -> participations.ParticipationDraft | None:
    """The participation of a person in the gathering."""
    at = driver.window.gathering.id

    def query(session: DbSession) -> participations.ParticipationDraft | None:
        ((person_id, _name),) = editing.find_people(session, name)
        key = participations.participation_id(session, gathering_id=at, person_id=person_id)
        return participations.draft_of(session, participation_id=key) if key else None

    return driver.read(query)  # type: ignore[no-any-return]


def test_chips_count_the_people_with_each_part(driver: Driver) -> None:
    """In the gathering at first; all known on a chip; the numbers are the rows."""
    assert shown(driver) == ["Ana Pérez", "Bilal Khan"]
    for key, count in (("participants", 1), ("lecturers", 1), ("known", 3)):
        driver.place.chips._chips[key].setFocus()
        driver.press(KEY.Key_Space)
        assert len(shown(driver)) == count
    labels = [c.accessibleName() for c in driver.place.chips._chips.values() if c.isVisible()]
    assert labels == [
        "In this gathering, 2", "Participants, 1", "Team, 1", "Lecturers, 1", "All known, 3",
    ]  # fmt: skip


def test_search_finds_while_one_types(driver: Driver) -> None:
    """By any name, in any script; Esc shows all again."""
    find(driver, "بلال")
    assert shown(driver) == ["Bilal Khan"]
    driver.press(KEY.Key_Escape)
    assert len(shown(driver)) == 2


def test_a_new_person_takes_part_at_once(driver: Driver) -> None:
    """Ctrl+N, name, Ctrl+Enter: known, and a participant from the first day to the last."""
    driver.steps = 0
    driver.press(KEY.Key_N, CTRL)
    driver.fill("Dilnoza Karimova")
    driver.press(KEY.Key_Return, CTRL)
    assert driver.steps == 3
    assert "Dilnoza Karimova" in shown(driver)
    part = part_of(driver, "Dilnoza")
    assert part is not None
    assert len(part.modules) == 3
    driver.press(KEY.Key_Z, CTRL)
    assert "Dilnoza Karimova" not in shown(driver)


def test_a_name_is_asked_for(driver: Driver) -> None:
    """Nothing is made without one; the sentence is shown under the field."""
    driver.press(KEY.Key_N, CTRL)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.name() == "Name"
    assert "single word" in driver.focus().accessibleDescription()
    assert len(shown(driver)) == 2


def open_person(driver: Driver, name: str) -> None:
    """Put the cursor on a person and open the panel."""
    lazy = driver.place.table.lazy
    (key,) = [key for key in lazy.ids() if lazy.row(key).plain == name]
    driver.place.table.setFocus()
    driver.place.table.select_id(key)
    driver.press(KEY.Key_Return)


def test_core_fields_are_edited_in_the_panel(driver: Driver) -> None:
    """Country by name, languages with levels; saved when the form is left."""
    open_person(driver, "Ana Pérez")
    for name, text in (
        ("Country", "philippines"),
        ("Born", "1.2.2001"),
        ("Languages", "Spanish native, French C1"),
    ):
        driver.go_to(name)
        driver.fill(text)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.said() == "Edit Ana Pérez"
    draft = driver.read(
        lambda s: editing.draft_of(s, person_id=editing.find_people(s, "Ana")[0][0])
    )
    assert (draft.country, str(draft.born), draft.version) == ("PH", "2001-02-01", 2)
    assert draft.languages == (("es", "native"), ("fr", "C1"))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("Country", "Atlantis", "no country"),
        ("Languages", "Klingon B2", "no language"),
        ("Languages", "English X9", "There is no language “English X9”"),
        ("E-mail", "ana at example", "not an e-mail address"),
    ],
)
def test_a_field_that_cannot_be_read_says_so(
    driver: Driver, name: str, text: str, sentence: str
) -> None:
    """The problem is shown when the field is left, never while typing; nothing is saved."""
    open_person(driver, "Ana Pérez")
    driver.go_to(name)
    driver.fill(text)
    field = driver.focus()
    driver.press(KEY.Key_Tab)
    assert sentence in field.accessibleDescription()
    driver.press(KEY.Key_Return, CTRL)
    draft = driver.read(
        lambda s: editing.draft_of(s, person_id=editing.find_people(s, "Ana")[0][0])
    )
    assert draft.version == 1


def test_stays_modules_and_needs_are_edited(driver: Driver) -> None:
    """A second stay is added; both forms of the panel save on their own."""
    open_person(driver, "Ana Pérez")
    driver.go_to("Arrival and departure, Departure")
    driver.fill("2027-10-30 12:00")
    driver.go_to("Arrival and departure, Another stay")
    driver.press(KEY.Key_Space)
    assert driver.name() == "Arrival"
    driver.fill("2027-11-02 9:00")
    driver.go_to("Departure")
    driver.fill("2027-11-12 18:00")
    driver.go_to("Diet")
    driver.fill("vegan")
    driver.press(KEY.Key_Return, CTRL)
    assert driver.failures == []
    part = part_of(driver, "Ana")
    assert part is not None
    assert [str(end) for _start, end in part.stays] == [
        "2027-10-30 12:00:00",
        "2027-11-12 18:00:00",
    ]
    assert part.diet == "vegan"


def test_a_known_person_is_added_and_taken_out(driver: Driver) -> None:
    """From "All known" by Ctrl+Shift+A; taking out leaves the person known."""
    driver.place.chips._chips["known"].setFocus()
    driver.press(KEY.Key_Space)
    open_person(driver, "Carmen Cruz")
    driver.press(KEY.Key_A, CTRL | SHIFT)
    assert part_of(driver, "Carmen") is not None
    assert "Debt school" in driver.said()
    driver.window.run("people.take_out")
    driver.settle()
    assert part_of(driver, "Carmen") is None
    assert "Carmen Cruz" in shown(driver)


def test_a_person_with_a_part_cannot_be_removed(driver: Driver) -> None:
    """The sentence says why; a person without a part goes, and undo restores."""
    open_person(driver, "Ana Pérez")
    driver.window.run("people.remove")
    driver.settle()
    assert "has a part in a gathering" in driver.said()
    driver.window.run("people.take_out")
    driver.settle()
    driver.place.chips._chips["known"].setFocus()
    driver.press(KEY.Key_Space)
    open_person(driver, "Ana Pérez")
    driver.window.run("people.remove")
    driver.settle()
    assert "Ana Pérez" not in shown(driver)


def test_a_person_without_a_part_is_not_taken_out(driver: Driver) -> None:
    """A lecturer does not take part: the message bar says so, and nothing is changed."""
    open_person(driver, "Bilal Khan")
    driver.window.run("people.take_out")
    driver.settle()
    assert driver.said() == "This person does not take part in this gathering."
    assert "Bilal Khan" in shown(driver)


def test_a_person_is_opened_whatever_was_searched_for(driver: Driver) -> None:
    """Going to a person who is filtered out takes the search away."""
    lazy = driver.place.table.lazy
    (key,) = [key for key in lazy.ids() if lazy.row(key).plain == "Ana Pérez"]
    find(driver, "Bilal")
    driver.place.open_row(key)
    driver.settle()
    assert driver.place.table.current_id() == key
    assert driver.place.panel.title.text() == "\u2068Ana Pérez\u2069"


def test_the_panel_opens_with_what_is_private_hidden(driver: Driver) -> None:
    """Hidden before the panel was made: it is hidden there too."""
    driver.press(KEY.Key_H, CTRL | SHIFT)
    open_person(driver, "Ana Pérez")
    assert not driver.place.panel.form.editor("born").isVisible()
    for name in ("diet", "access", "note"):
        assert not driver.place.panel.part_form.editor(name).isVisible()
    assert driver.place.panel.part_form.isVisible()


def test_two_selected_people_are_joined(driver: Driver) -> None:
    """The one known longer stays, whichever was selected first; undo parts them again."""
    driver.place.chips._chips["known"].setFocus()
    driver.press(KEY.Key_Space)
    lazy, table = driver.place.table.lazy, driver.place.table
    keys = {lazy.row(key).plain: key for key in lazy.ids()}
    first, second = sorted((keys["Ana Pérez"], keys["Carmen Cruz"]))
    table.setFocus()
    table.select_id(second)
    at = table.lazy.index(table.lazy.position(first), 0)
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(at, rows)
    driver.settle()
    driver.window.run("people.join")
    driver.settle()
    assert driver.said() == "Join Ana Pérez and Carmen Cruz"
    assert first in list(lazy.ids())
    assert second not in list(lazy.ids())
    driver.press(KEY.Key_Z, CTRL)
    assert {first, second} <= set(lazy.ids())


def test_one_key_hides_what_is_private(driver: Driver) -> None:
    """Age and address in the table; birth, needs and contacts in the panel."""
    open_person(driver, "Ana Pérez")
    table = driver.place.table
    private = [n for n, column in enumerate(table.lazy.columns) if column.private]
    assert [table.lazy.columns[n].title for n in private] == ["Age", "E-mail"]
    driver.press(KEY.Key_H, CTRL | SHIFT)
    assert all(table.isColumnHidden(n) for n in private)
    assert not driver.place.panel.part_form.editor("diet").isVisible()
    assert not driver.place.panel.form.editor("born").isVisible()
    driver.press(KEY.Key_H, CTRL | SHIFT)
    assert not any(table.isColumnHidden(n) for n in private)
    assert driver.place.panel.part_form.editor("diet").isVisible()


def test_S05_people_known_twice_are_joined_by_a_key(driver: Driver) -> None:
    """S05: Ctrl+Shift+D shows the pair side by side, S joins it, undo parts it again."""

    def fill(session: DbSession) -> None:
        for name in ("Anna Perez", "Ana Perez"):
            b.person(session, name=name, email="ana@example.org", country="MX")

    driver.desktop.tasks.change(driver.window, "Duplicates", fill)
    driver.settle()
    driver.press(KEY.Key_D, CTRL | SHIFT)
    page = driver.place.pages.duplicates
    before = page.table.lazy.rowCount()
    assert before
    assert "ana@example.org" in page.pair.texts()
    driver.press(KEY.Key_S)
    assert page.table.lazy.rowCount() < before
    driver.press(KEY.Key_Z, CTRL)
    assert page.table.lazy.rowCount() == before
    driver.press(KEY.Key_T)
    assert page.table.lazy.rowCount() == before - 1
    driver.press(KEY.Key_Escape)
    assert driver.place.table.isVisible()


def test_S24_a_person_is_erased_for_good(driver: Driver) -> None:
    """S24: what goes and what stays is shown first; a reason is needed; there is no way back."""

    def over(session: DbSession) -> None:
        school = session.query(Gathering).one()
        first, last = dt.date(2020, 5, 1), dt.date(2020, 5, 21)
        b.edit_gathering(session, school, start_date=first, end_date=last)

    driver.desktop.tasks.change(driver.window, "End", over)
    driver.settle()
    (key,) = (k for k in driver.place.table.lazy.ids() if shown_name(driver, k) == "Ana Pérez")
    driver.place.table.select_id(key)
    driver.settle()
    driver.window.run("people.erase")
    driver.settle()
    form_panel = driver.place.body.side
    assert form_panel.title.text() == "Erase \u2068Ana Pérez\u2069"
    reported = " ".join(
        label.text() for label in form_panel.findChildren(QLabel) if label.isVisible()
    )
    assert "Names, addresses, languages, notes" in reported
    assert "Presence and stays" in reported
    assert "cannot be undone" in reported
    assert form_panel._create.property("danger")
    driver.press(KEY.Key_Return, CTRL)
    assert "Ana Pérez" in shown(driver)  # not without a reason
    driver.fill("Asked for it by letter")
    driver.press(KEY.Key_Return, CTRL)
    assert "Ana Pérez" not in shown(driver)
    steps = driver.read(lambda s: [(r.title, r.final) for r in history.recent_steps(s)])
    assert steps[0] == ("Erase a person: \u2068Asked for it by letter\u2069", True)
    assert not any("Ana" in title for title, _final in steps)
    driver.press(KEY.Key_Z, CTRL)
    driver.press(KEY.Key_Z, CTRL)
    assert "Ana Pérez" not in shown(driver)


def shown_name(driver: Driver, key: int) -> str:
    """The name of a line of the table."""
    return str(driver.place.table.lazy.row(key).plain)
