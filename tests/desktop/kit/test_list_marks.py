"""Marks that lists bring: whose they are, what they say, and for how many minutes."""

from pathlib import Path

from schoolapp.domain.attendance import AttendanceMark
from tests.desktop.kit.lists import lines, take, written
from tests.desktop.kit.test_list_import import add_to_school
from tests.stories.coordinator import Coordinator

PEOPLE = (
    ("Name", "Email"),
    ("Juan Cruz", "couple@example.org"),
    ("Pia Cruz", ""),
    ("Mona Haddad", "mona@example.org"),
    ("Ewa Lind", "ewa@example.org"),
)


def school(desk: Coordinator, tmp_path: Path) -> None:
    """Four people who take part, and a session of 90 minutes."""
    take(desk, 3, "people", "people.import", written(tmp_path / "people.csv", PEOPLE))
    desk.save()
    for name, _email in PEOPLE[1:]:
        add_to_school(desk, name)
    session = [("Title", "Start", "End"), ("Opening", "2028-10-21 9:30", "11:00")]
    take(desk, 4, "programme", "programme.import", written(tmp_path / "s.csv", session))
    desk.save()


def stored(desk: Coordinator) -> dict[str, tuple[str, int]]:
    """Name to the mark and its minutes."""
    return desk.ask(
        lambda s: {
            one.participation.person.display_name: (one.status.value, one.minutes)
            for one in s.query(AttendanceMark)
        }
    )


def test_name_and_address_agree_or_nothing_is_marked(desk: Coordinator, tmp_path: Path) -> None:
    """Another's address, a stranger's name, contrary rows: said, and nothing is marked."""
    school(desk, tmp_path)
    rows = [
        ("Session", "Name", "E-mail", "Present"),
        ("Opening", "Pia Cruz", "couple@example.org", "x"),
        ("Opening", "Somebody Else", "mona@example.org", "x"),
        ("Opening", "Ewa", "ewa@example.org", "late"),
        ("Opening", "Juan Cruz", "couple@example.org", "absent"),
        ("Opening", "Juan Cruz", "", "x"),
        ("Opening", "Mona Haddad", "", "excusée"),
    ]
    take(desk, 6, "attendance", "attendance.import", written(tmp_path / "marks.xlsx", rows))
    found = lines(desk)
    assert [line[1] for line in found] == [
        "left_out", "left_out", "new", "left_out", "left_out", "new",
    ]  # fmt: skip
    assert "not that of the person with this address" in found[0][2]
    assert "not that of the person with this address" in found[1][2]
    assert "both that this person was there and was not" in found[3][2]
    assert "both that this person was there and was not" in found[4][2]
    desk.save()
    assert stored(desk) == {"Ewa Lind": ("late", 90), "Mona Haddad": ("excused", 0)}


def test_minutes_of_a_call_are_those_in_it(desk: Coordinator, tmp_path: Path) -> None:
    """Ten minutes at the start and ten at the end are twenty; two devices count once."""
    school(desk, tmp_path)
    day = "10/21/2028"
    rows = [
        ("Topic", "Name (Original Name)", "User Email", "Join Time", "Leave Time"),
        ("Opening", "Pia (Pia Cruz)", "", f"{day} 09:30:00 AM", f"{day} 09:40:00 AM"),
        ("Opening", "Pia (Pia Cruz)", "", f"{day} 10:50:00 AM", f"{day} 11:00:00 AM"),
        ("Opening", "Ewa Lind", "", f"{day} 09:28:00 AM", f"{day} 11:00:00 AM"),
        ("Opening", "Ewa Lind", "", f"{day} 09:40:00 AM", f"{day} 10:10:00 AM"),
    ]
    file = written(tmp_path / "call.csv", rows)
    take(desk, 6, "attendance", "attendance.import", file)
    assert lines(desk)[0][2] == "20 minutes are counted: this person was away in between."
    desk.save()
    assert stored(desk) == {"Pia Cruz": ("present", 20), "Ewa Lind": ("present", 90)}
    take(desk, 6, "attendance", "attendance.import", file)
    assert [line[1] for line in lines(desk)] == ["same", "left_out", "same", "left_out"]


def test_the_minutes_that_a_report_counts_are_used(desk: Coordinator, tmp_path: Path) -> None:
    """The report of Teams: minutes in the meeting; its second table is not counted again."""
    school(desk, tmp_path)
    rows = [
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Session"),
        ("Ewa Lind", "10/21/28, 9:31:11 AM", "10/21/28, 11:00:00 AM", "12m 4s",
         "ewa@example.org", "Opening"),
        ("", "", "", "", "", ""),
        ("3. In-Meeting Activities", "", "", "", "", ""),
        ("Name", "Join Time", "Leave Time", "Duration", "Email", "Session"),
        ("Ewa Lind", "10/21/28, 9:31:11 AM", "10/21/28, 9:37:00 AM", "6m", "ewa@example.org",
         "Opening"),
    ]  # fmt: skip
    take(desk, 6, "attendance", "attendance.import", written(tmp_path / "teams.csv", rows))
    assert lines(desk)[-1][2] == "The row is of another table in the same sheet, which is not read."
    desk.save()
    assert stored(desk) == {"Ewa Lind": ("present", 12)}
