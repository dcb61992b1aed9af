"""What a name cell holds: titles, capitals, order and script, without changing who it names."""

import re
import unicodedata
from dataclasses import dataclass

from schoolapp.domain.reading_cells.name_capitals import PARTICLES, Spellings, is_all_caps
from schoolapp.domain.reading_cells.name_titles import without_titles
from schoolapp.domain.reading_cells.no_answer import is_no_name, is_unknown_name

ALL_CAPS = "name_all_caps"
ALL_CAPS_FAMILY = "name_all_caps_family"
FAMILY_FIRST = "name_family_first"
INITIALS = "name_initials"
NON_LATIN_ONLY = "name_non_latin_only"
ONE_WORD = "name_one_word"
SWAPPED = "name_swapped"
TITLE = "name_title"
PLACEHOLDER = "name_placeholder"
REPEATED = "name_repeated"

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "hijo", "fils"})


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name as it may be kept; ``full`` is ``None`` where the cell does not say it for sure.

    ``given`` and ``family`` are known only if the sheet separates them.
    """

    full: str | None
    given: str | None = None
    family: str | None = None
    native: str | None = None
    marks: frozenset[str] = frozenset()
    suggestion: str | None = None


def script_of(text: str) -> str | None:
    """The script of most letters, as Unicode calls it (``LATIN``, ``ARABIC``); None without any."""
    counts: dict[str, int] = {}
    for c in text:
        if c.isalpha():
            name = "LATIN" if c.isascii() else unicodedata.name(c, "?").split()[0]
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else None


def read_full_name(text: str, spellings: Spellings, country: str | None) -> NameReading:
    """A whole name in one cell."""
    if (script := script_of(text)) is None:  # "-" or "123" names nobody
        return NameReading(None, marks=frozenset({ONE_WORD}))
    if script != "LATIN":
        return NameReading(None, native=text, marks=frozenset({NON_LATIN_ONLY}))
    marks: set[str] = set()
    words = _without_blanks(_without_titles(text, marks))
    bare = " ".join(words)
    if is_unknown_name(bare) or any(map(is_unknown_name, words)):
        rest = " ".join(word for word in words if not is_unknown_name(word))
        return NameReading(None, marks=frozenset(marks | {PLACEHOLDER}), suggestion=rest or None)
    if (turned := _by_comma(bare, marks)) is not None:
        surname, forename = turned
        if is_all_caps(surname):
            surname = spellings.recased(surname, country)
        if is_all_caps(forename):
            forename = spellings.recased(forename, country, whole=True)
        whole = f"{forename} {surname}"
        return NameReading(whole, forename, surname, marks=frozenset(marks | _shape(whole)))
    shouted = [place for place, word in enumerate(words) if _shouts(word)]
    given = family = None
    if is_all_caps(bare):
        marks.add(ALL_CAPS)
        bare = spellings.recased(bare, country, whole=True)
    elif shouted and (parts := _parted(words, shouted)):
        first, given, family = parts
        family = spellings.recased(family, country)
        marks.add(FAMILY_FIRST if first else ALL_CAPS_FAMILY)
        bare = f"{given} {family}"
    return NameReading(bare, given, family, marks=frozenset(marks | _shape(bare)))


def read_parts(given: str, family: str, spellings: Spellings, country: str | None) -> NameReading:
    """A name that the sheet splits into given and family name; either may be empty."""
    marks: set[str] = set()
    given = " ".join(_without_titles(given, marks))
    family = " ".join(_without_titles(family, marks))
    if given and given == family:
        return NameReading(None, marks=frozenset(marks | {REPEATED}), suggestion=given)
    if is_all_caps(family) or (is_all_caps(given) and len(family) > 1 and family.isupper()):
        # LE beside VAN DUC is a name in capitals and not a pair of initials
        marks.add(ALL_CAPS if is_all_caps(given) else ALL_CAPS_FAMILY)
        family = spellings.recased(family, country)
    if is_all_caps(given):
        given = spellings.recased(given, country, whole=True)
    full = f"{given} {family}".strip()
    if script_of(full) not in ("LATIN", None):
        return NameReading(None, native=full, marks=frozenset(marks | {NON_LATIN_ONLY}))
    return NameReading(
        full or None, given or None, family or None, marks=frozenset(marks | _shape(full))
    )


def _by_comma(name: str, marks: set[str]) -> tuple[str, str] | None:
    """(family, given) of "Family, Given"; a comma before a suffix such as "Jr" splits nothing."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or "," in given or not family or not given:
        return None
    if given.rstrip(".").casefold() in _SUFFIXES:
        return None
    marks.add(FAMILY_FIRST)
    return family, given


def from_address(email: str, native: str) -> str | None:
    """A Latin name that an address of the shape ``given.family@`` suggests for a native name."""
    words = [word for word in re.split(r"[._-]", email.split("@")[0]) if word.isalpha()]
    if len(words) < 2 or len(words) != len(native.split()):
        return None
    return " ".join(word.capitalize() for word in words)


def _without_titles(name: str, marks: set[str]) -> list[str]:
    """The words of a name without titles, which are marked."""
    words = name.split()
    bare = without_titles(words)
    if bare != words:
        marks.add(TITLE)
    return bare


def _without_blanks(words: list[str]) -> list[str]:
    """The words without "-" or "N/A" in place of a part of the name."""
    while len(words) > 1 and is_no_name(words[-1]) and words[-1].casefold() not in ("none", "nil"):
        words = words[:-1]
    return words


def _shape(name: str) -> set[str]:
    words = name.split()
    marks = {ONE_WORD} if len(words) == 1 else set()
    if len(words) > 1 and any(_is_initial(word) for word in (words[0], words[-1])):
        marks.add(INITIALS)
    return marks


def _is_initial(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[^\W\d_]\.)+|[^\W\d_]", word)) and word[0].isupper()


def _shouts(word: str) -> bool:
    return is_all_caps(word) or (word.isupper() and word.casefold() in PARTICLES)


def _parted(words: list[str], shouted: list[int]) -> tuple[bool, str, str] | None:
    """(family first, given, family) if the words in capitals stand together at one end."""
    size = len(shouted)
    if not any(is_all_caps(words[place]) for place in shouted):
        return None
    if shouted == list(range(size)):
        return True, " ".join(words[size:]), " ".join(words[:size])
    if shouted == list(range(len(words) - size, len(words))):
        return False, " ".join(words[:-size]), " ".join(words[-size:])
    return None
