"""What is entered once people are there: the desk, the tasks, groups and booths, by keyboard."""

import datetime as dt
from pathlib import Path

from schoolapp.base import clock as program_clock
from schoolapp.domain.calendars import PushedSession
from schoolapp.domain.certificates import Certificate
from schoolapp.domain.participation import Arrival, Participation, RotaTask
from schoolapp.domain.programme import Interpretation, Session, SessionGroup, SessionKind
from schoolapp.domain.readings import Edition, ReadingAssignment, ReadingState
from schoolapp.operations.attendance.rolls import roll
from tests.calendar_server import PATH, USER, calendar_server
from tests.stories.coordinator import CTRL, KEY, SHIFT, Coordinator
from tests.stories.filling import add_person


def new_delegation(desk: Coordinator, name: str) -> None:
    add_person(desk, "Bo Lind")
    desk.go(2, "applications")
    desk.run("applications.delegations")
    desk.click("New delegation")
    desk.fill_in({"Name": name, "Country, if there is one": "Sweden"})
    desk.pick("Leader", "Bo")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_Escape)


def test_a_key_is_lent_and_does_not_come_back(desk: Coordinator) -> None:
    """The desk asks for three things; the number of a key is kept; going, one point stays open."""
    add_person(desk, "Cy Roth")
    desk.go(6, "attendance")
    desk.run("attendance.arrivals")
    desk.click("Checklist…")
    desk.go_to("Asked at the desk")
    desk.press(KEY.Key_End)
    desk.press(KEY.Key_Space)  # badges are not needed
    desk.save()
    with program_clock.at(dt.datetime(2028, 10, 21, 13, tzinfo=dt.UTC)):
        desk.fill("Cy")
        desk.press(KEY.Key_Return)
        desk.go_to("Done at the desk")
        desk.press(KEY.Key_Home)
        desk.press(KEY.Key_Space)
        desk.fill_in({"Key number": "214", "What is missing, and why": "pays tomorrow"})
        desk.save()
    with program_clock.at(dt.datetime(2028, 10, 24, 9, tzinfo=dt.UTC)):
        desk.fill("Cy")
        desk.press(KEY.Key_Return)
        desk.go_to("Returned")
        desk.press(KEY.Key_Home)
        desk.press(KEY.Key_Space)
        desk.fill_in({"What is missing, and why": "had to catch a train"})
        desk.save()
    kept = desk.ask(
        lambda s: [
            (one.reason, one.left_reason, one.left_at, [(i.item, i.detail) for i in one.items])
            for one in s.query(Arrival)
        ]
    )
    left = dt.datetime(2028, 10, 24, 9, tzinfo=dt.UTC)
    items = [("identity", None), ("key", "214")]
    assert kept == [("pays tomorrow", "had to catch a train", left, items)]


def test_a_task_is_done_by_a_delegation_or_by_volunteers(desk: Coordinator) -> None:
    """The volunteers of a delegation cook; any volunteers keep watch."""
    new_delegation(desk, "Skåne")
    desk.go(3, "people")
    desk.run("people.tasks")
    desk.click("New task")
    desk.fill_in({
        "Day": "2028-10-22", "Task": "Cooking", "Delegation": "Skåne",
        "People of the delegation": "Their volunteers",
    })  # fmt: skip
    desk.save()
    desk.click("New task")
    desk.fill_in({"Day": "2028-10-22", "Task": "Night watch"})
    desk.go_to("Done by volunteers")
    desk.press(KEY.Key_Space)
    desk.save()
    done = desk.ask(
        lambda s: [
            (one.task, one.delegation_id, one.staffed_by_volunteers, one.by_volunteers)
            for one in s.query(RotaTask)
        ]
    )
    assert done == [("Cooking", 1, True, False), ("Night watch", None, None, True)]


def test_a_delegation_meets_in_a_room_of_its_own(desk: Coordinator) -> None:
    """A meeting of delegations has a group for each, and nobody else's."""
    new_delegation(desk, "Skåne")
    desk.go(4, "programme")
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({
        "Title": "Delegations", "Kind": "Delegation meeting", "Starts": "2028-10-23 20:00",
    })  # fmt: skip
    desk.click("Add a group")
    desk.fill_in({"Group": "Skåne", "Room of the group": "Library"})
    desk.save()
    groups = desk.ask(lambda s: [one.delegation_id for one in s.query(SessionGroup)])
    assert groups[-1] == 1


