"""Which languages a cell names: tags, or names in the languages of the forms."""

import re
from dataclasses import dataclass
from functools import cache

from schoolapp.domain.reading_cells.countries import LANGUAGES
from schoolapp.domain.text import fold

FREE_TEXT = "language_free_text"

_USUAL = {
    "castellano": "es", "castilian": "es", "castillan": "es", "cas": "es", "euskera": "eu",
    "euskara": "eu", "tagalog": "fil", "pilipino": "fil", "farsi": "fa", "mandarin": "zh",
    "flemish": "nl", "flamand": "nl", "vlaams": "nl", "anglais": "en", "brazilian": "pt",
    "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "ned": "nl", "urd": "ur", "esp": "es",
    "ingles": "en", "pranses": "fr", "espanyol": "es", "kastila": "es", "aleman": "de",
    "arabe": "ar", "arabo": "ar", "intsik": "zh", "hapones": "ja", "italyano": "it",
    "portuges": "pt", "ruso": "ru", "koreano": "ko", "olandes": "nl", "ilokano": "ilo",
    "hiligaynon": "hil", "ilonggo": "hil", "bisaya": "ceb", "waray": "war", "bahasa": "id",
    "catalan": "ca", "catala": "ca", "kurmanji": "ku", "darija": "ar", "cebuano": "ceb",
}  # fmt: skip
# Languages whose name for themselves is read too.
_OWN = ("eu", "ca", "gl", "uk", "el", "tr", "fa", "bn", "hi", "ta", "ru", "pl", "ja", "zh", "ko",
        "fi", "sw", "am", "si", "ne", "ps", "th", "vi", "ms", "ku")  # fmt: skip
_PARTING = re.compile(r"[/,;|+&\n]| - | y | et | and | en | at | و |،|؛")
_LEVEL = re.compile(
    r"\b[abc][12]\b[+-]?|\(.*?\)|\b(?:native|fluent|basic|good|little|natif|courant|bien|un peu|"
    r"nativo|fluido|basico|poco|moedertaal|vloeiend|goed|beetje|mother tongue)\b"
)


_DENIED = frozenset({"no", "not", "non", "pas", "sin", "without", "geen", "niet", "hindi", "نہیں"})


@dataclass(frozen=True, slots=True)
class LanguagesReading:
    """The BCP 47 tags in the order of the cell, and the words that were not understood."""

    languages: tuple[str, ...]
    marks: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()


def read_languages(text: str) -> LanguagesReading:
    """The languages of a cell; anything but tags or plain names separated by signs is marked."""
    found: list[str] = []
    unknown: list[str] = []
    plain = True
    for piece in filter(None, (p.strip() for p in _PARTING.split(text))):
        tag = _tag(piece) or _inside(piece)
        plain = plain and (piece.lower() in _tags() or fold(piece) in _named())
        if tag is None:
            unknown.append(piece)
        elif tag not in found:
            found.append(tag)
    marks = frozenset() if plain else frozenset({FREE_TEXT})
    return LanguagesReading(tuple(found), marks, tuple(unknown))


def language_named(text: str) -> str | None:
    """The tag of one language, given by tag or name; ``None`` if it is not a language."""
    return _tag(text.strip())


def _tag(piece: str) -> str | None:
    if piece.lower() in _tags():
        return piece.lower()
    return _named().get(" ".join(_LEVEL.sub(" ", fold(piece)).split()))


def _inside(piece: str) -> str | None:
    """The one language that some words name: ``a bit of French``; not what is denied."""
    words = _LEVEL.sub(" ", fold(piece)).replace(":", " ").replace("-", " ").split()
    if _DENIED.intersection(words):
        return None
    found = {tag for word in words if len(word) > 3 and (tag := _named().get(word))}
    return found.pop() if len(found) == 1 else None


@cache
def _tags() -> frozenset[str]:
    from babel import Locale

    return frozenset(tag for tag in map(str, Locale.parse("en").languages) if len(tag) in (2, 3))


@cache
def _named() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for locale in LANGUAGES:
        for tag, name in Locale.parse(locale).languages.items():
            if len(tag) in (2, 3):
                found.setdefault(fold(name), tag)
    for tag in _OWN:
        found.setdefault(fold(str(Locale.parse(tag).languages[tag])), tag)
    return found | _USUAL
