"""Who a row is about: the cells of the name together, in whatever columns they stand."""

import re

from schoolapp.domain.reading_cells import names
from schoolapp.domain.reading_cells.cell_text import FORMULA, MOJIBAKE, is_lossy
from schoolapp.domain.reading_cells.no_answer import is_no_name, is_unknown_name
from schoolapp.exchange.applications.columns import SheetSense
from schoolapp.exchange.applications.row_cells import RowCells

_NAME_TEXT = re.compile(r"[=＝\s]*([^\W\d_][^\d=(){}<>!|&;:\"@/\\]*)")
_PARTS = (("given", "middle"), ("prefix", "family", "second_family"))


def read_name(cells: RowCells, sense: SheetSense, country: str | None) -> names.NameReading:
    """The name of the row's person, with its doubts flagged; empty where no cell names one."""
    whole = cells.has("full_name") and bool(cells.text("full_name") or not _has_parts(cells))
    reading = _whole(cells, sense, country) if whole else _by_parts(cells, sense, country)
    if reading is None:
        return names.NameReading(None)
    said = cells.text("full_name") if whole else _said(cells)
    hint = reading.suggestion or reading.full
    if reading.native and cells.has("email"):
        hint = names.from_address(cells.text("email"), reading.native)
    for mark in sorted(reading.marks):
        cells.flag(mark, "full_name", said, hint if hint != said else None)
    return reading


def _has_parts(cells: RowCells) -> bool:
    return any(cells.text(name) for fields in _PARTS for name in fields)


def _said(cells: RowCells) -> str:
    return f"{cells.text('given')} {cells.text('family')}".strip()


def _whole(cells: RowCells, sense: SheetSense, country: str | None) -> names.NameReading | None:
    text = _name_text(cells, "full_name")
    return names.read_full_name(text, sense.spellings, country) if text else None


def _by_parts(cells: RowCells, sense: SheetSense, country: str | None) -> names.NameReading | None:
    given, family = (_part(cells, fields) for fields in _PARTS)
    if (given is None) != (family is None):  # a formula instead of one part
        known = names.read_parts(given or "", family or "", sense.spellings, country)
        marks = known.marks - {names.ONE_WORD}
        return names.NameReading(None, known.given, known.family, marks=marks)
    if not given and not family:
        return None
    unknown = [text for text in (given, family) if text and is_unknown_name(text)]
    if unknown:
        rest = next((t for t in (given, family) if t and t not in unknown), None)
        return names.NameReading(None, marks=frozenset({names.PLACEHOLDER}), suggestion=rest)
    return _in_order(given or "", family or "", sense, country, cells.text("email"))


def _in_order(
    given: str, family: str, sense: SheetSense, country: str | None, email: str
) -> names.NameReading:
    """The two parts, turned if the sheet shows that they stand in each other's column."""
    verdict = sense.swapped(given, family, email)
    if verdict is None or given == family:
        return names.read_parts(given, family, sense.spellings, country)
    turned = names.read_parts(family, given, sense.spellings, country)
    marks = turned.marks | {names.SWAPPED}
    if verdict:
        return names.NameReading(turned.full, turned.given, turned.family, marks=marks)
    return names.NameReading(None, marks=marks, suggestion=turned.full)


def _part(cells: RowCells, fields: tuple[str, ...]) -> str | None:
    """The cells of one part of the name together; ``None`` if one of them is not a name."""
    texts = [_name_text(cells, name) for name in fields]
    return None if None in texts else " ".join(filter(None, texts))


def _name_text(cells: RowCells, name: str) -> str | None:
    """The text of a name cell; ``None`` if there is a formula or an error in its place."""
    text = cells.text(name)
    if cells.failed(name):
        return None
    if is_lossy(text):
        cells.flag(MOJIBAKE, name, text)
        return None
    if text and is_no_name(text):
        return ""
    if not any(i.code == FORMULA and i.field == name for i in cells.issues):
        return text
    match = _NAME_TEXT.fullmatch(text)
    return match[1].strip() if match else None
