"""Cells as texts, and the rows of a table that are not applications."""

import re
from collections.abc import Sequence
from datetime import datetime

from schoolapp.base.language import mark
from schoolapp.domain.reading_cells.cell_text import clean
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.sheets import UNKNOWN_RESULT, Cell

BLANK = mark("The row is empty.")
TOTAL = mark("The row is a total.")
REPEATED = mark("The row repeats the headings.")
TEST = mark("The row is a test of the form.")
NOBODY = mark("The row names nobody.")
SUBHEADING = mark("The row belongs to the headings.")
NOTE = mark("The row is a note below or between the applications.")

_TOTALS = (
    "total", "totals", "totaal", "subtotal", "sous total", "total general", "sum", "somme",
    "suma", "kabuuan", "gesamt", "summe", "کل", "مجموعہ", "grand total", "total général",
    "totale", "aantal", "jumlah",
)  # fmt: skip
_LONG_NOTE = 5  # words that nobody's name has, alone in their row
_TESTS = frozenset({
    "test", "tests", "testing", "tester", "prueba", "essai", "proef", "asdf", "asd", "qwerty",
    "xxx", "aaa", "foo", "bar", "teszt", "ٹیسٹ", "pagsubok", "demo",
})  # fmt: skip


_TESTED = frozenset({  # what is tested, beside a word of the list above
    "user", "person", "entry", "row", "form", "applicant", "participant", "name", "account",
    "utilisateur", "formulaire", "usuario", "formulario", "gebruiker", "formulier", "1", "2", "3",
})  # fmt: skip


def text_of(cell: Cell) -> str:
    """A cell as it would be typed: whole numbers without a point, dates as 2027-10-23."""
    if isinstance(cell, str):
        return "" if cell == UNKNOWN_RESULT else cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()


def reason_to_leave_out(row: Sequence[Cell], headings: Sequence[str]) -> str | None:
    """Why a row is not an application, whatever its columns mean, or ``None``."""
    texts = [clean(text_of(cell)).text for cell in row]
    filled = [text for text in texts if text]
    if not filled:
        return BLANK
    first = " ".join(re.findall(r"\w+", fold(filled[0])))
    if f"{first} ".startswith(tuple(f"{fold(t)} " for t in _TOTALS)) and not any(
        "@" in text for text in filled
    ):
        return TOTAL
    if len(filled) == 1 < len(headings) and len(filled[0].split()) >= _LONG_NOTE:
        return NOTE
    same = sum(t.casefold() == h.casefold() for t, h in zip(texts, headings, strict=False) if t)
    return REPEATED if same > 1 and same == len(filled) else None


def is_test(name: str, email: str) -> bool:
    """Whether name and address are those of somebody who only tries the form."""
    words = fold(name).replace("-", " ").split()
    local, _at, domain = fold(email).partition("@")
    if words and words[0] in _TESTS and set(words) <= _TESTS | _TESTED:
        return True
    tested = local in _TESTS and domain.split(".")[0] in _TESTS | {"example"}
    return tested or (bool(words) and all(word in _TESTS for word in words))
