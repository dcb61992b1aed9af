"""What a name cell holds: titles, capitals, order and script, without changing who it names."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from schoolapp.domain.reading_cells.no_answer import is_no_name, is_unknown_name
from schoolapp.domain.text import fold

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

# "M." and "Fr." are left out: they are initials and given names elsewhere.
_TITLES = frozenset(
    [
        "dr",
        "dra",
        "doctor",
        "doctora",
        "docteur",
        "docteure",
        "prof",
        "profesor",
        "profesora",
        "professor",
        "professeur",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "mister",
        "mme",
        "mlle",
        "madame",
        "monsieur",
        "mademoiselle",
        "sr",
        "sra",
        "srta",
        "señor",
        "señora",
        "dhr",
        "mevr",
        "mw",
        "drs",
        "ing",
        "ir",
        "engr",
        "atty",
        "hon",
        "rev",
        "g",
        "gng",
        "bb",
        "ginoo",
        "mevrouw",
        "meneer",
        "lic",
        "licda",
        "arq",
        "abg",
        "doña",
        "compañero",
        "compañera",
        "camarade",
        "comrade",
        "cde",
        "shri",
        "smt",
        "ginang",
        "binibini",
        "herr",
        "frau",
        "fräulein",
        "dipl",
        "mag",
        "sig",
        "signor",
        "signora",
        "senhor",
        "senhora",
        "dott",
        "dottssa",
        "eng",
        "adv",
        "pr",
        "ڈاکٹر",
        "پروفیسر",
        "جناب",
        "محترمہ",
        "محترم",
    ]
)
_DOTTED_ONLY = frozenset(
    {"g", "hon", "ir", "bb", "sr", "ms", "mw", "pr", "mag", "eng", "adv", "sig", "dipl", "dott"}
)
# Degrees behind a name; "MA" and "BA" only after a comma, for both are names too.
_DEGREES = frozenset({"phd", "md", "msc", "bsc", "mba", "llm", "llb", "dphil", "mphil"})
_AFTER_COMMA = _DEGREES | {"ma", "ba", "mag"}
# Family names with which Vietnamese names begin: what is a particle elsewhere is a name there.
_VIETNAMESE = frozenset(
    {
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "dinh",
        "trinh",
    }
)
_WITHOUT_PARTICLES = frozenset({"VN", "CN", "KR", "TW", "HK", "SG", "JP", "KH", "LA", "MM"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "hijo", "fils"})
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "das",
        "dos",
        "do",
        "du",
        "des",
        "la",
        "las",
        "los",
        "le",
        "'t",
        "ter",
        "ten",
        "te",
        "zu",
        "zum",
        "zur",
        "dela",
        "delos",
        "bin",
        "binti",
        "ibn",
        "e",
        "y",
        "i",
    ]
)
_CASED = re.compile(r"[^\W\d_]+", re.UNICODE)


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


@dataclass(slots=True)
class Spellings:
    """How names are written in capitals and small letters elsewhere in the same sheet."""

    _forms: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> "Spellings":
        """Learn from the names that are not all in capitals."""
        found = cls()
        for name in names:
            if not is_all_caps(name) and name != name.lower():
                for piece in (name, *name.split()):
                    if piece != piece.lower() and not piece.isupper():
                        found._forms.setdefault(_key(piece), piece)
        return found

    def recased(self, name: str, country: str | None, *, whole: bool = False) -> str:
        """A name in capitals as it is usually written: as elsewhere in the sheet, else by rule.

        A ``whole`` name begins with a name, never with a particle: Le Thi Hoa, De Leon Maria.
        """
        if known := self._forms.get(_key(name)):
            return known
        words = name.split()
        place_of = "" if whole and _begins_vietnamese(words) else country
        return " ".join(
            self._forms.get(_key(word)) or _recased(word, place, words, place_of, whole=whole)
            for place, word in enumerate(words)
        )


def script_of(text: str) -> str | None:
    """The script of most letters, as Unicode calls it (``LATIN``, ``ARABIC``); None without any."""
    counts: dict[str, int] = {}
    for c in text:
        if c.isalpha():
            name = "LATIN" if c.isascii() else unicodedata.name(c, "?").split()[0]
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else None


def is_all_caps(name: str) -> bool:
    """Whether a name of more than initials is written in capitals only."""
    letters = [c for c in name if c.isalpha()]
    words = _CASED.findall(name)
    return name.isupper() and len(letters) > 2 and any(len(word) > 2 for word in words)


def read_full_name(text: str, spellings: Spellings, country: str | None) -> NameReading:
    """A whole name in one cell."""
    if (script := script_of(text)) is None:  # "-" or "123" names nobody
        return NameReading(None, marks=frozenset({ONE_WORD}))
    if script != "LATIN":
        return NameReading(None, native=text, marks=frozenset({NON_LATIN_ONLY}))
    marks: set[str] = set()
    words = _without_blanks(_without_degrees(_without_titles(text.split(), marks), marks))
    bare = " ".join(words)
    if is_unknown_name(bare) or any(map(is_unknown_name, words)):
        rest = " ".join(word for word in words if not is_unknown_name(word))
        return NameReading(None, marks=frozenset(marks | {PLACEHOLDER}), suggestion=rest or None)
    if (turned := _by_comma(bare, marks)) is not None:
        surname, forename = (spellings.recased(p, country) if is_all_caps(p) else p for p in turned)
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
    given = " ".join(_without_degrees(_without_titles(given.split(), marks), marks))
    family = " ".join(_without_degrees(family.split(), marks))
    if given and given == family:
        return NameReading(None, marks=frozenset(marks | {REPEATED}), suggestion=given)
    if is_all_caps(family):
        marks.add(ALL_CAPS if is_all_caps(given) else ALL_CAPS_FAMILY)
        family = spellings.recased(family, country)
    if is_all_caps(given):
        given = spellings.recased(given, country)
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


def _without_titles(words: list[str], marks: set[str]) -> list[str]:
    while len(words) > 1 and _is_title(words[0]):
        words = words[1:]
        marks.add(TITLE)
    return words


def _without_degrees(words: list[str], marks: set[str]) -> list[str]:
    """The words without "PhD" behind them; a comma before it goes too."""
    while len(words) > 1 and _is_degree(words):
        words = [*words[:-2], words[-2].rstrip(",")]
        marks.add(TITLE)
    return words


def _is_degree(words: list[str]) -> bool:
    known = _AFTER_COMMA if words[-2].endswith(",") else _DEGREES
    return words[-1].replace(".", "").casefold() in known and words[-1][:1].isupper()


def _without_blanks(words: list[str]) -> list[str]:
    """The words without "-" or "N/A" in place of a part of the name."""
    while len(words) > 1 and is_no_name(words[-1]) and words[-1].casefold() not in ("none", "nil"):
        words = words[:-1]
    return words


def _begins_vietnamese(words: list[str]) -> bool:
    return (
        len(words) > 2
        and fold(words[0]) in _VIETNAMESE
        and any(
            fold(word) in ("thi", "van", "duc", "ngoc", "minh", "thanh", "quoc")
            for word in words[1:]
        )
    )


def _is_title(word: str) -> bool:
    bare = word.rstrip(".").casefold()
    return bare in _TITLES and (word.endswith(".") or bare not in _DOTTED_ONLY)


def _shape(name: str) -> set[str]:
    words = name.split()
    marks = {ONE_WORD} if len(words) == 1 else set()
    if len(words) > 1 and any(_is_initial(word) for word in (words[0], words[-1])):
        marks.add(INITIALS)
    return marks


def _is_initial(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[^\W\d_]\.)+|[^\W\d_]", word)) and word[0].isupper()


def _shouts(word: str) -> bool:
    return is_all_caps(word) or (word.isupper() and word.casefold() in _PARTICLES)


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


def _recased(word: str, place: int, words: list[str], country: str | None, *, whole: bool) -> str:
    small = _lower(word, country)
    bare = small.replace("’", "'")
    in_name = country == "" or country in _WITHOUT_PARTICLES or (whole and place == 0)
    if bare in _PARTICLES and place < len(words) - 1 and not in_name:
        # Belgium writes "Van den Bossche", the Netherlands "van den Bossche".
        return _capital(small) if country == "BE" and place == 0 and bare != "'t" else small
    pieces = re.split(r"([-'’])", small)
    if pieces[0] == "" and small[1:2] == "t":
        return small
    shaped = "".join(_capital(piece) for piece in pieces)
    return "Mc" + _capital(shaped[2:]) if re.fullmatch(r"Mc[a-z]{3,}", shaped) else shaped


def _lower(word: str, country: str | None) -> str:
    if country in ("TR", "AZ"):
        return word.replace("İ", "i").replace("I", "ı").lower()
    return word.replace("İ", "i").lower()


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _key(name: str) -> str:
    return name.replace("’", "'").casefold()
