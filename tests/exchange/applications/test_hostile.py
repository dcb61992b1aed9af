"""A hostile or broken file ends in a sentence; the reading process dies alone."""

import contextlib
import fnmatch
import io
import queue
import random
import runpy
import struct
import sys
import time
import tracemalloc
import zipfile
from types import SimpleNamespace

import pytest
from odfdo import Document, Table

from schoolapp import __main__
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange import apart
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.worker import READER, main, read_apart
from tests.paths import CHECKERS

MAKER = runpy.run_path(str(CHECKERS / "hostile_files.py"))
SHAPES = {
    name: shape
    for name, shape in MAKER["SHAPES"].items()
    if fnmatch.fnmatch(name, "*.xlsx") or fnmatch.fnmatch(name, "*.csv")
}
SMALL = sorted(set(SHAPES) - MAKER["LARGE"] - {"field_10mb.csv"})


@pytest.mark.parametrize("name", SMALL)
def test_a_hostile_file_is_refused_in_a_sentence_or_read(name: str) -> None:
    """A file that breaks a limit is refused in a sentence, a merely odd one is read."""
    expect, _why, make = SHAPES[name]
    out = io.BytesIO()
    status = main(name, io.BytesIO(make()), out)
    assert expect == "either" or status == ("read", "refuse").index(expect)
    if status:
        assert out.getvalue().startswith(b'{"refused"')
    else:
        assert out.getvalue().endswith(b'"end"\n')


@pytest.mark.parametrize("name", ["good.xlsx", "good.csv"])
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    """Of 150 damaged files each is read or refused, none raises anything else."""
    good, rnd = SHAPES[name][2](), random.Random(5)
    for _ in range(150):
        status = main(name, io.BytesIO(MAKER["mutated"](good, rnd)), io.BytesIO())
        assert status in (0, 1)


def test_the_child_answers_and_refuses() -> None:
    """A process of its own reads a good file, and answers a bad one with its sentence."""
    assert len(read_apart(SHAPES["good.xlsx"][2](), "good.xlsx").tables[0].rows) == 3
    with pytest.raises(RuleBroken) as broken:
        read_apart(SHAPES["sparse.xlsx"][2](), "sparse.xlsx")
    assert broken.value.sentence() == "The table has more than 256 columns."


@pytest.mark.parametrize(
    "death",
    [
        "import os; os.abort()",
        "x = 'a' * 10**9 * 3",
        "while True: print('x' * 10**6)",
        "import time; time.sleep(60)",
        "print('[null,null,false,false]')",
    ],
)
def test_a_child_that_dies_takes_nothing_with_it(monkeypatch, death: str) -> None:
    """A crash, too much memory, too much output, too much time: the same plain sentence."""
    limited = f"import schoolapp.exchange.apart as a; a.limit_itself(a.Limits()); {death}"
    if death.startswith("while"):
        limited = limited.replace("; while", "\nwhile")
    monkeypatch.setattr(apart.Reader, "command", lambda reader: [sys.executable, "-c", limited])
    monkeypatch.setattr(READER.limits, "wall_seconds", 3)
    monkeypatch.setattr(READER.limits, "answer_bytes", 5_000_000)
    with pytest.raises(RuleBroken, match="could not be read"):
        read_apart(b"a,b\n" * 100_000, "a.csv")


def test_a_child_that_says_too_much_is_ended_at_once(monkeypatch) -> None:
    """An answer without end is cut at its limit, long before the time is up."""
    endless = "while True: print('x' * 10**6)"
    monkeypatch.setattr(apart.Reader, "command", lambda reader: [sys.executable, "-c", endless])
    monkeypatch.setattr(READER.limits, "answer_bytes", 5_000_000)
    begun = time.monotonic()
    with pytest.raises(RuleBroken, match="could not be read"):
        read_apart(b"a,b\n", "a.csv")
    assert time.monotonic() - begun < READER.limits.wall_seconds / 2


UNBOUNDED = -1


@pytest.fixture
def bounds(monkeypatch) -> dict[str, tuple[int, int]]:
    """A system whose limits are written down here, not set for the process of the tests."""
    limits = {"cpu": (UNBOUNDED, UNBOUNDED), "memory": (UNBOUNDED, 1_000_000)}
    system = SimpleNamespace(
        RLIMIT_CPU="cpu",
        RLIMIT_AS="memory",
        RLIM_INFINITY=UNBOUNDED,
        getrlimit=limits.__getitem__,
        setrlimit=limits.__setitem__,
    )
    monkeypatch.setitem(sys.modules, "resource", system)
    return limits


