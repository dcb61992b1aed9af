"""From the bytes of a file to sheets of cells: kind, encoding, delimiter, no meaning yet."""

import csv
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications import encodings, limits
from schoolapp.exchange.applications.records import loosely, records_of
from schoolapp.exchange.applications.sheets import (
    FOUND_OUT,
    Cell,
    Opening,
    Sheets,
    Table,
    check_row,
)
from schoolapp.exchange.applications.workbooks import check_unlocked, read_workbook
from schoolapp.exchange.sheets.formulas import original

WORKBOOKS = {"xlsx": b"PK", "xlsm": b"PK", "ods": b"PK", "xls": b"\xd0\xcf\x11\xe0"}
_DELIMITERS = ",;\t|"
_SAMPLE = 60  # records looked at to find the delimiter


def read(data: bytes, name: str, opening: Opening = FOUND_OUT) -> Sheets:
    """The tables of a file, by what it is; ``RuleBroken`` if it is not what its name says."""
    if len(data) > limits.FILE_BYTES:
        raise RuleBroken(
            mark("The file is larger than {limit} MB."), limit=limits.FILE_BYTES // 1_000_000
        )
    if not data.strip():
        raise RuleBroken(mark("The file is empty."))
    check_unlocked(data)  # before the name: xlsx with a password is not an archive
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    workbook = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    if suffix in WORKBOOKS and not data.startswith(WORKBOOKS[suffix]):
        raise RuleBroken(
            mark("The file is called {suffix} but is no such workbook."), suffix=f".{suffix}"
        )
    if suffix in ("csv", "tsv", "tab", "txt") and workbook:
        raise RuleBroken(mark("The file is called {suffix} but is no text."), suffix=f".{suffix}")
    return read_workbook(data) if workbook else _read_text(data, opening)


def decode(data: bytes) -> tuple[str, str]:
    """(text, encoding): UTF-8 or UTF-16 if it can be, else the one in which its words are words."""
    for encoding in _encodings(data):
        try:
            text = encodings.text_in(data, encoding)
        except UnicodeDecodeError:
            continue
        if encoding.startswith("utf-16-") and not _sensible(text):
            continue
        return text, encoding
    raise RuleBroken(
        mark("The text is neither UTF-8 nor UTF-16, and no other encoding gives words;"
             " save it as UTF-8.")
    )  # fmt: skip


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    """(text, encoding) in the encoding that somebody chose."""
    try:
        return encodings.text_in(data, encoding), encoding
    except (UnicodeDecodeError, LookupError) as trouble:
        raise RuleBroken(
            mark("The text is not written in {encoding}; choose another encoding."),
            encoding=encoding,
        ) from trouble


def find_delimiter(text: str) -> str:
    """The sign that splits most records into the same number of fields, two or more."""
    best, score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _sample(text, delimiter) if any(row))
        width, times = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        this = (times / widths.total() if width > 1 else 0.0, width)
        if this[0] > score[0] + 0.05 or (this[0] >= score[0] - 0.05 and this[1] > score[1]):
            best, score = delimiter, this
    return best


def _encodings(data: bytes) -> Iterable[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if b"\0" in data:
        return ["utf-16-le", "utf-16-be", "utf-8", "cp1252"]
    return _of_bytes(data)


def _of_bytes(data: bytes) -> Iterable[str]:
    yield "utf-8"
    yield from encodings.likely(data)


def _sensible(text: str) -> bool:
    """Whether UTF-16 without a mark was read in the right order of bytes."""
    return "\0" not in text and "\n" in text.replace("\r", "\n") and any(d in text for d in ",;\t|")


def _sample(text: str, delimiter: str) -> list[list[str]]:
    return list(islice(loosely(text, delimiter), _SAMPLE))


def _read_text(data: bytes, opening: Opening) -> Sheets:
    text, encoding = _decode_as(data, opening.encoding) if opening.encoding else decode(data)
    if any(len(line) > limits.LINE for line in text.splitlines()):
        raise RuleBroken(
            mark("A line of the file is longer than {limit} characters."), limit=limits.LINE
        )
    try:
        delimiter = opening.delimiter or find_delimiter(text)
        records, odd = records_of(text, delimiter)
    except csv.Error as trouble:
        raise RuleBroken(
            mark("A field of the file is longer than {limit} characters."), limit=limits.FIELD
        ) from trouble
    table = Table("", _limited(records), odd=odd)
    return Sheets([table], encoding, delimiter, previews=encodings.previews(data))


def _limited(records: Iterable[list[str]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    filled = 0
    for record in records:
        check_row(record)
        filled += any(record)
        rows.append([original(cell) for cell in record])
        if filled > limits.ROWS + limits.HEADER_WITHIN or len(rows) > 5 * limits.ROWS:
            raise RuleBroken(mark("The table has more than {limit} rows."), limit=limits.ROWS)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
