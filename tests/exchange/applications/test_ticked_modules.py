"""Modules that a form spreads over columns with ticks, whatever it asks above them."""

import datetime as dt

import pytest

from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        ("I will attend [{}]", ("0,1,0", "1,0,1", "0,0,0")),
        ("Which week: {}", (",x,", "x,,x", ",,")),
        ("Which week: {}", ("No,Yes,No", "Yes,No,Yes", "No,No,No")),
        ("Modules [{}]", ("No,Yes,No", "Yes,No,Yes", "No,No,No")),
        ("{}", ("0,1,0", "1,0,1", "0,0,0")),
    ],
)
def test_a_column_for_each_module_is_ticked(question: str, cells: tuple[str, ...]) -> None:
    """A one below "Module 2" is a tick, no number of a module."""
    heads = ",".join(question.format(f"Module {n}") for n in (1, 2, 3))
    rows = [f"Person {letter},{row}" for letter, row in zip("ABC", cells, strict=True)]
    data = "\n".join([f"Name,{heads}", *rows]).encode()
    sheet = understand(read(data, "form.csv"), "form.csv", reference_date=dt.date(2028, 10, 21))
    said = [row.answers.modules for row in sheet.rows]
    assert said == [("Module 2",), ("Module 1", "Module 3"), ()]


def test_one_column_says_which_module() -> None:
    """A one below "Module" is the first module."""
    data = b"Name,Module\nAna Ruiz,1\nBo Dahl,1\n"
    sheet = understand(read(data, "form.csv"), "form.csv", reference_date=dt.date(2028, 10, 21))
    assert [row.answers.modules for row in sheet.rows] == [("1",), ("1",)]
