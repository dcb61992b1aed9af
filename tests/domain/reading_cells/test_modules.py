"""Modules that somebody names: by code, title, number, or all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.reading_cells.modules import read_modules

MODULES = (
    ("m1", "Ecology"),
    ("m2", "Race, class and gender"),
    ("m3", "Strategy of unions"),
)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("m1", "m1"),
        ("M3;m1", "m1 m3"),
        ("1", "m1"),
        ("Module 2", "m2"),
        ("Module 1,2,3", "m1 m2 m3"),
        ("1 and 3", "m1 m3"),
        ("Modules 1 & 2", "m1 m2"),
        ("1-2", "m1 m2"),
        ("Modules 2 to 3", "m2 m3"),
        ("ecology", "m1"),
        ("Race, class and gender", "m2"),
        ("Ecology, Race, class and gender", "m1 m2"),
        ("Module 3 (8-14 Nov)", "m3"),
        ("Module 3: Strategy of unions", "m3"),
        ("Week 2", "m2"),
        ("I would like to come for Strategy of unions", "m3"),
        ("all", "m1 m2 m3"),
        ("All modules", "m1 m2 m3"),
        ("Toute l'école", "m1 m2 m3"),
        ("todos", "m1 m2 m3"),
        ("the whole school", "m1 m2 m3"),
    ],
)
def test_modules_are_named_in_many_ways(cell: str, codes: str) -> None:
    """A code, a title that may have commas, a number, a span, or all of them."""
    pieces = [piece.strip() for piece in cell.replace(";", ",").split(",")]
    assert read_modules(pieces, MODULES).codes == tuple(codes.split())
    assert read_modules(pieces, MODULES).unknown == ()


@pytest.mark.parametrize(
    "cell", ["Module 4", "0", "whatever fits", "Economy", "1-9", "Ecology or Strategy of unions?"]
)
def test_what_names_no_module_is_left_over(cell: str) -> None:
    """A number that there is not, another word, two titles in one sentence: nobody guesses."""
    found = read_modules([cell], MODULES)
    assert (found.codes, found.unknown) == ((), (cell,))


def test_what_is_understood_counts_beside_what_is_not() -> None:
    """One word that is not understood takes nothing from the others."""
    found = read_modules(["m1", "the film night"], MODULES)
    assert (found.codes, found.unknown) == (("m1",), ("the film night",))


@given(st.lists(st.text(max_size=12), max_size=5))
def test_no_word_is_lost(said: list[str]) -> None:
    """Each piece names modules or is left over; codes are those of the gathering, in its order."""
    found = read_modules(said, MODULES)
    order = [code for code, _title in MODULES]
    assert [code for code in order if code in found.codes] == list(found.codes)
    assert set(found.unknown) <= set(said)
    assert bool(found.codes) or list(found.unknown) == said


def test_a_gathering_without_modules_has_none_to_name() -> None:
    """The words are kept."""
    assert read_modules(["Module 1"], ()).unknown == ("Module 1",)
