"""Which tables of a file are of applications, and the rows of all of them, one below the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.drafts import OtherTable
from schoolapp.exchange.applications.heading_rows import (
    has_answers_below,
    has_options_below,
    header_of,
    headings_of,
    is_title,
    names_of,
    repeats,
)
from schoolapp.exchange.applications.mapping import Mapping, unique
from schoolapp.exchange.applications.parting import Part, parts_of
from schoolapp.exchange.applications.phrases import plain
from schoolapp.exchange.applications.records import Oddity
from schoolapp.exchange.applications.sheets import Cell, Opening, Sheets, Table
from schoolapp.exchange.applications.subjects import folded
from schoolapp.exchange.applications.tables import NOTE, SUBHEADING, text_of

# Sheets that are kept beside the list of those who apply.
_ASIDE = folded(
    "old archive archived backup copy reserve reserves waiting waitlist withdrawn cancelled "
    "canceled rejected declined example template test sample deleted duplicates ancien archives "
    "copie attente annule annules desistements exemple modele viejo antiguo copia espera anulados "
    "cancelados ejemplo plantilla oud kopie wachtlijst geannuleerd voorbeeld alt kopie warteliste "
    "abgesagt storniert vorlage beispiel reserva anulado exemplo modelo"
)


@dataclass(slots=True)
class Found:
    """The rows of the applications below their headings, which are made different.

    ``header`` is the row of the headings in its sheet, from 0. By number of a row, from 0:
    ``filled`` cells merged downwards, ``hidden`` rows, ``odd`` cells, ``notes`` why a row is none.
    """

    headings: list[str]
    header: int
    rows: list[list[Cell]] = field(default_factory=list)
    filled: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    odd: list[Oddity] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    others: tuple[OtherTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a sheet with its headings and the index of the last heading row."""

    part: Part
    headings: list[str]
    header: int
    score: int

    @property
    def table(self) -> Table:
        """The cells of the part."""
        return self.part.table

    @property
    def is_aside(self) -> bool:
        """Whether the name of the sheet says that its people do not apply."""
        return bool(_ASIDE.intersection(plain(self.table.name).split()))


def find_table(sheets: Sheets, mapping: Mapping | None, opening: Opening) -> Found:
    """The applications of a file; ``RuleBroken`` if there is no heading row at all.

    The table whose headings say most is taken, and with it each other one that has the same ones.
    """
    parts = [part for table in _wanted(sheets, opening) for part in parts_of(table, opening)]
    placed = [one for part in parts if (one := _placed(part, mapping, opening.header_row))]
    if not placed:
        raise RuleBroken(
            mark("No row of headings was found in the first {limit} rows."),
            limit=limits.HEADER_WITHIN,
        )
    best = max(placed, key=lambda one: (one.score, not one.is_aside, len(one.table.rows)))
    same = [one for one in placed if one is best or _is_same(one, best)]
    found = _joined(same)
    joined = [one.part for one in same]
    found.others = (
        *_others([part for part in parts if not any(part is one for one in joined)]),
        *_others([Part(table) for table in sheets.tables if table.unseen]),
        *_others([Part(table) for table in _left(sheets, opening)]),
    )
    return found


def _wanted(sheets: Sheets, opening: Opening) -> list[Table]:
    shown = [table for table in sheets.tables if not table.unseen]
    if opening.sheet is None:
        return shown
    if not any(table.name for table in sheets.tables):
        raise RuleBroken(mark("The file is a text file: it has no sheets to choose from."))
    chosen = _named(sheets, opening.sheet)
    if not chosen:
        raise RuleBroken(
            mark("The file has no sheet called “{name}”; it has {names}."),
            name=opening.sheet,
            names=", ".join(table.name for table in shown),
        )
    return chosen


def _named(sheets: Sheets, name: str) -> list[Table]:
    """The sheet of this name; capitals and accents may differ where no other sheet is meant."""
    exactly = [table for table in sheets.tables if table.name == name]
    alike = [table for table in sheets.tables if fold(table.name) == fold(name)]
    return exactly or (alike if len({table.name for table in alike}) == 1 else [])


def _left(sheets: Sheets, opening: Opening) -> list[Table]:
    """The sheets that somebody passed over by choosing another one."""
    if opening.sheet is None:
        return []
    return [t for t in sheets.tables if t.name != opening.sheet and not t.unseen]


