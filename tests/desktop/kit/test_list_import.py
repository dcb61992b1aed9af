"""Lists of things that one has already, taken over in the window into a school of one's own."""

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt

from schoolapp.domain.attendance import AttendanceMark
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from schoolapp.domain.readings import Edition
from schoolapp.operations.gatherings.parts import rooms_of
from tests.desktop.kit.lists import lines, take, workbook
from tests.desktop.real import CTRL, SHIFT
from tests.stories.coordinator import KEY, Coordinator


def test_rooms_come_out_of_a_dutch_sheet(desk: Coordinator, tmp_path: Path) -> None:
    """New rooms, one that changes, one named twice and one whose seats are no number."""
    before = len(desk.ask(lambda s: rooms_of(s, gathering_id=1)))
    rows = [
        ("Onze zalen", None), ("Zaal", "Zitplaatsen"), ("Grote zaal", 60),
        ("Tuinkamer", "20 pers."), ("Zolder", "veel"), ("grote  zaal", 10), ("Totaal", 90),
    ]  # fmt: skip
    file = workbook(tmp_path / "zalen.xlsx", rows)
    take(desk, 4, "programme", "programme.import_rooms", file)
    assert lines(desk) == [
        ("Grote zaal", "new", ""),
        ("Tuinkamer", "new", ""),
        ("Zolder", "new", "Seats: “veel” is not a whole number."),
        ("grote zaal", "left_out", "This is listed twice; the first row is used."),
        ("", "left_out", "The row is a total."),
    ]
    desk.save()
    rooms = {room.name: room.seats for room in desk.ask(lambda s: rooms_of(s, gathering_id=1))}
    assert len(rooms) == before + 3
    assert (rooms["Grote zaal"], rooms["Tuinkamer"], rooms["Zolder"]) == (60, 20, None)
    workbook(tmp_path / "zalen.xlsx", [*rows[1:3], ("Tuinkamer", 25)])
    take(desk, 4, "programme", "programme.import_rooms", file)
    assert [line[:2] for line in lines(desk)] == [("Grote zaal", "same"), ("Tuinkamer", "changed")]
    assert lines(desk)[1][2] == "Seats: 20 becomes 25"
    desk.save()
    desk.press(KEY.Key_Z, CTRL)
    assert {r.name: r.seats for r in desk.ask(lambda s: rooms_of(s, gathering_id=1))}[
        "Tuinkamer"
    ] == 20


def test_people_who_are_known_are_filled_and_never_overwritten(
    desk: Coordinator, tmp_path: Path
) -> None:
    """Two new contacts; again with a phone: filled; with another address: a separate person."""
    file = tmp_path / "contacts.csv"
    file.write_text(
        "First name;Last name;E-mail;Speaks\nAna;Ruiz;ana@example.org;Spanish, English\n"
        "Bo;Lind;;Swedish\n", "utf-8",
    )  # fmt: skip
    take(desk, 3, "people", "people.import", file)
    assert [line[:2] for line in lines(desk)] == [
        ("Ana Ruiz", "new"), ("Bo Lind", "new"),
    ]  # fmt: skip
    desk.save()
    file.write_text(
        "Name,Email,Phone,Languages\nAna Ruiz,ana@example.org,+34 600 000 001,French\n"
        "Bo Lind,bo@example.org,,\nAna Ruiz,other@example.org,,\n", "utf-8",
    )  # fmt: skip
    take(desk, 3, "people", "people.import", file)
    assert [line[:2] for line in lines(desk)] == [
        ("Ana Ruiz", "changed"), ("Bo Lind", "changed"), ("Ana Ruiz", "new"),
    ]  # fmt: skip
    assert "a separate person" in lines(desk)[2][2]
    desk.save()
    people = desk.ask(
        lambda s: [
            (p.display_name, p.email, p.phone, [one.lang for one in p.languages])
            for p in s.query(Person).order_by(Person.id)
        ]
    )
    assert people == [
        ("Ana Ruiz", "ana@example.org", "+34 600 000 001", ["es", "en"]),
        ("Bo Lind", "bo@example.org", None, ["sv"]),
        ("Ana Ruiz", "other@example.org", None, []),
    ]


