"""Where the table is in a sheet: the heading row under titles, and the rows that are not data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolapp.base.language import mark
from schoolapp.domain.reading_cells.addresses import lawful
from schoolapp.domain.reading_cells.cell_text import clean
from schoolapp.domain.reading_cells.languages import language_named
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.mapping import Mapping, columns_of, recognised, unique
from schoolapp.exchange.applications.sheets import UNKNOWN_RESULT, Cell, Sheets, Table

BLANK = mark("The row is empty.")
TOTAL = mark("The row is a total.")
REPEATED = mark("The row repeats the headings.")
TEST = mark("The row is a test of the form.")
NOBODY = mark("The row names nobody.")
NOTE = mark("The row is a note below or between the applications.")

_TOTALS = (
    "total", "totals", "totaal", "subtotal", "sous total", "total general", "sum", "somme",
    "suma", "kabuuan", "gesamt", "summe", "کل", "مجموعہ", "grand total", "total général",
    "totale", "aantal", "jumlah",
)  # fmt: skip
# said for no answer
NOTHING = frozenset(
    {
        "",
        "n/a",
        "na",
        "n.a.",
        "n.v.t.",
        "nvt",
        "s/o",
        "-",
        "--",
        "---",
        ".",
        "..",
        "?",
        "??",
        "x",
        "none",
        "nil",
        "null",
        "ninguno",
        "ninguna",
        "no tengo",
        "aucun",
        "aucune",
        "geen",
        "wala",
    }
)
_LONG_NOTE = 5  # words that nobody's name has, alone in their row
_TESTS = frozenset({
    "test", "tests", "testing", "tester", "prueba", "essai", "proef", "asdf", "asd", "qwerty",
    "xxx", "aaa", "foo", "bar", "teszt", "ٹیسٹ", "pagsubok", "demo",
})  # fmt: skip


_TESTED = frozenset({  # what is tested, beside a word of the list above
    "user", "person", "entry", "row", "form", "applicant", "participant", "name", "account",
    "utilisateur", "formulaire", "usuario", "formulario", "gebruiker", "formulier", "1", "2", "3",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A table with its headings, made different, and the index of the last heading row."""

    table: Table
    headings: list[str]
    header: int

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows below the headings."""
        return self.table.rows[self.header + 1 :]


def find_table(sheets: Sheets, mapping: Mapping | None, header_row: int | None = None) -> Found:
    """The table whose headings say most; ``RuleBroken`` if there is no heading row at all.

    ``header_row`` is the row of the headings, from 1, where somebody has chosen it.
    """
    best: tuple[tuple[int, int], Found] | None = None
    for table in sheets.tables:
        if (placed := _header(table, mapping, header_row)) is None:
            continue
        header, score = placed
        rank = (score, len(table.rows))
        if best is None or rank > best[0]:
            header += 0 if header_row else _has_options_below(table, header)
            best = rank, Found(table, unique(_headings(table, header)), header)
    if best is None:
        raise RuleBroken(
            mark("No row of headings was found in the first {limit} rows."),
            limit=limits.HEADER_WITHIN,
        )
    return best[1]


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


def filled_down(found: Found, index: int) -> dict[int, str]:
    """Row to text for a column merged downwards, rows counted below the headings."""
    texts: dict[int, str] = {}
    for top, left, bottom, right in found.table.merged:
        if left <= index <= right and bottom > top > found.header:
            cells = found.table.rows[top]
            text = text_of(cells[left]) if left < len(cells) else ""
            texts |= dict.fromkeys(range(top - found.header, bottom - found.header + 1), text)
    return texts


def _header(table: Table, mapping: Mapping | None, chosen: int | None) -> tuple[int, int] | None:
    """(index, score) of the heading row: the one naming most fields, else the first full row."""
    if chosen is not None:
        there = chosen <= len(table.rows)
        return (chosen - 1, _score(table, chosen - 1, mapping)) if there else None
    candidates = [
        (index, _score(table, index, mapping))
        for index, row in enumerate(table.rows[: limits.HEADER_WITHIN])
        if _may_head(row)
    ]
    known = [item for item in candidates if item[1] > 0]
    if known:
        return max(known, key=lambda item: (item[1], -item[0]))
    return candidates[0] if candidates else None


def _has_options_below(table: Table, header: int) -> bool:
    """Whether the next row only names the options of questions that have several."""
    below = table.rows[header + 1 : header + 2]
    if not below or not any(below[0]):
        return False
    texts = [clean(text_of(cell)).text for cell in table.rows[header]]
    group, fields = "", []
    for text in texts:
        group = text or group
        fields.append(columns_of([group])[0].field)
    fields += [None] * (len(below[0]) - len(fields))
    named = [(f, text_of(cell)) for f, cell in zip(fields, below[0], strict=False) if cell != ""]
    return all(
        field == "modules" or (field == "languages" and language_named(text))
        for field, text in named
    )


def _score(table: Table, index: int, mapping: Mapping | None) -> int:
    texts = [clean(text_of(cell)).text for cell in table.rows[index]]
    if mapping and mapping.columns:
        return sum(bool(c.field) for c in columns_of(texts, mapping))
    return recognised(texts)


def _may_head(row: Sequence[Cell]) -> bool:
    texts = [cell for cell in row if cell != ""]
    return (
        len(texts) > 1
        and all(isinstance(cell, str) for cell in texts)
        and not any("@" in str(cell) and lawful(str(cell).strip()) for cell in texts)
    )


def _headings(table: Table, header: int) -> list[str]:
    """The headings; an empty one takes the word above it, a bare option its group."""
    own = [clean(text_of(cell)).text for cell in table.rows[header]]
    width = max(len(row) for row in table.rows)
    own += [""] * (width - len(own))
    if header == 0:
        return own
    above = _groups_above(table, header)
    above += [""] * (width - len(above))
    if sum(map(bool, above)) < 2:  # a title, or one heading that is two rows high
        return [text or _meaning(higher) for text, higher in zip(own, above, strict=True)]
    return [_grouped(own, above, index) for index in range(width)]


def _meaning(text: str) -> str:
    """The text if it is a known heading, else none."""
    return text if columns_of([text])[0].field else ""


def _groups_above(table: Table, header: int) -> list[str]:
    """The nearest row above that names the groups of a question with several options."""
    rows = [
        [clean(text_of(cell)).text for cell in table.rows[index]]
        for index in range(header - 1, max(header - 3, -1), -1)
    ]
    asked = [r for r in rows if {c.field for c in columns_of(r)} & {"languages", "modules"}]
    return (asked or rows)[0]


def _grouped(own: list[str], above: list[str], index: int) -> str:
    if not own[index]:
        return above[index]
    group = next((text for text in reversed(above[: index + 1]) if text), "")
    meaning = columns_of([group])[0].field
    if meaning == "languages" and language_named(own[index]):
        return f"{group} [{own[index]}]"
    if meaning == "modules" and columns_of([own[index]])[0].field is None:
        return f"{group} [{own[index]}]"
    return own[index]