def _placed(part: Part, mapping: Mapping | None, chosen: int | None) -> Placed | None:
    found = header_of(part.table, mapping, chosen)
    if found is None:
        return None
    header, score = found
    if not chosen and has_options_below(part.table, header):
        header += 1
    headings = headings_of(part.table, header)
    del headings[_width(part.table, header, len(headings)) :]
    return Placed(part, unique(headings), header, score)


def _width(table: Table, header: int, most: int) -> int:
    """How many columns have a heading or are meant to: a few rows that are longer were moved."""
    own, rows = len(table.rows[header]), table.rows[header + 1 :]
    longer = sum(any(cell != "" for cell in row[own:]) for row in rows)
    width = own if 0 < longer * 2 < len(rows) else most
    used = (n for row in table.rows[header:] for n, cell in enumerate(row[:width], 1) if cell != "")
    return max(used, default=width)


def _is_same(one: Placed, best: Placed) -> bool:
    """Whether two tables have the same headings, in whatever order, and neither is kept aside."""
    same = names_of(one.headings) == names_of(best.headings)
    return same and one.score == best.score and (best.is_aside or not one.is_aside)


def _joined(same: Sequence[Placed]) -> Found:
    """All rows of tables with the same headings, in the order of the columns of the first."""
    first = same[0]
    found = Found(first.headings, first.header + first.part.top)
    for one in same:
        order = _order(first, one)
        start, below = len(found.rows), one.header + 1
        rows = one.table.rows[below:]
        found.rows += rows if order is None else [_moved(row, order) for row in rows]
        found.hidden |= {n - below + start for n in one.table.hidden if n >= below}
        place = {old: new for new, old in enumerate(order)} if order else {}
        found.odd += [
            (row - below + start, place.get(column, column), code)
            for row, column, code in one.table.odd
            if row >= below
        ]
        found.filled |= {
            (row - below + start, place.get(column, column)): text
            for (row, column), text in _filled_down(one).items()
        }
        found.notes |= {row - below + start: why for row, why in _notes(one)}
    return found


def _order(first: Placed, one: Placed) -> list[int] | None:
    """Where each column of the first table is in another one; ``None`` if in the same place."""
    if one.headings == first.headings:
        return None
    return [one.headings.index(h) if h in one.headings else -1 for h in first.headings]


def _moved(row: Sequence[Cell], order: Sequence[int]) -> list[Cell]:
    return [row[n] if 0 <= n < len(row) else "" for n in order]


def _filled_down(one: Placed) -> dict[tuple[int, int], str]:
    """Row and column to the text of cells that are merged downwards below the headings."""
    texts: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in one.table.merged:
        if bottom > top > one.header:
            cells = one.table.rows[top] if top < len(one.table.rows) else []
            text = text_of(cells[left]) if left < len(cells) else ""
            for row in range(top, bottom + 1):
                texts |= dict.fromkeys(((row, n) for n in range(left, right + 1)), text)
    return texts


def _notes(one: Placed) -> Iterator[tuple[int, str]]:
    """The rows below the headings that belong to headings: options, titles above repeated ones."""
    rows = one.table.rows
    if has_answers_below(one.table, one.header):
        yield one.header + 1, SUBHEADING
    names = _names_in(rows[one.header])
    for number in range(one.header + 1, len(rows) - 1):
        if is_title(rows[number]) and _heads(rows, number + 1, names):
            yield number, NOTE


def _names_in(row: Sequence[Cell]) -> Counter[str]:
    return Counter(plain(text_of(cell)) for cell in row if cell != "")


def _heads(rows: Sequence[Sequence[Cell]], number: int, names: Counter[str]) -> bool:
    """Whether the next row with values repeats the headings."""
    while number < len(rows) and not any(cell != "" for cell in rows[number]):
        number += 1
    return number < len(rows) and repeats(rows[number], names)


def _others(parts: Sequence[Part]) -> Iterator[OtherTable]:
    """The tables that are not read; not those that hold nothing."""
    for part in parts:
        filled = [row for row in part.table.rows if any(cell != "" for cell in row)]
        if filled:
            placed = _placed(part, None, None)
            above = placed.header + 1 if placed else 0
            below = [row for row in part.table.rows[above:] if any(cell != "" for cell in row)]
            yield OtherTable(part.name, len(below))
