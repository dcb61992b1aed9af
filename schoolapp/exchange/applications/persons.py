"""Several people in one row: whose a column is, by the number in its heading."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from schoolapp.exchange.applications.phrases import plain
from schoolapp.exchange.applications.subjects import APPLICANTS, folded

_MOST = 20  # people in a row
_GLUED = re.compile(r"([^\W\d]+)(\d{1,2})")
_NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|ere|eme|e|o|a|te|de|ter|tes)?")
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first 1st premier premiere primer primera primeiro primeira eerste erster erste",
            "second 2nd deuxieme seconde segundo segunda tweede zweiter zweite zweites",
            "third 3rd troisieme tercer tercera terceiro terceira derde dritter dritte drittes",
            "fourth 4th quatrieme cuarto cuarta quarto quarta vierde vierter vierte viertes",
            "fifth cinquieme quinto quinta vijfde funfter funfte funftes",
        ),
        1,
    )
    for word in words.split()
}
_CARDINALS = {
    word: number
    for number, words in enumerate(
        ("one un une uno een eins um", "two deux dos twee zwei dois", "three trois tres drie drei",
         "four quatre cuatro vier quatro", "five cinq cinco vijf funf"), 1)
    for word in words.split()
}  # fmt: skip
_BESIDE = folded("additional further extra more another weitere weiterer zusatzliche autre autres "
                 "supplementaire adicional adicionales otro otros andere extra outro")  # fmt: skip
NAMES = ("name", "full_name", "given")
OF_A_PERSON = frozenset({
    "name", "full_name", "given", "family", "prefix", "middle", "second_family", "native_name",
    "email", "born", "age", "gender", "pronouns", "phone", "nationality", "languages", "diet",
    "access", "birth_place", "parental_consent", "visa", "motivation", "first_time", "modules",
    "travel", "contribution", "fee", "paid", "subsidy",
})  # fmt: skip
"""Fields that a column without a number holds of the first person only."""


def numbered(heading: str) -> tuple[str, int] | None:
    """(the heading without its number, the number); ``None`` if it has none."""
    words = plain(heading).split()
    for place, word in enumerate(words):
        if found := _number(word, words[max(place - 1, 0) : place], words[place + 1 : place + 2]):
            stem, number = found
            rest = [*words[:place], *filter(None, [stem]), *words[place + 1 :]]
            return " ".join(rest), number
    return None


def siblings(one: str, other: str) -> bool:
    """Whether two headings differ in the number of their person only."""
    here, there = numbered(one), numbered(other)
    return bool(here and there and here[0] == there[0] and here[1] != there[1])


def persons_of(headings: Sequence[str], fields: Mapping[int, str | None]) -> dict[int, int]:
    """Column to the number of its person, from 1; empty if each row is about one person."""
    placed = {n: found for n, h in enumerate(headings) if (found := numbered(h))}
    by_stem: dict[str, dict[int, int]] = defaultdict(dict)
    for index, (stem, number) in placed.items():
        by_stem[stem].setdefault(number, index)
    bare = {plain(heading): index for index, heading in enumerate(headings) if index not in placed}
    for stem, numbers in by_stem.items():
        if stem in bare and fields.get(bare[stem]) and min(numbers) > 1:
            numbers[1] = bare[stem]
    groups = {
        stem: numbers
        for stem, numbers in by_stem.items()
        if len(numbers) > 1 or _is_further(stem, min(numbers))
    }
    if not _are_people(groups, fields):
        return {}
    beside = any(_BESIDE.intersection(stem.split()) and 1 in groups[stem] for stem in groups)
    return {
        index: number + beside
        for stem, numbers in by_stem.items()
        for number, index in numbers.items()
        if stem in groups or APPLICANTS.intersection(stem.split())
    }


def _is_further(stem: str, number: int) -> bool:
    """Whether a heading is about a person beside the one of the columns without a number."""
    words = stem.split()
    return bool(APPLICANTS.intersection(words)) and (
        number > 1 or bool(_BESIDE.intersection(words))
    )


def _are_people(groups: Mapping[str, Mapping[int, int]], fields: Mapping[int, str | None]) -> bool:
    """Whether numbers count people: names have them, and another question, or a word for people."""
    asked = {stem: {fields.get(n) for n in numbers.values()} for stem, numbers in groups.items()}
    if not any(found & set(NAMES) for found in asked.values()):
        return False
    said = any(APPLICANTS.intersection(stem.split()) for stem in groups)
    known = sum(bool(found - {None}) for found in asked.values())
    return said or known > 1


def _number(word: str, before: Sequence[str], behind: Sequence[str]) -> tuple[str, int] | None:
    """(what is left of the word, its number) if the word counts people: ``second child``."""
    if word in _CARDINALS:
        return ("", _CARDINALS[word]) if APPLICANTS.intersection(before) else None
    if word in _ORDINALS:
        return ("", _ORDINALS[word]) if APPLICANTS.intersection(behind) else None
    if found := _NUMBERED.fullmatch(word):
        number, left = int(found[1]), ""
    elif found := _GLUED.fullmatch(word):
        number, left = int(found[2]), found[1]
    else:
        return None
    return (left, number) if 0 < number <= _MOST else None
