"""Draws a text as a QR code (ISO/IEC 18004): bytes, level M, versions 1 to 20."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from schoolapp.domain.rules import RuleBroken
from schoolapp.language import mark

# By version: codewords for correction in each block, and how many blocks (table 9).
_CORRECTION = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26)
_BLOCKS = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16)
_FORMAT_LEVEL = 0  # the two bits that stand for level M
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda x, y: y % 2 == 0,
    lambda x, y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)
_FINDER_LIKE = ([1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1])

Grid = list[list[int]]


def qr_svg(text: str) -> str:
    """The code as a picture of its dark squares, with the quiet zone of four that readers need."""
    rows = qr_code(text)
    size = len(rows) + 8
    squares = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{squares}"/></svg>'
    )


def qr_code(text: str) -> Grid:
    """The squares of the code, 1 for dark, row by row; ``RuleBroken`` if the text is too long."""
    data = text.encode()
    version = _version_for(len(data))
    words = _interleaved(_data_words(data, version), version)
    grid, fixed = _patterns(version)
    _place(grid, fixed, words)
    return min((_masked(grid, fixed, mask) for mask in range(8)), key=_penalty)


def _version_for(length: int) -> int:
    for version in range(1, len(_BLOCKS) + 1):
        if length + (2 if version < 10 else 3) <= _data_capacity(version):
            return version
    raise RuleBroken(mark("This text is too long for a QR code."))


def _data_capacity(version: int) -> int:
    return _raw_bits(version) // 8 - _CORRECTION[version - 1] * _BLOCKS[version - 1]


def _raw_bits(version: int) -> int:
    """Squares that hold data or correction: all but the patterns."""
    bits = (16 * version + 128) * version + 64
    if version >= 2:
        aligned = version // 7 + 2
        bits -= (25 * aligned - 10) * aligned - 55
        if version >= 7:
            bits -= 36
    return bits


def _data_words(data: bytes, version: int) -> list[int]:
    """Mode, length, the bytes and the padding, as codewords of eight bits."""
    length = 8 if version < 10 else 16
    bits = f"0100{len(data):0{length}b}" + "".join(f"{byte:08b}" for byte in data)
    room = _data_capacity(version) * 8
    bits += "0" * min(4, room - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[n : n + 8], 2) for n in range(0, len(bits), 8)]
    padding = (0xEC, 0x11)
    return words + [padding[n % 2] for n in range(room // 8 - len(words))]


def _interleaved(words: Sequence[int], version: int) -> list[int]:
    """The codewords in blocks with their correction, one of each block in turn."""
    blocks, correction = _BLOCKS[version - 1], _CORRECTION[version - 1]
    short = len(words) // blocks
    longer = len(words) % blocks  # so many of the last blocks have a word more
    parts, start = [], 0
    for number in range(blocks):
        end = start + short + (number >= blocks - longer)
        parts.append(list(words[start:end]))
        start = end
    checks = [_remainder(part, _divisor(correction)) for part in parts]
    mixed = [part[n] for n in range(short + 1) for part in parts if n < len(part)]
    return mixed + [check[n] for n in range(correction) for check in checks]


def _times(a: int, b: int) -> int:
    """The product in the field of 256 elements with the polynomial 0x11D."""
    product = 0
    for bit in range(7, -1, -1):
        product = (product << 1) ^ (product >> 7) * 0x11D
        product ^= (b >> bit & 1) * a
    return product


@cache
def _divisor(degree: int) -> tuple[int, ...]:
    """The generator polynomial of Reed and Solomon, without its leading 1."""
    found, root = [0] * (degree - 1) + [1], 1
    for _step in range(degree):
        for n in range(degree):
            found[n] = _times(found[n], root) ^ (found[n + 1] if n + 1 < degree else 0)
        root = _times(root, 2)
    return tuple(found)


def _remainder(words: Sequence[int], divisor: Sequence[int]) -> list[int]:
    rest = [0] * len(divisor)
    for word in words:
        factor = word ^ rest.pop(0)
        rest.append(0)
        rest = [one ^ _times(part, factor) for one, part in zip(rest, divisor, strict=True)]
    return rest


def _patterns(version: int) -> tuple[Grid, Grid]:
    """The squares every code of this version has, and which squares they are."""
    size = version * 4 + 17
    grid, fixed = ([[0] * size for _row in range(size)] for _grid in range(2))

    def put(x: int, y: int, dark: bool) -> None:
        grid[y][x], fixed[y][x] = int(dark), 1

    for n in range(size):
        put(6, n, n % 2 == 0)
        put(n, 6, n % 2 == 0)
    for left, top in ((3, 3), (size - 4, 3), (3, size - 4)):
        for x, y in _square(left, top, 4, size):
            put(x, y, max(abs(x - left), abs(y - top)) not in (2, 4))
    for left, top in _alignments(version, size):
        for x, y in _square(left, top, 2, size):
            put(x, y, max(abs(x - left), abs(y - top)) != 1)
    for x, y, dark in (*_version_bits(version, size), *_format_bits(0, size)):
        put(x, y, dark)
    return grid, fixed


def _square(left: int, top: int, reach: int, size: int) -> Iterator[tuple[int, int]]:
    for y in range(max(0, top - reach), min(size, top + reach + 1)):
        for x in range(max(0, left - reach), min(size, left + reach + 1)):
            yield x, y


def _alignments(version: int, size: int) -> Iterator[tuple[int, int]]:
    if version == 1:
        return
    count = version // 7 + 2
    step = (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    places = [6, *sorted(size - 7 - n * step for n in range(count - 1))]
    corners = {(6, 6), (6, places[-1]), (places[-1], 6)}
    yield from ((x, y) for x in places for y in places if (x, y) not in corners)


def _version_bits(version: int, size: int) -> Iterator[tuple[int, int, bool]]:
    """Which version it is, twice, from version 7 on."""
    if version < 7:
        return
    rest = version
    for _step in range(12):
        rest = (rest << 1) ^ (rest >> 11) * 0x1F25
    bits = version << 12 | rest
    for n in range(18):
        dark, near, far = bool(bits >> n & 1), n // 3, size - 11 + n % 3
        yield far, near, dark
        yield near, far, dark


def _format_bits(mask: int, size: int) -> Iterator[tuple[int, int, bool]]:
    """Level and mask, twice, and the square that is always dark."""
    data = _FORMAT_LEVEL << 3 | mask
    rest = data
    for _step in range(10):
        rest = (rest << 1) ^ (rest >> 9) * 0x537
    bits = (data << 10 | rest) ^ 0x5412
    first = [
        *((8, n) for n in range(6)),
        (8, 7),
        (8, 8),
        (7, 8),
        *((14 - n, 8) for n in range(9, 15)),
    ]
    second = [*((size - 1 - n, 8) for n in range(8)), *((8, size - 15 + n) for n in range(8, 15))]
    for n in range(15):
        for x, y in (first[n], second[n]):
            yield x, y, bool(bits >> n & 1)
    yield 8, size - 8, True


def _place(grid: Grid, fixed: Grid, words: Sequence[int]) -> None:
    """Lay the bits into the free squares, two columns at a time from the right, up and down."""
    size = len(grid)
    bits = (word >> shift & 1 for word in words for shift in range(7, -1, -1))
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        upward = (right + 1) & 2 == 0
        for step in range(size):
            y = size - 1 - step if upward else step
            for x in (right, right - 1):
                if not fixed[y][x]:
                    grid[y][x] = next(bits, 0)


def _masked(grid: Grid, fixed: Grid, mask: int) -> Grid:
    turns = _MASKS[mask]
    made = [
        [dark if fixed[y][x] else dark ^ turns(x, y) for x, dark in enumerate(row)]
        for y, row in enumerate(grid)
    ]
    for x, y, bit in _format_bits(mask, len(grid)):
        made[y][x] = int(bit)
    return made


def _penalty(grid: Grid) -> int:
    """How hard a code is to read, by the four rules of the standard."""
    size = len(grid)
    lines = [*grid, *map(list, zip(*grid, strict=True))]
    found = sum(_line_penalty(line) for line in lines)
    for above, below in pairwise(grid):
        for x in range(size - 1):
            found += 3 * (above[x] == above[x + 1] == below[x] == below[x + 1])
    dark = sum(map(sum, grid))
    return found + 10 * (abs(dark * 20 - size * size * 10) // (size * size))


def _line_penalty(line: Sequence[int]) -> int:
    """Runs of five and more, and what looks like a corner."""
    found, run = 0, 0
    for before, now in zip([-1, *line], [*line, -1], strict=True):
        if now == before:
            run += 1
            continue
        found += run - 2 if run >= 5 else 0
        run = 1
    text = list(line)
    return found + 40 * sum(text[n : n + 11] in _FINDER_LIKE for n in range(len(text) - 10))
