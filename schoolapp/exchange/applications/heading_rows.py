"""The headings of a table: the row that names most fields, with groups above and options below."""

import re
from collections import Counter
from collections.abc import Sequence

from schoolapp.domain.reading_cells.addresses import lawful
from schoolapp.domain.reading_cells.cell_text import clean
from schoolapp.domain.reading_cells.languages import language_named
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.mapping import Mapping, columns_of, recognised
from schoolapp.exchange.applications.options import is_other
from schoolapp.exchange.applications.persons import numbered
from schoolapp.exchange.applications.phrases import exact, plain
from schoolapp.exchange.applications.sheets import Cell, Table
from schoolapp.exchange.applications.subjects import Subject, subject_of
from schoolapp.exchange.applications.tables import text_of

# What survey tools write below a question instead of an option.
_ANSWERS = frozenset({
    "open ended response", "response", "reponse ouverte", "reponse", "respuesta abierta",
    "respuesta", "offene antwort", "antwort", "open antwoord", "antwoord", "resposta aberta",
    "resposta", "selected choice", "text",
})  # fmt: skip
_LEAST_OPTIONS = 2  # below a question, without any of the words above


def texts_of(row: Sequence[Cell]) -> list[str]:
    """The cells of a row as clean texts."""
    return [clean(text_of(cell)).text for cell in row]


def header_of(table: Table, mapping: Mapping | None, chosen: int | None) -> tuple[int, int] | None:
    """(index, score) of the heading row: the one naming most fields, else the first full row.

    ``chosen`` is the row that somebody chose, from 1.
    """
    if chosen is not None:
        there = chosen <= len(table.rows)
        return (chosen - 1, _score(table, chosen - 1, mapping)) if there else None
    candidates = [
        (index, _score(table, index, mapping))
        for index, row in enumerate(table.rows[: limits.HEADER_WITHIN])
        if may_head(row)
    ]
    known = [item for item in candidates if item[1] > 0]
    if known:
        return max(known, key=lambda item: (item[1], -item[0]))
    return candidates[0] if candidates else None


def may_head(row: Sequence[Cell]) -> bool:
    """Whether a row can be one of headings: several texts, none of them an address."""
    texts = [cell for cell in row if cell != ""]
    return (
        len(texts) > 1
        and all(isinstance(cell, str) for cell in texts)
        and not any("@" in str(cell) and lawful(str(cell).strip()) for cell in texts)
    )


def has_options_below(table: Table, header: int) -> bool:
    """Whether the next row only names the options of questions that have several."""
    below = table.rows[header + 1 : header + 2]
    if not below or not any(below[0]):
        return False
    group, fields = "", []
    for text in texts_of(table.rows[header]):
        group = text or group
        fields.append(columns_of([group])[0].field)
    fields += [None] * (len(below[0]) - len(fields))
    named = [(f, text_of(cell)) for f, cell in zip(fields, below[0], strict=False) if cell != ""]
    return all(
        field == "modules" or (field == "languages" and language_named(text))
        for field, text in named
    )


def has_answers_below(table: Table, header: int) -> bool:
    """Whether the next row is of headings too: it names what each question was answered with."""
    below = table.rows[header + 1 : header + 2]
    if not below or not all(isinstance(cell, str) for cell in below[0]):
        return False
    texts = [plain(text) for text in texts_of(below[0])]
    filled = [text for text in texts if text]
    if any("importid" in text for text in filled):
        return True
    if not filled or any("@" in str(cell) for cell in below[0]):
        return False
    own = texts_of(table.rows[header])
    gaps = [n for n, text in enumerate(texts) if text and not "".join(own[n : n + 1])]
    told = sum(text in _ANSWERS for text in filled)
    if told:
        return bool(gaps) or told > len(filled) / 2
    if len(gaps) < _LEAST_OPTIONS or texts[0] or any(map(str.isdigit, filled)):
        return False
    return recognised(filled) < _LEAST_OPTIONS  # else it is the row of the headings itself


