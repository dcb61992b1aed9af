"""Lists that say something else the second time, twice, or not at all."""

from pathlib import Path

from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from schoolapp.domain.readings import Edition
from tests.desktop.kit.lists import lines, take, written
from tests.stories.coordinator import Coordinator

HEAD = ("Date", "Time", "Title", "Speakers", "Abstract")


def speakers(desk: Coordinator) -> list[str]:
    """Who speaks at the opening."""
    return desk.ask(
        lambda s: [
            one.person.display_name
            for one in s.query(Session).filter_by(title="Opening").one().speakers
        ]
    )


def test_a_speaker_who_was_replaced_is_replaced(desk: Coordinator, tmp_path: Path) -> None:
    """Old and new are named; a question or an empty cell takes nobody out."""
    file = tmp_path / "programme.csv"

    def again(names: str) -> tuple[str, str]:
        rows = [HEAD, ("2028-10-21", "09:30", "Opening", names, "About money")]
        take(desk, 4, "programme", "programme.import", written(file, rows))
        return lines(desk)[0][1:]

    again("Ana Ruiz; Bo Lind")
    page = desk.place.body.page
    assert "columns left out: " in page.summary.text()
    assert "Abstract" in page.summary.text()
    desk.save()
    assert again("Bo Lind; Eva Novak")[0] == "changed"
    assert "Speakers: Ana Ruiz, Bo Lind becomes Bo Lind, Eva Novak" in lines(desk)[0][2]
    desk.save()
    assert speakers(desk) == ["Bo Lind", "Eva Novak"]
    assert again("")[0] == "same"
    desk.save()
    assert again("Bo Lind; TBC")[0] == "same"
    desk.save()
    assert again("Bo Lind") == ("changed", "Speakers: Bo Lind, Eva Novak becomes Bo Lind")
    desk.save()
    assert speakers(desk) == ["Bo Lind"]


def test_two_rows_of_one_person_say_so(desk: Coordinator, tmp_path: Path) -> None:
    """What the second row would change after the first is what is shown, and what is done."""
    file = tmp_path / "people.csv"
    rows = [("Name", "E-mail", "Phone"), ("Ana Ruiz", "", "")]
    take(desk, 3, "people", "people.import", written(file, rows))
    desk.save()
    rows = [
        rows[0],
        ("Ana Ruiz", "ana@example.org", ""),
        ("ANA RUIZ", "other@example.org", "+34 600 000 001"),
        ("Bo Lind", "bo@example.org", ""),
        ("Bo Lind", "lind@example.org", ""),
    ]
    take(desk, 3, "people", "people.import", written(file, rows))
    found = lines(desk)
    assert [line[1] for line in found] == ["changed", "changed", "new", "new"]
    assert found[1][2].startswith("Row 1 is about the same person; this one fills what is still")
    assert "The address “other@example.org” is not taken" in found[1][2]
    assert "E-mail: " not in found[1][2]
    assert found[3][2] == "Row 3 has the same name; this row becomes a separate person."
    desk.save()
    known = desk.ask(lambda s: sorted((p.display_name, p.email, p.phone) for p in s.query(Person)))
    assert len(known) == 3


def test_a_profession_among_the_roles_is_told(desk: Coordinator, tmp_path: Path) -> None:
    """A role that is no work by its name is named before anybody becomes staff by it."""
    rows = [("Name", "Role"), ("Ana Ruiz", "secretary"), ("Bo Lind", "staff")]
    take(desk, 3, "people", "people.import", written(tmp_path / "people.csv", rows))
    assert [line[2] for line in lines(desk)] == [
        "“secretary” is taken as a task: the person will be added to this gathering as staff.",
        "“Bo Lind” will be added to this gathering as staff.",
    ]


def test_the_language_of_a_text_is_not_guessed(desk: Coordinator, tmp_path: Path) -> None:
    """In a school of several languages it is a doubt; a text that is known keeps its own."""
    file = tmp_path / "texts.csv"
    rows = [("Author", "Title", "Language"), ("Rosa Luxemburg", "Reforma", "español")]
    take(desk, 5, "readings", "readings.import", written(file, rows))
    desk.save()
    again = [("Author", "Title", "Year"), ("Rosa Luxemburg", "Reforma", 2004),
             ("Karl Marx", "El capital", 1867)]  # fmt: skip
    take(desk, 5, "readings", "readings.import", written(file, again))
    assert [line[1] for line in lines(desk)] == ["changed", "left_out"]
    assert "taken as one in Spanish" in lines(desk)[0][2]
    assert lines(desk)[1][2] == "Say in which language this edition is."
    desk.save()
    stored = desk.ask(lambda s: [(e.title, e.lang, e.year) for e in s.query(Edition)])
    assert stored == [("Reforma", "es", 2004)]
