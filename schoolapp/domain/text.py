"""How names and words are compared: one folding for search, duplicates and sorting."""

import unicodedata

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


def words_of(text: str) -> list[str]:
    """The folded words: runs of letters, marks and digits, cut at 100; all else parts them."""
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in fold(text))
    return [word[:100] for word in "".join(kept).split()]


def title_in(titles: dict[str, str], language: str) -> str:
    """The title in a language, else in English, else the first there is."""
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), "")


def fold(text: str) -> str:
    """The text as search sees it: no accents, case, width or letter variants; single spaces."""
    if text.isascii():  # nothing to fold but case
        return " ".join(text.lower().split())
    small = text.casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return " ".join(bare.translate(_LETTERS).casefold().split())
