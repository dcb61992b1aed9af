"""From the bytes of a file to sheets of cells: kind, encoding, delimiter, no meaning yet."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications import limits
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
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252")  # that may be chosen
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
    """(text, encoding): the first of UTF-8, UTF-16 and Windows-1252 that decodes every byte."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding.startswith("utf-16-") and not _sensible(text):
            continue
        return text.removeprefix("\ufeff"), encoding
    raise RuleBroken(mark("The text is neither UTF-8, UTF-16 nor Windows-1252; save it as UTF-8."))


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    """(text, encoding) in the encoding that somebody chose."""
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
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


def _encodings(data: bytes) -> list[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if b"\0" not in data:
        return ["utf-8", "cp1252"]
    return ["utf-16-le", "utf-16-be", "utf-8", "cp1252"]


def _sensible(text: str) -> bool:
    """Whether UTF-16 without a mark was read in the right order of bytes."""
    return "\0" not in text and "\n" in text.replace("\r", "\n") and any(d in text for d in ",;\t|")


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows = []
    for row in _records(text, delimiter):
        rows.append(row)
        if len(rows) == _SAMPLE:
            break
    return rows


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(limits.FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _read_text(data: bytes, opening: Opening) -> Sheets:
    text, encoding = _decode_as(data, opening.encoding) if opening.encoding else decode(data)
    if any(len(line) > limits.LINE for line in text.splitlines()):
        raise RuleBroken(
            mark("A line of the file is longer than {limit} characters."), limit=limits.LINE
        )
    try:
        delimiter = opening.delimiter or find_delimiter(text)
        rows = _limited(_records(text, delimiter))
    except csv.Error as trouble:
        raise RuleBroken(
            mark("A field of the file is longer than {limit} characters."), limit=limits.FIELD
        ) from trouble
    return Sheets([Table("", rows)], encoding, delimiter)


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