def headings_of(table: Table, header: int) -> list[str]:
    """The headings, each with the group above or the option below that it needs."""
    own = texts_of(table.rows[header])
    width = max(len(row) for row in table.rows)
    own += [""] * (width - len(own))
    if has_answers_below(table, header):
        return _with_answers(own, texts_of(table.rows[header + 1]))
    if header == 0:
        return own
    above = _groups_above(table, header)
    above += [""] * (width - len(above))
    if sum(map(bool, above)) < 2:
        return [text or _meaning(higher) for text, higher in zip(own, above, strict=True)]
    return [_grouped(own, above, index) for index in range(width)]


def _score(table: Table, index: int, mapping: Mapping | None) -> int:
    texts = headings_of(table, index)
    if mapping and mapping.columns:
        return sum(bool(c.field) for c in columns_of(texts, mapping))
    return recognised(texts)


def _with_answers(own: list[str], below: list[str]) -> list[str]:
    """Each question with the option below it, where it has more than one column."""
    below = below + [""] * (len(own) - len(below))
    found, group = [], ""
    for index, text in enumerate(own):
        group = text or group
        goes_on = own[index + 1 : index + 2] == [""] and bool(below[index + 1])
        several = not text or goes_on
        option = below[index]
        named = option and plain(option) not in _ANSWERS and "importid" not in plain(option)
        found.append(f"{group} [{option}]" if group and several and named else text)
    return found


def _meaning(text: str) -> str:
    """The text if it is a known heading, else none."""
    return text if columns_of([text])[0].field else ""


def _groups_above(table: Table, header: int) -> list[str]:
    """The nearest row above that names the groups of a question with several options."""
    rows = [texts_of(table.rows[index]) for index in range(header - 1, max(header - 3, -1), -1)]
    asked = [r for r in rows if {c.field for c in columns_of(r)} & {"languages", "modules"}]
    filled = [r for r in rows if any(r)]
    return (asked or filled or rows)[0]


def _grouped(own: list[str], above: list[str], index: int) -> str:
    """A heading with the group above it, where it means nothing or something else without it."""
    group = next((text for text in reversed(above[: index + 1]) if text), "")
    text = own[index]
    if not text:
        return above[index]
    if above[index] and exact(f"{above[index]} {text}"):  # one heading written in two rows
        return f"{above[index]} {text}"
    meaning = columns_of([group])[0].field if group else None
    known = columns_of([text])[0].field
    if meaning == "languages" and (language_named(text) or is_other(text)):
        return f"{group} [{text}]"
    if meaning == "modules" and known is None:
        return f"{group} [{text}]"
    if group and (own.count(text) > 1 or _is_of_others(group, text, known)):
        return f"{group}: {text}"
    return f"{group} {text}" if known is None and exact(f"{group} {text}") else text


def _is_of_others(group: str, text: str, field: str | None) -> bool:
    """Whether the group says that the column is about somebody else than the applicant."""
    if field is None:
        return False
    words = plain(f"{group} {text}").split()
    return subject_of(words, plain(text).split(), field) < Subject.UNSAID or bool(
        numbered(group) and numbered(f"{group}: {text}")
    )


def is_title(row: Sequence[Cell]) -> bool:
    """Whether a row holds one text only, as a title does."""
    texts = [cell for cell in row if cell != ""]
    return len(texts) == 1 and isinstance(texts[0], str)


def repeats(row: Sequence[Cell], headings: Counter[str]) -> bool:
    """Whether a row names the same headings, in whatever order."""
    return Counter(plain(text) for text in texts_of(row) if text) == headings


def names_of(headings: Sequence[str]) -> Counter[str]:
    """The headings as they are compared."""
    return Counter(plain(re.sub(r" \(\d+\)$", "", text)) for text in headings if text)
