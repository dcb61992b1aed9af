"""The limits of a sheet that comes in, and the archive guard that holds a workbook to them."""

import io
import re
import zipfile
import zlib

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken

FILE_BYTES = 20_000_000
PARTS = 2_000
PART_BYTES = 100_000_000
INFLATED_BYTES = 200_000_000
RATIO = 100  # for parts over RATIO_FROM
RATIO_FROM = 1_000_000
ROWS, COLUMNS = 20_000, 256  # with values
CELL = 10_000  # characters
FIELD = 131_072  # characters of a field of a text file
LINE = 1_000_000
HEADER_WITHIN = 20  # rows

_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_CHUNK = 1 << 16
_OVERLAP = 16


def check_archive(data: bytes) -> None:
    """Refuse an archive that breaks a limit, or holds macros, a DTD or text that is not UTF-8.

    Sizes are counted while inflating, because the directory of an archive may lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            total = 0
            for info in archive.infolist():
                total = _check_part(archive, info, total)
    except _DAMAGED as trouble:
        raise RuleBroken(mark("The workbook is damaged and could not be opened.")) from trouble


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > PARTS:
        raise RuleBroken(mark("The workbook has more than {limit} parts."), limit=PARTS)
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise RuleBroken(mark("The workbook holds the same part twice."))
    if any(part.flag_bits & 1 for part in parts):
        raise RuleBroken(mark("The workbook is protected by a password; save it without one."))
    if any("vbaproject" in name.lower() or name.startswith("Basic/") for name in names):
        raise RuleBroken(mark("The workbook holds macros; save it without them."))


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, total: int) -> int:
    is_xml = info.filename.lower().endswith((".xml", ".rels"))
    size, edge = 0, b""
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            if is_xml:
                _check_xml(edge + chunk, first=size == 0)
                edge = chunk[-_OVERLAP:]
            size += len(chunk)
            _check_size(size, total + size, info.compress_size)
    return total + size


def _check_xml(piece: bytes, *, first: bool) -> None:
    if first and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or _OTHER_ENCODING.match(piece)):
        raise RuleBroken(mark("The workbook is not written in UTF-8."))
    if _DTD.search(piece):
        raise RuleBroken(mark("The workbook declares entities, which no spreadsheet needs."))


def _check_size(size: int, total: int, packed: int) -> None:
    if size > PART_BYTES or total > INFLATED_BYTES:
        raise RuleBroken(
            mark("The workbook unpacks to more than {limit} MB."), limit=INFLATED_BYTES // 1_000_000
        )
    if size > RATIO_FROM and size > RATIO * max(packed, 1):
        raise RuleBroken(
            mark("A part of the workbook is packed more than {limit} times."), limit=RATIO
        )
