"""Modules that somebody names in a form: by code, title or number, or all of them.

The gathering has     m1 "Ecology", m2 "Race, class and gender", m3 "Strategy"
"m1"                  m1
"Race", "class and gender"   m2: a cell is split at its commas, and its title has one
"Module 3 (8-14 Nov)" m3
"1 and 3", "1-2"      m1 and m3; m1 and m2
"the whole school"    all three
"whatever fits"       none: the words are left over
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schoolapp.domain.text import fold, words_of

_KIND = (
    "module modules modul módulo módulos modulo moduli part parts week weeks semaine semaines"
    " semana semanas linggo woche ماڈیول ہفتہ bahagi modyul"
)
_BETWEEN = "and et y e en und at & + اور no nr number"
_EVERYTHING = (
    "all everything whole entire full tous tout toute toutes todo todos todas alle alles lahat"
    " buong tutti tutto both تمام سب پورا ganz ganze hele"
)
_KINDS = frozenset(fold(word) for word in _KIND.split())
_AND = frozenset(fold(word) for word in _BETWEEN.split())
_ALL = frozenset(fold(word) for word in _EVERYTHING.split())
_RANGE = re.compile(r"(\d+)\s*(?:-|–|to|à|a|bis|t/m|hanggang)\s*(\d+)")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class ModulesReading:
    """The codes in the order of the gathering, and the words that name none of its modules."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]


def read_modules(said: Sequence[str], modules: Sequence[tuple[str, str]]) -> ModulesReading:
    """What the pieces of a cell mean; ``modules`` are code and title, in their order."""
    found: set[str] = set()
    unknown: list[str] = []
    at = 0
    while at < len(said):
        length, codes = _longest(said[at:], modules)
        if codes:
            found |= codes
        else:
            unknown.append(said[at])
        at += length
    return ModulesReading(tuple(code for code, _ in modules if code in found), tuple(unknown))


def _longest(
    pieces: Sequence[str], modules: Sequence[tuple[str, str]]
) -> tuple[int, frozenset[str]]:
    """How many pieces are one title that has commas, else what the first piece means."""
    for length in range(len(pieces), 0, -1):
        if codes := _exact(" ".join(pieces[:length]), modules):
            return length, codes
    return 1, _loose(pieces[0], modules)


def _exact(text: str, modules: Sequence[tuple[str, str]]) -> frozenset[str]:
    words = words_of(text)
    for number, (code, title) in enumerate(modules, 1):
        own, names = words_of(title), [words_of(code), words_of(title)]
        names += [[*words_of(code), *own], [str(number), *own]]
        names += [[kind, str(number), *own] for kind in _KINDS]
        if words in names:
            return frozenset({code})
    return frozenset()


def _loose(piece: str, modules: Sequence[tuple[str, str]]) -> frozenset[str]:
    """A piece that says more than a name: numbers, "all", a title among other words."""
    bare = _ASIDE.sub(" ", piece)
    if codes := _exact(bare, modules) or _numbered(bare, modules):
        return codes
    words = words_of(bare)
    if _ALL.intersection(words):
        return frozenset(code for code, _title in modules)
    text = f" {' '.join(words)} "
    titled = [code for code, title in modules if f" {' '.join(words_of(title))} " in text]
    if len(titled) == 1:
        return frozenset(titled)
    if len(words) > 1 and words[0] in _KINDS and words[1].isdecimal():
        return _of_numbers([int(words[1])], modules)
    return frozenset()


def _numbered(text: str, modules: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Nothing but numbers, with words such as "module" and "and" between them."""
    words = [word for word in words_of(text) if word not in _KINDS and word not in _AND]
    if span := _RANGE.fullmatch(fold(" ".join(w for w in text.split() if fold(w) not in _KINDS))):
        return _of_numbers(range(int(span[1]), int(span[2]) + 1), modules)
    if words and all(word.isdecimal() for word in words):
        return _of_numbers([int(word) for word in words], modules)
    return frozenset()


def _of_numbers(numbers: Iterable[int], modules: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The modules of these numbers; none if one of them does not exist."""
    wanted = [*numbers]
    if not wanted or not all(1 <= number <= len(modules) for number in wanted):
        return frozenset()
    return frozenset(modules[number - 1][0] for number in wanted)