def test_the_child_limits_itself_and_then_reads(monkeypatch, bounds) -> None:
    """Started as a program it bounds itself, never above the system's own bound, and answers."""
    answer = io.BytesIO()
    monkeypatch.setattr(sys, "argv", ["schoolapp", READER.word, "", ",", "a.csv"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Name,E-mail\nAna,a@b.c\n")))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(answer, write_through=True))
    assert __main__.main() == 0
    assert answer.getvalue().endswith(b'["Ana","a@b.c"]\n"end"\n')
    assert bounds == {
        "cpu": (READER.limits.cpu_seconds, UNBOUNDED),
        "memory": (1_000_000, 1_000_000),
    }


def test_macos_bounds_only_the_time(monkeypatch, bounds) -> None:
    """macOS refuses to limit the address space, so none is asked for."""
    monkeypatch.setattr(sys, "platform", "darwin")
    apart.limit_itself(READER.limits)
    assert bounds["cpu"][0] == READER.limits.cpu_seconds
    assert bounds["memory"][0] == UNBOUNDED


def test_without_limits_of_the_system_the_child_watches_its_memory(monkeypatch) -> None:
    """Where there is no resource module the child ends itself once it uses too much."""
    grows = iter([1_000, READER.limits.memory_watched, READER.limits.memory_watched + 1])
    ended: queue.Queue[int] = queue.Queue()
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setattr(apart, "_memory_meter", lambda: grows.__next__)
    monkeypatch.setattr(apart.os, "_exit", ended.put)
    apart.limit_itself(READER.limits)
    assert ended.get(timeout=10) == 3
    assert list(grows) == []


def test_the_frozen_program_starts_itself(monkeypatch) -> None:
    """A frozen program has no python -m: it gets a word instead."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert READER.command() == [sys.executable, "read-sheet-apart"]


def archive(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name, content in parts:
            to.writestr(name, content)
    return out.getvalue()


def compound(name: str, stream: bytes) -> bytes:
    """A compound file (MS-CFB, version 3) of one stream, as Excel 97 and passwords use it."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    sectors = len(stream) // 512
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + b"\xff" * 108 * 4
    chain = [0xFFFFFFFD, end, *range(3, sectors + 2), end]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    root = entry("Root Entry", 5, 1, end, 0)
    return head + table + root + entry(name, 2, free, 2, len(stream)) + bytes(256) + stream


def xls(cells: list[tuple[int, int, int | str]], *, locked: bool = False) -> bytes:
    """A workbook of Excel 97 (BIFF8) of one sheet with whole numbers and short texts."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<4H8x", 0x600, kind, 0, 0))

    def book(at: int) -> bytes:
        password = record(0x2F, struct.pack("<3H48x", 1, 1, 1)) if locked else b""
        return begin(5) + password + record(0x85, struct.pack("<I4Bc", at, 0, 0, 1, 0, b"A"))

    body = begin(0x10)
    for row, column, value in cells:
        place = struct.pack("<3H", row, column, 0)
        if isinstance(value, int):
            body += record(0x27E, place + struct.pack("<I", value << 2 | 2))
        else:
            body += record(0x204, place + struct.pack("<HB", len(value), 0) + value.encode())
    end = record(0x0A)
    return compound("Workbook", book(len(book(0) + end)) + end + body + end)


def locked_ods(part: str) -> bytes:
    entry = f'<file-entry full-path="{part}"><encryption-data/></file-entry>'
    manifest = f"<manifest>{entry}</manifest>".encode()
    return archive((part, b"\x01\x02\x03"), ("META-INF/manifest.xml", manifest))


def marked_encrypted(data: bytes) -> bytes:
    """The archive with the mark of encryption in the directory entry of its first part."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


def test_a_workbook_of_excel_97_is_read() -> None:
    """Its whole numbers are numbers like those of later workbooks."""
    data = xls([(0, 0, "Name"), (0, 1, "Age"), (1, 0, "Ana"), (1, 1, 31)])
    rows = read(data, "a.xls").tables[0].rows
    assert rows == [["Name", "Age"], ["Ana", 31.0]]
    assert type(rows[1][1]) is float


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", compound("EncryptedPackage", b"x")),
        ("a.xls", xls([(0, 0, "a")], locked=True)),
        ("a.ods", locked_ods("content.xml")),
        ("a.ods", locked_ods("encrypted-package")),
        ("a.xlsx", marked_encrypted(archive(("xl/workbook.xml", b"<a/>")))),
    ],
)
def test_a_workbook_behind_a_password_differs_from_a_damaged_one(name: str, data: bytes) -> None:
    """Excel, LibreOffice before and since 24.2 and zip programs each lock files their own way."""
    out = io.BytesIO()
    assert main(name, io.BytesIO(data), out) == 1
    assert b"protected by a password" in out.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch) -> None:
    """A part, and all parts together, have a limit of their own."""
    data = archive(("a.bin", b"ab" * 400), ("b.bin", b"ab" * 400))
    for limit in ("PART_BYTES", "INFLATED_BYTES"):
        with monkeypatch.context() as patch:
            patch.setattr(limits, limit, {"PART_BYTES": 799, "INFLATED_BYTES": 1_599}[limit])
            with pytest.raises(RuleBroken, match="unpacks to more than"):
                limits.check_archive(data)
            patch.setattr(limits, limit, 1_600)
            limits.check_archive(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (archive(("a.xml", b"<a/>"), ("b.xml", b"<a/>")).replace(b"b.xml", b"a.xml"), "part twice"),
        (b"a," * 300 + b"b\n", "more than 256 columns"),
        (archive(("xl/vbaProject.bin", b"x")), "holds macros"),
        (
            archive(("a.xml", b'<?xml version="1.0" encoding="utf-16"?><a/>')),
            "not written in UTF-8",
        ),
        (archive(("a.xml", b"x" * 65_530 + b"<!DOCTYPE a>")), "declares entities"),
        (archive(("a.bin", b"\0" * 3_000_000)), "packed more than 100 times"),
        (archive(("content.xml", b"<not closed")), "damaged"),
        (archive(("xl/worksheets/a.xml", b"<not closed")), "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "damaged"),
        (b"", "empty"),
        (b"\x81\x8d\x8f" * 40, "neither UTF-8"),
        (b"x" * 1_000_001, "longer than 1000000"),
    ],
)
def test_each_limit_is_named(data: bytes, sentence: str) -> None:
    """The sentence says which limit a file breaks."""
    out = io.BytesIO()
    assert main("file", io.BytesIO(data), out) == 1
    assert sentence in RuleBroken(**refusal(out.getvalue())).sentence()


