"""How names and words are compared: one folding for search, duplicates and sorting."""

import unicodedata
from collections.abc import Callable

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d",
        "þ": "th",
        # Arabic and Urdu letters that are typed one for the other
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ه": "ہ", "ھ": "ہ", "ة": "ہ", "ۃ": "ہ", "ۂ": "ہ",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ـ": None,
        # digits of Arabic and Urdu
        **{chr(0x0660 + n): str(n) for n in range(10)},
        **{chr(0x06F0 + n): str(n) for n in range(10)},
        # joiners, marks of direction and other characters without a width
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a\u202b\u202c"
                        "\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)  # fmt: skip


class _Sorted(dict[int, int | str | None]):
    """What becomes of each character; each character is looked up once."""

    def __init__(self, decide: Callable[[str], int | str | None]) -> None:
        super().__init__()
        self._decide = decide

    def __missing__(self, code: int) -> int | str | None:
        self[code] = found = self._decide(chr(code))
        return found


_BARE = _Sorted(lambda c: None if unicodedata.combining(c) else c)
_PARTED = _Sorted(lambda c: c if unicodedata.category(c)[0] in "LMN" else " ")


def words_of(text: str) -> list[str]:
    """The folded words: runs of letters, marks and digits, cut at 100; the rest separates them."""
    return [word[:100] for word in fold(text).translate(_PARTED).split()]


def title_in(titles: dict[str, str], language: str) -> str:
    """The title in a language, else in English, else the first there is."""
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), "")


def fold(text: str) -> str:
    """The text as search sees it: no accents, case, width or letter variants; single spaces."""
    if text.isascii():  # nothing to fold but case
        return " ".join(text.lower().split())
    small = text.casefold().translate(_LETTERS)
    bare = unicodedata.normalize("NFKD", small).translate(_BARE)
    return " ".join(bare.translate(_LETTERS).casefold().split())
