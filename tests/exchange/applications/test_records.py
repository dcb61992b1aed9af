"""Quotes and delimiters that went wrong: told, mended where it is clear, and no row is lost."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.records import LenientReader, Shape, records_of

PEOPLE = [
    ["Full name", "E-mail", "Country", "Motivation"],
    ["Ana Ruiz", "ana@example.org", "Spain", "to learn"],
    ["Bo Dahl", "bo@example.org", "Sweden", "to meet"],
    ["Cy Lee", "cy@example.org", "Ireland", "to read"],
]
CELL = st.text(st.sampled_from("ab,;\"'\n é\t"), max_size=8)


def sheet(text: str) -> ImportedSheet:
    return understand(read(text.encode(), "a.csv"), "a.csv", reference_date=dt.date(2027, 10, 23))


def names(found: ImportedSheet) -> list[str | None]:
    return [row.person.full_name for row in found.rows]


def codes(found: ImportedSheet, row: int) -> set[str]:
    return {issue.code for issue in found.rows[row - 1].issues}


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_is_written_correctly_is_read_the_same_by_both_readers(rows: list[list[str]]) -> None:
    """The reader for broken quotes gives what csv gives wherever the quotes are in order."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    reader = LenientReader(out.getvalue(), Shape(",", 99, None, escaped=False))
    assert reader.rows == list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert reader.odd == []


@settings(deadline=None)  # the words of the languages are read once
@given(st.integers(1, 3), st.integers(0, 3))
def test_a_quote_that_never_closes_swallows_no_row(row: int, column: int) -> None:
    """Wherever a quote is left open, each person is still in a row of their own, one is marked."""
    lines = [list(cells) for cells in PEOPLE]
    lines[row][column] = '"' + lines[row][column]
    found = sheet("\n".join(",".join(cells) for cells in lines) + "\n")
    assert names(found) == ["Ana Ruiz", "Bo Dahl", "Cy Lee"]
    marked = [number for number in (1, 2, 3) if "quote_open" in codes(found, number)]
    assert marked == [row]


def test_the_next_quote_of_the_file_does_not_close_it() -> None:
    """Three people between an open quote and another one stay three people."""
    text = "\n".join(",".join(cells) for cells in PEOPLE)
    text = text.replace("to learn", '"to learn').replace("to read", 'to "read"')
    found = sheet(text)
    assert names(found) == ["Ana Ruiz", "Bo Dahl", "Cy Lee"]
    assert found.rows[0].answers.motivation == "to learn"


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    """Prose with line breaks and commas is no record, whatever its number of commas."""
    prose = "I was there in 2019,\nand, I hope, will come again,\nreally, yes, please, do"
    lines = [*PEOPLE[:2], ["Bo Dahl", "bo@example.org", "Sweden", prose]]
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    found = sheet(out.getvalue())
    assert names(found) == ["Ana Ruiz", "Bo Dahl"]
    assert found.rows[1].answers.motivation == prose
    assert "quote_open" not in codes(found, 2)


def test_quotes_with_a_backslash_are_quotes() -> None:
    """The cells behind such a quote stay under their headings, and the row says what was odd."""
    text = '"Motivation","Full name","E-mail"\n"I \\"love, love\\" it","Ana Ruiz","a@example.org"\n'
    found = sheet(text)
    assert found.rows[0].person.full_name == "Ana Ruiz"
    assert found.rows[0].answers.motivation == 'I "love, love" it'
    assert "quote_escaped" in codes(found, 1)


def test_a_backslash_at_the_end_of_a_cell_is_a_backslash() -> None:
    """A path in quotes ends where its quote ends."""
    rows, odd = records_of('"name","path"\n"a","C:\\"\n"b","D:\\"\n', ",")
    assert rows == [["name", "path"], ["a", "C:\\"], ["b", "D:\\"]]
    assert odd == ()


def moved(*cells: str) -> ImportedSheet:
    lines = [*PEOPLE, list(cells)]
    return sheet("\n".join(",".join(line) for line in lines) + "\n")


def test_a_row_with_too_many_cells_is_mended_where_it_is_clear() -> None:
    """A piece behind a space belongs to the cell in front of it; the row is marked."""
    found = moved("Di Rey", "di@example.org", "Korea", " Republic of", "to sing")
    assert found.rows[3].raw["Country"] == "Korea, Republic of"
    assert found.rows[3].answers.motivation == "to sing"
    assert "row_too_long" in codes(found, 4)


def test_a_row_with_too_many_cells_keeps_only_what_cannot_have_moved() -> None:
    """Where several places are possible, the cells between them are empty and marked, not lost."""
    found = moved("Di Rey", "di@example.org", "Spain", "one", "two")
    row = found.rows[3]
    assert (row.person.full_name, row.person.email) == ("Di Rey", "di@example.org")
    assert "row_too_long" in codes(found, 4)
    assert "".join(row.raw.values()).count("two") == 1


@pytest.mark.parametrize("end", ["", ",", ",,"])
def test_delimiters_at_the_end_of_lines_are_nothing(end: str) -> None:
    """Empty cells without headings move nothing."""
    lines = [",".join(cells) for cells in PEOPLE]
    found = sheet("\n".join([lines[0], *(line + end for line in lines[1:])]) + "\n")
    assert names(found) == ["Ana Ruiz", "Bo Dahl", "Cy Lee"]
    assert not any(codes(found, number) for number in (1, 2, 3))
