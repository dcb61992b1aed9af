"""What people and programs put into a cell that says nothing: "n/a", "-", "nan", "#REF!"."""

import re

from schoolapp.domain.text import fold

ERROR = "error_cell"

# What a spreadsheet shows where a formula failed: #N/A, #NAME?, #¿NOMBRE?, #BEZUG!, Err:502.
_ERROR = re.compile(
    r"#(?:N/[ADV]|NV|NB|N\.V\.T\.|[¡¿]?[^\W\d_][\w/]{1,14}[!?]|[A-Z][A-Z_]{2,14}!)|Err:\d{3}"
)
_SIGNS = frozenset({"", "-", "--", "---", "–", "—", ".", "..", "...", "_", "__", "/", "//", "*"})
_NOT_ASKED = frozenset({
    "n/a", "n / a", "n.a.", "n.a", "n.v.t.", "nvt", "n.v.t", "s/o", "k.a.", "k. a.", "na",
    "not applicable", "no aplica", "no applica", "sans objet", "niet van toepassing", "entfallt",
    "nao se aplica", "non applicable", "non concerne", "no corresponde", "not relevant",
    "not available", "null", "(null)", "nan", "nat", "<na>", "undefined",
    "(blank)", "(none)", "(empty)", "[blank]", "nothing to add", "?", "??", "???",
})  # fmt: skip
_NONE = frozenset({
    "none", "nil", "nothing", "none at all", "no one", "ninguno", "ninguna", "nada", "no tengo",
    "no tiene", "aucun", "aucune", "rien", "neant", "geen", "niets", "keine", "keiner", "keines",
    "nichts", "wala", "wala po", "nenhum", "nenhuma", "nao tenho", "nessuno", "nessuna", "niente",
    "کوئی نہیں", "کچھ نہیں", "لا شیء", "لا يوجد", "x", "xx",
    "no phone", "no email", "no e-mail", "no telephone", "no mobile", "sin telefono", "sin correo",
    "pas de telephone", "geen telefoon", "i don't have one", "i do not have one", "don't have",
    "无", "無", "没有", "沒有", "暂无", "brak", "yok", "nie mam", "нет", "nema", "nulla", "kein",
    "geen geen",
    "i have none", "no other", "no others", "none other", "no other languages",
})  # fmt: skip
_NO_NAME = frozenset({
    "n/a", "n.a.", "n.v.t.", "nvt", "s/o", "null", "(null)", "<na>", "undefined", "none", "nan",
    "not applicable", "no last name", "no surname", "no family name", "no first name",
    "no apellido", "sin apellido", "no middle name", "geen", "aucun", "ninguno", "wala",
    "none given", "not given", "(blank)", "(none)", "nil",
})  # fmt: skip
_UNKNOWN_NAME = frozenset({
    "fnu", "lnu", "xxx", "xx", "x", "unknown", "inconnu", "inconnue", "desconocido", "onbekend",
    "unbekannt", "tbd", "tbc", "tba", "same", "idem", "nolastname", "nosurname", "lastname",
    "firstname", "first name unknown", "last name unknown", "???", "??", "?",
})  # fmt: skip


def is_error(text: str) -> bool:
    """Whether the cell shows the error of a spreadsheet instead of what somebody wrote."""
    return _ERROR.fullmatch(text.strip()) is not None


def is_blank(text: str) -> bool:
    """Whether a cell holds signs or words for "not asked": ``-``, ``n/a``; "none" is an answer."""
    plain = fold(text)
    return plain in _SIGNS or plain in _NOT_ASKED or plain.rstrip(".!") in _NOT_ASKED


def says_nothing(text: str) -> bool:
    """Whether a cell names no language, phone, place or address, in one word or another."""
    return is_blank(text) or fold(text).rstrip(".!") in _NONE


def is_no_name(text: str) -> bool:
    """Whether a cell for a part of a name says that there is none.

    "Na", "Nil" and "Nan" with one capital are names, "NA", "NULL" and "nan" are not.
    """
    plain = fold(text)
    if plain in _SIGNS:
        return True
    if text.strip() in ("Na", "Nil", "Nan", "Null"):
        return False
    return plain in _NO_NAME or text.strip() in ("NA", "na")


def is_unknown_name(text: str) -> bool:
    """Whether a cell says that a part of the name is not known (``FNU``) or left it open."""
    return (fold(text) in _UNKNOWN_NAME and text.strip() != "X") or text.strip() == "Null"
