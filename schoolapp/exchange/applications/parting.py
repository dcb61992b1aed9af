"""Tables that share a sheet: side by side behind an empty column, or one below the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schoolapp.exchange.applications.heading_rows import (
    header_of,
    is_title,
    may_head,
    texts_of,
)
from schoolapp.exchange.applications.mapping import columns_of, recognised
from schoolapp.exchange.applications.phrases import plain
from schoolapp.exchange.applications.sheets import Cell, Opening, Table
from schoolapp.exchange.applications.tables import text_of

_NAMED = 2  # known headings that make a row the headings of a table of its own
_NAMES = frozenset({"full_name", "given", "family", "name"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sheet that may be a table of its own; ``top`` is its first row in the sheet."""

    table: Table
    top: int = 0
    title: str = ""

    @property
    def name(self) -> str:
        """The name of the sheet, with the first heading of the part if there are several."""
        return ": ".join(filter(None, (self.table.name, self.title)))


def parts_of(table: Table, opening: Opening) -> list[Part]:
    """The tables of a sheet; all of it where somebody has chosen the row of the headings."""
    if opening.header_row is not None:
        return [Part(table)]
    return [below for beside in _side_by_side(table) for below in _one_below_the_other(beside)]


def _side_by_side(table: Table) -> list[Part]:
    """The tables beside each other: with the same headings, or of another number of rows."""
    placed = header_of(table, None, None)
    if placed is None:
        return [Part(table)]
    texts = texts_of(table.rows[placed[0]])
    spans = _spans(table, texts)
    return (
        [_cut_out(table, left, right) for left, right in spans] if len(spans) > 1 else [Part(table)]
    )


def _spans(table: Table, texts: list[str]) -> list[tuple[int, int]]:
    """From column to column, the tables of a row of headings."""
    runs = _runs(table)
    if len(runs) == 1:
        return _repeated(texts, runs[0])
    first = runs[0]
    names = [plain(text) for text in texts[first[0] : first[1] + 1]]
    spans = [first]
    for left, right in runs[1:]:
        here = [plain(text) for text in texts[left : right + 1]]
        if here == names or _is_apart(table, texts, first, (left, right)):
            spans.append((left, right))
        else:
            spans[-1] = (spans[-1][0], right)
    return spans


def _runs(table: Table) -> list[tuple[int, int]]:
    """The runs of columns that hold anything, from column to column."""
    width = max((len(row) for row in table.rows), default=0)
    used = [any(row[n : n + 1] not in ([], [""]) for row in table.rows) for n in range(width)]
    runs: list[tuple[int, int]] = []
    for n, filled in enumerate(used):
        if filled and runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        elif filled:
            runs.append((n, n))
    return runs or [(0, max(width - 1, 0))]


def _repeated(texts: list[str], run: tuple[int, int]) -> list[tuple[int, int]]:
    """The run in pieces if its headings come again and again: Name, E-mail, Name, E-mail."""
    names = [plain(text) for text in texts[run[0] : run[1] + 1]]
    for period in range(_NAMED, len(names) // 2 + 1):
        times, rest = divmod(len(names), period)
        if not rest and names == names[:period] * times and _names_people(names[:period]):
            return [(run[0] + n * period, run[0] + (n + 1) * period - 1) for n in range(times)]
    return [run]


def _names_people(texts: Sequence[str]) -> bool:
    return all(texts) and any(column.field in _NAMES for column in columns_of(texts))


def _is_apart(table: Table, texts: list[str], first: tuple[int, int], run: tuple[int, int]) -> bool:
    """Whether a run of columns is another table: headings, no names, rows of its own number."""
    headings = [text for text in texts[run[0] : run[1] + 1] if text]
    if len(headings) < _NAMED or _names_people(headings):
        return False
    return _last_row(table, run) != _last_row(table, first)


def _last_row(table: Table, run: tuple[int, int]) -> int:
    filled = (
        n for n, row in enumerate(table.rows)
        if any(cell != "" for cell in row[run[0] : run[1] + 1])
    )  # fmt: skip
    return max(filled, default=-1)


def _cut_out(table: Table, left: int, right: int) -> Part:
    rows = [list(row[left : right + 1]) for row in table.rows]
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    merged = tuple(
        (top, a - left, bottom, b - left)
        for top, a, bottom, b in table.merged
        if left <= a and b <= right
    )
    odd = tuple((row, n - left, code) for row, n, code in table.odd if left <= n <= right)
    part = replace(table, rows=rows, merged=merged, odd=odd)
    return Part(part, 0, _title(rows) if left else "")


def _title(rows: Sequence[Sequence[Cell]]) -> str:
    return next((text_of(cell) for row in rows for cell in row if cell != ""), "")


def _one_below_the_other(part: Part) -> Iterator[Part]:
    """The tables below each other: behind an empty row, a row of headings that are not the same."""
    placed = header_of(part.table, None, None)
    if placed is None or placed[1] < _NAMED:
        yield part
        return
    rows, start = part.table.rows, 0
    for row in _heading_rows(part.table, placed[0]):
        yield _cut_below(part, start, row)
        start = row
    yield _cut_below(part, start, len(rows))


def _heading_rows(table: Table, header: int) -> Iterator[int]:
    """The rows that begin another table below the one with this row of headings."""
    rows = table.rows
    names = {plain(text) for text in texts_of(rows[header]) if text}
    for number in range(header + 2, len(rows)):
        row = rows[number]
        if not _is_behind_gap(rows, number, header) or not may_head(row):
            continue
        same = [plain(text) for text in texts_of(row)] == [
            plain(text) for text in texts_of(rows[header])
        ]
        if not same and recognised(texts_of(row)) >= _NAMED and _all_headings(row, names):
            yield number


def _all_headings(row: Sequence[Cell], names: set[str]) -> bool:
    """Whether most cells of a row are headings: known ones, or those of the table above."""
    texts = [text for text in texts_of(row) if text]
    known = sum(plain(text) in names or columns_of([text])[0].field is not None for text in texts)
    return known * 2 >= len(texts)


def _is_behind_gap(rows: Sequence[Sequence[Cell]], number: int, header: int) -> bool:
    """Whether there is an empty row above, perhaps with a title between."""
    above = number - 1
    if is_title(rows[above]):
        above -= 1
    return above > header and _is_blank(rows[above])


def _cut_below(part: Part, start: int, end: int) -> Part:
    table = part.table
    if start == 0 and end == len(table.rows):
        return part
    rows = table.rows[start:end]
    while rows and (_is_blank(rows[-1]) or (end < len(table.rows) and _ends(rows))):
        rows = rows[:-1]
    cut = replace(
        table,
        rows=rows,
        merged=tuple(
            (top - start, a, bottom - start, b)
            for top, a, bottom, b in table.merged
            if start <= top and bottom < end
        ),
        hidden=frozenset(n - start for n in table.hidden if start <= n < end),
        odd=tuple((row - start, n, code) for row, n, code in table.odd if start <= row < end),
    )
    title = _title(rows) if start else part.title
    return Part(cut, part.top + start, title)


def _is_blank(row: Sequence[Cell]) -> bool:
    return not any(cell != "" for cell in row)


def _ends(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the last row is the title of the table that follows."""
    return len(rows) > 1 and is_title(rows[-1]) and _is_blank(rows[-2])