TITLES = ("Opening", "Film evening", "Economics", "Too early")
PROGRAMME = (
    ("Día", "Hora", "Tema", "Sala", "Ponente", "Duración"),
    ("21/10/2028", "9:30-11:00", "Opening", "Great hall", "Ana Ruiz", None),
    ("21/10/2028", "20h", "Film evening", "Cinema", "Ana Ruiz y Bo Lind", 120),
    (dt.datetime(2028, 10, 22), dt.time(14, 15), "Economics", None, "Eva Novak", None),  # noqa: DTZ001
    ("2 de marzo", "9:00", "Too early", None, None, None),
)


def test_a_programme_comes_out_of_a_spanish_sheet(desk: Coordinator, tmp_path: Path) -> None:
    """Times as people write them; a room that is unknown is said; moved the next time."""
    people = tmp_path / "people.csv"
    people.write_text("Name\nAna Ruiz\nBo Lind\n", "utf-8")
    take(desk, 3, "people", "people.import", people)
    desk.save()
    rooms = tmp_path / "rooms.csv"
    rooms.write_text("Room,Capacity\nGreat hall,60\n", "utf-8")
    take(desk, 4, "programme", "programme.import_rooms", rooms)
    desk.save()
    file = workbook(tmp_path / "programa.xlsx", PROGRAMME)
    take(desk, 4, "programme", "programme.import", file)
    assert [line[:2] for line in lines(desk)] == [
        ("Opening", "new"), ("Film evening", "new"), ("Economics", "new"),
        ("Too early", "left_out"),
    ]  # fmt: skip
    remarks = [line[2] for line in lines(desk)]
    assert remarks[0] == "“Ana Ruiz” is known and will be added to this gathering as a lecturer."
    assert remarks[1] == (
        "“Bo Lind” is known and will be added to this gathering as a lecturer. · "
        "There is no room called “Cinema”; the session is added without a room."
    )
    assert remarks[2] == "“Eva Novak” is not known yet and will be added as a lecturer."
    assert "is not a date near this gathering" in remarks[3]
    desk.save()

    def stored(session):  # type: ignore[no-untyped-def]
        return {
            one.title: (one.start_local, one.end_local, one.room_id is not None, len(one.speakers))
            for one in session.query(Session).filter(Session.title.in_(TITLES))
        }

    at = dt.datetime.fromisoformat
    assert desk.ask(stored) == {
        "Opening": (at("2028-10-21 09:30"), at("2028-10-21 11:00"), True, 1),
        "Film evening": (at("2028-10-21 20:00"), at("2028-10-21 22:00"), False, 2),
        "Economics": (at("2028-10-22 14:15"), at("2028-10-22 15:45"), False, 1),
    }
    moved = (PROGRAMME[0], ("21/10/2028", "10:00-11:00", "Opening", "Great hall", "", None))
    workbook(file, moved)
    take(desk, 4, "programme", "programme.import", file)
    assert [line[:2] for line in lines(desk)] == [("Opening", "changed")]
    assert "Begins: 2028-10-21 09:30 becomes 2028-10-21 10:00" in lines(desk)[0][2]
    desk.save()
    assert desk.ask(stored)["Opening"][:2] == (at("2028-10-21 10:00"), at("2028-10-21 11:00"))


def test_texts_come_in_once(desk: Coordinator, tmp_path: Path) -> None:
    """A text in two languages is two editions; a second import changes nothing."""
    file = tmp_path / "texts.csv"
    file.write_text(
        "Auteur,Titre,Année,Langue\nRosa Luxemburg,Réforme ou révolution ?,1899,français\n"
        "Rosa Luxemburg,Reform or revolution,1899,anglais\n,Sans auteur,,français\n", "utf-8",
    )  # fmt: skip
    take(desk, 5, "readings", "readings.import", file)
    assert [line[1] for line in lines(desk)] == ["new"] * 3
    assert "kept as anonymous" in lines(desk)[2][2]
    desk.save()
    found = desk.ask(lambda s: [(e.author, e.lang, e.year) for e in s.query(Edition)])
    assert found == [
        ("Rosa Luxemburg", "fr", 1899), ("Rosa Luxemburg", "en", 1899), ("Anonymous", "fr", None),
    ]  # fmt: skip
    take(desk, 5, "readings", "readings.import", file)
    assert [line[1] for line in lines(desk)] == ["same"] * 3
    desk.press(KEY.Key_Escape)
    assert desk.place.search.isVisible()


