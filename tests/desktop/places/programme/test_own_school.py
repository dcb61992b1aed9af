"""A school of one's own, from an empty file: people who work, groups, kept times, invitations."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from schoolapp.desktop.places.home.place import Home
from schoolapp.desktop.places.people.place import People
from schoolapp.desktop.places.programme.place import Programme
from schoolapp.desktop.places.settings.place import SettingsPlace
from schoolapp.domain.programme import Mode, SessionKind
from schoolapp.domain.scheduling import SessionDraft
from schoolapp.operations import centres, programme
from schoolapp.operations.people import editing
from schoolapp.operations.programme import SessionView
from schoolapp.storage.store import DbSession
from tests.databases import Place
from tests.desktop.entries import entries
from tests.desktop.real import CTRL, SHIFT, Driver

KEY = Qt.Key
T = TypeVar("T")


@pytest.fixture
def driver(qapp: QApplication, file_place: Place, clock: object) -> Iterator[Driver]:
    """A school from the first template in a window that was empty."""
    made = Driver(qapp, file_place.open, entries(Home, People, Programme, SettingsPlace))
    made.make_school()
    assert made.failures == []
    yield made
    assert made.failures == []
    made.close()


def give_mailbox(driver: Driver) -> None:
    """Letters of each centre come from somebody."""

    def give(session: DbSession) -> None:
        for draft in centres.centres_of(session):
            mailbox = {"mailbox_name": "The school", "mailbox_address": "school@example.org"}
            centres.save_centre(session, draft=replace(draft, **mailbox))

    driver.desktop.tasks.change(driver.window, "Mailboxes", give)
    driver.settle()


def draft_of(driver: Driver, title: str) -> SessionDraft:
    """The first session of this title, as it is stored."""
    gathering = driver.window.gathering.id

    def find(session: object) -> SessionDraft:
        view = SessionView(gathering_id=gathering, search=title)
        return programme.draft_of(session, programme.session_ids(session, view)[0])  # type: ignore[arg-type]

    found: SessionDraft = driver.read(find)
    return found


def open_session(driver: Driver, title: str) -> SessionDraft:
    """Open the first session of this title at the side."""
    driver.window.open_place("programme")
    draft = draft_of(driver, title)
    driver.place.open_row(draft.id)
    driver.settle()
    driver.place.panels.edit_form.first_field().setFocus()
    return draft


def enter(driver: Driver, name: str) -> None:
    """Type a name where the focus is, and press Enter."""
    driver.fill(name)
    driver.press(KEY.Key_Return)


def names(driver: Driver, part: str) -> list[str]:
    """The people of one chip of People."""
    view = editing.PeopleView(gathering_id=driver.window.gathering.id, part=part)

    def ask(session: object) -> list[str]:
        keys = editing.people_ids(session, view)  # type: ignore[arg-type]
        return [editing.name_of(session, key) for key in keys]  # type: ignore[arg-type]

    found: list[str] = driver.read(ask)
    return found


def choose(driver: Driver, field: str, words: str) -> None:
    """Choose an entry of the box that has this name."""
    driver.go_to(field)
    box = driver.focus()
    for _turn in range(box.count()):  # type: ignore[attr-defined]
        if box.currentText() == words:  # type: ignore[attr-defined]
            return
        driver.press(KEY.Key_Down)
    raise AssertionError(f"{field} does not offer {words}")


def test_a_lecturer_is_typed_into_a_session_and_invited(driver: Driver) -> None:
    """A name makes a lecturer without place and fee; with an address she is invited to speak."""
    session = open_session(driver, "Lecture")
    driver.go_to("Speakers")
    enter(driver, "Ana Pérez")
    driver.press(KEY.Key_Escape)
    assert names(driver, "lecturers") == names(driver, "team") == ["Ana Pérez"]
    assert names(driver, "participants") == []
    (speaker,) = draft_of(driver, "Lecture").speakers
    assert driver.read(lambda s: editing.name_of(s, speaker)) == "Ana Pérez"
    driver.press(KEY.Key_Z, CTRL)  # one step: the person, the work and the session
    assert draft_of(driver, "Lecture").speakers == ()
    assert names(driver, "known") == []
    driver.press(KEY.Key_Z, CTRL | SHIFT)
    driver.window.open_place("people")
    driver.settle()
    driver.place.open_row(speaker)
    driver.settle()
    driver.place.panel.form.first_field().setFocus()
    driver.go_to("E-mail")
    driver.fill("ana@example.org")
    driver.press(KEY.Key_Escape)
    driver.window.open_place("programme")
    driver.place.open_row(session.id)
    driver.settle()
    driver.window.run("programme.confirm")
    driver.settle()
    give_mailbox(driver)
    driver.press(KEY.Key_I, CTRL | SHIFT)
    page = driver.place.invitations.sending
    assert page.summary.text().startswith("1 mail; 0 first invitations, 1 new, 0 changed")
    assert "Ana Pérez" in page.text.toPlainText()


def test_nothing_states_interpretation_that_nobody_does(driver: Driver) -> None:
    """A line without a name offers no language; with an interpreter card and list say so."""
    open_session(driver, "Lecture")
    choose(driver, "Spoken in", "English")
    driver.go_to("Interpretation, Add interpretation")
    driver.press(KEY.Key_Space)
    choose(driver, "Into", "French")
    choose(driver, "How", "Whispered")
    driver.press(KEY.Key_Escape)
    assert "EN → FR" not in spoken(driver)
    open_session(driver, "Lecture")
    driver.go_to("Interpreters")
    enter(driver, "Dina Haddad")
    enter(driver, "Emil Novak")
    driver.press(KEY.Key_Escape)
    assert "EN → FR" in spoken(driver)
    (line,) = draft_of(driver, "Lecture").interpretation
    assert (line.source, line.target, line.mode) == ("en", "fr", Mode.WHISPER)
    assert names(driver, "interpreters") == ["Dina Haddad", "Emil Novak"]
    open_session(driver, "Lecture")  # a name that is known is that person
    driver.go_to("Speakers")
    enter(driver, "dina haddad")
    driver.press(KEY.Key_Escape)
    assert set(draft_of(driver, "Lecture").speakers) <= set(line.interpreters)
    assert names(driver, "known") == ["Dina Haddad", "Emil Novak"]


def spoken(driver: Driver) -> str:
    """What the cards of the day that is shown say."""
    model = driver.place.timetable.model
    role = Qt.ItemDataRole.AccessibleTextRole
    return "\n".join(model.data(model.index(n), role) or "" for n in range(model.rowCount()))


def test_the_room_of_a_group_is_changed_in_the_panel(driver: Driver) -> None:
    """A session in groups shows their rooms in place of one; the card follows."""
    open_session(driver, "Working groups")
    form = driver.place.panels.edit_form
    assert not form.editor("room_id").isVisible()
    assert "Library" not in spoken(driver)
    driver.go_to("Room of the group")
    choose(driver, "Room of the group", "Library")
    driver.press(KEY.Key_Escape)
    assert "Library, Meeting room 1, Meeting room 2" in spoken(driver)
    driver.press(KEY.Key_Z, CTRL)
    assert "Library" not in spoken(driver)


def test_a_new_session_follows_the_others_and_its_end_follows_its_start(driver: Driver) -> None:
    """Ctrl+N offers the next free time and the last room; times are a few figures."""
    driver.window.open_place("programme")
    driver.settle()
    driver.press(KEY.Key_N, CTRL)
    form = driver.place.panels.form_panel.form
    first = form.draft
    assert str(first.start) == "2028-10-21 09:30:00"
    assert form.editor("room_id").box.currentText() == "Conference hall"
    driver.fill("Film night")
    for typed, start, end in (
        ("20:00", "20:00", "21:30"), ("1930", "19:30", "21:00"), ("20", "20:00", "21:30"),
    ):  # fmt: skip
        driver.go_to("Starts")
        driver.fill(typed)
        assert (f"{form.draft.start:%H:%M}", f"{form.draft.end:%H:%M}") == (start, end)
    for typed, end in (("+90", "21 21:30"), ("2:00", "22 02:00"), ("+330", "22 01:30")):
        driver.go_to("Ends")
        driver.fill(typed)
        assert f"{form.draft.end:%d %H:%M}" == end
    driver.press(KEY.Key_Return, CTRL)
    made = draft_of(driver, "Film night")
    assert (str(made.start), made.end - made.start) == (
        "2028-10-21 20:00:00", dt.timedelta(minutes=330),
    )  # fmt: skip
    driver.press(KEY.Key_Escape)
    driver.press(KEY.Key_N, CTRL)
    second = driver.place.panels.form_panel.form.draft
    assert second.start == first.start, "the morning is still free"
    assert second.room_id == made.room_id


def test_a_session_is_repeated_every_day_in_one_step(driver: Driver) -> None:
    """Free days are left out, the series is found by its word, and one undo takes all back."""
    open_session(driver, "Introduction")
    driver.press(KEY.Key_Escape)
    driver.window.run("programme.repeat")
    driver.settle()
    driver.place.panels.repeat_panel.form.first_field().setFocus()
    choose(driver, "How often", "Every day")
    driver.go_to("Until")
    driver.fill("2028-10-30")
    driver.go_to("Series")
    driver.fill("Morning round")
    before = sessions(driver, "")
    driver.press(KEY.Key_Return, CTRL)
    made = sessions(driver, "Morning round")
    assert len(made) == 9, "ten days, without the free Saturday"
    assert {f"{one.start:%H:%M}" for one in made} == {"15:00"}
    assert dt.date(2028, 10, 28) not in {one.start.date() for one in made}
    driver.press(KEY.Key_Z, CTRL)
    assert sessions(driver, "Morning round") == []
    assert len(sessions(driver, "")) == len(before)


def sessions(driver: Driver, search: str) -> list[SessionDraft]:
    """The sessions that a search finds."""
    view = SessionView(gathering_id=driver.window.gathering.id, search=search)

    def ask(session: object) -> list[SessionDraft]:
        keys = programme.session_ids(session, view)  # type: ignore[arg-type]
        return [programme.draft_of(session, key) for key in keys]  # type: ignore[arg-type]

    found: list[SessionDraft] = driver.read(ask)
    return found


def test_prayers_are_kept_free_each_friday(driver: Driver) -> None:
    """Entered once beside rooms and modules; each Friday shows them, and what lies in them."""
    driver.window.run("home.edit")
    driver.settle()
    lines = driver.place.opened.panel.kept_free.items
    lines.add()
    choose(driver, "When", "Each Friday")
    for field, typed in (("From", "12:45"), ("To", "1430"), ("Purpose", "Friday prayers")):
        driver.go_to(field)
        driver.fill(typed)
    driver.press(KEY.Key_Return, CTRL)
    marks = str.maketrans("", "", "\u2066\u2068\u2069")  # of direction, around names and times
    said = lines.list.item(0).text().translate(marks)
    assert said == "Each Friday · 12:45–14:30 · Friday prayers"
    session = open_session(driver, "Introduction")
    timetable = driver.place.timetable
    assert timetable.model.day.programme.closed == ()
    driver.press(KEY.Key_Escape)
    timetable.days.go(6)
    driver.settle()
    (closed,) = timetable.model.day.programme.closed
    assert (closed.start, closed.why) == (dt.time(12, 45), "Friday prayers")
    open_session(driver, "Introduction")
    driver.go_to("Starts")
    driver.fill("2028-10-27 13:00")
    driver.press(KEY.Key_Escape)
    clashes = [one.kind for one in timetable.clash_list.clashes]
    assert "blocked_time" in clashes
    assert session.kind is SessionKind.PLENARY
    driver.window.run("home.edit")
    driver.settle()
    lines.list.setCurrentRow(0)
    lines.list.setFocus()
    QTest.keyClick(lines.list, KEY.Key_Delete)
    driver.settle()
    assert lines.list.count() == 0
    driver.press(KEY.Key_Z, CTRL)
    assert lines.list.count() == 1


def test_the_programme_of_the_template_goes_in_one_step(driver: Driver) -> None:
    """All sessions that are chosen are removed together; one undo brings all back."""
    driver.window.open_place("programme")
    driver.settle()
    driver.press(KEY.Key_V)
    before = sessions(driver, "")
    driver.place.table.setFocus()
    driver.press(KEY.Key_A, CTRL)
    driver.press(KEY.Key_Delete, SHIFT)
    assert sessions(driver, "") == []
    assert driver.said() == f"Remove {len(before)} sessions"
    driver.press(KEY.Key_Z, CTRL)
    assert [one.title for one in sessions(driver, "")] == [one.title for one in before]


def test_none_is_removed_if_people_know_of_one(driver: Driver) -> None:
    """The sentence says of which session."""
    session = open_session(driver, "Introduction")
    driver.press(KEY.Key_Escape)
    for step in ("confirm", "publish"):
        driver.window.run(f"programme.{step}")
        driver.settle()
    driver.press(KEY.Key_V)
    before = len(sessions(driver, ""))
    driver.place.table.setFocus()
    driver.press(KEY.Key_A, CTRL)
    driver.press(KEY.Key_Delete, SHIFT)
    assert f"People already know of “{session.title}”" in driver.said()
    driver.failures.clear()
    assert len(sessions(driver, "")) == before