def test_a_language_is_interpreted_by_relay(desk: Coordinator) -> None:
    """Whoever does not know Urdu takes the English of another booth."""
    desk.go(4, "programme")
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"Title": "Debt", "Starts": "2028-10-23 09:30", "Spoken in": "English"})
    desk.click("Add interpretation")
    desk.fill_in(
        {"From": "Spanish", "Into": "French", "How": "Booth, by relay", "By relay from": "English"}
    )
    desk.save()
    lines = desk.ask(lambda s: [(one.mode.value, one.relay_via) for one in s.query(Interpretation)])
    assert lines == [("relay", "en")]


def test_a_certificate_has_the_name_in_its_own_script(desk: Coordinator) -> None:
    """Somebody who came every day has earned one, with the name as they write it."""
    add_person(desk, "Amina Khan")
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.fill_in({"Name in its own script": "آمنہ خان"})
    desk.save()
    desk.go(6, "attendance")
    with program_clock.at(dt.datetime(2028, 11, 11, 18, tzinfo=dt.UTC)):
        desk.run("attendance.roll")
        for _turn in range(60):
            desk.run("attendance.previous")
        for _turn in range(60):
            desk.press(KEY.Key_A, CTRL | SHIFT)
            desk.run("attendance.next")
        desk.run("attendance.close_all")
    desk.run("attendance.certificates")
    desk.click("Issue certificates")
    with program_clock.at(dt.datetime(2028, 11, 12, 9, tzinfo=dt.UTC)):
        desk.press(KEY.Key_Return, CTRL)
    desk.refuse_nothing()
    assert desk.ask(lambda s: [one.native_name for one in s.query(Certificate)]) == ["آمنہ خان"]


def test_what_others_wrote_into_the_calendar_stays(desk: Coordinator, tmp_path: Path) -> None:
    """Pushed, renamed there by somebody else, left so; what is new here goes there all the same."""
    desk.go(4, "programme")
    with calendar_server(tmp_path / "radicale") as server:
        desk.run("programme.push")
        desk.fill_in({"Address of the calendar": server.address, "User": USER, "Password": "x"})
        desk.save()
        desk.save()
        href = server.ask("PROPFIND", PATH, Depth="1")[1].split(b".ics")[0].split(b"<href>")[-1]
        path = href.decode() + ".ics"
        theirs = server.ask("GET", path)[1].replace(b"SUMMARY:", b"SUMMARY:Not ")
        server.ask("PUT", path, theirs)
        desk.press(KEY.Key_Escape)
        desk.press(KEY.Key_N, CTRL)
        desk.fill_in({"Title": "Film", "Starts": "2028-10-22 19:30"})
        desk.save()
        desk.run("programme.push")
        desk.fill_in({"Password": "x"})
        desk.save()
        desk.click("Keep theirs")
        desk.save()
        assert b"SUMMARY:Not " in server.whole()
        assert b"SUMMARY:Film" in server.whole()
    assert [one for one in desk.ask(lambda s: [p.theirs for p in s.query(PushedSession)]) if one]


def test_two_texts_are_read_in_order(desk: Coordinator) -> None:
    """The second one on a list is read after the first; the rights of one are checked."""
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
    desk.run("readings.found")
    desk.run("readings.check_rights")
    orders = desk.ask(lambda s: [one.order for one in s.query(ReadingAssignment)])
    assert sorted(orders) == [1, 2]
    states = desk.ask(lambda s: [one.state for one in s.query(Edition)])
    assert ReadingState.RIGHTS_CHECKED in states


def test_who_left_early_and_came_back_is_expected_again(desk: Coordinator) -> None:
    """Away from the 23rd to the 26th: in the registers of the days before and after."""
    add_person(desk, "Pia Cruz")
    desk.go(6, "attendance")
    desk.run("attendance.arrivals")
    for day in (21, 23, 26):
        with program_clock.at(dt.datetime(2028, 10, day, 18, tzinfo=dt.UTC)):
            desk.fill("Pia")
            desk.press(KEY.Key_Return)
            desk.fill_in({"What is missing, and why": "later"})
            desk.save()
    (stays,) = desk.ask(
        lambda s: [
            [(str(one.arrival), str(one.departure)) for one in part.stays]
            for part in s.query(Participation)
        ]
    )
    assert stays == [
        ("2028-10-21 00:00:00", "2028-10-23 20:00:00"),
        ("2028-10-26 20:00:00", "2028-11-11 23:59:00"),
    ]
    rolls = desk.ask(
        lambda s: {
            one.start_local.day: bool(roll(s, session_id=one.id).rows)
            for one in s.query(Session).filter(Session.kind == SessionKind.LECTURE)
        }
    )
    assert [day for day in (23, 24, 25, 27, 30) if rolls.get(day)] == [23, 27, 30]