def test_the_list_of_a_video_call_marks_the_session_that_is_open(
    desk: Coordinator, tmp_path: Path
) -> None:
    """Late, gone early, twice in the call, nobody known: one mark for each, with its times."""
    people = tmp_path / "people.csv"
    people.write_text("Name\nAna Ruiz\nBo Lind\nCy Roth\n", "utf-8")
    take(desk, 3, "people", "people.import", people)
    desk.save()
    for name in ("Ana Ruiz", "Bo Lind", "Cy Roth"):
        add_to_school(desk, name)
    sessions = tmp_path / "sessions.csv"
    sessions.write_text("Title,Start,End\nOpening,2028-10-21 9:30,11:00\n", "utf-8")
    take(desk, 4, "programme", "programme.import", sessions)
    desk.save()
    desk.go(6, "attendance")
    file = tmp_path / "call.csv"
    file.write_text(
        "Name (original name),User Email,Join time,Leave time\n"
        "Ana Ruiz,,10/21/2028 09:28:00 AM,10/21/2028 11:02:00 AM\n"
        "Bo Lind (he),,10/21/2028 09:50:00 AM,10/21/2028 10:10:00 AM\n"
        "Bo Lind (he),,10/21/2028 10:20:00 AM,10/21/2028 11:00:00 AM\n"
        "Cy Roth,,10/21/2028 09:30:00 AM,10/21/2028 10:00:00 AM\n"
        "Galaxy S9,,10/21/2028 09:30:00 AM,10/21/2028 10:00:00 AM\n", "utf-8",
    )  # fmt: skip
    take(desk, 6, "attendance", "attendance.import", file)
    assert [line[1] for line in lines(desk)] == ["new", "new", "left_out", "new", "left_out"]
    desk.save()

    def stored(session):  # type: ignore[no-untyped-def]
        return sorted((m.status.value, m.minutes, m.method) for m in session.query(AttendanceMark))

    assert desk.ask(stored) == [
        ("late", 60, "online"), ("left_early", 30, "online"), ("present", 90, "online"),
    ]  # fmt: skip
    desk.press(KEY.Key_Z, CTRL)
    assert desk.ask(stored) == []
    desk.press(KEY.Key_Z, CTRL | SHIFT)
    assert len(desk.ask(stored)) == 3


def test_times_on_a_paper_list_are_of_people_who_were_there(
    desk: Coordinator, tmp_path: Path
) -> None:
    """A list at the door with times is no call: who is on it was in the room."""
    people = tmp_path / "people.csv"
    people.write_text("Name\nAna Ruiz\n", "utf-8")
    take(desk, 3, "people", "people.import", people)
    desk.save()
    add_to_school(desk, "Ana Ruiz")
    sessions = tmp_path / "sessions.csv"
    sessions.write_text("Title,Start,End\nOpening,2028-10-21 9:30,11:00\n", "utf-8")
    take(desk, 4, "programme", "programme.import", sessions)
    desk.save()
    file = tmp_path / "door.csv"
    file.write_text("Session,Naam,Aankomst,Vertrek\nOpening,Ana Ruiz,10:00,11:00\n", "utf-8")
    take(desk, 6, "attendance", "attendance.import", file)
    desk.save()
    found = desk.ask(lambda s: [(m.status.value, m.method) for m in s.query(AttendanceMark)])
    assert found == [("late", "list")]


def add_to_school(desk: Coordinator, name: str) -> None:
    """Let somebody who is known take part."""
    from schoolapp.operations.people.participations import add_participant

    assert desk.store is not None
    key = desk.ask(lambda s: s.query(Person).filter_by(display_name=name).one().id)
    desk.store.change("Add", lambda s: add_participant(s, gathering_id=1, person_id=key))
    desk.settle()


def test_a_column_is_taken_as_something_else(desk: Coordinator, tmp_path: Path) -> None:
    """A sheet without a known heading is refused in a sentence; a wrong meaning is corrected."""
    file = tmp_path / "odd.csv"
    file.write_text("Foo,Bar\nOne,2\n", "utf-8")
    take(desk, 4, "programme", "programme.import_rooms", file)
    assert "No column was found for “Name”" in desk.refused()
    file.write_text("Room,Old name\nOne,First\n", "utf-8")
    take(desk, 4, "programme", "programme.import_rooms", file)
    page = desk.place.body.page
    page.take_as("Old name", "name")
    desk.settle()
    assert lines(desk)[0][0] == "First"
    assert page.cancel_button.focusPolicy() != Qt.FocusPolicy.NoFocus
    desk.press(KEY.Key_Escape)
    assert desk.place.views.isVisible()
