"""The rows of a table as rows of applicants: each of one person, with its marks and its columns."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from schoolapp.domain.reading_cells.cell_text import clean
from schoolapp.exchange.applications.drafts import Issue
from schoolapp.exchange.applications.finding import Found
from schoolapp.exchange.applications.guessing import LISTS, Samples
from schoolapp.exchange.applications.mapping import ANSWER, Column
from schoolapp.exchange.applications.mending import mended
from schoolapp.exchange.applications.options import OTHER, is_chosen, is_tick
from schoolapp.exchange.applications.persons import OF_A_PERSON
from schoolapp.exchange.applications.records import LONG_ROW
from schoolapp.exchange.applications.sheets import Cell
from schoolapp.exchange.applications.tables import reason_to_leave_out, text_of

HIDDEN = "hidden_row"
_MERGED = ("delegation", "country")  # fields whose cells are merged downwards
_SAMPLE = 300  # rows


@dataclass(slots=True)
class Line:
    """A row of one person: cells as wide as the table, of which ``columns`` are about this person.

    ``raw`` is heading to text, ``why`` the reason to leave the row out, ``issues`` what was odd
    before any cell was understood. ``person`` counts the people of a row of the file from 1.
    """

    cells: list[Cell]
    columns: list[Column]
    raw: dict[str, str] = field(default_factory=dict)
    why: str | None = None
    issues: list[Issue] = field(default_factory=list)
    person: int = 1


def samples_of(found: Found) -> Samples:
    """The filled cells of each column, of the first rows."""
    rows = [row for n, row in enumerate(found.rows[:_SAMPLE]) if n not in found.notes]
    return [
        [text for row in rows if index < len(row) and (text := _plain(row[index]))]
        for index in range(len(found.headings))
    ]


def lay_out(found: Found, columns: Sequence[Column], delimiter: str) -> list[Line]:
    """All rows, first those of each first person, then the second people of rows, and so on."""
    rows = [_line(found, number, columns, delimiter) for number in range(len(found.rows))]
    last = max((column.person for column in columns), default=0)
    if last == 0:
        return [_folded(line) for line in rows]
    return [
        _folded(one)
        for person in range(1, last + 1)
        for line in rows
        if (one := _of_person(line, person))
    ]


def in_one_layout(lines: Sequence[Line], columns: Sequence[Column]) -> list[list[Cell]]:
    """The cells of the lines to look over: those of second people below those of the first."""
    place = {(c.field, c.option): c.index for c in columns if c.person < 2}
    rows = []
    for line in lines:
        cells: list[Cell] = list(line.cells)
        for column in line.columns:
            if column.person > 1 and (column.field, column.option) in place:
                cells[place[column.field, column.option]] = line.cells[column.index]
        rows.append(cells)
    return rows


def _plain(cell: Cell) -> str:
    return clean(text_of(cell)).text


def _line(found: Found, number: int, columns: Sequence[Column], delimiter: str) -> Line:
    row = found.rows[number]
    why = reason_to_leave_out(row, found.headings) or found.notes.get(number)
    cells: list[Cell] = [*row, *[""] * (len(columns) - len(row))]
    issues = [Issue(HIDDEN, "full_name")] if number in found.hidden and not why else []
    raw_of = cells
    if len(cells) > len(columns) and any(cell != "" for cell in cells[len(columns) :]):
        mending = mended(cells, columns, delimiter)
        raw_of = cells = mending.cells
        told = mending.doubtful or range(len(columns))
        issues += [_long(columns[n], cells[n]) for n in told if n in mending.doubtful or n == 0]
        cells = [_unless_doubtful(columns[n], cell, n in mending.doubtful)
                 for n, cell in enumerate(cells)]  # fmt: skip
    for column in columns:
        if column.field in _MERGED and cells[column.index] == "":
            cells[column.index] = found.filled.get((number, column.index), "")
    raw = {c.heading: text_of(cell) for c, cell in zip(columns, raw_of, strict=False)}
    issues += _odd(found, number, columns, raw)
    return Line(cells, list(columns), raw, why, issues)


def _long(column: Column, cell: Cell) -> Issue:
    return Issue(LONG_ROW, column.field or column.heading, text_of(cell))


def _unless_doubtful(column: Column, cell: Cell, doubtful: bool) -> Cell:
    """The cell; nothing where it may belong to another column, unless its words are kept."""
    return "" if doubtful and column.field != ANSWER else cell


def _odd(
    found: Found, number: int, columns: Sequence[Column], raw: dict[str, str]
) -> Iterator[Issue]:
    for row, index, code in found.odd:
        if row == number and index < len(columns):
            column = columns[index]
            yield Issue(code, column.field or column.heading, raw[column.heading])


def _of_person(line: Line, person: int) -> Line | None:
    """The row as one of its people has it; ``None`` if there is no such person in it."""
    own = [c for c in line.columns if c.person == person]
    if person > 1:
        if line.why or not any(line.cells[c.index] != "" for c in own if c.field != ANSWER):
            return None
        shared = [c for c in line.columns if c.person == 0 and _is_shared(c)]
    else:
        shared = [c for c in line.columns if c.person == 0]
    columns = sorted((*own, *shared), key=lambda c: c.index)
    raw = {c.heading: line.raw[c.heading] for c in columns}
    mine = {c.field or c.heading for c in columns}
    issues = [issue for issue in line.issues if person == 1 or issue.field in mine]
    return replace(line, columns=columns, raw=raw, issues=issues, person=person)


def _is_shared(column: Column) -> bool:
    return column.field not in OF_A_PERSON


def _folded(line: Line) -> Line:
    """The row with options of one question put together in the first column of the question."""
    groups: dict[tuple[str, int], list[Column]] = defaultdict(list)
    cells, left = list(line.cells), set()
    for column in line.columns:
        if column.field in LISTS and column.option is not None:
            cells[column.index] = _ticked(cells[column.index], column.option)
        elif column.field and column.option is not None:
            groups[column.field, column.person].append(column)
    whole = {(c.field, c.person) for c in line.columns if c.option is None}
    named: dict[int, Column] = {}
    for key, options in groups.items():
        if key in whole:
            continue
        first = options[0]
        said = (_said(cells[c.index], c.option or "") for c in options)
        cells[first.index] = "; ".join(filter(None, said))
        named[first.index] = replace(first, option=None)
        left |= {column.index for column in options[1:]}
    columns = [named.get(c.index, c) for c in line.columns if c.index not in left]
    return replace(line, cells=cells, columns=columns)


def _ticked(cell: Cell, option: str) -> Cell:
    """A cell below an option as a plain yes or no, where it can be known; words of one's own stay.

    A tick for "other" says nothing: the words for it are in a column of their own.
    """
    chosen = is_chosen(_plain(cell), option)
    if option == OTHER:
        return "" if is_tick(_plain(cell)) else cell
    return cell if chosen is None or not _plain(cell) else "yes" if chosen else "no"


def _said(cell: Cell, option: str) -> str:
    """What the cell below an option says: the option, or the words of its own."""
    text = _plain(cell)
    if option == OTHER:
        return "" if is_tick(text) else text
    chosen = is_chosen(text, option)
    if chosen is None:
        return f"{option}: {text}"
    return option if chosen else ""
