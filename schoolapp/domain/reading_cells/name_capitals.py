"""How a name in capitals is usually written: as elsewhere in the sheet, else by rule."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from schoolapp.domain.text import fold

PARTICLES = frozenset({
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "dos", "do", "du",
    "des", "la", "las", "los", "le", "'t", "ter", "ten", "te", "zu", "zum", "zur", "dela",
    "delos", "bin", "binti", "ibn", "e", "y", "i",
})  # fmt: skip
# Family names with which Vietnamese names begin, and middle names by which they are known: what is
# a particle elsewhere is a name there.
_VIETNAMESE = frozenset({
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do",
    "ho", "ngo", "duong", "ly", "dinh", "trinh",
})  # fmt: skip
_MIDDLE = frozenset({"thi", "van", "duc", "ngoc", "minh", "thanh", "quoc"})
_WITHOUT_PARTICLES = frozenset({"VN", "CN", "KR", "TW", "HK", "SG", "JP", "KH", "LA", "MM"})
_CASED = re.compile(r"[^\W\d_]+", re.UNICODE)


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


def is_all_caps(name: str) -> bool:
    """Whether a name of more than initials is written in capitals only."""
    letters = [c for c in name if c.isalpha()]
    words = _CASED.findall(name)
    return name.isupper() and len(letters) > 2 and any(len(word) > 2 for word in words)


def _begins_vietnamese(words: list[str]) -> bool:
    return (
        len(words) > 2
        and fold(words[0]) in _VIETNAMESE
        and any(fold(word) in _MIDDLE for word in words[1:])
    )


def _recased(word: str, place: int, words: list[str], country: str | None, *, whole: bool) -> str:
    small = _lower(word, country)
    bare = small.replace("’", "'")
    in_name = country == "" or country in _WITHOUT_PARTICLES or (whole and place == 0)
    if bare in PARTICLES and place < len(words) - 1 and not in_name:
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
