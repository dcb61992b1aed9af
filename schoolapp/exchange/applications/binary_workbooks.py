"""What a workbook of Excel 97 (xls) holds that calamine does not tell: hidden rows, error cells.

An xls is a small file system ("compound file") in which a stream holds records, each with its kind
and length in front. Of these are read: the names of sheets, rows, errors, results of formulas.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

_NO_SECTOR = 0xFFFFFFFA  # this and all above are marks, not numbers of sectors
_ENTRY = 128  # bytes of an entry of the directory
_STREAM = "Workbook"
_ROOT = "Root Entry"
_EOF, _BOUND_SHEET, _ROW, _FORMULA, _BOOL_OR_ERROR = 0x0A, 0x85, 0x208, 0x06, 0x205
_HIDDEN = 0x20  # of the flags of a row
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip


@dataclass(slots=True)
class Untold:
    """Of one sheet: rows that are hidden, and cells with the error that they show, from 0."""

    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def untold(data: bytes) -> dict[str, Untold]:
    """What each sheet of an xls holds besides its values, by name; empty if it cannot be read."""
    try:
        stream = _Compound(data).stream(_STREAM)
        return {name: _of_sheet(stream, start) for name, start in _sheets(stream)}
    except (struct.error, IndexError, ValueError):  # calamine has the say whether it is damaged
        return {}


class _Compound:
    """The file system: chains of sectors, for small streams chains of parts of the first one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << self._number("<H", 30)
        self._small = 1 << self._number("<H", 32)
        self._least = self._number("<I", 56)
        self._most = len(data) // self._size + 1  # sectors that there are at all
        self._next: list[int] = self._table(islice(self._fat_sectors(), self._most))
        self._small_next = self._table(self._chain(self._number("<I", 60)))
        self._entries = dict(self._directory())

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; ``ValueError`` if there is none of this name."""
        if name not in self._entries:
            raise ValueError(name)
        start, size = self._entries[name]
        if size >= self._least or name == _ROOT:
            return b"".join(map(self._sector, self._chain(start)))[:size]
        whole = self.stream(_ROOT)
        parts = _chain(self._small_next, start, len(whole) // self._small + 1)
        return b"".join(whole[n * self._small : (n + 1) * self._small] for n in parts)[:size]

    def _number(self, shape: str, at: int) -> int:
        return int(struct.unpack_from(shape, self._data, at)[0])

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _table(self, sectors: Iterator[int]) -> list[int]:
        joined = b"".join(map(self._sector, sectors))
        return [one for (one,) in struct.iter_unpack("<I", joined[: len(joined) // 4 * 4])]

    def _fat_sectors(self) -> Iterator[int]:
        """The sectors of the table of chains: the first 109 in the header, others in a list."""
        yield from _used(struct.unpack_from("<109I", self._data, 76))
        following, seen = self._number("<I", 68), 0
        while following < _NO_SECTOR and seen < self._most:
            numbers = [one for (one,) in struct.iter_unpack("<I", self._sector(following))]
            yield from _used(numbers[:-1])
            following, seen = numbers[-1], seen + 1

    def _chain(self, start: int) -> Iterator[int]:
        return _chain(self._next, start, self._most)

    def _directory(self) -> Iterator[tuple[str, tuple[int, int]]]:
        joined = b"".join(map(self._sector, self._chain(self._number("<I", 48))))
        for at in range(0, len(joined) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", joined, at + 64)
            name = joined[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", joined, at + 116)
            yield name, (start, size)


def _used(numbers: Sequence[int]) -> Iterator[int]:
    return (number for number in numbers if number < _NO_SECTOR)


def _chain(following: list[int], start: int, most: int) -> Iterator[int]:
    """The numbers of a chain, ``most`` at the most: one of a broken file may run in a circle."""
    for _step in range(most):
        if start >= len(following):
            return
        yield start
        start = following[start]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from a place to the next end of a part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _EOF:
            return
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Name of each sheet and the place at which its records begin."""
    for kind, at, _length in _records(stream, 0):
        if kind == _BOUND_SHEET:
            (start,) = struct.unpack_from("<I", stream, at)
            letters, wide = stream[at + 6], stream[at + 7] & 1
            name = stream[at + 8 : at + 8 + letters * (2 if wide else 1)]
            yield name.decode("utf-16-le" if wide else "latin-1"), start


def _of_sheet(stream: bytes, start: int) -> Untold:
    found = Untold()
    for kind, at, _length in _records(stream, start):
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xI", stream, at)
            if flags & _HIDDEN:
                found.hidden.add(row)
        elif kind == _BOOL_OR_ERROR and stream[at + 7]:
            _note(found, stream, at, stream[at + 6])
        elif kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
            _note(found, stream, at, stream[at + 8])
    return found


def _note(found: Untold, stream: bytes, at: int, code: int) -> None:
    row, column = struct.unpack_from("<HH", stream, at)
    found.errors[row, column] = _ERRORS.get(code, "#VALUE!")
