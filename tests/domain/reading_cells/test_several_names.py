"""Cells that name people, and cells that say what somebody does."""

import pytest

from schoolapp.domain.reading_cells.several_names import names_in
from schoolapp.domain.reading_cells.work_words import works_in

KNOWN = {"ortega y gasset", "dina haddad"}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Dr. Ana Ruiz, PhD", ["Ana Ruiz"]),
        ("Haddad, Dina", ["Dina Haddad"]),
        ("Ruiz, Ana; Lind, Bo", ["Ana Ruiz", "Bo Lind"]),
        ("Ana Ruiz, Bo Lind & Cy", ["Ana Ruiz", "Bo Lind", "Cy"]),
        ("Ortega y Gasset", ["Ortega y Gasset"]),
        ("Ana Ruiz y Bo Lind\nCy Roth", ["Ana Ruiz", "Bo Lind", "Cy Roth"]),
        ("Ana Ruiz; ana ruiz", ["Ana Ruiz"]),
        ("Chair: Jean-Luc Roy / Bo Lind – IIRE", ["Jean-Luc Roy", "Bo Lind"]),
        ("-", []),
        ("n/a", []),
    ],
)
def test_the_people_of_a_cell(cell: str, names: list[str]) -> None:
    """Signs and "and" of the form's languages part names; a known name is never parted."""
    found = names_in(cell, lambda name: name.casefold() in KNOWN)
    assert [one.name for one in found] == names
    assert all(one.sure for one in found)


@pytest.mark.parametrize(
    "cell", ["TBC", "All participants", "Group 2", "to be confirmed", "Ruiz, Ana"]
)
def test_what_may_be_no_name_is_not_sure(cell: str) -> None:
    """Words that stand where a name would are a question, and so is one name or two."""
    (one,) = names_in(cell, lambda _name: False)
    assert not one.sure


def test_languages_of_interpreters_stand_aside() -> None:
    """In brackets or before the name; signs in brackets part nothing."""
    found = names_in("Sol Vega (EN, ES) and FR: Luc Roy", lambda _name: False)
    assert [(one.name, one.aside) for one in found] == [("Sol Vega", "EN, ES"), ("Luc Roy", "FR")]


@pytest.mark.parametrize(
    ("cell", "works"),
    [
        ("Lecturer", {"lecturers": ""}),
        ("docente, intérprete", {"lecturers": "", "interpreters": ""}),
        ("Guest lecturer", {"lecturers": "Guest lecturer"}),
        ("Cook", {"staff": "Cook"}),
        ("vrijwilliger", {"volunteers": ""}),
        ("participant", {}),
        ("", {}),
    ],
)
def test_what_somebody_does(cell: str, works: dict[str, str]) -> None:
    """A list of work by its name, with the task where it says more; who takes part does none."""
    assert works_in(cell) == works
