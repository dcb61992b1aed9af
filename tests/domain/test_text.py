"""How words are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.reading_cells.addresses import better_domain
from schoolapp.domain.reading_cells.name_capitals import Spellings
from schoolapp.domain.text import fold, title_in, words_of

TEXTS = st.text(max_size=60)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is, so that both sides of a search meet."""
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_folding_does_not_know_how_a_letter_was_typed(text: str) -> None:
    """One letter with an accent and a letter followed by an accent are the same."""
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text("abcxyz ÁÉøßŁ", max_size=30))
def test_folding_does_not_know_capitals_and_edges(text: str) -> None:
    """Case and spaces at the edges do not matter."""
    assert fold(f"  {text.upper()}\t") == fold(text)


@given(TEXTS)
def test_words_hold_letters_marks_and_digits_only(text: str) -> None:
    """No word is empty or longer than 100, and no word holds a separator."""
    for word in words_of(text):
        assert 0 < len(word) <= 100
        assert all(unicodedata.category(c)[0] in "LMN" for c in word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MULLER"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("علي", "علی"),
        ("كاظم", "کاظم"),
        ("۱۲۳", "123"),
        ("فا\u200cطمہ", "فاطمہ"),
    ],
)
def test_variants_of_letters_are_found(one: str, other: str) -> None:
    """What is typed on another keyboard finds the same person."""
    assert fold(one) == fold(other)


def test_a_title_is_in_the_readers_language_if_there_is_one() -> None:
    """Else English, else the first there is, else nothing."""
    titles = {"nl": "School", "en": "Institute"}
    assert title_in(titles, "nl") == "School"
    assert title_in(titles, "ur") == "Institute"
    assert title_in({"fil": "Paaralan"}, "ur") == "Paaralan"
    assert title_in({}, "en") == ""


def test_a_short_domain_is_nobodys_slip() -> None:
    """Three letters are close to too many names."""
    assert better_domain("ana@gml.example") is None


def test_a_name_may_end_in_a_dutch_article() -> None:
    """'t stays small in any position."""
    assert Spellings().recased("ANNA 'T", "NL") == "Anna 't"