def refusal(answer: bytes) -> dict:
    import json

    value = json.loads(answer)
    return {"message": value["refused"], **value["values"]}


@pytest.mark.parametrize(("data", "name"), [(b"a,b\n", "a.xlsx"), (archive(("a", b"")), "a.csv")])
def test_a_file_that_is_not_what_it_says_is_refused(data: bytes, name: str) -> None:
    """A name with a wrong ending is reported."""
    out = io.BytesIO()
    assert main(name, io.BytesIO(data), out) == 1
    assert b"is called" in out.getvalue()


def test_a_file_too_large_needs_no_process() -> None:
    """More than 20 MB is refused at once."""
    with pytest.raises(RuleBroken, match="20 MB"):
        read_apart(b"x" * (limits.FILE_BYTES + 1), "a.csv")


def test_too_many_rows_and_too_long_cells_are_refused() -> None:
    """20,000 rows and 10,000 characters a cell are the limits."""
    out = io.BytesIO()
    assert main("a.csv", io.BytesIO(b"a,b\n" * 21_000), out) == 1
    assert main("a.csv", io.BytesIO(b"a,b\n1," + b"x" * 10_001), out) == 1


def ods(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = ("META-INF/manifest.xml", b"<manifest/>")
    return archive(("mimetype", kind), ("content.xml", content.encode()), manifest)


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def test_an_opendocument_sheet_is_read_and_its_bombs_are_not() -> None:
    """Cells and rows that repeat without end are refused, an ordinary sheet is read."""
    document, table = Document("spreadsheet"), Table("A")
    table.set_values([["Name", "E-mail"], ["Ana Paz", "a@example.org"]])
    document.body.clear()
    document.body.append(table)
    good = io.BytesIO()
    document.save(good)
    assert read_apart(good.getvalue(), "a.ods").tables[0].rows[1] == ["Ana Paz", "a@example.org"]
    many = ' table:number-rows-repeated="1000000"'
    bomb = f"<table:table-row{many}>{CELL.format('', 'a')}</table:table-row>"
    wide = CELL.format(' table:number-columns-repeated="9000"', "a")
    gaps = f"<table:table-row><table:table-cell/>{CELL.format('', 'a')}</table:table-row>"
    empty = "<table:table-row><table:table-cell/></table:table-row>"
    out = io.BytesIO()
    assert main("a.ods", io.BytesIO(ods(empty + gaps)), out) == 0
    assert b'["","a"]' in out.getvalue()
    for rows in (bomb, f"<table:table-row>{wide}</table:table-row>"):
        assert main("a.ods", io.BytesIO(ods(rows)), io.BytesIO()) == 1


def test_hostile_files_leave_the_parent_as_it_was() -> None:
    """Acceptance 4: each ends in a sentence or is read, in seconds; the parent does not grow."""
    names = ["field_10mb.csv", *sorted(set(SMALL) - {"many_parts.xlsx"})]
    files = [(name, SHAPES[name][2]()) for name in names]
    tracemalloc.start()
    for name, data in files:
        begun = time.monotonic()
        with contextlib.suppress(RuleBroken):
            read_apart(data, name)
        assert time.monotonic() - begun < 10
    _left, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert files
    assert peak < 20_000_000
