"""People whom lists name: who is not known is added, and everybody is engaged for their work."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from schoolapp.domain.participation import Engagement, Participation
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from tests.desktop.kit.lists import lines, take, written
from tests.desktop.real import CTRL
from tests.stories.coordinator import KEY, SHIFT, Coordinator

PROGRAMME = (
    ("Date", "Time", "Title", "Speakers", "Chair", "Interpreters", "Interpretation", "Language"),
    ("2028-10-21", "09:30", "Opening", "Dr. Dina Haddad", "Bo Lind", "Sol Vega", "Spanish",
     "English"),
    ("2028-10-21", "11:30", "Economics", "Dina Haddad; Eva Novak", "TBC",
     "Sol Vega (ES); Luc Roy (FR)", "", "English"),
    ("2028-10-21", "14:00", "Film", "All participants", "", "Kim Ito", "", "English"),
)  # fmt: skip


def team(desk: Coordinator) -> set[tuple[str, str, str]]:
    """Who works in the school: name, list and role."""
    return set(
        desk.ask(
            lambda s: [
                (work.person.display_name, work.list_name, work.role)
                for work in s.query(Engagement).filter_by(gathering_id=1)
            ]
        )
    )


def cast(desk: Coordinator) -> dict[str, tuple[list[str], list[str]]]:
    """Title to the speakers, and the interpreters with their languages."""

    def asked(session):  # type: ignore[no-untyped-def]
        wanted = session.query(Session).filter(Session.title.in_(("Opening", "Economics", "Film")))
        return {
            one.title: (
                [speaker.person.display_name for speaker in one.speakers],
                [
                    f"{line.source}>{line.target} {duty.person.display_name}"
                    for line in one.interpretation
                    for duty in line.interpreters
                ],
            )
            for one in wanted
        }

    return desk.ask(asked)


def people(desk: Coordinator) -> list[str]:
    """The names of all who are known."""
    return desk.ask(lambda s: sorted(p.display_name for p in s.query(Person)))


def answer(desk: Coordinator, number: int, *downs: int) -> None:
    """N on a row of the list, then arrows and Enter in the menu."""
    table = desk.place.body.page.table
    table.select_id(number)
    table.setFocus()
    desk.press(KEY.Key_N)
    for turn, count in enumerate(downs):
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "the menu of names is open"
        for _one in range(count):
            QTest.keyClick(menu, KEY.Key_Down)
        QTest.keyClick(menu, KEY.Key_Right if turn < len(downs) - 1 else KEY.Key_Return)
    desk.settle()


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ods"])
def test_a_programme_brings_its_people(desk: Coordinator, tmp_path: Path, ending: str) -> None:
    """From an empty file: everybody is announced, added, engaged, on their session; once only."""
    file = written(tmp_path / f"programme.{ending}", PROGRAMME)
    take(desk, 4, "programme", "programme.import", file)
    remarks = [line[2] for line in lines(desk)]
    assert remarks[0] == (
        "“Dina Haddad” is not known yet and will be added as a lecturer."
        " · “Bo Lind” is not known yet and will be added as a lecturer."
        " · “Sol Vega” is not known yet and will be added as an interpreter."
    )
    assert remarks[1] == (
        "“Eva Novak” is not known yet and will be added as a lecturer."
        " · “TBC” may not be a person’s name. Choose who it is; until then nobody is added."
        " · “Luc Roy” is not known yet and will be added as an interpreter."
    )
    assert "“All participants” may not be a person’s name" in remarks[2]
    assert "not clear into which language “Kim Ito” interprets" in remarks[2]
    assert people(desk) == []
    desk.save()
    assert team(desk) == {
        ("Dina Haddad", "lecturers", "lecturer"),
        ("Bo Lind", "lecturers", "lecturer"),
        ("Eva Novak", "lecturers", "lecturer"),
        ("Sol Vega", "interpreters", "interpreter"),
        ("Luc Roy", "interpreters", "interpreter"),
        ("Kim Ito", "interpreters", "interpreter"),
    }
    stands = {
        "Opening": (["Dina Haddad", "Bo Lind"], ["en>es Sol Vega"]),
        "Economics": (["Dina Haddad", "Eva Novak"], ["en>es Sol Vega", "en>fr Luc Roy"]),
        "Film": ([], ["->- Kim Ito"]),
    }
    assert cast(desk) == stands
    assert desk.ask(lambda s: s.query(Participation).count()) == 0
    take(desk, 4, "programme", "programme.import", file)
    assert [line[1] for line in lines(desk)] == ["same"] * 3
    assert not any("added as" in line[2] for line in lines(desk))
    desk.save()
    assert cast(desk) == stands
    assert len(people(desk)) == 6
    desk.press(KEY.Key_Z, CTRL)
    assert (people(desk), team(desk), cast(desk)) == ([], set(), {})
    desk.press(KEY.Key_Z, CTRL | SHIFT)
    assert cast(desk) == stands


def test_a_name_is_not_added_where_somebody_says_so(desk: Coordinator, tmp_path: Path) -> None:
    """By keyboard: nobody for one name, in all rows; "TBC" after all; a question is gone to."""
    file = written(tmp_path / "programme.xlsx", PROGRAMME)
    take(desk, 4, "programme", "programme.import", file)
    page = desk.place.body.page
    assert "2 rows with a question" in page.summary.text()
    desk.press(KEY.Key_Return)
    assert page.table.current_id() == 2
    answer(desk, 1, 1, 1)  # Dina Haddad: not as a new person, the next is nobody
    assert "“Dina Haddad” is not added, as you decided." in lines(desk)[0][2]
    assert "“Dina Haddad” is not added" in lines(desk)[1][2]
    answer(desk, 2, 3, 0)  # TBC: a new person
    assert "“TBC” is not known yet and will be added as a lecturer." in lines(desk)[1][2]
    assert "1 row with a question" in page.summary.text()
    desk.save()
    assert cast(desk)["Opening"][0] == ["Bo Lind"]
    assert cast(desk)["Economics"][0] == ["Eva Novak", "TBC"]
    assert "Dina Haddad" not in people(desk)


def test_two_people_of_one_name_are_a_question(desk: Coordinator, tmp_path: Path) -> None:
    """Nobody is guessed; the one who was chosen stands in the session the next time too."""
    contacts = written(
        tmp_path / "contacts.csv",
        [
            ("Name", "Email", "Country"),
            ("Ana Ruiz", "ana@example.org", "Spain"),
            ("Ana Ruiz", "other@example.org", "Chile"),
            ("Bo Lind Berg", "", ""),
        ],
    )
    take(desk, 3, "people", "people.import", contacts)
    desk.save()
    rows = [
        ("Date", "Time", "Title", "Speakers"), ("2028-10-21", "9:30", "Opening", "Ana Ruiz"),
        ("2028-10-21", "14:00", "Economics", "Bo Lind"),
    ]  # fmt: skip
    file = written(tmp_path / "programme.csv", rows)
    take(desk, 4, "programme", "programme.import", file)
    assert lines(desk)[0][2] == (
        "Several people are called “Ana Ruiz”. Choose who it is; until then nobody is added."
    )
    assert "“Bo Lind” may be somebody who is known" in lines(desk)[1][2]
    answer(desk, 1, 2)
    answer(desk, 2, 1)
    assert lines(desk)[0][2] == (
        "“Ana Ruiz” is known and will be added to this gathering as a lecturer."
    )
    desk.save()
    asked = desk.ask(lambda s: [work.person.email for work in s.query(Engagement)])
    assert asked == ["other@example.org", None]
    assert len(people(desk)) == 3
    take(desk, 4, "programme", "programme.import", file)
    assert [line[1:] for line in lines(desk)] == [("same", "")] * 2


STAFF = (
    ("Name", "E-mail", "Role", "First day", "Last day", "Languages", "Fee"),
    ("Dina Haddad", "dina@example.org", "Lecturer", "2028-10-22", "2028-10-24", "English, Arabic",
     "€ 300"),
    ("Sol Vega", "", "Interpreter", "", "", "Spanish, English", 450),
    ("Kim Ito", "kim@example.org", "Cook", "2028-10-21", "2029-05-01", "", ""),
    ("Luc Roy", "", "participant", "", "", "", ""),
    ("Eva Novak", "", "", "2028-10-22", "", "", ""),
    ("Dina Haddad", "dina@example.org", "Volunteer", "", "", "", ""),
)  # fmt: skip


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ods"])
def test_a_list_of_the_team_is_work(desk: Coordinator, tmp_path: Path, ending: str) -> None:
    """Role, days, languages and fee become work; taken over again it changes nothing."""
    file = written(tmp_path / f"team.{ending}", STAFF)
    take(desk, 3, "people", "people.import", file)
    remarks = [line[2] for line in lines(desk)]
    assert [line[1] for line in lines(desk)] == ["new"] * 6
    assert remarks[0] == "“Dina Haddad” will be added to this gathering as a lecturer."
    assert remarks[2].startswith("Last day of work: “2029-05-01” is not a date near")
    assert remarks[3] == (
        "“participant” is not work: the person is added, without a part in this gathering."
    )
    assert remarks[4] == (
        "The row has days or a fee but does not say what “Eva Novak” does; they are left out."
    )
    desk.save()

    def works(session):  # type: ignore[no-untyped-def]
        return {
            (work.person.display_name, work.role): (
                work.list_name, work.first_day, work.last_day, tuple(work.languages),
                str(work.fee or ""),
            )
            for work in session.query(Engagement)
        }  # fmt: skip

    day = dt.date
    expected = {
        ("Dina Haddad", "lecturer"): (
            "lecturers", day(2028, 10, 22), day(2028, 10, 24), ("en", "ar"), "300.00 EUR",
        ),
        ("Dina Haddad", "volunteer"): ("volunteers", None, None, (), ""),
        ("Sol Vega", "interpreter"): ("interpreters", None, None, ("es", "en"), "450.00 EUR"),
        ("Kim Ito", "Cook"): ("staff", day(2028, 10, 21), None, (), ""),
    }  # fmt: skip
    assert desk.ask(works) == expected
    assert len(people(desk)) == 5
    take(desk, 3, "people", "people.import", file)
    assert [line[1] for line in lines(desk)] == ["same"] * 6
    assert not any("will be added" in line[2] for line in lines(desk))
    desk.save()
    assert desk.ask(works) == expected
    moved = [STAFF[0], (*STAFF[1][:4], "2028-10-25", "", "€ 350")]
    take(desk, 3, "people", "people.import", written(file, moved))
    assert lines(desk)[0][1:] == (
        "changed",
        "Last day of work: 2028-10-24 becomes 2028-10-25"
        " · Fee for the work: 300.00 EUR becomes 350.00 EUR",
    )
    desk.save()
    desk.press(KEY.Key_Z, CTRL)
    desk.press(KEY.Key_Z, CTRL)
    assert (people(desk), team(desk)) == ([], set())


def test_days_in_one_column(desk: Coordinator, tmp_path: Path) -> None:
    """First and last day as people write them; days outside the school are told and left out."""
    rows = [
        ("Naam", "Functie", "Dagen"),
        ("Ana Ruiz", "docent", "22-24 October 2028"),
        ("Bo Lind", "tolk", "22/10/2028 – 23/10/2028"),
        ("Cy Roth", "keuken", "21 October 2028"),
        ("Di Stone", "vrijwilliger", "1 September 2028 to 3 September 2028"),
    ]
    take(desk, 3, "people", "people.import", written(tmp_path / "team.csv", rows))
    assert "This day is not one of the gathering's" in lines(desk)[3][2]
    desk.save()
    found = desk.ask(
        lambda s: {
            w.person.display_name: (w.list_name, w.first_day and w.first_day.day,
                                    w.last_day and w.last_day.day)
            for w in s.query(Engagement)
        }
    )  # fmt: skip
    assert found == {
        "Ana Ruiz": ("lecturers", 22, 24),
        "Bo Lind": ("interpreters", 22, 23),
        "Cy Roth": ("staff", 21, 21),
        "Di Stone": ("volunteers", None, None),
    }
