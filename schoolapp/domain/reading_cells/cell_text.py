"""What is in a text cell beside its words: invisible characters, markup, formulas."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

FORMULA = "formula"
HTML = "html"
BIDI = "bidi_control"
WHITESPACE = "whitespace"
NFD = "unicode_nfd"
NEWLINE = "newline_in_cell"
MOJIBAKE = "mojibake"

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Not U+200C and U+200D: Urdu, Persian and the scripts of India write with them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\t]")
_TAGS = (
    "a|b|br|div|em|font|h[1-6]|i|iframe|img|li|object|ol|p|pre|script|span|strong|style|table|td|"
    "tr|u|ul"
)
_MARKUP = re.compile(
    rf"</?(?:{_TAGS})(?:\s+[^<>=]+=[^<>]*)?\s*/?>|&(?:[a-zA-Z]{{2,8}}|#\d{{2,6}}|#x[0-9a-fA-F]{{2,5}});|\[/?script\]",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?:<|\[)(script|style)\b[^<]*?(?:>|\]).*?(?:<|\[)/\1(?:>|\])", re.I | re.S)
# What a spreadsheet would run: a leading = (also full width), or + - @ before a call or a sum.
_FORMULA = re.compile(
    r"\s*(?:[=＝]|@\s*[A-Za-z_]+\(|[+\-＋－]\s*(?:[A-Za-z_.]+\(|\d+\s*[-+*/]\s*\d+$))"
)
_SPOILT = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_COMMAND = re.compile(r"\s*[=+\-@]?\s*\w+\|.*![A-Z]+\d+\s*$")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The words of a cell, in NFC, and the marks of what was found beside them."""

    text: str
    marks: frozenset[str]


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text instead of showing it."""
    return bool(_FORMULA.match(text) or _COMMAND.match(text))


@lru_cache(maxsize=4096)  # sheets repeat their cells
def clean(raw: str, *, lines: bool = False) -> Cleaned:
    """The words of ``raw``: no markup, no control or invisible characters, plain single spaces.

    ``lines`` keeps the line breaks (a motivation); else they become spaces.
    """
    if raw.isascii() and raw.isalnum():  # most cells: nothing to find
        return Cleaned(raw, frozenset())
    marks = _marks(raw)
    text = unspoilt(raw) or raw
    if HTML in marks:
        text = html.unescape(_MARKUP.sub(_spaced, _CODE.sub(" ", text)))
    text = _INVISIBLE.sub("", _BIDI.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = unicodedata.normalize("NFC", _ODD_SPACE.sub(" ", text))
    if unspoilt(text):  # spoilt twice, or hidden between what was taken out
        return Cleaned(clean(text, lines=lines).text, marks | {MOJIBAKE})
    if lines:
        words = (" ".join(line.split()) for line in text.split("\n"))
        return Cleaned("\n".join(words).strip(), marks)
    return Cleaned(" ".join(text.split()), marks)


def unspoilt(text: str) -> str | None:
    """The text as it was before UTF-8 was read as Windows-1252; ``None`` if that did not happen.

    Only what turns back without loss is taken for spoilt: hardly any real word does.
    """
    if not _SPOILT.search(text):
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        pass
    try:
        return "".join(map(_byte, text)).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


def is_lossy(text: str) -> bool:
    """Whether letters of the text were lost before: U+FFFD, or a question mark within a word."""
    return "\ufffd" in text or bool(re.search(r"[^\W\d_]\?+[^\W\d_]", text))


def _byte(c: str) -> str:
    """The byte that a character of Windows-1252 stands for; its five holes are themselves."""
    try:
        return c.encode("cp1252").decode("latin-1")
    except UnicodeError:
        return c


def _spaced(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("&") else " "


def _marks(raw: str) -> frozenset[str]:
    composed = unicodedata.normalize("NFC", raw)
    found = {
        FORMULA: is_formula(raw),
        HTML: bool(_MARKUP.search(raw)),
        BIDI: bool(_BIDI.search(raw)),
        WHITESPACE: raw != raw.strip() or bool(_INVISIBLE.search(raw) or _ODD_SPACE.search(raw)),
        # Some letters (Bengali, Hebrew) are longer in NFC: only a shorter text was decomposed.
        NFD: composed != raw and len(composed) < len(raw),
        MOJIBAKE: unspoilt(raw) is not None or "\ufffd" in raw,
        NEWLINE: "\n" in raw.strip() or "\r" in raw.strip(),
    }
    return frozenset(mark for mark, there in found.items() if there)
