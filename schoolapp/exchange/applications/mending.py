"""Rows with more cells than headings: a delimiter inside a cell has moved the cells behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from schoolapp.exchange.applications.guessing import can_be
from schoolapp.exchange.applications.mapping import Column
from schoolapp.exchange.applications.sheets import Cell
from schoolapp.exchange.applications.tables import text_of


@dataclass(frozen=True, slots=True)
class Mended:
    """The cells under their headings; ``doubtful`` are the columns that may be moved."""

    cells: list[Cell]
    doubtful: frozenset[int]


def mended(row: Sequence[Cell], columns: Sequence[Column], delimiter: str) -> Mended:
    """The row with the pieces of one cell put together again, where it is clear which.

    Each place is tried; it fits if addresses, dates and numbers are under their headings then. A
    piece that begins with a space was written in one cell with the piece in front of it.
    """
    extra = len(row) - len(columns)
    tried = {n: _put(row, n, extra, delimiter) for n in range(len(columns))}
    places = [n for n, cells in tried.items() if _fits(cells, columns, strictly=False)]
    spaced = [n for n in places if _begin_with_spaces(row[n + 1 : n + 1 + extra])]
    places = spaced or [n for n in places if _fits(tried[n], columns, strictly=True)] or places
    if not places:
        return Mended(_put(row, len(columns) - 1, extra, delimiter), frozenset(range(len(columns))))
    doubtful = range(places[0], places[-1] + 1) if len(places) > 1 else ()
    return Mended(_put(row, places[0], extra, delimiter), frozenset(doubtful))


def _put(row: Sequence[Cell], place: int, extra: int, delimiter: str) -> list[Cell]:
    joined = delimiter.join(text_of(cell) for cell in row[place : place + extra + 1])
    return [*row[:place], joined, *row[place + extra + 1 :]]


def _fits(cells: Sequence[Cell], columns: Sequence[Column], *, strictly: bool) -> bool:
    return all(
        can_be(column.field, text_of(cell), strictly=strictly)
        for column, cell in zip(columns, cells, strict=True)
    )


def _begin_with_spaces(pieces: Sequence[Cell]) -> bool:
    return all(isinstance(piece, str) and piece.startswith(" ") for piece in pieces)
