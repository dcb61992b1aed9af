"""The small words of forms: yes and no, woman and man, in the languages of the forms."""

import re
from collections.abc import Iterable
from decimal import Decimal

from schoolapp.base.shipped import minor_units
from schoolapp.domain.text import fold

_YES = (
    "yes y oui si sí ja j oo opo true vrai 1 x ✓ ✔ ✗ ok haan ہاں جی sim sì da evet نعم signed signé"
)
_NO = "no n non nee hindi false faux 0 - nein não nao नहीं نہیں لا hayır"
_GENDERS = {
    "woman": "woman female f w femme mujer femenino vrouw babae عورت خاتون frau donna mulher "
    "féminin vrouwelijk",
    "man": "man male m homme hombre masculino lalaki مرد mann uomo homem masculin mannelijk varón",
    "other": "other autre otro otra anders iba دیگر non-binary nonbinary x non-binaire no binario",
}
_YES_WORDS = frozenset(fold(word) for word in _YES.split())
_NO_WORDS = frozenset(fold(word) for word in _NO.split())
_GENDER_WORDS = {fold(w): name for name, words in _GENDERS.items() for w in words.split()}
_SHOWN = re.compile(r"\b([djtm])\1?[-/. ]([djtm])\2?[-/. ]([ayj])\3{1,3}\b")
_CODE = re.compile(r"\b[A-Z]{3}\b")


def yes_or_no(text: str) -> bool | None:
    """What a cell answers; ``None`` if it is neither a yes nor a no."""
    word = fold(text).strip(" .!")
    return True if word in _YES_WORDS else False if word in _NO_WORDS else None


def gender_of(text: str, letters: dict[str, str]) -> str | None:
    """``woman``, ``man`` or ``other``; ``None`` if the word is none of these.

    ``letters`` is what ``gender_letters`` found in the column.
    """
    return letters.get(fold(text)) or _GENDER_WORDS.get(fold(text))


def gender_letters(texts: Iterable[str]) -> dict[str, str]:
    """What single letters of a column mean: M is a man beside F or V, a woman beside H alone.

    French forms write F and H, Dutch ones V and M, Spanish ones M and H.
    """
    there = {fold(text) for text in texts}
    found = {"h": "man", "v": "woman"}
    if "h" in there and not there & {"f", "v"}:
        found["m"] = "woman"
    return found


def order_in(heading: str) -> str | None:
    """``dmy`` or ``mdy`` if a heading shows how to write the date: ``(DD/MM/YYYY)``."""
    shown = _SHOWN.search(fold(heading))
    if shown is None or (shown[1] == "m") == (shown[2] == "m"):
        return None
    return "mdy" if shown[1] == "m" else "dmy"


def currency_in(heading: str, usual: str) -> str:
    """The currency that a heading such as ``Fee EUR`` names, else the usual one."""
    return next((code for code in _CODE.findall(heading) if code in minor_units()), usual)


def plain_number(number: float) -> str:
    """A number of a cell as decimal text, without an exponent."""
    return format(Decimal(repr(number)), "f").removesuffix(".0")
